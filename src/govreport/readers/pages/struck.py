"""Numbers that a line is drawn through: they are marked, and the line is none of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from govreport.apart import Look, changed
from govreport.readers.pages.page import Ruling
from govreport.readers.pages.words import Word, apart

__all__ = ["struck"]

_LOW, _HIGH = 0.17, 0.45  # of the height of a character, above its baseline: what runs there runs through a digit
_BEYOND = 2.0  # times the height: a line that goes on further than this beside what it strikes out is one of a table


def struck(words: Sequence[Word], across: Sequence[Ruling]) -> tuple[Sequence[Word], Sequence[Ruling]]:
    """The words with a stroke to each digit that has a line through it, and the lines that were not drawn for that."""
    touched = {at for at, _ in _pairs(words, across)}
    if not touched:
        return words, across
    return _struck([one for at, word in enumerate(words) for one in (apart([word]) if at in touched else (word,))], across)


def _struck(words: Sequence[Word], across: Sequence[Ruling]) -> tuple[Sequence[Word], Sequence[Ruling]]:
    through, by_line = set[int](), defaultdict[Ruling, list[Word]](list)
    for at, line in _pairs(words, across):
        word = words[at]
        if line.start <= (word.x0 + word.x1) / 2 <= line.end:
            through.add(at)
            by_line[line].append(word)
    strokes = {line for line, digits in by_line.items() if _is_stroke(line, digits)}
    marked = [w._replace(text=changed(w.text, Look.STRUCK)) if at in through else w for at, w in enumerate(words)]
    return marked, [line for line in across if line not in strokes]


def _pairs(words: Sequence[Word], across: Sequence[Ruling]) -> list[tuple[int, Ruling]]:
    """Each number, by its index, with a line that may go through some of its digits."""
    numbers = sorted([(word.y, at) for at, word in enumerate(words) if word.text.isdigit()])
    largest = max([words[at].bottom - words[at].top for _, at in numbers], default=0.0)
    lines: dict[float, list[Ruling]] = defaultdict(list)
    for line in across:
        lines[line.at].append(line)
    found = []
    for level, here in lines.items():
        for _, at in numbers[bisect_left(numbers, (level, 0)) : bisect_right(numbers, (level + _HIGH * largest, 0))]:
            word = words[at]
            if _LOW <= (word.y - level) / (word.bottom - word.top or 1.0) <= _HIGH:
                found += [(at, line) for line in here if line.start <= word.x1 and word.x0 <= line.end]
    return found


def _is_stroke(line: Ruling, digits: Sequence[Word]) -> bool:
    reach = _BEYOND * (digits[0].bottom - digits[0].top)
    return line.start > min(w.x0 for w in digits) - reach and line.end < max(w.x1 for w in digits) + reach
