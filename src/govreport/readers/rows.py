"""Rows of a sheet → lines and grids: where in a sheet the tables lie, and which rows are text that stands between them.

A sheet knows no tables, only cells. What it does tell is used in this order: borders that are drawn, merged ranges, and how
many cells of a row are filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from govreport.model import Place
from govreport.readers.flow import Flow
from govreport.source import GridCell

__all__ = ["Merge", "Sheet", "write_sheet"]

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, row and column counted from 0."""

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_SENTENCE = re.compile(r"[。；！？]")
_LABEL_LENGTH = 40  # a longer text in a row of its own is a note or a paragraph, not the label of a row without values


@frozen
class Sheet:
    """The texts of a sheet by row and column, its merged ranges, and the cells that have a border (None: not known)."""

    rows: Sequence[Sequence[str]]
    merges: Sequence[Merge] = ()
    drawn: frozenset[tuple[int, int]] | None = None
    number: int | None = None


@frozen
class _Anchor:
    """A cell at its top left corner."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    drawn: bool = field(default=False)

    @property
    def right(self) -> int:
        return self.column + self.colspan


@frozen
class _Row:
    """A row: the cells that begin in it, whether one from above reaches into it, and the last column in use."""

    number: int
    anchors: tuple[_Anchor, ...]
    reached: bool

    @property
    def filled(self) -> tuple[_Anchor, ...]:
        return tuple(a for a in self.anchors if a.text.strip())

    @property
    def used(self) -> tuple[_Anchor, ...]:
        return tuple(a for a in self.anchors if a.drawn or a.text.strip())

    @property
    def empty(self) -> bool:
        return not self.reached and not self.used

    @property
    def multi(self) -> bool:
        return self.reached or len(self.used) > 1

    @property
    def width(self) -> int:
        return max((a.right for a in self.used), default=0)


def write_sheet(sheet: Sheet, flow: Flow) -> None:
    """Write a sheet into the flow, top to bottom."""
    for run in _runs(_rows(sheet, flow)):
        for kind, rows in _parts(run, known=bool(sheet.drawn)):
            if kind and len(rows) > 1:
                _write_grid(rows, sheet, flow)
            else:
                _write_lines(rows, sheet, flow)


def _rows(sheet: Sheet, flow: Flow) -> Iterator[_Row]:
    merges = dict(sheet.merges)
    reaching: dict[int, int] = {}  # column → last row of the merged cell that covers it
    for number, texts in enumerate(sheet.rows):
        anchors = []
        reached = any(last >= number for last in reaching.values())
        column = 0
        while column < len(texts):
            if reaching.get(column, -1) >= number:
                column += 1
                continue
            anchor = _anchor(sheet, number, column, merges.get((number, column)), flow.limits.span)
            anchors.append(anchor)
            if anchor.rowspan > 1:
                reaching.update(dict.fromkeys(range(column, anchor.right), number + anchor.rowspan - 1))
            column = anchor.right
        yield _Row(number, tuple(anchors), reached)


def _anchor(sheet: Sheet, row: int, column: int, last: tuple[int, int] | None, limit: int) -> _Anchor:
    bottom, right = last or (row, column)
    drawn = sheet.drawn is not None and (row, column) in sheet.drawn
    text = sheet.rows[row][column]
    return _Anchor(text, row, column, min(bottom - row + 1, limit), min(right - column + 1, limit), drawn)


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
        return any(a.drawn for a in row.used)
    if row.multi:
        return True
    above = next((r for r in reversed(run[:index]) if r.multi), None)
    below = next((r for r in run[index + 1 :] if r.multi), None)
    return _is_table_row(row.filled[0], above, below, adjacent=below is not None and run[index + 1] is below)


def _is_table_row(cell: _Anchor, above: _Row | None, below: _Row | None, *, adjacent: bool) -> bool:
    """Whether a row with a single filled cell belongs to the table around it: as a caption, or as a label without values."""
    width = max(above.width if above else 0, below.width if below else 0)
    heading = _HEADING.match(cell.text) is not None
    if 1 < cell.colspan < width:
        return above is not None or (adjacent and not heading)
    if heading:
        return False
    if above is None:
        return adjacent and 1 < cell.colspan == width
    return below is not None or (len(cell.text) <= _LABEL_LENGTH and not _SENTENCE.search(cell.text))


def _write_lines(rows: list[_Row], sheet: Sheet, flow: Flow) -> None:
    for row in rows:
        texts = [a.text.strip("\n") for a in row.filled]
        if not texts:
            continue
        place = Place(row=row.number + 1, column=row.filled[0].column + 1, page=sheet.number)
        for line in "\t".join(texts).split("\n"):
            flow.line(line, place)


def _write_grid(rows: list[_Row], sheet: Sheet, flow: Flow) -> None:
    top, width = rows[0].number, max(row.width for row in rows)
    bottom = rows[-1].number + 1
    cells = [
        GridCell(
            a.text.strip("\n"),
            a.row - top,
            a.column,
            min(a.rowspan, bottom - a.row),
            min(a.colspan, width - a.column),
            a.row + 1,
        )
        for row in rows
        for a in row.anchors
        if a.column < width
    ]
    flow.count(len(cells))
    flow.grid(cells, page=sheet.number)
