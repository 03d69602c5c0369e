"""A page as readers of such files hand it over: characters with their places, and the straight lines that are drawn.

Coordinates are points, counted from the top left corner of the page as it is read, whatever its rotation.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from attrs import frozen

from govreport.readers.pages.words import Char, Word

__all__ = ["Box", "Page", "Ruling"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Ruling(NamedTuple):
    """A horizontal or vertical line: its position across, and where it starts and ends along."""

    at: float
    start: float
    end: float


@frozen
class Page:
    """The page as read: upright, with words in no promised order.

    Those that are `lost` stand outside, where it was cut; those that are `unseen` nobody sees; those that are `turned` stand
    otherwise than the page, run by run. `drawn` are the boxes of pictures and of what may be part of one.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    lost: tuple[Char, ...] = ()
    unseen: tuple[Char, ...] = ()
    turned: tuple[tuple[Char, ...], ...] = ()
    drawn: tuple[Box, ...] = ()
