"""Text taken out of pages whose labels and values got out of step: rows that only look whole are doubted."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from tests.binding.doubting import doubted

import govreport
from govreport.binding.doubting.steps import between_many_and_none, parted_by_blanks
from govreport.binding.placing.gutters import Head, under_columns
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Slot
from govreport.forms import builtin_forms
from govreport.model import Piece, Place
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.values import Kind, read_value

FORM = builtin_forms()[-1]
ROW = "requests.granted"
OLD = builtin_forms()[0]


def written(layout: str, form: str = FORM.name) -> str:
    spec = next(f for f in builtin_forms() if f.name == form)
    return text_of(make_report(spec, values_for(spec, "unique", dice(7))), subjects((layout,))[0])


def row(*cells: str, count: int = 4, lined: bool = False) -> Any:
    """A row by its cells, each a number or empty."""
    slots = [Slot(Kind.NUMBER if c else Kind.EMPTY, 0, at, read_value(c) if c else None) for at, c in enumerate(cells)]
    slots_of = RowSlots(slots)
    return SimpleNamespace(slots=slots_of, count=count, lined=lined, full=len(slots_of.values) == count)


FULL, NONE, MANY = ("1", "2", "3", "4"), (), ("1", "2", "3", "4", "5", "6", "7")


@pytest.mark.parametrize(
    ("rows", "doubted_rows"),
    [
        ([FULL, MANY, FULL, FULL, NONE, FULL], [2, 3]),
        ([FULL, NONE, FULL, MANY, FULL], [2]),
        ([FULL, NONE, FULL, NONE, FULL], []),
        ([FULL, MANY, FULL, FULL], []),
    ],
)
def test_rows_between_one_with_too_many_values_and_one_with_none(rows: list[tuple[str, ...]], doubted_rows: list[int]) -> None:
    """Labels of two lines have their values above them: each row looks as if it had those of the next."""
    own = [row(*cells) for cells in rows]
    assert list(between_many_and_none(own)) == [own[at] for at in doubted_rows]
    assert list(between_many_and_none([row(*cells, lined=True) for cells in rows])) == []


def test_empty_lines_that_part_all_values_are_no_cells() -> None:
    """Three values with two empty lines between them are no five cells."""
    parted = [row("1", "", "2", "", "3", count=5) for _ in range(6)]
    assert list(parted_by_blanks(parted)) == parted
    blanks = [row("1", "2", "", "", "3", count=5) for _ in range(6)]
    assert list(parted_by_blanks(parted[:2] + blanks)) == []
    assert list(parted_by_blanks(parted[:3])) == []


def test_a_mark_and_a_number_are_two_cells() -> None:
    """One value is two, and another belongs to nobody: the row has seven all the same."""
    text = written("lines")
    report = govreport.loads(text)
    first, second = (str(report[f"{ROW}.{name}"]) for name in ("research", "public_interest"))
    assert not doubted(report, ROW)
    assert doubted(govreport.loads(text.replace(f"\n{first}\n\n{second}\n", f"\n- {first}\n\n{second}\n")), ROW)


def test_a_row_that_goes_on_below_one_that_lacks_values() -> None:
    """Read column by column: what stands below two rows may be the first one's."""
    text = written("joined", OLD.name)
    clean = govreport.loads(text)
    names = ("prior_items", "change", "decisions")
    upper, lower = ([str(clean[f"disclosure.{row}.{name}"]) for name in names] for row in ("penalties", "compulsion"))
    assert f"行政处罚 {' '.join(upper)}\n行政强制 {' '.join(lower)}" in text
    below = f"行政处罚 {upper[0]}\n行政强制 {lower[0]}\n\n{upper[1]}\n\n{lower[1]}"
    report = govreport.loads(text.replace(f"行政处罚 {' '.join(upper)}\n行政强制 {' '.join(lower)}", below))
    assert doubted(report, "disclosure.compulsion")


def test_half_a_number_before_the_label_may_be_that_of_the_last_cell() -> None:
    text = written("lines")
    clean = govreport.loads(text)
    last = str(clean[f"{ROW}.total"])
    label = "（一）予以公开"
    assert text.count(label) == 1
    broken = text.replace(label, f"{last[:-1]}\n\n{label}").replace(f"\n{last}\n", f"\n{last[-1:]}\n", 1)
    assert doubted(govreport.loads(broken), ROW)


def test_a_label_that_reaches_into_the_first_column_moves_no_value() -> None:
    """Its first value is lost in it: the others still stand in their own columns."""

    def slots(number: int, values: Sequence[int]) -> list[Slot]:
        return [Slot(Kind.NUMBER, 0, number * 10 + at, read_value("123")) for at in range(1, 1 + len(values))]

    at = (20, 26, 32, 38)
    pieces = [
        Piece(text, row=number, column=column, colspan=len(text), place=Place(number + 1, column + 1))
        for number, (label, columns) in enumerate([("a" * 9, at), ("b" * 12, at), ("c" * 8, at), ("d" * 22, at[1:])])
        for text, column in [(label, 0), *(("123", column) for column in columns), *[("", 60)] * (9 - len(columns))]
    ]
    rows = [slots(0, at), slots(1, at), slots(2, at), slots(3, at[1:])]
    found = under_columns(rows, 4, pieces, Head())[3]
    assert found is None or found.cells[0] is None
