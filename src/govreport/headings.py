"""What a line says of headings: the title of a section, alone, numbered in any way, with a typo, or glued to other text.

Labels and headings come again in every report, so that what a short line says is remembered.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import frozen

from govreport.forms import FormSpec
from govreport.labels import NUMERALS, ratio, skeleton

__all__ = ["BEGUN", "GUESSED", "LONGEST", "SHORT", "TITLE", "WITHIN", "Mark", "Titles", "titles_of"]

_SUB = re.compile(r"\s*[（(【\[]")
"""How a heading of the second rank begins."""
_SIX = frozenset(NUMERALS[:6])
_ORDINAL = re.compile(rf"(?:第?([{NUMERALS}]+)(?:部分|章|节)?|第(?:部分|章|节))(?=.)")
"""The number of a heading in a skeleton, where Arabic digits are gone."""
_NUMBERED = re.compile(r"[一二三四五六⼀⼆⼗]\s*[、.．,，:：]")
"""A heading within a line is told by its number; prose without one need not be looked at further."""
_GLUED = re.compile(r"\s*\d+(?=[\u4e00-\u9fff])")
"""A number of what stands before, if it is not the heading's own."""
_PAGE = re.compile(r"\D*\d{0,3}\D*")
"""What may follow a title and be no value: marks, pinyin, and the number of a page."""
_ENDED = re.compile(r"(?:[。；;！!？?…”）)：:]\s*|\s)(?:\d{1,2}\s*[、.．]\s*)?$")
"""What stands before a heading without a numeral that is glued to the end of a paragraph."""
_OWN_NUMBER = re.compile(r"\d{1,2}\s*[、.．]\s*$")
_AROUND = " \t\xa0\u3000|*#_.…·:：0123456789"
"""What may stand around a heading: markup, and a page number in a table of contents."""
LONGEST = 40
"""A title is never longer, nor is one with a typo."""
_SPELT = 400
"""A heading is never longer with pinyin after each character."""
_REMEMBERED = 40
"""Characters of the lines that come again in other reports: labels and headings, no prose."""
_ALIKE = 0.75
"""Likeness at which a numbered line is taken for a title with a typo: one character in four may differ."""
_SHORTEST = 3
"""Characters of the shortest title with its numeral."""
_INNER = 6
"""No title within a line is as short as this, and no half of a broken one shorter."""
_SUREST = 4
"""`Mark.sure` of an official title under its own numeral."""
TITLE = 3
"""`Mark.sure` of an official title, and of a short form under its own numeral."""
WITHIN = 2
"""`Mark.sure` of a title with a typo, or within a line."""
SHORT = 1
"""`Mark.sure` of a short form."""
GUESSED = 0
"""`Mark.sure` of a numbered line that no title is like."""
BEGUN = -1
"""`Mark.sure` of a line that is the first half of a title at most."""


class Mark(NamedTuple):
    """A part of a line, from `column` to `end`, that reads like a heading of section `number`, and how surely."""

    number: str
    column: int
    end: int
    sure: int


