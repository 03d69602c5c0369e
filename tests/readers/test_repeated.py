"""Tables of which a page says nowhere that they are: rows of cells that repeat, and cells laid out in columns."""

from __future__ import annotations

import pytest

from govreport.readers.web.page import read_page
from govreport.source import GridCell, Limits, Source

PROSE = "甲乙丙丁戊己庚辛" * 10


def read(body: str) -> Source:
    return read_page(f"<html><body><p>上</p>{body}<p>下</p></body></html>".encode(), Limits())


def rows(row: str, cell: str, count: int = 10, end: str = "div") -> str:
    inner = "".join(f"<{cell}>{text}</{cell.partition(' ')[0]}>" for text in ("甲", "", "3"))
    return f"<{row}>{inner}</{end}>" * count


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{rows('div class=r', 'div')}</div>",
        f"<section>{rows('ul', 'li', end='ul')}</section>",
        rows("div class=r", "div"),  # between the paragraphs
        rows("p", "span class=c", end="p"),
        f"<div>{rows('div', 'div')}<div>注</div></div>",
    ],
)
def test_rows_that_repeat(body: str) -> None:
    source = read(body)
    assert (source.lines[0], source.lines[-1]) == ("上", "下")
    cells = [(c.text, c.row, c.column) for c in source.grids[0].cells]
    assert cells[:4] == [("甲", 0, 0), ("", 0, 1), ("3", 0, 2), ("甲", 1, 0)]


@pytest.mark.parametrize(
    "body",
    [
        rows("div", "div", 6),  # a few cells
        rows("p", "span", end="p"),  # what a page shows together
        f"<div>{rows('div', 'div').replace('3', PROSE)}</div>",
        f"<div>{rows('div', 'div').replace('<div></div>', '与')}</div>",
        f"<div>{rows('div', 'div').replace('甲', '<div>甲</div><div>乙</div>')}</div>",
        "<div>" + "<div><div>甲</div></div>" * 30 + "</div>",
        f"<table><tr>{'<td>1' * 20}</table>" + rows("div", "div"),
    ],
)
def test_what_is_no_table(body: str) -> None:
    assert not [cell for grid in read(body).grids for cell in grid.cells if cell.text == "甲"]


def test_a_small_one_is_a_table_where_a_large_one_is_made_so() -> None:
    large, small = rows("div class=r", "div"), rows("div class=r", "div", 2)
    assert len(read(f"<div>{large}</div><p>中</p><div>{small}</div>").grids) == 2
    assert not read(f"<div>{small}</div>").grids


def test_spans_that_a_program_notes() -> None:
    two = '<div><div data-rowspan="2">甲</div><div data-colspan="2">3</div></div><div><div>4</div><div>5</div></div>'
    cells = [(c.row, c.column, c.rowspan, c.colspan) for c in read(f"<div>{two * 10}</div>").grids[0].cells]
    assert cells[:3] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1)]


def laid_out(columns: str, *cells: tuple[str, str]) -> list[GridCell]:
    filled = "".join(f'<div style="{style}">{text}</div>' for text, style in cells) + "<i>9</i>" * 20
    (grid,) = read(f'<div style="display: grid; grid-template-columns: {columns}">{filled}</div>').grids
    return list(grid.cells)[: len(cells)]


@pytest.mark.parametrize("columns", ["repeat(3, 1fr)", "1fr 2fr 1fr"])
def test_cells_laid_out_in_columns(columns: str) -> None:
    """One after the other where there is room, or where each says."""
    cells = laid_out(columns, ("甲", "grid-row: span 2"), ("乙", "grid-column: span 2"), ("丙", ""), ("丁", ""), ("戊", ""))
    assert [(c.text, c.row, c.column) for c in cells] == [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 1), ("丁", 1, 2), ("戊", 2, 0)]
    placed = laid_out(columns, ("甲", "grid-row:2;grid-column:1"), ("乙", "grid-row:1 / 2;grid-column:2 / 4"), ("丙", ""))
    assert [(c.text, c.row, c.column, c.colspan) for c in placed][:2] == [("乙", 0, 0, 2), ("甲", 1, 0, 1)]


def test_absurd_spans_are_no_table() -> None:
    cells = '<i style="grid-row: span 9999; grid-column: span 9999">1</i>' * 500
    assert not read(f'<div style="display: grid; grid-template-columns: repeat(99, 1fr)">{cells}</div>').grids
