"""Prose against the tables, against itself and against the report's year; what prose must not leave out.

All rules read the facts of the report once (`govreport.facts`). A number that is not certainly a fact is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from govreport.checks.rules import Both, Case, Outcome, found, rule, skip
from govreport.facts import CUMULATIVE, grouped, is_complete, kind_of, plain
from govreport.forms import builtin_forms
from govreport.model import Cell, Fact, Place, Section, Severity, Status

__all__ = ["RULES"]

ARTICLE_50 = "《政府信息公开条例》第五十条"
FEES_NOTICE = "国办公开办函〔2021〕30号"

_GENERAL, _PROBLEMS, _OTHER = "一", "五", "六"
_TABLES = frozenset("二三四")
_NEW = "requests.new."
_OVERLAPPING = frozenset({"published.by_channel"})
"""Splits whose parts may count one thing twice: what is on the website and on WeChat."""
_SURE = frozenset({Status.READ, Status.BLANK})
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

_NOTHING = re.compile(
    r"\s*(?:本(?:年度|单位|机关)|目前)?\s*(?:暂?无|没有|暂?无(?:相关)?(?:问题|情况|内容)|不存在问题|[/／－—-]+)[。.\s]*"
)
_FEES = re.compile(r"处理费|收费|费用|收取")
_PERIOD = re.compile(
    r"统计期限[^。；\n]{0,12}?(20\d\d)\s*年\s*1\s*月\s*1\s*日[^。；\n]{0,8}?(?:(20\d\d)\s*年)?\s*12\s*月\s*31\s*日"
)
_COMPARED = re.compile(r"较|同比|相比|比上|增至|减至|上年|去年|往年|历年")
_NUMBER = re.compile(r"(?:收到|新收|公开|发布)[^，,；;]{0,16}?\d+\s*[条件篇份宗]")
_YEAR = re.compile(r"20\d\d\s*年")
_SENTENCE_END = re.compile(r"[。！？\n]")

_SHORT = 40
"""Characters of a sentence that a message quotes."""
_MANY = 2
"""Statements of the year before that are more than a slip."""


def stated(case: Case) -> tuple[Fact, ...]:
    """The facts of the report, found here where the reading line has not done so."""
    report = case.report
    return report.facts


# --- breakdowns --------------------------------------------------------------------------------------------------------------


@rule(
    "prose.breakdown",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="第{section}部分“{quote}”：各项之和为{actual}（{parts}），{relation}总数{expected}；请核对总数和各项",
    en="section {section}, “{quote}”: the parts add up to {actual} ({parts}), {relation} the total of {expected}; check both",
)
def breakdown(case: Case) -> Iterator[Outcome]:
    """The parts of a number do not add up to it, or to more than it.

    Parts that claim to be all (分别为…, 其他N条) must add up; parts introduced by 其中 may leave something out, never exceed.
    """
    for fact in case.once(stated):
        splits = grouped(fact)
        whole = len(splits) == 1 and is_complete(fact)
        for split, parts in splits.items():
            total = sum(value for _, value in parts)
            least = max(value for _, value in parts) if split in _OVERLAPPING else total
            if not fact.approximate and (least > fact.value or (whole and total < fact.value)):
                yield found(
                    expected=fact.value,
                    actual=total,
                    place=fact.place,
                    section=fact.section,
                    quote=_quote(fact.text, fact.value),
                    parts=Both("+".join(_part(n, v, "zh") for n, v in parts), " + ".join(_part(n, v, "en") for n, v in parts)),
                    relation=Both("超过", "more than") if total > fact.value else Both("不足", "less than"),
                )


def _part(name: str, value: object, lang: str) -> str:
    kind = kind_of(name)
    return f"{(kind.zh if lang == 'zh' else kind.en) if kind else name}{' ' if lang == 'en' else ''}{value}"


def _quote(text: str, number: object = None) -> str:
    """The sentence, or, of a long one, the clauses from the one that states the number."""
    compact = re.sub(r"\s+", "", text)
    if len(compact) <= _SHORT:
        return compact
    at = max(compact.find(str(number)), 0)
    start = max((compact.rfind(mark, 0, at) for mark in "，,；;：:。"), default=-1) + 1
    end = start + _SHORT - 1
    return compact[start:end] + ("…" if end < len(compact) else "")


# --- facts against cells -----------------------------------------------------------------------------------------------------


@rule(
    "prose.cell",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="第{section}部分“{quote}”：{kind}为{actual}，而{where}印为{expected}；请核对以哪个为准",
    en="section {section}, “{quote}”: {kind} is {actual}, but {where} says {expected}; check which is right",
)
def cell(case: Case) -> Iterator[Outcome]:
    """A number in prose differs from the cell, or the sum of cells, that states the same."""
    seen: set[tuple[str, int | Decimal]] = set()
    for fact in case.once(stated):
        if fact.approximate or fact.kind.endswith(CUMULATIVE) or _denied(fact) or (fact.kind, fact.value) in seen:
            continue
        seen.add((fact.kind, fact.value))
        cells = _cells(fact, case)
        if any(c.status not in _SURE for c in cells):
            yield skip(cells, _unsure(fact.kind))
        elif any(c.status is Status.READ for c in cells):
            yield from _contradiction(fact, cells)


def _denied(fact: Fact) -> bool:
    """未收到申请: nothing, said without a number; a rule of its own."""
    return fact.kind in {"requests.new", "requests.received"} and fact.value == 0 and fact.unit is None


def _unsure(kind: str) -> Both:
    return Both(f"说明{kind}的单元格没有都确切读出", f"not every cell that states {kind} was surely read")


def _cells(fact: Fact, case: Case) -> tuple[Cell, ...]:
    """The cells whose values add up to the fact: mostly one."""
    kind = kind_of(fact.kind)
    keys = (fact.key,) if fact.key in case.cells else kind.cells(case.cells) if kind else ()
    return tuple(case.cells[key] for key in keys if key)


def _contradiction(fact: Fact, cells: tuple[Cell, ...]) -> Iterator[Outcome]:
    printed = sum(c.value or 0 for c in cells)
    kind = kind_of(fact.kind)
    if kind is None or printed == _in_unit(fact, cells[0].unit):
        return
    more = Both(f"等{len(cells)}格合计", f"{len(cells) - 1} more, together")
    yield found(
        cells=cells,
        expected=printed,
        actual=fact.value,
        place=fact.place,
        section=fact.section,
        quote=_quote(fact.text, fact.value),
        kind=Both(kind.zh, kind.en),
        where=cells[0] if len(cells) == 1 else (cells[0], more),
    )


def _in_unit(fact: Fact, unit: str | None) -> int | Decimal:
    """The fact's amount in the unit of the cell."""
    if unit in _YUAN and fact.unit in _YUAN:
        return fact.value * _YUAN[fact.unit] / _YUAN[unit]
    return fact.value


