"""Which of a row's slots belongs to which column of the form.

A row with as many printed values as it has columns is plain. For every other row there must be evidence of where its
empty cells are: the columns of the header, columns that the complete rows of the same table agree on, or a number of
slots that they explain. Without it nothing is bound.
"""

from __future__ import annotations

import collections
import itertools
import statistics
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import define

from govreport.binding import scoring
from govreport.binding.doubting.doubts import doubt_glued, doubt_longer, doubt_wrapped
from govreport.binding.placing.gutters import Head, Under, out_of_line, under_columns
from govreport.binding.placing.margins import END, Margins
from govreport.binding.placing.spans import EDGES, METRICS, Metric, Span, display, is_text_column, span
from govreport.binding.solution import How, RowSlots, Solution
from govreport.binding.stream import Slot
from govreport.model import Piece
from govreport.values import digits

__all__ = ["keeps_blanks", "solve"]


Habit = tuple[int, ...]
Learned = Mapping[object, "Edges"]


def keeps_blanks(rows: Sequence[tuple[RowSlots, int]], *, blanks: bool) -> bool:
    """Whether a table shows its empty cells.

    A row shorter than the form's has lost some, and then the others cannot be trusted. Only cells lost at the end of a
    line do no harm; that they alone were lost, an empty cell between values proves, in a layout that keeps `blanks`.
    """
    filled = [(row, count) for row, count in rows if row.values]
    inner = any(not s.solid for row, _ in filled for s in row.slots[: row.slots.index(row.values[-1])])
    return (blanks and inner) or all(len(row.slots) >= count for row, count in filled)


def solve(
    rows: Sequence[RowSlots],
    count: int,
    pieces: Sequence[Piece],
    header: Mapping[int, int] | None,
    *,
    head: Head,
    margins: Margins,
    blanks: bool,
) -> list[Solution]:
    """Solve the rows of one block together.

    `header` maps a column of the grid to a column of the form, `head` says where in a line its labels stand; `margins` are
    those of the table; `blanks`: the layout keeps empty cells and the table lost none.
    """
    full = [row for row in rows if len(row.values) == count]
    often = collections.Counter(map(_habit, full))
    habits = {habit for habit, rows in often.items() if rows >= scoring.FULL_ROWS}
    astray = out_of_line([row.values for row in rows], count, pieces, head)
    if len(full) == len(rows) and header is None:
        solutions = [
            Solution([*row.values], How.COUNT, doubtful=off or (len(row.slots) > count and _fragment(row, habits)))
            for row, off in zip(rows, astray, strict=True)
        ]
        return _compared(solutions, rows, count, pieces, blanks=blanks)
    off_line = sum(off for row, off in zip(rows, astray, strict=True) if len(row.values) == count)
    strewn = off_line > scoring.CROWDED_SHARE * len(full)
    learned = [_learn(full, pieces, metric) for metric in METRICS]
    under = under_columns([row.values for row in rows], count, pieces, head)
    uniform = blanks and all(len(row.slots) == count for row in rows) and _ended(rows, count, pieces)
    solutions = []
    for row, told, off in zip(rows, under, astray, strict=True):
        found = _under(row, told, strewn=strewn) if told else None
        if not found and header and (blanks or len(row.values) == count):
            found = _by_header(row, count, pieces, header)
        found = found or _plain(row, count, pieces, learned, habits) or _by_columns(row, count, pieces, learned)
        found = found or _by_window(row, count, margins, uniform=uniform, blanks=blanks)
        found = found or Solution([None] * count, How.NONE, row.values)
        found.doubtful |= off or (len(rows) == 1 and header is not None and _is_beside(found, pieces, header))
        solutions.append(found)
    return _compared(solutions, rows, count, pieces, blanks=blanks)


def _compared(
    solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece], *, blanks: bool
) -> list[Solution]:
    """The solutions, doubted where rows are unlike the others."""
    doubt_glued(solutions, rows, count, pieces, blanks=blanks)
    doubt_longer(solutions, rows, count, pieces)
    doubt_wrapped(solutions, rows, count, pieces)
    return solutions


def _under(row: RowSlots, told: Under, *, strewn: bool) -> Solution:
    """What stands in columns of text; doubtful where the row shows a cell for each column, and they say something else."""
    shown = len(row.slots) == len(told.cells)
    moved = shown and any(slot.solid and slot is not cell for slot, cell in zip(row.slots, told.cells, strict=True))
    return Solution(told.cells, How.COLUMNS, doubtful=told.disputed or strewn or moved)


