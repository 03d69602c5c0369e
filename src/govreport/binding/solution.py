"""A row of slots, and what became of it: a slot for each column, and on what evidence."""

from __future__ import annotations

from enum import StrEnum

from attrs import define, field

from govreport.binding.placing.margins import END, Extent
from govreport.binding.stream import Slot
from govreport.binding.vocabulary import RowClass
from govreport.values import Kind

__all__ = ["How", "RowSlots", "Solution"]


class How(StrEnum):
    """On what evidence a row was solved."""

    COUNT = "count"  # as many values as columns
    COLUMNS = "columns"  # the columns of the header, or of the complete rows
    WINDOW = "window"  # the slots around the values are those of a complete row of the same class
    SUMS = "sums"  # all alignments that satisfy the form's sums agree on the cells that are told
    NONE = "none"


@define
class RowSlots:
    """The slots that a row owns, in order.

    `kind` is (class of the row, what follows it): rows of one class are laid out alike. Another row follows with so many group
    labels covered, or the next block (None), or `END`. `label` is the column of its label, None where the layout has none.
    """

    slots: list[Slot]
    kind: tuple[RowClass, int | str | None] = ((0, False), None)
    label: int | None = None
    values: list[Slot] = field(init=False)
    """The slots in which something is printed."""

    @values.default
    def _solid(self) -> list[Slot]:
        return [s for s in self.slots if s.kind is not Kind.EMPTY]

    @property
    def reach(self) -> int:
        """How many slots it has from its first value to its last."""
        return self.slots.index(self.values[-1]) - self.slots.index(self.values[0]) + 1 if self.values else 0

    def extent(self, count: int) -> Extent:
        """The row's slots in numbers, as a row of so many columns."""
        solid = [j for j, s in enumerate(self.slots) if s.solid] or [len(self.slots), -1]
        own, following = self.kind
        padded = END if following is END else (count, own)  # what ends a table stands after any row
        return Extent(own[0], padded, following, count, len(self.slots), len(self.values), solid[0], solid[-1])


@define
class Solution:
    """For each column its slot (None where the document shows no cell), how that is known, and the slots left over."""

    cells: list[Slot | None]
    how: How
    left: list[Slot] = field(factory=list)
    doubtful: bool = False
    twins: list[Slot] = field(factory=list)
    """Slots that repeat a value for each column its cell was merged over."""
    untold: frozenset[int] = frozenset()
    """Columns of which sums do not tell what stands in them."""
    by_header: bool = False
    """Whether `cells` are in the form's order already; else they are in the order of the document."""
