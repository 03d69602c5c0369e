"""Running rules over cases: which are wanted, what they say, and what has been said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from govreport.checks.rules import Case, Rule
from govreport.errors import PluginError
from govreport.forms import FormSpec, builtin_forms
from govreport.model import CheckResult, Finding, Skipped

__all__ = ["examine", "known_forms", "selects"]


def known_forms(forms: Mapping[str, FormSpec] | None) -> Mapping[str, FormSpec]:
    """The forms handed in, or the built-in ones by name."""
    return {form.name: form for form in builtin_forms()} if forms is None else forms


def selects(pattern: str, code: str) -> bool:
    """Whether `pattern` names `code` or a family that it belongs to."""
    stem = pattern.removesuffix("*").removesuffix(".")
    return code == stem or code.startswith(f"{stem}.")


@frozen
class _Selection:
    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def __call__(self, code: str) -> bool:
        chosen = not self.select or any(selects(pattern, code) for pattern in self.select)
        return chosen and not any(selects(pattern, code) for pattern in self.ignore)


def examine(
    cases: Sequence[Case],
    rules: Iterable[Rule],
    *,
    doubts: Sequence[Finding] = (),
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> CheckResult:
    """Run the rules that are wanted over each case; `doubts` come first and are not said again."""
    wanted = _Selection(tuple(select), tuple(ignore))
    chosen = [rule for rule in rules if wanted(rule.code) and any(rule.applies(case) for case in cases)]
    outcomes = [o for case in cases for rule in chosen if rule.applies(case) for o in _guarded(rule, case)]
    said = {(doubt.code, doubt.cells) for doubt in doubts}
    new = (o for o in outcomes if isinstance(o, Finding) and (o.code, o.cells) not in said)
    return CheckResult(
        findings=(*(doubt for doubt in doubts if wanted(doubt.code)), *new),
        ran=tuple(rule.code for rule in chosen),
        skipped=tuple(o for o in outcomes if isinstance(o, Skipped)),
    )


def _guarded(rule: Rule, case: Case) -> Iterator[Finding | Skipped]:
    try:
        yield from rule.examine(case)
    except Exception as error:
        raise PluginError("the rule {plugin} failed: {cause}", plugin=rule.code, cause=repr(error)) from error
