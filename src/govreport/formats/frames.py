"""The numbers around a data frame that was written with its index: 0 1 2 3 over its columns, and before its rows.

0         1    2
0  规章名称    制发   废止
1      规章       3    0
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import attrs

from govreport.model import Role
from govreport.pieces import Pieces
from govreport.values import Kind, classify

__all__ = ["without_index"]

_FEWEST = 2
"""Columns and rows of the smallest frame."""
_RUN = 4
"""Rows that follow one another by their first number are numbered, also where the header stands far above; so are columns."""
_MOST_DIGITS = 6
"""Of the number of a row; a text of thousands of digits is no number to Python either."""
_APART = "\0"


def without_index(pieces: Pieces) -> Pieces:
    """The pieces, with the numbers of columns and rows of data frames as remarks."""
    texts = pieces.texts
    firsts = dict(zip(reversed(pieces.rows), range(len(texts) - 1, -1, -1), strict=True))
    numbers = [first for row, first in firsts.items() if row is not None and texts[first].isdecimal()]
    index = {first for first in numbers if texts[first] == "0" and _is_lone(first, pieces)}
    if len(numbers) >= _FEWEST:
        rows = _rows(pieces)
        index |= {*_framed(rows, pieces), *_numbered(rows, pieces)}
    if not index:
        return pieces
    return Pieces.of([attrs.evolve(p, role=Role.REMARK) if i in index else p for i, p in enumerate(pieces)])


def _is_lone(first: int, pieces: Pieces) -> bool:
    """Whether a row that begins there stands under a header that names all other columns and not that of its first cell."""
    rows = pieces.rows
    width = next((at for at in range(first, len(rows)) if rows[at] != rows[first]), len(rows)) - first
    start = max(first - width, 0)
    whole = len({*rows[start:first]}) == 1 and (not start or rows[start - 1] != rows[start])
    corner, *header = pieces.texts[start:first] or [""]
    return whole and _RUN < width == first - start and not corner.strip() and all(map(_is_word, header))


def _is_word(text: str) -> bool:
    return classify(text) is Kind.TEXT


def _rows(pieces: Pieces) -> list[list[int]]:
    """The filled pieces of each row, without numbers that are alone in it and with which the next row begins."""
    texts = pieces.texts
    filled = [(row, i) for i, (row, text) in enumerate(zip(pieces.rows, texts, strict=True)) if row is not None and text]
    rows = [[i for _, i in group] for _, group in itertools.groupby(filled, key=lambda item: item[0])]
    return [
        row
        for row, other in zip(rows, [*rows[1:], []], strict=True)
        if len(row) > 1 or not other or texts[row[0]] != texts[other[0]]
    ]


def _framed(rows: Sequence[Sequence[int]], pieces: Pieces) -> Iterator[int]:
    """Numbers over all columns, from 0, and those before the rows under them."""
    for at, header in enumerate(rows):
        if len(header) >= _FEWEST and [pieces.texts[i] for i in header] == [str(number) for number in range(len(header))]:
            firsts = [row[0] for row in rows[at + 1 :]]
            numbered = list(itertools.takewhile(lambda item: pieces.texts[item[1]] == str(item[0]), enumerate(firsts)))
            if len(numbered) >= _FEWEST or len(header) >= _RUN:  # the rows may stand in the next section
                yield from header
                yield from (i for _, i in numbered)


def _numbered(rows: Sequence[Sequence[int]], pieces: Pieces) -> Iterator[int]:
    """Numbers before rows that begin with words behind them, each one more than the last."""
    run: list[Sequence[int]] = []
    for row in [*rows, ()]:
        text = pieces.texts[row[0]] if row else ""
        counts = text.isdecimal() and len(text) <= _MOST_DIGITS
        if run and row and all(_is_word(pieces.texts[i]) for i in row):
            continue  # the second line of a row of labels
        if run and not (counts and int(text) == int(pieces.texts[run[-1][0]]) + 1):
            if _counts(run, pieces):
                yield from (r[0] for r in run)
            run = []
        if counts:
            run.append(row)


def _counts(run: Sequence[Sequence[int]], pieces: Pieces) -> bool:
    """Whether more rows begin with words than values; few are enough where the first is 0 and one is nothing but words."""
    kinds = [_first(row[1:], pieces) for row in run]
    words, others = kinds.count(Kind.TEXT), len(kinds) - kinds.count(Kind.EMPTY)
    few = pieces.texts[run[0][0]] == "0" and any(_is_header(row, pieces) for row in run)
    return 2 * words > others and len(run) >= (_FEWEST if few else _RUN)


def _is_header(row: Sequence[int], pieces: Pieces) -> bool:
    """Whether words, and nothing else, stand behind the number of a row."""
    return len(row) > _RUN and all(_is_word(pieces.texts[i]) for i in row[1:])


def _first(row: Sequence[int], pieces: Pieces) -> Kind:
    """What the first cell of a row is that says something."""
    kinds = (classify(pieces.texts[i]) for i in row)
    return next((kind for kind in kinds if kind is not Kind.EMPTY), Kind.EMPTY)
