"""Lines that say of what their value is: a path of labels and the value, or one label under those of the lines above.

不予公开 / 属于国家秘密 / 自然人：3      - 不予公开:               不予公开：自然人3件，商业企业0件，总计3件
不予公开-自然人 = 3                        - 自然人: 3
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from govreport.values import Kind, classify

__all__ = ["Entry", "Label", "ends_keyed", "runs"]

_EQUALS = r"(?:[:：=＝]|->|→|=>)"
_NUMBER = r"[-+−]?\d(?:[\d,.．]|，(?=\d))*[ \t]*+[^\d\s，,；;、：:=\"'”*]{0,3}"
_TORN = r"[-+−]?\d+(?:[ \t]{1,2}\d+)++"
"""A number that was torn, where nothing but one number may stand."""
_VALUE = rf"{_NUMBER}|[-－—–‐−─―﹣／/无無]{{1,2}}"
_SPACE = r"[ \t\xa0\u3000]*+"
"""Never given back: what follows needs none, and several of these beside one another would share a long run in all ways."""
_ENDS = rf"[\"'”*]*{_SPACE}[,;，；。]?{_SPACE}"
_KEY = r"[^\n]{,400}?"
"""What a label, or a path of labels, begins with: without an end each character of a long line would be tried as its last."""
_LINE = re.compile(rf"(?P<key>{_KEY}[^\s:：=＝])[ \t]*{_EQUALS}{_SPACE}[\"'“*]*{_SPACE}(?P<value>{_VALUE}|){_ENDS}")
_BEHIND = rf"{_EQUALS}{_SPACE}[\"'“*]*(?:{_VALUE}|)|[\u4e00-\u9fff）)][ \t]*(?:\d[\d,.]*[^\d\s]{{,2}}|[-－—/／无])"
_KEYED = re.compile(rf"(?:{_BEHIND}){_ENDS}$")
_SEVERAL = re.compile(r"(?P<key>[^：:=\n]{1,120}?)[ \t]*[:：=][ \t]*(?P<items>\S.*)")
_LISTED = re.compile(r"(?<![ \t])[ \t]*+[，,；;、|][ \t]*(?=[^\s\d\-+—/.])")
_SPACED = re.compile(r"(?<![ \t])[ \t]++(?=[^\s\d\-+—/.:：=])")
_ITEM = rf"(?P<key>[^\d\s]{_KEY}[^\s\d:：=＝])[ \t]*(?:{_EQUALS}{_SPACE}(?P<value>{_TORN}|{_VALUE}|)|(?P<glued>%s)){_ENDS}"
_ITEMS = ((_LISTED, re.compile(_ITEM % f"(?:{_TORN}|{_VALUE}|)")), (_SPACED, re.compile(_ITEM % _NUMBER)))
"""What parts the items of a line, and what an item is: a stroke after a space is no value."""
_NUMBERED = re.compile(r"\d(?![\d]?[.．、)）])|\d{3}")
_ODD = re.compile(rf"(?P<key>{_KEY}[^\s:：=＝])[ \t]*{_EQUALS}[ \t]*(?P<value>(?=[^\n]*\d)[^\n:：]{{1,24}})")
"""A label and something with digits that is no number, which stands in the place of one; not another label with its value."""
_BRACKETED = re.compile(r"[（(][^（）()]*[）)][ \t]*")
"""A line that is a remark from end to end."""
_WORDED = re.compile(r"[\u3400-\u9fff）)】」”\"'*_`][ \t]*$")
"""How a label ends; one that ends otherwise may have the beginning of the value."""
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+•·●○◦▪■□◆]|#+|\d{1,2}[.)])[ \t]+)?")
_BRACES = re.compile(r"[ \t]*[{}\[\],]+[ \t]*")
_AROUND = "*_`\"'“”[{ \t"
_SEPARATORS = tuple(
    map(re.compile, (r"[ \t]*[>›»→⇒|][ \t]*", r"[ \t]+[/\-—–·][ \t]+", r"[/／](?=..)", r"[-—–_]", r"[·•]", r"[：:]", r"[ \t]+"))
)
"""What may part the labels of a path, the surest first; without spaces it may be within a label."""
_USUAL = 0.8
"""Share of lines in which what parts labels stands."""
_LONGEST = 120
"""Characters of the longest label, or path of labels."""
_MOST_ABOVE = 3
"""Lines of labels above the first value: more are a page's navigation."""
_SENTENCE = "。；！？"
_HEADED = 20
"""Levels by which what is below a heading of Markdown is within it."""


