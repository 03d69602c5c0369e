"""Values with their labels on the line, as people and programs list them: a path of labels, or labels above.

不予公开/国家秘密/自然人：3      不予公开:            予以公开：自然人3件，商业企业0件，总计3件
不予公开/国家秘密/总计：3          国家秘密:
自然人: 3
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence

from govreport.formats import canvas
from govreport.formats.keys import Entry, Label, runs
from govreport.formats.placed import Cell, PlacedTable, confidence, pieces_of, share
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Role, Table
from govreport.source import SourceSection

__all__ = ["KeyedFormat"]

_FEWEST, _FEWEST_BESIDE = 8, 4
"""Values of a table, and of another beside it."""
_FEWEST_SIGNS = 2
_LEAST_SHARE = 0.6
"""Of a section's lines: prose names numbers, too."""


class KeyedFormat:
    """A row a value, in it its labels and the value; of which row and which column it is, the paths say together."""

    name = "keyed"
    carries = frozenset({"rows", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines that are values with their labels, against all lines."""
        if sketch.keyed < _FEWEST_SIGNS or sketch.grids:
            return None
        tables = _tables(section)
        found = share(section, tables)
        if found < _LEAST_SHARE:
            return None
        values = sum(table.cells[-1].row + 1 for table in tables)
        return Claim(
            self.name,
            confidence(found),
            (f"{values} values with their labels", f"{found:.0%} of {sketch.lines} lines are theirs"),
        )

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A row a value: the labels, merged over the rows that have them, empty cells, and the value in the last column."""
        return tuple(pieces_of(section, _tables(section)))

    def render(self, table: Table) -> str:
        """A line for each value, its labels with strokes between."""
        return canvas.flat(_lines(table))


def _tables(section: SourceSection) -> Sequence[PlacedTable]:
    return _found(section.lines, section.offset, section.indent)


@functools.lru_cache(maxsize=8)
def _found(lines: tuple[str, ...], offset: int, indent: int) -> Sequence[PlacedTable]:
    """The tables among the lines of a section, which asks twice."""
    found = [entries for entries in runs(lines) if len(entries) >= _FEWEST_BESIDE]
    if not any(len(entries) >= _FEWEST for entries in found):
        return ()
    return [_table(entries, lines, offset, indent) for entries in found]


def _table(entries: Sequence[Entry], texts: Sequence[str], offset: int, indent: int) -> PlacedTable:
    """The lines from the first to the last that an entry is of; labels among them that no value is under are in no column."""
    width = max(len(entry.path) for entry in entries)
    rows = {label.line: row for row, entry in enumerate(entries) for label in (*entry.path, entry.value, *entry.behind)}
    rests = ((row, entry.value) for row, entry in enumerate(entries) if "\n" in entry.value.text)
    rows |= {value.line + 1: row for row, value in rests}
    first, stop = min(rows), max(rows) + 1
    cells = [*_cells(entries, width, offset, indent), *_others(rows, texts, offset)]
    cells.sort(key=lambda cell: (cell.row, width + 1 if cell.column is None else cell.column))
    return PlacedTable(first, stop, tuple(cells), frozenset(range(first, stop)))


def _others(rows: Mapping[int, int], texts: Sequence[str], offset: int) -> Iterator[Cell]:
    """What stands on the other lines, brackets aside."""
    row = 0
    for index in range(min(rows), max(rows) + 1):
        row = rows.get(index, row)
        if index not in rows and any(map(str.isalnum, texts[index])):
            yield Cell(texts[index].strip(), row, None, index + offset)


def _cells(entries: Sequence[Entry], width: int, offset: int, indent: int) -> Iterator[Cell]:
    """Labels once for the rows that follow one another and have them, empty cells where a path is shorter, and values."""
    for column in range(width):
        paths = [(row, _label(entry, column, width)) for row, entry in enumerate(entries)]
        for _, group in itertools.groupby(paths, key=lambda item: id(item[1]) if item[1] else -item[0]):
            (row, label), *more = group
            if label is None:
                yield Cell("", row, column, entries[row].value.line + offset)
            else:
                yield Cell(label.text, row, column, label.line + offset, label.at + _indent(label.line, indent), 1 + len(more))
    for row, entry in enumerate(entries):
        at = entry.value.at + _indent(entry.value.line, indent)
        yield Cell(entry.value.text, row, width, entry.value.line + offset, at)
        yield from (Cell(number.text, row, None, number.line + offset) for number in entry.behind)


def _label(entry: Entry, column: int, width: int) -> Label | None:
    """The label in a column: the innermost stands beside the value."""
    if column == width - 1:
        return entry.path[-1]
    return entry.path[column] if column < len(entry.path) - 1 else None


def _indent(line: int, indent: int) -> int:
    return 0 if line else indent


def _lines(table: Table) -> Iterator[str]:
    """The paths: labels over the whole table and before the value, then those over it."""
    grid = canvas.matrix(table)
    for number, row in enumerate(grid):
        for column, slot in enumerate(row):
            if slot is not None and slot[1] and slot[0].role is Role.VALUE:
                above = list(_above([line[column] for line in grid[:number]]))
                wide = [piece for piece in above if piece.colspan == len(row)]
                before = [each[0] for each in row[:column] if each is not None and each[0].role is Role.LABEL]
                over = [piece for piece in above if piece.colspan != len(row)]
                path = dict.fromkeys(piece.text.replace("\n", "") for piece in (*wide, *before, *over))
                yield f"{' / '.join(path)}：{slot[0].text}"


def _above(column: Sequence[canvas.Slot]) -> Iterator[Piece]:
    """The labels right above a value, or above other values of its block, outermost first."""
    labels = [slot[0] if slot is not None and slot[0].role is Role.LABEL else None for slot in column]
    runs = [list(run) for is_label, run in itertools.groupby(labels, key=lambda piece: piece is not None) if is_label]
    yield from dict.fromkeys(piece for piece in (runs[-1] if runs else ()) if piece is not None)
