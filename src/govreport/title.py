"""The title of a report among all else that stands before its first section, and what it says of issuer and year.

A title ends with the words for a report of the kind and begins where a line, a word, a cell or a label lets it begin. It may
be broken over lines, stand among menus or be glued to what follows. Neither the longest beginning nor the shortest is the best
one: what counts is whether the title then names a year and a body.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from attrs import frozen

from govreport.labels import simplified

__all__ = ["YEAR", "Title", "is_body", "plain_text", "title_in", "titles_among", "year_number"]

YEAR = r"(?:(?<!\d)(?:19|20)\d\d(?!\d)|[二〇零○一三四五六七八九]{4}(?=年))"
_YEAR = re.compile(YEAR)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "0001234567" + "89")
_YEARPART = re.compile(rf"(?:关于)?[(（\[【〔]?({YEAR})年?(?:年?度)?[)）\]】〕]?(?:年?度)?(?:关于|的)?")
_CORE = re.compile(
    r"(?=[政信资])(?:(?:政府|政务)?(?:信息|资讯)(?:[和与]政务)?公开(?:工作)?|政务公开工作)"
    rf"(?:[(（]?{YEAR}年?[)）]?)?(?:年?度)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)(?:[(（〔\[【][^()（）]{{1,8}}[)）〕\]】]|全文)?"
)
"""What every title ends with: 政府信息公开工作年度报告, the year in the middle or behind, words left out."""
_NAME = re.compile(r"[\u4e00-\u9fff（）()·、“”\"]{2,42}")
_BODY = re.compile(
    r"[\u4e00-\u9fff（）()·、“”\"]{1,40}(?:[府会室处局办厅委镇乡道院所队心团行校学区县市省州旗站署部社关馆台科股园村组厂场港段盟庭联协狱库木师司]|(?<=海)关)"
    r"(?:[（(][\u4e00-\u9fff]{2,12}[)）])?"
)
"""A body by the last character of its name."""
_PLACED = re.compile(
    r"(?!开发区|[园景校社街城地新市]区)(?:中共)?[\u4e00-\u9fff]{2,4}[省市县区州旗盟镇乡]|[\u4e00-\u9fff]{2,4}街道|国家|中国"
)
"""A name that begins with a place."""
_NO_BODY = re.compile(
    r"(?=[信政年主申目指首栏专导网门搜登报来日时作正打分字星\d:：])(?:"
    r"(?:信息|政务|政府|年报|主动|申请)公开(?!办|和|与|科|股|处|室|服务|领导|中心)"
    r"|目录|指南|首页|栏目|专栏|导航|网站|门户|政府网|搜索|登录|专题|报告|年报|来源|日期|时间|作者|正文|打印|分享|字体|星期|[\d:：])"
)
"""Menus and labels before a title that are no part of a body's name; told first by what may begin one, for speed."""
_MENU = re.compile(
    r"(?:首页|要闻|政务|服务|互动|新闻|公告|通知|公开|专题|走进.{1,6}|政务公开|政务服务|互动交流|新闻中心|(?:政府)?信息公开|法定主动公开内容"
    r"|(?:信息|文件|公文)?名称|标题|题名)[:：]?$"
)
"""Words of a menu and labels: no title begins with one."""
_NOT_TITLE = re.compile(
    r"(?=[。；;！!索信主发格指首当您上下要根按依现本编相解])(?:"
    r"[。；;！!]|索引号|信息分类|主题词|发文字号|格式|指南|首页|当前位置|您(?:现在)?的位置|上一篇|下一篇|要求|根据|按照|依据|现公布|本报告|编制(?!委员会|办)|相关链接|解读)"
)
_AFTER = re.compile(
    r"[》】\]\[【|_—–\-(（。，；]|作者|来源|发布|发文|时间|日期|浏览|点击|阅读|访问|字体|字号|打印|分享|索引|信息|更新|根据|按照|依据|为"
)
"""What may be glued to the end of a title."""
_LABEL = re.compile(r"(?:名称|标题|题名)[:：]?|[【\[][^】\]]{1,8}[】\]]|[《“]|公开(?:指南|目录|年报|制度)|依申请公开|首页|正文")
"""What may be glued to the beginning of a title."""
_TOLD = re.compile(r"(?:现公布|现将|现发布|编制(?:了|形成|完成)?|公布)《?")
"""How an introduction names the report that it introduces."""
_WORD = re.compile(r"[^\s|*#\\_>»›＞,\u200b\ufeff]+")
_FRAME = re.compile(r"(?:Unnamed:|NaN|nan|:?-{3,}:?|\+-+\+?)$")
"""What a data frame and a Markdown table put around a title that stood in a cell."""
_MARKUP = re.compile(r"[*#\\]+")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])(?:\([a-zà-ǜ\u0300-\u030c]{1,9}\)|[a-zà-ǜ\u0300-\u030c]{1,9})")
_LATIN = re.compile(r"[a-zà-ǜ]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EDGES = re.compile(r"\A(?:关于|[的·—-])+|(?:关于|[的·—-])+\Z")
"""What stands before and behind the name of a body in a title."""
_BESIDES = re.compile(r"[\u4e00-\u9fff、]{1,12}")
"""What else a title may be the title of: 2023年法治政府建设暨政府信息公开工作年度报告."""
_WHOLE_NAME = 4
"""Characters of the shortest name of a body without its place; 水务局 is what a line break left of 青梧县水务局."""
_MOST_LINES = 5
"""A title is broken into four lines at most, and one may stand between."""
_LONGEST = 60
"""Characters of a title before its last words."""
Lines: TypeAlias = Sequence[tuple[int, str]]
"""Lines with their index."""
_Named: TypeAlias = tuple[float, int, str, int | None]
"""How good a title is, where it begins, and the body and the year that it names."""


@frozen
class Title:
    """A title: as it is printed, the body and the year that it names, how good it is, and where it begins."""

    text: str
    issuer: str | None
    year: int | None
    score: float
    line: int = 0
    column: int = 0


class _Word(NamedTuple):
    """A word: its plain text, the index of its line, and from where to where it goes in the line."""

    plain: str
    line: int
    start: int
    end: int


def plain_text(text: str) -> str:
    """The text in simplified characters, without white space, and without pinyin where most characters have theirs."""
    plain = simplified(text)
    spelt = not plain.isascii() and len(_PINYIN.findall(plain)) * 2 > len(_HAN.findall(plain))
    return _PINYIN.sub("", plain) if spelt else plain


def year_number(text: str) -> int:
    """The year that is written in digits or characters."""
    return int(text.translate(_DIGITS))


def is_body(plain: str) -> bool:
    """Whether a plain text is the name of a body and nothing else."""
    return _BODY.fullmatch(plain) is not None and _NO_BODY.search(plain) is None


def title_in(text: str) -> Title | None:
    """The best title in a text that is one, with or without the name of a site."""
    return max(titles_among([(0, text)]), key=lambda title: title.score, default=None)


def titles_among(lines: Lines, mentioned: Callable[[str], bool] = lambda _: False, *, told: bool = False) -> Iterator[Title]:
    """The titles in these lines, for each of its ends the best; with `told` those that an introduction names.

    `mentioned` says whether a body is named elsewhere: it is asked where a line break may have cut the name in two.
    """
    texts = dict(lines)
    raw = "".join(texts.values())
    if "公" in raw and ("报" in raw or "報" in raw):
        for words in _streams(lines, plain_text if _LATIN.search(raw) else simplified):
            yield from _Stream(words, texts, mentioned).titles(_TOLD if told else _LABEL, told=told)


def _streams(lines: Lines, plain: Callable[[str], str]) -> Iterable[list[_Word]]:
    """The words that follow each other: all of them, or those in the same column where lines are divided."""
    columns: dict[int, list[_Word]] = {}
    for index, line in lines:
        edges = [m.start() for m in re.finditer(r"\|", line)] if "|" in line else ()
        for word in _WORD.finditer(line):
            if not (edges and _FRAME.match(word[0])):
                start, end = word.span()
                if text := plain(word[0]):
                    columns.setdefault(bisect.bisect(edges, start), []).append(_Word(text, index, start, end))
    return columns.values()


class _Stream:
    """Words that follow each other, as one text without white space that knows where each character stands."""

    def __init__(self, words: list[_Word], texts: dict[int, str], mentioned: Callable[[str], bool]) -> None:
        self._words, self._texts, self._mentioned = words, texts, mentioned
        self._plain = "".join(word.plain for word in words)
        self._starts = [0, *itertools.accumulate(len(word.plain) for word in words)]

    def titles(self, opening: re.Pattern[str], *, told: bool) -> Iterator[Title]:
        """The best title at each end."""
        for core in _CORE.finditer(self._plain):
            if self._ends(core.end()):
                begun = (self._named(start, core, bonus) for start, bonus in self._beginnings(core, opening, told=told))
                named = [entry for entry in begun if entry is not None]
                if named:
                    yield self._title(core, *self._best(named))

    def _best(self, named: list[_Named]) -> _Named:
        """The best beginning; where a line break may have cut a name in two, the longer name if it is found elsewhere."""
        best = max(named, key=lambda entry: entry[0])
        line = self._words[self._word(best[1])].line
        longer = (entry for entry in named if self._words[self._word(entry[1])].line < line and entry[2].endswith(best[2]))
        return next((entry for entry in longer if entry[3] == best[3] and self._mentioned(entry[2])), best)

    def _beginnings(self, core: re.Match[str], opening: re.Pattern[str], *, told: bool) -> Iterator[tuple[int, float]]:
        """Where the title may begin, and what that is worth."""
        least = max(0, core.start() - _LONGEST)
        for match in opening.finditer(self._plain, least, core.start()):
            yield match.end(), 0.0
        if told:
            return
        last = self._word(core.start())
        for at in range(last, -1, -1):
            start, crossed = self._starts[at], self._lines_between(at, last)
            if start < least or crossed >= _MOST_LINES:
                return
            if _MENU.match(self._words[at].plain) or self._is_spaced(at):
                continue
            first = at == 0 or self._words[at - 1].line != self._words[at].line
            spaced = sum(map(self._is_spaced, range(at, last + 1)))
            yield start, 0.2 * first - 0.1 * crossed - 0.03 * (last - at - crossed - spaced)

    def _is_spaced(self, at: int) -> bool:
        """Whether a word is a character of a name that is set with spaces: 青 梧 县 水 务 局."""
        one, other = self._words[max(at - 1, 0)], self._words[at]
        return at > 0 and one.line == other.line and len(one.plain) == len(other.plain) == 1

    def _named(self, start: int, core: re.Match[str], bonus: float) -> _Named | None:
        """The title that begins here, None if there is none."""
        before = self._plain[start : core.start()]
        if _NOT_TITLE.search(before) or _NOT_TITLE.search(core[0]):
            return None
        body, year = _body_and_year(before, core[0])
        if body is None or not (body or self._alone(start, core.end()) or (year and start == 0)):
            return None
        score = 1.0 + (year is not None) + _worth(body) + 0.15 * before.startswith(("关于", "中共")) + bonus
        return score, start, body, year

    def _title(self, core: re.Match[str], score: float, start: int, body: str, year: int | None) -> Title:
        printed, line, column = self._printed(start, core.end())
        issuer = body.replace("(", "（").replace(")", "）") if "（" in printed else body
        return Title(printed, issuer or None, year, score, line, column)

    def _alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands on the lines from `start` to `end`."""
        first, last = self._word(start), self._word(end - 1)
        begins = self._starts[first] == start and (first == 0 or self._words[first - 1].line != self._words[first].line)
        ends = last + 1 == len(self._words) or self._words[last + 1].line != self._words[last].line
        return begins and ends and self._starts[last + 1] == end

    def _ends(self, end: int) -> bool:
        """Whether a title may end here: with a word, or before something that is glued to it."""
        return self._starts[self._word(end - 1) + 1] == end or _AFTER.match(self._plain, end) is not None

    def _word(self, at: int) -> int:
        return bisect.bisect(self._starts, at) - 1

    def _lines_between(self, first: int, last: int) -> int:
        return len({word.line for word in self._words[first : last + 1]}) - 1

    def _printed(self, start: int, end: int) -> tuple[str, int, int]:
        """The title as it is printed, and where it begins."""
        first, last = self._word(start), self._word(end - 1)
        parts = []
        for index, group in itertools.groupby(self._words[first : last + 1], key=lambda word: word.line):
            words = list(group)
            left = self._raw(first, start) if words[0] is self._words[first] else words[0].start
            right = self._raw(last, end) if words[-1] is self._words[last] else words[-1].end
            parts.append((left, self._texts[index][left:right]))
        return _MARKUP.sub("", "\n".join(text for _, text in parts)), self._words[first].line, parts[0][0]

    def _raw(self, at: int, position: int) -> int:
        """Where in its line a position within a word stands."""
        word, inside = self._words[at], position - self._starts[at]
        if inside >= len(word.plain):
            return word.end
        text = self._texts[word.line]
        lengths = itertools.accumulate((len(simplified(text[i])) for i in range(word.start, word.end)), initial=0)
        return word.start + next(i for i, length in enumerate(lengths) if length >= inside)


def _worth(body: str) -> float:
    """What naming a body is worth: most with its place, least where so little is named that it may be the end of a name."""
    if not body:
        return 0.0
    return 1.3 if _PLACED.match(body) else 1.0 if len(body) >= _WHOLE_NAME else 0.7


def _body_and_year(before: str, core: str) -> tuple[str | None, int | None]:
    """The body and the year that a title names, "" if none that is known for one; None if what stands before is no title's."""
    found = _YEARPART.search(before)
    parts = [before[: found.start()], before[found.end() :]] if found else [before]
    body, *rest = [part for part in (_EDGES.sub("", p) for p in parts) if part] or [""]
    year = found or _YEAR.search(core)
    if body.endswith("人民") and core.startswith("政府"):
        body += "政府"
    if body and not (_NAME.fullmatch(body) and all(map(_BESIDES.fullmatch, rest)) and not _NO_BODY.search(body)):
        return None, None
    return body if _BODY.fullmatch(body) else "", year_number(year[year.lastindex or 0]) if year else None
