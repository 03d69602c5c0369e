"""Spreadsheets: where the tables of a sheet lie, merged cells, numbers as they print, damage."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.flow import Flow
from govreport.readers.sheets.cellvalues import as_text
from govreport.readers.sheets.rows import Sheet, write_sheet
from govreport.readers.sheets.sheet import SheetReader
from govreport.source import Grid, Limits, Source

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("lxml")

READER = SheetReader()


def book(*sheets: dict[str, Any]) -> bytes:
    """A workbook; a sheet is {"rows": …, "merge": [ranges], "bordered": [ranges], "state": …}."""
    from openpyxl.styles import Border, Side

    line = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))
    made = openpyxl.Workbook()
    made.remove(made.active)
    for index, sheet in enumerate(sheets):
        target = made.create_sheet(f"表{index}")
        target.sheet_state = sheet.get("state", "visible")
        for row in sheet["rows"]:
            target.append(row)
        for area in sheet.get("bordered", ()):
            for cell in (c for row in target[area] for c in row):
                cell.border = line
        for area in sheet.get("merge", ()):
            target.merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(*sheets: dict[str, Any], limits: Limits | None = None) -> Source:
    return READER.read(book(*sheets), limits or Limits())


def rows_of(source: Source, index: int = 0) -> list[list[str]]:
    return texts(source.grids[index])


def texts(grid: Grid) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


TABLE = [["一、本年新收", 1, 2], ["二、上年结转", None, 4]]


def test_headings_are_lines_and_rows_grids() -> None:
    source = read({"rows": [["二、情况"], ["甲", "乙"], [1, 2], [None], ["五、问题"], ["正文。"]], "merge": ["A1:B1"]})
    assert source.lines == ("二、情况", "五、问题", "正文。")
    assert rows_of(source) == [["甲", "乙"], ["1", "2"]]
    assert source.grids[0].at == 1
    assert source.container == "xlsx"


def test_merged_cells_are_spans() -> None:
    source = read({"rows": [["题", None, "总计"], ["a", "b", None], [1, 2, 3]], "merge": ["A1:B1", "C1:C2"]})
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in source.grids[0].cells][:4] == [
        ("题", 0, 0, 1, 2),
        ("总计", 0, 2, 2, 1),
        ("a", 1, 0, 1, 1),
        ("b", 1, 1, 1, 1),
    ]


def test_borders_decide_what_is_table() -> None:
    """A caption over the whole table and a row without values are in it, a heading of the same width is not."""
    rows = [
        ["三、收到", None, None],
        ["第（一）项", None, None],
        ["甲", "乙", "丙"],
        ["行政许可", None, None],
        ["四、说明", None, None],
    ]
    source = read({"rows": rows, "merge": ["A1:C1", "A2:C2", "A5:C5"], "bordered": ["A2:C4"]})
    assert source.lines == ("三、收到", "四、说明")
    assert rows_of(source) == [["第（一）项"], ["甲", "乙", "丙"], ["行政许可", "", ""]]


def test_a_bordered_row_of_blanks_is_a_row() -> None:
    source = read({"rows": [["维持", "纠正"], [None, None], ["注"]], "bordered": ["A1:B2"]})
    assert rows_of(source) == [["维持", "纠正"], ["", ""]]
    assert source.lines == ("注",)


def test_without_borders_the_width_decides() -> None:
    rows = [
        ["第（五）项", None, None],
        ["甲", "乙", "丙"],
        ["一、行", None, None],
        ["二、行", 1, 2],
        ["三、下一节", None, None],
    ]
    source = read({"rows": [["题"], *rows], "merge": ["A2:C2", "A6:C6"]})
    assert source.lines[0] == "题"
    assert rows_of(source)[0] == ["第（五）项"]
    assert source.lines[-1] == "三、下一节"


def test_sheets_follow_each_other_and_hidden_ones_are_left_out() -> None:
    source = read(
        {"rows": [["第一"]]}, {"rows": [["旧稿"]], "state": "hidden"}, {"rows": []}, {"rows": [["二、表"], ["a", 1], ["b", 2]]}
    )
    assert source.lines == ("第一", "二、表")
    assert source.grids[0].page == 3
    assert source.grids[0].place(source.grids[0].cells[0]).line == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (73344.38310000001, "73344.3831"),
        (0.1 + 0.2, "0.3"),
        (-5.5, "-5.5"),
        (1e20, "100000000000000000000"),
        (float("nan"), "nan"),
        (7, "7"),
        (True, "TRUE"),
        ("／", "／"),
        ("a\r\nb", "a\nb"),
        (dt.datetime(2024, 1, 25), "2024-01-25"),  # noqa: DTZ001 - a spreadsheet knows no zones
        (dt.datetime(2024, 1, 25, 11, 23), "2024-01-25 11:23:00"),  # noqa: DTZ001 - as above
        (dt.date(2024, 1, 25), "2024-01-25"),
    ],
)
def test_values_print_as_a_person_sees_them(value: object, text: str) -> None:
    assert as_text(value) == text


def test_numbers_and_dates_of_a_sheet() -> None:
    source = read({"rows": [["a", 12.0, 73344.38310000001], ["b", dt.date(2024, 1, 5), "-"]]})
    assert rows_of(source) == [["a", "12", "73344.3831"], ["b", "2024-01-05", "-"]]


def test_vertical_merges_across_the_whole_table() -> None:
    flow = Flow(Limits())
    write_sheet(Sheet([["组", "a", "1"], ["", "b", "2"]], [((0, 0), (1, 0))]), flow)
    (grid,) = flow.source("xlsx").grids
    assert [(c.text, c.rowspan) for c in grid.cells if c.column == 0] == [("组", 2)]


@pytest.mark.office
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_other_kinds_hold_the_same(tmp_path: Path, kind: str) -> None:
    rows = [["三、收到", None, None], ["题", None, "总计"], ["a", 1, 2.5], ["b", None, dt.date(2024, 1, 5)]]
    data = book({"rows": rows, "merge": ["A1:C1", "A2:B2"], "bordered": ["A2:C4"]})
    (tmp_path / "a.xlsx").write_bytes(data)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120)
    found = (tmp_path / f"a.{kind}").read_bytes()
    assert READER.claim(found, None) is not None
    source = READER.read(found, Limits())
    expected = READER.read(data, Limits())
    assert source.lines == expected.lines
    assert [evolve(g, page=1) for g in source.grids] == [evolve(g, page=1) for g in expected.grids]
    for broken in (found[: len(found) // 2], found[:600]):
        with pytest.raises(SourceError):
            READER.read(broken, Limits())


def test_claims_by_content() -> None:
    claim = READER.claim(book({"rows": TABLE}), "report.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    assert READER.claim(b"a,b,c\n1,2,3\n", "report.xlsx") is None


def test_damage_is_a_source_error() -> None:
    data = book({"rows": TABLE * 40})
    for broken in (data[: len(data) // 2], data[:-40], b"PK\x03\x04xl/workbook.xml" + bytes(200)):
        with pytest.raises(SourceError, match="xlsx"):
            READER.read(broken, Limits())


def test_two_cells_at_the_ends_of_a_sheet_are_refused() -> None:
    """A dense table of that size would take hundreds of gigabytes."""
    made = openpyxl.Workbook()
    made.active["A1"] = 1
    made.active["XFD1048576"] = 2
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(SourceError, match="1,048,576 rows"):
        READER.read(out.getvalue(), Limits())


def test_limits_of_cells_and_bytes() -> None:
    with pytest.raises(SourceError, match="cells"):
        read({"rows": [[1] * 20] * 20}, limits=evolve(Limits(), cells=100))
    with pytest.raises(SourceError, match="bytes"):
        read({"rows": TABLE}, limits=evolve(Limits(), bytes=2_000))


def test_entities_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book({"rows": TABLE}))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b'<!DOCTYPE x [<!ENTITY a "b">]>' + text if name == "xl/styles.xml" else text)
    with pytest.raises(SourceError, match="entities"):
        READER.read(out.getvalue(), Limits())
