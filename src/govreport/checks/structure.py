"""What a report must contain and in which order, and by which form its tables are made."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from govreport.checks.rules import Both, Case, Outcome, found, rule
from govreport.forms import FormSpec
from govreport.model import Cell, Section, Severity, Status

__all__ = ["RULES"]

ARTICLE_50 = "《政府信息公开条例》第五十条"
FORMAT = "国办公开办函〔2021〕30号、〔2019〕60号所附年度报告格式"

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
PRINTED = re.compile(rf"[(（]?([{''.join(NUMERALS)}]|\d{{1,2}})[)）]?\s*[、.．,，]")
"""The number that a heading carries, in whichever way it is written."""

_FORGOTTEN = 4
"""Zeros for each blank cell, at least, for that to be an exception."""
_NAMED = 3
"""Cells that a message names."""


def form_of(case: Case) -> FormSpec | None:
    """The form of the report; the newest where the report has none, for what all forms have in common."""
    known = case.forms.get(case.report.form or "")
    return known or max(case.forms.values(), key=lambda form: form.since, default=None)


def _expected(case: Case) -> Iterator[tuple[str, str]]:
    form = form_of(case)
    return ((number, heading) for number, heading, *_ in (form.sections if form else ()))


@rule(
    "structure.section_missing",
    severity=Severity.ERROR,
    source=ARTICLE_50,
    zh="没有找到“{number}、{heading}”一节",
    en="section {number} (“{heading}”) was not found",
)
def section_missing(case: Case) -> Iterator[Outcome]:
    """One of the six sections is not there."""
    present = {section.number for section in case.report.sections}
    for number, heading in _expected(case):
        if number not in present:
            yield found(number=number, heading=heading)


@rule(
    "structure.duplicate",
    severity=Severity.WARNING,
    source=FORMAT,
    zh="“{heading}”一节出现了{actual}次",
    en="section “{heading}” appears {actual} times",
)
def section_duplicate(case: Case) -> Iterator[Outcome]:
    """One of the six sections stands there more than once."""
    official = {number for number, _ in _expected(case)}
    counts = Counter(section.number for section in case.report.sections if section.number in official)
    for number in (number for number, count in counts.items() if count > 1):
        copies = [section for section in case.report.sections if section.number == number]
        yield found(place=copies[1].place, heading=_title(copies[1]), expected=1, actual=counts[number])


@rule(
    "structure.numbering",
    severity=Severity.WARNING,
    source=FORMAT,
    zh="“{heading}”的序号印为“{actual}”，应为“{expected}”",
    en="“{heading}” is numbered {actual} and should be {expected}",
)
def numbering(case: Case) -> Iterator[Outcome]:
    """A heading carries another section's number."""
    for section in case.report.sections:
        printed = _printed_number(section)
        if printed and section.number in NUMERALS and printed != section.number:
            yield found(place=section.place, heading=_title(section), expected=section.number, actual=printed)


@rule(
    "structure.section_order",
    severity=Severity.WARNING,
    source=FORMAT,
    zh="“{heading}”一节排在“{before}”之后，次序与格式不符",
    en="section “{heading}” stands after “{before}”, against the order of the form",
)
def section_order(case: Case) -> Iterator[Outcome]:
    """The sections do not follow the order of the form."""
    ordered = [section for section in case.report.sections if section.number in NUMERALS]
    for before, section in itertools.pairwise(ordered):
        if NUMERALS.index(section.number) < NUMERALS.index(before.number):
            yield found(place=section.place, heading=_title(section), before=_title(before))


@rule(
    "structure.section_empty",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="“{heading}”一节没有内容",
    en="section “{heading}” is empty",
)
def section_empty(case: Case) -> Iterator[Outcome]:
    """A section of prose says nothing at all."""
    form = form_of(case)
    tabular = {table.section for table in form.tables} if form else set()
    official = {number for number, _ in _expected(case)}
    for section in case.report.sections:
        if section.number in official - tabular and not section.text.strip():
            yield found(place=section.place, heading=_title(section))


@rule(
    "structure.table_missing",
    severity=Severity.ERROR,
    source=ARTICLE_50,
    zh="没有找到表{section}“{title}”的任何单元格",
    en="no cell of Table {section} (“{title}”) was found",
)
def table_missing(case: Case) -> Iterator[Outcome]:
    """One of the three tables is not there, or nothing of it could be read."""
    form = form_of(case)
    for spec in form.tables if form else ():
        tables = [table for table in case.report.tables if table.name == spec.name]
        if all(cell.status is Status.MISSING for table in tables for cell in table.cells):
            cells = [cell.key for table in tables for cell in table.cells] or [cell.key for cell in spec.cells]
            yield found(cells=cells, section=spec.section, title=spec.title)


