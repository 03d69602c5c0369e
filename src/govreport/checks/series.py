"""Reports of one body over the years: what must carry over, and what changes beyond reason."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs

from govreport.checks.examine import examine, known_forms
from govreport.checks.panel import certain, figure
from govreport.checks.rules import Both, Case, Outcome, Rule, describe, found, rule, skip
from govreport.errors import expect
from govreport.forms import CellSpec, FormSpec
from govreport.model import CheckResult, Report, Severity, Skipped

__all__ = ["RULES", "check_series"]

CARRIED = "年度报告格式表三：“上年结转”即上一年度报告的“结转下年度继续办理”"
ROLLED = "年度报告格式表二各栏含义；实务中常不严格成立，仅作提示"
JUDGED = "按常理判断，无明文规定"

JUMP, FLOOR = 30, 10
"""A figure is said to jump if it is 30 times the other year's; below 10 a year is a matter of chance and counts as 10."""

SLIP = (2_000, 50_000)
"""A factor in this range between two years is 元 for 万元 (10,000) with some growth or decline, not a change of the world."""


def check_series(
    reports: Iterable[Report],
    rules: Iterable[Rule] | None = None,
    *,
    forms: Mapping[str, FormSpec] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> CheckResult:
    """Check the reports of one body against each other, year by year; their order does not matter.

    Each finding speaks of a report and the one before it: `cells` are keys and `place` a place of the later one. A report
    without a year is left out and named in `.skipped`.
    """
    expect(reports, Iterable, "check_series")
    given = tuple(reports)
    for report in given:
        expect(report, Report, "check_series")
    dated = sorted((report for report in given if report.year is not None), key=lambda report: report.year or 0)
    cases = [Case(report, known_forms(forms)) for report in dated]
    pairs = [attrs.evolve(case, before=before) for before, case in itertools.pairwise(cases)]
    chosen = [rule for rule in (RULES if rules is None else rules) if rule.over == "series"]
    result = examine(pairs, chosen, select=select, ignore=ignore)
    undated = [Case(report, {}).name for report in given if report.year is None]
    left_out = tuple(map(_undated, undated))
    return attrs.evolve(result, skipped=(*left_out, *result.skipped))


def _undated(name: str) -> Skipped:
    message, english = f"不知道{name}的报告是哪一年的", f"no year is known of the report of {name}"
    return Skipped(code="series", cells=(), message=message, english=english)


def _both(case: Case) -> dict[str, Case]:
    """The two neighbours for rules that compare numbers, if they are of consecutive years; else nothing."""
    before = case.before
    follows = before is not None and before.report.year is not None and case.report.year == before.report.year + 1
    return {"before": before, "now": case} if follows and before is not None else {}


@rule(
    "series.missing_year",
    severity=Severity.WARNING,
    source="《政府信息公开条例》第四十九条",
    zh="缺少{missing}年度报告（现有{prior}年度和{year}年度）",
    en="the report of {missing} is missing (there are {prior} and {year})",
    over="series",
)
def missing_year(case: Case) -> Iterator[Outcome]:
    """A year between two reports has none."""
    first = case.before.report.year if case.before else None
    for year in range((first or 0) + 1, case.report.year or 0):
        yield found(missing=year)


@rule(
    "series.duplicate_year",
    severity=Severity.WARNING,
    source="《政府信息公开条例》第四十九条",
    zh="{year}年度有不止一份报告",
    en="there is more than one report of {year}",
    over="series",
)
def duplicate_year(case: Case) -> Iterator[Outcome]:
    """Two reports of one year."""
    if case.before and case.before.report.year == case.report.year:
        yield found()


@rule(
    "series.issuer",
    severity=Severity.WARNING,
    source=JUDGED,
    zh="{year}年度报告的机关是“{actual}”，{prior}年度是“{expected}”",
    en="the issuer of {year} is “{actual}”, that of {prior} is “{expected}”",
    over="series",
)
def issuer(case: Case) -> Iterator[Outcome]:
    """Two neighbouring reports are not of the same body."""
    before = case.before
    if before and before.report.issuer and case.report.issuer and before.name != case.name:
        yield found(expected=before.name, actual=case.name)


@rule(
    "series.form_change",
    severity=Severity.INFO,
    source="国办公开办函〔2021〕30号、〔2019〕60号",
    zh="{prior}年度采用{expected}年格式，{year}年度采用{actual}年格式，部分栏目不可比",
    en="{prior} follows the form of {expected}, {year} that of {actual}: some columns cannot be compared",
    over="series",
)
def form_change(case: Case) -> Iterator[Outcome]:
    """The form changed between two reports."""
    before = case.before
    if before and before.report.form and case.report.form and before.report.form != case.report.form:
        yield found(expected=before.report.form, actual=case.report.form)


@rule(
    "series.carried_over",
    severity=Severity.ERROR,
    source=CARRIED,
    zh="{line}：{year}年度“上年结转”为{actual}，{prior}年度“结转下年度”为{expected}",
    en="{line}: {year} carries in {actual}, {prior} carried out {expected}",
    over="series",
)
def carried_over(case: Case) -> Iterator[Outcome]:
    """What one year carries out the next must carry in, column by column."""
    yield from _carried(case, "requests.carried_out.", "requests.carried_in.")


def _carried(case: Case, out: str, into: str) -> Iterator[Outcome]:
    pair = _both(case)
    for key in [key for key in case.cells if pair and key.startswith(into)]:
        source = key.replace(into, out)
        expected, actual = figure(pair["before"], source), figure(case, key)
        if expected is None or actual is None:
            yield skip((source, key), Both("两年的数没有都确切读出", "not read for certain in both years"))
        elif expected != actual:
            line = describe(case.cells[key], case.spec(case.cells[key]), of="column")
            yield found(cells=(key, source), expected=expected, actual=actual, line=line)


ROLLS = {
    "in_force": (("in_force", "before", 1), ("issued", "now", 1), ("repealed", "now", -1)),
    "prior_items": (("prior_items", "before", 1), ("change", "before", 1)),
}
"""By column: the columns that should give it, of which year, and with which sign."""


@rule(
    "series.rolled_forward",
    severity=Severity.WARNING,
    source=ROLLED,
    zh="{cell}：{year}年度印为{actual}，由{prior}年度推算应为{expected}",
    en="{cell}: {actual} is printed in {year}, {expected} would follow from {prior}",
    over="series",
)
def rolled_forward(case: Case) -> Iterator[Outcome]:
    """A stock does not follow from the year before (现行有效件数, 上一年项目数量)."""
    pair = _both(case)
    for key, cell in case.cells.items():
        stem, _, column = key.rpartition(".")
        terms = [(figure(pair[year], f"{stem}.{name}"), sign) for name, year, sign in ROLLS.get(column, ()) if pair]
        actual = figure(case, key)
        if not terms or actual is None or any(number is None for number, _ in terms):
            continue
        expected = sum(number * sign for number, sign in terms if number is not None)
        if expected != actual:
            yield found(cells=(cell,), cell=cell, expected=expected, actual=actual)


@rule(
    "series.less_than_new",
    severity=Severity.WARNING,
    source=ROLLED,
    zh="{cell}：对外公开总数量{actual}小于本年新公开数量{expected}",
    en="{cell}: {actual} in all is less than the {expected} newly disclosed",
    over="series",
)
def less_than_new(case: Case) -> Iterator[Outcome]:
    """More was newly disclosed than is disclosed in all (2019 form)."""
    for key, cell in case.cells.items():
        if key.endswith(".total_disclosed"):
            part = f"{key.removesuffix('.total_disclosed')}.newly_disclosed"
            actual, new = figure(case, key), figure(case, part)
            if actual is not None and new is not None and actual < new:
                yield found(cells=(key, part), cell=cell, expected=new, actual=actual)


Step = tuple[CellSpec, int | Decimal, int | Decimal]


def steps(case: Case) -> tuple[Step, ...]:
    """The figures worth comparing with the year before: totals of tables 三 and 四, and all of table 二, certain in both."""
    pair = _both(case)
    specs = [spec for cell in case.cells.values() if pair and certain(cell) and (spec := case.spec(cell))]
    compared = [(spec, figure(pair["before"], spec.key, spec), figure(case, spec.key)) for spec in specs if _telling(spec)]
    return tuple((spec, old, new) for spec, old, new in compared if old is not None and new is not None)


def _telling(spec: CellSpec) -> bool:
    return spec.key.startswith("disclosure.") or spec.key.endswith(".total")


def _extent(step: Step) -> tuple[Decimal, Decimal]:
    """The smaller and the larger of the two figures, signs aside."""
    _, old, new = step
    first, second = abs(Decimal(old)), abs(Decimal(new))
    return min(first, second), max(first, second)


def _slip(step: Step) -> bool:
    smaller, larger = _extent(step)
    return step[0].kind == "amount" and smaller > 0 and SLIP[0] <= larger / smaller <= SLIP[1]


@rule(
    "series.unit_slip",
    severity=Severity.WARNING,
    source="年度报告格式表二：金额单位为万元",
    zh="{cell}：{year}年度为{actual}，{prior}年度为{expected}，相差约一万倍，疑似把元当作万元填写",
    en="{cell}: {actual} in {year}, {expected} in {prior}: about 10,000 times apart, 元 may stand for 万元",
    over="series",
)
def unit_slip(case: Case) -> Iterator[Outcome]:
    """An amount is about 10,000 times that of the other year."""
    yield from (_step(case, step) for step in case.once(steps) if _slip(step))


@rule(
    "series.jump",
    severity=Severity.WARNING,
    source=JUDGED,
    zh="{cell}：{year}年度为{actual}，{prior}年度为{expected}，变化过大",
    en="{cell}: {actual} in {year}, {expected} in {prior}: a change beyond reason",
    over="series",
)
def jump(case: Case) -> Iterator[Outcome]:
    """A figure is many times that of the other year."""
    for step in case.once(steps):
        smaller, larger = _extent(step)
        if larger >= JUMP * max(smaller, Decimal(FLOOR)) and step[0].kind != "change" and not _slip(step):
            yield _step(case, step)


def _step(case: Case, step: Step) -> Outcome:
    spec, old, new = step
    return found(cells=(spec.key,), cell=case.cells[spec.key], expected=old, actual=new)


RULES = (
    missing_year,
    duplicate_year,
    issuer,
    form_change,
    carried_over,
    rolled_forward,
    less_than_new,
    unit_slip,
    jump,
)
