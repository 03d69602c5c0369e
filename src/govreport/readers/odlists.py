"""The numbers of lists and headings of an OpenDocument text, which stand in no paragraph but are printed before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from govreport.readers.numerals import FORMATS, spaced
from govreport.readers.odf import STYLE, TEXT

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Counted", "Lists"]

_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "壱": "ideographLegalTraditional",
    "〇": "ideographDigital",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "⑴": "decimalEnclosedParen",
    "１": "decimalFullWidth",
    "0": "decimalZero",
}
"""The first sign of `style:num-format` ("一, 二, 三, ...") → how WordprocessingML names the same."""
_LEVELS = 10
_NUMBERED = (TEXT + "list-level-style-number", TEXT + "outline-level-style")
_OUTLINE = "Outline"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@frozen
class _Level:
    fmt: str
    prefix: str
    suffix: str
    shown: int
    start: int

    def of(self, number: int) -> str:
        return FORMATS[self.fmt](number) if self.fmt else ""


@define
class Counted:
    """A list as far as it is written: how many items each of its levels has had."""

    style: str
    at: dict[int, int] = field(factory=dict)

    def next(self, level: int, start: int) -> None:
        """One more item of a level; the deeper ones begin anew."""
        self.at[level] = self.at[level] + 1 if level in self.at else start
        for deeper in [d for d in self.at if d > level]:
            del self.at[deeper]


class Lists:
    """The state of every list of a document, asked in document order."""

    def __init__(self, roots: Iterable[etree._Element | None]) -> None:
        styles = [s for root in roots if root is not None for s in root.iter(TEXT + "list-style", TEXT + "outline-style")]
        self._styles = {_name(style): dict(_levels(style)) for style in styles}
        self._by_id: dict[str | None, Counted] = {}
        self._last: dict[str, Counted] = {}
        self._outline = Counted(_OUTLINE)

    def begin(self, node: etree._Element) -> Counted:
        """The list that a top `text:list` begins, or the one that it continues."""
        style = node.get(TEXT + "style-name", "")
        named = self._by_id.get(node.get(TEXT + "continue-list"))
        going_on = self._last.get(style) if node.get(TEXT + "continue-numbering") == "true" else None
        found = named or going_on or Counted(style)
        self._last[style] = found
        if (name := node.get(_ID)) is not None:
            self._by_id[name] = found
        return found

    def item(self, counted: Counted, level: int, start: str | None) -> str:
        """The number printed before the next item of a level."""
        levels = self._styles.get(counted.style, {})
        own = levels.get(level)
        if own is None:
            return ""
        if start is not None and start.isdecimal():
            counted.at.pop(level, None)
        counted.next(level, _int(start, own.start))
        return spaced(_printed(counted, levels, level))

    def heading(self, level: str | None) -> str:
        """The number printed before the next heading of an outline level."""
        return self.item(self._outline, _int(level, 1), None)


def _name(style: etree._Element) -> str:
    return _OUTLINE if style.tag == TEXT + "outline-style" else style.get(STYLE + "name", "")


def _levels(style: etree._Element) -> Iterator[tuple[int, _Level]]:
    for node in style.iterchildren(*_NUMBERED):
        fmt = node.get(STYLE + "num-format", "").lstrip("(（")[:1]
        if fmt:
            yield _int(node.get(TEXT + "level"), 1), _level(node, fmt)


def _level(node: etree._Element, fmt: str) -> _Level:
    return _Level(
        _FORMATS.get(fmt, "decimal"),
        node.get(STYLE + "num-prefix", ""),
        node.get(STYLE + "num-suffix", ""),
        _int(node.get(TEXT + "display-levels"), 1),
        _int(node.get(TEXT + "start-value"), 1),
    )


def _printed(counted: Counted, levels: Mapping[int, _Level], level: int) -> str:
    shown = [
        levels[i].of(counted.at.get(i, levels[i].start))
        for i in range(level - levels[level].shown + 1, level + 1)
        if i in levels
    ]
    return levels[level].prefix + ".".join(shown) + levels[level].suffix


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _LEVELS else default
