"""Empty cells of a grid: blanks where the sums or the rows beside say so, undecided otherwise."""

import pytest

import govreport
from govreport.binding import tables
from govreport.binding.sums.empties import are_blanks
from govreport.formats.grids import GridFormat
from govreport.forms import builtin_forms
from govreport.model import Status
from govreport.testing import make_report, text_of

FORM = next(form for form in builtin_forms() if form.name == "2021")
SPECS = {spec.name: spec for spec in FORM.tables}


def decided(name: str, values: dict[str, str]) -> bool:
    """Whether the empty cells of a table with these values, and 0 elsewhere, are blanks."""
    spec = SPECS[name]
    said = {cell.key: "0" for cell in spec.cells} | values
    relations = [r for r in FORM.relations if said.keys() >= {*r.left, *r.right}]
    return are_blanks(spec, relations, [said[cell.key] for cell in spec.cells])


def one_application(total: str) -> dict[str, str]:
    return {
        "requests.new.natural_person": "3",
        "requests.new.company": "",
        "requests.new.total": total,
        "requests.granted.natural_person": "3",
        "requests.granted.total": "3",
        "requests.concluded.natural_person": "3",
        "requests.concluded.total": "3",
    }


def test_what_adds_up_with_its_empty_cells_has_lost_none() -> None:
    assert decided("requests", one_application("3"))
    assert not decided("requests", one_application("4"))


def test_where_no_sum_tells_rows_have_their_empty_cells_in_the_same_columns() -> None:
    alike = {"disclosure.rules.repealed": "", "disclosure.normative_documents.repealed": ""}
    assert decided("disclosure", alike)
    assert not decided("disclosure", alike | {"disclosure.rules.issued": "", "disclosure.rules.repealed": "4"})
    assert decided("disclosure", {"disclosure.fees.amount": ""})


def test_a_number_far_longer_than_all_others_may_be_two() -> None:
    empty = {"disclosure.rules.repealed": ""}
    assert decided("disclosure", empty | {"disclosure.rules.in_force": "1234"})
    assert not decided("disclosure", empty | {"disclosure.rules.in_force": "12345678"})


def test_a_page_with_blanks_that_add_up_is_matched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way is not needed for it: were it taken, this would fail."""
    monkeypatch.setattr(tables, "bind_table", None)
    values = dict.fromkeys(FORM.cells, "") | one_application("3") | {"disclosure.fees.amount": "2.5"}
    report = govreport.loads(text_of(make_report("2021", values), GridFormat()))
    assert report["requests.new.total"] == 3
    assert {cell.status for cell in report.cells} == {Status.READ, Status.BLANK}
    assert not report.doubts
