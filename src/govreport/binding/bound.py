"""A table as it is bound, while it grows: its cells, the roles of its pieces, and what speaks against them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from govreport.binding.doubting.doubts import Totals
from govreport.binding.notes import note
from govreport.binding.placing.margins import Margins
from govreport.binding.stream import Stream
from govreport.binding.vocabulary import TableWords
from govreport.model import Cell, Finding

__all__ = ["Against", "Bound"]


@frozen
class Against:
    """What the rest of a document says against a table."""

    shuffled: bool = False
    """Whether the text of another table is in no order."""
    disputed: bool = False
    """Whether the table may stand there once more, in another section or beside it without its labels."""
    strangers: frozenset[str] = frozenset()
    """Numbers that belong to no cell, as a watermark's."""


@define
class Bound:
    """A table bound: its cells by block, the roles of its pieces, and findings."""

    words: TableWords
    stream: Stream
    layout: str
    cells: list[Cell] = field(factory=list)
    doubts: list[Finding] = field(factory=list)
    found: float = 0.0
    margins: Margins = field(factory=Margins)
    disorder: bool = False
    """Whether the table's rows are in such disorder that none of them is believed."""
    beyond: list[str] = field(factory=list)
    """What is printed in no row, in a row that has more values than columns, or on a further line of a cell."""
    within: list[str] = field(factory=list)
    """What the other rows say."""
    shuffled: bool = False
    """Whether its headers are in no order, and no geometry says what its rows are: then the whole text may be shuffled."""
    totals: Totals = field(factory=Totals)
    """What its rows say of totals printed twice."""
    wrapped: frozenset[int] = frozenset()
    """The pieces whose parts are one number, broken at the width of its cell."""

    def doubt_form(self, cells: Sequence[Cell], title: str) -> None:
        """Say that these cells, of a form that nothing decides, may have been there."""
        if cells:
            self.cells += cells
            self.doubts.append(note("reading.form", cells=[c.key for c in cells], section=self.words.section, title=title))