# --- the header's columns ----------------------------------------------------------------------------------------------------


def _by_header(row: RowSlots, count: int, pieces: Sequence[Piece], header: Mapping[int, int]) -> Solution | None:
    """The column decides, blanks included; a cell repeated for each column that it was merged over counts once."""
    cells: list[Slot | None] = [None] * count
    twins = []
    for slot in row.slots:
        piece = pieces[slot.piece]
        column = header.get(-1 if piece.column is None else piece.column)
        if column is None:
            if slot.solid:
                return None
            continue
        before = cells[column]
        if before is None or not before.solid:
            if (
                piece.rowspan is not None
                and (piece.colspan or 1) > 1
                and len({header.get(c) for c in range(piece.column or 0, (piece.column or 0) + (piece.colspan or 1))} - {None})
                > 1
            ):
                return None  # one value over several columns is no value of any
            cells[column] = slot
        elif slot.solid and pieces[before.piece].text != piece.text:
            return None
        else:
            twins.append(slot)
    return Solution(cells, How.COLUMNS, twins=twins, by_header=True) if any(c is not None for c in cells) else None


def _is_beside(solution: Solution, pieces: Sequence[Piece], header: Mapping[int, int]) -> bool:
    """Whether a value stands under another label of the header, or none: then the row may be one cell off."""
    columns = ((own, pieces[slot.piece].column) for own, slot in enumerate(solution.cells) if slot is not None and slot.solid)
    return any(column is not None and header.get(column) != own for own, column in columns)


# --- the columns of complete rows --------------------------------------------------------------------------------------------


def _learn(full: list[RowSlots], pieces: Sequence[Piece], metric: Metric) -> tuple[Metric, Learned]:
    """The spans of columns on which complete rows agree, by class of row; under None if rows of every class agree.

    Rows of different classes agree by chance where each lost as many cells: only labels in different columns of one grid, or
    a row of the class itself, prove that they do not.
    """
    groups: dict[object, list[list[Span]]] = collections.defaultdict(list)
    for row in full:
        known = [s for s in (span(pieces[s.piece], metric) for s in row.values) if s is not None]
        if len(known) == len(row.values):
            groups[row.kind[0]].append(known)
    together = _unite([row for rows in groups.values() for row in rows], share=1.0)
    learned = {kind: spans for kind, rows in groups.items() if (spans := together or _unite(rows))}
    if together and metric is display and (_fixed(full, pieces) or _opened(groups)):
        learned[None] = together
    return metric, learned


def _fixed(full: list[RowSlots], pieces: Sequence[Piece]) -> bool:
    """Whether labels of complete rows stand in different columns of one grid, and their values in the same."""
    return len({row.label for row in full}) > 1 and not any(is_text_column(pieces[s.piece]) for s in full[0].values)


def _opened(kinds: Iterable[object]) -> bool:
    """Whether rows that open a group, with one more label cell, are among rows of other classes."""
    opening = [isinstance(kind, tuple) and kind[0] > 0 and kind[1] for kind in kinds]
    return any(opening) and not all(opening)


@define
class Edges:
    """The columns of complete rows: `at` is the edge they are aligned by (weights of begin and end), `ranges` its places."""

    at: tuple[int, int]
    ranges: list[Span]
    slack: int

    def column(self, where: Span) -> int | None:
        """The one column that a value stands in."""
        edge = self.at[0] * where[0] + self.at[1] * where[1]
        found = [j for j, (low, high) in enumerate(self.ranges) if low - self.slack <= edge <= high + self.slack]
        return found[0] if len(found) == 1 else None


def _unite(rows: list[list[Span]], share: float = scoring.FULL_SHARE) -> Edges | None:
    """The columns that complete rows agree on, by the edge that they are best aligned by, if they keep apart."""
    if len(rows) < scoring.FULL_ROWS:
        return None
    found = [e for at in EDGES if (e := _edges(rows, at, share)) is not None]
    return min(found, key=lambda e: sum(b - a for a, b in e.ranges) / sum(e.at), default=None)


