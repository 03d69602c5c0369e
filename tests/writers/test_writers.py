"""What is written can be read: by the program that the format is for, and by govreport itself."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from lxml import html

import govreport
from govreport.errors import MissingDependencyError
from govreport.forms import builtin_forms
from govreport.model import Cell, Paragraph, Place, Report, Section, Status
from govreport.serialize import from_json
from govreport.testing.build import make_report
from govreport.writers import builtin_writers, write, writer_for
from govreport.writers.csv import CELL_COLUMNS, CsvWriter, to_csv

READABLE = ("markdown", "html", "docx")


def invented(form: str, gaps: int = 0) -> Report:
    """A report whose cells all differ; with `gaps`, every so many cells show nothing, a dash or a slash."""
    spec = next(f for f in builtin_forms() if f.name == form)
    nothing = ["", "-", "/", "—"]
    values: dict[str, Any] = {}
    for i, (key, cell) in enumerate(spec.cells.items()):
        number: int | Decimal = Decimal(f"{i}.1234") if cell.kind == "amount" else 11 + 3 * i
        values[key] = nothing[i % len(nothing)] if gaps and i % gaps == 0 else number
    return make_report(form, values)


def changed(report: Report, key: str, **fields: Any) -> Report:
    tables = tuple(
        attrs.evolve(t, cells=tuple(attrs.evolve(c, **fields) if c.key == key else c for c in t.cells)) for t in report.tables
    )
    return attrs.evolve(report, tables=tables)


def seen(cell: Cell) -> tuple[str, object, str]:
    return cell.key, cell.value, "blank" if cell.status is Status.BLANK else "number"


def prose(report: Report) -> list[str]:
    """All paragraphs but the title, which a reader may count among the preamble's."""
    texts = [paragraph.text for section in report.sections for paragraph in section.paragraphs]
    return [text for text in texts if report.title is None or report.title not in text]


def written(name: str, report: Report) -> bytes:
    return writer_for(name).write(report)


# --- reading back ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("gaps", [0, 2, 7])
def test_what_is_written_reads_back_equal(name: str, form: str, gaps: int) -> None:
    report = invented(form, gaps)
    again = govreport.load(written(name, report))
    assert [seen(cell) for cell in again.cells] == [seen(cell) for cell in report.cells]
    assert {cell.status for cell in again.cells} <= {Status.READ, Status.BLANK}
    assert (again.title, again.issuer, again.year, again.form) == (report.title, report.issuer, report.year, report.form)
    assert [s.number for s in again.sections] == [s.number for s in report.sections]
    assert prose(again) == prose(report)
    assert not again.doubts


@pytest.mark.parametrize("name", READABLE)
def test_the_raw_text_of_cells_is_kept(name: str) -> None:
    report = changed(invented("2021"), "disclosure.fees.amount", raw="43.788万元", value=Decimal("43.788"))
    again = govreport.load(written(name, report)).cell("disclosure.fees.amount")
    assert again is not None
    assert (again.raw, again.value, again.unit) == ("43.788万元", Decimal("43.788"), "万元")


@pytest.mark.parametrize("name", READABLE)
def test_a_missing_cell_never_comes_back_as_a_number_or_a_blank(name: str) -> None:
    key = "requests.new.company"
    report = changed(invented("2021"), key, raw=None, value=None, status=Status.MISSING)
    again = govreport.load(written(name, report)).cell(key)
    assert again is None or (again.value is None and again.status is not Status.BLANK)


@pytest.mark.parametrize("name", READABLE)
def test_writing_twice_is_writing_once(name: str) -> None:
    report = invented("2021", 3)
    again = govreport.load(written(name, report))
    third = govreport.load(written(name, again))
    assert third.values() == report.values()
    assert prose(third) == prose(report)
    assert written(name, again).count((report.title or "").encode()) == written(name, report).count(
        (report.title or "").encode()
    )


# --- each format -------------------------------------------------------------------------------------------------------------


def test_json_is_exact() -> None:
    report = invented("2019", 5)
    assert from_json(written("json", report).decode()) == report


def rows(report: Report, kind: Any = "cell") -> list[dict[str, str]]:
    text = CsvWriter(kind).write(report).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_a_cell() -> None:
    place = Place(page=2, table=1, row=3, column=4)
    report = changed(invented("2021", 7), "requests.new.company", place=place, status=Status.INFERRED)
    found = rows(report)
    assert tuple(found[0]) == CELL_COLUMNS
    assert [(row["key"], row["label"], row["raw"]) for row in found] == [(c.key, c.label, c.raw) for c in report.cells]
    (row,) = [row for row in found if row["key"] == "requests.new.company"]
    assert (row["status"], row["page"], row["place_row"], row["place_column"]) == ("inferred", "2", "3", "4")
    assert (row["issuer"], row["year"], row["unit"]) == ("青梧县水务局", "2023", "")
    (fee,) = [row for row in found if row["key"] == "disclosure.fees.amount"]
    assert Decimal(fee["value"]) == report["disclosure.fees.amount"]


def test_a_row_a_report_has_the_columns_of_both_forms() -> None:
    for form in ("2019", "2021"):
        (row,) = rows(invented(form), "report")
        assert set(row) >= {key for spec in builtin_forms() for key in spec.cells}
        assert row["form"] == form
        assert (row["disclosure.rules.made"] == "") == (form == "2021")


