"""The corpus: seeds perfect; damaged documents and extractors' texts above their thresholds, and nothing silent anywhere.

The thresholds are what the library reached when they were last raised, with a little room; raise them as it learns.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

import govreport
from govreport.errors import NotAReportError, SourceError
from govreport.model import Finding, Report, Status
from govreport.testing import Judgement, judge, judge_error

pytestmark = pytest.mark.corpus

Row = dict[str, Any]
Documents = Callable[[str], list[Row]]

DAMAGED_RIGHT, DAMAGED_DOUBTED = 99.5, 1.0
"""Per cent of printed cells right, and of right cells doubted, in `damaged`."""
TEXT_RIGHT, TEXT_DOUBTED = 96.0, 2.0
"""The same in the texts of extractors that keep the values (`kept` ≥ 0.99)."""
RAW_RIGHT = {"html": 99.9, "docx": 99.9, "xlsx": 99.9, "pdf": 99.5, "webpdf": 99.5}
"""Per cent of printed cells right in documents as they were made."""
FACTS_RIGHT = 95.0
"""Per cent of form, year, issuer and title right in documents as they were made."""
KEPT = 0.99


def read(row: Row) -> tuple[Report | None, list[Finding], Judgement, Row]:
    truth = json.loads(row["truth"].read_text("utf-8"))
    try:
        report = govreport.load(row["file"])
    except (SourceError, NotAReportError) as error:
        return None, [], judge_error(truth["cells"], error), truth
    findings = list(govreport.check(report))
    return report, findings, judge(truth["cells"], report, findings), truth


def squeezed(text: object) -> str:
    return "".join(str(text).split())


def share(judgements: Iterable[Judgement], what: str, of: str = "printed") -> float:
    counts: Counter[str] = Counter()
    for judgement in judgements:
        counts.update({name: judgement[name] for name in {what, of}})
    return 100 * counts[what] / max(1, counts[of])


def silent(rows: Iterable[tuple[Row, Judgement]]) -> list[str]:
    return [f"{row['file'].name} of {row['case']}: {v.label}: {v.want} read as {v.have}" for row, j in rows for v in j.silent]


@pytest.mark.parametrize("number", range(5))
def test_a_seed_is_perfect(documents: Documents, number: int) -> None:
    report, findings, judgement, truth = read(documents("seeds")[number])
    assert report is not None, judgement.error
    assert [v for v in judgement.cells if v.outcome in ("wrong", "missing") or v.doubted] == []
    assert (report.form, report.year) == (truth["form"], truth["year"])
    assert squeezed(report.issuer) == squeezed(truth["issuer"])
    assert squeezed(report.title) == squeezed(truth["title"])
    said = [f.code for f in findings if f.code.startswith(("arithmetic.", "reading."))]
    assert said == ["reading.identity"] * [truth[name] for name in ("title", "year", "issuer")].count(None)  # left unsaid
    assert [p.text for p in report.unbound if any(c.isdigit() for c in p.text)] == []
    assert all(cell.place is not None for cell in report.cells if cell.status is Status.READ)


def test_damaged_documents_are_read_right_or_doubted(documents: Documents) -> None:
    rows = documents("damaged")
    judgements = [read(row)[2] for row in rows]
    assert silent(zip(rows, judgements, strict=True)) == []
    assert share(judgements, "right") >= DAMAGED_RIGHT
    assert share(judgements, "doubted", "right") <= DAMAGED_DOUBTED


def test_extracted_texts_are_read_right_or_doubted(documents: Documents) -> None:
    rows = [row for row in documents("matrix") if row["extractor"] != "raw"]
    judgements = [read(row)[2] for row in rows]
    assert silent(zip(rows, judgements, strict=True)) == []
    keeping = [judgement for row, judgement in zip(rows, judgements, strict=True) if (row["kept"] or 0) >= KEPT]
    assert share(keeping, "right") >= TEXT_RIGHT
    assert share(keeping, "doubted", "right") <= TEXT_DOUBTED


@pytest.mark.parametrize("kind", RAW_RIGHT)
def test_documents_as_they_were_made_are_read(documents: Documents, kind: str) -> None:
    rows = [row for row in documents("matrix") if row["extractor"] == "raw" and row["kind"] == kind][::2]
    results = [read(row) for row in rows]
    judgements = [judgement for _, _, judgement, _ in results]
    assert silent(zip(rows, judgements, strict=True)) == []
    assert share(judgements, "right") >= RAW_RIGHT[kind]
    facts = [
        squeezed(getattr(report, fact, None)) == squeezed(truth[fact])
        for report, _, _, truth in results
        for fact in ("form", "year", "issuer", "title")
    ]
    assert 100 * sum(facts) / len(facts) >= FACTS_RIGHT


def in_line(one: str, other: str) -> bool:
    """Whether two label paths are of one row, or of one column of table 三."""
    same_row = one.rpartition("|")[0] == other.rpartition("|")[0]
    return one[0] == other[0] and (same_row or (one[0] == "三" and one.rpartition("|")[2] == other.rpartition("|")[2]))


def test_planted_inconsistencies_are_named_and_nothing_else(documents: Documents) -> None:
    for row in (row for row in documents("matrix") if row["extractor"] == "raw" and row["kind"] == "html"):
        report, findings, judgement, truth = read(row)
        assert report is not None, judgement.error
        labels = {cell.key: cell.label for cell in report.cells}
        named = [labels[key] for f in findings if f.code.startswith("arithmetic.") for key in f.cells]
        for planted in truth.get("planted", ()):
            assert any(in_line(planted["cell"], label) for label in named), row["case"]
        if not truth.get("planted") and not truth["regime"].startswith("unique"):
            assert not named, row["case"]
