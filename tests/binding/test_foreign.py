"""Columns beside the form's, under headers of their own, are left out; a row that lacks a cell beside them is doubted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.binding.doubting import doubted

import govreport
from govreport import Report
from govreport.formats import canvas
from govreport.forms import builtin_forms
from govreport.model import Table
from govreport.testing import dice, make_report, values_for

FORM = builtin_forms()[-1]
REPORT = make_report(FORM, values_for(FORM, "unique", dice(5)))
HEADER = 3
"""Rows above the first values of the tables of requests and of disputes."""
HEADINGS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
END = 15
"""No table has more columns."""

Rows = list[list[str]]


def cells_of(table: Table) -> Rows:
    """The table with every label in each of the cells that it covers."""
    return [["" if slot is None else slot[0].text for slot in row] for row in canvas.matrix(table)]


def with_column(number: int, at: int, name: str, shown: Callable[[int], str]) -> Rows:
    """A table of the report with one column more, before that one, or behind the last."""
    cells = cells_of(REPORT.tables[number])
    return [[*row[:at], name if n < HEADER else shown(n), *row[at:]] for n, row in enumerate(cells)]


def as_page(rows: Rows) -> str:
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def as_pipes(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def read(number: int, rows: Rows, written: Callable[[Rows], str]) -> Report:
    """The report with one of its tables written so."""
    tables = [written(rows if n == number else cells_of(table)) for n, table in enumerate(REPORT.tables)]
    return govreport.loads(
        "\n\n".join((str(REPORT.title), *(part for pair in zip(HEADINGS, tables, strict=True) for part in pair)))
    )


@pytest.mark.parametrize("written", [as_page, as_pipes])
@pytest.mark.parametrize(
    ("at", "name", "shown"),
    [
        (END, "备注", lambda _: "-"),
        (END, "备注", lambda n: "见附件" if n % 4 == 0 else ""),
        (END, "上年总计", str),
        (0, "序号", str),
        (9, "小计", lambda n: str(n * 11)),
    ],
)
def test_a_column_under_a_header_of_its_own_is_left_out(
    at: int, name: str, shown: Callable[[int], str], written: Callable[[Rows], str]
) -> None:
    report = read(1, with_column(1, at, name, shown), written)
    requests = [cell for cell in REPORT.cells if cell.key.startswith("requests.")]
    assert {cell.key: report[cell.key] for cell in requests} == {cell.key: cell.value for cell in requests}
    assert not [f for f in govreport.check(report) if f.code.startswith("reading.") and "requests.new.total" in f.cells]


@pytest.mark.parametrize("written", [as_page, as_pipes])
def test_a_row_that_lost_a_cell_is_not_made_whole_by_a_remark(written: Callable[[Rows], str]) -> None:
    rows = with_column(1, END, "备注", str)
    row = next(row for row in rows if any("予以公开" in text for text in row))
    del row[5]
    assert doubted(read(1, rows, written), "requests.granted")


def test_a_column_without_a_header_is_not_left_out() -> None:
    rows = with_column(1, 3, "", lambda n: str(n * 7 % 50))
    assert read(1, rows, as_page)["requests.granted.total"] is None


@pytest.mark.parametrize("at", [0, END])
def test_the_only_row_of_a_table_is_doubted_if_it_lacks_the_cell_beside(at: int) -> None:
    rows = with_column(2, at, "备注", lambda _: "3")
    whole = read(2, rows, as_page)
    assert whole["disputes.reconsideration.total"] == REPORT["disputes.reconsideration.total"]
    assert not doubted(whole, "disputes")
    del rows[HEADER][4]
    assert doubted(read(2, rows, as_page), "disputes")
