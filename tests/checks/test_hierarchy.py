"""A body against those below it."""

from __future__ import annotations

import attrs
import pytest

from govreport.checks import check_hierarchy
from govreport.forms import builtin_forms
from govreport.model import Report, Status
from govreport.testing import make_report

OLD, NEW = builtin_forms()
KEY = "disclosure.penalties.decisions"


def report(value: int, *, issuer: str, form: str = NEW.name, year: int = 2023, key: str = KEY) -> Report:
    spec = next(f for f in builtin_forms() if f.name == form)
    return make_report(spec, {k: value if k == key else 0 for k in spec.cells}, issuer=issuer, year=year)


def lacking(whole: Report, key: str) -> Report:
    tables = tuple(
        attrs.evolve(t, cells=tuple(attrs.evolve(c, status=Status.MISSING, value=None) if c.key == key else c for c in t.cells))
        for t in whole.tables
    )
    return attrs.evolve(whole, tables=tables)


def test_a_parent_that_is_the_sum_is_clean() -> None:
    result = check_hierarchy(report(5, issuer="甲县"), [report(2, issuer="乙局"), report(3, issuer="丙局")])
    assert not result
    assert result.coverage == 1.0
    line = next(s for s in result.sums if s.key == KEY)
    assert (line.parent, line.children, line.having, line.lacking, line.difference) == (5, 5, 2, (), 0)


def test_a_parent_that_differs_is_named() -> None:
    (finding,) = check_hierarchy(report(9, issuer="甲县"), [report(2, issuer="乙局"), report(3, issuer="丙局")])
    assert (finding.code, finding.cells, finding.expected, finding.actual) == ("hierarchy.sum", (KEY,), 5, 9)


def test_a_child_that_lacks_the_cell_is_named_and_counted() -> None:
    children = [report(2, issuer="乙局"), lacking(report(3, issuer="丙局"), KEY)]
    result = check_hierarchy(report(9, issuer="甲县"), children)
    assert not result
    (skipped,) = result.skipped
    assert skipped.cells == (KEY,)
    assert "丙局" in skipped.message
    assert result.coverage == pytest.approx(1 - 1 / (2 * len(NEW.cells)))


def test_children_that_exceed_the_parent_are_named_even_if_some_lack_the_cell() -> None:
    children = [report(12, issuer="乙局"), lacking(report(3, issuer="丙局"), KEY)]
    (finding,) = check_hierarchy(report(9, issuer="甲县"), children)
    assert "丙局未计入" in finding.message


def test_a_row_that_the_newer_form_splits_is_added_up() -> None:
    parent = report(4, issuer="甲县", form=OLD.name, key="requests.other.total")
    child = report(4, issuer="乙局", key="requests.other.fee_overdue.total")
    assert not check_hierarchy(parent, [child], select=["hierarchy.sum"])


def test_another_year_and_a_child_counted_twice_are_named() -> None:
    children = [report(0, issuer="乙局", year=2022), report(0, issuer="乙局")]
    assert [f.code for f in check_hierarchy(report(0, issuer="甲县"), children)] == ["hierarchy.year", "hierarchy.duplicate"]


def test_without_children_there_is_nothing_to_check() -> None:
    with pytest.raises(ValueError, match="at least one child"):
        check_hierarchy(report(0, issuer="甲县"), [])
