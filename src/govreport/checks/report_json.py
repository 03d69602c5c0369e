"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from govreport.checks.report_text import Checked
from govreport.model import CheckResult, Finding, Place

__all__ = ["finding_dict", "report_json"]


def report_json(results: Iterable[Checked], *, indent: int | None = 2) -> str:
    """A list with an object for each document: `document`, `findings`, `ran`, `skipped`; decimals are strings."""
    return json.dumps([_document(*checked) for checked in results], ensure_ascii=False, indent=indent)


def _document(name: str, result: CheckResult) -> dict[str, Any]:
    return {
        "document": name,
        "findings": [finding_dict(finding) for finding in result],
        "ran": list(result.ran),
        "skipped": [attrs.asdict(skipped) for skipped in result.skipped],
    }


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain data; both languages, and the place without what is not known."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": {"zh": finding.text("zh"), "en": finding.text("en")},
        "cells": list(finding.cells),
        "expected": _plain(finding.expected),
        "actual": _plain(finding.actual),
        "place": _place(finding.place),
        "assumed_zero": list(finding.assumed_zero),
        "suggestion": None if finding.suggestion is None else [finding.suggestion[0], _plain(finding.suggestion[1])],
    }


def _plain(value: int | Decimal | str | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _place(place: Place | None) -> dict[str, int] | None:
    return None if place is None else {name: n for name, n in attrs.asdict(place).items() if n is not None}
