"""Columns in another order than the form's: read by their headers, or doubted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from tests.binding.grids import REPORT, WAYS, Write, as_page, cells_of, read

import govreport
from govreport import Report, Status
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects

written = pytest.mark.parametrize("write", WAYS)


def moved(number: int, order: Sequence[int], write: Write) -> Report:
    """The report with the last columns of one table in that order."""
    rows = cells_of(REPORT.tables[number])
    fixed = len(rows[0]) - len(order)
    return read({number: [[*row[:fixed], *(row[fixed:][at] for at in order)] for row in rows]}, write)


@written
@pytest.mark.parametrize("order", [range(7), (6, 0, 1, 2, 3, 4, 5), (1, 0, 2, 3, 4, 5, 6)])
def test_columns_in_other_places_are_read_by_their_headers(order: Sequence[int], write: Write) -> None:
    assert moved(1, order, write).values() == REPORT.values()


@written
def test_groups_in_other_places_are_doubted(write: Write) -> None:
    swapped = moved(2, (5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 10, 11, 12, 13, 14), write)
    assert Status.READ not in {cell.status for cell in swapped.cells if cell.key.startswith("disputes.")}
    assert moved(2, range(15), as_page).values() == REPORT.values()


LINES = ("lines", "lines_tight_dropped", "pipe_cells", "joined", "tabs_one_line")
KEYED = ("keyed", "keyed_nested", "tidy_pipes")
TOTAL_SECOND, PERSON_LAST, REVERSED = (0, 6, 1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 0), (6, 5, 4, 3, 2, 1, 0)


def reordered(layout: str, order: Sequence[int], regime: str, number: int = 1) -> tuple[Report, Report]:
    """What was written with the last columns of one table in that order, and what was read."""
    form = builtin_forms()[-1]
    report = make_report(form, values_for(form, regime, dice(5)))
    table = report.tables[number]
    left = max(piece.column or 0 for piece in table.pieces) + 1 - len(order)
    places = {left + at: left + new for new, at in enumerate(order)}
    pieces = tuple(
        evolve(piece, column=min(places[column] for column in range(piece.column, piece.column + (piece.colspan or 1))))
        if piece.column is not None and piece.column >= left
        else piece
        for piece in table.pieces
    )
    moved_table = evolve(table, pieces=tuple(sorted(pieces, key=lambda piece: (piece.row or 0, piece.column or 0))))
    tables = tuple(moved_table if at == number else each for at, each in enumerate(report.tables))
    return report, govreport.loads(text_of(evolve(report, tables=tables), subjects((layout,))[0]))


@pytest.mark.parametrize("order", [TOTAL_SECOND, PERSON_LAST, REVERSED])
@pytest.mark.parametrize("layout", KEYED)
def test_labels_beside_values_tell_the_columns(layout: str, order: Sequence[int]) -> None:
    written, found = reordered(layout, order, "unique")
    assert found.values() == written.values()


@pytest.mark.parametrize("order", [TOTAL_SECOND, PERSON_LAST])
@pytest.mark.parametrize("layout", LINES)
def test_headers_and_sums_tell_where_the_total_stands(layout: str, order: Sequence[int]) -> None:
    written, found = reordered(layout, order, "consistent")
    assert found.values() == written.values()


@pytest.mark.parametrize(
    ("number", "order"), [(1, TOTAL_SECOND), (1, PERSON_LAST), (2, (*range(5), *range(10, 15), *range(5, 10)))]
)
@pytest.mark.parametrize("layout", LINES)
def test_groups_in_another_order_are_doubted_where_nothing_adds_up(layout: str, number: int, order: Sequence[int]) -> None:
    written, found = reordered(layout, order, "unique", number)
    assert found.values() == written.values()
    cells = [cell for cell in found.cells if cell.key.startswith(("requests.", "disputes.")[number - 1])]
    assert Status.READ not in {cell.status for cell in cells}


def test_in_a_grid_columns_tell_the_order_of_what_is_over_them() -> None:
    """行政复议 stands a row below the headers beside it, and over the first columns nevertheless."""
    form = builtin_forms()[-1]
    text = text_of(make_report(form, values_for(form, "unique", dice(7))), subjects(("keyed_nested",))[0])
    before, heading, rest = text.rpartition("四、政府信息公开行政复议、行政诉讼情况\n\n")
    report = govreport.loads(f"{before}{heading}单位：件、万元\n{rest}")
    assert report.values() == govreport.loads(text).values()
