"""Copies of a table of which lines above them say the year: this report's is read, and not doubted for the others."""

from __future__ import annotations

import pytest
from tests.binding.doubting import named
from tests.binding.grids import REPORT, WAYS, Write, cells_of

import govreport
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, values_for

HEADINGS = ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
BEFORE = make_report(builtin_forms()[-1], values_for(builtin_forms()[-1], "unique", dice(6)))

written = pytest.mark.parametrize("write", WAYS)


def page(write: Write, first: str, second: str, *, own: int) -> str:
    """Tables 三 and 四 twice each, this report's `own`-th, with lines above them."""
    order = (REPORT, BEFORE) if own == 0 else (BEFORE, REPORT)
    text = [REPORT.title or ""]
    for number, heading in enumerate(HEADINGS, 1):
        copies = [write(cells_of(report.tables[number])) for report in order]
        text += [heading, first, copies[0], second, copies[1]]
    return "\n\n".join(filter(None, text))


def read_own(text: str) -> bool:
    """Whether the cells are those of the report itself."""
    told = govreport.loads(text)
    return all(told[key] == value for key, value in REPORT.values().items() if not key.startswith("disclosure."))


@written
@pytest.mark.parametrize(("first", "second"), [("2022年度", "2023年度"), ("上年度情况", "本年度情况"), ("（2022年数据）", "")])
def test_a_table_of_another_year_before_it_is_not_read(first: str, second: str, write: Write) -> None:
    assert read_own(page(write, first, second, own=1))


@written
@pytest.mark.parametrize("second", ["附：2022年情况表", "上年度情况", "去年同期"])
def test_a_table_of_another_year_behind_it_casts_no_doubt(second: str, write: Write) -> None:
    text = page(write, "", second, own=0)
    assert read_own(text)
    assert not {key for key in named(govreport.loads(text)) if key.startswith("requests.")}


@written
def test_where_no_line_tells_the_year_all_copies_that_differ_are_doubted(write: Write) -> None:
    text = page(write, "情况表", "情况表", own=0)
    assert {key for key in REPORT.values() if key.startswith("requests.")} <= named(govreport.loads(text))
