"""Reports on a terminal and in a notebook: readable, aligned, escaped, doubts marked."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govreport import display
from govreport.display.drawing import blocks, draw, full_grid
from govreport.forms import builtin_forms
from govreport.model import Cell, Finding, Report, Severity, Status, Table
from govreport.placing import rowwise
from govreport.testing.build import make_report
from govreport.textwidth import pad, text_width, wrap


def numbered(form: str) -> Report:
    """A report whose cells all differ."""
    spec = next(f for f in builtin_forms() if f.name == form)
    values = {k: Decimal(f"{i}.5") if c.kind == "amount" else 100 + i for i, (k, c) in enumerate(spec.cells.items())}
    return make_report(form, values)


def changed(report: Report, key: str, **fields: Any) -> Report:
    tables = tuple(
        attrs.evolve(t, cells=tuple(attrs.evolve(c, **fields) if c.key == key else c for c in t.cells)) for t in report.tables
    )
    return attrs.evolve(report, tables=tables)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("width", [60, 70, 80, 100])
def test_no_line_is_wider_than_asked_for_and_every_number_is_there(form: str, width: int) -> None:
    report = numbered(form)
    text = display.report_text(report, width)
    assert max(map(text_width, text.splitlines())) <= width
    shown = set(re.findall(r"\d+(?:\.\d+)?", text))
    assert {str(cell.value) for cell in report.cells} <= shown


def test_labels_and_groups_stand_once_and_in_order() -> None:
    lines = display.table_text(numbered("2021").tables[1], 80).splitlines()
    labels = [line.split("  1")[0].strip() for line in lines if line.strip().startswith("（")]
    assert [label.split()[0] for label in labels] == [
        "（一）予以公开",
        "（二）部分公开",
        "（三）不予公开",
        "（四）无法提供",
        "（五）不予处理",
        "（六）其他处理",
        "（七）总计",
    ]
    assert sum("法人或其他组织" in line for line in lines) == 1


def test_columns_are_aligned() -> None:
    lines = display.table_text(numbered("2021").tables[1], 80).splitlines()
    ends = {tuple(m.end() + text_width(line) - len(line) for m in re.finditer(r" \d{3}(?= |$)", line)) for line in lines}
    assert len({row[-1] for row in ends if row}) == 1


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"status": Status.INFERRED, "raw": "777", "value": 777}, "777?"),
        ({"status": Status.MISSING, "raw": None, "value": None}, "·"),
        ({"status": Status.BLANK, "raw": "／", "value": None}, "／"),
        ({"status": Status.BLANK, "raw": "\xa0", "value": None}, ""),
        ({"status": Status.READ, "raw": "1,\n234", "value": 1234}, "1, 234"),
        ({"status": Status.READ, "raw": None, "value": Decimal("1.50")}, "1.50"),
    ],
)
def test_a_cell_shows_what_the_document_shows_and_how_sure_that_is(fields: dict[str, object], shown: str) -> None:
    report = changed(numbered("2021"), "requests.new.company", **fields)
    cell = report.cell("requests.new.company")
    assert cell is not None
    assert display.cell_text(cell) == shown
    assert shown in display.report_text(report, 80)


def test_head_and_doubts_in_both_languages() -> None:
    doubt = Finding(code="reading.short_row", severity=Severity.WARNING, message="少了一个数", english="one number short")
    report = attrs.evolve(numbered("2021"), doubts=(doubt,))
    chinese, english = display.report_text(report, 80), display.report_text(report, 80, "en")
    assert "机关 青梧县水务局 · 年度 2023 · 表式 2021" in chinese
    assert "警告: 少了一个数 [reading.short_row]" in chinese
    assert "issuer 青梧县水务局" in english
    assert "warning: one number short" in english


def test_an_empty_report_is_shown_too() -> None:
    assert "没有标题" in display.report_text(Report(), 60)
    assert "<div>" in display.report_html(Report())


def test_str_and_notebook_come_from_display() -> None:
    report = numbered("2021")
    assert str(report) == display.report_text(report)
    assert report._repr_html_() == display.report_html(report)
    assert report.tables[0]._repr_html_() == display.table_html(report.tables[0])


def test_everything_in_html_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    report = changed(numbered("2021"), "requests.new.company", raw=evil)
    doubt = Finding(code="c", severity=Severity.INFO, message=evil)
    html = display.report_html(attrs.evolve(report, title=evil, issuer=evil, doubts=(doubt,)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_official_geometry_has_every_cell_once_and_no_holes(form: str) -> None:
    for table in numbered(form).tables:
        rows = draw(table)
        keys = [cell.key for row in rows for cell in row if cell.key]
        assert sorted(keys) == sorted(cell.key for cell in table.cells)
        assert_tiled(table)


def assert_tiled(table: Table) -> None:
    placed = list(rowwise(draw(table)))
    covered = [(r + i, c + j) for r, c, cell in placed for i in range(cell.rowspan) for j in range(cell.colspan)]
    height, width = max(r for r, _ in covered) + 1, max(c for _, c in covered) + 1
    assert len(covered) == len(set(covered)) == height * width


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_form_that_nobody_knows_is_drawn_from_its_labels(form: str) -> None:
    for known in numbered(form).tables:
        table = attrs.evolve(known, cells=tuple(attrs.evolve(cell, form="1999", key="x." + cell.key) for cell in known.cells))
        assert_tiled(table)
        texts = [text for row in full_grid(table, draw(table)) for text in row]
        assert [display.cell_text(cell) for cell in table.cells] == [t for t in texts if re.fullmatch(r"[\d.]+", t)]
        assert display.table_text(table, 80)


def test_blocks_of_cells_without_paths() -> None:
    cells = (Cell(key="a", label="四|甲", form="f", value=1), Cell(key="b", label="四|乙", form="f", value=2))
    (block,) = blocks(Table(name="t", section="四", title="t", cells=cells))
    assert block.columns == ("甲", "乙")
    assert block.rows[0].path == ()


def test_units_are_shown_where_they_differ() -> None:
    report = numbered("2021")
    assert "本年收费金额（万元）" in display.report_text(report, 80)


def test_wide_characters_are_two_columns_and_combining_ones_none() -> None:
    assert text_width("年a，") == 5
    assert text_width("e\u0301") == 1
    assert pad("年", 4) == "年  "
    assert pad("年", 4, right=True) == "  年"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("收到申请12件，办结", 8, ["收到申请", "12件，办", "结"]),
        ("收到申请。", 8, ["收到申", "请。"]),
        ("one two three", 8, ["one two", "three"]),
        ("a\n b\t c", 80, ["a b c"]),
        ("unbreakably", 4, ["unbreakably"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
