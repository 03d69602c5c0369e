"""Tables with geometry, as HTML, Word, spreadsheets and ruled PDFs hand them over.

For example:

    <tr><td rowspan="2">信息内容</td><td colspan="2">件数</td></tr>
    <tr><td>本年制发</td><td>现行有效</td></tr>
    <tr><td>规章</td><td>3</td><td>12</td></tr>
"""

from __future__ import annotations

from collections.abc import Iterator

from govreport.formats import canvas, piped
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.source import Grid, SourceSection

__all__ = ["GridFormat"]


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

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """The cells of each table row by row, rows counted on from table to table."""
        return tuple(_pieces(section))

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


def _pieces(section: SourceSection) -> Iterator[Piece]:
    base, done = 0, 0
    for grid in section.grids:
        lines = tuple(_lines(section, done, grid.at, base))
        yield from lines
        base = _below(lines, base)
        done = grid.at
        yield from _cells(grid, base)
        base += max((c.row + c.rowspan for c in grid.cells), default=0)
    yield from _lines(section, done, len(section.lines), base)


def _lines(section: SourceSection, start: int, stop: int, base: int) -> Iterator[Piece]:
    """Text without geometry; rows of a Markdown table are rows here, too: converters write so what has no merged cells."""
    for index in range(start, stop):
        text = section.lines[index].strip()
        cells = piped.row(text)
        if cells:
            yield from (Piece(c, base, j, 1, 1, section.place(index)) for j, c in enumerate(cells))
            base += 1
        elif text and cells is None:
            yield Piece(text, place=section.place(index))


def _below(pieces: tuple[Piece, ...], base: int) -> int:
    """The first row under all of these."""
    return max((p.row + 1 for p in pieces if p.row is not None), default=base)


def _cells(grid: Grid, base: int) -> Iterator[Piece]:
    top = grid.cells[0].row if grid.cells else 0
    for cell in grid.cells:
        yield Piece(cell.text, base + cell.row - min(top, 0), cell.column, cell.rowspan, cell.colspan, grid.place(cell))
