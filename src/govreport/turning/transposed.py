"""A table whose rows are the columns of the form.

申请人 | 本年新收 | 上年结转        申请人   | 自然人 | 商业企业
自然人 | 3        | 0         →     本年新收 | 3      | 1
商业企业 | 1      | 2               上年结转 | 0      | 2
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence

from attrs import evolve

from govreport.model import Piece
from govreport.turning.sheets import Laid, Sheet, tells
from govreport.values import Kind, classify

__all__ = ["transposed"]


def transposed(sheets: Sequence[Sheet]) -> Mapping[int, Laid]:
    """Every table with rows for columns; columns at its ends that say nothing are left out."""
    return {index: Laid(_cells(sheet)) for index, sheet in enumerate(sheets) if _is_headed(sheet)}


def _is_headed(sheet: Sheet) -> bool:
    """Whether, where one column alone has values, each has its label beside it: their order is that of the values."""
    valued = [at for at in range(sheet.width) if any(classify(row[at].text) is Kind.NUMBER for row in sheet.at)]
    if len(valued) != 1 or not valued[0]:
        return True
    return all(row[valued[0] - 1].text.strip() for row in sheet.at if not tells(row[valued[0]]))


def _cells(sheet: Sheet) -> list[Piece]:
    filled = [column for column in range(sheet.width) if any(row[column].text.strip() for row in sheet.at)]
    kept = [(column - filled[0], row, piece) for row, column, piece in sheet.corners() if filled[0] <= column <= filled[-1]]
    kept.sort(key=operator.itemgetter(0, 1))
    return [evolve(piece, row=row, column=column, rowspan=piece.colspan, colspan=piece.rowspan) for row, column, piece in kept]
