"""Where an element of such markup stands on its page: every way to say so that is known here, as data.

<text top="108" left="123" width="330" height="43">        four numbers by name
<word xMin="82.2" yMin="71.7" xMax="302.2" yMax="100.3">   two corners
<char bbox="82 93 104 93" c="昌"/>                          the same in one attribute, or four corners (quad)
<span class="ocrx_word" title="bbox 82 93 104 120">        hOCR
<String HPOS="82" VPOS="93" WIDTH="22" HEIGHT="20" …/>     ALTO
<p style="position:absolute; top:75pt; left:82pt">         a style, which may leave out how far it reaches
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govreport.readers.pages.page import Box
from govreport.textwidth import text_width

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["PLACED", "box_of", "text_of"]

_NUMBER = r"-?\d+(?:\.\d+)?"
PLACED = re.compile(
    rb"<\w[^<>]{0,300}?\s(?:left=\"[\d.]+\" width=|xMin=\"[\d.]|(?:bbox|quad)=\"[\d. ,-]+\"|title=[\"']bbox |HPOS=\"[\d.]"
    rb"|style=\"[^\"<>]{0,300}?(?<![\w-])(?:left|top)\s*:\s*[\d.-]+p[xt]\s*;[^\"<>]{0,200}?(?<![\w-])(?:left|top)\s*:)",
    re.IGNORECASE,
)
"""A tag that says where its element stands."""
_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_SIDES = (("left", "top", "width", "height"), ("hpos", "vpos", "width", "height"))
_FOUR = re.compile(rf"({_NUMBER})[ ,]+({_NUMBER})[ ,]+({_NUMBER})[ ,]+({_NUMBER})")
_STYLE = {
    name: re.compile(rf"(?<![\w-]){name}\s*:\s*({_NUMBER})p[xt]", re.IGNORECASE)
    for name in ("left", "top", "width", "height", "font-size")
}
_TEXTS = ("c", "content", "text")


def text_of(element: etree._Element) -> str:
    """What an element shows: its text, or an attribute that holds it; a line of its own is broken off with a line feed."""
    said = next((element.get(name) for name in _TEXTS if element.get(name)), None)
    if said is not None:
        return str(said)
    for end in element.iter("br"):
        end.text = "\n"
    return "".join(element.itertext()).strip("\r\n")


def box_of(element: etree._Element) -> Box | None:
    """Left, top, right, bottom; None where it does not say."""
    get = element.get
    for names in (_CORNERS, *_SIDES):
        if None not in (found := [get(name) for name in names]):
            a, b, c, d = map(_float, found)
            return (a, b, a + c, b + d) if names in _SIDES else _box(a, b, c, d)
    for name in ("bbox", "quad", "title"):
        said = get(name, "")
        if name == "title" and not said.startswith("bbox"):
            continue
        if name == "quad":
            numbers = [_float(part) for part in said.split()]
            if len(numbers) == 8:  # noqa: PLR2004 - four corners
                return _box(min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))
        elif four := _FOUR.search(said):
            a, b, c, d = map(float, four.groups())
            return _box(a, b, c, d)
    return _styled(element, get("style", ""))


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _styled(element: etree._Element, style: str) -> Box | None:
    left, top = _measure("left", style), _measure("top", style)
    if left is None or top is None:
        return None
    inner = (size for child in element.iter() if (size := _measure("font-size", child.get("style") or "")) is not None)
    size, width, height = next(inner, 0.0), _measure("width", style) or 0.0, _measure("height", style) or 0.0
    if not (size or (width and height)):
        return None  # nothing tells how far it reaches
    lines = text_of(element).split("\n")
    widest = max(map(text_width, lines)) * size / 2
    return left, top, left + (width or widest), top + (height or size * len(lines))


def _measure(name: str, style: str) -> float | None:
    found = _STYLE[name].search(style)
    return float(found[1]) if found else None


def _float(text: str | None) -> float:
    found = re.match(_NUMBER, text or "")
    return float(found[0]) if found else 0.0
