"""How the styles of an OpenDocument make text look, as far as it changes what is read, and the text of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from govreport.apart import MOVED, PLAIN, Look, as_shown, inherited, switched
from govreport.readers.odf.parts import DRAWING, FO, OFFICE, STYLE, TEXT, number_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Looks", "looks", "paragraph"]

Looks = Mapping[str | None, Look]
"""The look that a style of a paragraph or of characters gives; those that give none are not in it."""

_NAME, _PARENT = STYLE + "name", STYLE + "parent-style-name"
_LINES = (STYLE + "text-line-through-style", STYLE + "text-line-through-type")
_WHITE = "#ffffff"
_BREAKS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_UNPRINTED = frozenset(
    {OFFICE + "annotation", TEXT + "note", TEXT + "tracked-changes", TEXT + "ruby-text", TEXT + "hidden-text"}
)
_MOST_SPACES = 1_000
_NONE: Looks = MappingProxyType({})


def looks(roots: Iterable[etree._Element | None]) -> Looks:
    """Of all styles in these parts."""
    styles = {s.get(_NAME): s for root in roots if root is not None for s in root.iter(STYLE + "style")}
    return {name: look for name in styles if (look := inherited(name, styles, _parent, _made))}


def _parent(style: etree._Element) -> str | None:
    parent: str | None = style.get(_PARENT)
    return parent


def _made(style: etree._Element, look: Look) -> Look:
    properties = style.find(STYLE + "text-properties")
    return look if properties is None else _own(properties, look)


def _own(properties: etree._Element, look: Look) -> Look:
    given = properties.attrib
    if TEXT + "display" in given:
        look = switched(look, Look.HIDDEN, on=given[TEXT + "display"] == "none")
    if STYLE + "text-position" in given:
        look = look & ~MOVED | _height(str(given[STYLE + "text-position"]))
    if FO + "color" in given:
        look = switched(look, Look.WHITE, on=str(given[FO + "color"]).lower() == _WHITE)
    lines = [given[line] for line in _LINES if line in given]
    return switched(look, Look.STRUCK, on=any(line != "none" for line in lines)) if lines else look


def _height(position: str) -> Look:
    """Of `super 58%`, `-33% 58%` and the like."""
    first = position.split()[:1]
    if not first or not first[0].strip("0%"):
        return PLAIN
    return Look.LOWERED if first[0].startswith(("-", "sub")) else Look.RAISED


def paragraph(node: etree._Element, known: Looks = _NONE) -> str:
    """The text of a paragraph; comments, notes, reading aids and what is drawn or hidden are none of it."""
    look = known.get(node.get(TEXT + "style-name"), PLAIN) if known else PLAIN
    if look & Look.HIDDEN:
        return ""
    found = list(_pieces(node, known, look))
    return as_shown(found) if known else "".join(text for text, _ in found)


def _pieces(node: etree._Element, known: Looks, look: Look) -> Iterator[tuple[str, Look]]:
    yield node.text or "", look
    for child in node:
        if child.tag == TEXT + "s":
            yield " " * min(number_of(child.get(TEXT + "c", "1")), _MOST_SPACES), look
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag], look
        elif child.tag not in _UNPRINTED and not child.tag.startswith(DRAWING):
            inner = look | known.get(child.get(TEXT + "style-name"), PLAIN) if known else look
            if not inner & Look.HIDDEN:
                yield from _pieces(child, known, inner)
        yield child.tail or "", look
