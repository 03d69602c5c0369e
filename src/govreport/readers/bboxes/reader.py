"""Markup in which words or characters have places (pdftohtml -xml, hOCR, ALTO and their kin) → the pages that they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import GovReportError, SourceError
from govreport.model import Claim
from govreport.readers.bboxes.boxes import PLACED, box_of, text_of
from govreport.readers.bboxes.paged import Words, pages_of
from govreport.readers.bounds import check_size
from govreport.readers.pages.page import Box
from govreport.readers.pages.written import written
from govreport.readers.web.markup import parse_bare
from govreport.readers.web.page import SAMPLE, as_utf8
from govreport.source import Limits, Source
from govreport.textwidth import text_width

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["BoxReader"]

_FEWEST = 30
"""Elements with places: a page that shows something over its text has fewer."""
_SHARE = 0.9
"""Share of a text that stands in such elements."""
_HINTS = (b"bbox", b"xMin", b"HPOS", b"quad=", b'left="', b"left:")
_END = 4_096
_PAGES = frozenset({"page"})
_PAGE_NAME = re.compile(r"ocr_page\b|^page[-_]?\d+$")


class BoxReader:
    """Reads markup of words with places; needs lxml (extra `html`)."""

    name = "bboxes"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """Elements with places that hold nearly all of the text."""
        if b"<" not in data:
            return None
        sample = data[:SAMPLE]
        end = sample[-_END:]  # places stand all over such a file
        if not any(hint in end for hint in _HINTS) or (found := len(PLACED.findall(sample))) < _FEWEST:
            return None
        try:
            root = _parsed(sample, Limits())
        except GovReportError:
            return None
        share = _share(root)
        if share < _SHARE:
            return None
        return Claim(self.name, 1.0, (f"{found} elements that say where they stand hold {share:.0%} of the text",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Its pages, read as those of a PDF without lines."""
        check_size(data, limits, self.name)
        return written(pages_of(_paged(_parsed(data, limits)), self.name, limits), self.name, limits)


def _parsed(data: bytes, limits: Limits) -> etree._Element:
    root = parse_bare(as_utf8(data)[0], limits)
    if root is None:
        raise SourceError("the file is empty")
    return root


def _share(root: etree._Element) -> float:
    """How much of the text stands in elements with places; nothing where these do not tell where its numbers stand."""
    for unseen in ("head", "style", "script", "fontspec"):
        for element in list(root.iter(unseen)):
            element.clear(keep_tail=True)
    whole = sum(len("".join(text.split())) for text in root.itertext())
    inside = [text_of(element) for element, _ in _placed(root)]
    if any(map(_is_loose, inside)):
        return 0.0
    own = sum(len("".join(text.split())) for text in inside)
    return own / max(whole, own, 1)


def _is_loose(text: str) -> bool:
    """Whether a number is a line of several, and not the longest: where in its box it stands, nothing tells."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    widest = max(map(text_width, lines), default=0)
    return len(lines) > 1 and any(line.isdecimal() and text_width(line) < widest for line in lines)


def _placed(root: etree._Element) -> list[tuple[etree._Element, Box]]:
    """The elements with places in which no other one is."""
    found = [(element, box) for element in root.iter("*") if (box := box_of(element)) is not None]
    outer = {around for element, _ in found for around in element.iterancestors()}
    return [(element, box) for element, box in found if element not in outer and not _is_page(element)]


def _is_page(element: etree._Element) -> bool:
    return element.tag in _PAGES or bool(_PAGE_NAME.search(element.get("class", "") or element.get("id", "")))


def _paged(root: etree._Element) -> Iterator[Words]:
    """The words of each page, and how large it is if it says so."""
    pages: dict[etree._Element, list[tuple[str, Box]]] = {}
    for element, box in _placed(root):
        page = next(filter(_is_page, element.iterancestors()), root)
        pages.setdefault(page, []).append((text_of(element), box))
    for page, words in pages.items():
        yield Words(words, box_of(page))
