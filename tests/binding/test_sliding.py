"""Rows that stand a cell off, as one was lost and another came in: doubted where the sums of the form tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.binding.doubting import doubted
from tests.binding.grids import REPORT, WAYS, Write, as_page, cells_of, read

from govreport.forms import builtin_forms
from govreport.model import Report
from govreport.testing import dice, make_report, values_for

FORM = builtin_forms()[-1]
SUMMED = make_report(FORM, values_for(FORM, "consistent", dice(11)))
ROW = "requests.partial"
ROWS = {"requests.partial": (1, "（二）部分公开"), "disputes": (2, "")}
"""Of some rows the number of the table, and the label."""

written = pytest.mark.parametrize("write", WAYS)


def row_of(rows: list[list[str]], label: str) -> list[str]:
    """The row with that label; the last where it has none."""
    return next(row for row in rows if label in row) if label else rows[-1]


def changed(name: str, change: Callable[[list[str]], None], write: Write, report: Report = SUMMED) -> Report:
    """The report with one row changed."""
    number, label = ROWS[name]
    rows = cells_of(report.tables[number])
    change(row_of(rows, label))
    return read({number: rows}, write, report)


def move(came: int, lost: int) -> Callable[[list[str]], None]:
    """One cell is lost, another comes in elsewhere; both counted from the end."""

    def change(row: list[str]) -> None:
        del row[len(row) - lost]
        row.insert(len(row) + 1 - came, "17")

    return change


@written
@pytest.mark.parametrize(("name", "came", "lost"), [(ROW, 6, 2), (ROW, 2, 6), ("disputes", 1, 14), ("disputes", 12, 2)])
def test_a_row_that_stands_a_cell_off_is_doubted(name: str, came: int, lost: int, write: Write) -> None:
    assert doubted(changed(name, move(came, lost), write), name)


@written
@pytest.mark.parametrize("name", ROWS)
def test_a_row_with_a_wrong_number_is_not(name: str, write: Write) -> None:
    def change(row: list[str]) -> None:
        row[-3] = str(int(row[-3]) + 7)

    assert not doubted(changed(name, change, write), name)


def test_nobody_can_tell_where_nothing_adds_up() -> None:
    assert not doubted(changed(ROW, move(6, 2), as_page, REPORT), ROW)


@written
def test_a_row_that_ends_in_what_was_added_to_the_others_has_lost_a_cell(write: Write) -> None:
    rows = cells_of(REPORT.tables[1])
    for number, row in enumerate(rows[3:]):
        row.extend(["-"] * (number % 2 or ROWS[ROW][1] in row))
    row_of(rows, ROWS[ROW][1]).pop(-4)
    assert doubted(read({1: rows}, write), ROW)
