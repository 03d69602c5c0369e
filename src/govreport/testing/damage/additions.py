"""What clerks add to the form: units, translations, lines over and under tables."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from attrs import evolve

from govreport.testing.build import Part
from govreport.testing.damage.labels import label_spans
from govreport.testing.damage.operator import named
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS"]

_UNITS = ("（件）", "/件", "（单位：件）", "(项)")
_ENGLISH = {
    "自然人": "Natural persons",
    "商业企业": "Commercial enterprises",
    "科研机构": "Research institutions",
    "总计": "Total",
    "其他": "Others",
    "规章": "Rules",
    "行政许可": "Licensing",
    "结果维持": "Upheld",
    "尚未审结": "Pending",
}
_CAPTIONS = ("单位：件、万元\n", "表号：国信公3表　　2031年度　　计量单位：件\n", "（统计期间：2031年1月1日—12月31日）\n")
_SIGNATURES = (
    "单位负责人：王某　审核人：李某　填报人：张某　联系电话：051266554433　填报日期：2032年1月25日\n\n",
    "填表人：张某 电话：66554433 第1页\n\n",
    "制表时间 2032-01-25 09:15\n\n",
)


def _behind(at: Span, text: str) -> Edit:
    return Edit(Span(at.part, at.end, at.end), text)


def header_units(rng: random.Random, document: Document) -> Document:
    """A unit behind the headers of columns: 自然人（件）."""
    unit = rng.choice(_UNITS)
    return document.edited(_labels_behind(document, lambda label: unit if label in _headers(document) else ""))


def bilingual_labels(_: random.Random, document: Document) -> Document:
    """Some labels in English as well."""
    return document.edited(_labels_behind(document, lambda label: f" {_ENGLISH[label]}" if label in _ENGLISH else ""))


def _headers(document: Document) -> set[str]:
    return {column.header for table in document.form.tables for block in table.blocks for column in block.columns}


def _labels_behind(document: Document, text: Callable[[str], str]) -> Iterable[Edit]:
    """What is written behind labels that stand on their own."""
    for label, span in label_spans(document):
        around = document.parts[span.part].text
        sides = around[max(0, span.start - 1) : span.start], around[span.end : span.end + 1]
        if (more := text(label)) and not any("\u4e00" <= c <= "\u9fff" for c in sides):
            yield _behind(span, more)


def caption_lines(rng: random.Random, document: Document) -> Document:
    """A line with unit, year or number over every table."""
    return _around(document, before=rng.choice(_CAPTIONS))


def signature_lines(rng: random.Random, document: Document) -> Document:
    """A line with names, telephone and date under every table."""
    return _around(document, behind=rng.choice(_SIGNATURES))


def _around(document: Document, *, before: str = "", behind: str = "") -> Document:
    parts = (
        (Part("noise", part.number, before), part, Part("noise", part.number, behind)) if part.kind == "table" else (part,)
        for part in document.parts
    )
    return evolve(document, parts=tuple(p for some in parts for p in some if p.text))


OPERATORS = named(
    header_units,
    bilingual_labels,
    caption_lines,
    signature_lines,
)
