"""Tables: exact, typed, one row for each thing, whatever engine takes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.batch.standins import fake

from govreport import tables
from govreport.batch import Result
from govreport.errors import NotAReportError
from govreport.forms import FormSpec, builtin_forms
from govreport.model import Cell, CheckResult, Claim, Fact, Finding, Place, Report, Severity, Status, Table, Value
from govreport.tables.columns import NAMES

pa = pytest.importorskip("pyarrow")

FORMS = {form.name: form for form in builtin_forms()}


def cells(form: FormSpec, start: int = 1) -> tuple[Cell, ...]:
    """Every cell of the form, each with another number, the last one blank."""
    specs = list(form.cells.values())
    made = [
        Cell(
            key=s.key, label=s.label, form=form.name, raw=str(i), value=i, unit=s.unit, status=Status.READ, place=Place(line=i)
        )
        for i, s in enumerate(specs, start)
    ]
    blank = Cell(key=specs[-1].key, label=specs[-1].label, form=form.name, raw="/", status=Status.BLANK)
    return (*made[:-1], blank)


def result(*changed: Cell, form: str = "2021", path: str = "a.html", year: int | None = 2022) -> Result:
    by_key = {cell.key: cell for cell in (*cells(FORMS[form]), *changed)}
    grouped = [
        Table(name=t.name, section=t.section, title=t.title, layout="pipes", cells=tuple(by_key[s.key] for s in t.cells))
        for t in FORMS[form].tables
    ]
    claims = (
        Claim("form 2021", 0.9),
        *(Claim("pipes", c, section=t.section) for c, t in zip((0.8, 0.7, 1.0), grouped, strict=True)),
    )
    fact = Fact(kind="items", value=9, unit="条", text="公开9条", section="一", parts=(("web", 4), ("post", Decimal("4.5"))))
    report = Report(
        title="某镇年度报告", year=year, issuer="某镇", form=form, published=dt.date(2023, 1, 9),
        tables=tuple(grouped), claims=claims,
    )  # fmt: skip
    report._told.append((fact,))  # in place of those that the prose would give
    finding = Finding(
        code="arithmetic.row_total", severity=Severity.ERROR, message="不符", english="differs", cells=("requests.new.total",),
        expected=7, actual=Decimal("7.5"), suggestion=("requests.new.total", 7), place=Place(table=2, row=3, column=4),
    )  # fmt: skip
    return Result(path=path, report=report, check=CheckResult(findings=(finding,)), digest="d")


FAILED = Result(path="b.html", error=NotAReportError("no title of a report in it"), digest="e")


def amount(value: Value, unit: str | None = "万元") -> Cell:
    spec = FORMS["2021"].cells["disclosure.fees.amount"]
    return Cell(key=spec.key, label=spec.label, form="2021", raw=str(value), value=value, unit=unit, status=Status.READ)


def test_cells_are_long_exact_and_carry_their_findings() -> None:
    rows = {row["key"]: row for row in tables.cells([result(amount(Decimal("43.788")))]).to_pylist()}
    assert len(rows) == 200
    assert rows["disclosure.fees.amount"]["value"] == Decimal("43.788")
    assert rows["requests.new.total"]["findings"] == ["arithmetic.row_total"]
    assert rows["disputes.litigation_after_reconsideration.total"] | {"label": ""} == {
        "document": "a.html", "year": 2022, "key": "disputes.litigation_after_reconsideration.total", "label": "",
        "form": "2021", "value": None, "unit": None, "status": "blank", "raw": "/", "place_page": None, "place_table": None,
        "place_row": None,
        "place_line": None, "place_column": None, "findings": [],
    }  # fmt: skip


def test_the_wide_table_has_every_cell_of_every_form() -> None:
    table = tables.reports([result(), result(form="2019", path="c.html")])
    keys = [key for form in FORMS.values() for key in form.cells]
    assert set(keys) <= set(table.schema.names)
    assert len(table.schema.names) == len(set(table.schema.names))
    new, old = table.to_pylist()
    assert new["requests.granted.total"] == result().unwrap()["requests.granted.total"]
    assert new["disclosure.procurement.amount"] is None
    assert old["disclosure.procurement.amount"] == 22
    assert {f.type for f in table.schema if f.name in keys} == {pa.int64(), pa.decimal128(38, 12)}


def test_the_wide_table_says_how_it_was_read() -> None:
    (row,) = tables.reports([result(amount(None, None))]).to_pylist()
    told = {
        "document": "a.html", "title": "某镇年度报告", "issuer": "某镇", "year": 2022, "form": "2021", "digest": "d",
        "published": dt.date(2023, 1, 9), "layouts": ["pipes"], "layout_confidence": 0.7, "form_confidence": 0.9,
        "cells_read": 199, "cells_blank": 1, "cells_missing": 0, "findings": 1, "findings_arithmetic": 1, "findings_reading": 0,
        "cells_doubted": 0, "unbound": 0, "not_represented": 0,
    }  # fmt: skip
    assert {name: row[name] for name in told} == told


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (251000, "元", Decimal("25.1")),
        (Decimal("1.5"), "亿元", 15000),
        (Decimal("1.5"), None, Decimal("1.5")),
        (Decimal("0.00000001"), "元", Decimal("1E-12")),
        (Decimal("0.000000001"), "元", None),
        (12, "美元", None),
    ],
)
def test_amounts_are_in_ten_thousands_by_the_printed_unit(value: Value, unit: str | None, expected: Value) -> None:
    (row,) = tables.reports([result(amount(value, unit))]).to_pylist()
    assert row["disclosure.fees.amount"] == expected
    assert row["not_represented"] == (expected is None)


@pytest.mark.parametrize("value", [2**63, Decimal("12.5"), 10**40, -(10**26)])
def test_a_count_that_is_none_is_counted_not_bent(value: Value) -> None:
    spec = FORMS["2021"].cells["requests.new.total"]
    cell = Cell(key=spec.key, label=spec.label, form="2021", raw=str(value), value=value, status=Status.READ)
    (row,) = tables.reports([result(cell)]).to_pylist()
    assert (row[cell.key], row["not_represented"]) == (None, 1)
    (long,) = (r for r in tables.cells([result(cell)]).to_pylist() if r["key"] == cell.key)
    assert long["value"] == (value if value in (2**63, Decimal("12.5")) else None)
    assert long["raw"] == str(value)


def test_findings_facts_and_errors() -> None:
    found = tables.tables([result(), FAILED])
    assert [found[name].num_rows for name in NAMES] == [200, 1, 1, 1, 1]
    (finding,), (fact,), (error,) = (found[name].to_pylist() for name in ("findings", "facts", "errors"))
    assert (finding["family"], finding["expected"], finding["actual"], finding["place_row"]) == ("arithmetic", "7", "7.5", 3)
    assert (finding["suggested_cell"], finding["suggested_value"]) == ("requests.new.total", 7)
    assert fact["parts"] == [{"kind": "web", "value": 4}, {"kind": "post", "value": Decimal("4.5")}]
    assert error == {"document": "b.html", "digest": "e", "error": "NotAReportError", "message": "no title of a report in it"}


def test_nothing_gives_empty_tables_of_the_same_schema() -> None:
    assert {name: table.schema for name, table in tables.tables([]).items()} == {name: tables.schema(name) for name in NAMES}


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cells, reports"):
        tables.schema("cell")


@pytest.mark.parametrize("table", [*NAMES, tables.DOCUMENTS])
def test_a_batch_of_paths_or_contents_is_read(tmp_path: Path, table: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"text")
    by_path = pa.record_batch({"path": [str(path), str(tmp_path / "absent")]})
    by_content = pa.record_batch({"content": [b"text", b"refuse"], "path": [str(path), "r"], "more": [1, 2]})
    for batch in (by_path, by_content):
        read = tables.read_batch(batch, table=table, load=fake)
        assert read.schema == tables.schema(table)
        assert read.num_rows == {"cells": 0, "facts": 0, tables.DOCUMENTS: 2}.get(table, 1)
    if table == tables.DOCUMENTS:
        assert read.column("error").to_pylist() == [None, "NotAReportError"]


def test_a_batch_without_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="it has x"):
        tables.read_batch(pa.record_batch({"x": [1]}))


def many() -> Any:
    return tables.cells([result(), result(path="c.html")])


def test_pandas_takes_numbers_without_a_copy() -> None:
    pd = pytest.importorskip("pandas")
    table = many()
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    assert frame.groupby("document").size().to_dict() == {"a.html": 200, "c.html": 200}
    assert addresses(table["value"]) == addresses(frame["value"].array.__arrow_array__())


def test_polars_takes_numbers_without_a_copy() -> None:
    pl = pytest.importorskip("polars")
    table = tables.reports([result()])
    frame = pl.from_arrow(table, rechunk=False)
    assert frame["requests.new.total"][0] == result().unwrap()["requests.new.total"]
    assert addresses(table["requests.new.total"]) == addresses(frame["requests.new.total"].to_arrow())


def test_duckdb_queries_the_table_where_it_is() -> None:
    duckdb = pytest.importorskip("duckdb")
    long = many()  # noqa: F841 - DuckDB finds it by its name
    assert duckdb.sql("select count(*), sum(value) from long where status = 'read'").fetchall()[0][0] == 398


def addresses(array: Any) -> list[int]:
    """Where the numbers are."""
    chunks = array.chunks if hasattr(array, "chunks") else [array]
    return [chunk.buffers()[1].address for chunk in chunks]
