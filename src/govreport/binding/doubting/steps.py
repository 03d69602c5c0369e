"""Rows of text taken out of a page, whose labels and values got out of step: what stands around them tells.

Text of a page comes line by line, and where a cell has two lines the values come before the label, between its lines or
behind it. A row that looks whole may have its neighbour's values.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from govreport.binding import scoring
from govreport.binding.doubting.neighbour import Neighbour, most, usual
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Slot, Stream
from govreport.values import digits, is_split

__all__ = ["between_many_and_none", "misplaced", "outgrows", "parted_by_blanks"]

_FEW = 2
"""Columns of a row that one number of nobody's makes whole."""
_BEGINS = 4
"""Characters that tell one label's beginning from another's."""
_GROUP = 12
"""Characters of the label of a group, which may stand between a row and what is beside it: more are a header."""
_TWO = re.compile(r"[-—－–/／无]\s+\d.*|\d.*\s+[-—－–/／无]")
"""A printed nothing and a number: two cells, or an odd way to write one."""


def misplaced(stream: Stream, rows: Sequence[Neighbour], nobodys: frozenset[int]) -> Iterator[Neighbour]:
    """The rows, in the order of the text, whose values may be another's; `nobodys` are pieces with numbers that no row has."""
    yield from itertools.chain(_behind_empty(rows), _run_together(stream, rows), _off_their_lines(stream, rows))
    yield from itertools.chain(_glued(stream, rows), _behind_another(stream, rows, nobodys), _behind_label(stream, rows))
    yield from itertools.chain(between_many_and_none(rows), parted_by_blanks(rows), _of_two_in_one(stream, rows))
    yield from itertools.chain(_beside_halves(stream, rows, nobodys), _before_halves(stream, rows, nobodys))


