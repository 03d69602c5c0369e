"""What the cheap path reads, the long way reads the same, or it doubts what the cheap path reads right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, note

import govreport
from govreport.binding import tables
from govreport.errors import GovReportError
from govreport.formats import builtin_formats
from govreport.hookspecs import Format
from govreport.model import Report
from govreport.testing import dice
from govreport.testing.damage import Damage, apply
from govreport.testing.document import Document
from govreport.testing.strategies import Sample, damages, samples, seeds

LAYOUTS = pytest.mark.parametrize("layout", builtin_formats(), ids=lambda f: f.name)


@contextmanager
def the_long_way() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "match_table", lambda *_, **__: None)
        yield


def loaded(data: bytes) -> Report | None:
    try:
        return govreport.load(data)
    except GovReportError:
        return None


def doubted(report: Report) -> set[str]:
    return {key for doubt in report.doubts for key in doubt.cells}


@LAYOUTS
@given(sample=samples(), chosen=damages(2), seed=seeds())
def test_the_cheap_path_says_what_the_long_way_says(
    layout: Format, sample: Sample, chosen: tuple[Damage, ...], seed: int
) -> None:
    document = apply(dice(seed), Document.of(sample.report, layout), chosen)
    note(f"{document.applied}\n{document.text}")
    cheap = loaded(document.data)
    with the_long_way():
        long = loaded(document.data)
    assert (cheap is None) == (long is None)
    if cheap is not None and long is not None:
        for one, other in zip(cheap.cells, long.cells, strict=True):
            assert one == other or (one.key in doubted(long) and str(one.value) == document.truth[one.key])
        assert doubted(cheap) <= doubted(long)


def test_an_undamaged_report_is_matched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The long way is not needed for a sample: were it taken, this would fail."""
    monkeypatch.setattr(tables, "bind_table", None)
    report = govreport.load("examples/reports/heting_water_2023.txt")
    assert report["requests.granted.total"] == 11
    assert not report.doubts
