"""Another report in the same document: what stands in both is not read from one as if there were no other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.binding.doubting import named

import govreport
from govreport.model import Report

Write = Callable[..., str]

OTHERS = str.maketrans("123456789", "357924681")
DISPUTES = "\n四、政府信息公开行政复议"


def read_unsaid(report: Report, start: str) -> list[str]:
    """The cells that have a value which no finding speaks against."""
    told = named(report)
    return [cell.key for cell in report.cells if cell.key.startswith(start) and cell.value is not None and cell.key not in told]


@pytest.mark.parametrize("layout", ["lines", "tabs", "joined"])
def test_tables_behind_one_that_follows_them_are_another_reports(written: Write, layout: str) -> None:
    text = written(layout)
    whole = govreport.loads(text)
    assert read_unsaid(whole, "disclosure.")
    report = govreport.loads(text[text.index(DISPUTES) :] + "\n" + text.translate(OTHERS))
    assert not read_unsaid(report, "disclosure.")
    assert not read_unsaid(report, "requests.")


def test_a_better_copy_in_a_later_section_does_not_pass_for_the_tables_own(written: Write) -> None:
    text = written("markdown")
    start, stop = text.index("\n三、"), text.index(DISPUTES)
    table = text[start:stop]
    poorer = re.sub(r"(\| \d+ ){2}\|$", "|", table, flags=re.MULTILINE)
    report = govreport.loads(f"{text[:start]}{poorer}{text[stop:]}\n别的报告\n{table.translate(OTHERS)[table.index('|') :]}")
    assert report.section("三")
    assert not [key for key in read_unsaid(report, "requests.") if report[key] != govreport.loads(text)[key]]


@pytest.mark.parametrize("layout", ["separated_lines", "lines"])
def test_a_header_parted_by_a_pages_end_is_no_less_there_twice(written: Write, layout: str) -> None:
    text = written(layout)
    start, stop = text.index("行政复议\n", text.index(DISPUTES) + len(DISPUTES)), text.index("\n五、")
    page = "\n\n青梧县水务局某年某月政府信息公开工作年度报告（续表，其余各栏见下页，以此类推）\n\n复议后起诉\n\n"
    table = text[start:stop].replace("复议后起诉\n", page)
    report = govreport.loads(f"{text[:start]}上一年度：\n\n{table}\n\n本年度：\n\n{table.translate(OTHERS)}{text[stop:]}")
    assert not read_unsaid(report, "disputes.")
