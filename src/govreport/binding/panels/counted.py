"""Numbers that count the rows of a table, in a column of their own between labels and values (行次): no values of the form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from govreport.binding import scoring
from govreport.binding.found import Found
from govreport.binding.stream import Slot, Stream
from govreport.model import Role

__all__ = ["drop_counts"]

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


def _number(slot: Slot | None) -> int:
    return -1 if slot is None or slot.reading is None else int(slot.reading.value)
