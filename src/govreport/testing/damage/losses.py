"""Damage by loss: documents cut off, lines lost, joined and broken, wide tables cut in two, labels and characters gone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from attrs import evolve

from govreport.testing.damage.cells import whole_rows
from govreport.testing.damage.labels import label_spans
from govreport.testing.damage.operator import named
from govreport.testing.damage.structure import row_spans, some_rows
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS"]

_WIDE, _FIRST = 7, 4
"""Columns of a wide table, and how many of them its first half has."""
_SELDOM, _RARE = 0.03, 0.01


def _in_order(document: Document) -> list[tuple[str, Span]]:
    """Every number of the document, in order, if each can be told; else none: what is lost could not be said."""
    spots = document.positions()
    printed = {c.key for row in document.rows for c in row if document.truth.get(c.key) is not None}
    return sorted(spots.items(), key=lambda item: (item[1].part, item[1].start)) if spots.keys() >= printed else []


def end_lost(rng: random.Random, document: Document) -> Document:
    """The document cut off behind some value of a table."""
    return _cut(rng, document, end=True)


def beginning_lost(rng: random.Random, document: Document) -> Document:
    """Everything before some value of a table gone."""
    return _cut(rng, document, end=False)


def _cut(rng: random.Random, document: Document, *, end: bool) -> Document:
    spots, texts = _in_order(document), [part.text for part in document.parts]
    if not spots or document.copied:  # of a table that stands there twice, either copy may be left
        return document
    at = rng.randrange(len(spots))
    _, span = spots[at]
    own, gone = (slice(span.end), spots[at + 1 :]) if end else (slice(span.start, None), spots[:at])
    empty = range(span.part + 1, len(texts)) if end else range(span.part)
    kept = ("" if i in empty else text[own] if i == span.part else text for i, text in enumerate(texts))
    return document.with_texts(kept).without([key for key, _ in gone], truth=True)


def page_lost(rng: random.Random, document: Document) -> Document:
    """Several rows gone without a trace, as where a page was left out."""
    if (stretch := some_rows(rng, document)) is None:
        return document
    span = Span(stretch[0][1].part, stretch[0][1].start, stretch[-1][1].end)
    keys = [cell.key for row, _ in stretch for cell in row]
    return document.edited([Edit(span, "")], dict.fromkeys(keys, "")).without(keys, truth=True)


def line_lost(rng: random.Random, document: Document) -> Document:
    """One line of a table gone, with all that stands on it."""
    spots = _in_order(document)
    lines = [
        (index, match.start(), match.end())
        for index, _ in document.tables
        for match in re.finditer(r"[^\n]*\S[^\n]*\n?", document.parts[index].text)
    ]
    if not lines or not spots:
        return document
    index, start, end = rng.choice(lines)
    gone = [key for key, s in spots if s.part == index and start <= s.start < end]
    return document.edited([Edit(Span(index, start, end), "")]).without(gone, truth=True)


def lines_joined(rng: random.Random, document: Document) -> Document:
    """Some line ends of tables lost."""
    return _lines(document, lambda text: re.sub("\n", lambda m: " " if rng.random() < _SELDOM else m[0], text))


def lines_broken(rng: random.Random, document: Document) -> Document:
    """Some spaces and separators of tables become line ends."""
    return _lines(document, lambda text: re.sub(r"[ \t|]", lambda m: "\n" if rng.random() < _RARE else m[0], text))


def _lines(document: Document, change: Callable[[str], str]) -> Document:
    return document.with_texts(change(p.text) if p.kind == "table" else p.text for p in document.parts)


def columns_parted(_: random.Random, document: Document) -> Document:
    """A wide table as two: the first columns of all rows, then the others with the labels again."""
    texts = [part.text for part in document.parts]
    for index, _table in document.tables:
        rows = [[s for _, s in row] for row in whole_rows(document, _WIDE) if len(row) == _WIDE and row[0][1].part == index]
        first = second = texts[index]
        for row in reversed(rows):
            first = first[: row[_FIRST - 1].end] + first[row[-1].end :]
            second = second[: row[0].start] + second[row[_FIRST].start :]
        texts[index] = first + second if rows else first
    return evolve(document.with_texts(texts), moved=True) if texts != [p.text for p in document.parts] else document


def sections_swapped(_: random.Random, document: Document) -> Document:
    """Sections 三 and 四 in the other order."""
    runs = {n: [i for i, p in enumerate(document.parts) if p.number == n] for n in ("三", "四")}
    third, fourth = runs["三"], runs["四"]
    if not third or not fourth or third[-1] + 1 != fourth[0]:
        return document
    parts = document.parts
    moved = (*parts[fourth[0] : fourth[-1] + 1], *parts[third[0] : third[-1] + 1])
    return evolve(document, parts=(*parts[: third[0]], *moved, *parts[fourth[-1] + 1 :]))


def labels_lost(rng: random.Random, document: Document) -> Document:
    """The row labels of one table gone; values stay."""
    parts = [index for index, _ in document.tables]
    if not parts:
        return document
    part = rng.choice(parts)
    rows = [span for _, span in row_spans(document) if span.part == part]
    spans = sorted((s for _, s in label_spans(document) if s.part == part), key=lambda s: (s.start, -s.end))
    inside = [s for s in spans if any(row.start <= s.start and s.end <= row.end for row in rows)]
    apart = [s for before, s in pairwise([Span(part, 0, 0), *inside]) if s.start >= before.end]
    return document.edited(Edit(s, "") for s in apart)


def letters_lost(rng: random.Random, document: Document) -> Document:
    """Characters of tables that another encoding has not, a mark in their place."""
    lost = re.compile("[\u4e00-\u9fff]")
    return _lines(document, lambda text: lost.sub(lambda m: "\ufffd" if rng.random() < _RARE else m[0], text))


OPERATORS = named(
    end_lost,
    beginning_lost,
    page_lost,
    line_lost,
    lines_joined,
    lines_broken,
    columns_parted,
    sections_swapped,
    labels_lost,
    letters_lost,
)
