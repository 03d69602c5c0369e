"""Tables whose columns a rule of dashes shows, as converters write them where no stroke parts cells.

    ------------ -------- --------        ========  ====
    规章         3        12              规章      3
                                          ========  ====
    行政规范性   5        0
    文件
    ------------ -------- --------

A row is a line; where empty lines part rows, all the lines between two of these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from govreport.clearing.markup.scan import Block, Given
from govreport.textwidth import text_width

__all__ = ["RULE", "ruled"]

RULE = re.compile(r"(?:\A|\n)[ \t]*(?=[-= ]*[-=]{2})[-=]+(?: {1,8}[-=]+){2,}[ \t]*(?![^\n])")
_SOLID = re.compile(r"[ \t]*-{10,}[ \t]*")
_DASHES = re.compile(r"[-=]+")
_MOST_HEADERS = 40
"""Lines of the tallest header: that of a narrow column, character by character."""
_FIT = 0.98
"""Share of lines no cell of which reaches over a gap of the rule."""
_FEWEST = 4

Measure = Callable[[str], int]
_MEASURES: tuple[Measure, ...] = (text_width, len)
"""Chinese characters are two columns wide; for some programs they are one."""


@frozen
class _Table:
    """Lines `first` to before `stop`, and those among them that are rules."""

    first: int
    stop: int
    rules: frozenset[int]


def ruled(lines: Sequence[str]) -> Iterator[Block]:
    """Such tables, each cell with its place among its row's."""
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    done = 0
    for at in [index for index, line in enumerate(lines) if RULE.match(line)]:
        if at < done:
            continue
        table = _table(lines, at, done)
        done = max(done, at + 1)
        rows = _rows(lines, table, [found.start() for found in _DASHES.finditer(lines[at])])
        if sum(map(len, rows)) >= _FEWEST:
            cells = [[Given(starts[line], text) for line, text in row] for row in rows]
            done = table.stop
            yield Block(starts[table.first], starts[table.stop] - 1, cells, 0, shown=False)


def _table(lines: Sequence[str], at: int, done: int) -> _Table:
    """From the header over the first rule, if there is one, to the last rule, or to where the text goes on."""
    rule = lines[at].rstrip()
    same = [index for index in range(at, len(lines)) if lines[index].rstrip() == rule]
    chain = [at]
    for index in same[1:]:
        if not any(RULE.match(line) for line in lines[chain[-1] + 1 : index]):
            chain.append(index)
    first, top = _header(lines, at, done)
    if len(chain) > 1 and first == at:
        return _Table(at, chain[-1] + 1, frozenset(chain))
    stop = _end(lines, chain[-1], solid=top)
    rules = {*chain, *(index for index in (first, stop - 1) if _SOLID.fullmatch(lines[index]))}
    return _Table(first, stop, frozenset(rules))


def _header(lines: Sequence[str], at: int, done: int) -> tuple[int, bool]:
    """Where the table begins, and whether it does so with a solid rule."""
    above = range(at - 1, max(done, at - _MOST_HEADERS) - 1, -1)
    solid = next((index for index in above if _SOLID.fullmatch(lines[index])), None)
    if solid is not None and any(map(str.strip, lines[solid + 1 : at])):
        return solid, True
    first = at
    while first > done and lines[first - 1].strip() and "  " in lines[first - 1].strip():
        first -= 1
    return first, False


def _end(lines: Sequence[str], at: int, *, solid: bool) -> int:
    """Behind the last line: the solid rule, or the line before the first empty one."""
    if solid:
        return next((index + 1 for index in range(at + 1, len(lines)) if _SOLID.fullmatch(lines[index])), at + 1)
    return next((index for index in range(at + 1, len(lines)) if not lines[index].strip()), len(lines))


_Row = list[tuple[int, str]]
"""For each cell the line on which it begins, and its text."""


def _rows(lines: Sequence[str], table: _Table, columns: Sequence[int]) -> list[_Row]:
    within = range(table.first, table.stop)
    filled = [index for index in within if index not in table.rules and lines[index].strip()]
    fits = [(measure, {index: _cut(lines[index], columns, measure) for index in filled}) for measure in _MEASURES]
    cuts = next((cut for _, cut in fits if sum(cells is not None for cells in cut.values()) >= _FIT * len(filled)), None)
    if not filled or cuts is None:
        return []
    rows: list[_Row] = []
    for lot in _lots(lines, table, within):
        cells = [cut if (cut := cuts[index]) is not None else [lines[index].strip()] for index in lot]
        rows.append([(lot[0], "\n".join(filter(None, parts))) for parts in itertools.zip_longest(*cells, fillvalue="")])
    return rows


def _lots(lines: Sequence[str], table: _Table, within: range) -> Iterator[list[int]]:
    """The lines of each row."""
    parted = [
        list(group)
        for empty, group in itertools.groupby(within, lambda i: not lines[i].strip() or i in table.rules)
        if not empty
    ]
    spaced = any(not lines[index].strip() for index in within)
    for lot in parted:
        yield from [lot] if spaced else ([index] for index in lot)


def _cut(line: str, columns: Sequence[int], measure: Measure) -> list[str] | None:
    """What stands in each column; None if a character stands in the gap before one."""
    cells, at, start = list[str](), 0, 0
    line = line.rstrip() + " " * columns[-1]
    for index, character in enumerate(line):
        if len(cells) < len(columns) - 1 and at >= columns[len(cells) + 1]:
            cells.append(line[start:index])
            start = index
        at += measure(character)
    cells.append(line[start:])
    return [cell.strip() for cell in cells] if all(cell.endswith(" ") for cell in cells[:-1]) else None