@pytest.mark.parametrize(
    ("raw", "stands"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("-", "-"),
        ("-11", "-11"),
        ("+1", "+1"),
        ("-1,234.5", "-1,234.5"),
        ("增98", "增98"),
        ("", ""),
    ],
)
def test_no_spreadsheet_runs_a_cell(raw: str, stands: str) -> None:
    (row,) = [
        row for row in rows(changed(invented("2019"), "requests.new.total", raw=raw)) if row["key"] == "requests.new.total"
    ]
    assert row["raw"] == stands


def test_titles_are_no_formulas_either() -> None:
    (row,) = rows(attrs.evolve(invented("2021"), title='=HYPERLINK("x")', issuer="@x"), "report")
    assert (row["title"], row["issuer"]) == ('\'=HYPERLINK("x")', "'@x")


def test_line_feeds_and_quotes_survive_csv() -> None:
    report = changed(invented("2021"), "requests.new.total", raw='1\n"2",3')
    assert '1\n"2",3' in {row["raw"] for row in rows(report)}
    assert "\r\n" in to_csv([("", report)])


def page(report: Report) -> Any:
    return html.document_fromstring(written("html", report))


def test_the_page_is_semantic_and_self_contained() -> None:
    tree = page(invented("2021"))
    assert [h.text for h in tree.iter("h1")] == ["青梧县水务局2023年政府信息公开工作年度报告"]
    assert len(list(tree.iter("h2"))) == 6
    assert len(list(tree.iter("table"))) == 3
    assert {th.get("scope") for th in tree.iter("th")} == {"col", "colgroup", "row", "rowgroup"}
    assert not tree.xpath("//script | //link | //img | //@src | //@href")


def test_cells_of_the_page_say_what_they_are() -> None:
    report = changed(invented("2021"), "requests.new.company", status=Status.INFERRED)
    cells = {td.get("data-key"): td for td in page(report).iter("td")}
    assert set(cells) == {cell.key for cell in report.cells}
    assert cells["requests.new.company"].get("data-status") == "inferred"


EVIL = "<img src=x onerror=alert(1)>\"'&\x00\x1b\ufffe|`#\r\n"


def spoiled() -> Report:
    report = changed(invented("2021"), "requests.new.company", raw=EVIL, status=Status.READ)
    section = Section(number="一", heading=EVIL, paragraphs=(Paragraph(text=EVIL),))
    return attrs.evolve(report, title=EVIL, issuer=EVIL, sections=(section, *report.sections[2:]))


def test_nothing_of_a_report_becomes_markup() -> None:
    tree = page(spoiled())
    assert not tree.xpath("//img")
    assert any("<img src=x onerror=alert(1)>" in (td.text or "") for td in tree.iter("td"))


@pytest.mark.parametrize("name", [writer.name for writer in builtin_writers()])
@pytest.mark.parametrize(
    "report",
    [
        Report(),
        Report(title="只有标题"),
        spoiled(),
        attrs.evolve(invented("2021"), title="a\udc80", issuer="\ud800"),
        attrs.evolve(invented("2019"), sections=()),
    ],
    ids=["empty", "title", "spoiled", "surrogates", "no sections"],
)
def test_no_report_is_too_strange_to_be_written(name: str, report: Report) -> None:
    assert isinstance(written(name, report), bytes)


def test_markdown_tables_are_rectangles() -> None:
    text = written("markdown", invented("2021", 4)).decode()
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_tables_of_lost_sections_still_get_their_heading() -> None:
    report = attrs.evolve(invented("2021"), sections=())
    assert "## 三、收到和处理政府信息公开申请情况" in written("markdown", report).decode()


def test_word_tables_have_merged_cells() -> None:
    import docx

    document = docx.Document(io.BytesIO(written("docx", invented("2021"))))
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"][1] == "二、主动公开政府信息情况"
    first, second, third = document.tables
    assert (len(first.rows), len(first.columns)) == (14, 4)  # four items, their headers, six rows
    assert first.cell(0, 0)._tc is first.cell(0, 3)._tc
    assert len(second.columns) == 10
    assert len(third.columns) == 15


def test_without_python_docx_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingDependencyError, match=r"govreport\[docx\]") as caught:
        written("docx", invented("2021"))
    assert caught.value.extra == "docx"


# --- files -------------------------------------------------------------------------------------------------------------------


def suffixes() -> Iterator[Any]:
    yield from (pytest.param(writer.suffix, writer.name, id=writer.name) for writer in builtin_writers())


@pytest.mark.parametrize(("suffix", "name"), list(suffixes()))
def test_the_suffix_chooses_the_writer(suffix: str, name: str, tmp_path: Path) -> None:
    target = tmp_path / f"report{suffix.upper()}"
    assert write(invented("2021"), target) == target
    assert target.stat().st_size > 1000
    assert writer_for(name).name == writer_for(f"x{suffix}").name == name


def test_a_file_is_overwritten_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        write(invented("2021"), target)
    assert target.read_text() == "mine"
    write(invented("2021"), target, overwrite=True)
    assert target.read_text("utf-8").startswith("#")


def test_a_writer_that_fails_leaves_no_file(tmp_path: Path) -> None:
    class Broken:
        name, suffix = "broken", ".broken"

        def write(self, report: Report) -> bytes:
            raise ZeroDivisionError(report.title)

    with pytest.raises(ZeroDivisionError):
        write(invented("2021"), tmp_path / "a.broken", writers=[Broken()])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["poem", "a.poem", "", "report"])
def test_an_unknown_format_names_the_known_ones(name: str) -> None:
    with pytest.raises(ValueError, match=r"markdown \(\.md\)"):
        writer_for(name)
