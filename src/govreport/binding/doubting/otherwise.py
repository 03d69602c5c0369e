"""Rows that do not add up as they stand, and would if their values stood otherwise around an empty cell.

A cell that somebody added or lost moves those behind it under other labels, and two numbers typed into one cell leave the next
one empty: the labels fit, the sums do not. Where several sums fail, and all of them hold once the empty cell is put elsewhere
in its row or one number is parted in two, the row is doubted. Where no sum tells, a number far longer than all others may be
two.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from govreport.binding import scoring
from govreport.forms import Relation
from govreport.values import Kind, classify, read_value

__all__ = ["misplaced", "number_in"]

Numbers: TypeAlias = Sequence[Decimal | None]
"""What the cells of a row say; None for an empty one."""
_Lost: TypeAlias = int | None
"""The column of which, as the row would stand, the value is gone."""


def misplaced(rows: Sequence[Mapping[str, Decimal | None]], relations: Iterable[Relation]) -> list[frozenset[str]]:
    """For each row the keys of its cells that may belong elsewhere; `rows` are all of a block, by key in their order."""
    sums = _Sums({key: value or Decimal(0) for row in rows for key, value in row.items()}, relations)
    sizes = [_digits(value) for row in rows for value in row.values() if value is not None]
    return [_moved(row, sums) or _outgrown(row, sums, sizes) if _is_gapped(row) else frozenset() for row in rows]


def number_in(text: str) -> Decimal | None:
    """What a cell counts as in a sum; None if it is empty."""
    reading = read_value(text)
    return reading.value if reading is not None else None if classify(text) is Kind.EMPTY else Decimal(0)


def _is_gapped(row: Mapping[str, Decimal | None]) -> bool:
    """Whether it has values and empty cells."""
    return None in row.values() and any(row.values())


class _Sums:
    """The sums over the cells of a block, and by how much each is off."""

    def __init__(self, said: Mapping[str, Decimal], relations: Iterable[Relation]) -> None:
        self._of: dict[str, list[tuple[int, int]]] = {key: [] for key in said}
        self.off: list[Decimal] = []
        for relation in relations:
            signed = [*((key, 1) for key in relation.left), *((key, -1) for key in relation.right)]
            if all(key in said for key, _ in signed):
                for key, sign in signed:
                    self._of[key].append((len(self.off), sign))
                self.off.append(sum((sign * said[key] for key, sign in signed), start=Decimal(0)))

    def of(self, key: str) -> Iterator[int]:
        """The sums that a cell is part of."""
        return (number for number, _ in self._of[key])

    def mended(self, changes: Mapping[str, Decimal], without: frozenset[int]) -> int:
        """How many sums that are off hold once cells are changed by so much; 0 if one of those that change does not."""
        new: dict[int, Decimal] = {}
        for key, change in changes.items():
            for number, sign in self._of[key]:
                new[number] = new.get(number, self.off[number]) + sign * change
        told = [number for number in new if number not in without]
        return 0 if any(new[number] for number in told) else sum(self.off[number] != 0 for number in told)


def _moved(row: Mapping[str, Decimal | None], sums: _Sums) -> frozenset[str]:
    """The cells that would say something else if the row stood as all of its sums have it."""
    keys, values = [*row], [*row.values()]
    if sum(sums.off[number] != 0 for number in {n for key in keys for n in sums.of(key)}) < scoring.SUMS_MOVED:
        return frozenset()
    most, moved = 0, frozenset[str]()
    for other, lost in itertools.chain(_elsewhere(values), _parted(values)):
        pairs = zip(keys, values, other, strict=True)
        changes = {key: (new or Decimal(0)) - (old or Decimal(0)) for key, old, new in pairs if new != old}
        gone = frozenset[str]() if lost is None else frozenset({keys[lost]})
        mended = sums.mended(changes, frozenset(number for key in gone for number in sums.of(key)))
        if mended > max(most, scoring.SUMS_MOVED - 1 + len(gone)):
            most, moved = mended, gone | changes.keys()
    return moved


def _elsewhere(values: Numbers) -> Iterator[tuple[Numbers, _Lost]]:
    """The row with one of its empty cells in every other place, as one that is empty and as one whose value is gone."""
    for at in (i for i, value in enumerate(values) if value is None):
        rest = [*values[:at], *values[at + 1 :]]
        for place in range(len(values)):
            if place != at:
                yield [*rest[:place], None, *rest[place:]], None
                yield [*rest[:place], None, *rest[place:]], place


def _parted(values: Numbers) -> Iterator[tuple[Numbers, _Lost]]:
    """The row with one number as two, for which one of its empty cells makes room."""
    for at, gap in itertools.product(range(len(values)), repeat=2):
        if values[gap] is None and values[at] is not None:
            for parts in _cuts(values[at] or Decimal(0)):
                new = [[value] for value in values]
                new[at], new[gap] = [*parts], []
                yield [*itertools.chain.from_iterable(new)], None


def _cuts(value: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    text = str(value)
    for cut in range(1, len(text) if text.isdecimal() else 0):
        if text[cut] != "0" or cut == len(text) - 1:
            yield Decimal(text[:cut]), Decimal(text[cut:])


def _outgrown(row: Mapping[str, Decimal | None], sums: _Sums, sizes: Sequence[int]) -> frozenset[str]:
    """A number far longer than all others of the block beside an empty cell, if no sum holds that it is part of."""
    *_, second, longest = (0, 0, *sorted(sizes))
    if longest < max(second + scoring.GLUED_MORE, scoring.GLUED_DIGITS) or not second:
        return frozenset()
    for (key, value), (other, beside) in itertools.permutations(row.items(), 2):
        near = abs([*row].index(key) - [*row].index(other)) == 1
        if near and value is not None and beside is None and _digits(value) == longest:
            return frozenset() if any(not sums.off[number] for number in sums.of(key)) else frozenset((key, other))
    return frozenset()


def _digits(value: Decimal) -> int:
    return len(str(abs(int(value))))
