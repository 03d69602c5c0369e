"""What the document says of itself: title, issuer, year, dates and contact, each with its evidence, None where it is silent.

The best evidence comes first: the title; the statistical period; the first year of section 一. A portal's owner, a site clock
and a breadcrumb with another year are no evidence.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterator
from typing import TypeAlias

import attrs
from attrs import define, field

from govreport.labels import simplified
from govreport.model import Evidence, Place
from govreport.outline import PREAMBLE, Outline
from govreport.source import GridCell, SourceSection
from govreport.title import YEAR, Title, is_body, plain_text, title_in, titles_among, year_number

__all__ = ["Identity", "identify"]

_PERIOD = re.compile(
    rf"({YEAR})[年./-]0?(?:1|一)[月./-]0?(?:1|一)日?.{{0,12}}?(?:{YEAR}[年./-])?(?:12|十二)[月./-](?:31|三十一)"
)
"""The statistical period in plain text."""
_STATED = re.compile(
    rf"(?:^|[，。；：、,;:\s])\s*({YEAR})\s*年(?:度)?"
    r"(?:来|，|,|我|本|在|全|共|累计|[\u4e00-\u9fff]{2,12}(?:镇|乡|局|街道|委|办|县|区|市|院|厅)|$)"
    rf"|现将[^，。；]{{0,12}}?({YEAR})\s*年(?:度)?[^。；]{{0,30}}?(?:报告|公布|公开|汇报)如下"
)
"""A year that opens a clause as the year reported on, or that is announced: not one of a law, a plan or a document number."""
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_Told: TypeAlias = tuple[str, str, str, Place | None]
"""What is told, the text that tells it, why it does, and where."""
_Found: TypeAlias = tuple[Title, str, Place | None]
"""A title, why it is one, and where."""
_PUBLISHED = re.compile(r"(?:发布|发文|公布|成文|公开|生成|更新|印发)?(?:日期|时间)\s*[:：|\s]*")
_NAMED = re.compile(r"《([\u4e00-\u9fff（）()]{2,30}?)(?:政府)?(?:信息|资讯)公开(?:指南|目录|制度|工作)")
_CONTACT = {
    "address": ("址", re.compile(r"(?:通讯|联系|办公)?地\s*址\s*[:：]\s*([^，,；;。)）\n]{2,60})")),
    "postcode": ("编", re.compile(r"邮(?:政)?编(?:码)?\s*[:：]\s*(\d{6})")),
    "phone": ("话", re.compile(r"(?:联系)?电\s*话\s*[:：]\s*([\d()（）\-—、/ ]{6,40}\d)")),
    "fax": ("真", re.compile(r"传\s*真\s*[:：]\s*([\d()（）\-—]{6,20}\d)")),
    "email": ("箱", re.compile(r"(?:电子)?邮\s*箱\s*[:：]\s*([\w.\-]+@[\w.\-]+\w)")),
}
_FAR = 400
"""Lines before the first heading in which a title is looked for, counted from the heading back."""
_FARTHEST = 20_000
"""Characters of these."""
_SIGNED = 15
"""Lines at the end in which a signature stands."""
_FULL = 3.0
"""What a title is worth that names year and body: nothing else need be looked for."""
_SAME = 0.6
"""Titles that are worth as much as each other: only the year told elsewhere decides between them."""


@define
class Identity:
    """What was found; `evidence` says where and why."""

    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    published: dt.date | None = None
    evidence: list[Evidence] = field(factory=list)

    def add(self, name: str, value: str, text: str, reason: str, place: Place | None) -> None:
        """Keep a piece of evidence."""
        self.evidence.append(Evidence(field=name, value=value, text=text, reason=reason, place=place))

    @property
    def unknown(self) -> tuple[tuple[str, str], ...]:
        """What the document does not say for certain, in Chinese and English."""
        told = (("标题", "title", self.title), ("单位", "issuer", self.issuer), ("年度", "year", self.year))
        return tuple((chinese, english) for chinese, english, value in told if value is None)


def identify(outline: Outline) -> Identity:
    """Look for all of it, the best evidence first."""
    found = Identity()
    _title(found, outline)
    if found.year is None:
        _year(found, outline)
    if found.issuer is None:
        _issuer(found, outline)
    _published(found, outline)
    _contact(found, outline)
    return found


def _title(found: Identity, outline: Outline) -> None:
    """The best title of the right kind that stands before the first section, or that the introduction or the page names."""
    title, reason, place = _best_title(outline) or (None, "", None)
    if title is None:
        return
    found.title = title.text
    found.add("title", title.text, title.text, reason, place)
    if title.year:
        found.year = title.year
        found.add("year", str(title.year), title.text, "title", place)
    if title.issuer:
        found.issuer = title.issuer
        found.add("issuer", title.issuer, title.text, "title", place)


def _best_title(outline: Outline) -> _Found | None:
    found = list(_before(outline, outline.sections[0])) if outline.sections[0].number in (PREAMBLE, "") else []
    if not any(title.score >= _FULL for title, *_ in found):
        found += _told(outline)
    for name, less in (("title", 0.4), ("page_title", 0.8)):
        text = outline.source.metadata.get(name, "")
        if any(title.score >= _FULL and title.text in text for title, *_ in found):
            continue  # it says the same
        title = title_in(text)
        if title is not None:
            found.append((attrs.evolve(title, score=title.score - less), f"metadata {name}", None))
    return _surest(found, outline)


def _before(outline: Outline, head: SourceSection) -> Iterator[_Found]:
    """The titles before the first heading, in its lines or else in its tables."""
    lines = _filled(head)
    titles = _plausible(list(titles_among(lines, functools.partial(_mentioned, outline))), lines)
    for title in titles:
        yield title, "before the first heading", head.place(title.line, title.column)
    if not any(title.score >= _FULL for title in titles):
        yield from _in_cells(head)


def _filled(section: SourceSection) -> list[tuple[int, str]]:
    """The lines that say something, as many as are looked at."""
    first = max(0, len(section.lines) - _FAR) if section.number else 0
    lines = [(i, line) for i, line in enumerate(section.lines[first : first + _FAR], first) if line and not line.isspace()]
    return lines if sum(len(line) for _, line in lines) <= _FARTHEST else [(i, line[:_FAR]) for i, line in lines]


def _plausible(titles: list[Title], lines: list[tuple[int, str]]) -> list[Title]:
    """Without what is a menu: years without a body that differ, and a name of the kind that nothing makes a title."""
    years = {title.year for title in titles if not title.issuer and title.year}

    def plausible(title: Title) -> bool:
        if title.issuer or title.year:
            return bool(title.issuer) or len(years) == 1
        return title.line == lines[0][0] or (len(titles) == 1 and "工作" in title.text)

    return [title for title in titles if plausible(title)]


def _mentioned(outline: Outline, body: str) -> bool:
    """Whether a line near the beginning names the body whole."""
    lines = [line for line in outline.source.lines[:_FAR] if len(line) > len(body)]
    if any("開" in line for line in lines):  # traditional characters
        lines = list(map(simplified, lines))
    return any(body in line for line in lines)


def _in_cells(head: SourceSection) -> Iterator[_Found]:
    """Titles in tables before the first heading, which arrange the page or say what it is; they may go on in the next row."""
    for grid in head.grids:
        columns: dict[int, list[tuple[GridCell, str]]] = {}
        for cell in grid.cells[:_FAR]:
            columns.setdefault(cell.column, []).extend((cell, line) for line in cell.text.split("\n"))
        for lines in columns.values():
            for title in titles_among([(i, line) for i, (_, line) in enumerate(lines)]):
                if title.issuer:
                    yield title, "a cell before the first heading", grid.place(lines[title.line][0])


def _told(outline: Outline) -> Iterator[_Found]:
    """The title as the introduction names it: 现公布…年度报告. Only where no title stands by itself is it the best."""
    for section in outline.sections[:2]:
        for index, line in enumerate(section.lines[:_FAR]):
            for title in titles_among([(index, line)], told=True) if "公" in line else ():
                if title.issuer and title.year:
                    yield attrs.evolve(title, score=title.score - 2.5), "the introduction", section.place(index, title.column)


def _surest(found: list[_Found], outline: Outline) -> _Found | None:
    """The best title, the last of equals; where equals name different years, that of the year told elsewhere."""
    if not found:
        return None
    best = max(found, key=lambda entry: (entry[0].score, entry[0].line))
    rivals = [entry for entry in found if entry[0].year and entry[0].score >= best[0].score - _SAME]
    if len({title.year for title, *_ in rivals}) > 1:
        told = _told_year(outline)
        rivals = [entry for entry in rivals if told and entry[0].year == told[0]]
        best = max(rivals, key=lambda entry: (entry[0].score, entry[0].line), default=best)
    return best


def _year(found: Identity, outline: Outline) -> None:
    """The statistical period, else the first year that the first section tells of."""
    told = _told_year(outline)
    if told:
        found.year, text, reason, place = told
        found.add("year", str(found.year), text, reason, place)


def _told_year(outline: Outline) -> tuple[int, str, str, Place | None] | None:
    for section in outline.sections[:2]:
        for index, line in enumerate(section.lines):
            match = _PERIOD.search(plain_text(line)) if ("12" in line and "31" in line) or "十二" in line else None
            if match:
                return year_number(match[1]), match[0], "statistical period", section.place(index)
    first = outline.section("一") or outline.sections[0]
    for index, line in enumerate(first.lines):
        match = _STATED.search(line) if "年" in line and (first.heading or "，" in line or "。" in line) else None
        if match:
            reason = f"first year of section {first.number or PREAMBLE}"
            return year_number(match[1] or match[2]), line.strip()[:60], reason, first.place(index, match.start())
    return None


def _issuer(found: Identity, outline: Outline) -> None:
    """Where no title names it: the body that signed the report, else the one whose own guide or catalogue is named."""
    name, text, reason, place = _signer(outline) or _guided(outline) or (None, "", "", None)
    if name:
        found.issuer = name
        found.add("issuer", name, text, reason, place)


def _signer(outline: Outline) -> _Told | None:
    """A body's name over a date, both alone on their lines, at the end of the report or on its cover."""
    for section in (outline.sections[-1], outline.sections[0]):
        lines = [(i, line.strip()) for i, line in enumerate(section.lines) if line and not line.isspace()][-_SIGNED:]
        for (index, line), (_, after) in itertools.pairwise(lines):
            if _DATE.fullmatch(after) and is_body(name := plain_text(line)):
                return name, line, "signature", section.place(index)
    return None


