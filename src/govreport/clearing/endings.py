r"""Line ends that a program wrote out: as escapes, where the whole text is a string, or as a mark at the end of each line.

二、主动公开\n\n规章\t3\n   →   lines and tabs          规章 3<br>   规章 3¶   "规章 3",   →   规章 3
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from govreport.model import Place
from govreport.source import Source

__all__ = ["lined"]

_ESCAPED = re.compile(r"(?<!\\)(?:\\r\\n|\\n|\\r)(?![a-z])")
_SIGNS = ("\\n", "\\r", "<br", "<BR", "¶", "↵", "⏎", '"')
"""One of which stands in every text that has any of these."""
_MARKED = re.compile(r"(?P<line>.*?)[ \t]*(?:<br[ \t]*/?>|[¶↵⏎])[ \t]*", re.IGNORECASE)
_QUOTED = re.compile(r'[ \t]*"(?P<line>(?:[^"\\]|\\.)*)"[ \t]*,?')
_FEWEST = 12
"""Line ends of the shortest report."""
_SHARE = 0.9
"""Of the lines that say something: somebody may have put one more before them."""


def lined(source: Source) -> Source:
    """The source with such line ends as what they stand for."""
    text = source.text
    if not any(sign in text for sign in _SIGNS):
        return source
    return _unmarked(_split(source) if text.count("\\") >= _FEWEST else source)


def _split(source: Source) -> Source:
    """Lines for what stands between escapes, if there are more of these than lines."""
    if len(_ESCAPED.findall(source.text)) < max(_FEWEST, len(source.lines)) or source.grids:
        return source
    found = [part for index, line in enumerate(source.lines) for part in _parts(line, source.place(index))]
    return evolve(source, lines=tuple(line for line, _ in found), places=tuple(place for _, place in found))


def _parts(line: str, place: Place) -> Iterator[tuple[str, Place]]:
    start = 0
    for end in [*_ESCAPED.finditer(line), None]:
        part = line[start : end.start() if end else len(line)]
        yield part.replace("\\t", "\t"), evolve(place, column=(place.column or 1) + start)
        start = end.end() if end else start


def _unmarked(source: Source) -> Source:
    """Lines without the mark at their end, or the quotation marks around them, that nearly all have."""
    filled = [line for line in source.lines if line.strip()]
    for mark in (_MARKED, _QUOTED):
        if len(filled) >= _FEWEST and sum(mark.fullmatch(line) is not None for line in filled) >= _SHARE * len(filled):
            return _cut(source, mark)
    return source


def _cut(source: Source, mark: re.Pattern[str]) -> Source:
    found = [mark.fullmatch(line) for line in source.lines]
    cut = source.cut({index: each.start("line") for index, each in enumerate(found) if each and each.start("line")})
    lines = tuple(each["line"] if each else line for each, line in zip(found, cut.lines, strict=True))
    return evolve(cut, lines=lines)
