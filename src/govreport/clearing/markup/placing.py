"""Cells in the order in which they are written → cells of a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from govreport.clearing.markup.scan import Block, Given
from govreport.placing import Places, flowing, rowwise
from govreport.source import GridCell

__all__ = ["placed"]

_MOST_SPANNED = 100
"""Rows or columns that a cell may cover."""
_MOST_PLACES = 200_000


def placed(block: Block, line: Callable[[int], int | None]) -> list[GridCell]:
    """The cells of a table with their places; none where they cover more than any table. `line` is that of a character."""
    height = len(block.rows) + _MOST_SPANNED * bool(block.columns)  # of flowing cells nobody knows how many rows they are
    rows = [[_bounded(given, height - number) for given in row] for number, row in enumerate(block.rows)]
    if sum(given.rowspan * given.colspan for row in rows for given in row) > _MOST_PLACES:
        return []
    order = _shown(rows) if block.shown else _unbroken(rows, block.columns) if block.columns else rowwise(rows)
    return [GridCell(given.text, row, column, given.rowspan, given.colspan, line(given.at)) for row, column, given in order]


def _bounded(given: Given, rest: int) -> Given:
    rowspan, colspan = min(max(given.rowspan, 1), rest, _MOST_SPANNED), min(max(given.colspan, 1), _MOST_SPANNED)
    return evolve(given, rowspan=rowspan, colspan=colspan)


_Placed = Iterator[tuple[int, int, Given]]


def _shown(rows: Sequence[Sequence[Given]]) -> _Placed:
    """Each cell behind the one before; empty ones where a span of a row above reaches are those that it hides."""
    places = Places()
    for number, row in enumerate(rows):
        column = 0
        for given in row:
            if given.text or (number, column) not in places.taken:
                places.take(number, column, given)
                yield number, column, given
            column += given.colspan


def _unbroken(rows: Sequence[Sequence[Given]], columns: int) -> _Placed:
    """Cells on and on, a row as soon as the one before is full."""
    return flowing(((given, None) for row in rows for given in row), columns)
