"""The relations: what is found, what is left alone, and which single change is proposed."""

from __future__ import annotations

import random
from collections.abc import Mapping

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport.checks import run
from govreport.forms import FormSpec, Relation, builtin_forms
from govreport.model import Cell, Finding, Report, Severity, Status
from govreport.testing import broken, make_report, plant, values_for

CLEAN = {
    "requests.new.natural_person": 3,
    "requests.new.total": 3,
    "requests.granted.natural_person": 3,
    "requests.granted.total": 3,
    "requests.concluded.natural_person": 3,
    "requests.concluded.total": 3,
}
FORMS = {form.name: form for form in builtin_forms()}


def full(form: FormSpec, values: Mapping[str, object]) -> Report:
    return make_report(form, {key: values.get(key, 0) for key in form.cells})  # type: ignore[misc]


def arithmetic(report: Report) -> list[Finding]:
    return list(run(report, select=["arithmetic"]))


def with_status(report: Report, key: str, status: Status) -> Report:
    def changed(cell: Cell) -> Cell:
        return attrs.evolve(cell, status=status) if cell.key == key else cell

    tables = tuple(attrs.evolve(t, cells=tuple(map(changed, t.cells))) for t in report.tables)
    return attrs.evolve(report, tables=tables)


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.name)
def test_what_adds_up_is_not_found_fault_with(form: FormSpec) -> None:
    result = run(full(form, CLEAN), select=["arithmetic"])
    assert not result
    assert not result.skipped
    assert "arithmetic.row_total" in result.ran


@given(st.sampled_from(builtin_forms()), st.integers(0, 2**32), st.sampled_from(["consistent", "sparse", "large", "zeros"]))
@settings(max_examples=60, deadline=None)
def test_consistent_reports_are_clean(form: FormSpec, seed: int, regime: str) -> None:
    assert not arithmetic(full(form, values_for(form, regime, random.Random(seed))))


@given(st.sampled_from(builtin_forms()), st.integers(0, 2**32), st.sampled_from(["unique", "inconsistent"]))
@settings(max_examples=60, deadline=None)
def test_exactly_the_broken_relations_are_told(form: FormSpec, seed: int, regime: str) -> None:
    values = values_for(form, regime, random.Random(seed))
    told = {(f.code, f.cells) for f in arithmetic(full(form, values))}
    assert told == {(f"arithmetic.{r.name}", r.left + r.right) for r in broken(form, values)}


