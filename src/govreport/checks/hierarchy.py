"""A body against those below it: every cell of the parent is the sum of the children's, where it reports for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs
from attrs import frozen

from govreport.checks.examine import examine, known_forms
from govreport.checks.panel import certain, figure
from govreport.checks.rules import Both, Case, Outcome, Rule, found, rule, skip
from govreport.forms import FormSpec
from govreport.model import CheckResult, Report, Severity

__all__ = ["RULES", "Hierarchy", "Sum", "check_hierarchy"]

SOURCE = "上级机关汇总所属机关数据时，各栏应等于所属各机关之和"
Number = int | Decimal


@frozen(kw_only=True)
class Sum:
    """One cell of the parent beside the sum of the children that have it; `lacking` names those that do not."""

    key: str
    label: str
    parent: Number | None
    children: Number
    having: int
    lacking: tuple[str, ...]

    @property
    def difference(self) -> Number | None:
        """Parent less children; None where the parent's cell is not certain."""
        return None if self.parent is None else self.parent - self.children


@frozen(kw_only=True)
class Hierarchy(CheckResult):
    """The findings with what they rest on: every cell's sum, and the share of the children's cells that could be counted."""

    sums: tuple[Sum, ...]
    coverage: float


def check_hierarchy(
    parent: Report,
    children: Iterable[Report],
    rules: Iterable[Rule] | None = None,
    *,
    forms: Mapping[str, FormSpec] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Hierarchy:
    """Check a body's report against those of the bodies below it.

    A cell that some child lacks is in `.skipped`, unless the others alone exceed the parent. `expected` is the children's sum,
    `actual` what the parent prints; `cells` and `place` are the parent's. Without children it is a `ValueError`.
    """
    known = known_forms(forms)
    below = tuple(Case(child, known) for child in children)
    if not below:
        raise ValueError("check_hierarchy needs at least one child")
    case = Case(parent, known, children=below)
    chosen = [rule for rule in (RULES if rules is None else rules) if rule.over == "hierarchy"]
    result = examine([case], chosen, select=select, ignore=ignore)
    told = case.once(sums)
    counted, possible = sum(s.having for s in told), len(told) * len(below)
    return Hierarchy(**attrs.asdict(result, recurse=False), sums=told, coverage=counted / possible if possible else 0.0)


def sums(case: Case) -> tuple[Sum, ...]:
    """Every cell of the parent beside the children's sum; rows that one form splits are added up for the other."""
    return tuple(_sum(case, key) for key in case.cells)


def _sum(case: Case, key: str) -> Sum:
    cell = case.cells[key]
    figures = [(child.name, figure(child, key, case.spec(cell))) for child in case.children]
    known = [number for _, number in figures if number is not None]
    return Sum(
        key=key,
        label=cell.label,
        parent=(cell.value or 0) if certain(cell) else None,
        children=sum(known, 0),
        having=len(known),
        lacking=tuple(name for name, number in figures if number is None),
    )


@rule(
    "hierarchy.sum",
    severity=Severity.WARNING,
    source=SOURCE,
    zh="{cell}：本机关为{actual}，所属{having}个机关之和为{expected}{lacking}",
    en="{cell}: {actual} here, {expected} in the {having} bodies below{lacking}",
    over="hierarchy",
)
def differs(case: Case) -> Iterator[Outcome]:
    """A cell is not the sum of the children's, or less than what some of them have already."""
    for line in case.once(sums):
        if line.parent is None:
            yield skip((line.key,), Both("上级机关的这一格没有确切读出", "the parent's cell was not read for certain"))
        elif line.lacking and not _exceeded(line, case):
            yield skip((line.key,), _lacking(line, len(case.children)))
        elif line.difference:
            yield _told(line, case)


def _lacking(line: Sum, among: int) -> Both:
    few = len(line.lacking)
    return Both(
        f"{among} 个机关中 {few} 个没有这个数：{'、'.join(line.lacking)}",
        f"lacking in {few} of {among}: {', '.join(line.lacking)}",
    )


def _exceeded(line: Sum, case: Case) -> bool:
    """Whether those that have the cell exceed the parent already; a signed change says nothing before all are there."""
    spec = case.spec(case.cells[line.key])
    return line.parent is not None and line.children > line.parent and (spec is None or spec.kind != "change")


def _told(line: Sum, case: Case) -> Outcome:
    names = "、".join(line.lacking)
    lacking = Both(f"（{names}未计入）", f" (without {names})") if line.lacking else ""
    cell = case.cells[line.key]
    return found(cells=(cell,), cell=cell, expected=line.children, actual=line.parent, having=line.having, lacking=lacking)


@rule(
    "hierarchy.year",
    severity=Severity.WARNING,
    source=SOURCE,
    zh="“{child}”的报告是{actual}年度的，本机关的是{expected}年度的",
    en="the report of “{child}” is of {actual}, this one of {expected}",
    over="hierarchy",
)
def year(case: Case) -> Iterator[Outcome]:
    """A child's report is of another year."""
    for child in case.children:
        if child.report.year is not None and child.report.year != case.report.year:
            yield found(child=child.name, expected=case.report.year, actual=child.report.year)


@rule(
    "hierarchy.duplicate",
    severity=Severity.WARNING,
    source=SOURCE,
    zh="“{child}”出现了{actual}次",
    en="“{child}” appears {actual} times",
    over="hierarchy",
)
def duplicate(case: Case) -> Iterator[Outcome]:
    """A child is counted twice."""
    names = Counter(child.name for child in case.children if child.report.issuer)
    for name, count in names.items():
        if count > 1:
            yield found(child=name, expected=1, actual=count)


RULES = (differs, year, duplicate)
