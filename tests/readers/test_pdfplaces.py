"""PDF pages that lie askew, are cut off, or have something laid over them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.readers.test_pdf import HEIGHT, SIZE, WIDTH, XS, grid_of, read, rows_of, table, text

from govreport.source import Source

ROWS = [["甲", "乙", "丙"], ["规章", "12", ""], ["许可", "3", "4"]]
LOST = "\N{OBJECT REPLACEMENT CHARACTER}"
YS = (80.0, 100.0, 120.0, 140.0)


def rows(source: Source) -> list[list[str]]:
    (grid,) = source.grids
    return rows_of(grid)


@pytest.mark.parametrize("degrees", [-5.0, -0.4, 0.3, 2.0, 7.0])
def test_a_page_that_lies_askew_is_turned_back(degrees: float) -> None:
    def page(canvas: Any) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(degrees)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        table(canvas, XS, YS, grid_of(ROWS))
        canvas.rect(350, HEIGHT - 140, 100, 0.7, stroke=0, fill=1)
        text(canvas, 50, 300, "三、收到和处理")

    source = read(page)
    assert rows(source) == ROWS
    assert source.lines == ("三、收到和处理",)


def test_what_lies_otherwise_than_its_page_is_not_mixed_into_it() -> None:
    def page(canvas: Any) -> None:
        for line in range(12):
            text(canvas, 50, 300 + 20 * line, f"第{line}行")
        canvas.rotate(4)
        text(canvas, 120, 300, "九八七六五四")

    assert read(page).lines == tuple(f"第{line}行" for line in range(12))


def test_a_cell_cut_off_with_the_margin_holds_nobody_knows_what() -> None:
    def page(canvas: Any) -> None:
        canvas.translate(WIDTH - 290, 0)
        table(canvas, XS, YS, grid_of([["甲", "乙", "丙"], ["规章", "12", "7"], ["许可", "3", ""]]))

    assert rows(read(page)) == [
        ["甲", "乙", LOST],
        ["规章", "12", LOST],
        ["许可", "3", ""],
    ]


def test_a_circle_has_no_straight_edges() -> None:
    def page(canvas: Any) -> None:
        table(canvas, XS, YS, grid_of(ROWS))
        canvas.circle(250, HEIGHT - 110, 40)
        canvas.roundRect(60, HEIGHT - 260, 80, 40, SIZE)

    assert rows(read(page)) == ROWS
