"""Checks: a report → what a strict reviewer would say of it.

`run` gives the findings made while reading, then those of the rules. A rule is a small decorated generator (`checks.rules`);
plugins bring more through the hook `govreport_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from govreport.checks import arithmetic, structure, units
from govreport.checks.rules import Case, Rule
from govreport.errors import PluginError
from govreport.forms import FormSpec, builtin_forms
from govreport.model import CheckResult, Finding, Report, Skipped

__all__ = ["builtin_rules", "run", "selects"]


def builtin_rules() -> tuple[Rule, ...]:
    """The rules that come with the library, in the order in which their findings are told."""
    return (*structure.RULES, *arithmetic.RULES, *units.RULES)


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
    beginnings (`arithmetic`, `structure.empty_section`), `ignore` wins. `forms` by name are those that the report was read by,
    the built-in ones by default. A rule that fails raises `PluginError` naming it.
    """
    case = Case(report, {form.name: form for form in builtin_forms()} if forms is None else forms)
    wanted = _Selection(tuple(select), tuple(ignore))
    chosen = [r for r in (builtin_rules() if rules is None else rules) if wanted(r.code) and r.applies(case)]
    said = {(doubt.code, doubt.cells) for doubt in report.doubts}
    outcomes = [outcome for rule in chosen for outcome in _guarded(rule, case)]
    doubts = (doubt for doubt in report.doubts if wanted(doubt.code))
    new = (o for o in outcomes if isinstance(o, Finding) and (o.code, o.cells) not in said)
    return CheckResult(
        findings=(*doubts, *new),
        ran=tuple(rule.code for rule in chosen),
        skipped=tuple(o for o in outcomes if isinstance(o, Skipped)),
    )


def selects(pattern: str, code: str) -> bool:
    """Whether `pattern` names `code` or a family that it belongs to."""
    stem = pattern.removesuffix("*").removesuffix(".")
    return code == stem or code.startswith(f"{stem}.")


class _Selection:
    """Which codes are wanted."""

    def __init__(self, select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
        self.select, self.ignore = select, ignore

    def __call__(self, code: str) -> bool:
        chosen = not self.select or any(selects(pattern, code) for pattern in self.select)
        return chosen and not any(selects(pattern, code) for pattern in self.ignore)


def _guarded(rule: Rule, case: Case) -> Iterator[Finding | Skipped]:
    try:
        yield from rule.examine(case)
    except Exception as error:
        message = f"the rule {rule.code} failed: {error!r}"
        raise PluginError(message, plugin=rule.code) from error
