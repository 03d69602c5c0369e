"""Word's automatic numbering: `一、` and `（一）` that stand in no paragraph but are printed before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from govreport.readers.word.numerals import FORMATS, spaced

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Numbering", "W"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_STYLE_CHAIN = 20  # how far `basedOn` is followed; a loop of styles ends here


@frozen
class _Level:
    """One level of a list, as `w:lvl` describes it."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@define
class _List:
    """One `w:num`: the levels it prints, the abstract list whose counters it shares, and where it starts anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(factory=dict)


def _attr(node: etree._Element | None, path: str) -> str | None:
    found = None if node is None else node.find(path)
    return None if found is None else found.get(_VAL)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def _on(node: etree._Element, path: str) -> bool:
    found = node.find(path)
    return found is not None and found.get(_VAL, "1") not in {"0", "false", "off"}


def _level(node: etree._Element) -> _Level:
    restart = _attr(node, W + "lvlRestart")
    return _Level(
        start=_number(_attr(node, W + "start"), 0),
        fmt=_format_name(node),
        text=_attr(node, W + "lvlText") or "",
        suffix=_attr(node, W + "suff") or "tab",
        legal=_on(node, W + "isLgl"),
        restart=None if restart is None else _number(restart, 0),
        style=_attr(node, W + "pStyle"),
    )


def _format_name(level: etree._Element) -> str:
    # newer formats hide behind mc:AlternateContent, with an older one beside them
    found = level.find(f".//{W}numFmt")
    return "decimal" if found is None else found.get(_VAL, "decimal")


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for node in parent.iterfind(W + "lvl"):
        yield _number(node.get(W + "ilvl"), 0), _level(node)


class Numbering:
    """The state of every list of a document; `label` must be asked once per paragraph, in document order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {} if styles is None else {s.get(W + "styleId"): s for s in styles.iterfind(W + "style")}
        self._default = next((i for i, s in self._styles.items() if _is_default(s)), None)
        self._lists = {} if numbering is None else dict(self._read(numbering))
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._by_style: dict[str | None, tuple[str | None, str | None]] = {}

    def label(self, own: etree._Element | None, style: str | None) -> str:
        """The number that Word prints before a paragraph with that `w:numPr` and style, with the space after it; "" if none."""
        if not self._lists:
            return ""
        number, level = self._numbered(own, style)
        found = self._lists.get(number or "")
        if found is None or level not in found.levels:
            return ""
        self._advance(number or "", found, level)
        return self._print(found, level)

    def _read(self, root: etree._Element) -> Iterator[tuple[str, _List]]:
        abstracts = {n.get(W + "abstractNumId"): n for n in root.iterfind(W + "abstractNum")}
        linked = {_attr(n, W + "styleLink"): n for n in abstracts.values()}
        for node in root.iterfind(W + "num"):
            key = _attr(node, W + "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is None:
                continue
            # a list that names a list style has its levels where that style is defined
            levels = dict(_levels(linked.get(_attr(abstract, W + "numStyleLink") or "", abstract)))
            yield node.get(W + "numId", ""), _overridden(node, _List(key, levels))

    def _numbered(self, own: etree._Element | None, style: str | None) -> tuple[str | None, int]:
        number, level = _attr(own, W + "numId"), _attr(own, W + "ilvl")
        if number is None:
            style = style or self._default
            if style not in self._by_style:
                self._by_style[style] = self._from_style(style)
            number, from_style = self._by_style[style]
            level = level or from_style
        return number, min(_number(level, 0), _LEVELS - 1)

    def _from_style(self, style: str | None) -> tuple[str | None, str | None]:
        name = style
        for _ in range(_STYLE_CHAIN):
            node = self._styles.get(name)
            if node is None:
                break
            numbered = node.find(f"{W}pPr/{W}numPr")
            number = _attr(numbered, W + "numId")
            if number is not None:
                return number, _attr(numbered, W + "ilvl") or self._level_of_style(number, name)
            name = _attr(node, W + "basedOn")
        return None, None

    def _level_of_style(self, number: str, style: str | None) -> str | None:
        found = self._lists.get(number)
        levels = {} if found is None else found.levels
        return next((str(i) for i, level in levels.items() if level.style == style), None)

    def _advance(self, number: str, found: _List, level: int) -> None:
        counters = self._counters.setdefault(found.abstract, {})
        if level in found.starts and (number, level) not in self._begun:
            counters[level] = found.starts[level]
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = found.levels[level].start
        self._begun.add((number, level))
        for deeper in [d for d in counters if d > level]:
            if _restarts(found.levels.get(deeper), level):
                del counters[deeper]

    def _print(self, found: _List, level: int) -> str:
        shape = found.levels[level]
        if shape.fmt == "bullet":
            return ""
        counters = self._counters[found.abstract]

        def one(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = found.levels.get(index, shape)
            fmt = "decimal" if shape.legal else other.fmt
            return "" if fmt == "none" else FORMATS.get(fmt, str)(counters.get(index, other.start))

        text = _PLACEHOLDER.sub(one, shape.text)
        return text if shape.suffix == "nothing" else spaced(text)


def _is_default(style: etree._Element) -> bool:
    return style.get(W + "default") in {"1", "true", "on"} and style.get(W + "type") == "paragraph"


def _restarts(level: _Level | None, after: int) -> bool:
    """Whether a level starts anew after a paragraph of level `after`: always, unless `w:lvlRestart` says after which."""
    if level is None or level.restart is None:
        return True
    return after < level.restart


def _overridden(node: etree._Element, found: _List) -> _List:
    for override in node.iterfind(W + "lvlOverride"):
        index = _number(override.get(W + "ilvl"), 0)
        for _, level in _levels(override):
            found.levels[index] = level
        start = _attr(override, W + "startOverride")
        if start is not None:
            found.starts[index] = _number(start, 1)
            found.levels[index] = evolve(found.levels.get(index, _Level()), start=_number(start, 1))
    return found
