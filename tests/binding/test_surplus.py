"""A column beside the form's in lines, where no grid says whose a number is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from attrs import evolve

import govreport
from govreport import Report, Status
from govreport.forms import builtin_forms
from govreport.model import Piece, Role
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects

LAYOUTS = ("lines", "joined", "pipe_cells", "tabs_one_line", "runs")
Value = Callable[[list[Decimal]], str]


def read(layout: str, regime: str, place: int, head: str, value: Value) -> tuple[Report, Report]:
    """A report with a column more in table 三, at that place among those of values, and what is read of it."""
    form = builtin_forms()[-1]
    report = make_report(form, values_for(form, regime, dice(3)))
    table = report.tables[1]
    at = max(piece.column or 0 for piece in table.pieces) - 6 + place
    moved = [
        evolve(piece, column=piece.column + 1) if piece.column is not None and piece.column >= at else piece
        for piece in table.pieces
    ]
    rows = sorted({piece.row or 0 for piece in table.pieces if piece.role is Role.VALUE})
    cells = list(table.cells)
    said = [[Decimal(cell.value or 0) for cell in cells[7 * n : 7 * n + 7]] for n in range(len(rows))]
    more = [Piece(value(own), row, at, 1, 1, role=Role.VALUE) for row, own in zip(rows, said, strict=True)]
    header = Piece(head, rows[0] - 2, at, 1, 1, role=Role.LABEL)
    pieces = sorted([*moved, *more, header], key=lambda piece: (piece.row or 0, piece.column or 0))
    tables = (report.tables[0], evolve(table, pieces=tuple(pieces)), report.tables[2])
    return report, govreport.loads(text_of(evolve(report, tables=tables), subjects((layout,))[0]))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("regime", ["unique", "consistent"])
def test_a_share_is_no_count(layout: str, regime: str) -> None:
    written, found = read(layout, regime, 7, "占比", lambda own: f"{own[0] % 90}.5%")
    assert found.values() == written.values()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", [1, 6])
def test_what_rows_add_up_without(layout: str, place: int) -> None:
    written, found = read(layout, "consistent", place, "小计", lambda own: str(sum(own[1:6])))
    assert found.values() == written.values()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_column_more_at_the_end_of_the_header_is_doubted(layout: str) -> None:
    written, found = read(layout, "unique", 7, "上年同期", lambda own: str(own[0] + 3))
    assert found.values() == written.values()
    assert Status.READ not in {cell.status for cell in found.cells if cell.key.startswith("requests.")}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_nothing_tells_nothing_is_read(layout: str) -> None:
    _, found = read(layout, "unique", 3, "", lambda own: str(own[0] + 3))
    assert {cell.status for cell in found.cells if cell.key.startswith("requests.")} == {Status.MISSING}