@frozen(eq=False)
class Label:
    """A text, and the line and the character at which it stands."""

    text: str
    line: int
    at: int


@frozen
class Entry:
    """A value with its labels, outermost first, and the lines of numbers behind it, which are a page's, perhaps."""

    path: tuple[Label, ...]
    value: Label
    behind: list[Label] = field(factory=list, eq=False)


@define
class _Run:
    """Entries whose lines follow one another, and the labels that are open at their end, each with its level."""

    entries: list[Entry] = field(factory=list)
    open: list[tuple[int, Label]] = field(factory=list)

    def begin(self, above: Sequence[tuple[int, Label]]) -> None:
        """Labels on lines of their own: the first closes those that are indented as it is or more, the others are within it."""
        if above:
            self.close(above[0][0])
            self.open += above

    def close(self, level: int) -> None:
        """Close labels of that level and deeper ones."""
        while self.open and self.open[-1][0] >= level:
            self.open.pop()

    def follow(self, number: Label) -> None:
        """A number on a line of its own: the rest of the value above, perhaps, or that of a page."""
        last = self.entries[-1]
        if number.line == last.value.line + 1:
            value = evolve(last.value, text=f"{last.value.text}\n{number.text}")
            self.entries[-1] = evolve(last, value=value)
        else:
            last.behind.append(number)

    def add(self, entries: Sequence[Entry], level: int) -> None:
        """What stands below all that is indented no more."""
        self.close(level + 1)
        within = tuple(label for _, label in self.open)
        self.entries += (Entry((*within, *entry.path), entry.value) for entry in entries)


def ends_keyed(line: str) -> bool:
    """Whether a line ends as such lines do, and some others."""
    return _KEYED.search(line) is not None


def runs(lines: Sequence[str]) -> Iterator[list[Entry]]:
    """The entries of lines that follow one another; a line that is neither entry nor label ends a run."""
    read = _reader(lines)
    run, above = _Run(), list[tuple[int, Label]]()
    for index, line in enumerate(lines):
        if not line.strip() or _BRACES.fullmatch(line):
            continue
        if run.entries and classify(line) is not Kind.TEXT:
            run.follow(Label(line.strip(), index, 0))
            continue
        if entries := list(read(index)):
            run.begin(above)
            run.add(entries, _level(line))
            above = []
        elif _is_label(line):
            above.append((_level(line), _label(line, index)))
            if len(above) > _MOST_ABOVE:
                yield run.entries
                run, above = _Run(), above[-_MOST_ABOVE:]
        else:
            yield run.entries
            run, above = _Run(), []
    yield run.entries


def _level(line: str) -> int:
    """How far a line is indented; what has a bullet stands within what has none, all within a heading."""
    bare, spread = line.lstrip(), line.expandtabs(4)
    if bare.startswith("#"):
        return len(bare) - len(bare.lstrip("#")) - _HEADED
    return 2 * (len(spread) - len(spread.lstrip())) + (_start(line) > len(line) - len(bare))


def _is_label(line: str) -> bool:
    """Whether a line is short, no sentence, and has no number but that of a list."""
    bare = line.strip()
    short = len(bare) <= _LONGEST and bare[-1] not in _SENTENCE
    return short and bool(bare.strip(_AROUND)) and not _NUMBERED.search(bare)


def _label(line: str, index: int) -> Label:
    return Label(_bare(line[_start(line) :]), index, _start(line))


def _start(line: str) -> int:
    """Where a line's text begins, behind its bullet."""
    found = _BULLET.match(line)
    return found.end() if found else 0


def _bare(text: str) -> str:
    return text.strip(_AROUND).rstrip(":：").strip(_AROUND)


