"""A report survives JSON whole, and so does what was read of a damaged one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govreport.serialize import from_json, to_json
from govreport.testing import dice
from govreport.testing.build import Layout
from govreport.testing.damage import Damage, apply
from govreport.testing.document import Document
from govreport.testing.matrix import read, subjects
from govreport.testing.strategies import Sample, damages, samples, seeds


@given(sample=samples())
def test_a_built_report_survives_json(sample: Sample) -> None:
    assert from_json(to_json(sample.report)) == sample.report


@given(sample=samples(), subject=st.sampled_from(subjects()), chosen=damages(2), seed=seeds())
def test_what_was_read_survives_json(sample: Sample, subject: Layout, chosen: tuple[Damage, ...], seed: int) -> None:
    found = read(apply(dice(seed), Document.of(sample.report, subject), chosen)).report
    assert found is None or from_json(to_json(found)) == found
