"""Page numbers among the lines of a table: dashes around a number that counts the pages up."""

from __future__ import annotations

import re

from govreport.source import SourceSection

__all__ = ["looks_like_page", "page_lines"]

_PAGE = re.compile(r"\s*[-—–－―]\s*\d{1,3}\s*[-—–－―]\s*")
_NUMBER = re.compile(r"\d+")
_DASHES = tuple("-—–－―")
_LONGEST = 16


def looks_like_page(line: str) -> bool:
    """Whether a line is a number between dashes."""
    return len(line) <= _LONGEST and line.lstrip().startswith(_DASHES) and _PAGE.fullmatch(line) is not None


def page_lines(section: SourceSection) -> frozenset[int]:
    """The lines of the section that number a page: each the next after the one before, through the whole document.

    A row of three cells with nothing in the first and last looks the same, but does not count up.
    """
    found, last = set[int](), 0
    for index, line in enumerate(section.source.lines):
        if looks_like_page(line) and int(_NUMBER.findall(line)[0]) == last + 1:
            last += 1
            found.add(index - section.offset)
    return frozenset(found)