def _guided(outline: Outline) -> _Told | None:
    """The one body whose guide or catalogue the prose names."""
    named: dict[str, _Told] = {}
    for section in outline.sections:
        if section.number in ("二", "三", "四"):
            continue
        for index, line in enumerate(section.lines):
            for match in _NAMED.finditer(simplified(line)) if "》" in line or "」" in line else ():
                name = match[1]
                if is_body(name) and "中华人民共和国" not in name and "国务院" not in name:
                    named.setdefault(name, (name, match[0], "the body's own guide", section.place(index)))
    return next(iter(named.values())) if len(named) == 1 else None


def _published(found: Identity, outline: Outline) -> None:
    """The date of publication: labelled as such, or given by the page, or the last date of a signature."""
    metadata = outline.source.metadata.get("published", "")
    places: list[tuple[str, str, Place | None]] = [(metadata, "metadata", None)] if metadata else []
    edge = [outline.sections[0], outline.sections[-1]]
    places += [(line, "label", s.place(i)) for s in edge for i, line in enumerate(s.lines[:60]) if "期" in line or "间" in line]
    for text, reason, place in places:
        match = _DATE.search(text) if reason == "metadata" else _labelled_date(text)
        date = _date(match) if match else None
        if date:
            found.published = date
            found.add("published", date.isoformat(), text.strip()[:80], reason, place)
            return
    _signed(found, outline.sections[-1])


