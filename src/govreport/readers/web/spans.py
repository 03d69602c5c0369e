"""The geometry of one HTML table: rows of cells with spans in, anchored cells of a regular grid out."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from govreport.errors import SourceError
from govreport.source import GridCell

__all__ = ["Given", "place", "size"]


@frozen
class Given:
    """The cells of a table as the page gives them, in reading order."""

    texts: Sequence[str]
    rows: Sequence[int]
    groups: Sequence[int]
    """The number of the `tbody` or the like in which each stands."""
    lines: Sequence[int | None]
    spans: Mapping[int, tuple[int, int]]
    """Rows and columns of those that cover more than one; 0 rows are "to the end of the group"."""


def place(given: Given, most: int) -> tuple[GridCell, ...]:
    """The cells where a browser puts them: in the first free column of the row, spans kept free below, groups closed.

    Rows and columns in which none begins are left out: nobody sees them. SourceError where more than `most` spans reach into
    one row.
    """
    cells: list[GridCell] = []
    held: list[tuple[int, int, int]] = []  # first and last column (exclusive), and the row where they are free again
    number = group = -1
    first = column = behind = 0
    for index, text in enumerate(given.texts):
        if given.groups[index] != group:
            _cut(cells, first, number + 1)
            group, first, held = given.groups[index], index, []
        if given.rows[index] != number:
            number = given.rows[index]
            held = [hold for hold in held if hold[2] > number]
            column = behind = 0
        while behind < len(held) and held[behind][0] <= column:
            column = max(column, held[behind][1])
            behind += 1
        rows, columns = given.spans.get(index, (1, 1))
        rows = rows or most
        cells.append(GridCell(text, number, column, rows, columns, given.lines[index]))
        if rows > 1:
            held.insert(behind, (column, column + columns, number + rows))
            behind += 1
            if len(held) > most:
                raise SourceError(
                    "more than {most:,} merged cells of a table reach into its row {row}", most=most, row=number + 2
                )
        column += columns
    _cut(cells, first, number + 1)
    return _begun(cells)


def _cut(cells: list[GridCell], first: int, end: int) -> None:
    """No span reaches over the end of its group."""
    for index in range(first, len(cells)):
        if cells[index].row + cells[index].rowspan > end:
            cells[index] = cells[index]._replace(rowspan=end - cells[index].row)


def _begun(cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    rows, columns = _Begun(cell.row for cell in cells), _Begun(cell.column for cell in cells)
    return tuple(
        GridCell(text, rows.index[row], columns.index[column], rows.span(row, height), columns.span(column, width), line)
        for text, row, column, height, width, line in cells
    )


class _Begun:
    """The rows, or columns, in which a cell begins: where each is counted among these."""

    def __init__(self, starts: Iterable[int]) -> None:
        self._starts = sorted(set(starts))
        self.index = {start: number for number, start in enumerate(self._starts)}

    def span(self, start: int, size: int) -> int:
        """How many of them a span covers."""
        return bisect_left(self._starts, start + size) - self.index[start]


@functools.lru_cache(maxsize=256)
def size(value: str, most: int) -> int:
    """An attribute as a browser takes it: leading digits, 1 where there are none, never more than the most."""
    digits = value.strip().lstrip("+")
    if not (digits.isascii() and digits.isdecimal()):
        digits = digits[: len(digits) - len(digits.lstrip("0123456789"))]
    return min(int(digits[:9]), most) if digits else 1
