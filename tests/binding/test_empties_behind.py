"""An empty row behind a table, as sheets have them, is none of it."""

from __future__ import annotations

import pytest

import govreport
from govreport.testing import dice, judge, make_report, values_for
from govreport.testing.build import form_named
from govreport.testing.document import Document
from govreport.testing.matrix import subjects

LAYOUTS = {layout.name: layout for layout in subjects()}
HOLE = "disputes.litigation_direct.other"


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("layout", ["boxed", "markdown", "separated"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_an_empty_row_behind_the_one_row_of_a_table(form: str, layout: str, rows: int) -> None:
    """Its values are in their columns also where one of them is empty."""
    values = {**values_for(form_named(form), "unique", dice(5)), HOLE: None}
    truth = Document.of(make_report(form, values, year=2023), LAYOUTS[layout])
    lines = truth.text.split("\n")
    total = str(values["disputes.litigation_after_reconsideration.total"])
    last = next(at for at, line in enumerate(lines) if total in line and "，" not in line)
    empty = "".join(character if character in "│|," else " " for character in lines[last])
    above = [lines[last - 1]] if layout == "boxed" else []
    text = "\n".join((*lines[: last + 1], *[*above, empty] * rows, *lines[last + 1 :]))
    report = govreport.loads(text)
    assert judge(truth.by_label, report, govreport.check(report)).whole