def _reader(lines: Sequence[str]) -> Callable[[int], Iterator[Entry]]:
    """What reads a line, knowing how most lines part labels, and which labels have values elsewhere."""
    starts = list(map(_start, lines))
    many = _sure({index: _several(line, starts[index]) for index, line in enumerate(lines) if line.strip()})
    found = {i: match for i, line in enumerate(lines) if i not in many and (match := _lone(line, starts[i]))}
    keys = [key["key"] for key, _ in many.values() if key] + [match["key"] for match in found.values() if match["value"]]
    counts = ((separator, sum(separator.search(key.strip()) is not None for key in keys)) for separator in _SEPARATORS)
    parting = next((separator for separator, count in counts if count >= max(_USUAL * len(keys), 1)), None)
    valued = frozenset(map(_bare, keys))
    least = min((_level(line) for line in lines if line.strip()), default=0)

    def is_blank(key: str, index: int) -> bool:
        """Whether a label with nothing behind it has no value, and is not that of the lines below."""
        level, below = _level(lines[index]), next(filter(str.strip, lines[index + 1 :]), "")
        return key in valued or (level > least and _level(below) <= level)

    def read(index: int) -> Iterator[Entry]:
        if index in many:
            key, items = many[index]
            within = tuple(_path(key, index, parting)) if key else ()
            yield from (Entry((*within, _at(item, "key", index)), _value(item, index)) for item in items)
        elif match := found.get(index):
            labels = tuple(_path(match, index, parting))
            if labels and (match["value"] or len(labels) > 1 or is_blank(labels[0].text, index)):
                yield Entry(labels, _value(match, index))

    return read


_Several: TypeAlias = tuple[re.Match[str] | None, list[re.Match[str]]]
"""The label before several items, if there is one, and these."""


def _sure(lines: Mapping[int, _Several]) -> dict[int, _Several]:
    """Those lines whose items have values, half of them at least, or are those of other lines some of which have."""
    names = {index: tuple(_bare(item["key"]) for item in items) for index, (_, items) in lines.items() if items}
    values = {index: sum(bool(_value(item, 0).text) for item in lines[index][1]) for index in names}
    often = Counter(name for index, name in names.items() if values[index])
    return {i: lines[i] for i, name in names.items() if 2 * values[i] >= len(name) or often[name] > (values[i] > 0)}


def _several(line: str, start: int) -> _Several:
    """The label before several items, and these; the line may be nothing but items."""
    key = _SEVERAL.fullmatch(line, start)
    if key and (items := _items(line, key.start("items"))):
        return key, items
    items = [] if line.rstrip().endswith("。") else _items(line, start)  # a sentence
    return None, items if len(items) > 1 else []


def _items(line: str, start: int) -> list[re.Match[str]]:
    """Several labels, each with its value; nothing if one has none."""
    for between, item in _ITEMS:
        cuts = [found.span() for found in between.finditer(line, start)]
        edges = zip([start, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), len(line)], strict=True)
        items = [item.fullmatch(line, *edge) for edge in edges]
        found = [each for each in items if each and _is_value(each) and not any(map(str.isdigit, each["key"]))]
        if len(found) == len(items):
            return found
    return []


def _path(found: re.Match[str], index: int, parting: re.Pattern[str] | None) -> Iterator[Label]:
    """The labels that stand before a value."""
    key, at = found["key"], found.start("key")
    for begin, text in _parted(key, parting) if parting else ((0, key),):
        if bare := _bare(text):
            yield Label(bare, index, at + begin)


def _parted(key: str, parting: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    cuts = list(parting.finditer(key))
    begins = [0, *(cut.end() for cut in cuts)]
    yield from ((a, key[a:b]) for a, b in zip(begins, [*(cut.start() for cut in cuts), len(key)], strict=True))


def _at(found: re.Match[str], group: str, index: int) -> Label:
    return Label(_bare(found[group]), index, found.start(group))


def _lone(line: str, start: int) -> re.Match[str] | None:
    """A label and its value."""
    found = _LINE.fullmatch(line, start)
    if found and _is_value(found):
        return found
    odd = None if _BRACKETED.fullmatch(line, start) else _ODD.fullmatch(line, start)
    return odd if odd and _WORDED.search(odd["key"]) else None


def _is_value(found: re.Match[str]) -> bool:
    """Whether what stands behind a label is a value, or nothing, and no part of a number."""
    return classify(_value(found, 0).text) is not Kind.TEXT and _WORDED.search(found["key"]) is not None


def _value(found: re.Match[str], index: int) -> Label:
    glued = "glued" in found.re.groupindex and found["glued"] is not None
    group = "glued" if glued else "value"
    return Label(found[group].strip(), index, found.start(group))