@frozen(eq=False)
class Titles:
    """The titles of sections of all forms as skeletons."""

    _exact: dict[str, tuple[str, int]]
    _inner: re.Pattern[str]
    _by_number: dict[str, tuple[tuple[str, frozenset[str]], ...]]
    _strong: tuple[str, ...]
    _ends: frozenset[str]
    _begun: frozenset[str]

    def marks(self, line: str) -> Sequence[Mark]:
        """What a line says."""
        if len(line) <= _REMEMBERED:
            return self._remembered(line)
        return self._marks(line) if self._promising(line) else ()

    @functools.cached_property
    def is_title(self) -> functools._lru_cache_wrapper[bool]:
        """Whether a text is an official title and nothing else: asked of every cell of a grid."""
        return functools.lru_cache(maxsize=4096)(self._is_title)

    def _is_title(self, text: str) -> bool:
        return any(mark.sure >= TITLE and mark.end - mark.column == len(text) for mark in self.marks(text))

    @functools.cached_property
    def _remembered(self) -> functools._lru_cache_wrapper[Sequence[Mark]]:
        return functools.lru_cache(maxsize=4096)(self._marks)

    def _promising(self, line: str) -> bool:
        text = line.strip(_AROUND)
        if skeleton(text[-1:]) in self._ends or _NUMBERED.search(line):
            return True
        return len(line) <= _SPELT and not skeleton(text[1:2]) and skeleton(text[:1]) in _SIX

    def _marks(self, line: str) -> Sequence[Mark]:
        plain = skeleton(line)
        if len(plain) < _SHORTEST:
            return ()
        ordinal = _ORDINAL.match(plain)
        numeral, bare = (ordinal[1], plain[ordinal.end() :]) if ordinal else (None, plain)
        found = self._alone(line, numeral, bare)
        if not found and self._inner.search(plain):
            found = list(self._within(line, plain))
        elif not found and plain[-1] in self._ends:
            found = self._at_end(line, plain)
        return [Mark("", 0, len(line), BEGUN), *found] if bare in self._begun else found

    def _alone(self, line: str, numeral: str | None, bare: str) -> Sequence[Mark]:
        """The heading that the line is, if it is one."""
        number, sure = self._exact.get(bare, ("", GUESSED))
        if number and (sure == TITLE or numeral in (None, number)):
            return [_titled(line, number, sure, own=numeral == number)]
        if numeral is None or len(bare) > LONGEST or _SUB.match(line):
            return ()
        if self._likely(numeral, bare):
            return [Mark(numeral, 0, len(line), WITHIN)]
        guess = _NUMBERED.match(line.lstrip()) and not self._inner.search(numeral + bare)
        return [Mark(numeral, 0, len(line), GUESSED)] if guess else ()

    def _likely(self, number: str, bare: str) -> bool:
        """Whether a numbered line is much like a title of its number: a typo, a word more or less."""
        letters = set(bare)
        alike = (title for title, its in self._by_number.get(number, ()) if len(letters & its) >= _ALIKE * len(its))
        return any(ratio(bare, title) >= _ALIKE for title in alike)

    def _within(self, line: str, plain: str) -> Iterator[Mark]:
        kept = _kept(line)
        for match in self._inner.finditer(plain):
            start, end = _raw(kept, match.start()), _raw(kept, match.end() - 1) + 1
            before = line[:start].rstrip()[-1:]
            after_number = line[start + 1 : start + 3].strip()[:1]
            if not (before and before in "（(第") and after_number not in "）)":
                yield Mark(match[0][0], start, end, WITHIN)

    def _at_end(self, line: str, plain: str) -> Sequence[Mark]:
        """A title without a numeral behind the end of a sentence."""
        title = next((t for t in self._strong if plain.endswith(t)), plain)
        start = _raw(_kept(line), len(plain) - len(title))
        if title == plain or not _ENDED.search(line, 0, start):
            return ()
        own = _OWN_NUMBER.search(line, 0, start)
        return [Mark(self._exact[title][0], own.start() if own else start, len(line), WITHIN)]


def _titled(line: str, number: str, sure: int, *, own: bool) -> Mark:
    """The mark of a title, surer under its own numeral; numbers glued to it belong to what stands before and after."""
    glued = _GLUED.match(line)
    column = glued.end() if glued and int(glued[0]) != NUMERALS.index(number) + 1 else 0
    last = max(at for at, character in enumerate(line) if skeleton(character)) + 1
    if _SUB.match(line):
        sure = min(sure, SHORT)
    elif own:
        sure = _SUREST if sure == TITLE else TITLE
    return Mark(number, column, len(line) if _PAGE.fullmatch(line, last) else last, sure)


@functools.lru_cache(maxsize=8)
def titles_of(forms: tuple[FormSpec, ...]) -> Titles:
    """The titles that these forms give their sections."""
    exact: dict[str, tuple[str, int]] = {}
    sections = dict.fromkeys(s for form in forms for s in form.sections)
    for number, heading, aliases, _ in sections:
        exact |= dict.fromkeys(map(skeleton, (heading, *aliases)), (number, TITLE))
    longest = sorted(exact, key=len, reverse=True)
    numbers = dict.fromkeys(number for number, *_ in sections)
    by_number = {n: tuple((title, frozenset(title)) for title in longest if exact[title][0] == n) for n in numbers}
    for number, _, _, weak in sections:
        for title in map(skeleton, weak):
            exact.setdefault(title, (number, SHORT))
    inner = re.compile("|".join(exact[title][0] + title for title in longest))
    begun = frozenset(title[:size] for title in longest for size in range(_INNER, len(title)))
    return Titles(exact, inner, by_number, tuple(longest), frozenset(t[-1] for t in longest), begun - exact.keys())


def _kept(line: str) -> list[int]:
    """How many characters of its skeleton a line has up to and with each of its own."""
    return list(itertools.accumulate(map(len, map(skeleton, line))))


def _raw(kept: list[int], at: int) -> int:
    """Which character of the line one of its skeleton comes from."""
    return bisect.bisect_right(kept, at)
