"""Tables with geometry, as HTML, Word, spreadsheets and ruled PDFs hand them over.

For example:

    <tr><td rowspan="2">信息内容</td><td colspan="2">件数</td></tr>
    <tr><td>本年制发</td><td>现行有效</td></tr>
    <tr><td>规章</td><td>3</td><td>12</td></tr>
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from govreport.formats import canvas, piped
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.pieces import Pieces
from govreport.source import Grid, SourceSection

__all__ = ["GridFormat"]


_BESIDE_RULES = 0.96
"""More than of any layout but those that have tables under rules, and read the grids between them, too."""


class GridFormat:
    """Rows, columns and spans are those of the container; text around the tables is kept as pieces without geometry."""

    name = "grid"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """A grid is a marker that no text layout has; a rule of dashes beside it may be that of one more table, in the text."""
        if not sketch.grids:
            return None
        cells, rules = sum(len(g.cells) for g in section.grids), max(sketch.rules - sketch.borders, 0)
        reason = f"{sketch.grids} tables with {cells} cells in geometry"
        if rules:
            return Claim(self.name, _BESIDE_RULES, (reason, f"{rules} rules of dashes beside them"))
        return Claim(self.name, 1.0, (reason,))

    def read(self, section: SourceSection) -> Pieces:
        """The cells of each table row by row, rows counted on from table to table."""
        found = _Found()
        for grid in section.grids:
            found.add_lines(section, grid.at)
            found.add_cells(grid)
        found.add_lines(section, len(section.lines))
        return Pieces(found.texts, found.rows, found.lines, lambda: _pieces(section, found), merged=found.merged)

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


@define(eq=False)
class _Found:
    """What was found so far: texts, their rows, and the line on which they stand or before which their table stands."""

    texts: list[str] = field(factory=list)
    rows: list[int | None] = field(factory=list)
    lines: list[int] = field(factory=list)
    merged: set[int] = field(factory=set)
    grids: list[tuple[int, int, Grid]] = field(factory=list)
    """Index of its first cell, its first row, and the table."""
    columns: dict[int, int] = field(factory=dict)
    """The columns of cells that stand in lines."""
    _base: int = 0
    _done: int = 0

    def add_cells(self, grid: Grid) -> None:
        """A table."""
        cells, base = grid.cells, self._base
        first = len(self.texts)
        self.grids.append((first, base, grid))
        self.texts += cells.texts
        self.rows += [base + row for row in cells.rows] if base else cells.rows
        self.lines += [grid.at] * len(cells)
        self.merged |= {first + index for index in cells.merged}
        self._base = base + max(cells.rows, default=-1) + 1

    def add_lines(self, section: SourceSection, stop: int) -> None:
        """Text without geometry, and rows of Markdown."""
        for text, row, column, line, *_ in piped.beside(section, range(self._done, stop), self._base):
            if row is not None and column is not None:
                self.columns[len(self.texts)] = column
                self._base = row + 1
            self.texts.append(text)
            self.rows.append(row)
            self.lines.append(line)
        self._done = stop


def _pieces(section: SourceSection, found: _Found) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for first, base, grid in found.grids:
        made += _in_lines(section, found, len(made), first)
        made += (Piece(c.text, base + c.row, c.column, c.rowspan, c.colspan, grid.place(c)) for c in grid.cells)
    made += _in_lines(section, found, len(made), len(found.texts))
    return tuple(made)


def _in_lines(section: SourceSection, found: _Found, start: int, stop: int) -> Iterator[Piece]:
    """The pieces that stand in lines, between two tables."""
    for index in range(start, stop):
        text, row, line = found.texts[index], found.rows[index], found.lines[index]
        place = section.place(line)
        yield Piece(text, place=place) if row is None else Piece(text, row, found.columns[index], 1, 1, place)
