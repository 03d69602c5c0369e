"""The pieces of a section as columns: what layouts find and binding reads, two thousand of them in a long report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Self, overload

from govreport.model import Piece

__all__ = ["Pieces"]


class Pieces(Sequence[Piece]):
    """The pieces of a section in reading order, as columns; the `Piece`s themselves are made when one is first looked at.

    `texts` is what they say, `rows` the row of each (None where the layout has none), `lines` the line it stands on. `merged`
    are the indices of those that cover several columns of a grid; `roles` whether the layout gave any of them a role.
    """

    __slots__ = ("_made", "_make", "lines", "merged", "roles", "rows", "texts")

    def __init__(
        self,
        texts: Sequence[str],
        rows: Sequence[int | None],
        lines: Sequence[int | None],
        make: Callable[[], tuple[Piece, ...]],
        *,
        merged: AbstractSet[int] = frozenset(),
        roles: bool = False,
    ) -> None:
        self.texts, self.rows, self.lines, self.merged, self.roles = texts, rows, lines, merged, roles
        self._make, self._made = make, tuple[Piece, ...]() if not texts else None

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Self:
        """Pieces that a layout made one by one."""
        made = tuple(pieces)
        found = cls(
            [p.text for p in made],
            [p.row for p in made],
            [p.place.line if p.place else None for p in made],
            lambda: made,
            merged={i for i, p in enumerate(made) if p.rowspan is not None and (p.colspan or 1) > 1},
            roles=any(p.role is not None for p in made),
        )
        found._made = made
        return found

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Piece, ...]: ...
    def __getitem__(self, index: int | slice) -> Piece | tuple[Piece, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Piece]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self.texts)

    def _all(self) -> tuple[Piece, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made
