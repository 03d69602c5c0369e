"""The kit itself: reports are what their regime says, verdicts those of the scorer, documents know where their cells stand."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.forms import FormSpec, builtin_forms
from govreport.model import Cell, Finding, Report, Severity, Status, Table
from govreport.testing import (
    BLANKS,
    REGIMES,
    blank,
    broken,
    dice,
    judge,
    judge_error,
    make_report,
    plant,
    text_of,
    values_for,
)
from govreport.testing.document import Document
from govreport.testing.matrix import subjects
from govreport.testing.strategies import Sample, forms, samples, seeds

ADD_UP = ("consistent", "sparse", "large", "zeros")


@given(form=forms(), regime=st.sampled_from(sorted(REGIMES)), seed=seeds())
def test_a_regime_is_what_it_says(form: FormSpec, regime: str, seed: int) -> None:
    values = values_for(form, regime, dice(seed))
    assert list(values) == list(form.cells)
    assert bool(broken(form, values)) == (regime not in ADD_UP)
    assert all(isinstance(v, Decimal) == (form.cells[k].kind == "amount") for k, v in values.items())
    assert all(v >= 0 or form.cells[k].kind == "change" for k, v in values.items() if isinstance(v, int | Decimal))


@given(form=forms(), seed=seeds())
def test_in_the_unique_regime_all_cells_differ_and_nothing_adds_up(form: FormSpec, seed: int) -> None:
    values = values_for(form, "unique", dice(seed))
    assert len(set(values.values())) == len(values)
    assert len(broken(form, values)) == len(form.relations)


@given(form=forms(), seed=seeds(), count=st.integers(1, 3))
def test_planted_inconsistencies_are_known(form: FormSpec, seed: int, count: int) -> None:
    rng = dice(seed)
    values, planted = plant(form, values_for(form, "sparse", rng), rng, count)
    assert len(planted) == count
    assert all(values[p.cell] == p.printed != p.consistent for p in planted)
    assert {p.cell for p in planted} <= {key for r in broken(form, values) for key in (*r.left, *r.right)}


@given(form=forms(), seed=seeds(), share=st.floats(0, 1))
def test_blanks_over_zeros_break_nothing(form: FormSpec, seed: int, share: float) -> None:
    rng = dice(seed)
    values = blank(values_for(form, "sparse", rng), rng, share, zeros_only=True)
    assert not broken(form, values)


@given(sample=samples())
def test_a_built_report_has_every_cell_of_its_form(sample: Sample) -> None:
    report = sample.report
    form = next(f for f in builtin_forms() if f.name == report.form)
    assert [cell.key for cell in report.cells] == list(form.cells)
    assert all((cell.value is None) == ((cell.raw or "") in BLANKS) for cell in report.cells)
    assert all((cell.value is None) == (cell.status is Status.BLANK) for cell in report.cells)


def test_an_unknown_key_or_form_is_refused() -> None:
    with pytest.raises(KeyError, match="no cell"):
        make_report("2021", {"requests.nothing": 1})
    with pytest.raises(KeyError, match="2021"):
        make_report("1949", {})
    with pytest.raises(ValueError, match="neither"):
        make_report("2021", {"requests.new.total": "many"})


@given(sample=samples(regime="unique", special=False), subject=st.sampled_from(subjects()))
def test_a_document_knows_where_its_numbers_stand(sample: Sample, subject: object) -> None:
    document = Document.of(sample.report, subject)  # type: ignore[arg-type]  # one of the subjects
    for key, span in document.positions().items():
        assert document.parts[span.part].text[span.start : span.end] == document.shown[key]


def test_a_text_is_cut_at_its_headings() -> None:
    report = make_report("2021", values_for(builtin_forms()[1], "unique", dice(1)))
    text = text_of(report, subjects(("tabs",))[0])
    document = Document.of_text(text, "2021", Document.of(report, subjects(("tabs",))[0]).by_label)
    assert document.text == text
    assert [p.number for p in document.parts if p.kind == "heading"] == list("一二三四五六")
    assert len(document.positions()) == 200


def report_of(*cells: Cell) -> Report:
    return Report(tables=(Table(name="t", section="四", title="", cells=cells),))


def cell(value: int | None, status: Status = Status.READ, key: str = "k") -> Cell:
    return Cell(key=key, label="四|" + key, form="2021", value=value, status=status)


def finding(code: str, *cells: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message="", cells=cells)


@pytest.mark.parametrize(
    ("want", "have", "findings", "verdict"),
    [
        ("1", cell(1), [], "right"),
        ("1.0", cell(1), [], "right"),
        ("1", cell(1, Status.INFERRED), [], "right doubted"),
        ("1", cell(1), [finding("reading.short_row", "k")], "right doubted"),
        ("1", cell(1), [finding("arithmetic.row_total", "k")], "right"),
        ("1", cell(2), [], "wrong silent"),
        ("1", cell(2), [finding("structure.row", "k")], "wrong silent"),
        ("1", cell(2, Status.INFERRED), [], "wrong doubted"),
        ("1", cell(None, Status.MISSING), [], "missing doubted silent"),
        ("1", cell(None, Status.MISSING), [finding("structure.row", "k")], "missing doubted"),
        (None, cell(None, Status.BLANK), [], "blank"),
        (None, cell(0), [], "wrong silent"),
        (None, cell(0, Status.INFERRED), [], "wrong doubted"),
    ],
)
def test_verdicts_are_those_of_the_scorer(want: str | None, have: Cell, findings: list[Finding], verdict: str) -> None:
    judgement = judge({"四|k": want}, report_of(have), findings)
    (found,) = judgement.cells
    assert verdict == " ".join([found.outcome, *["doubted"] * found.doubted, *["silent"] * found.silent])
    assert judgement["silent"] == verdict.endswith("silent")
    assert judgement["doubted"] == (verdict == "right doubted")


def test_a_cell_of_another_form_is_missing_and_an_invented_one_wrong() -> None:
    judgement = judge({"四|other": "3"}, report_of(cell(1)), [])
    assert {v.label: (v.outcome, v.silent) for v in judgement.cells} == {"四|other": ("missing", True), "四|k": ("wrong", True)}


def test_an_error_is_never_silent() -> None:
    judgement = judge_error({"四|k": "3", "四|l": None}, ValueError("no"))
    assert judgement["missing"] == judgement["printed"] == 1
    assert not judgement.silent
    assert attrs.evolve(judgement).error == "ValueError('no')"
