"""Which columns the values of rows belong to whose blanks are gone, as far as the sums of the form decide.

Pure: numbers and sums in, columns out. All ways in which a row's values can stand in its columns, in their order and with
blanks between, are its alignments; a blank counts as 0. Sums strike out alignments: first those of a row alone (its total),
then those over several rows (a column), as long as any of these strikes out more. What all alignments that are left agree on
is told; the rest stays open. No value is changed, split or made up, and where nothing adds up, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Final, Literal, TypeAlias

from attrs import frozen

from govreport.binding import scoring

__all__ = ["OPEN", "Evidence", "Place", "Sum", "infer"]

Number: TypeAlias = int | Decimal
Values: TypeAlias = tuple[Number, ...]
"""The values of a row in their order, a printed nothing as 0: one for each column, or fewer where blanks are gone."""
Alignment: TypeAlias = tuple[int | None, ...]
"""For each column the index of the value that stands in it; None for a blank."""
Domains: TypeAlias = Mapping[int, Sequence[Alignment]]
"""By row, the alignments that are left."""


class _Open(Enum):
    OPEN = "open"


OPEN: Final = _Open.OPEN
"""What stands in a column where alignments do not agree."""
Place: TypeAlias = int | Literal[_Open.OPEN] | None


@frozen
class Sum:
    """Cells that add up to zero: (row, column, 1 or -1) of each."""

    terms: tuple[tuple[int, int, int], ...]

    @property
    def rows(self) -> frozenset[int]:
        """The rows it runs over."""
        return frozenset(row for row, _, _ in self.terms)

    def part(self, row: int, values: Values, alignment: Alignment) -> Number:
        """What a row adds to it."""
        placed = ((alignment[column], sign) for own, column, sign in self.terms if own == row)
        return sum((sign * values[index] for index, sign in placed if index is not None), start=0)


@frozen
class Evidence:
    """How many rows that hold more than zeros were weighed, and of how many the sums hold in some alignment."""

    weighed: int = 0
    held: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(self.weighed + other.weighed, self.held + other.held)

    @property
    def adds_up(self) -> bool:
        """Whether sums are evidence at all in this document."""
        return self.held >= max(scoring.SUMS_LEAST, scoring.SUMS_SHARE * self.weighed)


def infer(
    lines: Sequence[Values | None], width: int, sums: Iterable[Sum], elsewhere: Evidence
) -> tuple[dict[int, tuple[Place, ...]], Evidence]:
    """What stands in the columns of each row that is short, as far as it is told, and whether the rows of this table add up.

    A line is None where the row was not read for certain: sums over it tell nothing. `elsewhere` is what other tables say.
    """
    told = [s for s in sums if all(lines[row] is not None for row in s.rows)]
    known = {row: values for row, values in enumerate(lines) if values is not None}
    own = {row: [s for s in told if s.rows == {row}] for row in known}
    domains = {row: found for row, values in known.items() if (found := _alignments(row, values, width, own[row]))}
    evidence = _evidence(known, domains, own)
    short = [row for row in domains if len(known[row]) < width]
    if not short or not (evidence + elsewhere).adds_up:
        return {}, evidence
    left = _propagated(domains, known, [s for s in told if len(s.rows) > 1 and s.rows <= domains.keys()]) or domains
    agreed = {row: tuple(map(_agreed, zip(*left[row], strict=True))) for row in short}
    return {row: places for row, places in agreed.items() if any(isinstance(place, int) for place in places)}, evidence


def _agreed(column: tuple[int | None, ...]) -> Place:
    return column[0] if len(set(column)) == 1 else OPEN


def _evidence(known: Mapping[int, Values], domains: Domains, own: Mapping[int, Sequence[Sum]]) -> Evidence:
    weighed = [row for row, values in known.items() if any(values)]
    held = (row in domains and not any(s.part(row, known[row], domains[row][0]) for s in own[row]) for row in weighed)
    return Evidence(len(weighed), sum(held))


# --- one row -----------------------------------------------------------------------------------------------------------------


def _alignments(row: int, values: Values, width: int, sums: Sequence[Sum]) -> list[Alignment]:
    """The alignments of a row that its own sums allow, built column by column; none where there are too many to look at.

    A row that is not short has its one alignment, whatever its sums.
    """
    if len(values) == width:
        return [tuple(range(width))]
    due = [[s for s in sums if max(column for _, column, _ in s.terms) == last] for last in range(width)]
    begun: list[Alignment] = [()]
    for column in range(width):
        begun = [a for b in begun for a in _longer(b, len(values), width) if _holds(due[column], row, values, a, width)]
        if len(begun) > scoring.MOST_ALIGNMENTS:
            return []
    return begun


def _longer(alignment: Alignment, count: int, width: int) -> Iterator[Alignment]:
    """The alignment with its next column blank, and with the next value in it, as far as either leaves room for the rest."""
    used = len(alignment) - alignment.count(None)
    if width - len(alignment) > count - used:
        yield (*alignment, None)
    if used < count:
        yield (*alignment, used)


def _holds(sums: Sequence[Sum], row: int, values: Values, begun: Alignment, width: int) -> bool:
    return not any(s.part(row, values, begun + (None,) * (width - len(begun))) for s in sums)


# --- several rows ------------------------------------------------------------------------------------------------------------


def _propagated(domains: Domains, known: Mapping[int, Values], sums: Sequence[Sum]) -> Domains | None:
    """The alignments that every sum allows, each taken by itself, until none strikes out more; None if one allows none."""
    left, size = dict(domains), -1
    while size != (size := sum(map(len, left.values()))):
        for s in sums:
            left.update(_allowed(s, left, known))
            if not all(left[row] for row in s.rows):
                return None
    return left


def _allowed(s: Sum, left: Domains, known: Mapping[int, Values]) -> Iterator[tuple[int, list[Alignment]]]:
    """By row the alignments with which the sum can be zero, whatever alignments the other rows have."""
    rows = sorted(s.rows)
    parts = [[s.part(row, known[row], a) for a in left[row]] for row in rows]
    reached: list[set[Number]] = [{0}]
    for own in parts:
        reached.append({before + part for before in reached[-1] for part in set(own)})
        if len(reached[-1]) > scoring.MOST_SUMS:
            return
    wanted: set[Number] = {0}
    for row, own, before in zip(rows[::-1], parts[::-1], reached[-2::-1], strict=True):
        able = {part for part in set(own) if any(x + part in wanted for x in before)}
        yield row, [a for a, part in zip(left[row], own, strict=True) if part in able]
        wanted = {after - part for after in wanted for part in able} & before
