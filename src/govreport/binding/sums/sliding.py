"""Rows with all their cells that yet stand a cell off: one was lost, another came in elsewhere, and those between moved.

Such a row has as many cells as any, and in a grid each has its column. Only its sums tell: they are broken as the row stands,
and hold as it would stand without the cell that came in, whatever the lost one held. Where both were cells of the same sums,
or nothing adds up at all, nobody can tell.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from govreport.forms import Relation

__all__ = ["RowSums", "row_sums", "rows_add_up", "slid"]

Number: TypeAlias = int | Decimal

_BROKEN = 2
"""Sums: of the cell that was lost, and of the one that came in or those between. One wrong number may break one."""
_HELD = 2
"""Sums of something that hold as the row would stand: one may by chance."""
_CHANGED = 2
"""Cells: where one alone would hold another number, it may just be wrong."""


_Sum: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""The places of the cells that are added, and of those that are taken away: what is left should be nothing."""
_Taken: TypeAlias = Callable[[Sequence[Number]], Iterable[Number]]
"""Takes some cells out of all those of a table."""
_Check: TypeAlias = tuple[_Taken, _Taken]
"""What takes out the cells that a sum adds, and those that it takes away."""
_Told: TypeAlias = tuple[tuple[int, ...], Number]
"""Of a sum the signs of a row's cells, 1, -1, or 0 where one is none of its, and what is left of it."""


@frozen(eq=False)
class RowSums:
    """The sums of a table; its cells have places, which are counted through all rows."""

    rows: tuple[slice, ...]
    within: tuple[_Check, ...]
    """Those over cells of one row."""
    across: tuple[_Check, ...]
    own: tuple[Mapping[int, tuple[int, ...]], ...]
    """For each row the numbers of the sums that it is part of, counted through both, with the signs of its cells."""


def row_sums(keys: Sequence[str], rows: Iterable[slice], relations: Iterable[Relation]) -> RowSums:
    """The relations of a table whose cells have these keys and stand in these rows."""
    at, rows = {key: place for place, key in enumerate(keys)}, tuple(rows)
    row_of = {place: number for number, row in enumerate(rows) for place in range(row.start, row.stop)}
    sums = [(tuple(map(at.__getitem__, r.left)), tuple(map(at.__getitem__, r.right))) for r in relations]
    within = tuple(each for each in sums if len({row_of[place] for places in each for place in places}) == 1)
    across = tuple(each for each in sums if each not in within)
    own = tuple(dict(_signed(row, (*within, *across))) for row in rows)
    return RowSums(rows, tuple(map(_check, within)), tuple(map(_check, across)), own)


def _check(each: _Sum) -> _Check:
    added, taken = each
    return _taken(added), _taken(taken)


def _taken(places: Sequence[int]) -> _Taken:
    """All in one call: a table without fault is asked for each of its sums, and that in every document."""
    return operator.itemgetter(*places) if len(places) > 1 else operator.itemgetter(slice(places[0], places[0] + 1))


def _signed(row: slice, sums: Iterable[_Sum]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for number, (added, taken) in enumerate(sums):
        signs = tuple((place in added) - (place in taken) for place in range(row.start, row.stop))
        if any(signs):
            yield number, signs


def rows_add_up(table: RowSums, numbers: Sequence[Number]) -> bool:
    """Whether the sums of each row hold; `numbers` are those of all cells, 0 for a blank."""
    return all(sum(added(numbers)) == sum(taken(numbers)) for added, taken in table.within)


def slid(table: RowSums, numbers: Sequence[Number]) -> Iterator[int]:
    """The rows that by their sums stand a cell off."""
    left = [sum(added(numbers)) - sum(taken(numbers)) for added, taken in (*table.within, *table.across)]
    if not any(left[: len(table.within)]):
        return
    broken = len(left) - left.count(0)
    for number, (row, own) in enumerate(zip(table.rows, table.own, strict=True)):
        sums = [(signs, left[at]) for at, signs in own.items()]
        off = [told for told in sums if told[1]]
        if len(off) >= _BROKEN and 2 * (broken - len(off)) <= len(left) - len(sums):
            said = numbers[row]
            if any(_held(sums, said, came, lost) for came, lost in _ways(off, said)):
                yield number


def _ways(off: Sequence[_Told], said: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """Which cell came in and which was lost, so that every broken sum has cells between, and holds if all of it has moved."""
    spans = [[at for at, sign in enumerate(signs) if sign] for signs, _ in off]
    first, last = min(span[-1] for span in spans), max(span[0] for span in spans)
    back, on = (_stuck(off, spans, said, moved) for moved in ([*said[1:], 0], [0, *said[:-1]]))
    for low, high in itertools.product(range(first + 1), range(last, len(said))):
        for came, lost, stuck in ((low, high, back), (high, low, on)) if low < high else ():
            if not any(low <= span[0] and span[-1] <= high and lost not in span for span in stuck):
                yield came, lost


def _stuck(
    off: Iterable[_Told], spans: Iterable[Sequence[int]], said: Sequence[Number], moved: Sequence[Number]
) -> list[Sequence[int]]:
    """The cells of each sum that does not hold when all of them have moved."""
    steps = [*map(operator.sub, moved, said)]
    return [span for (signs, rest), span in zip(off, spans, strict=True) if sum(map(operator.mul, signs, steps), rest)]


def _held(sums: Iterable[_Told], said: Sequence[Number], came: int, lost: int) -> bool:
    """Whether the sums hold as the row stood before one cell was `lost` and another `came` in, and some are broken now."""
    stood = [*said[:came], *said[came + 1 :]]
    stood.insert(lost, 0)
    moved = [*map(operator.sub, stood, said)]
    held, mended, due = 0, False, set[Number]()
    for signs, rest in sums:
        left = sum(map(operator.mul, signs, moved), rest)
        if signs[lost]:
            due.add(-signs[lost] * left)
        elif left:
            return False
        elif any(map(operator.mul, signs, stood)):
            held += 1
            mended |= rest != 0
    if not mended or held < _HELD or len(due) > 1 or min(due, default=0) < 0:
        return False
    stood[lost] = next(iter(due), 0)
    return sum(now != before for now, before in zip(said, stood, strict=True)) >= _CHANGED
