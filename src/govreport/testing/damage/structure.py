"""Damage to the structure of tables: rows emptied or gone, columns swapped, headers and tables repeated, pages between rows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from attrs import evolve

from govreport.forms import CellSpec, TableSpec
from govreport.testing.build import Part
from govreport.testing.damage.labels import label_spans
from govreport.testing.damage.operator import named
from govreport.testing.document import Document, Edit, Span, rows_of

_APPLICANTS, _TOTAL = "申请人情况", "总计"
_STRETCH = 3
"""Rows of a stretch at least."""

__all__ = ["OPERATORS", "header_of", "row_spans", "some_row", "some_rows", "stretches"]


def row_spans(document: Document) -> Iterator[tuple[tuple[CellSpec, ...], Span]]:
    """Each row that can be told, from the end of the row before it to its last value; first rows are left out."""
    spots = document.positions()
    for _, table in document.tables:
        rows = [[spots.get(c.key) for c in row] for block in table.blocks for row in rows_of(block)]
        cells = [row for block in table.blocks for row in rows_of(block)]
        for above, own, row in zip(rows, rows[1:], cells[1:], strict=False):
            before = max((s.end for s in above if s is not None), default=0)
            known = [s for s in own if s is not None]
            if len(known) == len(own) and above[-1] is not None and before < min(s.start for s in known):
                yield row, Span(known[0].part, before, max(s.end for s in known))


def some_row(rng: random.Random, document: Document) -> tuple[Span, Span] | None:
    """The first value and the whole of one of these rows; None if none can be told."""
    spots = document.positions()
    rows = [(spots[row[0].key], span) for row, span in row_spans(document)]
    return rng.choice(rows) if rows else None


def stretches(document: Document) -> Iterator[list[tuple[tuple[CellSpec, ...], Span]]]:
    """Rows that stand one right behind the other, as many as there are together, where these are three or more."""
    together = list[tuple[tuple[CellSpec, ...], Span]]()
    for row, span in row_spans(document):
        if together and (together[-1][1].part, together[-1][1].end) != (span.part, span.start):
            yield from [together][: len(together) >= _STRETCH]
            together = []
        together.append((row, span))
    yield from [together][: len(together) >= _STRETCH]


def some_rows(rng: random.Random, document: Document) -> list[tuple[tuple[CellSpec, ...], Span]] | None:
    """Two or more rows that stand one right behind the other; None if there are no three to take them from."""
    found = list(stretches(document))
    if not found:
        return None
    stretch = rng.choice(found)
    start = rng.randrange(len(stretch) - 1)
    return stretch[start : rng.randint(start + 2, len(stretch))]


def _without_row(rng: random.Random, document: Document, empty: str | None) -> Document:
    rows = list(row_spans(document))
    if not rows:
        return document
    row, span = rng.choice(rows)
    text = document.parts[span.part].text[span.start : span.end]
    new = "" if empty is None else re.sub(empty, "", text)
    return document.edited([Edit(span, new)], {c.key: "" for c in row}).without([c.key for c in row], truth=True)


def row_emptied(rng: random.Random, document: Document) -> Document:
    """One row without label and values; what stood between them stays."""
    return _without_row(rng, document, r"[^\s|│]")


def row_lost(rng: random.Random, document: Document) -> Document:
    """One row gone without a trace."""
    return _without_row(rng, document, None)


def row_label_lost(rng: random.Random, document: Document) -> Document:
    """The label of one row gone; its values stay."""
    rows = [(row, span) for row, span in row_spans(document) if row[0].row.label]
    if not rows:
        return document
    row, span = rng.choice(rows)
    spots = [s for label, s in label_spans(document) if row[0].row.label.endswith(label) and s.part == span.part]
    inside = [s for s in spots if span.start <= s.start and s.end <= span.end]
    return document.edited(Edit(s, "") for s in inside[:1])


def columns_swapped(rng: random.Random, document: Document) -> Document:
    """Two columns of one group exchanged, together with their headers."""
    spots = document.positions()
    edits = [swap for _, table in document.tables for swap in _swaps(document, table, spots)]
    if not edits:
        return document
    first, second = rng.choice(edits)
    return _exchanged(document, first, second)


def _swaps(document: Document, table: TableSpec, spots: dict[str, Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Pairs of columns that can be told whole: their header, found once above the values, and every one of their cells."""
    headers: dict[str, list[Span]] = {}
    for label, span in label_spans(document):
        headers.setdefault(label, []).append(span)
    for block in table.blocks:
        rows = list(rows_of(block))
        if not all(c.key in spots for row in rows for c in row):
            continue
        top = spots[rows[0][0].key]
        heads = [[s for s in headers.get(c.header, ()) if _above(document, s, top)] for c in block.columns]
        columns = [[*head, *(spots[row[i].key] for row in rows)] for i, head in enumerate(heads)]
        for i, (a, b) in enumerate(zip(block.columns, block.columns[1:], strict=False)):
            if a.group == b.group and len(heads[i]) == len(heads[i + 1]) == 1 and len(rows) > 1:
                yield columns[i], columns[i + 1]


def _above(document: Document, span: Span, top: Span) -> bool:
    """A whole label over the values: 其他 inside 法人或其他组织 is none."""
    text = document.parts[span.part].text
    sides = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return span.part == top.part and span.end <= top.start and not any("\u4e00" <= c <= "\u9fff" for c in sides)


