"""Damage to the cells of a row: lost or won, printed twice, torn from their row by a page, run into their neighbours'."""

from __future__ import annotations

import random
from itertools import pairwise

from attrs import evolve

from govreport.testing.damage.operator import named
from govreport.testing.damage.structure import header_of, row_spans, some_row
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS", "whole_rows"]

_MANY = 4
"""Rows that lose a cell each, where several do."""
_SEPARATORS = " \t|│\n,"
_WIDE = 3
"""Values of a row that can be cut in two."""


def whole_rows(document: Document, least: int = 2) -> list[list[tuple[str, Span]]]:
    """The rows of at least so many columns of which every value can be told, each value after the one before."""
    spots = document.positions()
    rows = ([(c.key, spots[c.key]) for c in row] for row in document.rows if all(c.key in spots for c in row))
    return [row for row in rows if len(row) >= least and all(a.end <= b.start for (_, a), (_, b) in pairwise(row))]


def _pair(rng: random.Random, document: Document, least: int = 2) -> tuple[tuple[str, Span], tuple[str, Span]] | None:
    """Two neighbours in a row."""
    rows = whole_rows(document, least)
    if not rows:
        return None
    row = rng.choice(rows)
    at = rng.randrange(1, len(row))
    return row[at - 1], row[at]


def _between(a: Span, b: Span) -> Span:
    return Span(a.part, a.end, b.start)


def _text(document: Document, span: Span) -> str:
    return document.parts[span.part].text[span.start : span.end]


def cell_lost(rng: random.Random, document: Document) -> Document:
    """One value gone with what separates it from the value before."""
    if (pair := _pair(rng, document)) is None:
        return document
    (_, a), (key, b) = pair
    return document.edited([Edit(Span(a.part, a.end, b.end), "")]).without([key], truth=True)


def first_cell_lost(rng: random.Random, document: Document) -> Document:
    """The first value of a row gone with what separates it from the next."""
    rows = whole_rows(document)
    if not rows:
        return document
    (key, a), (_, b) = rng.choice(rows)[:2]
    return document.edited([Edit(Span(a.part, a.start, b.start), "")]).without([key], truth=True)


def cells_lost(rng: random.Random, document: Document) -> Document:
    """A value gone from several rows, with what separates it from the value before."""
    for _ in range(_MANY):
        document = cell_lost(rng, document)
    return document


def cell_added(rng: random.Random, document: Document) -> Document:
    """What separates two values there twice: an empty cell more."""
    if (pair := _pair(rng, document)) is None:
        return document
    (_, a), (_, b) = pair
    return document.edited([Edit(Span(a.part, a.end, a.end), _text(document, _between(a, b)))])


def first_cell_added(rng: random.Random, document: Document) -> Document:
    """What separates values there before the first of a row, too: an empty cell more."""
    rows = whole_rows(document)
    if not rows:
        return document
    (_, a), (_, b) = rng.choice(rows)[:2]
    return document.edited([Edit(Span(a.part, a.start, a.start), _text(document, _between(a, b)))])


def value_repeated(rng: random.Random, document: Document) -> Document:
    """One value printed in two neighbouring cells."""
    if (pair := _pair(rng, document)) is None:
        return document
    (_, a), (_, b) = pair
    return document.edited([Edit(Span(a.part, a.end, a.end), _text(document, _between(a, b)) + _text(document, a))])


def values_repeated(rng: random.Random, document: Document) -> Document:
    """All values of one row printed twice."""
    rows = whole_rows(document)
    if not rows:
        return document
    row = rng.choice(rows)
    first, last = row[0][1], row[-1][1]
    again = _text(document, _between(row[-2][1], last)) + _text(document, Span(first.part, first.start, last.end))
    return document.edited([Edit(Span(last.part, last.end, last.end), again)])


