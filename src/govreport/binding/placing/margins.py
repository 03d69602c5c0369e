"""How many empty slots stand around the columns of a row, where cells are counted and nothing else tells rows apart.

A layout that shows every cell, but not where a row ends, gives each row some slots that are not its own: cells hidden by a
merged label, a wider gap between rows, padding. Those before its columns depend on how deep its label stands, those after them
on the row itself (padding) or on the next row (its hidden cells). Rows with a value in their first and last column show how
many they are; a row with blanks at its ends is told by them, if its slots are exactly as many as both say.
"""

from __future__ import annotations

import collections
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Literal

from attrs import field, frozen

from govreport.binding import scoring

__all__ = ["END", "Extent", "Margins", "learn", "of_unlabelled"]

END: Literal["end"] = "end"
"""What follows the last row of a table."""


@frozen
class Extent:
    """A row in numbers: its depth and class, what follows it, its columns, its slots; of those with a value the first and last.

    `solid` is the number of those with a value.
    """

    depth: int
    own: Hashable
    following: Hashable
    count: int
    size: int
    solid: int
    first: int
    last: int

    @property
    def spans(self) -> bool:
        """Whether its first and its last column hold a value, so that nothing is in doubt."""
        return self.last - self.first + 1 == self.count

    def shows(self, before: int) -> bool:
        """Whether it has an empty cell before its last value, if its columns begin after so many slots."""
        return self.last + 1 - before > self.solid


@frozen
class Margins:
    """What the rows of a table teach: empty slots before the columns by depth, and after them by row or by what follows."""

    before: Mapping[Hashable, int] = field(factory=dict)
    by_own: Mapping[Hashable, int] = field(factory=dict)
    by_following: Mapping[Hashable, int] = field(factory=dict)
    crowded: bool = False
    """Whether many rows hold more than their columns: then a row with a value in the first and the last may, too."""
    exact: bool = False
    """Whether nothing that they do not explain may stand behind a row: others end before their last column."""

    def window(self, row: Extent) -> tuple[int, bool] | None:
        """The slot at which the row's columns begin, and whether its end is as it should be.

        Where its last column is empty, what comes after it must be just as much as in other rows; where it holds a value, more
        or less is a reason to doubt, unless the table ends there.
        """
        before = self.before.get(row.depth, row.first if row.spans else None)
        if before is None or row.first < before or not row.last < before + row.count <= row.size:
            return None
        after = {m[key] for m, key in ((self.by_own, row.own), (self.by_following, row.following)) if key in m}
        usual = after == {row.size - row.count - before}
        if row.last + 1 == before + row.count:
            ended = usual or row.size == before + row.count
            return before, not self.crowded and (ended or (not self.exact and (not after or row.following is END)))
        return (before, True) if usual else None


Votes = Mapping[Hashable, collections.Counter[int]]


def learn(rows: Sequence[Extent]) -> Margins:
    """The margins that rows agree on; none where a row has as many values as columns and empty slots between them."""
    overfull = sum(row.last - row.first + 1 > row.count for row in rows)
    if overfull:
        return Margins(crowded=overfull > scoring.CROWDED_SHARE * len(rows))
    begun = _votes((row.depth, row.first) for row in rows if row.spans)
    before = {depth: next(iter(votes)) for depth, votes in begun.items() if len(votes) == 1}
    known = [(row, row.size - row.count - before[row.depth]) for row in rows if row.depth in before]
    alike = _alike(known, before)
    sure = [(row, after) for row, after in known if row.spans or alike.get(row.following) == after]
    models = [_votes((row.own, after) for row, after in sure), _votes((row.following, after) for row, after in sure)]
    best = max(scoring.FULL_SHARE, *map(_explained, models))
    by_own, by_following = (_usual(votes) if _explained(votes) >= best else {} for votes in models)
    return Margins(before, by_own, by_following, exact=any(row.size < row.count for row in rows))


def of_unlabelled(margins: Sequence[Margins]) -> Margins:
    """The margins of a table whose one row has no label, from those of tables of the same layout.

    Its values stand after a row of the header as a label stands after a row that covers none of its cells.
    """
    before, end = ({m.by_following[key] for m in margins if key in m.by_following} for key in (0, END))
    known = len(end) == 1
    return Margins({0: min(before)} if len(before) == 1 else {}, {}, {END: min(end)} if known else {}, exact=not known)


def _votes(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, collections.Counter[int]]:
    found: dict[Hashable, collections.Counter[int]] = collections.defaultdict(collections.Counter)
    for key, value in pairs:
        found[key][value] += 1
    return found


def _usual(votes: Votes) -> dict[Hashable, int]:
    return {key: counts.most_common(1)[0][0] for key, counts in votes.items()}


def _explained(votes: Votes) -> float:
    """The share of rows that have what most rows of their key have."""
    total = sum(v.total() for v in votes.values())
    return sum(max(v.values()) for v in votes.values()) / total if total else 0.0


def _alike(known: Sequence[tuple[Extent, int]], before: Mapping[Hashable, int]) -> dict[Hashable, int]:
    """What follows → the empty slots after rows with blanks at their ends, where all have as many and several show blanks."""
    votes = _votes((row.following, after) for row, after in known)
    shown = collections.Counter(row.following for row, _ in known if row.shows(before[row.depth]))
    same = {key: after for key, v in votes.items() if len(v) == 1 and (after := next(iter(v))) >= 0}
    return {key: after for key, after in same.items() if shown[key] >= scoring.FULL_ROWS}
