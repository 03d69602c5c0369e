"""Rows that stand in one row of a grid, a line of each of its cells for every one."""

from __future__ import annotations

from attrs import evolve

from govreport.clearing.stacked import unstacked
from govreport.source import Grid, GridCell, Source

LABELS = ("规章", "文件", "许可", "处罚", "强制")


def grid(*rows: tuple[str, ...]) -> Source:
    cells = [GridCell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Source(lines=("上",), grids=(Grid(cells, 1, 1),))


def rows(source: Source) -> list[list[str]]:
    (found,) = source.grids
    return [[c.text for c in found.cells if c.row == row] for row in range(max(c.row for c in found.cells) + 1)]


STACKED = ("\n".join(LABELS), "1\n2\n3\n4\n5", "6\n\xa0\n8\n9\n10")


def test_they_are_rows_of_their_own() -> None:
    """An empty cell is empty in each of them."""
    source = grid(("名称", "制发", "废止", "备注"), (*STACKED, ""), ("合计", "15", "33", ""))
    assert rows(unstacked(source)) == [
        ["名称", "制发", "废止", "备注"],
        ["规章", "1", "6", ""],
        ["文件", "2", "\xa0", ""],
        ["许可", "3", "8", ""],
        ["处罚", "4", "9", ""],
        ["强制", "5", "10", ""],
        ["合计", "15", "33", ""],
    ]


def test_cells_that_do_not_agree_are_left_as_they_are() -> None:
    """Nor are two cells, or a few lines, enough; nor is anything moved below a cell that goes over several rows."""
    labels, first, second = STACKED
    sources = [grid((labels, first, "6\n8\n9\n10")), grid((labels, first)), grid(("规章\n文件", "1\n2", "3\n4"))]
    sources.append(grid(("结\n果\n维\n持", "结\n果\n纠\n正", "其\n他\n结\n果")))
    spanned = grid(("甲", *STACKED))
    cell, *others = spanned.grids[0].cells
    sources.append(evolve(spanned, grids=(Grid([cell._replace(rowspan=2), *others], 1, 1),)))
    assert all(unstacked(source) is source for source in sources)
    assert second in [cell.text for cell in sources[-1].grids[0].cells]
