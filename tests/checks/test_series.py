"""Reports of one body over the years."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from govreport.checks import check_series
from govreport.forms import builtin_forms
from govreport.model import Finding, Report
from govreport.testing import make_report

OLD, NEW = builtin_forms()


def report(year: int, *, form: str = NEW.name, issuer: str = "青梧县水务局", **values: int | Decimal | None) -> Report:
    spec = next(f for f in builtin_forms() if f.name == form)
    given = {key.replace("__", "."): value for key, value in values.items()}
    return make_report(spec, {key: given.get(key, 0) for key in spec.cells}, year=year, issuer=issuer)


def found(*reports: Report) -> list[Finding]:
    return list(check_series(reports))


def test_years_that_follow_are_clean_in_any_order() -> None:
    first, second = report(2022, requests__carried_out__company=2), report(2023, requests__carried_in__company=2)
    assert found(first, second) == found(second, first) == []


def test_what_is_not_carried_over_is_named_by_column() -> None:
    (finding,) = found(report(2022, requests__carried_out__company=2), report(2023, requests__carried_in__company=3))
    assert (finding.code, finding.expected, finding.actual) == ("series.carried_over", 2, 3)
    assert finding.cells == ("requests.carried_in.company", "requests.carried_out.company")
    assert "2023年度" in finding.message
    assert "“商业企业”列" in finding.message


def test_a_missing_year_is_named_and_nothing_compared_across_it() -> None:
    findings = found(report(2021, requests__carried_out__company=2), report(2024))
    assert [f.code for f in findings] == ["series.missing_year", "series.missing_year"]
    assert "2022" in findings[0].message


def test_two_reports_of_a_year_are_named() -> None:
    assert [f.code for f in found(report(2023), report(2023))] == ["series.duplicate_year"]


def test_another_issuer_is_named_but_not_white_space() -> None:
    assert [f.code for f in found(report(2022), report(2023, issuer="白石县水务局"))] == ["series.issuer"]
    assert found(report(2022), report(2023, issuer="青梧县 水务局")) == []


def test_a_change_of_form_is_said() -> None:
    assert [f.code for f in found(report(2020, form=OLD.name), report(2021))] == ["series.form_change"]


def test_stocks_that_do_not_follow_are_warned_of() -> None:
    before = report(2022, disclosure__rules__in_force=10)

    def after(in_force: int) -> Report:
        return report(2023, disclosure__rules__in_force=in_force, disclosure__rules__issued=3, disclosure__rules__repealed=1)

    assert found(before, after(12)) == []
    (finding,) = found(before, after(13))
    assert (finding.code, finding.expected, finding.actual) == ("series.rolled_forward", 12, 13)


def test_items_of_the_older_form_follow_from_the_change() -> None:
    before = report(2019, form=OLD.name, disclosure__licensing__prior_items=10, disclosure__licensing__change=-2)
    good = report(2020, form=OLD.name, disclosure__licensing__prior_items=8)
    bad = report(2020, form=OLD.name, disclosure__licensing__prior_items=9)
    assert found(before, good) == []
    assert [f.code for f in found(before, bad)] == ["series.rolled_forward"]


def test_less_in_all_than_new_is_warned_of() -> None:
    after = report(2020, form=OLD.name, disclosure__rules__newly_disclosed=5, disclosure__rules__total_disclosed=4)
    assert [f.code for f in found(report(2019, form=OLD.name), after)] == ["series.less_than_new"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (Decimal("25.1"), Decimal(251_000), ["series.unit_slip"]),
        (Decimal(251_000), Decimal("30.2"), ["series.unit_slip"]),
        (Decimal("25.1"), Decimal(40), []),
        (Decimal("25.1"), Decimal(25100), ["series.jump"]),
    ],
)
def test_yuan_for_ten_thousand_yuan_is_told_from_growth(old: Decimal, new: Decimal, code: list[str]) -> None:
    years = report(2022, disclosure__fees__amount=old), report(2023, disclosure__fees__amount=new)
    assert [f.code for f in found(*years)] == code


@pytest.mark.parametrize(("old", "new", "jumps"), [(20, 900, 1), (0, 250, 0), (0, 400, 1), (900, 20, 1), (100, 400, 0)])
def test_jumps_are_named(old: int, new: int, jumps: int) -> None:
    years = report(2022, disclosure__penalties__decisions=old), report(2023, disclosure__penalties__decisions=new)
    assert [f.code for f in found(*years)] == ["series.jump"] * jumps


def test_a_report_without_a_year_is_left_out_and_said_so() -> None:
    result = check_series([report(2022), attrs.evolve(report(2023), year=None)])
    assert not result
    assert "青梧县水务局" in result.skipped[0].message


def test_rules_can_be_chosen() -> None:
    years = report(2022, requests__carried_out__company=2), report(2024)
    assert not check_series(years, ignore=["series.missing_year"])
    assert check_series(years, select=["series.missing_year"]).ran == ("series.missing_year",)
