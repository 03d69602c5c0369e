"""What a page raises, lowers or strikes out, so that it does not run together with the number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.apart import TAGS, Look, changed

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["set_apart"]

_WHITE = r"white|#fff(?:fff)?(?!\w)|rgb\(255,\s*255,\s*255\)"
_STYLES = (
    (re.compile(r"line-through", re.IGNORECASE), Look.STRUCK),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), Look.RAISED),
    (re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE), Look.LOWERED),
    (re.compile(rf"(?<![\w-])color\s*:\s*(?:{_WHITE})", re.IGNORECASE), Look.WHITE),
)
_HINTS = tuple(map(re.compile, (rb"line-through", rb"-align: ?su", rb"color(?<![-g]color)[:=][ \"']?(?:white|#[fF]{3}|rgb)")))
_BLOCKS = frozenset({"td", "th", "p", "div", "li"})


def set_apart(page: bytes, root: etree._Element) -> None:
    """Write the texts of such elements with characters that are raised, lowered or struck out."""
    for element, look in list(_found(page, root)):
        if look is Look.STRUCK or not _is_all(element):
            for node in element.iter("*"):
                node.text = node.text and changed(node.text, look)
                if node is not element:
                    node.tail = node.tail and changed(node.tail, look)


def _found(page: bytes, root: etree._Element) -> Iterator[tuple[etree._Element, Look]]:
    """The outermost of them."""
    for element in root.iter(*TAGS):
        if next(element.iterancestors(*TAGS), None) is None:
            yield element, TAGS[element.tag]
    if any(hint.search(page) for hint in _HINTS):
        found = set(root.iter(*TAGS))
        for element in root.iter("span", "font"):
            look = _styled(element)
            if look is not None and found.isdisjoint(element.iterancestors()):
                found.add(element)
                yield element, look


def _styled(element: etree._Element) -> Look | None:
    style = f"{element.get('style', '')};color:{element.get('color', '')}"
    return next((look for pattern, look in _STYLES if pattern.search(style)), None)


def _is_all(element: etree._Element) -> bool:
    """Whether its block says nothing else: a number that stands higher as a whole is that number."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag in _BLOCKS
        and len(parent) == 1
        and not (parent.text or "").strip()
        and not (element.tail or "").strip()
    )
