"""The official geometry of the tables."""

from __future__ import annotations

import itertools

import attrs
import pytest

from govreport.forms import FormSpec, TableSpec, builtin_forms
from govreport.forms.layout import drawing, spec_of
from govreport.testing import make_report

OLD, NEW = builtin_forms()
TABLES = [pytest.param(form, table, id=f"{form.name}-{table.name}") for form in builtin_forms() for table in form.tables]


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_a_drawing_fills_its_rectangle_exactly(form: FormSpec, table: TableSpec) -> None:
    """Every place of the grid is covered by one cell, and every key of the form stands there once, in order."""
    rows = drawing(table)
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            area = set(itertools.product(range(y, y + cell.rowspan), range(x, x + cell.colspan)))
            assert not area & covered
            covered |= area
    width = max(x for _, x in covered) + 1
    assert len(covered) == width * len(rows)
    assert [cell.key for row in rows for cell in row if cell.key] == [c.key for c in form.table(table.name).cells]
    assert width == {"disclosure": 4, "requests": 10, "disputes": 15}[table.name]


def test_table_three_has_three_header_rows_and_its_groups_span_their_rows() -> None:
    rows = drawing(NEW.table("requests"))
    assert [(c.rowspan, c.colspan) for c in rows[0]] == [(3, 3), (1, 7)]
    assert [(c.text, c.rowspan, c.colspan) for c in rows[1]] == [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
    spans = {c.text: (c.rowspan, c.scope) for row in rows for c in row if c.scope == "rowgroup"}
    assert spans["三、本年度办理结果"] == (22, "rowgroup")
    assert spans["（三）不予公开"] == (8, "rowgroup")


def test_the_last_column_of_a_narrow_item_takes_the_rest() -> None:
    rows = drawing(NEW.table("disclosure"))
    assert [(c.text, c.colspan) for c in rows[5]] == [("信息内容", 1), ("本年处理决定数量", 3)]
    assert rows[6][1].colspan == 3
    fees = drawing(OLD.table("disclosure"))[-6:-3]
    assert [c.colspan for c in fees[1]] == [1, 1, 2]


def test_the_spec_of_a_table_is_its_forms_own() -> None:
    report = make_report(NEW, {})
    assert spec_of(report.tables[0], builtin_forms()) == NEW.tables[0]
    assert spec_of(attrs.evolve(report.tables[0], name="other"), builtin_forms()) is None


def test_a_hybrid_is_drawn_with_the_blocks_of_both_forms() -> None:
    old, new = make_report(OLD, {}), make_report(NEW, {})
    first = tuple(c for c in old.tables[0].cells if c.key in {x.key for x in OLD.tables[0].blocks[0].cells})
    rest = tuple(c for c in new.tables[0].cells if not c.key.startswith(("disclosure.rules", "disclosure.normative")))
    table = attrs.evolve(new.tables[0], cells=first + rest)
    spec = spec_of(table, builtin_forms())
    assert spec is not None
    assert [c.key for c in spec.cells] == [c.key for c in table.cells]
