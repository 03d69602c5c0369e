"""Words with places in a table, a row for each, as programs that recognise text write it → the pages that they were.

level  page_num  …  left  top  width  height  conf  text
5      1         …  84    71   176    28      96    规章
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from govreport.model import Claim
from govreport.readers.bboxes.paged import Words, pages_of
from govreport.readers.bounds import check_size
from govreport.readers.pages.page import Box
from govreport.readers.pages.written import written
from govreport.readers.sniff import decode
from govreport.source import Limits, Source

__all__ = ["WordListReader"]

_FEWEST = 30
"""Rows: what has fewer is no page of a report."""
_HEAD = 1_024
_SIDES = ("left", "top", "width", "height")
_CORNERS = (("x0", "top", "x1", "bottom"), ("x0", "y0", "x1", "y1"), ("xmin", "ymin", "xmax", "ymax"), ("x1", "y1", "x2", "y2"))
_TEXTS = ("text", "word", "content", "str")
_PAGES = ("page", "page_num", "page_number", "page_no", "pageno")
_SURE = ("conf", "confidence")
_NONE = "-1"
"""How sure it is of a row that is none of a word: of a line, a block or a page."""


class WordListReader:
    """Reads tables of words; needs nothing."""

    name = "words"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A header that names the sides of a box and its text, and rows under it."""
        names = _names(data[:_HEAD].decode("utf-8", "replace"))
        if len(names) <= len(_SIDES) or _places(names) is None or not any(text in names for text in _TEXTS):
            return None
        if data.count(b"\n") < _FEWEST:
            return None
        return Claim(self.name, 1.0, (f"a table of words with their places: {', '.join(names)}",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Its pages, read as those of a PDF without lines."""
        check_size(data, limits, self.name)
        csv.field_size_limit(max(len(data), _HEAD))
        decoded = decode(data)
        return written(pages_of(_pages(decoded.text), self.name, limits), self.name, limits)


def _mark(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max("\t,;", key=header.count)


def _names(text: str) -> list[str]:
    header = text.lstrip("\ufeff\r\n").split("\n", 1)[0].strip()
    return [name.strip('" ').lower() for name in header.split(_mark(header))]


def _places(names: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that say where a word stands."""
    return next((sides for sides in (_SIDES, *_CORNERS) if all(side in names for side in sides)), None)


def _pages(text: str) -> Iterator[Words]:
    """Words page by page, those of lines and of blocks left out."""
    names, mark = _names(text), _mark(text.lstrip("\ufeff\r\n"))
    sides = _places(names) or _SIDES
    pages: dict[str, list[tuple[str, Box]]] = {}
    for row in _rows(text.lstrip("\ufeff\r\n").splitlines()[1:], names, mark):
        word, box = _first(row, _TEXTS), _box(row, sides)
        if word.strip() and box is not None and not any(row.get(name) == _NONE for name in _SURE):
            pages.setdefault(_first(row, _PAGES), []).append((word, box))
    yield from map(Words, pages.values())


def _rows(lines: Sequence[str], names: Sequence[str], mark: str) -> Iterator[dict[str, str]]:
    """Each row by the names of its columns; quotation marks are text where tabs part the columns."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if mark == "\t" else csv.QUOTE_MINIMAL
    for row in csv.reader(lines, delimiter=mark, quoting=quoting):
        yield dict(zip(names, row, strict=False))


def _first(row: Mapping[str, str], names: Sequence[str]) -> str:
    return next((row[name] for name in names if name in row), "")


def _box(row: Mapping[str, str], sides: Sequence[str]) -> Box | None:
    try:
        a, b, c, d = (float(row[side]) for side in sides)
    except (KeyError, ValueError):
        return None
    return (a, b, a + c, b + d) if sides == _SIDES else (a, b, c, d)
