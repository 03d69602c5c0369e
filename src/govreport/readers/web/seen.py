"""What the cells of a page show that is not in their text, and what is in their text that they do not show.

Only inside rows: what is hidden elsewhere (tabs, an article that a script reveals) may be the very report. Pictures are marked
everywhere: one may stand where a table should.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from govreport.source import PICTURE

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["marked_if_cut", "reveal"]

_HIDING = r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:p[tx]|r?em|%)?\s*(?:[;!}]|$)"
_HIDES = re.compile(_HIDING, re.IGNORECASE)
_CLASS = re.compile(rf"\.([\w-]+)\s*\{{[^{{}}]*(?:{_HIDING})", re.IGNORECASE)
_HINTS = tuple(map(re.compile, (rb"none", rb"hidden", rb"-size: ?0")))
"""One of these is in any page that hides something. Each begins with letters, so that a search costs next to nothing."""
_STYLES = ("none", "hid", "font-size:0", "font-size: 0")
"""One of these is in any style that hides something; what is nowhere in the page is in none of its styles."""
_ROWS = "descendant-or-self::*[{0}][ancestor-or-self::tr]"
_FIELDS = ("input", "textarea", "select")
_SPACER = 3
"""Pixels of a picture that shows nothing: it keeps a distance, or counts who comes."""
_TYPED = frozenset({"", "text", "number", "tel"})
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an attribute may hold in a broken page, and a text never."""
_UNSEEN = "template"
"""What no browser shows, and no reader of pages."""

_TAIL = 65_536
_CELL = re.compile(rb"<t[dh]\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile(rb"</?(?:t|body|html)", re.IGNORECASE)
_NOBODY_KNOWS = "\ufffd".encode()


def marked_if_cut(page: bytes) -> bytes:
    """The page; where it ends inside a cell, with a mark there: nobody knows what else the cell would say."""
    tail = page[-_TAIL:]
    start = max(tail.rfind(opening) for opening in (b"<td", b"<th", b"<TD", b"<TH"))
    found = _CELL.match(tail, start) if start >= 0 else None
    if found is None or _CLOSED.search(tail, found.end()):
        return page
    begun = page.rfind(b"<")  # a tag, of which the rest is cut off
    return (page[:begun] if begun > page.rfind(b">") else page) + _NOBODY_KNOWS


def reveal(page: bytes, root: etree._Element) -> None:
    """Take out of the rows what is hidden in them, write the values of their fields as text, and a sign for each picture."""
    if any(hint.search(page) for hint in _HINTS):
        for element in _hidden(page, root):
            if not element.xpath(".//tr"):  # a row that hides a table arranges the page
                element.tag = _UNSEEN
    if next(root.iter(*_FIELDS), None) is not None:
        for field in root.xpath("|".join(f".//tr//{tag}" for tag in _FIELDS)):
            _write(field)
    for image in root.iter("img"):
        if not any(_is_thin(image.get(side, "")) for side in ("width", "height")):
            image.text = PICTURE


def _is_thin(size: str) -> bool:
    pixels = size.strip().removesuffix("px")
    return pixels.isdecimal() and len(pixels) == 1 and int(pixels) <= _SPACER


def _hidden(page: bytes, root: etree._Element) -> list[etree._Element]:
    styled = _search(_with_style([part for part in _STYLES if part.encode() in page]))
    found = [e for e in styled(root) if e.get("hidden") is not None or _hides(e.get("style", ""))]
    names = {name for style in root.iter("style") for name in _CLASS.findall(style.text or "")}
    return found + [e for e in (_search("@class")(root) if names else ()) if not names.isdisjoint(e.get("class").split())]


@functools.lru_cache(maxsize=256)
def _hides(style: str) -> bool:
    """Whether a style hides; the cells of a table have few: cached."""
    return _HIDES.search(style) is not None


def _with_style(parts: Sequence[str]) -> str:
    """That an element is called hidden, or that its style, which is asked for once, holds one of these."""
    told = " or ".join(f"contains(., '{part}')" for part in parts)
    return f"@hidden or @style[{told}]" if told else "@hidden"


@functools.cache
def _search(condition: str) -> etree.XPath:
    from lxml import etree  # noqa: PLC0415 - the library is optional

    return etree.XPath(_ROWS.format(condition))


def _write(field: etree._Element) -> None:
    """A field becomes the text that it shows."""
    shown = _NO_CHARACTER.sub("", _shown(field))
    field.clear(keep_tail=True)
    field.tag, field.text = "span", shown


def _shown(field: etree._Element) -> str:
    if field.tag == "textarea":
        return field.text or ""
    if field.tag == "input":
        return field.get("value", "") if field.get("type", "").lower() in _TYPED else ""
    options = field.xpath(".//option[@selected]") or field.xpath("(.//option)[1]")
    return "".join(options[-1].itertext()) if options else ""
