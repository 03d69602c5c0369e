"""A report survives JSON whole, and so does what was read of a damaged one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govreport.model import Report
from govreport.serialize import from_json, to_json
from govreport.testing import dice
from govreport.testing.build import Layout
from govreport.testing.damage import Damage, apply
from govreport.testing.document import Document
from govreport.testing.matrix import read, subjects
from govreport.testing.strategies import damages, reports, seeds


@given(report=reports())
def test_a_built_report_survives_json(report: Report) -> None:
    assert from_json(to_json(report)) == report


@given(report=reports(), subject=st.sampled_from(subjects()), chosen=damages(2), seed=seeds())
def test_what_was_read_survives_json(report: Report, subject: Layout, chosen: tuple[Damage, ...], seed: int) -> None:
    found = read(apply(dice(seed), Document.of(report, subject), chosen)).report
    assert found is None or from_json(to_json(found)) == found
