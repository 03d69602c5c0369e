"""A row among the others of its table: what they are compared by, and how many of them must agree."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

from govreport.binding import scoring
from govreport.binding.rows.found import Found
from govreport.binding.solution import RowSlots

__all__ = ["Neighbour", "most", "usual"]


@define
class Neighbour:
    """A row as it stands in the text: what was found of it, its slots, its block and how many columns that has."""

    found: Found
    slots: RowSlots
    block: int
    count: int
    line: int
    """How many pieces stand on its line; 0 where its layout has no rows."""
    crowded: bool = False
    """Whether numbers that no row has stand between its label and the next."""

    @property
    def lined(self) -> bool:
        """Whether its layout has rows."""
        return self.line > 0

    @property
    def full(self) -> bool:
        """Whether it has as many values as columns."""
        return len(self.slots.values) == self.count

    @property
    def begins(self) -> int:
        """How many empty cells stand before its first value."""
        return self.slots.slots.index(self.slots.values[0]) if self.slots.values else 0

    @property
    def ends(self) -> int:
        """How many empty cells stand behind its last value."""
        return len(self.slots.slots) - self.slots.slots.index(self.slots.values[-1]) - 1 if self.slots.values else 0

    @property
    def upset(self) -> bool:
        """Whether it has more values than columns, or one that cannot be read: another row's, perhaps."""
        unread = any(s.unread for s in self.slots.values)
        return len(self.slots.values) > self.count or bool(self.found.stray) or unread or self.crowded


def most(votes: Sequence[bool]) -> bool:
    """Whether more than half of several are for it."""
    return len(votes) >= scoring.FULL_ROWS and 2 * sum(votes) > len(votes)


def usual(votes: Sequence[bool]) -> bool:
    """Whether nearly all are."""
    return sum(votes) >= max(scoring.FULL_ROWS, scoring.USUAL_SHARE * len(votes))
