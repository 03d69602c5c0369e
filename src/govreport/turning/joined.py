"""Halves of a table that stand below each other, each with the labels of the rows, beside each other again.

      | 自然人 | 商业企业           | 自然人 | 商业企业 | 总计
新收  | 3      | 1          新收   | 3      | 1        | 4
（续表）                →
      | 总计
新收  | 4
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from govreport.model import Piece
from govreport.turning.sheets import Laid, Sheet, tells

__all__ = ["joined"]

_FEWEST_ROWS = 3
"""Rows that have the same labels."""


def joined(sheets: Sequence[Sheet]) -> Mapping[int, Laid]:
    """Tables that follow one another and have the same labels before all their rows, beside the first of them."""
    found: dict[int, Laid] = {}
    at = 0
    while at < len(sheets):
        lot = [at]
        while lot[-1] + 1 < len(sheets) and _goes_on([sheets[index] for index in lot], sheets[lot[-1] + 1]):
            lot.append(lot[-1] + 1)
        if len(lot) > 1:
            found |= _beside([sheets[index] for index in lot], at)
        at = lot[-1] + 1
    return found


def _goes_on(lot: Sequence[Sheet], sheet: Sheet) -> bool:
    """Whether a table has the same rows as those before it, and other columns: else it is another copy."""
    count = _labels(lot[0], sheet)
    heads = (_head(each, at) for each in lot for at in range(count, each.width))
    said = {head for head in heads if head}  # the second page of a table has none
    return count > 0 and said.isdisjoint(_head(sheet, at) for at in range(count, sheet.width))


def _head(sheet: Sheet, at: int) -> tuple[str, ...]:
    return tuple(row[at].text for row in sheet.at if tells(row[at]))


def _labels(one: Sheet, other: Sheet) -> int:
    """How many columns both begin with, if these are the labels of their rows, and something else stands behind them."""
    if one.height != other.height or one.height < _FEWEST_ROWS:
        return 0
    same = (_column(one, at) == _column(other, at) for at in range(min(one.width, other.width)))
    count = next((at for at, equal in enumerate(same) if not equal), min(one.width, other.width))
    rows = sum(any(tells(cell) for cell in row[:count]) for row in one.at)
    alone = all(_ends(sheet, count) for sheet in (one, other))
    return count if count < min(one.width, other.width) and rows >= one.height - 1 and alone else 0


def _column(sheet: Sheet, at: int) -> list[str]:
    return ["".join(row[at].text.split()) for row in sheet.at]


def _ends(sheet: Sheet, count: int) -> bool:
    """Whether no cell covers both labels and what stands behind them."""
    return not any(0 < count < len(row) and row[count - 1] is row[count] for row in sheet.at)


def _beside(sheets: Sequence[Sheet], at: int) -> dict[int, Laid]:
    """The first with the columns of the others behind its own; the labels of these are copies."""
    first, width = sheets[0], sheets[0].width
    cells = [evolve(piece, row=row, column=column) for row, column, piece in first.corners()]
    copies: dict[int, list[Piece]] = {}
    for number, sheet in enumerate(sheets[1:], at + 1):
        count = _labels(first, sheet)
        corners = list(sheet.corners())
        copies[number] = [piece for _, column, piece in corners if column < count]
        cells += (evolve(piece, row=row, column=column - count + width) for row, column, piece in corners if column >= count)
        width += sheet.width - count
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return {at: Laid(cells), **{number: Laid((), texts) for number, texts in copies.items()}}
