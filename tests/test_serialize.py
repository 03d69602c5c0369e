"""A report survives JSON exactly, and JSON that is not a report is told apart with every reason."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import json
import pickle
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport import serialize
from govreport.errors import InvalidDocumentError
from govreport.model import (
    Cell,
    Claim,
    Evidence,
    Finding,
    Paragraph,
    Piece,
    Place,
    Report,
    Role,
    Section,
    Severity,
    Status,
    Table,
)
from govreport.serialize import from_json, to_json
from govreport.serialize.schema import report_schema

SCHEMA = json.loads((importlib.resources.files("govreport.serialize") / "report.schema.json").read_text("utf-8"))

places = st.builds(
    Place, line=st.none() | st.integers(1, 9), row=st.none() | st.integers(1, 9), page=st.none() | st.integers(1, 3)
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
numbers = st.integers(-(10**20), 10**20) | decimals
text = st.text(max_size=12)
maybe_text = st.none() | text
maybe_place = st.none() | places
cells = st.builds(
    Cell,
    key=text,
    label=text,
    form=text,
    raw=maybe_text,
    value=st.none() | numbers,
    unit=maybe_text,
    status=st.sampled_from(Status),
    place=maybe_place,
)
spans = st.none() | st.integers(0, 3)
pieces = st.builds(
    Piece,
    text,
    row=spans,
    column=spans,
    rowspan=spans,
    colspan=spans,
    place=maybe_place,
    role=st.none() | st.sampled_from(Role),
)
findings = st.builds(
    Finding,
    code=text,
    severity=st.sampled_from(Severity),
    message=text,
    expected=st.none() | numbers | text,
    actual=st.none() | numbers | text,
    suggestion=st.none() | st.tuples(text, numbers),
    assumed_zero=st.lists(text, max_size=2).map(tuple),
    place=maybe_place,
)
claims = st.builds(Claim, text, st.floats(0, 1), st.lists(text, max_size=2).map(tuple), section=maybe_text)


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


tables = st.builds(Table, name=text, section=text, title=text, cells=several(cells), pieces=several(pieces), layout=maybe_text)
paragraphs = st.builds(Paragraph, text=text, place=maybe_place)
sections = st.builds(Section, number=text, heading=maybe_text, paragraphs=several(paragraphs), place=maybe_place)
evidence = st.builds(Evidence, field=text, value=text, text=text, reason=text, place=maybe_place)
reports = st.builds(
    Report,
    title=maybe_text,
    issuer=maybe_text,
    year=st.none() | st.integers(1900, 2100),
    form=maybe_text,
    published=st.none() | st.dates(),
    sections=several(sections),
    tables=several(tables),
    meta=several(evidence),
    claims=several(claims),
    doubts=several(findings),
    container=maybe_text,
)


def minimal(**fields: object) -> str:
    return json.dumps({"schema_version": 1, **fields})


def problems(document: str) -> tuple[str, ...]:
    with pytest.raises(InvalidDocumentError) as caught:
        from_json(document)
    found: tuple[str, ...] = caught.value.problems
    return found


@given(reports)
@settings(max_examples=150, deadline=None)
def test_every_report_reads_back_equal_and_fits_the_schema(report: Report) -> None:
    document = to_json(report)
    again = from_json(document)
    assert again == report
    assert to_json(again) == document  # also tells 1.50 from 1.5, which compare equal
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(document))


@given(decimals)
@settings(max_examples=100, deadline=None)
def test_a_decimal_keeps_every_digit(number: Decimal) -> None:
    cell = Cell(key="k", label="l", form="f", value=number)
    report = Report(tables=(Table(name="t", section="二", title="t", cells=(cell,)),))
    assert str(from_json(to_json(report)).tables[0].cells[0].value) == str(number)


def test_a_decimal_in_a_finding_is_not_taken_for_text() -> None:
    finding = Finding(code="c", severity=Severity.ERROR, message="m", expected=Decimal("1.50"), actual="1.50")
    again = from_json(to_json(Report(doubts=(finding,)))).doubts[0]
    assert isinstance(again.expected, Decimal)
    assert again.actual == "1.50"


def test_json_is_stable_compact_and_says_the_version() -> None:
    cell = Cell(key="k", label="l", form="f", raw="3", value=3, status=Status.READ, place=Place(line=2))
    document = to_json(
        Report(year=2023, published=dt.date(2024, 1, 2), tables=(Table(name="t", section="二", title="t", cells=(cell,)),))
    )
    assert json.loads(document)["schema_version"] == 1
    assert '{"key": "k", "label": "l", "form": "f", "status": "read", "raw": "3", "value": 3, "place": {"line": 2}}' in document
    assert '"published": "2024-01-02"' in document
    assert "null" not in document


def test_the_status_is_written_even_at_its_default() -> None:
    cell = Cell(key="k", label="l", form="f")
    assert '"status": "missing"' in to_json(Report(tables=(Table(name="t", section="二", title="t", cells=(cell,)),)))


def test_the_vocabulary_is_not_written_but_attached() -> None:
    report = from_json(to_json(Report(vocabulary={"a.key": "label"})))
    assert report.cell("requests.new.total") is None
    assert from_json(minimal(), {"a.key": "label"}).vocabulary == {"a.key": "label"}
    with pytest.raises(KeyError, match=r"requests\.new\.total"):
        report.cell("requests.new.totl")


def test_a_lone_surrogate_can_still_be_encoded() -> None:
    report = Report(title="a\udc80b")
    document = to_json(report)
    document.encode("utf-8")
    assert from_json(document) == report


def test_all_problems_are_named_with_their_paths() -> None:
    broken_cell = {"label": "x", "form": "f", "status": "z", "value": 1.5, "colour": 1}
    table = {"name": "x", "section": 1, "title": "t", "cells": [broken_cell]}
    found = problems(minimal(tables=[table], claims="abc", year=True, published="2024-1-1", doubts=[3]))
    assert set(found) == {
        "expected an integer, not True @ $.year",
        "expected a date as YYYY-MM-DD, not '2024-1-1' @ $.published",
        "expected text, not 1 @ $.tables[0].section",
        "required field missing @ $.tables[0].cells[0].key",
        "expected an integer, or a decimal as text, not 1.5 @ $.tables[0].cells[0].value",
        "expected one of read, inferred, blank, missing, not 'z' @ $.tables[0].cells[0].status",
        "extra fields found (colour) @ $.tables[0].cells[0]",
        "expected a list, not 'abc' @ $.claims",
        "expected an object, not 3 @ $.doubts[0]",
    }


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "expected an object"),
        ("{}", "required field missing @ $.schema_version"),
        ('{"schema_version": 2}', "schema version 2 is not 1"),
        ('{"schema_version": true}', "schema version True is not 1"),
        ('{"schema_version": "1"}', "schema version '1' is not 1"),
        ('{"schema_version": 1, "year": 1, "year": 2}', "'year' stands twice"),
        ('{"schema_version": 1, "year": NaN}', "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema_version": 1, "year": ' + "9" * 5000 + "}", "digits"),
        (minimal(published="2024-13-01"), "$.published"),
        (minimal(vocabulary={}, _index={}), "extra fields found (_index, vocabulary)"),
        (minimal(claims=[{"name": "n", "confidence": 2}]), "confidence must be between 0 and 1"),
        (
            minimal(
                tables=[
                    {"name": "t", "section": "", "title": "", "cells": [{"key": "k", "label": "", "form": "", "value": "NaN"}]}
                ]
            ),
            "a decimal as text",
        ),
        (
            minimal(
                tables=[
                    {
                        "name": "t",
                        "section": "",
                        "title": "",
                        "cells": [{"key": "k", "label": "", "form": "", "value": "1E+99999"}],
                    }
                ]
            ),
            "a decimal as text",
        ),
        (
            minimal(doubts=[{"code": "c", "severity": "error", "message": "", "suggestion": ["a"]}]),
            "expected a list of 2, not ['a'] @ $.doubts[0].suggestion",
        ),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(document: str, says: str) -> None:
    assert any(says in problem for problem in problems(document))


def test_json_beyond_the_limit_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serialize, "MAX_CHARACTERS", 10)
    assert problems(minimal()) == ("21 characters, more than 10 @ $",)


def test_a_thousand_problems_do_not_make_a_message_of_a_thousand_lines() -> None:
    with pytest.raises(InvalidDocumentError, match="and 980 more") as caught:
        from_json(minimal(doubts=[1] * 1000))
    assert len(caught.value.problems) == 1000
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301 - our own bytes


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | text, lambda x: st.lists(x) | st.dictionaries(text, x)
    )
)
@settings(max_examples=150, deadline=None)
def test_any_json_is_a_report_or_an_error(value: object) -> None:
    try:
        from_json(json.dumps({"schema_version": 1, "tables": value, "doubts": [value]}))
    except InvalidDocumentError as error:
        assert error.problems  # noqa: PT017 - an error is allowed here, not required


def test_the_schema_file_is_that_of_the_model() -> None:
    assert report_schema() == SCHEMA, "run: python -m govreport.serialize.schema > src/govreport/serialize/report.schema.json"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("fields", [{"year": "2023"}, {"extra": 1}, {"published": "2024-1-1"}, {"tables": [{"name": "t"}]}])
def test_the_schema_refuses_what_from_json_refuses(fields: dict[str, object]) -> None:
    assert problems(minimal(**fields))
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(json.loads(minimal(**fields)))


def test_every_class_of_the_model_that_a_report_holds_is_in_the_schema() -> None:
    assert set(SCHEMA["$defs"]) == {
        "Cell",
        "Claim",
        "Evidence",
        "Finding",
        "Paragraph",
        "Piece",
        "Place",
        "Section",
        "Table",
    }
    assert {f.name for f in attrs.fields(Report)} - set(SCHEMA["properties"]) == set(serialize.NOT_WRITTEN)
