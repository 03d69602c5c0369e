"""The geometry of one HTML table: rows of cells with spans in, anchored cells of a regular grid out."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from govreport.errors import SourceError
from govreport.source import GridCell

__all__ = ["Given", "Placing"]

Content = TypeVar("Content")
Given = tuple[Content, str | None, str | None, int | None]
"""A cell as the page gives it: content, the attributes rowspan and colspan, source line."""


class Placing(Generic[Content]):
    """Places cells as a browser does: in the first free column of the row, spans kept free below, groups closed."""

    def __init__(self, span: int) -> None:
        self.cells: list[tuple[int, int, int, int, Content, int | None]] = []
        """Row, column, rowspan, colspan, content and source line."""
        self._span = span
        self._row = -1
        self._group = 0  # index of the first cell of this group
        self._held: list[tuple[int, int, int]] = []  # first and last column (exclusive), and the row where they are free again

    def add_row(self, row: Iterable[Given[Content]]) -> None:
        """The next row of the table."""
        self._row += 1
        held = self._held = [hold for hold in self._held if hold[2] > self._row] if self._held else []
        column = behind = 0
        for content, rowspan, colspan, line in row:
            while behind < len(held) and held[behind][0] <= column:
                column = max(column, held[behind][1])
                behind += 1
            # 0 rows are "to the end of the group", which cuts it; 0 columns mean nothing
            rows = 1 if rowspan is None else _size(rowspan, self._span) or self._span
            columns = 1 if colspan is None else _size(colspan, self._span) or 1
            self.cells.append((self._row, column, rows, columns, content, line))
            if rows > 1:
                held.insert(behind, (column, column + columns, self._row + rows))
                behind += 1
            column += columns
        if len(held) > self._span:
            raise SourceError(f"more than {self._span:,} merged cells of a table reach into its row {self._row + 2}")

    def end_group(self) -> None:
        """A `tbody` ends: no span reaches over it."""
        end = self._row + 1
        for index in range(self._group, len(self.cells)):
            row, column, rows, columns, content, line = self.cells[index]
            if row + rows > end:
                self.cells[index] = (row, column, end - row, columns, content, line)
        self._group = len(self.cells)
        self._held = []

    def grid(self, texts: Iterable[str]) -> tuple[GridCell, ...]:
        """The cells of the finished table with their texts, without rows and columns in which none begins: nobody sees them."""
        rows, columns = _Begun(cell[0] for cell in self.cells), _Begun(cell[1] for cell in self.cells)
        return tuple(
            [
                _CELL(
                    (
                        text,
                        rows.index[row],
                        columns.index[column],
                        1 if height == 1 else rows.span(row, height),
                        1 if width == 1 else columns.span(column, width),
                        line,
                    )
                )
                for (row, column, height, width, _, line), text in zip(self.cells, texts, strict=True)
            ]
        )


class _Begun:
    """The rows, or columns, in which a cell begins: where each is counted among these."""

    def __init__(self, starts: Iterable[int]) -> None:
        self._starts = sorted(set(starts))
        self.index = {start: number for number, start in enumerate(self._starts)}

    def span(self, start: int, size: int) -> int:
        """How many of them a span covers."""
        return bisect_left(self._starts, start + size) - self.index[start]


_CELL: Callable[[tuple[str, int, int, int, int, int | None]], GridCell] = functools.partial(tuple.__new__, GridCell)
"""A cell of its parts in order, made by C alone: a page has three hundred."""


def _size(value: str, most: int) -> int:
    """An attribute as a browser takes it: leading digits, 1 where there are none, never more than the most."""
    digits = value.strip().lstrip("+")
    if not (digits.isascii() and digits.isdecimal()):
        digits = digits[: len(digits) - len(digits.lstrip("0123456789"))]
    return min(int(digits[:9]), most) if digits else 1
