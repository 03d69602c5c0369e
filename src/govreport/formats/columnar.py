"""A table written column by column: the labels of its rows, then for each column its header and its values.

So PDF tools write what they take for columns of text. Some keep each header over its column, others write all headers first,
or only as many rows as a page holds; which rows and columns the values belong to is for the binder to count.

    规章
    办法
    本年制发件数
    3
    0
    现行有效件数
    12
    5
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from govreport.formats import canvas
from govreport.formats.pages import looks_like_page, page_lines
from govreport.formats.sketch import Sketch
from govreport.formats.tokens import tokens
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["ColumnFormat"]

_LONGEST_ROW = 16
"""No row of a form has so many cells: more values without a label between them are a column or several."""
_FEWEST = 5
"""Values below which nothing tells a column from a row."""
_LONGEST_VALUE = 24
_LABEL, _VALUE = "t", "v"


class ColumnFormat:
    """Column by column, a cell a line; an empty cell is a line of nbsp."""

    name = "columnar"
    carries = frozenset({"columns", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: how values and labels alternate, line by line."""
        if sketch.numbers < _FEWEST:
            return None
        signs = "".join(map(_sign, filter(None, section.lines)))
        runs = [len(run) for run in signs.split(_LABEL) if run]
        before, labels = signs.find(_VALUE), signs.count(_LABEL)
        fit = _long(runs) or _alternating(runs) or (len(runs) > 1 and 2 * before > labels)
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.addressed
        share = sketch.numbers / (sketch.numbers + 3 * others)
        reasons = (
            f"{len(runs)} runs of values, the longest of {max(runs, default=0)}",
            f"{before} of {labels} labels before the first",
        )
        return Claim(self.name, round((0.9 if fit else 0.2) * share, 3), reasons)

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a value, and a piece for each label, in the order of the text."""
        return tuple(_pieces(section))

    def render(self, table: Table) -> str:
        """The columns of labels row by row, then column by column what stands right of them."""
        grid = [[slot if slot is not None and slot[1] else None for slot in row] for row in canvas.matrix(table)]
        filled = [
            j for row in grid for j, slot in enumerate(row) if slot is not None and classify(slot[0].text) is not Kind.TEXT
        ]
        first = min(filled, default=0)
        labels = (slot for row in grid for slot in row[:first])
        values = (row[j] for j in range(first, len(grid[0]) if grid else 0) for row in grid)
        cells = (slot[0].text.replace("\n", "") for slot in (*labels, *values) if slot is not None)
        return canvas.flat(f"{text or chr(0xA0)}\n" for text in cells)


def _is_blank(line: str) -> bool:
    """Whether a line is an empty cell: nothing on it but an nbsp."""
    return "\xa0" in line and not line.strip()


@functools.lru_cache(maxsize=1 << 13)
def _sign(line: str) -> str:
    """What a line holds, a label or a value; nothing if it is empty or numbers a page."""
    bare = line.strip()
    if looks_like_page(line) or not (bare or _is_blank(line)):
        return ""
    return _VALUE if len(bare) <= _LONGEST_VALUE and classify(bare) is not Kind.TEXT else _LABEL


def _long(runs: list[int]) -> bool:
    """Whether most values stand in runs longer than any row."""
    return 2 * sum(size for size in runs if size > _LONGEST_ROW) > sum(runs)


def _alternating(runs: list[int]) -> bool:
    """Whether every value stands under a header of its own: columns of one row."""
    return len(runs) >= _FEWEST and max(runs) == 1


def _pieces(section: SourceSection) -> Iterator[Piece]:
    pages = page_lines(section)
    for index, line in enumerate(section.lines):
        if _is_blank(line):
            yield Piece("", place=section.place(index))
        elif index in pages:
            yield Piece(line.strip(), place=section.place(index))
        else:
            yield from (Piece(text, place=section.place(index, start)) for text, start in tokens(line))
