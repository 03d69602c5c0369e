"""Totals that stand otherwise than in the form: printed twice in every row, before their parts, or named a line above them."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

import govreport
from govreport.forms import builtin_forms
from govreport.model import Report, Status, Table
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.build import Layout
from govreport.testing.damage import BY_NAME, apply
from govreport.testing.document import Document
from govreport.testing.matrix import subjects
from govreport.testing.strategies import Sample
from govreport.testing.verdict import judge, truth_of

FORM = builtin_forms()[-1]
LABELS = 3
"""Columns before the values of table 三."""


@frozen
class Moved:
    """A layout that writes 总计 of table 三 before its parts, or, if it is only `above`, its header a line higher."""

    layout: Layout
    above: bool = False

    @property
    def name(self) -> str:
        return self.layout.name

    @property
    def carries(self) -> frozenset[str]:
        return self.layout.carries

    def render(self, table: Table) -> str:
        pieces = table.pieces
        if table.name == "requests" and self.above:
            pieces = tuple(evolve(p, row=0, rowspan=3) if p.text == "总计" and p.row == 1 else p for p in pieces)
            pieces = tuple(evolve(p, colspan=6) if p.text == "申请人情况" else p for p in pieces)
        elif table.name == "requests":
            last = max(p.column or 0 for p in pieces)
            places = {None: None} | {at: at + 1 if LABELS <= at < last else at for at in range(last)} | {last: LABELS}
            pieces = tuple(p if p.text == "申请人情况" else evolve(p, column=places[p.column]) for p in pieces)
        pieces = tuple(sorted(pieces, key=lambda p: (p.row or 0, p.column or 0)))
        return self.layout.render(evolve(table, pieces=pieces))


def written(layout: str, regime: str, *, above: bool) -> tuple[Report, Report]:
    """A report, and what is read of it where 总计 was moved."""
    report = make_report(FORM, values_for(FORM, regime, dice(5)))
    return report, govreport.loads(text_of(report, Moved(subjects((layout,))[0], above)))


def doubted(report: Report) -> bool:
    """Whether table 三 is only inferred."""
    return any(cell.status is Status.INFERRED for cell in report.cells if cell.key.startswith("requests."))


@pytest.mark.parametrize(("layout", "sure"), [("pipe_rows", True), ("tabs_shifted", True), ("joined", True), ("lines", False)])
def test_a_total_before_its_parts_is_read_where_rows_add_up(layout: str, *, sure: bool) -> None:
    """Where each cell has a line of its own, nothing but the sums tells that the total's column is the first."""
    report, read = written(layout, "consistent", above=False)
    assert read.values() == report.values()
    assert doubted(read) is not sure


@pytest.mark.parametrize(
    ("layout", "sure"), [("pipe_rows", True), ("tabs_repeated", True), ("aligned", True), ("joined", False)]
)
def test_a_total_before_its_parts_is_told_by_columns_and_doubted_without(layout: str, *, sure: bool) -> None:
    report, read = written(layout, "unique", above=False)
    assert read.values() == report.values()
    assert doubted(read) is not sure


@pytest.mark.parametrize("regime", ["unique", "consistent"])
@pytest.mark.parametrize("layout", ["pipe_rows", "tabs_repeated", "joined", "lines", "tabs_one_line"])
def test_a_total_named_a_line_above_its_place_stands_in_it(layout: str, regime: str) -> None:
    report, read = written(layout, regime, above=True)
    assert read.values() == report.values()
    assert not doubted(read)


@pytest.mark.parametrize(
    ("layout", "form", "regime", "seed"),
    [
        ("aligned", "2021", "zeros", 0),
        ("lines", "2021", "zeros", 0),
        ("lines", "2019", "zeros", 0),
        ("pipe_cells", "2019", "sparse", 12),
    ],
)
def test_rows_that_lack_a_value_where_totals_are_there_twice_are_doubted(
    layout: str, form: str, regime: str, seed: int
) -> None:
    share = 0.1 if layout == "aligned" else 0.5
    report = Sample(form=form, regime=regime, seed=seed, share=share).report
    document = apply(dice(1), Document.of(report, subjects((layout,))[0]), [BY_NAME["totals_repeated"]])
    read = govreport.loads(document.text)
    assert not judge(truth_of(report), read, govreport.check(read)).silent
