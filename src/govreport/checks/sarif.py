"""Findings as SARIF 2.1.0, for editors and code-review services."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govreport.checks.report_json import finding_dict
from govreport.checks.report_text import Checked
from govreport.checks.rules import Lang, Rule
from govreport.model import Finding, Place, Severity

__all__ = ["sarif"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(results: Iterable[Checked], rules: Iterable[Rule] = (), *, lang: Lang = "zh", version: str = "") -> str:
    """One run over all documents; `rules` give the metadata (what, why, severity), codes of the reading line are listed bare.

    A place in a grid that has no line in the source goes into `logicalLocations` and the result's properties.
    """
    checked = list(results)
    listed = _descriptors(checked, list(rules), lang)
    index = {descriptor["id"]: number for number, descriptor in enumerate(listed)}
    driver = {"name": "govreport", "rules": listed} | ({"version": version} if version else {})
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(name, finding, index, lang) for name, result in checked for finding in result],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _descriptors(checked: Sequence[Checked], rules: Sequence[Rule], lang: Lang) -> list[dict[str, Any]]:
    known = {rule.code: _descriptor(rule, lang) for rule in rules}
    codes = dict.fromkeys(finding.code for _, result in checked for finding in result)
    return [*known.values(), *({"id": code} for code in codes if code not in known)]


def _descriptor(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.zh if lang == "zh" else rule.en},
        "help": {"text": rule.source},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(name: str, finding: Finding, index: dict[str, int], lang: Lang) -> dict[str, Any]:
    data = finding_dict(finding)
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.text(lang)},
        "locations": [_location(name, finding)],
        "properties": {key: data[key] for key in ("cells", "expected", "actual", "place", "assumed_zero", "suggestion")},
    }


def _location(name: str, finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(name).as_posix())}}
    if region := _region(finding.place):
        physical["region"] = region
    logical = [{"fullyQualifiedName": key, "kind": "member"} for key in finding.cells]
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _region(place: Place | None) -> dict[str, int]:
    """Line and column of a text; the column of a grid is no column of a line."""
    if place is None or place.line is None:
        return {}
    return {"startLine": place.line} | ({"startColumn": place.column} if place.column and place.table is None else {})