@rule(
    "structure.row_missing",
    severity=Severity.ERROR,
    source=FORMAT,
    zh="没有找到：{missing}",
    en="not found: {missing}",
)
def row_missing(case: Case) -> Iterator[Outcome]:
    """Cells of a table that is otherwise there were not found, and reading it did not say so."""
    told = {key for doubt in case.report.doubts for key in doubt.cells}
    for table in case.report.tables:
        lost = [cell for cell in table.cells if cell.status is Status.MISSING]
        if len(lost) < len(table.cells):
            yield from _by_row([cell for cell in lost if cell.key not in told], case)


def _by_row(cells: list[Cell], case: Case) -> Iterator[Outcome]:
    def row(cell: Cell) -> str:
        spec = case.spec(cell)
        return spec.row.path if spec else cell.label

    for _, run in itertools.groupby(cells, key=row):
        together = tuple(run)
        yield found(cells=together, missing=together)


@rule(
    "structure.cells_blank",
    severity=Severity.INFO,
    source="按常理判断，无明文规定",
    zh="表{section}有{count}格空白（{blank}），而其余没有数据的各格都填0；请核对是否漏填",
    en="Table {section}: {count} blank ({blank}), where all other cells without a number say 0; check whether it was forgotten",
)
def cells_blank(case: Case) -> Iterator[Outcome]:
    """A few cells of a table are blank, and many say 0: these were forgotten, perhaps."""
    for table in case.report.tables:
        zeros = sum(cell.value == 0 for cell in table.cells)
        blank = [cell for cell in table.cells if cell.status is Status.BLANK and cell.key not in case.doubted]
        if blank and len(blank) * _FORGOTTEN <= zeros:
            yield found(cells=blank, section=table.section, count=len(blank), blank=tuple(blank[:_NAMED]))


@rule(
    "form.unknown",
    severity=Severity.WARNING,
    source=FORMAT,
    zh="表格标签不能说明采用的是哪一年的格式",
    en="no label tells which form the tables are made by",
)
def unknown_form(case: Case) -> Iterator[Outcome]:
    """No label decides the form."""
    if case.report.form is None:
        yield found()


@rule(
    "form.hybrid",
    severity=Severity.WARNING,
    source=FORMAT,
    zh="报告以{main}年格式为主，但{blocks}采用{other}年格式",
    en="the report follows the form of {main}, but {blocks} that of {other}",
)
def hybrid(case: Case) -> Iterator[Outcome]:
    """Parts of the tables are made by another form than the rest."""
    main = case.report.form
    if main is None or len(case.used) == 1:
        return
    odd = [cell for cell in case.cells.values() if cell.form != main and cell.status is not Status.MISSING]
    for name in sorted({cell.form for cell in odd}):
        cells = [cell for cell in odd if cell.form == name]
        yield found(cells=cells, main=main, other=name, blocks=_blocks(cells, case.forms.get(name)))


def _blocks(cells: list[Cell], form: FormSpec | None) -> Both:
    """The items (第二十条第（一）项) or tables that these cells fill."""
    keys = {cell.key for cell in cells}
    named = [
        (block.item or f"表{table.section}", block.item or f"Table {table.section}")
        for table in (form.tables if form else ())
        for block in table.blocks
        if keys.intersection(cell.key for cell in block.cells)
    ]
    return Both("、".join(zh for zh, _ in named), ", ".join(en for _, en in named))


@rule(
    "form.outdated",
    severity=Severity.WARNING,
    source="国办公开办函〔2021〕30号",
    zh="{year}年度报告采用{actual}年格式，{notice}规定自{since}年度起采用新格式",
    en="the report of {year} follows the form of {actual}; {notice} prescribes a newer one from {since} on",
)
def outdated(case: Case) -> Iterator[Outcome]:
    """The report follows a form that a newer one had replaced by then."""
    report, form = case.report, case.forms.get(case.report.form or "")
    if form is None or report.year is None:
        return
    due = max((f for f in case.forms.values() if f.since <= report.year), key=lambda f: f.since, default=form)
    if due.since > form.since:
        yield found(year=report.year, expected=due.name, actual=form.name, notice=due.notice, since=due.since)


def _printed_number(section: Section) -> str | None:
    """The numeral that the heading prints, Arabic ones turned into 一 to 十; None without one."""
    match = PRINTED.match((section.heading or "").strip())
    if match is None:
        return None
    number = match[1]
    return number if number in NUMERALS else dict(zip(map(str, range(1, 11)), NUMERALS, strict=True)).get(number)


def _title(section: Section) -> str:
    return " ".join((section.heading or section.number).split())


RULES = (
    section_missing,
    section_duplicate,
    numbering,
    section_order,
    section_empty,
    table_missing,
    row_missing,
    cells_blank,
    unknown_form,
    hybrid,
    outdated,
)
