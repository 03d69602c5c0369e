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
_MARK = re.compile(r"(?:<br[ \t]{,2}/?>|[¶↵⏎])\Z", re.IGNORECASE)
_LONGEST = 8
"""Characters of the longest such mark."""
_QUOTED = re.compile(r'[ \t]*+"((?:[^"\\]++|\\.)*+)"[ \t]*,?')
_FEWEST = 12
"""Line ends of the shortest report."""
_SHARE = 0.9
"""Of the lines that say something: somebody may have put one more before them."""


def lined(source: Source) -> Source:
    """The source with such line ends as what they stand for."""
    return _unmarked(_split(source) if source.text.count("\\") >= _FEWEST else source)


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
    for bare, signs in ((_before_mark, "<¶↵⏎"), (_within_quotes, '"')):
        if not any(sign in source.text for sign in signs):
            continue
        filled = sum(bool(line.strip()) for line in source.lines)
        found = [bare(line) for line in source.lines]
        if filled >= _FEWEST and sum(each is not None for each in found) >= _SHARE * filled:
            cut = source.cut({index: each[0] for index, each in enumerate(found) if each and each[0]})
            lines = tuple(each[1] if each else line for each, line in zip(found, source.lines, strict=True))
            return evolve(cut, lines=lines)
    return source


def _before_mark(line: str) -> tuple[int, str] | None:
    """Where what a line says begins, and that, if it ends with a mark."""
    bare = line.rstrip()
    mark = _MARK.search(bare[-_LONGEST:])
    return None if mark is None else (0, bare[: len(bare) - len(mark[0])].rstrip())


def _within_quotes(line: str) -> tuple[int, str] | None:
    """The same if it stands in quotation marks."""
    quoted = _QUOTED.fullmatch(line)
    return None if quoted is None else (quoted.start(1), quoted[1])
