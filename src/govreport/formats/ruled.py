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
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.placed import Cell, PlacedTable, confidence, finder, pieces_of, share
from govreport.formats.sketch import Sketch
from govreport.formats.tokens import tokens
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection
from govreport.textwidth import pad, text_width

__all__ = ["RuledFormat"]

_RULE = re.compile(r"[ \t]*(?=[-= ]*[-=]{2})[-=]+(?: {1,8}[-=]+){2,}[ \t]*")
_DASHED = re.compile(r"[ \t]*[-=][-= \t]*")
_SOLID = re.compile(r"[ \t]*-{10,}[ \t]*")
_DASHES = re.compile(r"[-=]+")
_EMPTY = frozenset(("..", "\\"))
"""What reStructuredText has for an empty cell at the beginning of a row, which would else go on with the row above."""
_MOST_HEADERS = 40
"""Lines of the tallest header: that of a narrow column, character by character."""
_FIT = 0.98
"""Share of lines no cell of which reaches over a gap of the rule."""
_CUSTOM = 0.7
"""Share of a column's cells that begin, or end, under each other, where that is how they are set."""
_FEWEST = 4

Measure = Callable[[str], int]
_MEASURES: tuple[Measure, ...] = (text_width, len)
"""Chinese characters are two columns wide; for some programs they are one."""


class RuledFormat:
    """Columns where the rule has its dashes; cells that reach over a gap of it are in none."""

    name = "ruled"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: the lines under rules of dashes, with nothing in the gaps of these, against all lines."""
        if not (sketch.rules or sketch.gaps):  # the rule may stand above a heading that is a row of its table
            return None
        tables = _tables(section)
        if not tables:
            return None
        found = share(section, tables)
        reasons = (f"{len(tables)} tables under rules of dashes", f"{found:.0%} of {sketch.lines} lines are theirs")
        return Claim(self.name, confidence(found), reasons)

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell, its lines joined."""
        return tuple(pieces_of(section, _tables(section)))

    def render(self, table: Table) -> str:
        """The full grid, merged cells once at their corner, between two rules."""
        texts = [[text.replace("\n", "") for text in row] for row in canvas.owners(table)]
        widths = [max(2, *map(text_width, column)) for column in zip(*texts, strict=True)]
        rule = "  ".join("-" * width for width in widths)
        rows = ("  ".join(map(pad, row, widths)).rstrip() for row in texts)
        return canvas.flat([rule, *rows, rule])


@frozen
class _Table:
    """Lines `first` to before `stop`, and those among them that are rules."""

    first: int
    stop: int
    rules: frozenset[int]


def _find(lines: Sequence[str]) -> Iterator[PlacedTable]:
    """Such tables."""
    done = 0
    for at in _ruling(lines):
        if at < done:
            continue
        table = _table(lines, at, done)
        done = max(done, at + 1)
        cells = tuple(_cells(lines, table, [found.span() for found in _DASHES.finditer(lines[at])]))
        if len(cells) >= _FEWEST:
            done = table.stop
            yield PlacedTable(table.first, table.stop, cells, table.rules)


_tables = finder(_find)


def _ruling(lines: Sequence[str]) -> list[int]:
    """The lines that are rules, but for those that were folded: other dashes go on above or below."""
    found = [index for index, line in enumerate(lines) if ("--" in line or "==" in line) and _RULE.fullmatch(line)]
    return [index for index in found if not any(_DASHED.fullmatch(line) for line in _beside(lines, index))]


def _beside(lines: Sequence[str], at: int) -> Iterator[str]:
    beside = (lines[index] for index in (at - 1, at + 1) if 0 <= index < len(lines))
    return (line for line in beside if line.rstrip() != lines[at].rstrip())


def _table(lines: Sequence[str], at: int, done: int) -> _Table:
    """From the header over the first rule, if there is one, to the last rule, or to where the text goes on."""
    rule = lines[at].rstrip()
    same = [index for index in range(at, len(lines)) if lines[index].rstrip() == rule]
    chain = [at]
    for index in same[1:]:
        if not any(_RULE.fullmatch(line) for line in lines[chain[-1] + 1 : index]):
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