def _behind_empty(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows behind one that has too many values and one that has none: labels and values may be out of step there.

    Or behind one that has too many, if their label is not whole.
    """
    for one, empty, other in zip(rows, rows[1:], rows[2:], strict=False):
        if one.upset and not empty.slots.values:
            yield other
    yield from (other for one, other in itertools.pairwise(rows) if one.upset and other.found.match.sure < 1)


def _behind_label(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows whose label stands in one piece with that of a row without values: theirs may be that one's.

    Unless they touch their label, as all do where everything is glued together.
    """
    for empty, row in itertools.pairwise(rows):
        shared = stream.piece_at(empty.found.match.end - 1) == stream.piece_at(row.found.match.start)
        if shared and not empty.slots.values and row.slots.values and not _touches(stream, row):
            yield row


def _touches(stream: Stream, row: Neighbour) -> bool:
    if not row.slots.values:
        return False
    label, first = stream.pieces[stream.piece_at(row.found.match.end - 1)], stream.pieces[row.slots.values[0].piece]
    if label.place is None or first.place is None or label.place.line != first.place.line:
        return False
    return first.place.column == (label.place.column or 0) + len(label.text)


def _glued(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The whole rows whose first number touches their label, as that of a note does, where most others do not."""
    touching = [_touches(stream, row) for row in rows]
    if most([not each for each in touching]):
        yield from (row for row, each in zip(rows, touching, strict=True) if each and row.full)


def _off_their_lines(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows that begin beside their label and go on elsewhere, and those that stand elsewhere unlike nearly all others.

    Of rows of a few columns, that is, which a single number that is nobody's makes whole; and those that go on elsewhere below
    a row that lacks values on its line, for these may be its own.
    """
    every = [(row, beside) for row in rows if (beside := _beside_label(stream, row))]
    for (above, level), (row, beside) in itertools.pairwise(every):
        if len(above.slots.values) < above.count and all(level) and beside[0] and not all(beside):
            yield row
    told = [(row, beside) for row, beside in every if row.count <= _FEW]
    for at, (row, beside) in enumerate(told):
        others = [all(each) for _, each in told[:at] + told[at + 1 :]]
        if (beside[0] and not all(beside)) or (not any(beside) and usual(others)):
            yield row


def _beside_label(stream: Stream, row: Neighbour) -> list[bool]:
    """Whether each value stands on a line of the row's label; nothing where the lines are not known."""
    first, last = (stream.pieces[stream.piece_at(at)].place for at in (row.found.match.start, row.found.match.end - 1))
    places = [stream.pieces[slot.piece].place for slot in row.slots.values]
    lines = [None if place is None else place.line for place in (first, last, *places)]
    numbers = [line for line in lines if line is not None]
    return [numbers[0] <= line <= numbers[1] for line in numbers[2:]] if len(numbers) == len(lines) else []


def _behind_another(stream: Stream, rows: Sequence[Neighbour], nobodys: frozenset[int]) -> Iterator[Neighbour]:
    """The rows before whose label stand as many numbers of nobody's, behind words that their label begins with."""
    for before, row in itertools.pairwise(rows):
        start, end = before.found.match.end, row.found.match.start
        between = [slot for slot in stream.between(start, end) if slot.piece in nobodys]
        if len(between) >= max(row.count, scoring.FULL_ROWS) and stream.text[end : end + _BEGINS] in stream.text[start:end]:
            yield row


def _run_together(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """Two rows of which one has two numbers in a cell, or ends in one far longer than any other, and the next begins empty.

    The next row may have such a number itself: then those of the first tell.
    """
    for one, other in itertools.pairwise(rows):
        last = digits(one.slots.values[-1].reading) if one.slots.values else 0
        lacks = not other.slots.values or other.begins > one.begins
        unread = [slot for slot in one.slots.values if slot.unread]
        two = len(unread) == 1 and (unread[0] is one.slots.values[-1] or is_split(stream.pieces[unread[0].piece].text))
        if lacks and (two or outgrows(last, _lengths(one, other))):
            yield from (one, other)


def outgrows(last: int, sizes: Sequence[int]) -> bool:
    """Whether the last number of a row is so long beside all others, given by their digits, that it may be two."""
    second = max([size for size in sizes if size < last], default=0)
    least = max(scoring.GLUED_LAST if second else scoring.GLUED_DIGITS, second + scoring.GLUED_MORE)
    return last >= least and sizes.count(last) == 1


def _lengths(one: Neighbour, other: Neighbour) -> list[int]:
    """The digits of the values of two rows, or of the first where it has enough of them to tell."""
    rows = (one,) if one.count >= scoring.WIDE and len(one.slots.values) > scoring.WIDE else (one, other)
    return [digits(slot.reading) for row in rows for slot in row.slots.values]


def between_many_and_none(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The whole rows between one with too many values and one with none: step by step each may have its neighbour's."""
    ends = [at for at, row in enumerate(rows) if len(row.slots.values) > row.count or not row.slots.values]
    for one, other in itertools.pairwise(ends):
        if bool(rows[one].slots.values) != bool(rows[other].slots.values):
            yield from (row for row in rows[one + 1 : other] if not row.lined)


def parted_by_blanks(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """Rows that lack values, where blanks stand between any two: these part cells and are none, even where the count fits."""
    told = [row for row in rows if 1 < len(row.slots.values) < row.count and not row.lined]
    if sum(map(_is_parted, told)) >= max(scoring.ALONE, scoring.USUAL_SHARE * len(told)):
        yield from told


def _is_parted(row: Neighbour) -> bool:
    return all(a.solid != b.solid or not a.solid for a, b in itertools.pairwise(_inner(row.slots)))


def _inner(slots: RowSlots) -> list[Slot]:
    first, last = slots.slots.index(slots.values[0]), slots.slots.index(slots.values[-1])
    return slots.slots[first : last + 1]


def _of_two_in_one(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """Rows of which one value is two, so that they have one too many."""
    for row in rows:
        if not row.lined and any(_TWO.fullmatch(stream.pieces[slot.piece].text.strip()) for slot in row.slots.values):
            yield row


def _beside_halves(stream: Stream, rows: Sequence[Neighbour], nobodys: frozenset[int]) -> Iterator[Neighbour]:
    """Rows before whose label stands a number of `nobodys`, longer than the last of theirs: its other half, perhaps."""
    for row in rows:
        start = row.found.match.start
        before = stream.slots[: bisect.bisect_right(stream.positions, start)][-1:]
        astray = bool(before) and before[0].piece in nobodys and start - before[0].position <= _GROUP
        if astray and not row.lined and row.full and digits(row.slots.values[-1].reading) < digits(before[0].reading):
            yield row


def _before_halves(stream: Stream, rows: Sequence[Neighbour], nobodys: frozenset[int]) -> Iterator[Neighbour]:
    """Whole rows with a number of `nobodys` behind them, on the line of the next row's label: the second half of their last.

    Where most labels have a number before them, it is that of the row.
    """
    pieces, labels = stream.pieces, [stream.piece_at(row.found.match.start) for row in rows[1:]]
    found = [
        row
        for row, label in zip(rows, labels, strict=False)
        if row.full and label - 1 in nobodys
        if pieces[label - 1].row == pieces[label].row != pieces[row.slots.values[-1].piece].row
    ]
    if len(found) <= (1 - scoring.USUAL_SHARE) * len(rows):
        yield from found
