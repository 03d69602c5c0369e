"""Findings as SARIF 2.1.0, for editors and code-review services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govreport.checks import builtin_rules
from govreport.checks.rules import Rule
from govreport.model import CheckResult, Finding, Place, Severity
from govreport.serialize import plain
from govreport.wording import Lang

__all__ = ["sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KEPT = ("cells", "expected", "actual", "place", "assumed_zero", "suggestion")
"""What of a finding has no place of its own in SARIF; it goes into the properties of the result."""

Checked = tuple[str, CheckResult]
"""The name of a document (a path, as a rule) and what its check said."""


def sarif(
    results: Iterable[Checked], rules: Iterable[Rule] | None = None, *, lang: Lang = "zh", version: str = ""
) -> dict[str, Any]:
    """One run over all documents, ready for JSON.

    `rules` (the built-in ones by default) give what is checked, why, and how severe it is; codes that no rule has, those of the
    reading, are listed bare. A place in a grid that has no line in its source stands in the properties of the result.
    """
    checked = list(results)
    listed = _descriptors(checked, builtin_rules() if rules is None else rules, lang)
    index = {descriptor["id"]: number for number, descriptor in enumerate(listed)}
    driver = {"name": "govreport", "rules": listed} | ({"version": version} if version else {})
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(name, finding, index, lang) for name, result in checked for finding in result],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptors(checked: Sequence[Checked], rules: Iterable[Rule], lang: Lang) -> list[dict[str, Any]]:
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
    data = plain(finding)
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.text(lang)},
        "locations": [_location(name, finding)],
        "properties": {key: data[key] for key in KEPT if key in data},
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
