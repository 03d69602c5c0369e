"""The geometry of one HTML table: rows of cells with spans in, anchored cells of a regular grid out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from govreport.source import GridCell

__all__ = ["Anchored", "Placing"]

Content = TypeVar("Content")
Anchored = tuple[int, int, int, int, Content, int | None]
"""Row, column, rowspan, colspan, content and source line of a cell."""


class Placing(Generic[Content]):
    """Places cells as a browser does: in the first free column of the row, spans kept free below, groups closed to both sides."""

    def __init__(self, span: int) -> None:
        self.cells: list[Anchored[Content]] = []
        self._span = span
        self._row = -1
        self._column = 0
        self._held: list[tuple[int, int, int]] = []  # first and last column (exclusive), and the row where they are free again
        self._ahead: list[tuple[int, int, int]] = []
        self._group = 0

    def start_row(self) -> None:
        """A new row; what older rows hold of it is sorted once."""
        self._row += 1
        self._column = 0
        if self._held:
            self._held = [hold for hold in self._held if hold[2] > self._row]
            self._ahead = sorted(self._held, reverse=True)

    def end_group(self) -> None:
        """A `tbody` ends: no span reaches over it, and `rowspan=0` means up to here."""
        end = self._row + 1
        for index in range(self._group, len(self.cells)):
            row, column, rows, *rest = self.cells[index]
            if row + rows > end:
                self.cells[index] = (row, column, end - row, *rest)  # type: ignore[assignment]  # mypy cannot follow a starred rest
        self._group = len(self.cells)
        self._held, self._ahead = [], []

    def add(self, content: Content, rowspan: str | None, colspan: str | None, line: int | None) -> None:
        """A cell of the row, with its attributes as they stand in the page."""
        if self._ahead:
            self._step_over()
        column = self._column
        rows = 1 if rowspan is None else self._size(rowspan) or self._span  # 0 is "to the end of the group"
        columns = 1 if colspan is None else self._size(colspan) or 1
        self.cells.append((self._row, column, rows, columns, content, line))
        self._column = column + columns
        if rows > 1:
            self._held.append((column, column + columns, self._row + rows))

    def _step_over(self) -> None:
        while self._ahead and self._ahead[-1][0] <= self._column:
            self._column = max(self._column, self._ahead.pop()[1])

    def _size(self, value: str) -> int:
        digits = value.strip().lstrip("+")
        if not digits.isdecimal():
            return 1
        return min(int(digits[:9]), self._span)

    def grid(self, text: Callable[[Content], str]) -> tuple[GridCell, ...]:
        """The cells of the finished table. Rows and columns in which no cell begins are taken out: nobody sees them."""
        return tuple(self._grid(text))

    def _grid(self, text: Callable[[Content], str]) -> Iterator[GridCell]:
        rows = sorted({cell[0] for cell in self.cells})
        columns = sorted({cell[1] for cell in self.cells})
        row_of = {row: index for index, row in enumerate(rows)}
        column_of = {column: index for index, column in enumerate(columns)}
        for row, column, height, width, content, line in self.cells:
            top, left = row_of[row], column_of[column]
            if height > 1:
                height = bisect_left(rows, row + height) - top  # noqa: PLW2901 - the span in rows that exist
            if width > 1:
                width = bisect_left(columns, column + width) - left  # noqa: PLW2901 - as above
            yield GridCell(text(content), top, left, height, width, line)
