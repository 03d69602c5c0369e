"""Of several copies of a table those of another year, as the lines above them say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govreport.binding.stream import Stream
from govreport.binding.vocabulary import TableWords

__all__ = ["of_this_year"]

_YEAR = re.compile(r"(20\d\d)\s*年")
_LAST = re.compile(r"(?:上一?|去)\s*年")
_LONGEST = 30
"""More characters than these are prose, which tells of other years, too."""


def of_this_year(words: TableWords, stream: Stream, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The copies above which no year before the report's is named; all of them if there is none such, or if a later one is."""
    years = [_named(list(_caption(words, stream, span)), stream.year) for span in spans]
    later = any(year is not None and stream.year is not None and year > stream.year for year in years)
    own = [span for span, year in zip(spans, years, strict=True) if year is None or year == stream.year]
    return own if own and not later else [*spans]


def _named(lines: Sequence[str], own: int | None) -> int | None:
    """The year that the last line names that names one: the latest, if these are several, or 0 for the year before."""
    for line in reversed(lines):
        if (years := [*map(int, _YEAR.findall(line))]) and own is not None:
            return max(years)
        if _LAST.search(line):
            return 0
    return None


def _caption(words: TableWords, stream: Stream, span: tuple[int, int]) -> Iterator[str]:
    """The short lines between the last value before a copy and its first that are no labels."""
    before = max((s.piece for s in stream.slots if s.solid and s.position <= span[0]), default=-1)
    first = next((s.piece for s in stream.slots if s.solid and s.position > span[0]), len(stream.pieces))
    for at, start in zip(stream.texts, stream.starts, strict=True):
        if before < at < first:
            text = stream.pieces[at].text.strip()
            if len(text) <= _LONGEST and "。" not in text and stream.label_at(start) not in words.known:
                yield text
