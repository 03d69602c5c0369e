"""Damage by repetition and order: rows printed twice or in another order, another year's tables, totals and lines repeated."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve

from govreport.forms import TableSpec
from govreport.testing.build import Part
from govreport.testing.damage.operator import named
from govreport.testing.damage.structure import row_spans, some_rows
from govreport.testing.document import Document, Edit, Span, rows_of

__all__ = ["OPERATORS"]

_OTHER_DIGITS = str.maketrans("123456789", "468135792")


def row_repeated(rng: random.Random, document: Document) -> Document:
    """One row printed twice, as where a page ends within a table."""
    rows = list(row_spans(document))
    if not rows:
        return document
    _, span = rng.choice(rows)
    text = document.parts[span.part].text[span.start : span.end]
    return document.edited([Edit(Span(span.part, span.end, span.end), text)])


def rows_swapped(rng: random.Random, document: Document) -> Document:
    """Two neighbouring rows, labels and all, in the other order."""
    rows = [(a[1], b[1]) for a, b in pairwise(row_spans(document)) if a[1].part == b[1].part and a[1].end == b[1].start]
    if not rows:
        return document
    first, second = rng.choice(rows)
    text = document.parts[first.part].text
    swapped = text[second.start : second.end] + text[first.start : first.end]
    return evolve(document.edited([Edit(Span(first.part, first.start, second.end), swapped)]), moved=True)


def page_repeated(rng: random.Random, document: Document) -> Document:
    """Several rows printed twice, as where a page was scanned twice."""
    if (stretch := some_rows(rng, document)) is None:
        return document
    span = Span(stretch[0][1].part, stretch[0][1].start, stretch[-1][1].end)
    text = document.parts[span.part].text[span.start : span.end]
    return document.edited([Edit(Span(span.part, span.end, span.end), text)])


def total_repeated(rng: random.Random, document: Document) -> Document:
    """The last value of one row once more at its end."""
    rows = list(_last_two(document))
    return _again(document, [rng.choice(rows)]) if rows else document


def totals_repeated(rng: random.Random, document: Document) -> Document:
    """The last value of every row of a table once more at its end."""
    rows = list(_last_two(document))
    if not rows:
        return document
    part = rng.choice(rows)[0].part
    return _again(document, [row for row in rows if row[0].part == part])


def _last_two(document: Document) -> Iterator[tuple[Span, Span]]:
    """The last two values of each row that has them."""
    spots = document.positions()
    for row in document.rows:
        if len(row) > 1 and row[-1].key in spots and row[-2].key in spots:
            yield spots[row[-2].key], spots[row[-1].key]


def _again(document: Document, rows: list[tuple[Span, Span]]) -> Document:
    text = {span.part: document.parts[span.part].text for _, span in rows}
    return document.edited(Edit(Span(b.part, b.end, b.end), text[b.part][a.end : b.end]) for a, b in rows)


def totals_blank(_: random.Random, document: Document) -> Document:
    """The totals left empty, their parts filled in."""
    spots = {key: span for key, span in document.positions().items() if key.endswith(".total")}
    shown = dict.fromkeys(spots, "")
    return document.edited(Edit(span, "") for span in spots.values()).without(spots, truth=True).edited((), shown)


def row_spanned(rng: random.Random, document: Document) -> Document:
    """One row shown by a single 0, merged over all its columns; what stood between the values is gone with them."""
    spots = document.positions()
    rows = [row for row in document.rows if len(row) > 2 and all(c.key in spots for c in row)]  # noqa: PLR2004 - a span of some
    if not rows:
        return document
    row = rng.choice(rows)
    keys = [c.key for c in row]
    span = Span(spots[keys[0]].part, spots[keys[0]].start, spots[keys[-1]].end)
    changed = document.edited([Edit(span, "0")]).without(keys, truth=True)  # a text shows a single 0, in the first column
    return evolve(changed, truth={**changed.truth, keys[0]: "0"}, shown={**changed.shown, keys[0]: "0"})


def column_lost(rng: random.Random, document: Document) -> Document:
    """One column gone, with its header and what separated it from the column before."""
    spots = document.positions()
    found = [pairs for _, table in document.tables for pairs in _columns(table, spots)]
    if not found:
        return document
    pairs, header = rng.choice(found)
    edits = [Edit(Span(spots[b].part, spots[a].end, spots[b].end), "") for a, b in pairs]
    head = _header(document, edits[0].span, header)
    return document.edited([*edits, *head]).without([b for _, b in pairs], truth=True)


def _columns(table: TableSpec, spots: dict[str, Span]) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Each column but the first, cell by cell with the one before, and its header, where every cell can be told."""
    for block in table.blocks:
        rows = list(rows_of(block))
        for column in range(1, len(block.columns)):
            pairs = [(row[column - 1].key, row[column].key) for row in rows]
            if all(a in spots and b in spots and spots[a].end < spots[b].start for a, b in pairs):
                yield pairs, block.columns[column].header


def _header(document: Document, first: Span, header: str) -> list[Edit]:
    """The edit that takes a header away, if it stands once above the values."""
    label = rf"(?<=[|│\t \n,])[|│\t \n,]*{re.escape(header)}(?=[|│\t \n,])"
    found = list(re.finditer(label, document.parts[first.part].text[: first.start]))
    return [Edit(Span(first.part, m.start(), m.end()), "") for m in found if len(found) == 1]


def other_year_before(_: random.Random, document: Document) -> Document:
    """The tables of the year before, with other numbers, before those of this one."""
    return _other_year(document, 1)


def other_year_after(_: random.Random, document: Document) -> Document:
    """The tables of the year before, with other numbers, under those of this one."""
    return _other_year(document, -1)


def _other_year(document: Document, step: int) -> Document:
    """Each table, and another year's before (1) or behind (-1) it."""
    spots: dict[int, list[Span]] = {}
    for span in document.positions().values():
        spots.setdefault(span.part, []).append(span)
    parts = list[Part]()
    for index, part in enumerate(document.parts):
        text = part.text
        for span in spots.get(index, ()):
            text = text[: span.start] + text[span.start : span.end].translate(_OTHER_DIGITS) + text[span.end :]
        year = (document.year or 0) - 1
        other = Part("noise", part.number, f"{year}年度：\n\n{text}")
        own = evolve(part, text=f"{year + 1}年度：\n\n{part.text}") if index in spots else part
        parts += [other, own][::step] if index in spots else [part]
    keys = frozenset(key for key, span in document.positions().items() if span.part in spots)
    return evolve(document, parts=tuple(parts), copied=document.copied | keys) if spots else document


def numbered_lines(rng: random.Random, document: Document) -> Document:
    """The lines of tables numbered, as listings are."""
    gap = rng.choice((" ", "\t", ": ", "  "))
    texts = (_numbered(part.text, gap) if part.kind == "table" else part.text for part in document.parts)
    return document.with_texts(texts)


def _numbered(text: str, gap: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(f"{i}{gap}{line}" if line.strip() else line for i, line in enumerate(lines, 1))


OPERATORS = named(
    row_repeated,
    rows_swapped,
    page_repeated,
    total_repeated,
    totals_repeated,
    totals_blank,
    row_spanned,
    column_lost,
    other_year_before,
    other_year_after,
    numbered_lines,
)
