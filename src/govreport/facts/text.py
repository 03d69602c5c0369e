"""Prose as the scanner wants it: sentences without white space, in plain digits and simplified characters.

The place of each character in the paragraph is kept.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator

from attrs import evolve, frozen

from govreport.labels import skeleton
from govreport.model import Paragraph, Place

__all__ = ["LONGEST", "Sentence", "plain", "sentences"]

LONGEST = 600
"""Characters of a sentence; a longer one is cut at its clauses, so that what is done per sentence stays bounded."""

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_CLAUSES = (re.compile(r"[^；;]+[；;]?"), re.compile(r"[^，,]+[，,]?"), re.compile(rf".{{1,{LONGEST}}}", re.DOTALL))
_DROPPED = re.compile(r"(?<!\d)\s+|(?<=\d)\s+(?!\s*\d)")
"""White space to leave out; between two digits one stays, for 1 236 may be one number or two."""
_FEED = re.compile("\n")
_MARKS = str.maketrans(",;:()", "，；：（）")
_WORDS = (("资讯", "信息"), ("规范性档案", "规范性文件"))
"""Vocabulary that conversion to traditional characters changed (domain terms of the same length)."""


class _Plain(dict[int, str]):
    """A translation table that learns: one character for one, so that places stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        simple = skeleton(char) or unicodedata.normalize("NFKC", char)
        # Chinese punctuation stays: a full-width comma is no thousands separator
        self[code] = simple if len(simple) == 1 and (simple.isalnum() or simple in ".%") else char
        return self[code]


_TABLE = _Plain()


def plain(text: str) -> str:
    """`text` in half-width digits and letters and simplified characters; of the same length."""
    text = text.translate(_TABLE)
    for converted, ours in _WORDS:
        if converted in text:
            text = text.replace(converted, ours)
    return text.translate(_MARKS)


@frozen
class Sentence:
    """One sentence, `raw` as it stands in the paragraph."""

    raw: str
    paragraph: Paragraph
    start: int
    feeds: tuple[int, ...] = ()
    """Where the line feeds of the paragraph stand."""

    @functools.cached_property
    def compact(self) -> str:
        """Its plain text without white space."""
        return _DROPPED.sub("", plain(self.raw))

    def joined(self, other: Sentence) -> Sentence:
        """This sentence and the one after it as one."""
        return evolve(self, raw=self.paragraph.text[self.start : other.start + len(other.raw)])

    def place(self, index: int) -> Place | None:
        """The place of a character of `compact`; the paragraph's own where the container has no lines of text."""
        at = self.paragraph.place
        if at is None or at.line is None or at.column is None or at.table is not None:
            return at
        offset = self.start + self._offset(index)
        lines = bisect.bisect_left(self.feeds, offset)
        column = offset - self.feeds[lines - 1] if lines else at.column + offset
        return Place(line=at.line + lines, column=column, page=at.page)

    def _offset(self, index: int) -> int:
        """Where character `index` of the compact text stands in the raw one."""
        if len(self.raw) == len(self.compact):
            return index
        dropped = {i for gap in _DROPPED.finditer(self.raw) for i in range(*gap.span())}
        kept = [i for i in range(len(self.raw)) if i not in dropped]
        return kept[index] if index < len(kept) else len(self.raw)


def sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order."""
    feeds = tuple(match.start() for match in _FEED.finditer(paragraph.text))
    for start, raw in _pieces(paragraph.text, 0):
        yield Sentence(raw, paragraph, start, feeds)


def _pieces(text: str, start: int) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        yield from _bounded(match[0], start + match.start(), 0)


def _bounded(text: str, start: int, level: int) -> Iterator[tuple[int, str]]:
    """Cut a text that is too long at its semicolons, then at its commas, then anywhere."""
    if len(text) <= LONGEST:
        yield start, text
        return
    for match in _CLAUSES[level].finditer(text):
        yield from _bounded(match[0], start + match.start(), level + 1)