def _edges(rows: list[list[Span]], at: tuple[int, int], share: float) -> Edges | None:
    edges = [[at[0] * a + at[1] * b for a, b in row] for row in rows]
    middles = [statistics.median_low(column) for column in zip(*edges, strict=True)]
    agreeing = [row for row in edges if all(abs(x - m) <= scoring.COLUMN_SLACK for x, m in zip(row, middles, strict=True))]
    if len(agreeing) < share * len(rows):
        return None
    ranges = [(min(column), max(column)) for column in zip(*agreeing, strict=True)]
    slack = sum(at) if any(a != b for row in rows for a, b in row) else 0
    apart = all(a[1] + slack < b[0] - slack for a, b in itertools.pairwise(ranges))
    return Edges(at, ranges, slack) if apart else None


def _known(row: RowSlots, learned: Sequence[tuple[Metric, Learned]]) -> Iterator[tuple[Metric, Edges]]:
    for metric, by_kind in learned:
        spans = by_kind.get(row.kind[0]) or by_kind.get(None)
        if spans is not None:
            yield metric, spans


def _plain(
    row: RowSlots, count: int, pieces: Sequence[Piece], learned: Sequence[tuple[Metric, Learned]], habits: Collection[Habit]
) -> Solution | None:
    """As many values as columns; doubtful where they stand in none of the columns that complete rows agree on."""
    if len(row.values) != count:
        return None
    known = list(_known(row, learned))
    fits = any(_standing(row.values, pieces, metric, edges) == list(range(count)) for metric, edges in known)
    return Solution(list(row.values), How.COUNT, doubtful=(bool(known) and not fits) or _fragment(row, habits))


def _standing(slots: Sequence[Slot], pieces: Sequence[Piece], metric: Metric, edges: Edges) -> list[int | None]:
    """The column that each slot stands in."""
    spans = [span(pieces[slot.piece], metric) for slot in slots]
    return [None if where is None else edges.column(where) for where in spans]


def _fragment(row: RowSlots, habits: Collection[Habit]) -> bool:
    """Whether an empty cell stands among values that differ: one of these may be half a number, or a page's.

    Where several rows have it at the same place, and values as long as each other, it is a habit of the document.

    Or before two values that are the same: one may be there twice, merged over two columns.
    """
    if len(row.values) == 2 and not row.slots[0].solid:  # noqa: PLR2004 - of more, that the last are alike says little
        return row.values[0].reading == row.values[1].reading
    inner = row.slots[row.slots.index(row.values[0]) : row.slots.index(row.values[-1])]
    sizes = {digits(s.reading) for s in row.values if s.reading is not None}
    differ = len(sizes) > 1 or (_habit(row) not in habits and any(s.reading != row.values[0].reading for s in row.values))
    return any(not s.solid for s in inner) and differ


def _habit(row: RowSlots) -> Habit:
    """Where the row's values stand among its slots, counted from the first."""
    first = row.slots.index(row.values[0]) if row.values else 0
    return tuple(at - first for at, slot in enumerate(row.slots) if slot.solid)


def _by_columns(
    row: RowSlots, count: int, pieces: Sequence[Piece], learned: Sequence[tuple[Metric, Learned]]
) -> Solution | None:
    """An incomplete row of a grid whose values each stand in one of the columns of complete rows."""
    if any(is_text_column(pieces[slot.piece]) for slot in row.values):
        return None
    for metric, edges in _known(row, learned):
        cells: list[Slot | None] = [None] * count
        for slot, column in zip(row.slots, _standing(row.slots, pieces, metric, edges), strict=True):
            if column is not None and (cells[column] is None or not slot.solid):
                cells[column] = cells[column] or slot
            elif slot.solid:
                break
        else:
            if any(c is not None and c.solid for c in cells):
                return Solution(cells, How.COLUMNS)
    return None


# --- the number of slots -----------------------------------------------------------------------------------------------------


def _ended(rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece]) -> bool:
    """Whether it is known where rows end: each has a line of its own, or blanks among values are shown and labels follow."""
    lines = [{pieces[slot.piece].row for slot in row.values} for row in rows]
    if None not in set().union(*lines) and len(set().union(*lines)) == sum(map(len, lines)):
        return True
    extents = [row.extent(count) for row in rows]
    return any(e.shows(e.first) for e in extents) and all(e.following is not END for e in extents)


def _by_window(row: RowSlots, count: int, margins: Margins, *, uniform: bool, blanks: bool) -> Solution | None:
    """The window of slots that the row's own ends, or the margins of its table, tell."""
    if len(row.slots) < count or len(row.values) > count or not blanks:
        return None
    found = (0, True) if uniform else margins.window(row.extent(count))
    if found is None:
        return None
    at, sure = found
    return Solution(list(row.slots[at : at + count]), How.WINDOW, doubtful=not sure)
