"""Which of a row's slots belongs to which column of the form.

A row with as many printed values as it has columns is plain. For every other row there must be evidence of where its empty cells
are: columns that the complete rows of the same table agree on, or a number of slots that they explain. Without it nothing is
bound.
"""

from __future__ import annotations

import collections
import statistics
from collections.abc import Sequence
from enum import StrEnum

from attrs import define, field

from govreport.binding import scoring
from govreport.binding.stream import Slot
from govreport.model import Piece

__all__ = ["How", "RowSlots", "Solution", "solve"]


class How(StrEnum):
    """On what evidence a row was solved."""

    COUNT = "count"  # as many values as columns
    COLUMNS = "columns"  # the columns of the complete rows, or of the header
    WINDOW = "window"  # the slots around the values are those of a complete row of the same class
    EMPTY = "empty"  # every cell is shown empty
    NONE = "none"


@define
class RowSlots:
    """The slots that a row owns, in order; `kind` tells rows that are laid out alike."""

    slots: list[Slot]
    kind: tuple[object, ...] = ()


@define
class Solution:
    """For each column its slot (None where the document shows no cell), how that is known, and the slots left over."""

    cells: list[Slot | None]
    how: How
    left: list[Slot] = field(factory=list)
    doubtful: bool = False


Span = tuple[int, int]


def solve(rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece], header: dict[int, int] | None, *, blanks: bool) -> list[Solution]:
    """Solve the rows of one block together. `header` maps a grid column to a column of the form; `blanks`: empty cells are kept."""
    solid = [[s for s in row.slots if s.solid] for row in rows]
    full = [i for i, s in enumerate(solid) if len(s) == count]
    spans = None if header else _columns([solid[i] for i in full], count, pieces)
    offsets = _offsets(rows, full, count)
    same = sum(len(row.slots) == count for row in rows)
    loose = blanks and same * 2 > len(rows)
    solutions = []
    for row, values in zip(rows, solid, strict=True):
        found = _by_header(row, values, count, pieces, header) if header else None
        found = found or _plain(row, values, count, pieces, spans) or _by_columns(row, values, count, pieces, spans)
        found = found or _by_window(row, values, count, offsets, loose=loose, blanks=blanks)
        solutions.append(found or Solution([None] * count, How.NONE, values))
    if not blanks:
        _doubt_glued(solutions)
    _doubt_wrapped(solutions, solid, count, pieces)
    return solutions


def _plain(row: RowSlots, values: list[Slot], count: int, pieces: Sequence[Piece], spans: list[Span] | None) -> Solution | None:
    if len(values) != count:
        return None
    strayed = spans is not None and any(not _touches(_span(s, pieces, spans), spans[j]) for j, s in enumerate(values))
    return Solution(list(values), How.COUNT, doubtful=strayed)


def _by_header(row: RowSlots, values: list[Slot], count: int, pieces: Sequence[Piece], header: dict[int, int]) -> Solution | None:
    """A grid whose header cells stand in known columns: the column decides, blanks included."""
    cells: list[Slot | None] = [None] * count
    for slot in row.slots:
        column = header.get(pieces[slot.piece].column or 0)
        if column is not None and cells[column] is None and (pieces[slot.piece].colspan or 1) <= 2:  # noqa: PLR2004 - merged values say nothing
            cells[column] = slot
    if sum(c is not None for c in cells) < count and not any(c is not None and c.solid for c in cells):
        return None
    left = [s for s in values if s not in cells]
    return None if left else Solution(cells, How.COLUMNS)


def _span(slot: Slot, pieces: Sequence[Piece], _: object = None) -> Span:
    piece = pieces[slot.piece]
    start = piece.column or 0
    return start, start + len(piece.text) - 1 if piece.rowspan is None and piece.colspan is None else start