@frozen
class _Part:
    """What stands of a cell on a line: at which character it begins, the text, and between which columns of the page."""

    at: int
    text: str
    left: int
    right: int


_EDGES: tuple[Callable[[_Part], int], ...] = (
    lambda part: part.left,
    lambda part: part.right,
    lambda part: (part.left + part.right) // 2,
    lambda part: (part.left + part.right + 1) // 2,
)
"""Where a cell begins, where it ends, and its middle, which is no whole number for every other one."""


def _usual(edges: Mapping[int, int]) -> tuple[int, int]:
    return Counter(edges.values()).most_common(1)[0] if edges else (0, 0)


def _cells(lines: Sequence[str], table: _Table, rule: Sequence[tuple[int, int]]) -> Iterator[Cell]:
    columns = [start for start, _ in rule]
    within = range(table.first, table.stop)
    filled = [index for index in within if index not in table.rules and lines[index].strip()]
    fits = ({index: _cut(lines[index], columns, measure) for index in filled} for measure in _MEASURES)
    cuts = next((cut for cut in fits if sum(parts is not None for parts in cut.values()) >= _FIT * len(filled)), {})
    dashes = [_Part(start, "-", start, end) for start, end in rule]
    astray = _astray({-1: dashes} | {index: parts for index, parts in cuts.items() if parts})
    for row, lot in enumerate(_lots(lines, table, within) if cuts else ()):
        if astray.isdisjoint(lot):
            yield from _row(row, lot, [cuts[index] or [_part(lines[index], 0, 0, len)] for index in lot])
        else:
            yield from (Cell(text, row, None, index, at) for index in lot for text, at in tokens(lines[index]))


def _row(row: int, lot: Sequence[int], parts: Sequence[Sequence[_Part]]) -> Iterator[Cell]:
    """The cells of a row, each with the text of all its lines."""
    for column, found in enumerate(itertools.zip_longest(*parts)):
        text = "\n".join(part.text for part in found if part and part.text)
        yield Cell(text, row, column, lot[0], found[0].at if found[0] else 0)


def _astray(cuts: Mapping[int, Sequence[_Part]]) -> set[int]:
    """The lines with a cell that stands otherwise in its column than nearly all: something before it is lost, or too many."""
    found = {index for index, parts in cuts.items() if any("  " in part.text for part in parts)}
    for column in range(max(map(len, cuts.values()), default=0)):
        cells = {index: parts[column] for index, parts in cuts.items() if column < len(parts) and parts[column].text}
        sets = [{index: edge(cell) for index, cell in cells.items()} for edge in _EDGES]
        edges, (usual, often) = max(((each, _usual(each)) for each in sets), key=lambda item: item[1][1])
        if often >= _CUSTOM * len(edges):
            found.update(index for index, edge in edges.items() if edge != usual)
    return found


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


def _cut(line: str, columns: Sequence[int], measure: Measure) -> list[_Part] | None:
    """What stands in each column; None if a character stands in the gap before one."""
    cells, at, start, begun = list[_Part](), 0, 0, 0
    line = line.rstrip() + " " * columns[-1]
    for index, character in enumerate(line):
        if len(cells) < len(columns) - 1 and at >= columns[len(cells) + 1]:
            if line[index - 1] != " ":
                return None
            cells.append(_part(line[start:index], start, begun, measure))
            start, begun = index, at
        at += measure(character)
    return [*cells, _part(line[start:], start, begun, measure)]


def _part(text: str, start: int, begun: int, measure: Measure) -> _Part:
    bare = "" if not start and text.strip() in _EMPTY else text.strip()
    before = text[: len(text) - len(text.lstrip())]
    left = begun + sum(map(measure, before))
    return _Part(start + len(before), bare, left, left + sum(map(measure, bare)))