def _labelled_date(text: str) -> re.Match[str] | None:
    label = _PUBLISHED.search(text)
    return _DATE.match(text, label.end()) if label and len(label[0]) >= 2 else None  # noqa: PLR2004 - as above


def _signed(found: Identity, section: SourceSection) -> None:
    for index in range(len(section.lines) - 1, max(-1, len(section.lines) - _SIGNED), -1):
        match = _DATE.fullmatch(section.lines[index].strip())
        date = _date(match) if match else None
        if date:
            found.published = date
            found.add("published", date.isoformat(), section.lines[index].strip(), "signature", section.place(index))
            return


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:  # 2023-13-45 is no date: then the document states none
        return None


def _contact(found: Identity, outline: Outline) -> None:
    """Address, telephone and the rest, from the preamble or the last section's end."""
    missing = dict(_CONTACT)
    for section in (outline.sections[0], outline.sections[-1]):
        for index in [*range(min(len(section.lines), 60)), *range(max(60, len(section.lines) - 30), len(section.lines))]:
            line = section.lines[index]
            if ":" in line or "：" in line:
                for name, (needle, pattern) in list(missing.items()):
                    match = pattern.search(line) if needle in line else None
                    if match:
                        found.add(f"contact.{name}", match[1].strip(), match[0], "label", section.place(index, match.start()))
                        del missing[name]
