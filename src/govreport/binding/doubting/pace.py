"""Numbers that stand out of step: cells with lines of their own follow one another at one pace, a page's number does not.

Where empty cells vanish, a number that is nobody's makes a row whole that lacks a value: it is told by where it stands.
"""

from __future__ import annotations

import collections
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.stream import Slot, Stream, is_gap
from govreport.values import Reading, read_value

__all__ = ["is_small", "out_of_step", "uneven"]

_Way = Literal["column", "on", "before", "behind", "empty"]
"""What is measured: where a value begins on its line, and the lines from one piece to the next of its kind, from a label to a
value, from a value to a label, and from or to an empty cell.
"""
_Step = tuple[_Way, int]
_EDGES: tuple[_Way, ...] = ("before", "behind")
_BESIDE: _Step = ("before", 0)
"""A value on the line of its label: that says nothing of where others stand."""


@frozen
class _Spot:
    """A piece that has a place of its own: its line, its column, and whether it is a value (None for an empty cell)."""

    line: int
    column: int
    value: bool | None


def out_of_step(stream: Stream, rows: Sequence[tuple[Sequence[Slot], bool]]) -> list[bool]:
    """Whether a row, given by its values, has one that is none of the table's: out of step with most others.

    A small number, such as pages, lines and notes have, is one already if it differs in one way. A row that is not `whole`, the
    second of each pair, has steps over its empty cells: these are evidence only where empty cells show themselves elsewhere.
    """
    spots = list(_spots(stream))
    every: dict[_Way, Counter[int]] = collections.defaultdict(Counter)
    own: dict[int, list[_Step]] = collections.defaultdict(list)
    for (index, one), (after, other) in itertools.pairwise(spots):
        step: _Step = _WAYS.get((one.value, other.value), "empty"), other.line - one.line
        if step == _BESIDE:
            continue
        steps = [step, *_column(other)]
        own[index].append(step)
        own[after] += steps
        for way, size in steps:
            every[way][size] += 1
    odd = _odd(every)
    shown = sum(spot.value is None for _, spot in spots) >= scoring.FULL_ROWS
    some = frozenset((way, size) for way, size in odd if shown and way != "column" and size % _mode(every["on"]))
    return [
        any(sum(s in (odd if whole else some) for s in own[slot.piece]) >= (1 if is_small(slot.reading) else 2) for slot in row)
        for row, whole in rows
    ]


def _column(spot: _Spot) -> list[_Step]:
    return [("column", spot.column)] if spot.value else []


def uneven(rows: Sequence[Sequence[int]], lines: Sequence[int | None], texts: Sequence[str]) -> bool:
    """Whether a row, given by the pieces of its values, has a small number that is out of step with most others.

    `lines` and `texts` are those of all pieces.
    """
    ends: dict[_Way, list[int]] = {
        "on": [at for row in rows for at in row[1:]],
        "before": [row[0] for row in rows if row[0] and texts[row[0] - 1].strip()],
        "behind": [row[-1] + 1 for row in rows if row[-1] + 1 < len(texts) and texts[row[-1] + 1].strip()],
    }
    told = [line or 0 for line in lines]
    sizes = {way: [told[at] - told[at - 1] for at in each] for way, each in ends.items()}
    if all(len(set(each)) <= 1 for each in sizes.values()):
        return False  # as in nearly every table that has its cells on lines
    odd = _odd({way: Counter(each) for way, each in sizes.items() if each})
    stray = [at for way, each in ends.items() for at, size in zip(each, sizes[way], strict=True) if (way, size) in odd]
    values = {at for row in rows for at in row}
    return any(is_small(read_value(texts[i])) for at in stray for i in (at - 1, at) if i in values)


def _spots(stream: Stream) -> Iterator[tuple[int, _Spot]]:
    values = {slot.piece: True if slot.solid else None for slot in stream.slots}
    for index, piece in enumerate(stream.pieces):
        beyond = index not in values and not piece.text.strip()  # the empty lines behind a table
        if beyond or piece.row is not None or is_gap(stream.pieces, index):
            continue
        if piece.place is not None and piece.place.line is not None:
            yield index, _Spot(piece.place.line, piece.place.column or 0, values.get(index, False))


_WAYS: Mapping[tuple[bool | None, bool | None], _Way] = {
    (True, True): "on",
    (False, False): "on",
    (False, True): "before",
    (True, False): "behind",
}


def _odd(counts: Mapping[_Way, Counter[int]]) -> frozenset[_Step]:
    """The steps that few are like, where nearly all are; around values as anywhere, if nothing else is usual there."""
    told = {way: size for way, each in counts.items() if (size := _mode(each)) > 0}
    if told.get("on", 0) < 1:
        return frozenset()  # several cells share a line
    told = {way: told["on"] for way in _EDGES if way in counts and 2 * counts[way][told["on"]] >= counts[way].total()} | told
    return frozenset((way, size) for way in told for size in counts[way] if size != told[way])


def _mode(counts: Counter[int]) -> int:
    """What nearly all are; 0 if they differ."""
    size, often = counts.most_common(1)[0]
    return size if often >= max(scoring.ALONE, scoring.USUAL_SHARE * counts.total()) else 0


def is_small(reading: Reading | None) -> bool:
    """Whether a number is one that pages, lines and notes have."""
    return reading is not None and 0 < reading.value <= scoring.SMALL and reading.value == int(reading.value)
