"""Samples in every layout (tests/make_samples.py writes them): what each reads as, who claims it, and that no text is lost.

`pytest tests/test_samples.py --update-expected` writes what the samples read as now; read the difference before committing it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import govreport
from govreport import Report, Status

HERE = Path(__file__).resolve().parent
SAMPLES = sorted(path for path in (HERE / "samples").rglob("*.*") if not path.name.endswith(".json"))
CHARACTERS = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
HOLLOW = {"aligned/blanks", "lines/blanks_dropped"}
"""Samples whose layout cannot tell an empty cell from none."""
PARAMETERS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in SAMPLES]


def described(report: Report) -> dict[str, Any]:
    """What a reader of the golden file wants to see: every cell by status, who read it, and what was doubted."""
    cells = {status: {c.key: c.raw for c in report.cells if c.status is status} for status in Status}
    return {
        **{name: getattr(report, name) for name in ("title", "issuer", "year", "form")},
        "published": report.published and report.published.isoformat(),
        "sections": {section.number: section.heading for section in report.sections},
        "layouts": {table.name: table.layout for table in report.tables},
        **{str(status): found for status, found in cells.items() if found},
        "unbound": [piece.text for piece in report.unbound],
        "doubts": [f"{finding.code} {' '.join(finding.cells)}".strip() for finding in report.doubts],
    }


def said(report: Report) -> Iterator[str]:
    """All text that the report holds."""
    yield report.title or ""
    for section in report.sections:
        yield from (section.number, section.heading or "", section.text)
    for table in report.tables:
        yield from (piece.text for piece in table.pieces)


def lost(text: str, report: Report) -> Counter[str]:
    """The characters of the sample that no paragraph, heading or piece accounts for."""
    visible = re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]*>|&\w+;", "", text, flags=re.DOTALL)
    visible = re.sub(r"^[A-Z]\d+(?::[A-Z]\d+)?: ", "", visible, flags=re.MULTILINE)  # addresses of cells
    visible = re.sub(r"\{\|.*|\w+span=\"\d+\"|\\[a-z]+(?:\{[a-z]+\})*", "", visible)
    return Counter(CHARACTERS.findall(visible)) - Counter(CHARACTERS.findall("".join(said(report))))


@pytest.mark.parametrize("path", PARAMETERS)
def test_a_sample_reads_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    report = govreport.load(path)
    golden = path.with_suffix(".expected.json")
    if request.config.getoption("--update-expected"):
        missing = lost(path.read_text("utf-8"), report)
        assert not missing, f"refused, text of the sample would be lost: {''.join(missing)}"
        golden.write_text(json.dumps(described(report), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert described(report) == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("path", PARAMETERS)
def test_no_text_of_a_sample_is_lost(path: Path) -> None:
    assert not lost(path.read_text("utf-8"), govreport.load(path))


@pytest.mark.parametrize("path", [p for p in PARAMETERS if "mixed/" not in str(p.id)])
def test_the_right_layout_wins_every_table(path: Path) -> None:
    """The claims matrix: every layout is asked about every sample."""
    assert {table.layout for table in govreport.load(path).tables} == {path.parent.name}


@pytest.mark.parametrize("path", PARAMETERS)
def test_claims_do_not_depend_on_the_order_of_layouts(path: Path) -> None:
    engine = govreport.Engine()
    vars(engine)["formats"] = engine.formats[::-1]  # the same layouts, asked the other way round
    assert engine.load(path).tables == govreport.load(path).tables


@pytest.mark.parametrize("path", PARAMETERS)
def test_a_claim_says_what_it_counted(path: Path) -> None:
    claims = govreport.detect(path)
    assert claims
    assert all(claim.reasons and 0 <= claim.confidence <= 1 for claim in claims)


def invented() -> dict[str, Any]:
    """The bodies that the samples were made from: what is true, told by another program than the reader."""
    sys.path.insert(0, str(HERE.parent / "examples"))
    try:
        from making.bodies import all_bodies
    finally:
        sys.path.pop(0)
    return {f"{body.issuer} {body.year}": body for body in all_bodies().values()}


@pytest.mark.parametrize("path", PARAMETERS)
def test_what_is_read_for_certain_is_true(path: Path) -> None:
    report = govreport.load(path)
    body = invented()[f"{report.issuer} {report.year}"]
    assert report.title == body.title
    assert report.form == body.form.name
    wrong = [c.key for c in report.cells if c.status is Status.READ and str(c.value) != body.values.get(c.key)]
    assert not wrong


@pytest.mark.parametrize("path", PARAMETERS)
def test_a_blank_says_what_the_document_shows(path: Path) -> None:
    assert not [c.key for c in govreport.load(path).cells if c.status is Status.BLANK and c.raw is None]


@pytest.mark.parametrize("path", [p for p in PARAMETERS if p.id not in HOLLOW])
def test_a_sample_that_shows_its_blanks_is_not_doubted(path: Path) -> None:
    report = govreport.load(path)
    assert not report.doubts
    assert {c.status for c in report.cells} <= {Status.READ, Status.BLANK}


@pytest.mark.parametrize("path", [p for p in PARAMETERS if p.id in HOLLOW])
def test_a_sample_that_lost_its_blanks_is_doubted_where_it_did(path: Path) -> None:
    doubted = {key for finding in govreport.load(path).doubts for key in finding.cells}
    assert "disclosure.rules.issued" in doubted


def test_the_samples_are_what_their_script_writes() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_samples", HERE / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = dict(script.samples())
    kept = {str(path.relative_to(HERE / "samples")): path.read_bytes().decode() for path in SAMPLES}
    assert kept == made
