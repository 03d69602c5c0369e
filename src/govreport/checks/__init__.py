"""Checks: a report → what a strict reviewer would say of it.

`run` gives the findings made while reading, then those of the rules. A rule is a small decorated generator (`checks.rules`);
plugins bring more through the hook `govreport_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govreport.checks import arithmetic, hierarchy, prose, series, structure, units
from govreport.checks.examine import examine, known_forms
from govreport.checks.hierarchy import Hierarchy, Sum, check_hierarchy
from govreport.checks.rules import Case, Rule
from govreport.checks.series import check_series
from govreport.forms import FormSpec
from govreport.model import CheckResult, Report

__all__ = ["Hierarchy", "Sum", "builtin_rules", "check_hierarchy", "check_series", "run"]


def builtin_rules() -> tuple[Rule, ...]:
    """The rules that come with the library, in the order in which their findings are told."""
    return (*structure.RULES, *arithmetic.RULES, *units.RULES, *prose.RULES, *series.RULES, *hierarchy.RULES)


def run(
    report: Report,
    rules: Iterable[Rule] | None = None,
    *,
    forms: Mapping[str, FormSpec] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> CheckResult:
    """Check one report: its doubts first, then what each rule finds.

    What the reading line has said already, by code and cells, is not said again. `select` and `ignore` are codes or their
    beginnings (`arithmetic`, `structure.section_empty`), `ignore` wins. `forms` by name are those that the report was read by,
    the built-in ones by default. A rule that fails raises `PluginError` naming it.
    """
    chosen = [rule for rule in (builtin_rules() if rules is None else rules) if rule.over == "report"]
    return examine([Case(report, known_forms(forms))], chosen, doubts=report.doubts, select=select, ignore=ignore)
