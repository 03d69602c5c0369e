"""Kinds, units and magnitudes of single values."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from govreport.checks import run
from govreport.forms import builtin_forms
from govreport.model import Cell, Report, Status, Value
from govreport.testing import make_report

OLD, NEW = builtin_forms()


def report(key: str, value: Value, unit: str | None = None) -> Report:
    form = NEW if key in NEW.cells else OLD
    whole = make_report(form, dict.fromkeys(form.cells, 0))

    def changed(cell: Cell) -> Cell:
        if cell.key != key:
            return cell
        return attrs.evolve(cell, value=value, raw=str(value), unit=unit or cell.unit, status=Status.READ)

    tables = tuple(attrs.evolve(t, cells=tuple(map(changed, t.cells))) for t in whole.tables)
    return attrs.evolve(whole, tables=tables)


@pytest.mark.parametrize(
    ("key", "value", "unit", "code"),
    [
        ("disclosure.fees.amount", Decimal(251000), "元", "unit.mismatch"),
        ("disclosure.licensing.decisions", 12, "万元", "unit.mismatch"),
        ("disclosure.licensing.decisions", Decimal("1.5"), None, "unit.decimal_count"),
        ("requests.new.total", -1, None, "unit.negative"),
        ("disclosure.fees.amount", Decimal("-0.5"), None, "unit.negative"),
        ("requests.new.total", 20_231_231, None, "unit.magnitude"),
        ("disclosure.fees.amount", Decimal(13_000_000), None, "unit.magnitude"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_named(key: str, value: Value, unit: str | None, code: str) -> None:
    findings = list(run(report(key, value, unit), select=["unit"]))
    assert [(f.code, f.cells) for f in findings] == [(code, (key,))]
    assert str(value) in findings[0].message


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("disclosure.licensing.change", -11, None),
        ("disclosure.fees.amount", Decimal("43.788"), "万元"),
        ("disclosure.licensing.decisions", 2_500_000, "件"),
        ("requests.new.total", Decimal("12.0"), None),
        ("requests.new.total", 250_000, None),
    ],
)
def test_what_may_stand_in_a_cell_is_left_alone(key: str, value: Value, unit: str | None) -> None:
    assert not run(report(key, value, unit), select=["unit"])
