"""Columns in another order than the form's: read by their headers, or doubted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.binding.grids import REPORT, WAYS, Write, as_page, cells_of, read

from govreport import Report, Status

written = pytest.mark.parametrize("write", WAYS)


def moved(number: int, order: Sequence[int], write: Write) -> Report:
    """The report with the last columns of one table in that order."""
    rows = cells_of(REPORT.tables[number])
    fixed = len(rows[0]) - len(order)
    return read({number: [[*row[:fixed], *(row[fixed:][at] for at in order)] for row in rows]}, write)


@written
@pytest.mark.parametrize("order", [range(7), (6, 0, 1, 2, 3, 4, 5), (1, 0, 2, 3, 4, 5, 6)])
def test_columns_in_other_places_are_read_by_their_headers(order: Sequence[int], write: Write) -> None:
    assert moved(1, order, write).values() == REPORT.values()


@written
def test_groups_in_other_places_are_doubted(write: Write) -> None:
    swapped = moved(2, (5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 10, 11, 12, 13, 14), write)
    assert Status.READ not in {cell.status for cell in swapped.cells if cell.key.startswith("disputes.")}
    assert moved(2, range(15), as_page).values() == REPORT.values()
