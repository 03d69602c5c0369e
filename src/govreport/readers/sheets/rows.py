"""Rows of a sheet → lines and grids: where in a sheet the tables lie, and which rows are text that stands between them.

A sheet knows no tables, only cells. What it does tell is used in this order: borders that are drawn, merged ranges, and how
many cells of a row are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from govreport.errors import SourceError
from govreport.model import Place
from govreport.readers.flow import Flow
from govreport.source import PICTURE, Cells, GridCell, Limits

__all__ = ["Filled", "Merge", "Sheet", "write_sheet"]

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, row and column counted from 0."""

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_SENTENCE = re.compile(r"[。；！？]")
_AREA_PER_CELL = 10  # a sheet may be this many times larger than the cells that it may hold
_NEAR = 100  # rows and columns between what is written and a picture
_LABEL_LENGTH = 40  # a longer text in a row of its own is a note or a paragraph, not the label of a row without values


@frozen
class Sheet:
    """The texts of a sheet by row and column, its merged ranges, and the cells that have a border (None: not known)."""

    rows: Sequence[Sequence[str]]
    merges: Sequence[Merge] = ()
    drawn: frozenset[tuple[int, int]] | None = None
    number: int | None = None
    numbers: Sequence[int] | None = None
    """The row in the file of each row here, counted from 0, where these are not the same."""

    def line(self, row: int) -> int:
        """The number that the program shows beside a row."""
        return (row if self.numbers is None else self.numbers[row]) + 1


class Filled:
    """A sheet being read cell by cell; refuses one that reaches much further than the cells that it may hold."""

    def __init__(self, limits: Limits, pictures: Iterable[tuple[int, int]] = ()) -> None:
        self.limits = limits
        self._pictures = list(pictures)
        self._texts: list[tuple[int, int, str]] = []
        self._drawn: set[tuple[int, int]] = set()
        self._bottom = self._right = 0

    def put(self, row: int, column: int, text: str) -> None:
        """A cell, counted from 0; one that shows nothing leaves the sheet as it is."""
        if not text:
            return
        if row >= self._bottom or column >= self._right:
            self.check(row + 1, column + 1)
        self._texts.append((row, column, text))

    def check(self, bottom: int, right: int) -> None:
        """Whether the sheet may reach so far."""
        self._bottom, self._right = max(self._bottom, bottom), max(self._right, right)
        if self._bottom * self._right > self.limits.cells * _AREA_PER_CELL:
            raise SourceError(
                "a sheet reaches over {rows:,} rows and {columns:,} columns; raise Limits.cells if that is right",
                limit="cells",
                rows=self._bottom,
                columns=self._right,
            )

    def draw(self, row: int, column: int) -> None:
        """A cell with a border on any side, filled or not."""
        self._drawn.add((row, column))
        if len(self._drawn) > self.limits.cells * _AREA_PER_CELL:
            raise SourceError(
                "a sheet has more than {count:,} cells with borders; raise Limits.cells if that is right",
                limit="cells",
                count=len(self._drawn),
            )

    def sheet(self, merges: Sequence[Merge], number: int) -> Sheet:
        """All of it; where a picture begins and nothing is written, it stands for what may be in it."""
        near = [(row, column) for row, column in self._pictures if self._is_near(row, column)]
        self._bottom = max([self._bottom, *(row + 1 for row, _ in near)])
        self._right = max([self._right, *(column + 1 for _, column in near)])
        rows = [[""] * self._right for _ in range(self._bottom)]
        for row, column, text in self._texts:
            rows[row][column] = text
        for row, column in near:
            rows[row][column] = rows[row][column] or PICTURE
        return Sheet(rows, merges, frozenset(self._drawn), number)

    def _is_near(self, row: int, column: int) -> bool:
        """Whether a picture begins where more of the sheet may be expected."""
        return row < self._bottom + _NEAR and column < self._right + _NEAR


_Anchor = tuple[str, int, int, int]
"""A cell at its top left corner: text, column, rowspan, colspan."""


@frozen
class _Row:
    """A row: the cells that begin in it, those with a text, those with a text or border; whether one from above reaches in."""

    number: int
    anchors: list[_Anchor]
    filled: list[_Anchor]
    used: list[_Anchor]
    drawn: bool
    reached: bool

    @property
    def empty(self) -> bool:
        return not self.reached and not self.used

    @property
    def multi(self) -> bool:
        return self.reached or len(self.used) > 1

    @property
    def width(self) -> int:
        return max([column + colspan for _, column, _, colspan in self.used], default=0)


def write_sheet(sheet: Sheet, flow: Flow) -> None:
    """Write a sheet into the flow, top to bottom."""
    for run in _runs(_rows(sheet, flow.limits.span)):
        for kind, rows in _parts(run, known=bool(sheet.drawn)):
            if kind and len(rows) > 1:
                _write_grid(rows, sheet, flow)
            else:
                _write_lines(rows, sheet, flow)


