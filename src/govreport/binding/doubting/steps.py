"""Rows of text taken out of a page, whose labels and values got out of step: what stands around them tells.

Text of a page comes line by line, and where a cell has two lines the values come before the label, between its lines or
behind it. A row that looks whole may have its neighbour's values.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from govreport.binding import scoring
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Slot, Stream
from govreport.values import digits

__all__ = ["before_halves", "beside_halves", "between_many_and_none", "of_two_in_one", "parted_by_blanks"]

_TWO = re.compile(r"[-—－–/／无]\s+\d.*|\d.*\s+[-—－–/／无]")
"""A printed nothing and a number: two cells, or an odd way to write one."""


class Row(Protocol):
    """What is asked of a row."""

    slots: RowSlots
    count: int
    lined: bool

    @property
    def full(self) -> bool:
        """Whether it has as many values as columns."""
        ...


R = TypeVar("R", bound=Row)


def between_many_and_none(rows: Sequence[R]) -> Iterator[R]:
    """The whole rows between one with too many values and one with none: step by step each may have its neighbour's."""
    ends = [at for at, row in enumerate(rows) if len(row.slots.values) > row.count or not row.slots.values]
    for one, other in itertools.pairwise(ends):
        if bool(rows[one].slots.values) != bool(rows[other].slots.values):
            yield from (row for row in rows[one + 1 : other] if not row.lined)


def parted_by_blanks(rows: Sequence[R]) -> Iterator[R]:
    """Rows that lack values, where blanks stand between any two: these part cells and are none, even where the count fits."""
    told = [row for row in rows if 1 < len(row.slots.values) < row.count and not row.lined]
    if sum(map(_is_parted, told)) >= max(scoring.ALONE, scoring.USUAL_SHARE * len(told)):
        yield from told


def _is_parted(row: Row) -> bool:
    return all(a.solid != b.solid or not a.solid for a, b in itertools.pairwise(_inner(row.slots)))


def _inner(slots: RowSlots) -> list[Slot]:
    first, last = slots.slots.index(slots.values[0]), slots.slots.index(slots.values[-1])
    return slots.slots[first : last + 1]


def before_halves(stream: Stream, rows: Sequence[R], labels: Sequence[int]) -> Iterator[R]:
    """Whole rows with a number of nobody's behind them, on the line of the next row's label: the second half of their last.

    `labels` are the pieces of the rows' labels. Where most labels have a number before them, it is that of the row.
    """
    pieces, owned = stream.pieces, {slot.piece for row in rows for slot in row.slots.slots}
    astray = {slot.piece for slot in stream.slots if slot.solid and slot.piece not in owned}
    found = [
        row
        for row, label in zip(rows, labels[1:], strict=False)
        if row.full and label - 1 in astray
        if pieces[label - 1].row == pieces[label].row != pieces[row.slots.values[-1].piece].row
    ]
    if len(found) <= (1 - scoring.USUAL_SHARE) * len(rows):
        yield from found


def of_two_in_one(stream: Stream, rows: Sequence[R]) -> Iterator[R]:
    """Rows of which one value is two, so that they have one too many."""
    for row in rows:
        if not row.lined and any(_TWO.fullmatch(stream.pieces[slot.piece].text.strip()) for slot in row.slots.values):
            yield row


def beside_halves(stream: Stream, rows: Sequence[R], starts: Sequence[int]) -> Iterator[R]:
    """Rows before whose label stands a number of nobody's, longer than the last of theirs: its other half, perhaps."""
    owned = {slot.piece for row in rows for slot in row.slots.slots}
    for row, start in zip(rows, starts, strict=True):
        before = stream.slots[: bisect.bisect_right(stream.positions, start)][-1:]
        astray = bool(before) and before[0].solid and before[0].piece not in owned
        if astray and not row.lined and row.full and digits(row.slots.values[-1].reading) < digits(before[0].reading):
            yield row