def _exchanged(document: Document, first: list[Span], second: list[Span]) -> Document:
    texts = [part.text for part in document.parts]
    pairs = list(zip(first, second, strict=True))
    taken = [(s, texts[o.part][o.start : o.end]) for a, b in pairs for s, o in ((a, b), (b, a))]
    return evolve(document.edited(Edit(span, text) for span, text in taken), moved=True)


def repeated_header(rng: random.Random, document: Document) -> Document:
    """The header of table 三 once more between two of its rows, as after a page break."""
    rows = [
        (row, span) for row, span in row_spans(document) if len(row[0].key.split(".")) > 1 and row[0].key.startswith("requests")
    ]
    if not rows:
        return document
    _, span = rng.choice(rows)
    text = document.parts[span.part].text
    head = header_of(document, span.part)
    line = text.find("\n", span.start, span.end)
    if head is None or line < 0:
        return document
    return document.edited([Edit(Span(span.part, line + 1, line + 1), head)])


def header_of(document: Document, part: int) -> str | None:
    """The lines of a table above its first row."""
    table = next(table for index, table in document.tables if index == part)
    text = document.parts[part].text
    word = re.sub(r"^(?:（.）|[一-四]、|\d\.)", "", table.blocks[0].rows[0].label)
    at = re.search(r"\s*".join(map(re.escape, word)), text)
    start = text.rfind("\n", 0, at.start()) + 1 if at else 0
    return text[:start] or None


def headers_joined(_: random.Random, document: Document) -> Document:
    """The lines of each table's header on one line."""
    heads = {
        index: head for index, _ in document.tables if (head := header_of(document, index)) and head.strip("\n").count("\n")
    }
    edits = (Edit(Span(i, 0, len(h)), re.sub(r"\s*\n\s*", " ", h.strip("\n")) + "\n") for i, h in heads.items())
    return document.edited(edits)


def total_moved_up(_: random.Random, document: Document) -> Document:
    """The header 总计 of table 三 beside 申请人情况, two lines above its place."""
    for index, table in document.tables:
        head = header_of(document, index) or ""
        over, total = head.find(_APPLICANTS), head.rfind(_TOTAL)
        if table.name == "requests" and 0 <= over < total and head.count(_TOTAL) == 1:
            end = over + len(_APPLICANTS)
            return document.edited([Edit(Span(index, total, total + 2), ""), Edit(Span(index, end, end), f" {_TOTAL}")])
    return document


def page_numbers(rng: random.Random, document: Document) -> Document:
    """Page numbers with their dashes between the lines of tables."""
    style = rng.choice(("- {} -", "— {} —", "－{}－", "第{}页", "第 {} 页 共 9 页", "{} / 9"))
    return _paged(rng, document, style)


def bare_page_numbers(rng: random.Random, document: Document) -> Document:
    """Page numbers that are nothing but a number on its line."""
    return _paged(rng, document, "{}")


def _paged(rng: random.Random, document: Document, style: str) -> Document:
    texts, page = [], 0
    for part in document.parts:
        lines = part.text.split("\n")
        step = max(8, min(60, len(lines) // 3))
        if part.kind == "table" and len(lines) > step:
            for at in range(rng.randint(4, step), len(lines), step):
                page += 1
                lines[at] = f"\n{style.format(page)}\n\n{lines[at]}"
        texts.append("\n".join(lines))
    return document.with_texts(texts)


def table_repeated(rng: random.Random, document: Document) -> Document:
    """One table twice, heading and all."""
    tables = [i for i, _ in document.tables if i and document.parts[i - 1].kind == "heading"]
    if not tables:
        return document
    at = rng.choice(tables)
    copy = (document.parts[at - 1], evolve(document.parts[at], kind="noise"))
    keys = {cell.key for index, table in document.tables if index == at for cell in table.cells}
    parts = (*document.parts[: at + 1], *copy, *document.parts[at + 1 :])
    return evolve(document, parts=parts, copied=document.copied | keys)


def table_cut(rng: random.Random, document: Document) -> Document:
    """A page footer and header in the middle of a table: the issuer's name and a line of text."""
    tables = [i for i, _ in document.tables if document.parts[i].text.count("\n") > len(document.parts)]
    if not tables:
        return document
    at = rng.choice(tables)
    lines = document.parts[at].text.split("\n")
    middle = len(lines) // 2
    lines[middle:middle] = ["", document.title or "政府信息公开工作年度报告", "（续表）", ""]
    return document.with_texts("\n".join(lines) if i == at else p.text for i, p in enumerate(document.parts))


def note_after_table(_: random.Random, document: Document) -> Document:
    """A note with numbers in it under every table."""
    note = "注：以上数据截至12月31日，其中第3项含2019年结转件，口径与第2表一致。\n\n"
    parts = [(part, Part("noise", part.number, note)) if part.kind == "table" else (part,) for part in document.parts]
    return evolve(document, parts=tuple(p for some in parts for p in some))


OPERATORS = named(
    row_emptied,
    row_lost,
    row_label_lost,
    columns_swapped,
    repeated_header,
    headers_joined,
    total_moved_up,
    page_numbers,
    bare_page_numbers,
    table_repeated,
    table_cut,
    note_after_table,
)
