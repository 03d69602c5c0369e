"""Rows and items that stand in another place than the form has them are read by their labels."""

from __future__ import annotations

import pytest
from tests.binding.grids import REPORT, WAYS, Write, cells_of, read

from govreport import Report, Status

written = pytest.mark.parametrize("write", WAYS)


def is_whole(report: Report) -> bool:
    """Whether every cell is read as it is printed, and none is doubted."""
    return report.values() == REPORT.values() and {cell.status for cell in report.cells} == {Status.READ}


@written
@pytest.mark.parametrize(("row", "to"), [("予以公开", 1), ("上年结转", -1), ("（七）总计", -21), ("8.属于行政查询事项", 5)])
def test_a_row_in_another_place(row: str, to: int, write: Write) -> None:
    rows = cells_of(REPORT.tables[1])
    at = next(at for at, cells in enumerate(rows) if any(row in text for text in cells))
    rows.insert(at + to, rows.pop(at))
    assert is_whole(read({1: rows}, write))


@written
def test_items_in_another_order(write: Write) -> None:
    rows = cells_of(REPORT.tables[0])
    starts = [at for at, row in enumerate(rows) if row[0].startswith("第二十条")]
    blocks = [rows[start:stop] for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True)]
    order = [blocks[at] for at in (2, 0, 3, 1)]
    assert is_whole(read({0: [row for block in order for row in block]}, write))
