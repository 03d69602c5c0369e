"""What the document says of itself: title, issuer, year, dates and contact, each with its evidence, None where it is silent.

The best evidence comes first: the title; the statistical period; the first year of section 一. A portal's owner, a site clock
and a breadcrumb with another year are no evidence.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import define, field

from govreport.labels import simplified, skeleton
from govreport.model import Evidence, Place
from govreport.outline import PREAMBLE, Outline
from govreport.source import SourceSection

__all__ = ["Identity", "identify"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|([二〇零○一三四五六七八九]{4})(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "0001234567" + "89")
_TITLE = re.compile(
    r"(?P<before>.{0,60}?)(?:政府|政务)(?:信息|资讯)公开(?:工作)?(?:(?:\d{4}|[〇零一二三四五六七八九]{4})年)?(?:年?度)?"
    r"(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)"
)
_YEARPART = re.compile(r"(?:关于)?(?:(?:\d{4}|[二〇零○一三四五六七八九]{4})年?(?:年?度)?)")
_SITE = re.compile(r"[_|｜\-—–]+[^_|｜\-—–]{0,30}(?:网|网站|门户|平台|政府|首页)\s*$")
_LABEL = re.compile(r"^\s*(?:名\s*称|标\s*题|信息名称|文件名称|题\s*名)\s*[:：]?\s*[|\t]?\s*")
_FRAME = re.compile(r"\|?\s*(?:\bUnnamed: \d+|\bNaN\b|\|\s*:?-{3,}:?)\s*(?=\||\n|$)|\|(?=\s*(?:\||\n|$))|(?<=\n)\s*\|")
"""What a data frame and a Markdown table put around a title that stood in a cell."""
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()·、]{1,40}?(?:人民政府|政府|委员会|管委会|办公室|办事处|街道办|街道|厅|局|委|办|处|镇|乡|院|会|所|队"
    r"|中心|公司|集团|银行|学校|大学|区|县|市|省|州|旗|站|署|部|党组|联社|海关|馆)"
)
_TOLD = re.compile(
    r"(?:现公布|现将|现发布|编制(?:了|形成|完成)?|特编制|公布)"
    r"([^，。；《》]{4,60}?(?:政府|政务)(?:信息|资讯)公开[^，。；《》]{0,14}?(?:年度报告|工作报告|年报))"
)
_NOT_TITLE = re.compile(
    r"[。；;！!\t]|索引号|信息分类|主题词|发文字号|格式|指南|首页|当前位置|您(?:现在)?的位置|上一篇|下一篇"
    r"|通知要求|根据|按照|依据|现公布|本报告|编制|相关链接|解读"
)
_PERIOD = re.compile(
    r"统计(?:数据)?(?:的)?(?:期限|时间|时限|周期)?.{0,10}?自?\s*((?:19|20)\d\d)\s*年\s*1\s*月\s*1\s*日"
    r".{0,8}?(?:(?:19|20)\d\d\s*年)?\s*12\s*月\s*31\s*日"
)
_STATED = re.compile(
    r"(?:^|[，。；：、\s])\s*((?:19|20)\d\d)\s*年(?:度)?"
    r"(?:来|，|,|我|本|在|全|，|共|累计|[\u4e00-\u9fff]{2,12}(?:镇|乡|局|街道|委|办|县|区|市|院|厅)|$)"
)
"""A year that opens a clause as the year reported on: not one of a law, a plan or a document number."""
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PUBLISHED = re.compile(r"(?:发布|发文|公布|成文|公开|生成|更新|印发)?(?:日期|时间)\s*[:：|\s]*")
_NAMED = re.compile(r"《([\u4e00-\u9fff（）()]{2,30}?)(?:政府)?(?:信息|资讯)公开(?:指南|目录|制度|工作)")
_CONTACT = {
    "address": re.compile(r"(?:通讯|联系|办公)?地\s*址\s*[:：]\s*([^，,；;。)）\n]{2,60})"),
    "postcode": re.compile(r"邮(?:政)?编(?:码)?\s*[:：]\s*(\d{6})"),
    "phone": re.compile(r"(?:联系)?电\s*话\s*[:：]\s*([\d()（）\-—、/ ]{6,40}\d)"),
    "fax": re.compile(r"传\s*真\s*[:：]\s*([\d()（）\-—]{6,20}\d)"),
    "email": re.compile(r"(?:电子)?邮\s*箱\s*[:：]\s*([\w.\-]+@[\w.\-]+\w)"),
}
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])(?:\([a-zà-ǜ\u0300-\u030c]{1,9}\)|[a-zà-ǜ\u0300-\u030c]{1,9})")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FAR = 400
"""Lines before the first heading in which a title is looked for, counted from the heading back."""
_SHORTEST = 8
"""Characters of the shortest title: 信息公开年度报告."""
_AMONG_WORDS = 0.3
"""What a title is worth less that stands on one line with something else, as in a document on one line."""
_WORD = re.compile(r"\S+")
_MOST_LINES = 5
"""A title is broken into four lines at most, and one may stand between."""
_LONGEST = 70
"""Characters of the longest title."""
_Text: TypeAlias = tuple[Place, str, str]
"""A line or a word: where it stands, as it is printed, and plain."""
_Candidate: TypeAlias = tuple[float, str, str, str, Place | None]
"""How good a title it is, the title, the text that it stands in, the reason, and where."""


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


def _plain(text: str) -> str:
    """The text in simplified characters, without white space, and without pinyin where most characters have theirs."""
    plain = simplified(text)
    if plain.isascii() or len(_PINYIN.findall(plain)) * 2 <= len(_HAN.findall(plain)):
        return plain
    return _PINYIN.sub("", plain)


def _title(found: Identity, outline: Outline) -> None:
    """The best line, or run of lines, that is a title of the right kind."""
    candidates = sorted(_candidates(outline), key=lambda c: -c[0])
    if not candidates:
        return
    _, title, text, reason, place = candidates[0]
    found.title = title
    found.add("title", title, text, reason, place)
    plain = _plain(title)
    match = _TITLE.search(plain)
    if match is None:
        return
    year = _YEAR.search(plain)
    if year:
        found.year = _number(year)
        found.add("year", str(found.year), text, "title", place)
    issuer = _YEARPART.sub("", match["before"]).strip("的关于:：·- ")
    if len(issuer) >= 2 and skeleton(issuer):  # noqa: PLR2004 - no body's name is one character
        found.issuer = issuer
        found.add("issuer", issuer, text, "title", place)


def _candidates(outline: Outline) -> Iterator[_Candidate]:
    """Titles with how good they are: whole, with year and issuer, near the first heading."""
    section = outline.sections[0]
    lines = section.lines if section.number in (PREAMBLE, "") else ()
    first = max(0, len(lines) - _FAR)
    filled = [(section.place(i), line.strip(), _plain(line)) for i, line in enumerate(lines[first:], first) if line.strip()]
    yield from _scored(filled, "\n")
    for index, line in enumerate(lines[first:], first):
        if len(line) >= _SHORTEST and len(words := list(itertools.islice(_WORD.finditer(line), _FAR))) > 1:
            found = _scored([(section.place(index, w.start()), w[0], _plain(w[0])) for w in words], " ", _AMONG_WORDS)
            # a breadcrumb names a kind of report, or a year of it: only what begins the document may lack the issuer
            yield from (c for c in found if c[0] > (1 if c[4] == filled[0][0] else 2))
    yield from _told(outline)
    for name in ("title", "page_title"):
        text = outline.source.metadata.get(name, "")
        score, title = _as_title(text, _plain(text))
        if title:
            yield score - (0.4 if name == "title" else 0.8), title, text, f"metadata {name}", None


def _told(outline: Outline) -> Iterator[_Candidate]:
    """The title as the introduction names it: 现公布…年度报告. Only where no title stands by itself is it the best."""
    for section in outline.sections[:2]:
        for index, line in enumerate(section.lines[:_FAR]):
            for match in _TOLD.finditer(line):
                score, title = _as_title(match[1], _plain(match[1]))
                if score >= 3:  # noqa: PLR2004 - with both year and issuer, or it is 本报告 in other words
                    yield score - 2.5, title, match[0], "the introduction", section.place(index, match.start(1))


def _scored(filled: Sequence[_Text], joint: str, less: float = 0.0) -> Iterator[_Candidate]:
    """The best title that begins with each of these lines or words."""
    for at, (place, _, _) in enumerate(filled):
        best = max(_runs(filled[at : at + _MOST_LINES], joint), default=None, key=lambda run: run[0])
        if best is not None:
            score, title, size = best
            what = "words" if joint == " " else "lines"
            yield score - less + 0.002 * min(at, 100), title, title, f"{size} {what} before the first heading", place


def _runs(filled: Sequence[_Text], joint: str) -> Iterator[tuple[float, str, int]]:
    """The titles among runs that begin with the first of these lines, for a title may be broken over several."""
    for size in range(1, len(filled) + 1):
        plain = "".join(p for _, _, p in filled[:size])
        if len(plain) > _LONGEST + 20 and "|" not in plain:
            return
        if "公开" in plain and ("报告" in plain or "年报" in plain):
            score, title = _as_title(joint.join(text for _, text, _ in filled[:size]), plain)
            if title:
                yield score - 0.1 * size, title, size


def _as_title(text: str, plain: str) -> tuple[float, str]:
    """How good a title the text is, and the title in it without markup and site name; 0 and "" if it is none."""
    if "公开" not in plain or (len(plain) > _LONGEST + 20 and "|" not in plain) or len(plain) > _FAR:
        return 0.0, ""
    bare = _SITE.sub("", re.sub(r"^[\s#>*_=|\-]+|[\s*_=|]+$", "", text.replace("\\_", "_").replace("**", "").replace("__", "")))
    bare = _LABEL.sub("", bare.removesuffix("\\").strip("* |\t"), count=1)
    bare = _FRAME.sub("", bare).strip("* |\t\n")
    plain = _plain(bare)
    if not _SHORTEST <= len(plain) <= _LONGEST or _NOT_TITLE.search(plain):
        return 0.0, ""
    match = _TITLE.search(plain)
    if match is None or len(plain) - match.end() > 3:  # noqa: PLR2004 - a stop or a bracket
        return 0.0, ""
    year = _YEAR.search(plain) is not None
    before = _YEARPART.sub("", match["before"]).strip()
    named = bool(_ORGAN.match(before)) and len(before) >= 2  # noqa: PLR2004 - as above
    return 1.0 + 1.0 * year + 1.0 * named - (0.5 if re.search(r"[>»/:：]", bare) else 0), bare


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2].translate(_DIGITS))


def _year(found: Identity, outline: Outline) -> None:
    """The statistical period, else the first year that section 一 tells of."""
    for section in outline.sections[:2]:
        for index, line in enumerate(section.lines):
            match = _PERIOD.search(line)
            if match:
                found.year = int(match[1])
                found.add("year", match[1], match[0], "statistical period", section.place(index, match.start()))
                return
    first = outline.section("一")
    for index, line in enumerate(first.lines if first else ()):
        match = _STATED.search(line)
        if match:
            found.year = int(match[1])
            found.add(
                "year", match[1], line[:60], "first year of section 一", first.place(index, match.start()) if first else None
            )
            return


def _issuer(found: Identity, outline: Outline) -> None:
    """Without a title: the body as its own guide or catalogue names it."""
    named: dict[str, tuple[str, Place | None]] = {}
    for section in outline.sections:
        if section.number in ("二", "三", "四"):
            continue
        for index, line in enumerate(section.lines):
            if "》" not in line and "」" not in line:
                continue
            for match in _NAMED.finditer(simplified(line)):
                name = match[1]
                if _ORGAN.fullmatch(name) and "中华人民共和国" not in name and "国务院" not in name:
                    named.setdefault(name, (match[0], section.place(index)))
    if len(named) == 1:
        name, (text, place) = next(iter(named.items()))
        found.issuer = name
        found.add("issuer", name, text, "the body's own guide", place)


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
    for index in range(len(section.lines) - 1, max(-1, len(section.lines) - 15), -1):
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
    for section in (outline.sections[0], outline.sections[-1]):
        for index in [*range(min(len(section.lines), 60)), *range(max(60, len(section.lines) - 30), len(section.lines))]:
            line = section.lines[index]
            if ":" not in line and "：" not in line:
                continue
            for name, pattern in _CONTACT.items():
                match = pattern.search(line)
                if match and not any(e.field == f"contact.{name}" for e in found.evidence):
                    found.add(f"contact.{name}", match[1].strip(), match[0], "label", section.place(index, match.start()))
