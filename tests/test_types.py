"""The type surface: what an editor tells users of the public names. mypy checks the types, pytest that the lines run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import govreport
from govreport.hookspecs import Format

REPORT = Path(__file__).resolve().parent.parent / "examples" / "reports" / "heting_water_2023.txt"


def test_a_report_is_typed() -> None:
    report = assert_type(govreport.load(REPORT), govreport.Report)
    assert_type(govreport.load(REPORT.read_bytes()), govreport.Report)
    assert_type(govreport.loads(REPORT.read_text("utf-8")), govreport.Report)
    assert_type(report["requests.new.total"], int | Decimal | None)
    assert_type(report.cell("requests.new.total"), govreport.Cell | None)
    assert_type(report.values(by="label"), dict[str, int | Decimal | None])
    assert_type(report.cells, Iterator[govreport.Cell])
    assert_type(report.tables, tuple[govreport.Table, ...])
    assert_type(report.unbound, tuple[govreport.Piece, ...])
    assert_type(report.title, str | None)
    assert_type(report.year, int | None)
    assert_type(report.published, dt.date | None)


def test_findings_are_typed() -> None:
    result = assert_type(govreport.check(govreport.load(REPORT)), govreport.CheckResult)
    assert_type(list(result), list[govreport.Finding])
    assert_type(govreport.detect(REPORT), tuple[govreport.Claim, ...])


def test_the_built_in_layouts_are_what_a_plugin_must_be() -> None:
    assert_type(govreport.Engine().formats, tuple[Format, ...])
