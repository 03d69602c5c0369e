"""Empty cells of a grid that no sum tells of: blanks where every cell stands under the label of its column."""

from __future__ import annotations

import re

import pytest

import govreport
from govreport import Status
from govreport.binding import tables
from govreport.binding.doubting.beneath import UnderHeader, are_beneath
from govreport.forms import builtin_forms
from govreport.model import Piece, Role
from govreport.testing import dice, make_report, values_for
from govreport.writers.html import to_html

FORM = builtin_forms()[-1]
VALUES = values_for(FORM, "unique", dice(7))
EMPTY = ("disclosure.rules.repealed", "requests.new.company", "requests.granted.total", "disputes.litigation_direct.other")
LABELS = (("维持",), ("纠正",), ("总计",))


def page() -> str:
    """A report whose numbers add up nowhere, with a few empty cells."""
    return to_html(make_report(FORM, VALUES | dict.fromkeys(EMPTY, "")))


def headed(*rows: str, columns: str = "123") -> UnderHeader:
    """A block with a cell for each character of its rows: `_` is empty, a letter a number of many digits."""
    header = [Piece(label, 0, int(at), 1, 1) for (label,), at in zip(LABELS, columns, strict=True)]
    said = {"_": "", "L": "54321"}
    cells = [[Piece(said.get(c, c), n, at, 1, 1) for at, c in enumerate(row, 1)] for n, row in enumerate(rows, 1)]
    return UnderHeader(header, LABELS, cells)


def test_a_page_with_blanks_that_no_sum_tells_of_is_matched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way is not needed for it: were it taken, this would fail."""
    monkeypatch.setattr(tables, "bind_table", None)
    report = govreport.load(page().encode())
    assert [cell.key for cell in report.cells if cell.status is Status.BLANK] == list(EMPTY)
    assert not report.doubts


def test_a_blank_cell_is_a_value_of_the_table_whichever_way_it_was_read() -> None:
    report = govreport.load(page().encode())
    blanks = [piece for table in report.tables for piece in table.pieces if piece.role is Role.VALUE and not piece.text]
    assert len(blanks) == len(EMPTY)


def test_a_row_that_lost_a_cell_is_not_matched_whole() -> None:
    damaged = re.sub(r'<td data-key="requests.partial.research"[^>]*>[^<]*</td>', "", page())
    read = {cell.key: cell.status for cell in govreport.load(damaged.encode()).cells}
    assert all(status is not Status.READ for key, status in read.items() if key.startswith("requests.partial."))


def test_every_cell_stands_under_the_label_of_its_column() -> None:
    assert are_beneath([headed("1_3", "123")])
    assert not are_beneath([headed("1_3", "123", columns="124")])
    assert not are_beneath([headed("1_3", "123", columns="213")])


def test_rows_that_are_unlike_the_others_decide_nothing() -> None:
    assert are_beneath([headed("12L", "3_4")])
    assert not are_beneath([headed("12L", "_34")])  # two numbers, perhaps
    assert not are_beneath([headed("123", *["1_3"] * 5)])  # a column is gone, perhaps
    assert not are_beneath([headed(*(f"1_{number}" for number in range(1, 8)))])  # the numbers of rows
