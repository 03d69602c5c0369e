"""Which of a row's slots belongs to which column of the form.

A row with as many printed values as it has columns is plain. For every other row there must be evidence of where its
empty cells are: the columns of the header, columns that the complete rows of the same table agree on, or a number of
slots that they explain. Without it nothing is bound.
"""

from __future__ import annotations

import collections
import itertools
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from attrs import define, field

from govreport.binding import scoring
from govreport.binding.gutters import Head, under_columns
from govreport.binding.margins import END, Extent, Margins
from govreport.binding.spans import EDGES, METRICS, Metric, Span, display, is_text_column, span
from govreport.binding.stream import Slot
from govreport.binding.vocabulary import RowClass
from govreport.model import Piece
from govreport.values import Kind, digits

__all__ = ["How", "RowSlots", "Solution", "in_disorder", "keeps_blanks", "solve"]


class How(StrEnum):
    """On what evidence a row was solved."""

    COUNT = "count"  # as many values as columns
    COLUMNS = "columns"  # the columns of the header, or of the complete rows
    WINDOW = "window"  # the slots around the values are those of a complete row of the same class
    SUMS = "sums"  # all alignments that satisfy the form's sums agree on the cells that are told
    NONE = "none"


@define
class RowSlots:
    """The slots that a row owns, in order.

    `kind` is (class of the row, what follows it): rows of one class are laid out alike. Another row follows with so many group
    labels covered, or the next block (None), or `END`. `label` is the column of its label, None where the layout has none.
    """

    slots: list[Slot]
    kind: tuple[RowClass, int | str | None] = ((0, False), None)
    label: int | None = None
    values: list[Slot] = field(init=False)
    """The slots in which something is printed."""

    @values.default
    def _solid(self) -> list[Slot]:
        return [s for s in self.slots if s.kind is not Kind.EMPTY]

    def extent(self, count: int) -> Extent:
        """The row's slots in numbers, as a row of so many columns."""
        solid = [j for j, s in enumerate(self.slots) if s.solid] or [len(self.slots), -1]
        own, following = self.kind
        padded = END if following is END else (count, own)  # what ends a table stands after any row
        return Extent(own[0], padded, following, count, len(self.slots), len(self.values), solid[0], solid[-1])


@define
class Solution:
    """For each column its slot (None where the document shows no cell), how that is known, and the slots left over."""

    cells: list[Slot | None]
    how: How
    left: list[Slot] = field(factory=list)
    doubtful: bool = False
    twins: list[Slot] = field(factory=list)
    """Slots that repeat a value for each column its cell was merged over."""
    untold: frozenset[int] = frozenset()
    """Columns of which sums do not tell what stands in them."""
    by_header: bool = False
    """Whether `cells` are in the form's order already; else they are in the order of the document."""


Learned = Mapping[object, "Edges"]


def keeps_blanks(rows: Sequence[tuple[RowSlots, int]], *, blanks: bool) -> bool:
    """Whether a table shows its empty cells.

    A row shorter than the form's has lost some, and then the others cannot be trusted. Only cells lost at the end of a
    line do no harm; that they alone were lost, an empty cell between values proves, in a layout that keeps `blanks`.
    """
    filled = [(row, count) for row, count in rows if row.values]
    inner = any(not s.solid for row, _ in filled for s in row.slots[: row.slots.index(row.values[-1])])
    return (blanks and inner) or all(len(row.slots) >= count for row, count in filled)


def in_disorder(rows: Sequence[tuple[RowSlots, int]]) -> bool:
    """Whether a table was read column by column or its rows wrapped: too many rows have too many values, or no slot."""
    wrong = sum((len(row.values) > count and not _repeats(row)) or not row.slots for row, count in rows)
    return wrong > scoring.CROWDED_SHARE * len(rows)


def _repeats(row: RowSlots) -> bool:
    """Whether all values are the same: one cell, repeated for each column it was merged over."""
    return all(s.reading == row.values[0].reading for s in row.values)


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
    if len(full) == len(rows) and header is None:
        solutions = [Solution([*row.values], How.COUNT, doubtful=len(row.slots) > count and _fragment(row)) for row in rows]
        _doubt_wrapped(solutions, rows, count, pieces)
        return solutions
    learned = [_learn(full, pieces, metric) for metric in METRICS]
    under = under_columns([row.values for row in rows], count, pieces, head)
    uniform = blanks and all(len(row.slots) == count for row in rows) and _ended(rows, count, pieces)
    solutions = []
    for row, told in zip(rows, under, strict=True):
        found = Solution(told.cells, How.COLUMNS, doubtful=told.disputed) if told else None
        if not found and header and (blanks or len(row.values) == count):
            found = _by_header(row, count, pieces, header)
        found = found or _plain(row, count, pieces, learned) or _by_columns(row, count, pieces, learned)
        found = found or _by_window(row, count, margins, uniform=uniform, blanks=blanks)
        solutions.append(found or Solution([None] * count, How.NONE, row.values))
    _doubt_glued(solutions, rows, count, pieces, blanks=blanks)
    _doubt_wrapped(solutions, rows, count, pieces)
    return solutions


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


