"""A page as readers of such files hand it over: characters with their places, and the straight lines that are drawn.

Coordinates are points, counted from the top left corner of the page as it is read, whatever its rotation.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from attrs import frozen

__all__ = ["Box", "Char", "Page", "Ruling"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Char(NamedTuple):
    """A character: where it starts and ends, its baseline, and its top and bottom."""

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float


class Ruling(NamedTuple):
    """A horizontal or vertical line: its position across, and where it starts and ends along."""

    at: float
    start: float
    end: float


@frozen
class Page:
    """The page as read: upright, with characters in no promised order.

    Those that are `lost` stand outside, where it was cut; those that are `unseen` nobody sees; those that are `turned` stand
    otherwise than the page, run by run. `drawn` are the boxes of pictures and of what may be part of one.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    lost: tuple[Char, ...] = ()
    unseen: tuple[Char, ...] = ()
    turned: tuple[tuple[Char, ...], ...] = ()
    drawn: tuple[Box, ...] = ()
