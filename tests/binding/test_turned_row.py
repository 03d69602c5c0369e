"""The one row of a table without row labels, written as rows of outcomes and columns of proceedings, in any layout."""

from __future__ import annotations

import pytest
from attrs import evolve

import govreport
from govreport import Report, Status
from govreport.forms import builtin_forms
from govreport.model import Piece, Role
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects

GRIDS = ("pipe_rows", "markdown", "html_without_spans", "tabs", "drawn", "boxed", "keyed", "keyed_nested", "tidy_pipes")
LINES = ("lines", "joined", "pipe_cells", "lines_tight_dropped", "tabs_one_line", "aligned", "data_frame")
PROCEEDINGS = ("行政复议", "未经复议直接起诉", "复议后起诉")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def read(layout: str) -> tuple[Report, Report]:
    """What was written so, and what was read."""
    form = builtin_forms()[-1]
    report = make_report(form, values_for(form, "unique", dice(3)))
    values = [str(cell.value) for cell in report.cells if cell.key.startswith("disputes.")]
    rows = [["类别", *PROCEEDINGS], *([name, *values[at::5]] for at, name in enumerate(OUTCOMES))]
    pieces = tuple(
        Piece(text, row, column, 1, 1, role=Role.VALUE if text.isdecimal() else Role.LABEL)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    tables = (*report.tables[:2], evolve(report.tables[2], pieces=pieces))
    return report, govreport.loads(text_of(evolve(report, tables=tables), subjects((layout,))[0]))


@pytest.mark.parametrize("layout", [*GRIDS, *LINES])
def test_each_value_is_that_of_its_labels(layout: str) -> None:
    written, found = read(layout)
    assert found.values() == written.values()


@pytest.mark.parametrize("layout", LINES)
def test_where_no_grid_says_so_it_is_doubted(layout: str) -> None:
    _, found = read(layout)
    assert {cell.status for cell in found.cells if cell.key.startswith("disputes.")} == {Status.INFERRED}
