"""Hidden rows and columns: nobody who opens or prints a sheet sees them, so that they are no part of its tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from attrs import evolve, frozen

from govreport.readers.rows import Merge, Sheet

__all__ = ["Hidden", "without"]


@frozen
class Hidden:
    """What a sheet hides: ranges of rows and of columns, first and last, counted from 0."""

    rows: Sequence[tuple[int, int]] = ()
    columns: Sequence[tuple[int, int]] = ()


def without(sheet: Sheet, hidden: Hidden) -> Sheet:
    """The sheet as it is seen; one that would show nothing at all is left as it is."""
    if not hidden.rows and not hidden.columns:
        return sheet
    width = max(map(len, sheet.rows), default=0)
    rows = [row for row, covered in enumerate(_covered(hidden.rows, len(sheet.rows))) if not covered]
    columns = [column for column, covered in enumerate(_covered(hidden.columns, width)) if not covered]
    if not rows or not columns or (len(rows), len(columns)) == (len(sheet.rows), width):
        return sheet
    return _cut(sheet, rows, columns)


def _covered(ranges: Sequence[tuple[int, int]], size: int) -> Iterator[int]:
    """How many of the ranges cover each row or column; a damaged file may have any number of them."""
    steps = [0] * (size + 1)
    for first, last in ranges:
        if 0 <= first <= last:
            steps[min(first, size)] += 1
            steps[min(last + 1, size)] -= 1
    return accumulate(steps[:size])


def _cut(sheet: Sheet, rows: list[int], columns: list[int]) -> Sheet:
    texts = [list(row) for row in sheet.rows]
    for (top, left), *_, (row, column) in _seen(sheet.merges, rows, columns):
        texts[row][column] = texts[top][left]  # a merged cell shows its text wherever it begins to be seen
    index_of_row, index_of_column = ({seen: index for index, seen in enumerate(kept)} for kept in (rows, columns))
    return evolve(
        sheet,
        rows=[[texts[row][column] for column in columns] for row in rows],
        merges=[(first, last) for _, first, last, _ in _seen(sheet.merges, rows, columns)],
        drawn=sheet.drawn
        and frozenset(
            (index_of_row[row], index_of_column[column])
            for row, column in sheet.drawn
            if row in index_of_row and column in index_of_column
        ),
        numbers=rows,
    )


_Place = tuple[int, int]


def _seen(merges: Sequence[Merge], rows: list[int], columns: list[int]) -> Iterator[tuple[_Place, _Place, _Place, _Place]]:
    """Of each merged range of which anything is seen: its corner, what it covers now, and the first cell of it that is seen."""
    for (top, left), (bottom, right) in merges:
        row, column = bisect_left(rows, top), bisect_left(columns, left)
        last = bisect_right(rows, bottom) - 1, bisect_right(columns, right) - 1
        if row <= last[0] and column <= last[1] and row < len(rows) and column < len(columns):
            yield (top, left), (row, column), last, (rows[row], columns[column])
