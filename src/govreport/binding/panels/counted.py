"""Numbers that count rows, in a column of their own (行次), or columns, in a row (栏次): no values of the form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from govreport.binding import scoring
from govreport.binding.rows.found import Found
from govreport.binding.stream import Slot, Stream
from govreport.model import Role

__all__ = ["drop_column_numbers", "drop_counts"]

_STEPS = range(1, 4)
"""By how much they rise: a row that opens a group may be counted, too."""


def drop_counts(stream: Stream, found: Iterable[Found], count: int) -> None:
    """Take them from the rows of a block of `count` columns, if every row begins with one and most have a cell too many."""
    rows = sorted(found, key=lambda row: row.match.start)
    longer = sum(len(row.slots) > count for row in rows)
    if count < scoring.WIDE or len(rows) < scoring.ROWS_COUNTED or 2 * longer <= len(rows):
        return
    firsts = [next((slot for slot in row.slots if slot.solid), None) for row in rows]
    numbers = [0, *map(_number, firsts)]
    if all(after - before in _STEPS for before, after in itertools.pairwise(numbers)):
        for row, first in zip(rows, firsts, strict=True):
            if first is not None:
                row.slots = row.slots[row.slots.index(first) + 1 :]
                stream.roles[first.piece] = Role.REMARK


def drop_column_numbers(stream: Stream, header: tuple[int, int], found: Iterable[Found], count: int) -> None:
    """Take 1 to `count` from under a header, if these are all that stands there, or a row has as many values behind them."""
    if count < scoring.WIDE:
        return
    owners = [(row, [slot for slot in row.slots if slot.solid]) for row in found]
    beneath = [slot for slot in stream.between(*header) if slot.solid]
    for row, slots in owners:
        if len(slots) >= 2 * count and _is_count(slots[:count]):
            row.slots = row.slots[row.slots.index(slots[count]) :]
            beneath = slots[:count]
    if len(beneath) == count and _is_count(beneath):
        for slot in beneath:
            stream.roles[slot.piece] = Role.REMARK


def _is_count(slots: Iterable[Slot]) -> bool:
    return all(_number(slot) == at for at, slot in enumerate(slots, 1))


def _number(slot: Slot | None) -> int:
    return -1 if slot is None or slot.reading is None else int(slot.reading.value)
