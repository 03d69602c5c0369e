"""What a browser shows though it is no text of the page itself: frames that are written inside it, and their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["open_texts", "unfold"]

_LAST_LINE = 65_535  # libxml2 counts source lines no further


def unfold(root: etree._Element, parse: Callable[[bytes], etree._Element | None]) -> None:
    """Make a part of the page of each frame whose page is one of its attributes, and of what is shown in an element's place.

    What is shown only where no script runs is taken if it has the only tables. `parse` reads the page of a frame.
    """
    if next(root.iter("iframe", "template", "noscript"), None) is None:
        return
    for frame in root.xpath(".//iframe[@srcdoc]"):
        _fill(frame, parse(frame.get("srcdoc").encode()), frame.get("srcdoc"))
    for shadow in root.xpath(".//template[@shadowrootmode or @shadowroot]"):
        shadow.tag = "div"
    instead = root.xpath(".//noscript[.//td]")
    if instead and not root.xpath(".//td[not(ancestor::noscript)]"):
        for element in instead:
            element.tag = "div"


def open_texts(root: etree._Element, parse: Callable[[bytes], etree._Element | None]) -> None:
    """Make a part of an XML document of each page that it holds as a text, as feeds do."""
    for element in list(root.iter("*")):
        if not len(element) and "</" in (text := element.text or ""):
            element.text = None
            _fill(element, parse(text.encode()), text)


def _fill(frame: etree._Element, inner: etree._Element | None, text: str) -> None:
    if inner is None:
        return
    above = frame.sourceline - text.count("\n") - 1
    for element in inner.iter("*"):
        element.sourceline = min(max(1, above + element.sourceline), _LAST_LINE)
    frame.tag = "div"
    frame.attrib.clear()
    frame[:] = [inner]
    inner.tag = "div"
