"""The pieces of a section as columns: what layouts find and binding reads, two thousand of them in a long report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Self

from govreport.later import Later
from govreport.model import Piece

__all__ = ["Pieces"]


class Pieces(Later[Piece]):
    """The pieces of a section in reading order.

    `texts` is what they say, `rows` the row of each (None where the layout has none), `lines` the line it stands on. `merged`
    are the indices of those that cover several columns of a grid; `roles` whether any that says something has a role, `aligned`
    whether its columns are those of a text, counted in half widths.
    """

    __slots__ = ("aligned", "lines", "merged", "roles", "rows")

    def __init__(
        self,
        texts: Sequence[str],
        rows: Sequence[int | None],
        lines: Sequence[int | None],
        make: Callable[[], tuple[Piece, ...]],
        *,
        merged: AbstractSet[int] = frozenset(),
        roles: bool = False,
        aligned: bool = False,
    ) -> None:
        super().__init__(texts, make)
        self.rows, self.lines, self.merged, self.roles, self.aligned = rows, lines, merged, roles, aligned

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Self:
        """Pieces that a layout made one by one."""
        made = tuple(pieces)
        return cls(
            [p.text for p in made],
            [p.row for p in made],
            [p.place.line if p.place else None for p in made],
            lambda: made,
            merged={i for i, p in enumerate(made) if p.rowspan is not None and (p.colspan or 1) > 1},
            roles=any(p.role is not None for p in made),
            aligned=any(p.colspan is not None and p.rowspan is None for p in made),
        )
