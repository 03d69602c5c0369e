"""What speaks against rows together: tables that nobody keeps apart, headers that moved alone, values a label off."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from govreport.binding import scoring
from govreport.binding.rows import Found
from govreport.binding.sheet import says
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Stream, is_gap
from govreport.model import Piece

__all__ = ["depends", "doubt_order", "doubt_steps", "in_disorder"]

_REORDERED = (
    "表头次序与表样不同，且版式不含列",
    "the headers stand in another order than the form's, and no columns confirm it",
)
_SHIFTED = ("首行之前有一行数值，末行无值", "values stand before the first label of the table and none behind the last")


def in_disorder(rows: Sequence[tuple[RowSlots, int]], pieces: Sequence[Piece]) -> bool:
    """Whether no row is to be believed.

    A table was read column by column, or its rows wrapped: too many rows have too many values, or no slot. Or its lines are
    numbered, and the numbers stand among the values. Or what passes for empty cells are the gaps between any two.
    """
    wrong = sum((len(row.values) > count and not _repeats(row)) or not row.slots for row, count in rows)
    wide = [row for row, count in rows if count > 1]
    return wrong > scoring.CROWDED_SHARE * len(rows) or _numbered(rows) or _all_apart(wide, pieces)


def _numbered(rows: Sequence[tuple[RowSlots, int]]) -> bool:
    """Whether a number that rises from row to row stands behind most rows, or most that have a cell too many."""
    longer = [row for row, count in rows if len(row.slots) > count and row.values]
    full = [row for row, count in rows if len(row.values) >= count >= scoring.WIDE]
    return any(2 * (len(some) - 1) > len(rows) > scoring.FULL_ROWS and _rising(some) for some in (longer, full))


def _rising(rows: Sequence[RowSlots]) -> bool:
    last = [-1 if r.values[-1].reading is None else int(r.values[-1].reading.value) for r in rows]
    steps = [b - a in _STEPS for a, b in itertools.pairwise(last)]
    return sum(steps) >= scoring.NUMBERED_SHARE * len(steps)


_STEPS = range(1, 4)
"""By how much the numbers of lines rise from row to row: there may be lines of headers between."""


def _repeats(row: RowSlots) -> bool:
    """Whether all values are the same: one cell, repeated for each column it was merged over."""
    return all(s.reading == row.values[0].reading for s in row.values)


def _all_apart(rows: Sequence[RowSlots], pieces: Sequence[Piece]) -> bool:
    """Whether each value has a gap between it and the next."""
    spans = [row.slots[row.slots.index(row.values[0]) : row.slots.index(row.values[-1]) + 1] for row in rows if row.values]
    gaps = sum(not s.solid and is_gap(pieces, s.piece) for span in spans for s in span)
    return gaps >= scoring.FULL_ROWS and not any(a.solid and b.solid for span in spans for a, b in itertools.pairwise(span))


def doubt_order(stream: Stream, found: Sequence[Found], order: Sequence[int]) -> None:
    """Where cells merely follow one another, headers that changed places may have done so alone, and their values not."""
    if list(order) == list(range(len(order))):
        return
    for own in found:
        if all(stream.pieces[s.piece].row is None for s in own.slots) and depends(own, order):
            own.weak = own.weak or _REORDERED


def doubt_steps(stream: Stream, found: Sequence[Found], count: int) -> None:
    """Where values stand before the first label and none behind the last one, each row's may be those of the next label."""
    if len(found) <= 1 or count < scoring.WIDE or any(s.solid for s in found[-1].slots):
        return
    start = found[0].match.start
    before = sum(s.solid for s in stream.between(start - scoring.NEAR, start))
    if before >= count - 1:  # two of them may be glued
        for own in found:
            own.weak = own.weak or _SHIFTED


def depends(found: Found, order: Sequence[int]) -> bool:
    """Whether the row says something else if its columns stand in that order; in any other, if that is the form's own."""
    said = [says(s) for s in found.slots if s.solid]
    if len(said) != len(order):
        return True
    other = [said[j] for j in order]
    return other != said if list(order) != list(range(len(order))) else len(set(said)) > 1
