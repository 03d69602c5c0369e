"""Two numbers typed into one cell, beside an empty one."""

from __future__ import annotations

from collections.abc import Callable

from tests.binding.doubting import named
from tests.binding.grids import Rows, as_page, cells_of

import govreport
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, values_for

FORM = builtin_forms()[-1]
HEADING = "三、收到和处理政府信息公开申请情况"
GRANTED, LABELS = 5, 3


def changed(change: Callable[[list[str]], list[str]], regime: str = "consistent") -> Rows:
    """Table 三, the values of 予以公开 changed."""
    table = cells_of(make_report(FORM, values_for(FORM, regime, dice(8))).tables[1])
    table[GRANTED][LABELS:] = change(table[GRANTED][LABELS:])
    return table


def doubted(table: str) -> set[str]:
    """The columns of 予以公开 that the reading doubts; no other row is."""
    keys = named(govreport.loads(f"青梧县水务局2023年政府信息公开工作年度报告\n\n{HEADING}\n\n{table}\n"))
    keys = {key for key in keys if key.startswith("requests.")}
    assert all(key.startswith("requests.granted.") for key in keys)
    return {key.rpartition(".")[2] for key in keys}


def test_two_numbers_typed_into_one_cell_are_doubted_with_the_empty_one_beside_it() -> None:
    table = changed(lambda row: [*row[:2], row[2] + row[3], "", *row[4:]])
    assert doubted(as_page(table)) == {"research", "public_interest"}


def test_where_nothing_adds_up_a_number_far_longer_than_all_others_is_doubted_beside_an_empty_cell() -> None:
    table = changed(lambda row: [*row[:2], "", "31415926", *row[4:]], "unique")
    assert doubted(as_page(table)) == {"research", "public_interest"}


def test_an_empty_cell_beside_one_with_two_numbers_is_no_blank_for_certain() -> None:
    table = changed(lambda row: [*row[:2], f"{row[2]} {row[3]}", "", *row[4:]])
    assert doubted(as_page(table)) == {"research", "public_interest"}


def test_a_row_that_adds_up_with_its_blank_is_not_doubted() -> None:
    table = changed(lambda row: ["", *row[1:-1], str(int(row[-1]) - int(row[0]))])
    assert not doubted(as_page(table))


def test_a_value_merged_down_over_two_rows_is_doubted_in_both() -> None:
    rows = changed(lambda row: row)
    lines = as_page(rows).split("<tr>")
    label, below = rows[GRANTED][LABELS], rows[GRANTED + 1][LABELS]
    lines[GRANTED + 1] = lines[GRANTED + 1].replace(f"<td>{label}</td>", f'<td rowspan="2">{label}</td>', 1)
    lines[GRANTED + 2] = lines[GRANTED + 2].replace(f"<td>{below}</td>", "", 1)
    keys = named(govreport.loads(f"青梧县水务局2023年政府信息公开工作年度报告\n\n{HEADING}\n\n{'<tr>'.join(lines)}\n"))
    assert {"requests.granted.natural_person", "requests.partial.natural_person"} <= keys
