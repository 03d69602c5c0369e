"""A document cut off in the middle of a table: its last cell is doubted, what seems empty behind it is missing."""

from __future__ import annotations

import pytest

import govreport
from govreport.model import Cell, Report, Status
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.build import form_named

FORM = form_named("2021")
REPORT = make_report(FORM, values_for(FORM, "unique", dice(7)))
TABS = next(layout for layout in govreport.default_engine().formats if layout.name == "tabs")
TEXT = text_of(REPORT, TABS)
LAST = "requests.partial.total"
SHOWN = str(REPORT[LAST])


def cut(behind: str, more: str = "") -> Report:
    """The text up to the last number of a row in the middle of table 三, and so much of that number."""
    row = "\t".join(str(REPORT[f"requests.partial.{column}"]) for column in ("legal_service", "other"))
    return govreport.loads(TEXT[: TEXT.index(row) + len(row)] + behind + more)


def cell_of(report: Report, key: str = LAST) -> Cell:
    cell = report.cell(key)
    assert cell is not None
    return cell


@pytest.mark.parametrize("digits", [1, len(SHOWN)])
def test_the_last_number_may_be_half_of_one(digits: int) -> None:
    cell = cell_of(cut("\t", SHOWN[:digits]))
    assert cell.status is Status.INFERRED
    assert cell.value == int(SHOWN[:digits])


def test_what_seems_empty_at_the_end_is_missing() -> None:
    report = cut("\t")
    assert cell_of(report).status is Status.MISSING
    assert cell_of(report, "requests.partial.other").status is Status.READ
    (finding,) = (f for f in report.doubts if f.code == "reading.cut_off")
    assert finding.cells == (LAST,)
    assert "中间结束" in finding.message


def test_nothing_is_doubted_where_the_text_goes_on() -> None:
    report = cut(f"\t{SHOWN}\n", "\n五、存在的主要问题及改进情况\n\n人手不足。\n")
    assert cell_of(report).status is Status.READ


def test_a_whole_table_at_the_end_is_doubted_only_without_a_line_end() -> None:
    text = TEXT[: TEXT.index("五、")].rstrip()
    last = "disputes.litigation_after_reconsideration.total"
    assert cell_of(govreport.loads(text + "\n"), last).status is Status.READ
    assert cell_of(govreport.loads(text), last).status is Status.INFERRED


def test_a_page_that_ends_in_a_cell() -> None:
    """There the mark of the reader tells, even where the row seems whole."""
    layout = next(layout for layout in govreport.default_engine().formats if layout.name == "grid")
    page = "<!DOCTYPE html><html><body>" + text_of(REPORT, layout)
    for digits in (0, 1):
        end = page.index(f">{SHOWN}<") + 1 + digits
        assert cell_of(govreport.load(page[:end].encode())).status is Status.MISSING
