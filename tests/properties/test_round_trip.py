"""Every report, rendered in every layout, reads back equal in all that the layout carries; the rest is doubted."""

from __future__ import annotations

import pytest
from hypothesis import given, note

from govreport.formats import builtin_formats
from govreport.hookspecs import Format
from govreport.model import Report, Status
from govreport.testing.document import Document
from govreport.testing.matrix import Reading, read
from govreport.testing.strategies import Sample, samples

PRINTED = ("-", "－", "—", "/", "／", "无")
LAYOUTS = pytest.mark.parametrize("layout", builtin_formats(), ids=lambda f: f.name)


def reading_of(report: Report, layout: Format) -> Reading:
    document = Document.of(report, layout)
    note(document.text)
    reading = read(document)
    note(
        "\n".join(map(str, (v for v in reading.judgement.cells if v.silent or v.doubted or v.outcome in ("wrong", "missing"))))
    )
    assert reading.report is not None, reading.judgement.error
    return reading


def assert_equal(reading: Reading) -> None:
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 0
    assert all(map(reading.knows, ("form", "year", "issuer", "title")))
    assert reading.report is not None
    shown = {cell.key: (cell.raw or "").strip() for cell in reading.report.cells if cell.status is Status.BLANK}
    assert shown == {key: text for key, text in reading.document.shown.items() if reading.document.truth[key] is None}
    assert not [piece.text for piece in reading.report.unbound if any(c.isdigit() for c in piece.text)]


@LAYOUTS
@given(sample=samples(special=False))
def test_a_report_without_blanks_reads_back_whole(layout: Format, sample: Sample) -> None:
    assert_equal(reading_of(sample.report, layout))


@LAYOUTS
@given(sample=samples(marks=PRINTED))
def test_printed_blanks_and_odd_numbers_read_back_whole(layout: Format, sample: Sample) -> None:
    assert_equal(reading_of(sample.report, layout))


@LAYOUTS
@given(sample=samples(marks=("",), special=False))
def test_empty_cells_read_back_where_the_layout_carries_them_and_are_doubted_where_not(layout: Format, sample: Sample) -> None:
    reading = reading_of(sample.report, layout)
    assert not reading.judgement.silent
    if {"blanks", "rows"} <= layout.carries:  # without rows, whose an empty cell is must be worked out, and may not be
        assert_equal(reading)


@LAYOUTS
@given(sample=samples(marks=("",)))
def test_an_odd_number_beside_an_empty_cell_is_never_silently_wrong(layout: Format, sample: Sample) -> None:
    assert not reading_of(sample.report, layout).judgement.silent


@given(sample=samples(special=False))
def test_a_page_may_mix_layouts(sample: Sample) -> None:
    layouts = [layout for layout in builtin_formats() if layout.name in ("tabs", "pipe_cells", "lines")]
    report = sample.report
    mixed = {table.name: layout for table, layout in zip(report.tables, layouts, strict=True)}
    document = Document.of(report, mixed)
    reading = read(document)
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 0
