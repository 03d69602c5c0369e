"""The framework: how a rule is made, run, chosen, and put into words."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from govreport.checks import builtin_rules, run
from govreport.checks.rules import Both, Case, Outcome, describe, found, rule, skip
from govreport.errors import PluginError
from govreport.forms import builtin_forms
from govreport.model import Finding, Place, Severity
from govreport.testing import make_report

REPORT = make_report(builtin_forms()[-1], dict.fromkeys(builtin_forms()[-1].cells, 0))


@rule(
    "unit.example",
    severity=Severity.INFO,
    source="an example",
    zh="{cell}为{actual}（{what}）",
    en="{cell} is {actual} ({what})",
)
def example(case: Case) -> Iterator[Outcome]:
    """An example of a rule."""
    cell = case.cells["requests.granted.natural_person"]
    yield found(cells=(cell,), cell=cell, actual=cell.value, what=Both("零", "nothing"))
    yield skip(("requests.new.total",), Both("没有看", "not looked at"))


def test_a_rule_says_what_it_found_in_both_languages() -> None:
    result = run(REPORT, [example])
    (finding,) = result
    assert finding.message == "表三“（一）予以公开”行“自然人”列为0（零）"
    assert finding.text("en") == "Table 三, row “（一）予以公开” (granted), column “自然人” (natural person) is 0 (nothing)"
    assert result.ran == ("unit.example",)
    assert (result.skipped[0].text(), result.skipped[0].text("en")) == ("没有看", "not looked at")
    assert example.title == "An example of a rule."


def test_a_cell_is_described_with_its_page() -> None:
    cell = attrs.evolve(next(iter(REPORT.cells)), place=Place(page=3, table=1, row=2, column=3))
    assert describe(cell).zh.endswith("（第3页）")
    assert describe(cell).en.endswith("(page 3)")


def test_a_cell_of_a_table_without_row_labels_is_described_by_its_column() -> None:
    cell = REPORT.cell("disputes.litigation_direct.total")
    spec = builtin_forms()[-1].cells["disputes.litigation_direct.total"]
    assert cell is not None
    assert describe(cell, spec).zh == "表四“行政诉讼·未经复议直接起诉·总计”列"


@pytest.mark.parametrize(
    ("select", "ignore", "ran"),
    [
        (["unit"], [], 1),
        (["unit.example"], [], 1),
        (["unit.*"], [], 1),
        (["uni"], [], 0),
        (["arithmetic"], [], 0),
        ([], ["unit"], 0),
        (["unit"], ["unit.example"], 0),
    ],
)
def test_rules_are_chosen_by_code_or_family(select: list[str], ignore: list[str], ran: int) -> None:
    assert len(run(REPORT, [example], select=select, ignore=ignore).ran) == ran


def test_doubts_of_the_reading_come_first_and_are_said_once() -> None:
    doubt = Finding(code="unit.example", severity=Severity.ERROR, message="x", cells=("requests.granted.natural_person",))
    other = Finding(code="reading.inferred", severity=Severity.WARNING, message="y")
    findings = run(attrs.evolve(REPORT, doubts=(other, doubt)), [example]).findings
    assert findings == (other, doubt)
    assert run(attrs.evolve(REPORT, doubts=(other,)), [example], ignore=["reading"]).findings[0].code == "unit.example"


def test_a_rule_may_be_limited_to_a_form() -> None:
    assert run(REPORT, [attrs.evolve(example, forms=frozenset({"none"}))]).ran == ()


def test_a_rule_that_fails_is_an_error_that_names_it() -> None:
    @rule("unit.broken", severity=Severity.INFO, source="", zh="", en="")
    def broken(case: Case) -> Iterator[Outcome]:
        yield found(cells=(case.cells["no such key"],))

    with pytest.raises(PluginError, match=r"unit\.broken") as error:
        run(REPORT, [broken])
    assert isinstance(error.value.__cause__, KeyError)


def test_every_rule_says_where_it_comes_from() -> None:
    codes = [r.code for r in builtin_rules()]
    assert len(codes) == len(set(codes))
    for item in builtin_rules():
        assert item.source
        assert item.zh
        assert item.en
        assert item.title.endswith(".")
