"""What a layout owes: it wins its own documents, and reads back what it rendered."""

from __future__ import annotations

import random

import pytest
from govreport_addresses import AddressFormat

import govreport
from govreport.forms import builtin_forms
from govreport.testing import make_report, text_of, values_for

FORMS = [form.name for form in builtin_forms()]


@pytest.fixture(params=FORMS)
def report(request: pytest.FixtureRequest) -> govreport.Report:
    form = next(f for f in builtin_forms() if f.name == request.param)
    return make_report(form, values_for(form, "unique", random.Random(0)))


def test_the_layout_is_found_by_its_entry_point() -> None:
    assert "addresses" in {layout.name for layout in govreport.Engine().formats}


def test_it_wins_its_own_documents(report: govreport.Report) -> None:
    read = govreport.loads(text_of(report, AddressFormat()))
    assert [table.layout for table in read.tables] == ["addresses"] * len(report.tables)


def test_it_reads_back_what_it_rendered(report: govreport.Report) -> None:
    read = govreport.loads(text_of(report, AddressFormat()))
    assert read.values() == report.values()
    assert {cell.status for cell in read.cells} == {govreport.Status.READ}


def test_it_does_not_claim_other_layouts(report: govreport.Report) -> None:
    others = [layout for layout in govreport.Engine().formats if layout.name != "addresses"]
    for layout in others:
        claims = govreport.loads(text_of(report, layout)).claims
        assert "addresses" not in {claim.name for claim in claims}
