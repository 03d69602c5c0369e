"""Numbers that a line is drawn through: they are marked, and the line is none of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from govreport.readers.apart import Look, changed
from govreport.readers.pages.page import Char, Ruling

__all__ = ["struck"]

_LOW, _HIGH = 0.17, 0.45  # of the height of a character, above its baseline: what runs there runs through a digit
_BEYOND = 2.0  # times the height: a line that goes on further than this beside what it strikes out is one of a table


def struck(chars: Sequence[Char], across: Sequence[Ruling]) -> tuple[Sequence[Char], Sequence[Ruling]]:
    """The characters with a stroke to each digit that has a line through it, and the lines that were not drawn for that."""
    found = _pairs(chars, across)
    if not found:
        return chars, across
    through = {at for at, _ in found}
    by_line: dict[Ruling, list[Char]] = defaultdict(list)
    for at, line in found:
        by_line[line].append(chars[at])
    strokes = {line for line, digits in by_line.items() if _is_stroke(line, digits)}
    marked = [c._replace(text=changed(c.text, Look.STRUCK)) if at in through else c for at, c in enumerate(chars)]
    return marked, [line for line in across if line not in strokes]


def _pairs(chars: Sequence[Char], across: Sequence[Ruling]) -> list[tuple[int, Ruling]]:
    """Each digit with a line through it, by its index."""
    digits = sorted([(char.y, at) for at, char in enumerate(chars) if char.text.isdigit()])
    largest = max([chars[at].bottom - chars[at].top for _, at in digits], default=0.0)
    lines: dict[float, list[Ruling]] = defaultdict(list)
    for line in across:
        lines[line.at].append(line)
    found = []
    for level, here in lines.items():
        for _, at in digits[bisect_left(digits, (level, 0)) : bisect_right(digits, (level + _HIGH * largest, 0))]:
            char = chars[at]
            if _LOW <= (char.y - level) / (char.bottom - char.top or 1.0) <= _HIGH:
                middle = (char.x0 + char.x1) / 2
                found += [(at, line) for line in here if line.start <= middle <= line.end]
    return found


def _is_stroke(line: Ruling, digits: Sequence[Char]) -> bool:
    reach = _BEYOND * (digits[0].bottom - digits[0].top)
    return line.start > min(c.x0 for c in digits) - reach and line.end < max(c.x1 for c in digits) + reach
