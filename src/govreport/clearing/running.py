"""Lines that run through a document from page to page: the numbers of its pages, and what stands over or under them.

总计                               总计
第 3 页 共 9 页                    3
某县2023年政府信息公开年度报告  →
3
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve

from govreport.source import Source

__all__ = ["unpaged"]

_DASHES = "-—–－―·~～"
_MARK = re.compile(
    rf"[ \t]*(?:[{_DASHES}]{{1,2}}[ \t]*(\d{{1,4}})[ \t]*[{_DASHES}]{{1,2}}"
    r"|[（(]?第?[ \t]*(\d{1,4})[ \t]*页(?:[ \t]*[,，/|]?[ \t]*[共/][ \t]*\d{1,4}[ \t]*页)?[）)]?"
    r"|(?i:page)[ \t]*(\d{1,4})(?:[ \t]*(?i:of|/)[ \t]*\d{1,4})?"
    r"|(?:https?|file)://[^ \t]+[ \t]+(\d{1,4})[ \t]*/[ \t]*\d{1,4})[ \t]*"
)
"""The number of a page on a line of its own, as writers, readers and browsers print it."""
_SIGNS = {"/": "://", "g": "age ", "G": "AGE "} | {sign: sign for sign in ("页", *_DASHES)}
"""One of which stands in every text that has such marks, and before it what is cheaper to look for."""
_BEGINS = frozenset(f"{_DASHES} \t（(第0123456789pPhHfF")
_FEWEST = 4
"""Pages behind one another by which their numbers are known."""
_NEAR = 2
"""Lines over or under the number that may belong to it."""
_SHARE = 0.8
"""Of the numbers that have such a line beside them."""
_AROUND = 12
"""Lines over and under a place that tell how many empty ones stand between two there."""
_DIGITS = re.compile(r"\d+")


def unpaged(source: Source) -> Source:
    """The source without these lines; of the empty ones around them are left as many as stand on that side which has fewer."""
    text = source.text
    if not any(rare in text and text.count(sign) >= _FEWEST for rare, sign in _SIGNS.items()):
        return source
    marks = _marks(source.lines)
    if not marks:
        return source
    filled = [index for index, line in enumerate(source.lines) if line.strip()]
    gone = {*marks, *_beside(source.lines, filled, marks)}
    kept = list(_kept(source.lines, gone))
    places = tuple(source.place(index) for index in kept)
    grids = (evolve(grid, at=bisect(kept, grid.at - 1)) for grid in source.grids)
    return evolve(source, lines=tuple(source.lines[index] for index in kept), places=places, grids=tuple(grids))


def _marks(lines: Sequence[str]) -> list[int]:
    """The lines that number the pages, if each has the number that is due."""
    found = [(index, match) for index, line in enumerate(lines) if line[:1] in _BEGINS and (match := _MARK.fullmatch(line))]
    ways = Counter(match.lastindex for _, match in found)
    way = max(ways, key=lambda way: ways[way], default=None)
    own = [(index, int(match[way])) for index, match in found if way is not None and match.lastindex == way]
    due = all(later == page + 1 for (_, page), (_, later) in itertools.pairwise(own))
    return [index for index, _ in own] if len(own) >= _FEWEST and due else []


def _beside(lines: Sequence[str], filled: Sequence[int], marks: Sequence[int]) -> Iterator[int]:
    """The lines over and under the numbers that are the same beside most of them, but for the digits in them."""
    near = [(index, _key(lines[index])) for mark in marks for index in _neighbours(filled, mark)]
    often = Counter(key for _, key in near if sum(map(str.isalpha, key)) > 1)
    yield from (index for index, key in near if often[key] >= max(_SHARE * len(marks), _FEWEST))


def _neighbours(filled: Sequence[int], mark: int) -> Sequence[int]:
    at = bisect(filled, mark) - 1
    return [*filled[max(at - _NEAR, 0) : at], *filled[at + 1 : at + 1 + _NEAR]]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _kept(lines: Sequence[str], gone: AbstractSet[int]) -> Iterator[int]:
    """What is left: of the empty lines around those that go as many as usual there, and what they are more than elsewhere."""
    filled = [index for index, line in enumerate(lines) if line.strip() and index not in gone]
    gaps = [range(a + 1, b) for a, b in itertools.pairwise([-1, *filled, len(lines)])]
    empty = {at: sides for at, gap in enumerate(gaps) if (sides := _sides(gap, gone)) is not None}
    usual = {at: _usual(gaps, at, empty.keys()) for at in empty}
    fewest = {size: min(len(empty[at]) for at in empty if usual[at] == size) for size in usual.values()}
    own = {at: max(fewest[usual[at]], 2 * usual[at]) for at in empty}  # on both sides as many as between any two lines
    more = {at: max(len(empty[at]) - own[at], 0) // (usual[at] + 1) * (usual[at] + 1) for at in empty}  # for empty cells
    for at, (gap, index) in enumerate(zip(gaps, [*filled, None], strict=True)):
        yield from empty[at][: usual[at] + more[at]] if at in empty else gap
        yield from () if index is None else (index,)


def _usual(gaps: Sequence[range], at: int, cut: AbstractSet[int]) -> int:
    """How many empty lines stand between two lines around a place."""
    near = range(max(at - _AROUND, 0), min(at + _AROUND + 1, len(gaps)))
    often = Counter(len(gaps[each]) for each in near if each not in cut).most_common(1)
    return often[0][0] if often else 0


def _sides(gap: range, gone: AbstractSet[int]) -> list[int] | None:
    """The empty lines before and behind lines that go, between two that stay."""
    going = [index for index in gap if index in gone]
    return [*range(gap[0], going[0]), *range(going[-1] + 1, gap[-1] + 1)] if going else None