@rule(
    "prose.no_requests",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="第{section}部分“{quote}”称没有收到申请，而{cell}印为{actual}；请核对",
    en="section {section}, “{quote}”, says that no request was received, but {cell} says {actual}; check both",
)
def no_requests(case: Case) -> Iterator[Outcome]:
    """The prose says that no request was received; the table says otherwise."""
    row = [c for key, c in case.cells.items() if key.startswith(_NEW) and c.status is Status.READ and c.value]
    cells = sorted(row, key=lambda c: not c.key.endswith(".total"))
    for fact in [f for f in case.once(stated) if _denied(f)][:1]:
        if cells:
            yield found(
                cells=cells,
                expected=0,
                actual=cells[0].value,
                place=fact.place,
                section=fact.section,
                quote=_quote(fact.text, fact.value),
                cell=cells[0],
            )


# --- years -------------------------------------------------------------------------------------------------------------------


@frozen
class _Statement:
    """A sentence that begins with a year and speaks of the body itself."""

    year: int
    text: str
    paragraph: str
    section: Section
    place: Place | None


def statements(case: Case) -> tuple[_Statement, ...]:
    """The sentences 2023年，我局… of the prose, in order."""
    issuer = re.escape(case.report.issuer or "我局")
    number = r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?"
    subject = rf"(?:[我本全][\u4e00-\u9fff]|(?:共|累计|未)(?:计|有)?(?:收|发|公开|制|办|受)|{issuer})"
    opening = re.compile(rf"(?:^|(?<=[。！？：:\n]))\s*{number}(20\d\d)\s*年(?:度)?[，,]?\s*{subject}")
    return tuple(_statements(case.report.sections, opening))


def _statements(sections: tuple[Section, ...], opening: re.Pattern[str]) -> Iterator[_Statement]:
    for section in sections:
        for paragraph in section.paragraphs:
            for match in opening.finditer(paragraph.text) if _YEAR.search(paragraph.text) else ():
                text = _SENTENCE_END.split(paragraph.text[match.start(1) :], maxsplit=1)[0]
                yield _Statement(int(match[1]), text, paragraph.text, section, paragraph.place)


