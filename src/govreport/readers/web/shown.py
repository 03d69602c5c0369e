"""A marked page into lines and grids, in document order.

A table is read cell by cell first and judged afterwards: a data table becomes a grid, a table that only arranges other tables
or prose is given back as the flow of its cells. Text of a table that stands in no cell is shown before it, as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from attrs import field, frozen

from govreport.errors import SourceError
from govreport.readers.web.marks import (
    BREAK,
    CELL,
    CELL_END,
    END,
    FEED,
    GROUP,
    ROW,
    ROW_END,
    SPAN,
    TABLE,
    TABLE_END,
    VERBATIM,
    Marked,
)
from govreport.readers.web.spans import Given, place, size
from govreport.source import PICTURE, Cells, Grid, GridCell, Limits

__all__ = ["Flow", "show"]

_GRID, _AT, _CUT = "\ufddd", "\ufdde", "\ufddf"
"""Around the number of a finished grid; around the number of the mark that comes next, where marks were taken out before it;
around the marks of tables."""

_WHITE = " \t\n\r\f"  # what HTML collapses; nbsp and the ideographic space are content
_STARTS = _WHITE + BREAK + END
_EDGES = _STARTS + CELL_END + ROW + ROW_END + GROUP
_RUN = re.compile(r"[\t\n\r\f ]+")
_MARKED = re.compile("[\t\n\r\f\ufdd0-\ufdef]|  ").search
_LINES = re.compile(f"([{BREAK}{END}{FEED}]|{_AT}\\d+{_AT}|{_GRID}\\d+{_GRID})")
_SPANS = re.compile(f"{SPAN}[^{SPAN}]*{SPAN}[^{SPAN}]*{SPAN}")
_ROWLESS = re.compile(f"([{TABLE}{GROUP}{ROW_END}][^{TABLE}{TABLE_END}{GROUP}{ROW}{ROW_END}{CELL}]*+){CELL}")
"""A cell without a row of its own, which makes one with those that follow."""
_INNER = re.compile(f"{_GRID}(\\d+){_GRID}")
_BETWEEN_LINES = frozenset({BREAK, END, FEED, _AT})

_LAST_LINE = 65_535  # libxml2 counts source lines no further
_LAYOUT_LINES = 4  # a cell with that many lines, or that many characters, is prose if it also outweighs the rest of its table
_LAYOUT_CHARACTERS = 300


@frozen
class Flow:
    """Lines with their source lines, and the grids between them."""

    lines: list[str] = field(factory=list)
    numbers: list[int] = field(factory=list)
    grids: list[Grid] = field(factory=list)


def show(page: Marked, limits: Limits) -> Flow:
    """Everything that the page shows; SourceError if its tables have more cells than the limits allow."""
    if page.text.count(CELL) > limits.cells:
        raise SourceError("the tables of the page have more than {most:,} cells", most=limits.cells)
    tables = _Tables(page.lines, limits.span)
    passed = 0  # marks with a source line
    begun = [(0, [""])]  # of each table that is open: the number of its first mark, and what it holds so far
    for part in _apart(_ROWLESS.sub(rf"\1{ROW}{CELL}", page.text)):
        if part == TABLE:
            passed += 1
            begun.append((passed, []))
        elif part == TABLE_END and len(begun) > 1:
            first, held = begun.pop()
            begun[-1][1].append(tables.read("".join(held), first))
        else:
            begun[-1][1].append(part)
            passed += part.count(BREAK) + part.count(CELL)
    return _flow(_loose("".join(part for _, held in begun for part in held)), page.lines, tables.grids)


def _apart(text: str) -> list[str]:
    """The marks of tables, and what stands between them; many times faster than a pattern."""
    return text.replace(TABLE, f"{_CUT}{TABLE}{_CUT}").replace(TABLE_END, f"{_CUT}{TABLE_END}{_CUT}").split(_CUT)


class _Tables:
    """Reads tables from the inside out, each when its end is reached; `grids` are those that were finished so far."""

    def __init__(self, lines: Sequence[int], most: int) -> None:
        self.grids: list[Cells] = []
        self._lines = lines if max(lines, default=0) < _LAST_LINE else [n if n < _LAST_LINE else None for n in lines]
        self._most = most

    def read(self, body: str, first: int) -> str:
        """What is shown in its place: the flow of its cells, or the mark of a grid. `first` is the number of its first mark."""
        nested = sum(len(self.grids[int(number)]) for number in _INNER.findall(body)) if _GRID in body else 0
        if nested >= body.count(CELL):
            return f"{BREAK}{_loose(body)}{END}"
        head, *pieces = body.split(CELL)
        *numbers, after = _numbers(head, pieces, first, odd=_AT in body)
        texts, spans, stray = list(map(_own, pieces)), dict[int, tuple[int, int]](), _stray(head, first)
        for index, text in enumerate(texts):
            if _MARKED(text):
                texts[index], span, out = self._cell(text, pieces[index], numbers[index])
                spans |= {index: span} if span else {}
                stray += out
        if PICTURE in body:
            texts = list(map(_beside_pictures, texts))
        cells = self._placed(head, pieces, texts, numbers, spans)
        if _is_layout(cells):
            return f"{BREAK}{_loose(body)}{END}"
        self.grids.append(cells)
        return f"{stray}{_GRID}{len(self.grids) - 1}{_GRID}{_AT}{after}{_AT}"

    def _cell(self, text: str, piece: str, number: int) -> tuple[str, tuple[int, int] | None, str]:
        """A cell that is more than text on one line: its text, its span, and what stands between it and the next one."""
        span = None
        if text[0] == SPAN:
            _, rowspan, colspan, text = text.split(SPAN, 3)
            span = size(rowspan, self._most), size(colspan, self._most) or 1
            text = _own(text)
            if not _MARKED(text):
                return text, span, ""
        lines = "\n".join(filter(None, self._inside(text.partition(CELL_END)[0])))
        inside, _, after = piece.partition(CELL_END)
        return lines, span, _stray(after, _passed(number + 1, inside))

    def _inside(self, text: str) -> Iterator[str]:
        """The lines of a cell; a small table inside it is read off cell by cell."""
        for part in _LINES.split(text):
            if part[:1] == _GRID:
                yield from self.grids[int(part.strip(_GRID))].texts
            elif part[:1] not in _BETWEEN_LINES:
                yield _shown(part)

    def _placed(
        self, head: str, pieces: list[str], texts: list[str], numbers: list[int], spans: dict[int, tuple[int, int]]
    ) -> Cells:
        def make() -> tuple[GridCell, ...]:
            return place(
                Given(texts, rows, _counted(GROUP, head, pieces), [self._lines[n] for n in numbers], spans), self._most
            )

        rows = _counted(ROW, head, pieces)
        if len(spans) > self._most:
            return Cells.of(make())
        begun = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        return Cells(texts, [begun[row] for row in rows], make, {index for index, (_, across) in spans.items() if across > 1})


def _own(piece: str) -> str:
    """A cell and what stands between it and the next one, without what surrounds them; the end of an empty cell stays."""
    return piece.lstrip(_STARTS).rstrip(_EDGES)


def _numbers(head: str, pieces: Sequence[str], first: int, *, odd: bool) -> Iterable[int]:
    """The number of the mark with which each cell begins, and of the one after the table; `odd` if any were taken out."""
    if odd:
        return accumulate(pieces, lambda number, piece: _passed(number + 1, piece), initial=_passed(first, head))
    return accumulate([1 + piece.count(BREAK) for piece in pieces], initial=first + head.count(BREAK))


def _passed(number: int, text: str) -> int:
    """The number of the next mark after a text that begins with mark `number`."""
    if _AT in text:
        _, told, text = text.rsplit(_AT, 2)
        number = int(told)
    return number + text.count(BREAK)


def _counted(mark: str, head: str, pieces: Sequence[str]) -> list[int]:
    """How many of the marks stand before each cell."""
    return list(accumulate([piece.count(mark) for piece in pieces[:-1]], initial=head.count(mark)))


def _stray(text: str, number: int) -> str:
    """Something that is no cell where only cells belong: a caption, text that lost its cell."""
    return f"{END}{_AT}{number}{_AT}{_loose(text)}{END}" if text.strip(_EDGES) else ""


def _loose(text: str) -> str:
    """What is left of rows and cells that belong to no table, or to one that only arranges: a line each."""
    if SPAN in text:
        text = _SPANS.sub("", text)
    for mark in (CELL_END, ROW, ROW_END, GROUP):
        text = text.replace(mark, END)
    return text.replace(CELL, BREAK)


def _shown(text: str) -> str:
    """Text as it is shown: white space that is no geometry collapses."""
    text = text.strip(_WHITE)
    if not _MARKED(text):
        return text
    text = _RUN.sub(" ", text)
    for hidden, white in VERBATIM.items():
        text = text.replace(hidden, white)
    return text.rstrip(" ")


def _beside_pictures(text: str) -> str:
    """What is said beside pictures; the picture where nothing is."""
    if PICTURE not in text:
        return text
    lines = (line.replace(PICTURE, "").strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines)) or PICTURE


def _is_layout(cells: Cells) -> bool:
    """Whether a table only arranges the page: one column, one filled cell, or one article."""
    texts = [text for text in cells.texts if text != PICTURE] or [""]
    if len(set(cells.rows)) == len(cells) and all(cell.column == 0 for cell in cells):
        return True
    heaviest = max(texts, key=len)
    size, total = len(heaviest), sum(map(len, texts))
    if size * 2 <= total:
        return False
    return size == total or heaviest.count("\n") >= _LAYOUT_LINES or size >= _LAYOUT_CHARACTERS


def _flow(text: str, lines: Sequence[int], grids: Sequence[Cells]) -> Flow:
    """The lines that show something, with their numbers, and the grids between them."""
    flow, number, passed = Flow(), 1, 0
    for part in _LINES.split(text):
        kind = part[:1]
        if kind == BREAK:
            number = lines[passed]
            passed += 1
        elif kind == FEED:
            number += 1
        elif kind == _AT:
            passed = int(part.strip(_AT))
        elif kind == _GRID:
            flow.grids.append(Grid(grids[int(part.strip(_GRID))], len(flow.lines), len(flow.grids) + 1))
        elif kind and kind != END:
            shown = _beside_pictures(_shown(part))
            feeds = part.count("\n")
            if shown:
                flow.lines.append(shown)
                flow.numbers.append(number + part.count("\n", 0, part.find(shown[0])) if feeds else number)
            number += feeds
    return flow
