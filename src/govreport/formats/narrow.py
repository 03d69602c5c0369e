"""Columns of a drawing as narrow as one character: labels and numbers stand in them from above to below.

+----+----+
| 个 | 总 |        个人   总计
| 人 | 计 |
+----+----+   →
| 1  | 2  |        12     203
| 2  | 0  |
|    | 3  |
+----+----+
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from govreport.textwidth import text_width
from govreport.values import Kind, classify

__all__ = ["joined", "narrow_columns"]

_FEWEST = 4
"""Stretches between borders where one parts all rows, and not only the header from them."""
_FEWEST_COLUMNS = 2
_WIDE = 2
_PROOFS = 3
"""Stretches that can only be one row, or all that have numbers of several lines."""

Lines = Sequence[Sequence[str]]
"""The cells of each line between two borders."""


def narrow_columns(stretches: Sequence[Lines]) -> frozenset[int]:
    """Those whose every line is a character, or two digits, and whose header was broken so.

    None where a stretch may be several rows: where its numbers are all as high, these may be as many rows of short ones.
    """
    filled = [stretch for stretch in stretches if stretch]
    width = {len(line) for stretch in filled for line in stretch}
    if len(filled) < _FEWEST or len(width) != 1:
        return frozenset()
    columns = frozenset(column for column in range(width.pop()) if _is_narrow([_column(s, column) for s in filled]))
    high = [stretch for stretch in filled if any(_height(_column(stretch, column)) > 1 for column in columns)]
    proofs = sum(_is_one(stretch, columns) for stretch in high)
    return columns if len(columns) >= _FEWEST_COLUMNS and 0 < min(_PROOFS, len(high)) <= proofs else frozenset()


def _is_one(stretch: Lines, columns: Collection[int]) -> bool:
    """Whether numbers of several lines are not all as high as each other and as the words beside them, letter by letter."""
    high = {found for column in columns if (found := _height(_column(stretch, column)))}
    words = {sum(map(bool, lines)) for lines in (_column(stretch, column) for column in columns) if not _height(lines)}
    return max(high, default=0) > 1 and (len(high) > 1 or max(words, default=0) > max(high))


def _column(stretch: Lines, column: int) -> list[str]:
    return [line[column] for line in stretch]


def _is_narrow(stretches: Sequence[Sequence[str]]) -> bool:
    """Whether no line of a column is wider than a Chinese character, words go from above to below, and numbers fill lines."""
    if any(text_width(text) > _WIDE for lines in stretches for text in lines):
        return False
    numbers = [lines[: _height(lines)] for lines in stretches if _height(lines)]
    words = [lines for lines in stretches if not _height(lines) and sum(map(bool, lines)) > 1]
    full = max((len(text) for lines in numbers for text in lines), default=0)
    parts = ([lines[:-1] for lines in numbers], [lines[1:] for lines in numbers])  # a number is broken from one of its ends
    from_one = any({full}.issuperset(len(text) for lines in part for text in lines) for part in parts)
    return bool(words) and all(map(all, numbers)) and from_one


def _height(lines: Sequence[str]) -> int:
    """How many lines a number takes; none if there is something else."""
    found = [text for text in lines if text]
    return len(found) if found and all(not text.strip(".,-+") or text.strip(".,-+").isdecimal() for text in found) else 0


def joined(lines: Lines, narrow: Collection[int]) -> list[list[str]]:
    """The lines of a row, its numbers in such columns each on the first of them."""
    if not narrow or len(lines) < _FEWEST_COLUMNS:
        return [list(line) for line in lines]
    columns = [list(column) for column in zip(*lines, strict=True)]
    for number in narrow:
        column = columns[number]
        if _height(column) > 1 and classify(text := "".join(column)) is Kind.NUMBER:
            columns[number] = [text, *[""] * (len(column) - 1)]
    return [list(line) for line in zip(*columns, strict=True)]
