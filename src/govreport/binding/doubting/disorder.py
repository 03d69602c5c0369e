"""What speaks against rows together: tables that nobody keeps apart, headers that moved alone, values a label off."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from govreport.binding import scoring
from govreport.binding.labels.headers import Labels
from govreport.binding.panels.sheet import says
from govreport.binding.rows.found import Found
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Stream, is_gap
from govreport.model import Piece

__all__ = [
    "depends",
    "doubt_halves",
    "doubt_headless",
    "doubt_order",
    "doubt_scrambled",
    "doubt_steps",
    "in_disorder",
    "scrambled",
]

_REORDERED = (
    "表头次序与表样不同，且版式不含列",
    "the headers stand in another order than the form's, and no columns confirm it",
)
_SCRAMBLED = ("表头次序错乱，行内数值的次序不可信", "the headers are shuffled, and the values of its row may be")
_HEADLESS = ("行前没有表头，行内也没有数值", "no header stands before it, and no value in it")
_HALVES = (
    "上方有一行无标签的数值，可能是本行数值的前半",
    "numbers without a label stand above it, perhaps the first halves of its own",
)
_START = 2
"""Characters by which a header is known."""
_HEADER = 60
"""Most characters between one header of a table and another."""
_SHIFTED = ("首行之前有一行数值，末行无值", "values stand before the first label of the table and none behind the last")


def in_disorder(rows: Sequence[tuple[RowSlots, int]], pieces: Sequence[Piece]) -> bool:
    """Whether no row is to be believed.

    A table was read column by column, or its rows wrapped: too many rows have too many values, or no slot; what one has too
    many another may lack. Or its lines are numbered, and the numbers stand among the values. Or what passes for empty cells are
    the gaps between any two.
    """
    many = sum(len(row.values) > count and not _repeats(row) for row, count in rows)
    short = sum(0 < len(row.slots) == len(row.values) < count for row, count in rows)
    wrong = many + min(many, short) + sum(not row.slots for row, _ in rows)
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


def scrambled(text: str, labels: Labels) -> bool:
    """Whether the headers, or what is left of them, stand in no order at all: several are out of their place.

    Each is known by how it begins, in the stretch where most of them do. Columns that were swapped are two, and a total alone
    may stand before the others; text that was not read as it is printed has more of them in other places, and the values of a
    row likely as well. Where they stand once as the form has them, one behind the other, what is before is merged cells again.
    """
    starts = [variants[0][:_START] for variants in labels]
    own = [start for start in starts if starts.count(start) == 1]
    if len(own) < scoring.HEADERS_TOLD or _stand_whole(text, labels):
        return False
    windows = [text[max(0, at - _HEADER) : at + _HEADER] for at in _occurrences(own[0], text)]
    found = [[w.index(start) for start in own if w.count(start) == 1] for w in windows]
    best = max(found, key=len, default=[])
    moved = sum(place != other for place, other in zip(best, sorted(best), strict=True))
    return len(best) >= scoring.HEADERS_TOLD and len(best) - _ascending(best) > 1 and moved >= scoring.HEADERS_MOVED


def _stand_whole(text: str, labels: Labels) -> bool:
    """Whether all of them stand in the order of the form with nothing between them."""
    ends = set(range(len(text)))
    for variants in labels:
        ends = {at + len(v) for at in ends for v in variants if text.startswith(v, at)}
    return bool(ends)


def _occurrences(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _ascending(places: Sequence[int]) -> int:
    """How many of these stand in order, at most."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def doubt_scrambled(stream: Stream, found: Iterable[Found]) -> bool:
    """Where headers are shuffled and cells merely follow one another, so may be the values of each row; whether they do."""
    bare = [own for own in found if own.slots and all(stream.pieces[s.piece].row is None for s in own.slots)]
    for own in bare:
        if len({says(s) for s in own.slots if s.solid}) > 1:
            own.weak = own.weak or _SCRAMBLED
    return bool(bare)


def doubt_headless(found: Iterable[Found]) -> None:
    """Where no header stands before the rows, the values may stand elsewhere, too: that a row has none proves nothing."""
    for own in found:
        if own.slots and not any(s.solid for s in own.slots):
            own.weak = own.weak or _HEADLESS


def doubt_halves(found: Sequence[Found], count: int) -> None:
    """Where numbers are broken over lines, a row of them without a label may be the first halves of the row below it."""
    for above, below in itertools.pairwise(found):
        if sum(s.solid for s in (*above.slots, *above.stray)) >= 2 * count - 1 > count:
            below.weak = below.weak or _HALVES


def doubt_steps(stream: Stream, found: Sequence[Found], count: int) -> None:
    """Where values stand before the first label and none behind the last one, each row's may be those of the next label."""
    printed = sorted(found, key=lambda own: own.match.start)
    if len(found) <= 1 or count < scoring.WIDE or any(s.reading is not None for s in printed[-1].slots):
        return
    start = printed[0].match.start
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
