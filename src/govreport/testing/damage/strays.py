"""Damage by what stands in tables and is none of their cells: watermarks, notes, rows and columns of somebody's own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from attrs import evolve

from govreport.testing.damage.cells import whole_rows
from govreport.testing.damage.operator import named
from govreport.testing.damage.structure import row_spans, some_row
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS"]

_WATERMARKS = ("10086", "2023", "12345", "6", "88")
_NOTES = ("\n注：其中含上年结转{}件\n", "\n*其中网上申请 {} 件\n", "\n（{}）\n", "\n注{}\n")
_ROWS = ("小计", "其中：网上申请", "合计", "另：依申请转信访", "备注")
_REMARKS = ("12%", "同比增3", "-", "5", "↑3.2%")
_PICTURES = (
    "[图片1]",
    "![](img2.png)",
    "【附件3】",
    "点击下载",
    "第2页/共3页",
    "— 4 —",
    "·3·",
    "P5",
    "[5]",
    "==5==",
    "2023.12.31",
)
_OTHERS = str.maketrans("123456789", "357924681")
_OTHER_BODY = "别山县档案局"
_SEPARATORS = "\t|│,"


def _among_lines(rng: random.Random, document: Document, count: int, text: Callable[[], str]) -> Document:
    """So many lines more between those of each table."""
    texts = []
    for part in document.parts:
        lines = part.text.split("\n")
        for at in sorted(rng.sample(range(1, len(lines)), min(count, len(lines) - 1)), reverse=True):
            lines.insert(at, text())
        texts.append("\n".join(lines) if part.kind == "table" else part.text)
    return document.with_texts(texts)


def watermarks(rng: random.Random, document: Document) -> Document:
    """The same number over and again between the lines of tables."""
    number = rng.choice(_WATERMARKS)
    return _among_lines(rng, document, 3, lambda: number)


def picture_marks(rng: random.Random, document: Document) -> Document:
    """Marks of pictures, pages, links and dates between the lines of tables."""
    return _among_lines(rng, document, 2, lambda: rng.choice(_PICTURES))


def stray_number(rng: random.Random, document: Document) -> Document:
    """A number that is nobody's before or behind a value."""
    rows = whole_rows(document, 1)
    if not rows:
        return document
    span = rng.choice(rng.choice(rows))[1]
    gap, number = rng.choice((" ", "\n", "\t")), str(rng.randint(1, 3000))
    at, text = rng.choice(((span.end, gap + number), (span.start, number + gap)))
    return document.edited([Edit(Span(span.part, at, at), text)])


def note_lines(rng: random.Random, document: Document) -> Document:
    """Notes with numbers in them between rows."""
    spans = list(row_spans(document))
    note = rng.choice(_NOTES)
    chosen = rng.sample(spans, min(3, len(spans)))
    return document.edited(Edit(Span(s.part, s.end, s.end), note.format(rng.randint(1, 99))) for _, s in chosen)


def extra_row(rng: random.Random, document: Document) -> Document:
    """A row of somebody's own, with numbers, behind one of the form's."""
    if (found := some_row(rng, document)) is None:
        return document
    first, span = found
    text = document.parts[span.part].text
    label, name = text[span.start : first.start], rng.choice(_ROWS)
    own = re.sub(r"[\u4e00-\u9fff（）“”、.\d]+", name, label, count=1)
    values = re.sub(r"\d+", lambda _: str(rng.randint(1, 9999)), text[first.start : span.end])
    return document.edited([Edit(Span(span.part, span.end, span.end), (own if name in own else f"\n{name}{label}") + values)])


def serial_numbers(_: random.Random, document: Document) -> Document:
    """A number before the label of each row, in a cell of its own where a character parts cells."""
    spots, edits = document.positions(), list[Edit]()
    for number, (row, span) in enumerate(row_spans(document), 1):
        text = document.parts[span.part].text[span.start : spots[row[0].key].start]
        label = re.search(r"[（\d\u4e00-\u9fff]", text)
        if label:
            gap = next((c for c in _SEPARATORS if c in text), "\n" if "\n" in text[label.end() :] else " ")
            at = span.start + label.start()
            edits.append(Edit(Span(span.part, at, at), f"{number}{gap}"))
    return document.edited(edits)


def remarks_column(rng: random.Random, document: Document) -> Document:
    """A column of remarks behind the values of rows."""
    spots, remark = document.positions(), rng.choice(_REMARKS)
    edits = []
    for row, span in row_spans(document):
        text = document.parts[span.part].text
        *_, (_, end), (start, _) = [(0, 0), *sorted((spots[cell.key].start, spots[cell.key].end) for cell in row)]
        gap = text[end:start] if len(row) > 1 else "\n"
        edits.append(Edit(Span(span.part, span.end, span.end), gap + remark))
    return document.edited(edits)


def other_report_after(_: random.Random, document: Document) -> Document:
    """The whole report of another body behind this one."""
    texts = (p.text.replace(document.issuer, _OTHER_BODY) if document.issuer else p.text for p in document.parts)
    others = (
        evolve(p, kind="noise", text=text.translate(_OTHERS) if p.kind == "table" else text)
        for p, text in zip(document.parts, texts, strict=True)
    )
    return evolve(document, parts=(*document.parts, *others), moved=True)


OPERATORS = named(
    watermarks,
    picture_marks,
    stray_number,
    note_lines,
    extra_row,
    serial_numbers,
    remarks_column,
    other_report_after,
)
