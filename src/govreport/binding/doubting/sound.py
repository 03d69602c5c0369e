"""Whether the values of a table that was matched whole stand as those of its rows do: one may be a page's, or half of one."""

from __future__ import annotations

import collections
import itertools
import re
from collections.abc import Sequence

from govreport.binding import scoring
from govreport.binding.doubting.doubts import ends_in_sum_twice
from govreport.binding.doubting.pace import uneven
from govreport.binding.placing.gutters import Head, close_together, out_of_line
from govreport.binding.stream import Slot
from govreport.forms import CellSpec, TableSpec
from govreport.pieces import Pieces
from govreport.values import Kind, classify, digits, read_value

__all__ = ["is_sound"]

_ZERO_BEFORE = re.compile(r"^0\d", re.MULTILINE)
"""No number begins so: half of one may."""


def is_sound(spec: TableSpec, rows: Sequence[tuple[int, ...]], pieces: Pieces, texts: Sequence[str]) -> bool:
    """Whether the values of each row belong together, and each is one that its cell may hold; `texts` are what they say."""
    torn = _torn(rows, pieces) or (pieces.merged and any(_askew(row, pieces) for row in rows))
    parted = torn or _goes_on(rows, pieces) or _parted(rows, pieces) or _uneven_columns(spec, rows, pieces)
    return not (parted or _out_of_step(rows, pieces) or _summed_twice(rows, pieces)) and _fit(spec, texts)


def _torn(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether a row has some values on one line and some on the next.

    Or values of different lengths with something between: one of these may be half a number, or a page's.
    """
    texts, own, lines = pieces.texts, pieces.rows, pieces.lines
    for row in rows:
        first, last = row[0], row[-1]
        if own[first] != own[last]:
            return True
        if last - first >= len(row) and len({digits(read_value(texts[i])) for i in row}) > 1:
            return True
        if last > first and texts[last] == texts[last - 1] != "0" and not texts[first - 1]:
            return True  # the first cell is empty, perhaps, and the total printed twice
        if own[first] is None and lines[first] != lines[last] and len({lines[i] for i in row}) < len(row):
            return True
    return False


def _askew(row: tuple[int, ...], pieces: Pieces) -> bool:
    """Whether a value is merged over several columns of a grid while what stands over it is not."""
    if len(row) == 1 or pieces.merged.isdisjoint(row):
        return False
    filled = [i for i in range(row[0]) if pieces.texts[i] and pieces.rows[i] != pieces.rows[row[0]]]
    return [i in pieces.merged for i in filled[-len(row) :]] != [i in pieces.merged for i in row]


def _goes_on(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether something stands behind the last value of a row, where each has a row of the layout: its last cell, perhaps.

    Words, which are a value that nobody can read, or an empty cell that is alone in its row.
    """
    texts, lines = pieces.texts, pieces.rows
    if lines[rows[0][-1]] is None or len({lines[row[-1]] for row in rows}) < len(rows):
        return False
    behind = [row[-1] + 1 for row in rows if row[-1] + 1 < len(texts)]
    if any(lines[at] == lines[at - 1] and classify(texts[at]) is Kind.TEXT for at in behind):
        return True
    alone = (at for at in behind[:-1] if lines[at - 1] != lines[at] != lines[at + 1] and lines[at] is not None)
    return any(classify(texts[at]) is Kind.EMPTY for at in alone)


def _parted(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether one row has something between values that differ, at a place where no other row has it."""
    rows = [row for row in rows if row[-1] - row[0] >= len(row)]
    often = collections.Counter(tuple(i - row[0] for i in row) for row in rows)
    alone = (row for row in rows if often[tuple(i - row[0] for i in row)] < scoring.FULL_ROWS)
    return any(len({pieces.texts[i] for i in row}) > 1 for row in alone)


def _uneven_columns(spec: TableSpec, rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether columns are told by where they stand in a line, and a row stands in other columns than the rest."""
    if not pieces.aligned:
        return False
    every = [[Slot(Kind.NUMBER, 0, i) for i in row] for row in rows]
    left = iter(every)
    blocks = ((len(block.columns), list(itertools.islice(left, len(block.rows)))) for block in spec.blocks)
    return any(close_together(every, pieces)) or any(any(out_of_line(own, count, pieces, Head())) for count, own in blocks)


def _out_of_step(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether a small number stands out of step where cells have lines of their own: a page's, perhaps, and a cell is gone."""
    return pieces.rows[rows[0][0]] is None and uneven(rows, pieces.lines, pieces.texts)


def _summed_twice(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether a row ends in its total twice, though other cells are filled: a cell is gone for it, perhaps."""
    ends = [row for row in rows if len(row) >= scoring.WIDE and pieces.texts[row[-1]] == pieces.texts[row[-2]] != "0"]
    return any(ends_in_sum_twice([read_value(pieces.texts[i]) for i in row]) for row in ends)


def _fit(spec: TableSpec, texts: Sequence[str]) -> bool:
    """Whether every number can be read, and is one that its cell may hold."""
    if "".join(texts).isdecimal() and _ZERO_BEFORE.search("\n".join(texts)) is None:
        return True
    return all(map(_may_hold, spec.cells, texts))


def _may_hold(cell: CellSpec, text: str) -> bool:
    found = read_value(text)
    return cell.fits(found.value) if found is not None else classify(text) is not Kind.NUMBER
