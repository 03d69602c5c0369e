"""Cells written as the items of a list."""

from __future__ import annotations

from pathlib import Path

import pytest

import govreport
from govreport.clearing.bullets import unlist
from govreport.source import Source

SAMPLE = (Path(__file__).parent / "samples/lines/city_2019.txt").read_text("utf-8")


def source(*lines: str) -> Source:
    return Source(lines=lines)


@pytest.mark.parametrize("bullet", ["* ", "  - ", "• ", "\t+ ", "{number}. ", "{number}) "])
def test_items_with_values_are_cells(bullet: str) -> None:
    items = [text for _ in range(8) for text in ("规章", "3", "")]
    lines = [(bullet.format(number=number) + text).rstrip() for number, text in enumerate(items)]
    assert unlist(source("二、公开", *lines, "完")).lines == ("二、公开", *(text or "\xa0" for text in items), "完")


def test_a_report_set_so_reads_as_before() -> None:
    lines = SAMPLE.split("\n")
    inside = range(*(next(i for i, line in enumerate(lines) if line.startswith(heading)) for heading in ("二、", "五、")))
    headings = tuple(section.heading for section in govreport.loads(SAMPLE).sections if section.heading)
    marked = [f"- {line}" if i in inside and line and not line.startswith(headings) else line for i, line in enumerate(lines)]
    assert sum(line.startswith("- ") for line in marked) > 200
    report, plain = govreport.loads("\n".join(marked)), govreport.loads(SAMPLE)
    assert report.values() == plain.values()
    (here, there) = (cell.place for r in (report, plain) if (cell := r.cell("requests.granted.total")) is not None)
    assert here is not None
    assert there is not None
    assert (here.line, here.column) == (there.line, (there.column or 1) + 2)


def test_items_may_be_rows() -> None:
    """A mark before a row is none of its values; so it is before the row of a table that has no other beside it."""
    rows = [f"规章{number} {number} 7 12" for number in range(14)]
    last = ["行政复议 行政诉讼", "结果 其他", "5 6 7"]
    lines = ("二、公开", *(f"- {row}" for row in rows), "四、复议", *(f"- {row}" for row in last), "完", "- 一项", "- 二项")
    assert unlist(source(*lines)).lines == ("二、公开", *rows, "四、复议", *last, "完", "- 一项", "- 二项")


def test_lists_of_prose_stay() -> None:
    prose = source(*[f"- 第{number}项工作有序推进" for number in range(40)])
    assert unlist(prose) is prose or unlist(prose).lines == prose.lines


def test_short_lists_stay() -> None:
    few = source(*[f"- {number}" for number in range(8)])
    assert unlist(few).lines == few.lines


def test_a_printed_nothing_is_no_bullet() -> None:
    cells = source(*["规章", "-", "0", "-"] * 20)
    assert unlist(cells).lines == cells.lines


def test_lists_of_lists_are_rows_of_a_layout() -> None:
    rows = source(*[f"{begun} {number}" for number in range(10) for begun in ("- -", "  -", "  -")])
    assert unlist(rows).lines == rows.lines
