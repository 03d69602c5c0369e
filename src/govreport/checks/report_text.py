"""Findings for a terminal or a log: one line each, like a compiler's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govreport.checks.rules import Lang
from govreport.model import CheckResult, Finding, Place

__all__ = ["report_text"]

Checked = tuple[str, CheckResult]
"""The name of a document (a path, as a rule) and what its check said."""


def report_text(results: Iterable[Checked], lang: Lang = "zh") -> str:
    """`name:line:column: severity code message` for every finding; nothing for a clean document."""
    return "\n".join(_line(name, finding, lang) for name, result in results for finding in result)


def _line(name: str, finding: Finding, lang: Lang) -> str:
    at = ":".join((name, *_coordinates(finding.place)))
    return f"{at}: {finding.severity.value} {finding.code} {finding.text(lang)}"


def _coordinates(place: Place | None) -> Iterator[str]:
    """Line and column where editors can jump there; grids without lines have none."""
    if place and place.line:
        yield str(place.line)
        if place.column and not place.table:
            yield str(place.column)
