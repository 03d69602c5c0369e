"""Whether the values of a table that was matched whole stand as those of its rows do: one may be a page's, or half of one."""

from __future__ import annotations

import collections
from collections.abc import Sequence

from govreport.binding import scoring
from govreport.binding.doubting.doubts import summed_twice
from govreport.binding.doubting.pace import uneven
from govreport.binding.placing.gutters import Head, out_of_line
from govreport.binding.stream import Slot
from govreport.forms import TableSpec
from govreport.pieces import Pieces
from govreport.values import Kind, digits, read_value

__all__ = ["is_sound"]


def is_sound(spec: TableSpec, rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether the values of each row belong together, and each is one that its cell may hold."""
    torn = any(_torn(row, pieces) for row in rows) or (pieces.merged and any(_askew(row, pieces) for row in rows))
    parted = torn or _parted(rows, pieces) or _uneven_columns(spec, rows, pieces)
    return not (parted or _out_of_step(rows, pieces) or _summed_twice(rows, pieces)) and _fit(spec, rows, pieces)


def _torn(row: tuple[int, ...], pieces: Pieces) -> bool:
    """Whether a row has some values on one line and some on the next.

    Or values of different lengths with something between: one of these may be half a number, or a page's.
    """
    first, last, rows = row[0], row[-1], pieces.rows
    if rows[first] != rows[last]:
        return True
    if last - first >= len(row) and len({digits(read_value(pieces.texts[i])) for i in row}) > 1:
        return True
    if last > first and pieces.texts[last] == pieces.texts[last - 1] != "0" and not pieces.texts[first - 1]:
        return True  # the first cell is empty, perhaps, and the total printed twice
    if rows[first] is not None or pieces.lines[first] == pieces.lines[last]:
        return False
    return len({pieces.lines[i] for i in row}) < len(row)


def _askew(row: tuple[int, ...], pieces: Pieces) -> bool:
    """Whether a value is merged over several columns of a grid while what stands over it is not."""
    if len(row) == 1 or pieces.merged.isdisjoint(row):
        return False
    filled = [i for i in range(row[0]) if pieces.texts[i] and pieces.rows[i] != pieces.rows[row[0]]]
    return [i in pieces.merged for i in filled[-len(row) :]] != [i in pieces.merged for i in row]


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
    at = 0
    for block in spec.blocks:
        slots = [[Slot(Kind.NUMBER, 0, i) for i in row] for row in rows[at : at + len(block.rows)]]
        at += len(block.rows)
        if any(out_of_line(slots, len(block.columns), pieces, Head())):
            return True
    return False


def _out_of_step(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether a small number stands out of step where cells have lines of their own: a page's, perhaps, and a cell is gone."""
    return pieces.rows[rows[0][0]] is None and uneven(rows, pieces.lines, pieces.texts)


def _summed_twice(rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether rows end in their total twice, though other cells are filled: a column is gone, perhaps."""
    ends = [row for row in rows if len(row) >= scoring.WIDE and pieces.texts[row[-1]] == pieces.texts[row[-2]] != "0"]
    readings = ([read_value(pieces.texts[i]) for i in row] for row in ends)
    return len(ends) >= scoring.ALONE and summed_twice(readings, len(rows))


def _fit(spec: TableSpec, rows: Sequence[tuple[int, ...]], pieces: Pieces) -> bool:
    """Whether every number is one that its cell may hold."""
    texts = [pieces.texts[i] for row in rows for i in row]
    if "".join(texts).isdecimal():
        return True
    return all(found is None or cell.fits(found.value) for cell, found in zip(spec.cells, map(read_value, texts), strict=True))
