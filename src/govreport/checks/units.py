"""Kinds and units of values: counts are whole and not negative, amounts are in 万元, and nothing is beyond reason.

All rules look at one list of the cells that can interest them, so that two hundred plain counts are touched once.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govreport.checks.rules import Case, Outcome, found, rule
from govreport.forms import CellSpec
from govreport.model import Cell, Severity, Status, Value

__all__ = ["RULES"]

FORMAT = "国办公开办函〔2021〕30号、〔2019〕60号所附年度报告格式"

MONEY = frozenset({"元", "千元", "万元", "亿元"})
LIMITS: dict[str, int] = {"requests": 1_000_000, "disputes": 1_000_000, "disclosure": 100_000_000, "amount": 10_000_000}
"""Beyond what even a province reports: requests or disputes of a year; decisions, documents or items of table 二; 万元 of fees.

A number above is not impossible, but far likelier two numbers run together, or 元 where 万元 are asked for.
"""

Suspect = tuple[Cell, CellSpec, int | Decimal]


def suspects(case: Case) -> tuple[Suspect, ...]:
    """The printed numbers that any rule here could object to."""
    least = min(LIMITS.values())
    odd = [cell for cell in case.cells.values() if _odd(cell, cell.value, least)]
    return tuple((cell, spec, cell.value) for cell in odd if (spec := case.spec(cell)) and cell.value is not None)


def _odd(cell: Cell, value: Value, least: int) -> bool:
    if value is None or cell.status is Status.MISSING:
        return False
    return cell.unit in MONEY or isinstance(value, Decimal) or value < 0 or value > least


@rule(
    "unit.mismatch",
    severity=Severity.ERROR,
    source=FORMAT,
    zh="{cell}：应以{expected}填写，印为{value}{actual}",
    en="{cell}: the form asks for {expected}, {value}{actual} is printed",
)
def mismatch(case: Case) -> Iterator[Outcome]:
    """A printed unit of money is not the one that the form asks for (251000元 in a 万元 cell)."""
    for cell, spec, value in case.once(suspects):
        if cell.unit in MONEY and cell.unit != spec.unit:
            yield found(cells=(cell,), cell=cell, value=value, expected=spec.unit or spec.kind, actual=cell.unit)


@rule(
    "unit.decimal_count",
    severity=Severity.ERROR,
    source=FORMAT,
    zh="{cell}：数量应为整数，印为{actual}",
    en="{cell}: a count must be whole, {actual} is printed",
)
def decimal_count(case: Case) -> Iterator[Outcome]:
    """A count with a fraction."""
    for cell, spec, value in case.once(suspects):
        if spec.kind != "amount" and value != int(value):
            yield found(cells=(cell,), cell=cell, actual=value)


@rule(
    "unit.negative",
    severity=Severity.ERROR,
    source=FORMAT,
    zh="{cell}：不应为负数，印为{actual}",
    en="{cell}: must not be negative, {actual} is printed",
)
def negative(case: Case) -> Iterator[Outcome]:
    """A negative count or amount; only 本年增/减 may be negative."""
    for cell, spec, value in case.once(suspects):
        if spec.kind != "change" and value < 0:
            yield found(cells=(cell,), cell=cell, actual=value)


@rule(
    "unit.magnitude",
    severity=Severity.WARNING,
    source="按量级判断，无明文规定",
    zh="{cell}：印为{actual}，大得不合常理（超过{limit}），请核对数字与单位",
    en="{cell}: {actual} is printed, beyond reason (more than {limit}); check the number and its unit",
)
def magnitude(case: Case) -> Iterator[Outcome]:
    """A number larger than any body could report."""
    for cell, spec, value in case.once(suspects):
        limit = LIMITS["amount"] if spec.kind == "amount" else LIMITS.get(cell.key.partition(".")[0], LIMITS["disclosure"])
        if not -limit <= value <= limit:
            yield found(cells=(cell,), cell=cell, actual=value, limit=limit)


RULES = (mismatch, decimal_count, negative, magnitude)