def separator_lost(rng: random.Random, document: Document) -> Document:
    """A space for what separates two values."""
    if (pair := _pair(rng, document)) is None:
        return document
    return document.edited([Edit(_between(pair[0][1], pair[1][1]), " ")])


def separators_lost(rng: random.Random, document: Document) -> Document:
    """A space for each separator between the values of one row."""
    rows = whole_rows(document)
    row = rng.choice(rows) if rows else []
    return document.edited(Edit(_between(a, b), " ") for (_, a), (_, b) in pairwise(row))


def row_wrapped(rng: random.Random, document: Document) -> Document:
    """A line end within the values of a row."""
    return _parted(rng, document, "\n")


def page_end_in_row(rng: random.Random, document: Document) -> Document:
    """The foot of a page and the head of the next within the values of a row."""
    return _parted(rng, document, f"\n\n- {rng.randint(2, 9)} -\n\n{document.title or '年度报告'}\n\n")


def header_in_row(rng: random.Random, document: Document) -> Document:
    """The header of the table once more within the values of a row, as where a page cuts it in two."""
    if (pair := _pair(rng, document, _WIDE)) is None:
        return document
    at = pair[0][1]
    head = header_of(document, at.part)
    return document.edited([Edit(Span(at.part, at.end, at.end), f"\n{head}")]) if head else document


def _parted(rng: random.Random, document: Document, text: str) -> Document:
    if (pair := _pair(rng, document, _WIDE)) is None:
        return document
    at = pair[0][1]
    return document.edited([Edit(Span(at.part, at.end, at.end), text)])


def value_late(rng: random.Random, document: Document) -> Document:
    """The last value of a row behind the label of the next."""
    pairs = [(a, b) for a, b in pairwise(whole_rows(document)) if a[0][1].part == b[0][1].part and a[-1][1].end < b[0][1].start]
    if not pairs:
        return document
    row, following = rng.choice(pairs)
    (_, before), (_, last), (_, first) = row[-2], row[-1], following[0]
    gone = Edit(Span(last.part, before.end, last.end), "")
    late = Edit(Span(first.part, first.start, first.start), _text(document, last) + _text(document, _between(before, last)))
    return evolve(document.edited([gone, late]), moved=True)


def label_late(rng: random.Random, document: Document) -> Document:
    """The label of one row between two of its values."""
    spots = document.positions()
    rows = [([spots[c.key] for c in row], span) for row, span in row_spans(document) if len(row) > 1]
    if not rows:
        return document
    values, span = rng.choice(rows)
    at = rng.randrange(1, len(values))
    label, before, behind = (
        Span(span.part, *ends)
        for ends in (
            (span.start, values[0].start),
            (values[0].start, values[at - 1].end),
            (values[at - 1].end, span.end),
        )
    )
    text = _text(document, label)
    space = text[: len(text) - len(text.lstrip())]
    moved = space + _text(document, before) + text + _text(document, behind)
    return evolve(document.edited([Edit(span, moved)]), moved=True)


def value_stuck(rng: random.Random, document: Document) -> Document:
    """The first value of a row stuck to its label."""
    if (found := some_row(rng, document)) is None:
        return document
    first, span = found
    start = len(document.parts[span.part].text[: first.start].rstrip(_SEPARATORS))
    return document.edited([Edit(Span(span.part, start, first.start), "")])


def label_repeated(rng: random.Random, document: Document) -> Document:
    """The label of one row printed twice."""
    if (found := some_row(rng, document)) is None:
        return document
    first, span = found
    label = _text(document, Span(span.part, span.start, first.start))
    return document.edited([Edit(Span(span.part, span.start, span.start), label)])


OPERATORS = named(
    cell_lost,
    first_cell_lost,
    cells_lost,
    cell_added,
    first_cell_added,
    value_repeated,
    values_repeated,
    separator_lost,
    separators_lost,
    row_wrapped,
    page_end_in_row,
    header_in_row,
    value_late,
    label_late,
    value_stuck,
    label_repeated,
)
