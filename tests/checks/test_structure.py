"""Sections, tables and forms: what is missing, doubled, misnumbered, empty or mixed."""

from __future__ import annotations

import attrs
import pytest

from govreport.checks import run
from govreport.forms import builtin_forms
from govreport.model import Cell, Finding, Paragraph, Report, Section, Severity, Status, Table
from govreport.testing import make_report

OLD, NEW = builtin_forms()


def report(form: str = NEW.name, year: int = 2023) -> Report:
    spec = next(f for f in builtin_forms() if f.name == form)
    return make_report(spec, dict.fromkeys(spec.cells, 0), year=year)


def codes(checked: Report) -> list[str]:
    return [f.code for f in run(checked, select=["structure", "form"])]


def without(checked: Report, number: str) -> Report:
    return attrs.evolve(checked, sections=tuple(s for s in checked.sections if s.number != number))


def lost(table: Table) -> Table:
    return attrs.evolve(table, cells=tuple(attrs.evolve(c, status=Status.MISSING, value=None, raw=None) for c in table.cells))


def test_a_whole_report_is_clean() -> None:
    assert codes(report()) == []


@pytest.mark.parametrize("number", ["一", "三", "六"])
def test_a_missing_section_is_named(number: str) -> None:
    (finding,) = run(without(report(), number), select=["structure"])
    assert finding.code == "structure.section_missing"
    assert f"“{number}、" in finding.message


def test_a_second_copy_of_a_section_is_named() -> None:
    whole = report()
    doubled = attrs.evolve(whole, sections=(*whole.sections[:3], whole.sections[2], *whole.sections[3:]))
    assert codes(doubled) == ["structure.duplicate"]


@pytest.mark.parametrize("heading", ["三、其他需要报告的事项", "3. 其他需要报告的事项", "（三）、其他需要报告的事项"])
def test_a_heading_with_anothers_number_is_named(heading: str) -> None:
    whole = report()
    changed = attrs.evolve(whole, sections=(*whole.sections[:-1], attrs.evolve(whole.sections[-1], heading=heading)))
    (finding,) = run(changed, select=["structure"])
    assert (finding.code, finding.expected, finding.actual) == ("structure.numbering", "六", "三")


@pytest.mark.parametrize("heading", ["六、其他", "6、其他", "其他需要报告的事项", None])
def test_a_heading_with_its_own_number_or_none_is_fine(heading: str | None) -> None:
    whole = report()
    changed = attrs.evolve(whole, sections=(*whole.sections[:-1], attrs.evolve(whole.sections[-1], heading=heading)))
    assert codes(changed) == []


def test_sections_out_of_order_are_named() -> None:
    whole = report()
    first, second, *others = whole.sections
    assert codes(attrs.evolve(whole, sections=(first, *others, second))) == ["structure.section_order"]


def test_an_empty_section_of_prose_is_named() -> None:
    whole = report()
    empty = attrs.evolve(whole.sections[-1], paragraphs=(Paragraph(text=" \n"),))
    assert codes(attrs.evolve(whole, sections=(*whole.sections[:-1], empty))) == ["structure.section_empty"]


def test_a_lost_table_is_named_with_all_its_cells() -> None:
    whole = report()
    (finding,) = run(attrs.evolve(whole, tables=(*whole.tables[:2], lost(whole.tables[2]))), select=["structure"])
    assert finding.code == "structure.table_missing"
    assert set(finding.cells) == {cell.key for cell in whole.tables[2].cells}


def test_a_lost_row_is_named_unless_the_reading_did() -> None:
    whole = report()

    def gone(cell: Cell) -> Cell:
        row = cell.key.startswith("requests.partial.")
        return attrs.evolve(cell, status=Status.MISSING, value=None) if row else cell

    table = attrs.evolve(whole.tables[1], cells=tuple(map(gone, whole.tables[1].cells)))
    damaged = attrs.evolve(whole, tables=(whole.tables[0], table, whole.tables[2]))
    (finding,) = run(damaged, select=["structure"])
    assert finding.code == "structure.row_missing"
    assert len(finding.cells) == 7
    doubt = Finding(code="reading.row_values", severity=Severity.WARNING, message="x", cells=finding.cells)
    assert codes(attrs.evolve(damaged, doubts=(doubt,))) == []


def test_a_report_without_a_form_is_named() -> None:
    assert codes(attrs.evolve(report(), form=None)) == ["form.unknown"]


def test_a_hybrid_is_named_by_its_items() -> None:
    old, new = report(OLD.name), report(NEW.name)
    keys = {cell.key for cell in OLD.tables[0].blocks[0].cells}
    first = tuple(c for c in old.tables[0].cells if c.key in keys)
    rest = tuple(c for c in new.tables[0].cells if not c.key.startswith(("disclosure.rules", "disclosure.normative")))
    mixed = attrs.evolve(new, tables=(attrs.evolve(new.tables[0], cells=first + rest), *new.tables[1:]))
    (finding,) = run(mixed, select=["form"])
    assert finding.code == "form.hybrid"
    assert "第二十条第（一）项" in finding.message
    assert set(finding.cells) == keys


@pytest.mark.parametrize(("form", "year", "found"), [(OLD.name, 2023, 1), (OLD.name, 2020, 0), (NEW.name, 2023, 0)])
def test_a_form_that_was_replaced_is_named(form: str, year: int, found: int) -> None:
    assert codes(report(form, year)).count("form.outdated") == found


def test_an_empty_report_can_be_checked() -> None:
    result = run(Report(sections=(Section(number="一", heading=None),)))
    assert "structure.section_missing" in {f.code for f in result}


def test_a_few_blanks_among_zeros_are_named() -> None:
    keys = ["requests.granted.research", "requests.partial.other"]
    whole = report()
    tables = tuple(
        attrs.evolve(
            table,
            cells=tuple(attrs.evolve(c, status=Status.BLANK, value=None, raw="") if c.key in keys else c for c in table.cells),
        )
        for table in whole.tables
    )
    (finding,) = run(attrs.evolve(whole, tables=tables), select=["structure.cells_blank"])
    assert (finding.severity, list(finding.cells)) == (Severity.INFO, keys)
    assert "2 blank" in finding.text("en")


def test_where_blanks_stand_for_nothing_none_is_named() -> None:
    whole = report()
    blank = tuple(
        attrs.evolve(t, cells=tuple(attrs.evolve(c, status=Status.BLANK, value=None, raw="") for c in t.cells))
        for t in whole.tables
    )
    assert not run(attrs.evolve(whole, tables=blank), select=["structure.cells_blank"])
