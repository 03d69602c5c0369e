"""Lines of a table that somebody numbered, as listings are, in a document whose other lines are not.

三、收到和处理政府信息公开申请情况      三、收到和处理政府信息公开申请情况
1 申请人情况 | 自然人               →   申请人情况 | 自然人
2 一、本年新收 | 3                      一、本年新收 | 3
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from govreport.source import Source

__all__ = ["unnumbered"]

_FEWEST = 6
"""Lines by which a listing is known; others in the document with the same gap may be shorter."""
_APART = 3
"""Lines within a listing that lost their number, one after the other."""
_NUMBER = re.compile(r"(\d{1,4})(:? +|:?\t)(?=\s*\S)")
_FIRST = {"\n1": ("\n1 ", "\n1\t", "\n1:"), "１": ("\n１",)}
"""One of which stands in every text with a listing, and before it what is cheaper to look for."""
_GEOMETRY = re.compile(r"[\t|│┃║｜¦,;]|  |^[\d\s]*$")
"""What stands above a column of serial numbers: the header of its table."""

_Run = list[tuple[int, re.Match[str]]]


def unnumbered(source: Source) -> Source:
    """The source without the numbers of lines in parts of it."""
    text = source.text
    if not any(rare in text and any(begun in text for begun in first) for rare, first in _FIRST.items()):
        return source
    lines, columns = list(source.lines), dict[int, int]()
    runs = [(run, min((match[2] for _, match in run), key=len)) for run in _runs(source.lines)]
    known = {gap for run, gap in runs if len(run) >= _FEWEST}
    for run, gap in runs:
        if gap in known:
            columns |= {index: match.end(1) + len(gap) for index, match in run}
    if not columns:
        return source
    places = [source.place(index) for index in range(len(lines))]
    for index, end in columns.items():
        lines[index] = lines[index][end:]
        places[index] = evolve(places[index], column=(places[index].column or 1) + end)
    return evolve(source, lines=tuple(lines), places=tuple(places))


def _runs(lines: Sequence[str]) -> Iterator[_Run]:
    """The listings: lines numbered from 1, each with the number that is due."""
    filled = [(index, line) for index, line in enumerate(lines) if line and not line.isspace()]
    begun = [(at, index, line) for at, (index, line) in enumerate(filled) if line[0].isdecimal()]
    found = [(at, index, match) for at, index, line in begun if (match := _NUMBER.match(line))]
    run: list[tuple[int, int, re.Match[str]]] = []
    for each in [*found, None]:
        if run and (each is None or not _follows(run[-1], each)):
            if len(run) > 1:
                yield [(index, match) for _, index, match in run]
            run = []
        if each and (run or (int(each[2][1]) == 1 and not (each[0] and _GEOMETRY.search(filled[each[0] - 1][1])))):
            run.append(each)


def _follows(one: tuple[int, int, re.Match[str]], other: tuple[int, int, re.Match[str]]) -> bool:
    """Whether a line has the number that is due after another: empty ones and those without a number count or do not."""
    step = int(other[2][1]) - int(one[2][1])
    return 0 < step <= other[1] - one[1] and other[0] - one[0] <= _APART
