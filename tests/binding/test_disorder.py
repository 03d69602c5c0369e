"""Text that was not read as it is printed: headers shuffled, labels behind their values, numbers cut in halves."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

from tests.binding.doubting import doubted

import govreport
from govreport.binding.doubting.disorder import doubt_headless, doubt_steps
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.values import read_value

FORM = builtin_forms()[-1]
HEADERS = "自然人\n\n法人或其他组织\n\n总计\n\n商业企业\n\n科研机构\n\n社会公益组织\n\n法律服务机构\n\n其他\n\n"


def written(layout: str) -> str:
    return text_of(make_report(FORM, values_for(FORM, "unique", dice(7))), subjects((layout,))[0])


def test_shuffled_headers_cast_doubt_on_every_table_without_geometry() -> None:
    """The values of table 四 may be as shuffled as those of table 三, though its own headers do not show it."""
    text = written("lines")
    assert HEADERS in text
    shuffled = HEADERS.replace("商业企业", "甲").replace("法律服务机构", "商业企业").replace("甲", "法律服务机构")
    shuffled = shuffled.replace("科研机构", "甲").replace("社会公益组织", "科研机构").replace("甲", "社会公益组织")
    report = govreport.loads(text.replace(HEADERS, shuffled))
    assert doubted(report, "requests.granted")
    assert doubted(report, "disputes")


def test_a_total_before_the_other_headers_is_no_shuffle() -> None:
    text = written("lines")
    assert not doubted(govreport.loads(text), "disputes")
    before = text.replace(HEADERS, "总计\n\n" + HEADERS.replace("总计\n\n", ""))
    assert not doubted(govreport.loads(before), "disputes")


def test_merged_cells_that_come_again_in_the_next_row_are_no_shuffle() -> None:
    """A header written row by row, what reaches down into a row once more in it: the last row is the header."""
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    above = f"{note}\n\n自然人\n\n法人或其他组织\n\n总计\n\n{note}\n\n"
    values = {**values_for(FORM, "unique", dice(7)), "requests.granted.company": None}
    text = text_of(make_report(FORM, values), subjects(("lines",))[0])
    assert HEADERS in text
    header = HEADERS.replace("法人或其他组织\n\n总计\n\n", "") + "总计\n\n"
    plain, report = govreport.loads(text), govreport.loads(text.replace(HEADERS, above + header))
    assert report.values() == plain.values()
    assert not [finding for finding in govreport.check(report) if finding.code.startswith("reading.")]


def slot(text: str) -> Any:
    return SimpleNamespace(solid=bool(text), reading=read_value(text))


def own(start: int, *texts: str) -> Any:
    """A row as it was found: where its label begins, and what follows it."""
    return SimpleNamespace(match=SimpleNamespace(start=start), slots=[slot(text) for text in texts], weak=None)


def test_an_empty_row_without_a_header_is_doubted() -> None:
    """Its header and its value may stand elsewhere."""
    empty, filled = own(0, ""), own(9, "3")
    doubt_headless([empty, filled])
    assert empty.weak
    assert not filled.weak


def test_values_behind_the_last_label_are_missed_wherever_that_row_stands() -> None:
    """In the form's order the row 四 is the last one; here it is the first."""
    stream = SimpleNamespace(between=lambda start, stop: [slot("5")] * 7)  # noqa: ARG005 - as the stream's own
    rows = [own(40, *"1234567"), own(80, ",,,,,"), own(10, *"7654321")]
    doubt_steps(cast("Any", stream), rows, 7)
    assert all(row.weak for row in rows)


def test_a_row_below_numbers_without_a_label_is_doubted_where_numbers_are_broken() -> None:
    text = re.sub(r"(?<=\| )(\d\d)(\d+)(?= )", r"\1<br>\2", written("markdown"))
    line = next(line for line in text.split("\n") if "1.本机关不掌握相关政府信息" in line)
    firsts = re.sub(r"<br>\d+", "", line).replace("1.本机关不掌握相关政府信息", "")
    seconds = re.sub(r"\d+<br>", "", line)
    assert doubted(govreport.loads(text.replace(line, f"{firsts}\n{seconds}")), "requests.unavailable.not_held")


def test_what_rows_have_too_many_others_lack() -> None:
    """Four rows took a number of the row above each: with those that lack it, too many to believe the others."""
    text = written("lines_dropped")
    for label in ("2.其他法律", "4.保护第三方", "6.属于四类", "8.属于行政查询"):
        text = re.sub(rf"(\d+\n+)(\d+\n+)(?={label})([^\n]+\n+)", r"\1\3\2", text)
    assert not doubted(govreport.loads(written("lines_dropped")), "requests.not_processed")
    assert doubted(govreport.loads(text), "requests.not_processed.petition")


def test_a_header_that_lost_its_cell_is_in_no_order() -> None:
    """A browser shows it before the table: that it is the first of the columns, nothing says."""
    page = written("grid")
    cell = re.search(r"<td[^>]*>法律服务机构</td>", page)
    assert cell is not None
    lost = govreport.loads(page.replace(cell[0], "<|d>法律服务机构</td>"))
    assert doubted(lost, "requests.granted")
    assert not doubted(govreport.loads(page), "requests.granted")
