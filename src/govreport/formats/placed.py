"""Tables that lie in the lines of a document, each cell with its place: what layouts share that find them so.

They are looked for in the whole document, for what tells their columns may stand above a heading that is one of their rows.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from attrs import evolve, frozen

from govreport.formats import piped
from govreport.formats.tokens import tokens
from govreport.model import Piece, Role
from govreport.source import Grid, SourceSection
from govreport.values import Kind, classify

__all__ = ["Cell", "PlacedTable", "confidence", "finder", "pieces_of", "share"]


@frozen
class Cell:
    """What a cell says, its row and column, the line and the character at which it begins, and what it covers.

    `column` is None where only the row can be told.
    """

    text: str
    row: int
    column: int | None
    line: int
    at: int = 0
    rowspan: int = 1
    colspan: int = 1


@frozen
class PlacedTable:
    """Lines `first` to before `stop` and the cells in them, row by row; `marks` are the lines that hold none."""

    first: int
    stop: int
    cells: tuple[Cell, ...]
    marks: frozenset[int] = frozenset()


Tables = Sequence[PlacedTable]

_GAP = "  "
_BULLETED = re.compile(r"[ \t]*[-*+][ \t]+[\u4e00-\u9fff]")
"""A line with a bullet before its words: a dash there is no empty cell."""
_LEAST, _MORE = 0.97, 0.02
"""Confidence where the tables are next to nothing of their section, and what is added where they are all of it."""


def finder(find: Callable[[Sequence[str]], Iterator[PlacedTable]]) -> Callable[[SourceSection], list[PlacedTable]]:
    """What finds the tables of a section: those of its document, sought once for all sections, each of which asks twice."""
    every = functools.lru_cache(maxsize=4)(lambda lines: tuple(find(lines)))
    return lambda section: _within(section, every(section.source.lines))


def _within(section: SourceSection, tables: Tables) -> list[PlacedTable]:
    """What a section has of the tables of its document, their lines counted as its own are."""
    start, stop = section.offset, section.offset + len(section.lines)
    found = []
    for table in tables:
        cells = tuple(cell for cell in table.cells if (start, section.indent) <= (cell.line, cell.at) < (stop, 0))
        if cells:
            first = table.first if table.first >= start else cells[0].line
            cells = tuple(evolve(cell, row=cell.row - cells[0].row) for cell in cells) if cells[0].row else cells
            marks = frozenset(index - start for index in table.marks)
            found.append(PlacedTable(first - start, min(table.stop, stop) - start, cells, marks))
    return found


def share(section: SourceSection, tables: Tables) -> float:
    """The share of a section's lines that are those of tables."""
    filled = [bool(line.strip()) for line in section.lines]
    return sum(sum(filled[table.first : table.stop]) for table in tables) / max(sum(filled), 1)


def confidence(found: float) -> float:
    """How surely a section is one of tables that say where their cells are, of which these are so great a share."""
    return round(_LEAST + _MORE * found, 3)


def pieces_of(section: SourceSection, tables: Tables) -> Iterator[Piece]:
    """The cells of each table and of the grids among them, rows counted on from one to the next; other lines as they are."""
    done = base = 0
    for first, table in sorted(_tables(section, tables), key=operator.itemgetter(0)):
        marks, stop = (frozenset[int](), first) if isinstance(table, Grid) else (table.marks, table.stop)
        base = yield from _lines(section, [index for index in range(done, first) if index not in marks], base)
        yield from _gridded(table, base) if isinstance(table, Grid) else _placed(section, table, base)
        base += max(cell.row for cell in table.cells) + 1
        done = max(done, stop)
    yield from _lines(section, range(done, len(section.lines)), base)


def _tables(section: SourceSection, tables: Tables) -> Iterator[tuple[int, PlacedTable | Grid]]:
    """Both kinds, each with the line before which it stands."""
    yield from ((grid.at, grid) for grid in section.grids if grid.cells)
    yield from ((table.first, table) for table in tables)


def _gridded(grid: Grid, base: int) -> Iterator[Piece]:
    return (Piece(c.text, base + c.row, c.column, c.rowspan, c.colspan, grid.place(c)) for c in grid.cells)


def _placed(section: SourceSection, table: PlacedTable, base: int) -> Iterator[Piece]:
    for cell in table.cells:
        index = cell.line - section.offset
        place = section.place(index, cell.at if index else cell.at - section.indent)
        rowspan, colspan = (None, None) if cell.column is None else (cell.rowspan, cell.colspan)
        yield Piece(cell.text, base + cell.row, cell.column, rowspan, colspan, place)


def _is_row(text: str) -> bool:
    """Whether a line may be a row of a table that was not found: it has a gap in it, or ends in a value."""
    return _GAP in text or classify(text.rpartition(" ")[2]) is not Kind.TEXT


def _lines(section: SourceSection, lines: Iterable[int], base: int) -> Generator[Piece, None, int]:
    """Text without geometry, and rows of Markdown."""
    for text, row, column, index, *_ in piped.beside(section, lines, base):
        if row is not None:
            yield Piece(text, row, column, 1, 1, section.place(index))
            base = row + 1
        else:
            parts = [*tokens(text)] if _is_row(text) else [(text, 0)]
            bullet = Role.REMARK if _BULLETED.match(text) and len(parts) > 1 else None
            yield from (
                Piece(part, place=section.place(index, at), role=None if number else bullet)
                for number, (part, at) in enumerate(parts)
            )
    return base
