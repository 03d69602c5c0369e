"""Lines of a table that somebody numbered, as listings are, in a document whose other lines are not.

三、收到和处理政府信息公开申请情况      三、收到和处理政府信息公开申请情况
1 申请人情况 | 自然人               →   申请人情况 | 自然人
2 一、本年新收 | 3                      一、本年新收 | 3

Rows that a program numbered, `Row 1: …`, `[1] …`, `#1 …`, `第1行：…`, are such lines as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govreport.clearing.signs import signed
from govreport.source import Source

__all__ = ["unnumbered"]

_FEWEST = 6
"""Lines by which a listing is known; others in the document with the same gap may be shorter."""
_APART = 3
"""Lines within a listing that lost their number, one after the other."""
_NUMBER = re.compile(r"(\d{1,4})(:? +(?=.)|:?\t(?=.)|[: \t]*$)")
"""A line's number and the gap behind it; an empty cell may have left nothing else on its line."""
_ONE = re.compile(r"[0０]*[1１](?!\d)")
"""A line that may be the first of a listing."""
_FIRST = {"\n1": ("\n1 ", "\n1\t", "\n1:"), "\n0": ("\n01 ", "\n01\t", "\n01:", "\n001"), "１": ("\n１",)}
"""One of which stands in every text with a listing, and before it what is cheaper to look for."""
_GEOMETRY = re.compile(r"[\t|│┃║｜¦,;]|  |^[\d\s]*$")
"""What stands above a column of serial numbers: the header of its table."""

_DIGITS = r"(\d{1,4})"
_NAMED = re.compile(
    rf"(?:(?i:row|line)[ \t]?{_DIGITS}:[ \t]?|\[{_DIGITS}\][ \t]|<{_DIGITS}>[ \t]|#{_DIGITS}[ \t]"
    rf"|第[ \t]?{_DIGITS}[ \t]?行[：:][ \t]?)(?=.*\S)"
)
_NAMES = {
    "ow ": ("\nRow ", "\nrow "),
    "OW ": ("\nROW ",),
    "ine ": ("\nLine ", "\nline "),
    "\n[": ("\n[0]", "\n[1]"),
    "\n<": ("\n<0>", "\n<1>"),
    "\n#": ("\n#0", "\n#1"),
    "行": ("\n第0行", "\n第1行", "\n第 1 行"),
}
"""One of which begins a line in every text with rows that are numbered so, and before it what is cheaper to look for."""

_Run = list[tuple[int, re.Match[str]]]


def unnumbered(source: Source) -> Source:
    """The source without the numbers of lines in parts of it."""
    text = source.text
    if signed(text, _NAMES) and (ends := dict(_named(source.lines))):
        return source.cut(ends)
    if not signed(text, _FIRST):
        return source
    columns = dict[int, int]()
    runs = [(run, [match[2] for _, match in run if not _is_bare(match)]) for run in _runs(source.lines)]
    known = {min(gaps, key=len) for _, gaps in runs if len(gaps) >= _FEWEST}
    for run, gaps in runs:
        if gaps and (gap := min(gaps, key=len)) in known:
            columns |= {index: match.end() if _is_bare(match) else match.end(1) + len(gap) for index, match in run}
    return source.cut(columns) if columns else source


def _named(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines that follow one another and are numbered with a name or in brackets, each with where its own text begins."""
    found = ((index, _NAMED.match(line)) for index, line in enumerate(lines) if line.strip())
    runs, last = [list[tuple[int, int]]()], (0, -1)
    for index, match in found:
        told = (match.lastindex or 0, int(match[match.lastindex or 0])) if match else (0, -1)
        if told != (last[0], last[1] + 1):
            runs.append([])
        runs[-1] += [(index, match.end())] if match else []
        last = told
    if any(len(run) >= _FEWEST for run in runs):
        yield from (line for run in runs if len(run) > 1 for line in run)


def _runs(lines: Sequence[str]) -> Iterator[_Run]:
    """The listings: lines numbered from 1, each with the number that is due."""
    filled = [(index, line) for index, line in enumerate(lines) if line and not line.isspace()]
    begun = [(at, index, line) for at, (index, line) in enumerate(filled) if line[0].isdecimal()]
    run: list[tuple[int, int, re.Match[str]]] = []
    for at, index, line in begun:
        match = _NUMBER.match(line) if run or _ONE.match(line) else None
        if match is None or (_is_bare(match) and not (run and _follows(run[-1], (at, index, match)))):
            continue
        if run and not _follows(run[-1], (at, index, match)):
            yield from _whole(run)
            run = []
        if run or (int(match[1]) == 1 and not (at and _GEOMETRY.search(filled[at - 1][1]))):
            run.append((at, index, match))
    yield from _whole(run)


def _whole(run: Sequence[tuple[int, int, re.Match[str]]]) -> Iterator[_Run]:
    """The lines of a listing, if it is more than one."""
    if len(run) > 1:
        yield [(index, match) for _, index, match in run]


def _follows(one: tuple[int, int, re.Match[str]], other: tuple[int, int, re.Match[str]]) -> bool:
    """Whether a line has the number that is due after another: empty ones and those without a number count or do not.

    A number with nothing behind it may be a value: it is the line's own if it is due to the letter.
    """
    step, lines, filled = int(other[2][1]) - int(one[2][1]), other[1] - one[1], other[0] - one[0]
    due = step in {lines, filled} if _is_bare(other[2]) else 0 < step <= lines
    return due and filled <= _APART


def _is_bare(match: re.Match[str]) -> bool:
    """Whether nothing stands behind the number."""
    return match.end() == len(match.string)
