"""Tables with geometry, as HTML, Word, spreadsheets and ruled PDFs hand them over.

For example:

    <tr><td rowspan="2">信息内容</td><td colspan="2">件数</td></tr>
    <tr><td>本年制发</td><td>现行有效</td></tr>
    <tr><td>规章</td><td>3</td><td>12</td></tr>
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from govreport.formats import canvas, piped
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.pieces import Pieces
from govreport.source import Grid, GridCell, SourceSection

__all__ = ["GridFormat"]

_Found: TypeAlias = tuple[str, int | None, int, GridCell | None, Grid | None]
"""Text, row, index of the line or of the one before which the table stands, the cell if it is one, and its table."""


class GridFormat:
    """Rows, columns and spans are those of the container; text around the tables is kept as pieces without geometry."""

    name = "grid"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """A grid is a marker that no text layout has."""
        if not sketch.grids:
            return None
        cells = sum(len(g.cells) for g in section.grids)
        return Claim(self.name, 1.0, (f"{sketch.grids} tables with {cells} cells in geometry",))

    def read(self, section: SourceSection) -> Pieces:
        """The cells of each table row by row, rows counted on from table to table."""
        found = list(_found(section))
        return Pieces(
            [item[0] for item in found],
            [item[1] for item in found],
            [item[2] for item in found],
            lambda: tuple(_piece(section, *item) for item in found),
            merged={i for i, item in enumerate(found) if item[3] is not None and item[3].colspan > 1},
        )

    def render(self, table: Table) -> str:
        """The table as HTML."""
        lines = ["<table>"]
        for row in canvas.matrix(table):
            cells = (slot[0] for slot in row if slot is not None and slot[1])
            lines.append("<tr>" + "".join(map(_html, cells)) + "</tr>")
        return canvas.flat([*lines, "</table>"])


def _html(piece: Piece) -> str:
    spans = "".join(f' {k}="{v}"' for k, v in (("rowspan", piece.rowspan), ("colspan", piece.colspan)) if v and v > 1)
    text = piece.text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<td{spans}>{text}</td>"


def _found(section: SourceSection) -> Iterator[_Found]:
    base, done = 0, 0
    for grid in section.grids:
        above = list(_lines(section, done, grid.at, base))
        yield from above
        base = max((row + 1 for _, row, *_ in above if row is not None), default=base)
        done = grid.at
        yield from [(cell.text, base + cell.row, done, cell, grid) for cell in grid.cells]
        base += max((c.row + c.rowspan for c in grid.cells), default=0)
    yield from _lines(section, done, len(section.lines), base)


def _lines(section: SourceSection, start: int, stop: int, base: int) -> Iterator[_Found]:
    """Text without geometry; rows of a Markdown table are rows here, too: converters write so what has no merged cells."""
    for index in range(start, stop):
        text = section.lines[index].strip()
        cells = piped.row(text)
        if cells:
            yield from ((cell, base, index, GridCell(cell, base, column), None) for column, cell in enumerate(cells))
            base += 1
        elif text and cells is None:
            yield text, None, index, None, None


def _piece(  # noqa: PLR0917 - what was found
    section: SourceSection, text: str, row: int | None, line: int, cell: GridCell | None, grid: Grid | None
) -> Piece:
    place = section.place(line) if cell is None or grid is None else grid.place(cell)
    return Piece(text, place=place) if cell is None else Piece(text, row, cell.column, cell.rowspan, cell.colspan, place)