def _lags(case: Case) -> tuple[_Statement, ...]:
    """Statements of the year before, if they outnumber those of the report's year: the text is last year's."""
    year = case.report.year
    made = case.once(statements)
    old = tuple(s for s in made if year and s.year == year - 1 and not _COMPARED.search(s.text))
    return old if len(old) >= _MANY and len(old) > sum(s.year == year for s in made) else ()


@rule(
    "prose.year",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="第{section}部分“{quote}”说的是{actual}年，本报告是{expected}年度的；请核对年份",
    en="section {section}, “{quote}”, speaks of {actual}, the report is of {expected}; check the year",
)
def year(case: Case) -> Iterator[Outcome]:
    """The statistical period, or a number stated of the body's own work, is of another year than the report."""
    expected = case.report.year
    if expected is None:
        yield skip((), Both("报告没有说明年度", "the report does not say its year"))
        return
    for section, place, quote, said in (*_periods(case, expected), *_misdated(case, expected)):
        yield found(expected=expected, actual=said, place=place, section=section.number, quote=_quote(quote))


def _periods(case: Case, expected: int) -> Iterator[tuple[Section, Place | None, str, int]]:
    for section in case.report.sections:
        for paragraph in section.paragraphs:
            for match in _PERIOD.finditer(paragraph.text):
                wrong = [int(said) for said in match.groups() if said and int(said) != expected]
                if wrong:
                    yield section, paragraph.place, match[0], wrong[0]


def _misdated(case: Case, expected: int) -> Iterator[tuple[Section, Place | None, str, int]]:
    """What is stated of another year, in a paragraph that does not name the report's: numbers, and what opens section 一."""
    made, stale = case.once(statements), case.once(_lags)
    for said in made:
        compares = _COMPARED.search(said.text) or str(expected) in said.paragraph
        opens = said is made[0] and said.section.number == _GENERAL and said.paragraph.startswith(said.text)
        if said.year != expected and not compares and said not in stale and (opens or _NUMBER.search(said.text)):
            yield said.section, said.place, said.text, said.year


@rule(
    "prose.stale",
    severity=Severity.WARNING,
    source=ARTICLE_50,
    zh="正文有{count}句以{actual}年开头（如第{section}部分“{quote}”），多于写{expected}年的；可能沿用了上年文字，或年度有误，请核对",
    en="{count} sentences begin with {actual} (section {section}, “{quote}”, is one), more than with {expected}; "
    "last year's text may have been left in, or the report's year is wrong; check both",
)
def stale(case: Case) -> Iterator[Outcome]:
    """More sentences state the year before as the current one than state the report's year."""
    old = case.once(_lags)
    for first in old[:1]:
        yield found(
            expected=case.report.year,
            actual=first.year,
            place=first.place,
            section=first.section.number,
            quote=_quote(first.text),
            count=len(old),
        )


# --- what must not be left out -----------------------------------------------------------------------------------------------


@rule(
    "prose.empty_problems",
    severity=Severity.WARNING,
    source=ARTICLE_50 + "第（五）项",
    zh="第{section}部分只写了“{actual}”；应写明存在的主要问题及改进情况",
    en="section {section} says only “{actual}”; it must state the main problems and what is done about them",
)
def empty_problems(case: Case) -> Iterator[Outcome]:
    """存在的主要问题及改进情况 says only 无; one that says nothing at all is an empty section (`structure.section_empty`)."""
    for section in case.report.sections:
        if section.number == _PROBLEMS and _NOTHING.fullmatch(section.text):
            place = section.paragraphs[0].place if section.paragraphs else section.place
            yield found(place=place or section.place, section=section.number, actual=section.text.strip())


@rule(
    "prose.fees",
    severity=Severity.WARNING,
    source=FEES_NOTICE,
    zh="第{section}部分没有说明政府信息公开信息处理费收取情况；应写明发出收费通知的件数和总金额，以及实际收取的总金额",
    en="section {section} does not speak of information-processing fees; "
    "it must state the notices sent, their amount and what was collected",
    forms=(form.name for form in builtin_forms() if form.notice == FEES_NOTICE),
)
def fees(case: Case) -> Iterator[Outcome]:
    """其他需要报告的事项 is silent on information-processing fees, and so is the rest of the report."""
    other = case.report.section(_OTHER)
    if other is None or any(
        _FEES.search(plain(section.text)) for section in case.report.sections if section.number not in _TABLES
    ):
        return
    yield found(place=other.place, section=other.number)


RULES = (breakdown, cell, no_requests, year, stale, empty_problems, fees)