def _rows(sheet: Sheet, limit: int) -> Iterator[_Row]:
    drawn = sheet.drawn or frozenset()
    merges: dict[int, dict[int, tuple[int, int]]] = {}
    for (row, column), last in sheet.merges:
        merges.setdefault(row, {})[column] = last
    reaching: dict[int, int] = {}  # column → last row of the merged cell that covers it
    for number, texts in enumerate(sheet.rows):
        reaching = {column: last for column, last in reaching.items() if last >= number}
        reached = bool(reaching)
        if reached or number in merges:
            anchors = _merged(texts, number, merges.get(number, {}), reaching, limit)
        else:
            anchors = [(text, column, 1, 1) for column, text in enumerate(texts)]
        filled = [a for a in anchors if a[0] and not a[0].isspace()]
        bordered = {a[1] for a in anchors if (number, a[1]) in drawn} if drawn else set()
        used = [a for a in anchors if a[1] in bordered or (a[0] and not a[0].isspace())] if bordered else filled
        yield _Row(number, anchors, filled, used, bool(bordered), reached)


def _merged(
    texts: Sequence[str], row: int, merges: Mapping[int, tuple[int, int]], reaching: dict[int, int], limit: int
) -> list[_Anchor]:
    """The anchors of a row with merged cells; those that reach into the rows below are added to `reaching`."""
    anchors: list[_Anchor] = []
    free = 0  # the first column that no merged cell of this row covers
    for column, text in enumerate(texts):
        if column < free or column in reaching:
            continue
        last = merges.get(column)
        if last is None:
            anchors.append((text, column, 1, 1))
            continue
        rowspan, colspan = min(last[0] - row + 1, limit), min(last[1] - column + 1, limit)
        anchors.append((text, column, rowspan, colspan))
        free = column + colspan
        if rowspan > 1:
            reaching.update(dict.fromkeys(range(column, free), row + rowspan - 1))
    return anchors


def _runs(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """The rows between empty ones."""
    run: list[_Row] = []
    for row in rows:
        if not row.empty:
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _parts(run: list[_Row], *, known: bool) -> Iterator[tuple[bool, list[_Row]]]:
    """The run cut into tables (True) and text (False)."""
    inside = [_in_table(run, index, known=known) for index in range(len(run))]
    start = 0
    for index in range(1, len(run) + 1):
        if index == len(run) or inside[index] is not inside[start]:
            yield inside[start], run[start:index]
            start = index


def _in_table(run: list[_Row], index: int, *, known: bool) -> bool:
    row = run[index]
    if known and not row.reached:
        return row.drawn
    if row.multi:
        return True
    above = next((r for r in reversed(run[:index]) if r.multi), None)
    below = next((r for r in run[index + 1 :] if r.multi), None)
    return _is_table_row(row.filled[0], above, below, adjacent=below is not None and run[index + 1] is below)


def _is_table_row(cell: _Anchor, above: _Row | None, below: _Row | None, *, adjacent: bool) -> bool:
    """Whether a row with a single filled cell belongs to the table around it: as a caption, or as a label without values."""
    text, _, _, colspan = cell
    width = max(above.width if above else 0, below.width if below else 0)
    heading = _HEADING.match(text) is not None
    if 1 < colspan < width:
        return above is not None or (adjacent and not heading)
    if heading:
        return False
    if above is None:
        return adjacent and 1 < colspan == width
    return below is not None or (len(text) <= _LABEL_LENGTH and not _SENTENCE.search(text))


def _write_lines(rows: list[_Row], sheet: Sheet, flow: Flow) -> None:
    for row in rows:
        filled = row.filled
        if not filled:
            continue
        place = Place(row=sheet.line(row.number), column=filled[0][1] + 1, page=sheet.number)
        for line in "\t".join(text.strip("\n") for text, *_ in filled).split("\n"):
            flow.line(line, place)


def _write_grid(rows: list[_Row], sheet: Sheet, flow: Flow) -> None:
    top, width = rows[0].number, max(len(row.anchors) if sheet.drawn is None else row.width for row in rows)
    bottom = rows[-1].number + 1
    held = [(row.number, anchor) for row in rows for anchor in row.anchors if anchor[1] < width]

    def make() -> tuple[GridCell, ...]:
        return tuple(
            GridCell(text.strip("\n"), row - top, x, min(rowspan, bottom - row), min(colspan, width - x), sheet.line(row))
            for row, (text, x, rowspan, colspan) in held
        )

    flow.count(len(held))
    flow.cells(
        Cells(
            [anchor[0].strip("\n") for _, anchor in held],
            [row - top for row, _ in held],
            make,
            {index for index, (_, (_, x, _, colspan)) in enumerate(held) if colspan > 1 < width - x},
        ),
        page=sheet.number,
    )
