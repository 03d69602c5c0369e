r"""Tables whose columns stand in one cell each, a line for every row, as converters of pages without lines write them.

规章   | 3  | 0
文件   | 12 | 5     as a row of three cells: 规章\n文件\n许可, 3\n12\n8, 0\n5\n1
许可   | 8  | 1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from govreport.source import Cells, Grid, GridCell, Source

__all__ = ["unstacked"]

_FEWEST_LINES, _FEWEST_CELLS = 4, 3
"""Cells of one row with so many lines each, all with as many, and numbers among them: headers may be wrapped alike."""


def unstacked(source: Source) -> Source:
    """The source with such rows as the rows that they hold."""
    heights = [_stacked(grid.cells) for grid in source.grids]
    if not any(heights):
        return source
    return evolve(source, grids=tuple(map(_spread, source.grids, heights)))


def _stacked(cells: Cells) -> dict[int, int]:
    """The rows that hold others, and how many."""
    long = ((text, row) for text, row in zip(cells.texts, cells.rows, strict=True) if len(text) >= 2 * _FEWEST_LINES - 1)
    tall = {row for text, row in long if text.count("\n") >= _FEWEST_LINES - 1}
    if not tall or any(cell.rowspan > 1 for cell in cells):
        return {}
    found = {}
    for row in tall:
        lines = [cell.text.count("\n") + 1 for cell in cells if cell.row == row and cell.text]
        if len(lines) >= _FEWEST_CELLS and len(set(lines)) == 1 and _counts(cells, row):
            found[row] = lines[0]
    return found


def _counts(cells: Cells, row: int) -> bool:
    return any(line.isdecimal() for cell in cells if cell.row == row for line in cell.text.split("\n"))


def _spread(grid: Grid, heights: Mapping[int, int]) -> Grid:
    return evolve(grid, cells=sorted(_rows(grid, heights), key=lambda cell: (cell.row, cell.column))) if heights else grid


def _rows(grid: Grid, heights: Mapping[int, int]) -> Iterator[GridCell]:
    for cell in grid.cells:
        start = cell.row + sum(height - 1 for row, height in heights.items() if row < cell.row)
        count = heights.get(cell.row, 1)
        lines = cell.text.split("\n") if cell.row in heights and cell.text else [cell.text] + [""] * (count - 1)
        yield from (cell._replace(text=line, row=start + at) for at, line in enumerate(lines))
