"""Numbers that stand out of step: cells with lines of their own follow one another at one pace, a page's number does not.

Where empty cells vanish, a number that is nobody's makes a row whole that lacks a value: it is told by where it stands.
"""

from __future__ import annotations

import collections
import itertools
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.stream import Slot, Stream, is_gap
from govreport.values import Reading

__all__ = ["is_small", "out_of_step", "uneven"]

_Way = Literal["column", "on", "before", "behind", "empty"]
"""What is measured: where a value begins on its line, and the lines from one piece to the next of its kind, from a label to a
value, from a value to a label, and from or to an empty cell.
"""
_Step = tuple[_Way, int]


@frozen
class _Spot:
    """A piece that has a place of its own: its line, its column, and whether it is a value (None for an empty cell)."""

    line: int
    column: int
    value: bool | None


def out_of_step(stream: Stream, rows: Sequence[Sequence[Slot]]) -> list[bool]:
    """Whether a row, given by its values, has one that is none of the table's: out of step with most others.

    A small number, such as pages, lines and notes have, is one already if it differs in one way.
    """
    spots = dict(_spots(stream))
    order = list(spots)
    steps: dict[int, list[_Step]] = {index: [("column", spot.column)] for index, spot in spots.items() if spot.value}
    usual: list[_Step] = [step for own in steps.values() for step in own]
    for one, other in itertools.pairwise(order):
        step = _step(spots[one], spots[other])
        usual.append(step)
        for index in (one, other):
            if index in steps:
                steps[index].append(step)
    told = _usual(usual)
    return [any(_astray(slot, steps.get(slot.piece, ()), told) for slot in row) for row in rows]


def uneven(lines: Sequence[int | None], rows: Sequence[Sequence[int]], small: Container[int]) -> bool:
    """Whether a row, given by the pieces of its values, has a `small` one with a step that few have at that place of a row.

    `lines` are those of all pieces. A table of one pace, as most are, is known as such at once.
    """
    told = [line for line in lines if line is not None]
    if len(told) < len(lines) or len({b - a for a, b in itertools.pairwise(told)}) < 2:  # noqa: PLR2004 - one pace
        return False
    ends = [
        (at, way) for row in rows for at, way in ((row[0], "before"), *((i, "on") for i in row[1:]), (row[-1] + 1, "behind"))
    ]
    steps = [(way, told[at] - told[at - 1]) for at, way in ends if 0 < at < len(told)]
    counts = collections.Counter(steps)
    total = collections.Counter(way for way, _ in steps)
    rare = {step for step, n in counts.items() if n <= (1 - scoring.USUAL_SHARE) * total[step[0]]}
    return any(
        (way, told[at] - told[at - 1]) in rare and (at in small or at - 1 in small) for at, way in ends if 0 < at < len(told)
    )


def _spots(stream: Stream) -> Iterator[tuple[int, _Spot]]:
    values = {slot.piece: True if slot.solid else None for slot in stream.slots}
    for index, piece in enumerate(stream.pieces):
        if piece.place is not None and piece.place.line is not None and piece.row is None and not is_gap(stream.pieces, index):
            yield index, _Spot(piece.place.line, piece.place.column or 0, values.get(index, False))


def _step(one: _Spot, other: _Spot) -> _Step:
    return _WAYS.get((one.value, other.value), "empty"), other.line - one.line


_WAYS: Mapping[tuple[bool | None, bool | None], _Way] = {
    (True, True): "on",
    (False, False): "on",
    (False, True): "before",
    (True, False): "behind",
}


def _usual(steps: Sequence[_Step]) -> Mapping[_Way, int]:
    """What nearly all have, by what is measured; around values as anywhere, if nothing else is usual there."""
    counts: dict[_Way, Counter[int]] = collections.defaultdict(Counter)
    for way, size in steps:
        counts[way][size] += 1
    told = {way: size for way, each in counts.items() if (size := _mode(each)) > 0}
    if told.get("on", 0) < 1:
        return {}  # several cells share a line
    edges: tuple[_Way, ...] = ("before", "behind")
    return {way: told["on"] for way in edges if 2 * counts[way][told["on"]] >= counts[way].total()} | told


def _mode(counts: Counter[int]) -> int:
    """What nearly all are; 0 if they differ."""
    size, often = counts.most_common(1)[0]
    return size if often >= max(scoring.ALONE, scoring.USUAL_SHARE * counts.total()) else 0


def _astray(slot: Slot, steps: Sequence[_Step], usual: Mapping[_Way, int]) -> bool:
    unlike = sum(way in usual and usual[way] != size for way, size in steps)
    return unlike >= (1 if is_small(slot.reading) else 2)


def is_small(reading: Reading | None) -> bool:
    """Whether a number is one that pages, lines and notes have."""
    return reading is not None and 0 < reading.value <= scoring.SMALL and reading.value == int(reading.value)
