"""Cells, or rows of cells, that a converter took for the items of a list, as it does with tables that a page sets as lists.

* 规章        规章                    - 规章 3 0 12      规章 3 0 12
* 3      →    3                       - 文件 5 1    →    文件 5 1
*             (an empty cell)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from govreport.source import Source
from govreport.values import Kind, classify

__all__ = ["unlist"]

_BULLETS = "-*+•·●○◦▪■□◆>"
_ITEM = re.compile(rf"[ \t]*(?P<bullet>[{re.escape(_BULLETS)}]|\d{{1,3}}[.)])(?:[ \t]+|$)")
_BEGUN = re.compile(rf"\n[ \t]*(?:[{re.escape(_BULLETS)}]|\d{{1,3}}[.)])[ \t]")
_FEWEST = 12
"""Items of the shortest table: the rows of any have more cells than that."""
_VALUED = 0.3
"""Share of values and empty items in a table; the items of a list of prose are seldom numbers."""
_ONE_OF_MANY = 0.2
"""Share of rows with values in a list beside such lists: a table may have no more than one."""
_MOST_CELLS = 30
_EMPTY = "\xa0"


def unlist(source: Source) -> Source:
    """The source with the items of such lists as lines of their own."""
    if len(_BEGUN.findall(source.text)) < _FEWEST - 1:  # most documents
        return source
    columns, rows = dict[int, int](), False
    for run in sorted(_runs(source.lines), key=len, reverse=True):
        items = {index: item for index in run if (item := _ITEM.match(source.lines[index]))}
        texts = [item.string[item.end() :] for item in items.values()]
        if _are_rows(list(items.values())):
            continue
        many = len(run) >= _FEWEST
        rows = rows or (many and _has(_is_row, texts))
        if (many and _has(_is_cell, texts)) or (rows and _has(_is_row, texts, _ONE_OF_MANY)):
            columns |= {index: item.end() for index, item in items.items()}
    return source.cut(columns, _EMPTY) if columns else source


def _has(kind: Callable[[str], bool], texts: Sequence[str], share: float = _VALUED) -> bool:
    return sum(map(kind, texts)) >= share * len(texts)


def _is_cell(text: str) -> bool:
    return classify(text) is not Kind.TEXT


def _is_row(text: str) -> bool:
    """Whether it ends in several values, or in one behind a label."""
    words = text.split()
    return len(words) > 1 and classify(words[-1]) is Kind.NUMBER and len(words) <= _MOST_CELLS


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Lines that follow one another, but for empty ones, and begin with the same kind of bullet."""
    filled = [(index, _bullet(line)) for index, line in enumerate(lines) if line.strip()]
    for bullet, group in itertools.groupby(filled, key=lambda item: item[1]):
        run = [index for index, _ in group]
        if bullet and len(run) > 1:
            yield run


def _are_rows(items: Sequence[re.Match[str]]) -> bool:
    """Whether most of the items that are within no other are lists themselves, which a layout reads as rows of cells."""
    outermost = min(item.start("bullet") for item in items)
    outer = [item.string[item.end() :] for item in items if item.start("bullet") == outermost]
    return len(outer) < len(items) and 2 * sum(not text or _ITEM.match(text) is not None for text in outer) > len(outer)


def _bullet(line: str) -> str | None:
    item = _ITEM.match(line)
    return None if item is None else "1" if item["bullet"][0].isdecimal() else item["bullet"]
