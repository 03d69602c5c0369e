"""Two numbers typed into one cell, which leave one beside it empty: the labels fit, the sums do not.

Where several sums fail, and all of them hold once one number is parted in two, the cells are doubted. Where no sum tells, a
number far longer than all others beside an empty cell may be two.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from govreport.binding import scoring
from govreport.forms import Relation
from govreport.values import Kind, classify, read_value

__all__ = ["number_in", "together"]

Row: TypeAlias = Mapping[str, Decimal | None]
"""What the cells of a row say, by key in their order; None for an empty one."""


def together(rows: Sequence[Row], relations: Iterable[Relation]) -> list[frozenset[str]]:
    """For each row of a block the keys of its cells that may be two in one, and of the empty ones these make room for."""
    sums = _Sums({key: value or Decimal(0) for row in rows for key, value in row.items()}, relations)
    sizes = [_digits(value) for row in rows for value in row.values() if value is not None]
    return [_parted(row, sums) or _outgrown(row, sums, sizes) if _is_gapped(row) else frozenset() for row in rows]


def number_in(text: str) -> Decimal | None:
    """What a cell counts as in a sum; None if it is empty."""
    reading = read_value(text)
    return reading.value if reading is not None else None if classify(text) is Kind.EMPTY else Decimal(0)


def _is_gapped(row: Row) -> bool:
    """Whether it has values and empty cells."""
    return None in row.values() and any(row.values())


class _Sums:
    """The sums over the cells of a block, and by how much each is off."""

    def __init__(self, said: Mapping[str, Decimal], relations: Iterable[Relation]) -> None:
        self._of: dict[str, list[tuple[int, int]]] = {key: [] for key in said}
        self._off: list[Decimal] = []
        for relation in relations:
            signed = [*((key, 1) for key in relation.left), *((key, -1) for key in relation.right)]
            if all(key in said for key, _ in signed):
                for key, sign in signed:
                    self._of[key].append((len(self._off), sign))
                self._off.append(sum((sign * said[key] for key, sign in signed), start=Decimal(0)))

    def hold(self, key: str) -> bool:
        """Whether a sum that the cell is part of holds."""
        return any(not self._off[number] for number, _ in self._of[key])

    def tell(self, keys: Iterable[str]) -> bool:
        """Whether several sums fail that any of the cells is part of, and no more than half of the others."""
        own = {number for key in keys for number, _ in self._of[key]}
        off = [left != 0 for number, left in enumerate(self._off) if number in own]
        others = [left != 0 for number, left in enumerate(self._off) if number not in own]
        return sum(off) >= scoring.SUMS_MENDED and 2 * sum(others) <= len(others)

    def mended(self, changes: Mapping[str, Decimal]) -> int:
        """How many sums that are off hold once cells are changed by so much; 0 if one of those that change does not."""
        new: dict[int, Decimal] = {}
        for key, change in changes.items():
            for number, sign in self._of[key]:
                new[number] = new.get(number, self._off[number]) + sign * change
        return 0 if any(new.values()) else sum(self._off[number] != 0 for number in new)


def _parted(row: Row, sums: _Sums) -> frozenset[str]:
    """The cells that would say something else if one number were two and all of the row's sums held."""
    for other in _ways([*row.values()]) if sums.tell(row) else ():
        told = zip(row.items(), other, strict=True)
        changes = {key: (new or Decimal(0)) - (old or Decimal(0)) for (key, old), new in told if new != old}
        if sums.mended(changes) >= scoring.SUMS_MENDED:
            return frozenset(changes)
    return frozenset()


def _ways(values: Sequence[Decimal | None]) -> Iterator[Sequence[Decimal | None]]:
    """The row with one number as two, for which one of its empty cells makes room."""
    for at, gap in itertools.permutations(range(len(values)), 2):
        if values[gap] is None and (value := values[at]) is not None:
            for parts in _cuts(value):
                new = [[each] for each in values]
                new[at], new[gap] = [*parts], []
                yield [*itertools.chain.from_iterable(new)]


def _cuts(value: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    text = str(value)
    for cut in range(1, len(text) if text.isdecimal() else 0):
        if text[cut] != "0" or cut == len(text) - 1:
            yield Decimal(text[:cut]), Decimal(text[cut:])


def _outgrown(row: Row, sums: _Sums, sizes: Sequence[int]) -> frozenset[str]:
    """A number far longer than all others of the block, and the empty cell beside it, if no sum holds that it is part of."""
    *_, second, longest = (0, 0, *sorted(sizes))
    if not second or longest < max(second + scoring.GLUED_MORE, scoring.GLUED_DIGITS):
        return frozenset()
    pairs = itertools.pairwise(row.items())
    for (key, value), (other, beside) in itertools.chain.from_iterable((pair, pair[::-1]) for pair in pairs):
        if value is not None and beside is None and _digits(value) == longest and not sums.hold(key):
            return frozenset((key, other))
    return frozenset()


def _digits(value: Decimal) -> int:
    return len(str(abs(int(value))))
