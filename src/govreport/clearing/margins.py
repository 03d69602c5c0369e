"""What stands before every line of a text: marks of quotation and comment, line numbers, the times of a log.

>   规章 | 3      12: 规章 | 3      [10:07:31] 规章 | 3      // 规章 | 3      →      规章 | 3
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from govreport.source import Source

__all__ = ["unmargined"]

_FEWEST = 12
"""Lines of the shortest report."""
_LONGEST = 60
_PART = re.compile(r"(?P<pad>\A *(?=\d))|(?P<number>\d+)|(?P<other>.)", re.DOTALL)
"""A number, wherever it ends, or one character; spaces that bring numbers to one length are as good as none."""
_NUMBER, _PAD = r"\d+", " *"
_WIDE = "\u2e80"
_TELLING = frozenset("|│┃║｜¦\"'“[{(<\t,，;、&")
"""What stands before every row of a table, and is no margin unless a number goes before it."""


def unmargined(source: Source) -> Source:
    """The source without what all of its lines begin with."""
    if next(filter(str.strip, source.lines), "")[:1] >= _WIDE:
        return source  # most texts begin so, and no margin does
    margin = _common(filter(str.strip, source.lines))
    if not _is_margin(margin):
        return source
    filled = list(filter(str.strip, source.lines))
    if len(filled) < _FEWEST or not _counts_up(filled, margin):
        return source
    found, bare = re.compile("".join(margin)), re.compile("".join(margin).removesuffix(r"\ ") + r"\s*\Z")
    ends = [match.end() if (match := bare.match(line) or found.match(line)) else 0 for line in source.lines]
    return source.cut(dict(enumerate(ends)))


def _common(lines: Iterator[str]) -> tuple[str, ...]:
    """The pattern, part by part, with which all lines begin; the empty ones among them may lack the space at its end."""
    common = _parts(next(lines, ""))
    for line in lines:
        parts = _parts(line)
        same = tuple(a for a, b in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(common, parts, strict=False)))
        if len(same) < len(parts) or (*same, r"\ ") != common:
            common = same
        if not common:
            break
    return common


def _parts(line: str) -> tuple[str, ...]:
    found = _PART.finditer(line[:_LONGEST])
    return tuple({"pad": _PAD, "number": _NUMBER}.get(part.lastgroup or "", re.escape(part[0])) for part in found)


def _is_margin(margin: Sequence[str]) -> bool:
    """Whether these parts are more than an indentation, and nothing that may belong to a table or to words."""
    text = "".join(part for part in margin if part not in (_NUMBER, _PAD)).replace("\\", "")
    if any(char >= _WIDE for char in text):
        return False
    return _NUMBER in margin or bool(text.strip() and _TELLING.isdisjoint(text))


def _counts_up(lines: Iterable[str], margin: Sequence[str]) -> bool:
    """Whether the numbers in it, if there are any, grow from line to line; times may stand still."""
    grouped = re.compile("".join(f"({part})" if part == _NUMBER else part for part in margin).removesuffix(r"\ "))
    numbers = [tuple(map(int, match.groups())) for line in lines if (match := grouped.match(line))]
    if not numbers[0]:
        return True
    alone = len(numbers[0]) == 1
    return all(a < b if alone else a <= b for a, b in itertools.pairwise(numbers))
