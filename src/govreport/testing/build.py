"""Build an invented report from values, and write the text of a whole document in any layout.

    report = make_report("2021", {"requests.new.total": 3, …}, issuer="青梧县水务局", year=2023)
    text = text_of(report, layout)

Cells that are given no value are blank. The prose is invented; none of it contradicts a table.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from attrs import frozen

from govreport.forms import CellSpec, FormSpec, TableSpec, builtin_forms, vocabulary
from govreport.forms.layout import drawing
from govreport.model import Cell, Paragraph, Piece, Report, Role, Section, Status, Table
from govreport.testing.regimes import BLANKS, Shown
from govreport.values import read_value

__all__ = ["PREAMBLE", "PROSE", "Layout", "Part", "form_named", "make_report", "parts_of", "text_of"]

PREAMBLE = "前言"
"""The number of the section before the first heading."""

PROSE: dict[str, tuple[str, ...]] = {
    PREAMBLE: (
        "根据《中华人民共和国政府信息公开条例》第五十条的规定，{issuer}编制本年度报告。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    ),
    "一": (
        "{year}年，{issuer}坚持以公开为常态、不公开为例外，把政务公开融入日常工作，各项任务平稳推进。",
        "（一）主动公开。全年围绕民生项目、财政资金和办事指南更新栏目，群众留言均按时答复。",
        "（二）平台建设。门户网站改版后检索更便捷，移动端页面同步更新。",
        "（三）监督保障。明确专人审核，发布前逐级把关，全年无责任追究情形。",
    ),
    "五": (
        "一是解读形式还不够丰富，图文和视频解读偏少。",
        "二是基层人员流动较快，业务培训需要跟上。下一步将按季度组织学习，并把公开情况纳入考核。",
    ),
    "六": ("本年度没有其他需要报告的事项，未发出收费通知，也未收取信息处理费。",),
}
"""Invented paragraphs by section; `{issuer}` and `{year}` are filled in."""


class Layout(Protocol):
    """What writes a table: any layout plugin, or an extractor's way."""

    @property
    def name(self) -> str:
        """How it is called."""

    @property
    def carries(self) -> frozenset[str]:
        """What it preserves."""

    def render(self, table: Table, /) -> str:
        """The table as text."""


@frozen
class Part:
    """A stretch of a document: its `kind` (title, heading, prose, table or noise), the numeral of its section, its text."""

    kind: str
    number: str
    text: str


def form_named(name: str | FormSpec) -> FormSpec:
    """The built-in form of that name; KeyError, naming the known ones, if there is none."""
    if isinstance(name, FormSpec):
        return name
    known = {form.name: form for form in builtin_forms()}
    if name not in known:
        msg = f"no form {name!r}; the built-in ones are {', '.join(known)}"
        raise KeyError(msg)
    return known[name]


def make_report(
    form: str | FormSpec,
    values: Mapping[str, Shown],
    *,
    issuer: str = "青梧县水务局",
    year: int = 2023,
    title: str | None = None,
    prose: Mapping[str, Sequence[str]] | None = None,
    published: dt.date | None = None,
) -> Report:
    """A whole report of that form: every cell, the six sections with invented prose, title, issuer and year.

    A value is an int or a Decimal, the text as it is to stand in the cell, or None for an empty one; the marks of `BLANKS` make
    blank cells. Unknown keys are a KeyError, a text that is no number a ValueError.
    """
    spec = form_named(form)
    if unknown := [key for key in values if key not in spec.cells]:
        msg = f"form {spec.name} has no cell {', '.join(map(repr, unknown))}"
        raise KeyError(msg)
    return Report(
        title=title if title is not None else f"{issuer}{year}年政府信息公开工作年度报告",
        issuer=issuer,
        year=year,
        form=spec.name,
        published=published,
        sections=_sections(spec, {**PROSE, **(prose or {})}, issuer, year),
        tables=tuple(_table(spec, table, values) for table in spec.tables),
        vocabulary=vocabulary((*builtin_forms(), spec)),
        container="text",
    )


def text_of(report: Report, layout: Layout | Mapping[str, Layout], *, gap: str = "\n") -> str:
    """The text of the whole document: title, preamble, headings and prose, each table rendered by a layout.

    `layout` is one for all tables, or one by the name of each (pages do mix them). `gap` stands after every block.
    """
    return "".join(part.text for part in parts_of(report, layout, gap=gap))


def parts_of(report: Report, layout: Layout | Mapping[str, Layout], *, gap: str = "\n") -> tuple[Part, ...]:
    """The parts whose texts, put together, are the text of the document."""
    parts = [("title", "", report.title)] if report.title else []
    for section in report.sections:
        if section.heading is not None:
            parts.append(("heading", section.number, f"{section.number}、{section.heading}"))
        parts += [("prose", section.number, paragraph.text) for paragraph in section.paragraphs]
        parts += [("table", section.number, _rendered(t, layout)) for t in report.tables if t.section == section.number]
    return tuple(Part(kind, number, f"{text}\n{gap}") for kind, number, text in parts)


def _rendered(table: Table, layout: Layout | Mapping[str, Layout]) -> str:
    return (layout[table.name] if isinstance(layout, Mapping) else layout).render(table).strip("\n")


def _sections(form: FormSpec, prose: Mapping[str, Sequence[str]], issuer: str, year: int) -> tuple[Section, ...]:
    headings: list[tuple[str, str | None]] = [(PREAMBLE, None), *((number, heading) for number, heading, *_ in form.sections)]
    return tuple(
        Section(
            number=number,
            heading=heading,
            paragraphs=tuple(Paragraph(text=text.format(issuer=issuer, year=year)) for text in prose.get(number, ())),
        )
        for number, heading in headings
    )


def _table(form: FormSpec, spec: TableSpec, values: Mapping[str, Shown]) -> Table:
    cells = tuple(_cell(form, cell, values.get(cell.key)) for cell in spec.cells)
    raw = {cell.key: cell.raw or "" for cell in cells}
    return Table(name=spec.name, section=spec.section, title=spec.title, cells=cells, pieces=tuple(_pieces(spec, raw)))


def _pieces(spec: TableSpec, raw: Mapping[str, str]) -> Iterator[Piece]:
    """The pieces of the form's own drawing, each at the first place of its row that no merged cell covers."""
    covered = set[tuple[int, int]]()
    for row, drawn in enumerate(drawing(spec)):
        column = 0
        for cell in drawn:
            while (row, column) in covered:
                column += 1
            covered |= set(itertools.product(range(row, row + cell.rowspan), range(column, column + cell.colspan)))
            text, role = (cell.text, Role.LABEL) if cell.key is None else (raw[cell.key], Role.VALUE)
            yield Piece(text, row, column, cell.rowspan, cell.colspan, role=role)


def _cell(form: FormSpec, spec: CellSpec, shown: Shown) -> Cell:
    raw = "" if shown is None else f"{shown:f}" if isinstance(shown, Decimal) else str(shown)
    value = None if raw.strip() in BLANKS else _number(spec, raw)
    return Cell(
        key=spec.key,
        label=spec.label,
        form=form.name,
        raw=raw,
        value=value,
        unit=spec.unit,
        status=Status.BLANK if value is None else Status.READ,
    )


def _number(spec: CellSpec, raw: str) -> int | Decimal:
    reading = read_value(raw)
    if reading is None:
        msg = f"{raw!r} for {spec.key} is neither a number nor a blank"
        raise ValueError(msg)
    return reading.value if spec.kind == "amount" else int(reading.value)
