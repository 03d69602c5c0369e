"""A small table of rows and columns, as one row under the labels of both.

     | 维持 | 纠正              复议        | 诉讼                     | 复议 | 诉讼
复议 | 1    | 0          →     维持 | 纠正 | 维持 | 纠正      ←     维持 | 1    | 2
诉讼 | 2    | 3                1    | 0    | 2    | 3               纠正 | 0    | 3
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from govreport.model import Piece
from govreport.turning.sheets import Laid, Sheet, tells

__all__ = ["unrolled"]

_MOST_ROWS = 6
"""Rows with values: no form has more in one."""


def unrolled(sheets: Sequence[Sheet], *, across: bool = False) -> Mapping[int, Laid]:
    """The tables with several rows of values, and few; labels are told again for every row, as they cover all.

    Column by column if `across`.
    """
    laid = ((index, _cells(_transposed(sheet) if across else sheet)) for index, sheet in enumerate(sheets))
    return {index: Laid(cells, copies) for index, (cells, copies) in laid if cells}


def _transposed(sheet: Sheet) -> Sheet:
    return evolve(sheet, at=tuple(zip(*sheet.at, strict=True)))


def _cells(sheet: Sheet) -> tuple[list[Piece], list[Piece]]:
    """The row with its labels, and what stands in the corner above those of rows."""
    top = next((at for at, row in enumerate(sheet.at) if not all(map(tells, filter(_said, row)))), sheet.height)
    rows = sheet.at[top:]
    left = max((at + 1 for row in rows for at, cell in enumerate(row) if tells(cell)), default=0)
    wide = sheet.width - left
    if not (1 < len(rows) <= _MOST_ROWS and wide > 1 and left and top):
        return [], []
    cells = [
        *_over_rows(rows, left, wide),
        *(evolve(cell, row=left + at, column=column) for at in range(top) for column, cell in _repeated(sheet, at, left, rows)),
        *(
            evolve(cell, row=left + top, column=number * wide + column, rowspan=1, colspan=1)
            for number, row in enumerate(rows)
            for column, cell in enumerate(row[left:])
        ),
    ]
    return cells, [cell for row, column, cell in sheet.corners() if row < top and column < left and cell.text]


def _said(piece: Piece) -> bool:
    return bool(piece.text.strip())


def _over_rows(rows: Sequence[Sequence[Piece]], left: int, wide: int) -> Iterator[Piece]:
    """The labels of rows, each over the columns of its row."""
    for level in range(left):
        for number, row in enumerate(rows):
            if number == 0 or row[level] is not rows[number - 1][level]:
                yield evolve(row[level], row=level, column=number * wide, rowspan=1, colspan=wide)


def _repeated(sheet: Sheet, at: int, left: int, rows: Sequence[Sequence[Piece]]) -> Iterator[tuple[int, Piece]]:
    """A row of the header once for each row of values, the corner above the labels with the first."""
    cells = sheet.at[at]
    wide = sheet.width - left
    for number in range(len(rows)):
        for column in range(left, sheet.width):
            if column == left or cells[column] is not cells[column - 1]:
                yield number * wide + column - left, evolve(cells[column], rowspan=1, colspan=1)
