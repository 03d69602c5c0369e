"""Two pages that were printed side by side on one sheet, taken apart."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from govreport.readers.pages.page import Page, Ruling
from govreport.readers.pages.words import Char, words_of

__all__ = ["pages_of"]

_GUTTER = 0.01  # of the width: as much to either side of the middle is empty
_WIDE = "\u2e80"
_LINE = 15  # Chinese characters side by side: running text, where labels over columns are shorter
_RULES = 3  # lines across: a table
_FEWEST = 40  # Chinese characters of a page


def pages_of(sheet: Page) -> tuple[Page, ...]:
    """The left page and the right one of a sheet that is wider than high and has nothing in its middle; else the sheet.

    Both have to be pages of their own: a table without lines may have a gap there, and its right half holds only numbers.
    """
    middle, gutter = sheet.width / 2, _GUTTER * sheet.width
    if sheet.width <= sheet.height or _crosses(sheet, middle - gutter, middle + gutter):
        return (sheet,)
    halves = _part(sheet, 0.0, middle), _part(sheet, middle, sheet.width)
    return halves if all(map(_is_page, halves)) else (sheet,)


def _crosses(sheet: Page, left: float, right: float) -> bool:
    over = any(w.x0 < right and w.x1 > left and not w.text.isspace() for w in sheet.words)
    return over or any(line.start < right and line.end > left for line in sheet.horizontal)


def _part(sheet: Page, left: float, right: float) -> Page:
    chars = (char for word in sheet.words for char in word.chars() if left <= char.x0 < right)
    words = words_of(char._replace(x0=char.x0 - left, x1=char.x1 - left) for char in chars)
    across = tuple(Ruling(at, start - left, end - left) for at, start, end in sheet.horizontal if left <= start < right)
    down = tuple(line._replace(at=line.at - left) for line in sheet.vertical if left <= line.at < right)
    return evolve(sheet, width=right - left, words=words, horizontal=across, vertical=down)


def _is_page(part: Page) -> bool:
    wide = [char for word in part.words if word.text >= _WIDE for char in word.chars()]
    return len(wide) >= _FEWEST and (len(part.horizontal) >= _RULES or _longest_line(wide) >= _LINE)


def _longest_line(chars: Iterable[Char]) -> int:
    """How many characters follow each other on one line without a gap."""
    longest = run = 0
    last: Char | None = None
    for char in sorted(chars, key=lambda c: (round(c.y), c.x0)):
        beside = last is not None and round(char.y) == round(last.y) and char.x0 - last.x1 < last.x1 - last.x0
        run = run + 1 if beside else 1
        longest, last = max(longest, run), char
    return longest
