"""Rows whose label comes again, or stands in another row's cell: nothing tells whose the values are, or they are the same."""

from __future__ import annotations

import pytest
from tests.binding.doubting import doubted
from tests.binding.grids import REPORT, WAYS, Rows, Write, cells_of, read

written = pytest.mark.parametrize("write", WAYS)
REFUSED = 8
"""The row of the table of requests that says 2.其他法律行政法规禁止公开."""


def table() -> list[list[str]]:
    """The table of requests, merged labels repeated."""
    return cells_of(REPORT.tables[1])


def changed(rows: Rows, at: int, column: int, text: str) -> list[list[str]]:
    """With another text in one cell."""
    return [[text if (n, j) == (at, column) else own for j, own in enumerate(row)] for n, row in enumerate(rows)]


@written
@pytest.mark.parametrize("other", ["4242", "0"])
def test_a_row_typed_twice_with_another_number_is_doubted(other: str, write: Write) -> None:
    rows = table()
    rows.insert(REFUSED + 1, changed(rows, REFUSED, 4, other)[REFUSED])
    assert doubted(read({1: rows}, write), "requests.refused.prohibited_by_law")


@written
def test_a_row_typed_twice_with_the_same_numbers_is_not(write: Write) -> None:
    rows = table()
    rows.insert(REFUSED + 1, rows[REFUSED])
    report = read({1: rows}, write)
    assert report.values() == REPORT.values()
    assert not doubted(report, "requests.refused.prohibited_by_law")


def test_values_behind_the_labels_of_two_rows_may_be_either_s() -> None:
    rows = table()
    assert rows[REFUSED][2].startswith("2.")
    joined = changed(rows, REFUSED - 1, 2, f"{rows[REFUSED - 1][2]}\n{rows[REFUSED][2]}")
    for write in WAYS:
        assert doubted(read({1: changed(joined, REFUSED, 2, "")}, write), "requests.refused.prohibited_by_law")
