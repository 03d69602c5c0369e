"""Blanks that vanish, and blanks that leave a trace: no cell is wrong in silence, and what the sums tell is right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from attrs import evolve, frozen
from hypothesis import given, note

from govreport.formats import canvas
from govreport.formats.spaced import SPACED_FORMATS
from govreport.forms import builtin_forms
from govreport.model import Report, Role, Table
from govreport.testing import dice, make_report
from govreport.testing.build import Layout
from govreport.testing.document import Document, Edit
from govreport.testing.extracts import EXTRACTS
from govreport.testing.matrix import read
from govreport.testing.regimes import blank, values_for
from govreport.testing.strategies import seeds
from govreport.testing.verdict import Outcome

DROPPED = ("lines_dropped", "lines_tight_dropped", "lines_rows", "joined_wrapped")
VANISHED: list[Layout] = [*(e for e in EXTRACTS if e.name in DROPPED), *(f for f in SPACED_FORMATS if f.name == "joined")]
SHARES = (0.05, 0.2, 0.5, 1.0)


def adding_up(rng: random.Random) -> Report:
    """A report that adds up, with blanks in place of zeros."""
    form = rng.choice(builtin_forms())
    values = values_for(form, rng.choice(("consistent", "sparse", "large")), rng)
    return make_report(form.name, blank(values, rng, rng.choice(SHARES), "", zeros_only=True))


def any_numbers(rng: random.Random) -> Report:
    """A report of which no two cells are alike and nothing adds up, with blanks anywhere."""
    form = rng.choice(builtin_forms())
    return make_report(form.name, blank(values_for(form, "unique", rng), rng, rng.choice(SHARES[:3]), "", zeros_only=False))


def untouched(document: Document, rng: random.Random) -> Document:  # noqa: ARG001 - one of several damages
    return document


def mistyped(document: Document, rng: random.Random) -> Document:
    return _changed(document, rng, str(rng.randint(1, 40)))


def lost(document: Document, rng: random.Random) -> Document:
    return _changed(document, rng, None)


def _changed(document: Document, rng: random.Random, text: str | None) -> Document:
    """One number of table 三 or 四 put otherwise, or gone."""
    places = {key: span for key, span in document.positions().items() if key.startswith(("requests", "disputes"))}
    if not places:
        return document
    key, span = rng.choice(sorted(places.items()))
    return evolve(document.edited([Edit(span, text or "")], {key: text or ""}), truth={**document.truth, key: text})


@pytest.mark.parametrize("damage", [untouched, mistyped, lost], ids=lambda d: d.__name__)
@pytest.mark.parametrize("layout", VANISHED, ids=lambda layout: layout.name)
@given(seed=seeds())
def test_sums_never_put_a_value_into_a_wrong_column(
    layout: Layout, damage: Callable[[Document, random.Random], Document], seed: int
) -> None:
    rng = dice(seed)
    document = damage(Document.of(adding_up(rng), layout), rng)
    reading = read(document)
    note(document.text)
    assert not reading.judgement.silent
    doubts = reading.report.doubts if reading.report is not None else ()
    told = {key for f in doubts if f.code == "reading.sums" for key in f.cells}
    labels = {document.form.cells[key].label for key in told if key in document.form.cells}
    assert not [v for v in reading.judgement.cells if v.label in labels and v.outcome is Outcome.WRONG]


@frozen
class Traced:
    """One cell after another, `between` cells and `ended` rows; an empty cell is `blank`, one that a label covers nothing.

    `lose` leaves out that cell of a row of table 三, counted over all its cells.
    """

    name: str
    between: str
    ended: str
    blank: str = ""
    covered: bool = False
    lose: int | None = None
    carries: frozenset[str] = frozenset()

    def render(self, table: Table) -> str:
        """The table as such a document shows it."""
        rows = [list(self._row(r, row)) for r, row in enumerate(canvas.matrix(table))]
        places = [(row, j) for row in rows for j, (_, value) in enumerate(row) if value]
        if self.lose is not None and table.name == "requests":
            row, j = places[self.lose % len(places)]
            del row[j]
        return self.ended.join(self.between.join(text for text, _ in row) for row in rows)

    def _row(self, number: int, row: list[canvas.Slot]) -> Iterator[tuple[str, bool]]:
        for column, slot in enumerate(row):
            if slot is not None and slot[1]:
                yield slot[0].text.replace("\n", " ") or self.blank, slot[0].role is Role.VALUE
            elif slot is not None and self.covered and (slot[0].row or 0) < number and slot[0].column == column:
                yield "", False


TRACES = (
    Traced("paragraphs", "\n\n", "\n\n", covered=True),
    Traced("paragraphs_nbsp", "\n\n", "\n\n", "\xa0"),
    Traced("lines", "\n", "\n", covered=True),
    Traced("wider_rows", "\n\n\n", "\n\n\n\n\n"),
    Traced("rows_apart", "\n", "\n\n", "\xa0"),
    Traced("tabs", "\t", "\t\t", covered=True),
    Traced("pipes", " |\n", " |\n|\n", covered=True),
    Traced("spaces", " ", "\n", "\xa0"),
)


@pytest.mark.parametrize("losing", [False, True], ids=["whole", "a_cell_lost"])
@pytest.mark.parametrize("layout", TRACES, ids=lambda layout: layout.name)
@given(seed=seeds())
def test_a_trace_of_blanks_tells_columns_and_never_wrong_ones(layout: Traced, losing: bool, seed: int) -> None:  # noqa: FBT001
    rng = dice(seed)
    report = any_numbers(rng)
    cell = rng.randrange(10_000) if losing else None
    document = Document.of(report, evolve(layout, lose=cell))
    if cell is not None:
        keys = [c.key for t in report.tables if t.name == "requests" for c in t.cells]
        document = evolve(document, truth={**document.truth, keys[cell % len(keys)]: None})
    reading = read(document)
    note(document.text)
    assert not reading.judgement.silent


def test_most_of_what_leaves_a_trace_is_read() -> None:
    judgements = [read(Document.of(any_numbers(dice(seed)), layout)).judgement for layout in TRACES for seed in range(6)]
    printed = sum(j["printed"] for j in judgements)
    assert sum(j["right"] for j in judgements) >= 0.85 * printed
    assert sum(j["doubted"] for j in judgements) <= 0.02 * printed
