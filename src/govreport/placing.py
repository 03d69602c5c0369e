"""Cells with spans in the order in which they are written → the row and column of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from attrs import define, field

__all__ = ["Places", "flowing", "rowwise"]


class _Spanned(Protocol):
    """What is placed: it covers so many rows and columns."""

    @property
    def rowspan(self) -> int: ...
    @property
    def colspan(self) -> int: ...


S = TypeVar("S", bound=_Spanned)


@define
class Places:
    """What is covered so far."""

    taken: set[tuple[int, int]] = field(factory=set)

    def free(self, row: int, column: int) -> int:
        """The first free column of the row from that one on."""
        while (row, column) in self.taken:
            column += 1
        return column

    def take(self, row: int, column: int, cell: _Spanned) -> None:
        """Cover what the cell covers."""
        self.taken |= {(row + i, column + j) for i in range(cell.rowspan) for j in range(cell.colspan)}


def rowwise(rows: Iterable[Iterable[S]]) -> Iterator[tuple[int, int, S]]:
    """Each cell in the first free column of its row, as browsers do it."""
    places = Places()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            column = places.free(number, column)
            places.take(number, column, cell)
            yield number, column, cell


def flowing(cells: Iterable[tuple[S, tuple[int, int] | None]], columns: int) -> Iterator[tuple[int, int, S]]:
    """Each cell where it says that it stands, else in the next free place from which it reaches over no more columns."""
    places, row, column = Places(), 0, 0
    for cell, said in cells:
        if said:
            row, column = said
        while not said and ((row, column) in places.taken or (column and column + cell.colspan > columns)):
            row, column = (row, column + 1) if column + 1 < columns else (row + 1, 0)
        places.take(row, column, cell)
        yield row, column, cell