def _touches(a: Span, b: Span) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _columns(full: list[list[Slot]], count: int, pieces: Sequence[Piece]) -> list[Span] | None:
    """The columns in which the complete rows agree to stand, if they do."""
    if len(full) < scoring.FULL_ROWS or any(pieces[s.piece].column is None for row in full for s in row):
        return None
    spans = [[_span(s, pieces) for s in row] for row in full]
    middles = [statistics.median_low([row[j][0] for row in spans]) for j in range(count)]
    agreeing = [row for row in spans if all(abs(row[j][0] - middles[j]) <= 6 for j in range(count))]  # noqa: PLR2004 - a value's width
    if len(agreeing) < scoring.FULL_SHARE * len(spans):
        return None
    united = [(min(r[j][0] for r in agreeing), max(r[j][1] for r in agreeing)) for j in range(count)]
    apart = all(a[1] < b[0] for a, b in zip(united, united[1:], strict=False))
    return united if apart else None


def _by_columns(row: RowSlots, values: list[Slot], count: int, pieces: Sequence[Piece], spans: list[Span] | None) -> Solution | None:
    if spans is None or not values or any(pieces[s.piece].column is None for s in row.slots):
        return None
    cells: list[Slot | None] = [None] * count
    for slot in row.slots:
        touched = [j for j, span in enumerate(spans) if _touches(_span(slot, pieces), span)]
        if len(touched) == 1 and (cells[touched[0]] is None or not slot.solid):
            cells[touched[0]] = cells[touched[0]] or slot
        elif slot.solid:
            return None
    return Solution(cells, How.COLUMNS)


def _offsets(rows: Sequence[RowSlots], full: list[int], count: int) -> dict[tuple[object, ...], set[int]]:
    """At which slot the values of complete rows begin, by number of slots and class of row."""
    found: dict[tuple[object, ...], set[int]] = collections.defaultdict(set)
    for i in full:
        slots = rows[i].slots
        begins = next(j for j, s in enumerate(slots) if s.solid)
        whole = all(s.solid for s in slots[begins : begins + count])
        for key in ((len(slots), rows[i].kind), (len(slots),)):
            found[key].add(begins if whole else -1)
    return found


def _by_window(row: RowSlots, values: list[Slot], count: int, offsets: dict[tuple[object, ...], set[int]], *, loose: bool, blanks: bool) -> Solution | None:
    slots = row.slots
    size = len(slots)
    if size < count or len(values) > count:
        return None
    first = next((j for j, s in enumerate(slots) if s.solid), None)
    last = next((size - 1 - j for j, s in enumerate(reversed(slots)) if s.solid), None)
    fits = [w for w in range(size - count + 1) if first is None or last is None or (w <= first and last < w + count)]
    known = offsets.get((size, row.kind)) or offsets.get((size,)) or set()
    chosen = [w for w in fits if w in known]
    if len(known) == 1 and len(chosen) == 1:
        at = chosen[0]
    elif not known and size == count and loose:
        at = 0
    elif blanks and len(fits) == 1 and -1 not in known:
        at = fits[0]
    else:
        return None
    return Solution(list(slots[at : at + count]), How.WINDOW if values else How.EMPTY)


def _doubt_glued(solutions: list[Solution]) -> None:
    """A number far longer than its neighbours in a row with an empty cell may be two numbers glued together."""
    sizes = [_digits(s) for x in solutions for s in x.cells if s is not None and s.reading is not None]
    if not sizes:
        return
    usual = statistics.median(sizes)
    for solution in solutions:
        gap = any(c is None or not c.solid for c in solution.cells)
        long = any(c is not None and c.reading is not None and _digits(c) >= usual + scoring.GLUED_DIGITS for c in solution.cells)
        solution.doubtful |= gap and long


def _doubt_wrapped(solutions: list[Solution], solid: list[list[Slot]], count: int, pieces: Sequence[Piece]) -> None:
    """Values wrapped over two lines leave a neighbour with twice its number, or a row half on one line, half on the next."""
    for i, solution in enumerate(solutions):
        crowded = any(len(solid[j]) >= 2 * count for j in (i - 1, i + 1) if 0 <= j < len(solid)) and count > 1
        lines = {place.line for s in solid[i] if (place := pieces[s.piece].place) is not None}
        solution.doubtful |= crowded or 1 < len(lines) < len(solid[i])


def _digits(slot: Slot) -> int:
    return 0 if slot.reading is None else len(str(abs(int(slot.reading.value))))
