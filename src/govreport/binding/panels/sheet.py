"""A table as its panels are looked for: its rows as the form has them, and the cells in the order of the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import define, frozen

from govreport.binding.rows.found import Found
from govreport.binding.stream import Slot, Stream
from govreport.forms import Relation
from govreport.values import Kind

__all__ = ["Line", "Panel", "Reading", "Sheet", "column_keys", "owner", "says", "solid"]


@define(eq=False)
class Line:
    """A row of the table, in the form's order: its block, its cells' keys, and what was found of it (None if nothing)."""

    block: int
    cells: tuple[str, ...]
    found: Found | None

    @property
    def own(self) -> list[Slot]:
        """What stands behind its label, if it is as much as the row has cells: values, or with the empty cells shown."""
        if self.found is None or self.found.stray:
            return []
        return next((s for s in (solid(self.found.slots), self.found.slots) if len(s) == len(self.cells)), [])

    @property
    def plain(self) -> bool:
        """Whether as much stands behind its label as it has cells."""
        return bool(self.own)


@frozen
class Sheet:
    """A table as panels are looked for in it.

    `headers` maps a block to the skeletons of each of its columns' headers, `captions` are labels that are none; the table's
    values stand from `start` on; `blanks`: an empty cell is shown.
    """

    stream: Stream
    lines: Sequence[Line]
    headers: Mapping[int, Sequence[tuple[str, ...]]]
    captions: Sequence[str]
    relations: Sequence[Relation]
    start: int
    blanks: bool

    @property
    def slots(self) -> list[Slot]:
        """All cells of the table, in the order of the text."""
        slots = self.stream.between(self.start - 1, len(self.stream.text))
        return slots if self.blanks else solid(slots)


@frozen
class Panel:
    """Rows of the form and the values that stand among their labels, as many as they have cells."""

    lines: Sequence[Line]
    slots: Sequence[Slot]

    @property
    def even(self) -> bool:
        """Whether behind each label stand the values of whole rows: as many as it has cells, none, or so many times as many."""
        size = len(self.lines[0].cells)
        runs = [len(list(run)) for _, run in itertools.groupby(self.slots, key=lambda s: owner(self.lines, s))]
        return all(len(line.cells) == size for line in self.lines) and all(run % size == 0 for run in runs)


Reading = dict[str, Slot]
"""Key of a cell → the slot it is given."""


def solid(slots: Iterable[Slot]) -> list[Slot]:
    """The slots in which something is printed."""
    return [s for s in slots if s.kind is not Kind.EMPTY]


def owner(lines: Sequence[Line], slot: Slot) -> int:
    """Which of the lines the slot stands behind; -1 if before all of them."""
    starts = [i for i, line in enumerate(lines) if line.found is not None and line.found.match.start < slot.position]
    return max(starts, default=-1)


def column_keys(lines: Sequence[Line]) -> Iterator[str]:
    """The keys of the rows' cells column by column, block after block."""
    for _, rows in itertools.groupby(lines, key=lambda line: line.block):
        yield from itertools.chain.from_iterable(zip(*(line.cells for line in rows), strict=True))


def says(slot: Slot) -> tuple[Kind, Decimal | None]:
    """What a slot says, however it is written."""
    return slot.kind, None if slot.reading is None else slot.reading.value
