"""Source → Source: what converters put around the lines of a whole page is taken away, before anybody looks for sections."""

from __future__ import annotations

from govreport.clearing.boxes import unbox
from govreport.clearing.bullets import unlist
from govreport.clearing.characters import spelled
from govreport.clearing.endings import lined
from govreport.clearing.folded import unfolded
from govreport.clearing.listings import unnumbered
from govreport.clearing.margins import unmargined
from govreport.clearing.markup import tabled
from govreport.clearing.stacked import unstacked
from govreport.clearing.strokes import single
from govreport.clearing.styles import unstyled
from govreport.source import Source

__all__ = ["cleared"]


_STEPS = (lined, unfolded, unmargined, unnumbered, spelled, unstyled, tabled, single, unbox, unlist, unstacked)
"""In the order in which they undo each other's work: where lines end is told first, a margin hides numbers of lines, both hide
tables, boxes hold lists."""


def cleared(source: Source) -> Source:
    """The source without the walls of layout tables, the bullets before cells, and the numbers before lines; rows are rows."""
    for step in _STEPS:
        source = step(source)
    return source
