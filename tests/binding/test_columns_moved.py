"""Columns of a web page's table in another order than the form's: read by their headers, or doubted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import govreport
from govreport import Report, Status
from govreport.formats import canvas
from govreport.forms import builtin_forms
from govreport.model import Table
from govreport.testing import dice, make_report, values_for

FORM = builtin_forms()[-1]
REPORT = make_report(FORM, values_for(FORM, "consistent", dice(5)))


def moved(table: Table, order: Sequence[int]) -> str:
    """The table with its last columns in that order, and every label in each of the cells that it covers."""
    rows = [["" if slot is None else slot[0].text for slot in row] for row in canvas.matrix(table)]
    fixed = len(rows[0]) - len(order)
    cells = [[*row[:fixed], *(row[fixed:][at] for at in order)] for row in rows]
    return "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in cells)


def read(number: int, order: Sequence[int]) -> Report:
    tables = [moved(t, order if at == number else range(len(canvas.matrix(t)[0]))) for at, t in enumerate(REPORT.tables)]
    sections = zip(
        ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"),
        tables,
        strict=True,
    )
    body = "".join(f"<p>{heading}</p><table>{rows}</table>" for heading, rows in sections)
    return govreport.load(f"<!DOCTYPE html><html><body><h1>{REPORT.title}</h1>{body}</body></html>".encode())


@pytest.mark.parametrize("order", [range(7), (6, 0, 1, 2, 3, 4, 5), (1, 0, 2, 3, 4, 5, 6)])
def test_columns_in_other_places_are_read_by_their_headers(order: Sequence[int]) -> None:
    assert read(1, order).values() == REPORT.values()


def test_groups_in_other_places_are_doubted() -> None:
    swapped = read(2, (5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 10, 11, 12, 13, 14))
    assert {cell.status for cell in swapped.cells if cell.key.startswith("disputes.")} == {Status.INFERRED}