def _plain(row: RowSlots, count: int, pieces: Sequence[Piece], learned: Sequence[tuple[Metric, Learned]]) -> Solution | None:
    """As many values as columns; doubtful where they stand in none of the columns that complete rows agree on."""
    if len(row.values) != count:
        return None
    known = list(_known(row, learned))
    fits = any(_standing(row.values, pieces, metric, edges) == list(range(count)) for metric, edges in known)
    return Solution(list(row.values), How.COUNT, doubtful=(bool(known) and not fits) or _fragment(row))


def _standing(slots: Sequence[Slot], pieces: Sequence[Piece], metric: Metric, edges: Edges) -> list[int | None]:
    """The column that each slot stands in."""
    spans = [span(pieces[slot.piece], metric) for slot in slots]
    return [None if where is None else edges.column(where) for where in spans]


def _fragment(row: RowSlots) -> bool:
    """Whether an empty cell stands among values of different lengths: one may be half a number, or a page's."""
    inner = row.slots[row.slots.index(row.values[0]) : row.slots.index(row.values[-1])]
    sizes = [digits(s.reading) for s in row.values if s.reading is not None]
    return any(not s.solid for s in inner) and len(set(sizes)) > 1


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


# --- doubts ------------------------------------------------------------------------------------------------------------------


def _doubt_glued(
    solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece], *, blanks: bool
) -> None:
    """Two numbers glued together leave a row with an empty cell one slot short of the complete rows of its class.

    Where slots cannot be counted, a number far longer than its neighbours gives it away. So does one that no count can be: a
    leading zero, too many digits. A grid with spans proves its cells. A row that has fewer cells than there are columns, and
    does not show the others empty, has lost some: at its end, or anywhere.
    """
    usual: dict[object, set[int]] = collections.defaultdict(set)
    for row in rows:
        if len(row.values) == count and blanks:
            usual[row.kind].add(len(row.slots))
    for solution, row in zip(solutions, rows, strict=True):
        found = [c for c in solution.cells if c is not None]
        grid = any(pieces[c.piece].rowspan is not None for c in found)
        whole = len(found) == len(solution.cells)
        if solution.how is How.NONE or (whole and (grid or all(c.solid for c in found))):
            continue
        known = usual.get(row.kind)
        absent = not whole and not any(is_text_column(pieces[c.piece]) for c in found)
        strange = any(c.kind is Kind.NUMBER and c.reading is None for c in found)
        short = len(row.slots) < min(known) if known else _outgrown(found)
        solution.doubtful |= strange or absent or short


def _outgrown(found: Sequence[Slot]) -> bool:
    sizes = sorted(digits(c.reading) for c in found if c.reading is not None)
    return len(sizes) > 1 and sizes[-1] >= max(2 * sizes[-2], scoring.GLUED_DIGITS)


def _doubt_wrapped(solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece]) -> None:
    """Values wrapped over two lines leave a neighbour with far too many, or a row half on one line, half on the next."""
    sizes = [len(row.values) for row in rows]
    crowd = [size >= scoring.CROWDED * count for size in sizes]
    for i, (solution, row) in enumerate(zip(solutions, rows, strict=True)):
        crowded = count > 1 and any(crowd[j] for j in (i - 1, i + 1) if 0 <= j < len(sizes))
        solution.doubtful |= crowded or _broken(row, pieces)


def _broken(row: RowSlots, pieces: Sequence[Piece]) -> bool:
    """Whether a row has some values on one line and some on the next."""
    if not row.values:
        return False
    first, last = pieces[row.values[0].piece], pieces[row.values[-1].piece]
    if first.row is not None:
        return first.row != last.row or len({pieces[s.piece].row for s in row.values}) > 1
    if first.place is not None and last.place is not None and first.place.line == last.place.line:
        return False
    lines = {place.line for s in row.values if (place := pieces[s.piece].place) is not None}
    return 1 < len(lines) < len(row.values)
