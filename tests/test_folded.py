"""Data frames that were printed in parts, because their rows are longer than a line, are one again."""

from __future__ import annotations

import pytest

import govreport
from govreport.clearing.folded import unfolded
from govreport.formats import canvas
from govreport.forms import builtin_forms
from govreport.model import Table
from govreport.source import Source
from govreport.testing import dice, make_report, values_for
from govreport.textwidth import pad, text_width

FORM = builtin_forms()[-1]
REPORT = make_report(FORM, values_for(FORM, "unique", dice(11)))


def printed(table: Table, *, first: int, end: str, names: str) -> str:
    """Four columns a part, each as wide as its widest cell."""
    rows = [["" if slot is None else slot[0].text for slot in row] for row in canvas.matrix(table)]
    lines = list[str]()
    for at in range(0, len(rows[0]), 4):
        columns = [
            [f"{names}{at + n}", *column] for n, column in enumerate(zip(*(row[at : at + 4] for row in rows), strict=True))
        ]
        widths = [max(map(text_width, column)) for column in columns]
        index = ["", *map(str, range(first, first + len(rows)))]
        last = at + 4 >= len(rows[0])
        lines += [
            "  ".join([number.ljust(3), *(pad(text, width, right=True) for text, width in zip(line, widths, strict=True))])
            + (end if not (number or last) else "")
            for number, line in zip(index, zip(*columns, strict=True), strict=True)
        ]
        lines += [""] if end else []
    return "\n".join(lines)


@pytest.mark.parametrize(("first", "end", "names"), [(0, "  \\", ""), (1, "", "V")], ids=["with blank lines", "without"])
def test_the_parts_of_a_frame_are_read_as_one(first: int, end: str, names: str) -> None:
    headings = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
    tables = [printed(table, first=first, end=end, names=names) for table in REPORT.tables]
    text = "\n".join(f"{heading}\n{table}\n" for heading, table in zip(headings, tables, strict=True))
    assert govreport.loads(f"{REPORT.title}\n\n{text}").values() == REPORT.values()


def test_lines_keep_their_places() -> None:
    source = unfolded(Source(lines=("前", "   0  1 \\", "0  规  3  ", "1  文  5  ", "", "   2", "0  7", "1  9", "后")))
    assert [line.split() for line in source.lines[1:4]] == [["0", "1", "2"], ["0", "规", "3", "7"], ["1", "文", "5", "9"]]
    assert [source.place(index).line for index in range(6)] == [1, 2, 3, 4, 5, 9]


@pytest.mark.parametrize(
    "lines",
    [
        ("  规章", "1  甲", "2  乙", "  文件", "3  丙", "4  丁"),
        ("  规章", "1  甲", "2  乙", "说明", "  文件", "1  丙", "2  丁"),
        ("规章", "1  甲", "2  乙", "文件", "1  丙", "2  丁"),
        ("  规章", "1  甲  3", "2  乙", "  文件", "1  丙", "2  丁"),
        ("   0  1", "0  规  3", "1  文  5", "", "   0  1", "0  许  7", "1  罚  9"),
    ],
    ids=["other numbers", "text between", "no header", "a line cut off", "two frames"],
)
def test_other_lines_stay(lines: tuple[str, ...]) -> None:
    assert unfolded(Source(lines=lines)).lines == lines