@given(st.sampled_from(builtin_forms()), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_every_planted_inconsistency_is_named(form: FormSpec, seed: int) -> None:
    rng = random.Random(seed)
    values, planted = plant(form, values_for(form, "consistent", rng), rng, 2)
    findings = arithmetic(full(form, values))
    for item in planted:
        assert any(item.cell in finding.cells for finding in findings)


def test_the_message_names_reported_sum_computed_sum_and_parts() -> None:
    report = full(FORMS["2021"], CLEAN | {"requests.new.company": 4, "requests.new.research": 2})
    finding = next(f for f in arithmetic(report) if f.code == "arithmetic.row_total")
    assert (finding.actual, finding.expected) == (3, 9)
    assert "印为3，各项之和为9（自然人 3 + 商业企业 4 + 科研机构 2）" in finding.message
    assert "“一、本年新收政府信息公开申请数量”行" in finding.message
    assert "3 is printed, the parts add up to 9" in finding.text("en")
    assert "requests." not in finding.message + finding.text("en")


def test_the_balance_names_both_sides() -> None:
    report = full(FORMS["2019"], CLEAN | {"requests.carried_in.company": 2, "requests.carried_in.total": 2})
    findings = [f for f in arithmetic(report) if f.code == "arithmetic.balance"]
    assert [f.cells[0] for f in findings] == ["requests.new.company", "requests.new.total"]
    assert "表三“商业企业”列" in findings[0].message
    assert "二、上年结转政府信息公开申请数量 2" in findings[0].message


def test_a_blank_counts_as_nothing_and_is_listed() -> None:
    report = full(FORMS["2021"], CLEAN | {"requests.new.company": None, "requests.new.total": 5})
    finding = arithmetic(report)[0]
    assert finding.assumed_zero == ("requests.new.company",)
    assert "空白" in finding.message


def test_a_line_that_is_wholly_blank_is_left_alone() -> None:
    blank: dict[str, int | None] = {key: None for key in FORMS["2021"].cells if key.startswith("disputes.litigation_direct.")}
    result = run(full(FORMS["2021"], {**CLEAN, **blank}), select=["arithmetic"])
    assert not result
    assert not result.skipped


def test_a_blank_total_over_filled_parts_is_a_warning_of_its_own() -> None:
    report = full(FORMS["2021"], CLEAN | {"requests.concluded.natural_person": None})
    result = run(report, select=["arithmetic"])
    assert [f.code for f in result] == ["arithmetic.total_blank"]
    assert result.findings[0].suggestion == ("requests.concluded.natural_person", 3)
    assert {s.code for s in result.skipped} == {"arithmetic.row_total", "arithmetic.balance"}


@pytest.mark.parametrize("status", [Status.MISSING, Status.INFERRED])
def test_what_was_not_read_for_certain_is_skipped_and_never_accused(status: Status) -> None:
    report = with_status(full(FORMS["2021"], CLEAN | {"requests.new.total": 9}), "requests.new.total", status)
    result = run(report, select=["arithmetic"])
    assert not result
    assert {s.code for s in result.skipped} == {"arithmetic.row_total", "arithmetic.balance"}
    assert all(status.value in s.text("en") for s in result.skipped)


def test_the_one_change_that_puts_all_right_is_proposed() -> None:
    report = full(FORMS["2021"], CLEAN | {"requests.granted.natural_person": 8})
    findings = arithmetic(report)
    assert {f.code for f in findings} == {"arithmetic.row_total", "arithmetic.concluded"}
    assert {f.suggestion for f in findings} == {("requests.granted.natural_person", 3)}
    assert "由8改为3" in findings[0].message
    assert "from 8 to 3" in findings[0].english


def test_nothing_is_proposed_where_several_changes_would_do() -> None:
    report = full(FORMS["2021"], CLEAN | {"disputes.reconsideration.upheld": 2, "disputes.reconsideration.total": 5})
    assert [f.suggestion for f in arithmetic(report)] == [None]


def test_nothing_negative_is_proposed() -> None:
    report = full(FORMS["2021"], CLEAN | {"disputes.reconsideration.upheld": 0, "disputes.reconsideration.total": 0})
    assert not arithmetic(report)
    wrong = CLEAN | {
        "disputes.reconsideration.total": 0,
        "disputes.reconsideration.upheld": 1,
        "disputes.reconsideration.other": 1,
    }
    values = {f.suggestion[1] for f in arithmetic(full(FORMS["2021"], wrong)) if f.suggestion}
    assert all(value >= 0 for value in values)


def brute_force(form: FormSpec, values: dict[str, int]) -> list[tuple[str, int]]:
    """Every single change of a cell of table 三 that satisfies all its relations, tried one by one."""
    relations = [r for r in form.relations if r.right[0].startswith("requests.")]
    gaps = {r: sum(values[k] for k in r.right) - sum(values[k] for k in r.left) for r in relations}
    answers: list[tuple[str, int]] = []
    for key in (key for key in form.cells if key.startswith("requests.")):
        signs = {r: (key in r.left) - (key in r.right) for r in relations}
        steps = ((value, value - values[key]) for value in range(30) if value != values[key])
        answers += [(key, value) for value, step in steps if all(signs[r] * step == gaps[r] for r in relations)]
    return answers


@given(st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_proposals_are_exact(seed: int) -> None:
    """What is proposed is the only single change there is; where there is exactly one, it is proposed."""
    form, rng = FORMS["2019"], random.Random(seed)
    values = dict.fromkeys(form.cells, 0) | CLEAN
    for key in rng.sample([k for k in form.cells if k.startswith("requests.")], rng.choice((1, 1, 2))):
        values[key] = rng.randint(0, 5)
    answers = brute_force(form, values)
    proposals = {f.suggestion for f in arithmetic(full(form, values)) if f.code != "arithmetic.dispute_total"}
    if proposals:
        assert proposals == ({answers[0]} if len(answers) == 1 else {None})


def test_a_hybrid_is_weighed_by_the_form_of_its_cells() -> None:
    """Table 二 of one form and tables 三 and 四 of the other: each cell's relations are those of its own form, each once."""
    old, new = full(FORMS["2019"], CLEAN), full(FORMS["2021"], CLEAN | {"requests.new.total": 7})
    mixed = attrs.evolve(new, tables=(old.tables[0], *new.tables[1:]))
    codes = [f.code for f in arithmetic(mixed)]
    assert sorted(codes) == ["arithmetic.balance", "arithmetic.row_total"]


def test_relations_that_only_a_plugins_form_has_are_weighed_too() -> None:
    keys = ("disclosure.penalties.decisions", "disclosure.licensing.decisions")
    own = Relation(name="own", left=keys[:1], right=keys[1:])
    form = attrs.evolve(FORMS["2021"], name="own", relations=(own,))
    result = run(full(form, {keys[0]: 4}), forms={"own": form}, select=["arithmetic"])
    assert [(f.code, f.cells) for f in result] == [("arithmetic.relation", keys)]


def test_a_blank_whose_reading_is_in_doubt_accuses_nobody() -> None:
    form = builtin_forms()[-1]
    values = values_for(form, "unique", random.Random(1))
    key = "requests.granted.research"
    report = full(form, values)
    blank = with_status(report, key, Status.BLANK)
    doubt = Finding(code="reading.inferred", severity=Severity.WARNING, message="…", cells=(key,))
    relations = [f for f in run(attrs.evolve(blank, doubts=(doubt,)), select=["arithmetic"]) if key in f.cells]
    assert relations == []
    assert [f for f in arithmetic(blank) if key in f.cells]


def test_a_blank_total_whose_parts_are_in_doubt_accuses_nobody() -> None:
    total, part = "requests.concluded.natural_person", "requests.partial.natural_person"
    report = full(FORMS["2021"], CLEAN | {total: None, part: None})
    doubt = Finding(code="reading.inferred", severity=Severity.WARNING, message="…", cells=(part,))
    result = run(attrs.evolve(report, doubts=(doubt,)), select=["arithmetic"])
    assert not [f for f in result if total in f.cells and f.code == "arithmetic.balance"]
    assert "arithmetic.balance" in {s.code for s in result.skipped}
