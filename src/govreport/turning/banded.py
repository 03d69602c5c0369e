"""Parts of a table whose rows have no labels, below each other, each under its own header, beside each other again.

复议 | 复议
维持 | 纠正           复议 | 复议 | 诉讼 | 诉讼
1    | 0       →      维持 | 纠正 | 维持 | 纠正
诉讼 | 诉讼           1    | 0    | 2    | 3
维持 | 纠正
2    | 3
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from govreport.model import Piece
from govreport.turning.sheets import Laid, Sheet, tells

__all__ = ["banded"]

_Row = Sequence[Piece]
_MOST_BANDS = 6
"""Parts; no form has more in one table."""


def banded(sheets: Sequence[Sheet]) -> Mapping[int, Laid]:
    """Tables, one or several that follow one another, that are such parts and nothing else: all beside the first."""
    bands = [list(_bands(sheet)) for sheet in sheets]
    found: dict[int, Laid] = {}
    for parted, group in itertools.groupby(range(len(sheets)), key=lambda index: bool(bands[index])):
        lot = list(group)
        own = [band for index in lot for band in bands[index]]
        if parted and 1 < len(own) <= _MOST_BANDS:
            found |= {lot[0]: Laid(_beside(own)), **{index: Laid(()) for index in lot[1:]}}
    return found


def _bands(sheet: Sheet) -> Iterator[Sequence[_Row]]:
    """The parts: lines of labels and one line of values; none if something else stands in the table."""
    ends = [at for at, row in enumerate(sheet.at, 1) if not any(map(tells, row))]
    starts = [0, *ends[:-1]]
    if ends and ends[-1] == sheet.height and all(end - start > 1 for start, end in zip(starts, ends, strict=True)):
        yield from (sheet.at[start:end] for start, end in zip(starts, ends, strict=True))


def _beside(bands: Sequence[Sequence[_Row]]) -> list[Piece]:
    """The cells of the parts side by side, their values on one line."""
    height = max(map(len, bands))
    cells: dict[int, Piece] = {}
    for band, left in zip(bands, itertools.accumulate((len(band[0]) for band in bands), initial=0), strict=False):
        for row, line in enumerate(band, height - len(band)):
            for column, cell in enumerate(line, left):
                cells.setdefault(id(cell), evolve(cell, row=row, column=column))
    return sorted(cells.values(), key=lambda cell: (cell.row or 0, cell.column or 0))
