"""Words with places → pages as those of a PDF without lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from govreport.errors import SourceError
from govreport.readers.pages.page import Box, Page
from govreport.readers.pages.words import Char, words_of
from govreport.source import Limits
from govreport.textwidth import text_width

__all__ = ["Words", "pages_of"]

_BASELINE = 0.15  # of its height: how far a character's baseline is above its box's bottom
_CHARS_A_CELL = 5


@frozen
class Words:
    """The words of a page, each with its place, and the page's own, if it is known."""

    words: Sequence[tuple[str, Box]]
    area: Box | None = None


def pages_of(found: Iterable[Words], container: str, limits: Limits) -> list[Page]:
    """A page for each lot of words; more than the limits allow is an error."""
    lots = [lot for lot in found if lot.words]
    size = sum(len(text) for lot in lots for text, _ in lot.words)
    if size > limits.cells * _CHARS_A_CELL or len(lots) > limits.pages:
        raise SourceError(
            "the {container} file holds more characters than {most:,} cells need; raise Limits.cells if that is right",
            container=container,
            limit="cells",
            most=limits.cells,
        )
    return [_page(number, lot.area, lot.words) for number, lot in enumerate(lots, 1)]


def _page(number: int, area: Box | None, words: Sequence[tuple[str, Box]]) -> Page:
    bottom = max(box[3] for _, box in words)
    if _rises(words):  # from the bottom of the page
        words = [(text, (box[0], bottom - box[3], box[2], bottom - box[1])) for text, box in words]
    right, bottom = max(box[2] for _, box in words), max(box[3] for _, box in words)
    width, height = (area[2] - area[0], area[3] - area[1]) if area else (0.0, 0.0)
    drawn = words_of(char for text, box in words for char in _chars(text, box))
    return Page(number, max(width, right), max(height, bottom), drawn, (), ())


def _rises(words: Sequence[tuple[str, Box]]) -> bool:
    """Whether what comes later stands higher, by and large."""
    tops = [box[1] for _, box in words]
    moves = [b - a for a, b in pairwise(tops) if b != a]
    return sum(move < 0 for move in moves) > sum(move > 0 for move in moves) and tops[-1] < tops[0]


def _chars(text: str, box: Box) -> Iterator[Char]:
    """The characters of a word, as wide as each is beside the others; of several lines one below the other."""
    left, top, right, bottom = box
    lines = text.split("\n")
    widest = max(map(text_width, lines)) or 1
    high = (bottom - top) / len(lines) or (right - left) / widest * 2
    if bottom == top:
        top -= high * len(lines)
    for line in lines:
        x = left
        for char in line:
            wide = (right - left) * text_width(char) / widest
            yield Char(char, x, x + wide, top + (1 - _BASELINE) * high, top, top + high)
            x += wide
        top += high
