"""Two reports side by side."""

from __future__ import annotations

import attrs

from govreport.comparison import compare
from govreport.forms import builtin_forms
from govreport.model import Paragraph, Report
from govreport.testing import make_report

OLD, NEW = builtin_forms()


def report(form: str = NEW.name, **values: int | None) -> Report:
    spec = next(f for f in builtin_forms() if f.name == form)
    given = {key.replace("__", "."): value for key, value in values.items()}
    return make_report(spec, {key: given.get(key, 0) for key in spec.cells})


def test_a_report_does_not_differ_from_itself() -> None:
    result = compare(report(), report())
    assert not result
    assert result.same == len(NEW.cells)
    assert result.incomparable == ()


def test_changed_cells_are_told_with_their_difference() -> None:
    result = compare(report(requests__new__total=3), report(requests__new__total=8))
    (change,) = result.cells
    assert (change.key, change.before, change.after, change.difference) == ("requests.new.total", 3, 8, 5)
    assert "+5" in str(result)
    assert "“总计”列" in str(result)


def test_a_blank_is_not_a_zero() -> None:
    (change,) = compare(report(), report(requests__new__total=None)).cells
    assert (change.before, change.after, change.difference) == (0, None, None)


def test_the_row_that_the_newer_form_splits_corresponds_to_the_sum() -> None:
    old = report(OLD.name, requests__other__total=6)
    new = report(requests__other__fee_overdue__total=4, requests__other__other__total=1)
    for before, after, change in ((old, new, -1), (new, old, 1)):
        result = compare(before, after)
        assert [(c.key, c.difference) for c in result.cells] == [("requests.other.total", change)]
        assert "disclosure.procurement.amount" in result.incomparable
        assert not any(key.startswith("requests.") for key in result.incomparable)


def test_sections_differ_by_paragraph_and_white_space_is_none() -> None:
    before = report()
    *others, last = before.sections
    kept, changed = Paragraph(text="收取 0 元。"), Paragraph(text="<新的一段>")
    first = attrs.evolve(before, sections=(*others, attrs.evolve(last, paragraphs=(kept,))))
    second = attrs.evolve(before, sections=(*others, attrs.evolve(last, paragraphs=(Paragraph(text="收取0元。"), changed))))
    (section,) = compare(first, second).sections
    assert (section.number, section.removed, section.added) == ("六", (), ("<新的一段>",))
    assert "+ <新的一段>" in str(compare(first, second))
    assert "&lt;新的一段&gt;" in compare(first, second)._repr_html_()


def test_the_fields_of_the_report_are_compared() -> None:
    result = compare(report(), attrs.evolve(report(), year=2024, issuer="白石县水务局"))
    assert {f.field: (f.before, f.after) for f in result.fields} == {
        "year": (2023, 2024),
        "issuer": ("青梧县水务局", "白石县水务局"),
    }
