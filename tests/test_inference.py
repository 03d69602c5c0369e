"""Rows that lost their blanks: what the sums of the form tell of their columns, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import govreport
from govreport.binding.placing.margins import END, Extent, learn
from govreport.binding.sums.inference import OPEN, Evidence, Sum, infer
from govreport.forms import builtin_forms
from govreport.model import Report, Status
from govreport.testing import make_report
from govreport.testing.build import text_of
from govreport.testing.extracts import EXTRACTS

TOTAL = ((0, 1), (1, 1), (2, -1))
"""Three columns: the last is the total of the others."""
PROVEN = Evidence(5, 5)
DROPPED = next(e for e in EXTRACTS if e.name == "lines_dropped")


def rows(count: int) -> list[Sum]:
    return [Sum(tuple((row, column, sign) for column, sign in TOTAL)) for row in range(count)]


def columns(first: Sequence[int], last: int) -> list[Sum]:
    return [Sum((*((row, column, 1) for row in first), (last, column, -1))) for column in range(3)]


def test_a_row_without_blanks_is_left_alone() -> None:
    assert infer([(1, 2, 3)], 3, rows(1), PROVEN)[0] == {}


def test_only_what_all_alignments_agree_on_is_told() -> None:
    assert infer([(4, 4)], 3, rows(1), PROVEN)[0] == {0: (OPEN, OPEN, 1)}


def test_columns_choose_among_what_rows_leave_open() -> None:
    lines = [(1, 2, 3), (4, 4), (1, 6, 7)]
    found, _ = infer(lines, 3, [*rows(3), *columns((0, 1), 2)], PROVEN)
    assert found == {1: (None, 0, 1)}


def test_rows_are_solved_together() -> None:
    lines = [(5, 5), (4, 4), (5, 4, 9)]
    found, _ = infer(lines, 3, [*rows(3), *columns((0, 1), 2)], PROVEN)
    assert found == {0: (0, None, 1), 1: (None, 0, 1)}


def test_columns_that_do_not_add_up_prove_nothing_but_rows_still_do() -> None:
    lines = [(1, 2, 3), (4, 4), (1, 6, 8)]
    found, _ = infer(lines, 3, [*rows(3), *columns((0, 1), 2)], PROVEN)
    assert found == {1: (OPEN, OPEN, 1)}


@pytest.mark.parametrize("values", [(4, 5), (4,), (0, 0), ()])
def test_a_row_that_no_alignment_or_every_alignment_satisfies_is_told_nothing(values: tuple[int, ...]) -> None:
    assert infer([values], 3, rows(1), PROVEN)[0] == {}


def test_sums_are_no_evidence_where_nothing_adds_up() -> None:
    lines = [(1, 2, 9), (2, 2, 7), (3, 1, 8), (1, 1, 2), (4, 4)]
    found, evidence = infer(lines, 3, rows(5), Evidence())
    assert found == {}
    assert evidence == Evidence(5, 2)


def test_a_row_that_was_not_read_takes_its_columns_with_it() -> None:
    lines = [None, (4, 4), (1, 6, 7)]
    assert infer(lines, 3, [*rows(3), *columns((0, 1), 2)], PROVEN)[0] == {1: (OPEN, OPEN, 1)}


def test_too_many_alignments_are_not_looked_at() -> None:
    wide = Sum(tuple((0, column, 1 if column < 29 else -1) for column in range(30)))
    assert infer([(0,) * 14 + (1, 1)], 30, [wide], PROVEN)[0] == {}


# --- whole reports -----------------------------------------------------------------------------------------------------------

COLUMNS = ("natural_person", "company", "research", "public_interest", "legal_service", "other", "total")


def filled(rows: Mapping[str, Sequence[int | None]], *, default: int = 0) -> dict[str, int | None]:
    """A report that adds up: these rows of table 三, every other cell the same."""
    values: dict[str, int | None] = dict.fromkeys(builtin_forms()[-1].cells, default)
    return values | {f"requests.{row}.{c}": v for row, cells in rows.items() for c, v in zip(COLUMNS, cells, strict=True)}


ROWS = {
    "new": (5, 3, 0, 0, 0, 1, 9),
    "carried_in": (1, None, None, 1, None, None, 2),
    "granted": (4, 2, 0, 1, 0, 1, 8),
    "partial": (None, 1, None, None, None, None, 1),
    "concluded": (4, 3, 0, 1, 0, 1, 9),
    "carried_out": (2, 0, 0, 0, 0, 0, 2),
}


def loaded(values: Mapping[str, int | None]) -> Report:
    return govreport.loads(text_of(make_report("2021", values), DROPPED))


def test_blanks_that_vanished_are_told_by_the_sums_and_said_to_be() -> None:
    report = loaded(filled(ROWS))
    cells = [cell for cell in report.cells if cell.key.startswith("requests.carried_in.")]
    assert [cell.value for cell in cells] == [1, None, None, 1, None, None, 2]
    assert {cell.status for cell in cells} == {Status.INFERRED, Status.BLANK}
    finding = next(f for f in report.doubts if f.code == "reading.sums" and "requests.carried_in.total" in f.cells)
    assert len(finding.cells) == len(COLUMNS)
    assert "勾稽" in finding.message
    assert "sums" in finding.text("en")


def test_a_report_that_does_not_add_up_is_told_nothing() -> None:
    shuffled = {row: cells[::-1] for row, cells in ROWS.items()}
    report = loaded(filled(shuffled, default=3))
    assert not [f for f in report.doubts if f.code == "reading.sums"]
    assert all(c.status is Status.MISSING for c in report.cells if c.key.startswith("requests.partial."))


# --- margins -----------------------------------------------------------------------------------------------------------------


def extent(size: int, first: int, last: int, *, depth: int = 0, following: int | str | None = 0) -> Extent:
    return Extent(depth, END if following is END else depth, following, 3, size, last - first + 1, first, last)


def test_a_row_with_a_blank_at_its_end_is_told_by_the_slots_that_rows_have() -> None:
    margins = learn([extent(4, 0, 2), extent(4, 0, 2)])
    assert margins.window(extent(4, 0, 1)) == (0, True)
    assert margins.window(extent(4, 1, 1)) == (0, True)


def test_a_row_with_a_slot_too_few_is_not_told() -> None:
    margins = learn([extent(4, 0, 2), extent(4, 0, 2)])
    assert margins.window(extent(3, 0, 1)) is None


def test_what_follows_a_row_decides_how_many_slots_stand_after_it() -> None:
    known = [extent(3, 0, 2), extent(3, 0, 2, depth=1), extent(5, 0, 2, depth=1, following=2), extent(5, 0, 2, following=2)]
    margins = learn(known)
    assert margins.window(extent(5, 0, 1, following=2)) == (0, True)
    assert margins.window(extent(4, 0, 1, following=2)) is None


def test_rows_that_each_lost_one_blank_teach_nothing() -> None:
    """Two values and the gap that ends a row are no three cells."""
    margins = learn([extent(4, 0, 2), extent(3, 0, 1, following=1), extent(3, 0, 1, following=1)])
    assert margins.window(extent(3, 0, 1, following=1)) is None


def test_the_end_of_a_table_is_not_the_end_of_a_row() -> None:
    margins = learn([extent(4, 0, 2), extent(4, 0, 2, following=1)])
    assert margins.window(extent(4, 0, 1, following=END)) is None
