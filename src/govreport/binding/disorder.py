"""What speaks against the rows of a block together: headers that may have moved alone, values a label behind their own."""

from __future__ import annotations

from collections.abc import Sequence

from govreport.binding import scoring
from govreport.binding.rows import Found
from govreport.binding.sheet import says
from govreport.binding.stream import Stream

__all__ = ["depends", "doubt_order", "doubt_steps"]

_REORDERED = (
    "表头次序与表样不同，且版式不含列",
    "the headers stand in another order than the form's, and no columns confirm it",
)
_SHIFTED = ("首行之前有一行数值，末行无值", "values stand before the first label of the table and none behind the last")


def doubt_order(stream: Stream, found: Sequence[Found], order: Sequence[int]) -> None:
    """Where cells merely follow one another, headers that changed places may have done so alone, and their values not."""
    if list(order) == list(range(len(order))):
        return
    for own in found:
        if all(stream.pieces[s.piece].row is None for s in own.slots) and depends(own, order):
            own.weak = own.weak or _REORDERED


def doubt_steps(stream: Stream, found: Sequence[Found], count: int) -> None:
    """Where values stand before the first label and none behind the last one, each row's may be those of the next label."""
    if len(found) <= 1 or count < scoring.WIDE or any(s.solid for s in found[-1].slots):
        return
    start = found[0].match.start
    before = sum(s.solid for s in stream.between(start - scoring.NEAR, start))
    if before >= count - 1:  # two of them may be glued
        for own in found:
            own.weak = own.weak or _SHIFTED


def depends(found: Found, order: Sequence[int]) -> bool:
    """Whether the row says something else if its columns stand in that order; in any other, if that is the form's own."""
    said = [says(s) for s in found.slots if s.solid]
    if len(said) != len(order):
        return True
    other = [said[j] for j in order]
    return other != said if list(order) != list(range(len(order))) else len(set(said)) > 1
