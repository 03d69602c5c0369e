"""Tables made of other elements than those of tables."""

from __future__ import annotations

import pytest

from govreport.readers.page import read_page
from govreport.source import Limits, Source


def page(table: str, row: str, cell: str, *, rows: int = 12, head: str = "") -> Source:
    """A table of two columns, made of divisions and spans with these attributes."""
    cells = "".join(f"<span {cell}>{text}</span>" for text in ("甲", ""))
    made = f"<div {table}>{f'<div {row}>{cells}</div>' * rows}</div>"
    return read_page(f"<html><head>{head}</head><body><p>上</p>{made}<p>下</p></body></html>".encode(), Limits())


@pytest.mark.parametrize(
    ("table", "row", "cell", "head"),
    [
        ('role="table"', 'role="row"', 'role="cell"', ""),
        ('role="grid"', "role='row'", 'role="gridcell"', ""),
        ('style="display:table"', 'style="display:table-row"', 'style="color:red;DISPLAY : table-cell !important"', ""),
        (
            'class="a b"',
            'class="c"',
            'class="d"',
            "<style>.a{display:table}.c {display:table-row} .d{x:y;display:table-cell}</style>",
        ),
    ],
)
def test_they_are_read_as_tables(table: str, row: str, cell: str, head: str) -> None:
    """Also their empty cells."""
    source = page(table, row, cell, head=head)
    assert source.lines == ("上", "下")
    assert [(c.text, c.row, c.column) for c in source.grids[0].cells][:3] == [("甲", 0, 0), ("", 0, 1), ("甲", 1, 0)]


def test_spans_are_read() -> None:
    cells = '<i role="cell">1</i>' * 30
    made = f'<p role="row"><i role="cell" aria-colspan="2">甲</i></p><p role="row">{cells}</p>'
    (grid,) = read_page(f'<html><div role="table">{made}</div></html>'.encode(), Limits()).grids
    assert grid.cells[0].colspan == 2


def test_a_few_cells_side_by_side_are_no_table() -> None:
    """Nor are groups of cells: these stand where rows would."""
    assert not page('style="display:table"', 'style="display:table-row"', 'style="display:table-cell"', rows=4).grids
    assert not page('style="display:table-row-group"', "", 'style="display:table-cell-x"').grids


def test_real_tables_stay_what_they_are() -> None:
    rows = '<tr role="presentation"><td role="cell" style="display:table-cell">1<th role="rowheader">2</tr>' * 12
    (grid,) = read_page(f"<html><table role='grid'>{rows}</table></html>".encode(), Limits()).grids
    assert [c.text for c in grid.cells] == ["1", "2"] * 12
