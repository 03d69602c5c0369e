"""A sequence of which the columns are known and the items are made when one is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

__all__ = ["Later"]

T_co = TypeVar("T_co", covariant=True)


class Later(Sequence[T_co]):
    """As many items as `texts`, the column that all have."""

    __slots__ = ("_made", "_make", "texts")

    def __init__(self, texts: Sequence[str], make: Callable[[], tuple[T_co, ...]]) -> None:
        self.texts, self._make = texts, make
        self._made: tuple[T_co, ...] | None = None if texts else ()

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self.texts)

    def __eq__(self, other: object) -> bool:
        return self._all() == other._all() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[T_co, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made
