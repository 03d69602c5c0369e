"""A row of the form as it stands in the text, and what speaks against it."""

from __future__ import annotations

from attrs import define, field

from govreport.binding.labels.alignment import Match
from govreport.binding.stream import Slot, Stream

__all__ = ["ANOTHER", "Found", "differs"]

ANOTHER = ("文中另一份同样的表与此不同", "another copy of the table says something else")


@define
class Found:
    """A row of the form that stands in the text: its anchor and the slots it owns."""

    match: Match
    slots: list[Slot]
    stray: list[Slot]
    lone: list[Slot] = field(factory=list)
    """Numbers on lines of their own, which are nobody's."""
    short: bool = False
    """Whether it has fewer cells than the table's other rows: two of its numbers were glued, perhaps."""
    robbed: bool = False
    """Whether what it lacks a row beside it may have: that one has too many values, or one that cannot be read."""
    uneven: bool = False
    """Whether its record has not as many fields as the others."""
    wider: bool = False
    """Whether its record has more fields than the header above the first row."""
    odd: bool = False
    """Whether its values are set otherwise than those of the table's other rows."""
    weak: tuple[str, str] | None = None
    """Why its values are not certain to be its own, in Chinese and English."""
    by_header: bool = False
    """Whether each value stands under the header of its column, so that the slots are in the form's order."""


def differs(stream: Stream, row: Found, other: Found, width: int) -> bool:
    """Whether a row of another copy says something that this one does not; it may have lost some of its values.

    Where this one has not all its values, those of the other may be just these.
    """
    own, others = ([stream.pieces[s.piece].text for s in found.slots if s.solid] for found in (row, other))
    left = iter(own)
    return not all(text in left for text in others) or (len(own) < width and bool(others) and own != others)
