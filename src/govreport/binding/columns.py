"""Which of a row's slots belongs to which column of the form.

A row with as many printed values as it has columns is plain. For every other row there must be evidence of where its empty cells
are: the columns of the header, columns that the complete rows of the same table agree on, or a number of slots that they
explain. Without it nothing is bound.
"""

from __future__ import annotations

import collections
import statistics
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from attrs import define, field

from govreport.binding import scoring
from govreport.binding.stream import Slot
from govreport.model import Piece
from govreport.values import Kind

__all__ = ["How", "RowSlots", "Solution", "keeps_blanks", "solve"]


class How(StrEnum):
    """On what evidence a row was solved."""

    COUNT = "count"  # as many values as columns
    COLUMNS = "columns"  # the columns of the header, or of the complete rows
    WINDOW = "window"  # the slots around the values are those of a complete row of the same class
    NONE = "none"


@define
class RowSlots:
    """The slots that a row owns, in order.

    `kind` is (class of the row, class of the row after it): rows of one class are laid out alike. `label` is the column in which
    its label stands, None where the layout has none.
    """

    slots: list[Slot]
    kind: tuple[object, ...] = (None, None)
    label: int | None = None
    values: list[Slot] = field(init=False)
    """The slots in which something is printed."""

    @values.default
    def _solid(self) -> list[Slot]:
        return [s for s in self.slots if s.kind is not Kind.EMPTY]


@define
class Solution:
    """For each column its slot (None where the document shows no cell), how that is known, and the slots left over."""

    cells: list[Slot | None]
    how: How
    left: list[Slot] = field(factory=list)
    doubtful: bool = False


Span = tuple[int, int]
Learned = Mapping[object, list[Span]]


def keeps_blanks(rows: Sequence[tuple[RowSlots, int]], *, blanks: bool) -> bool:
    """Whether a table shows its empty cells: a row shorter than the form's has lost some, and then the others cannot be trusted.

    Only cells lost at the end of a line do no harm; that they alone were lost, an empty cell between values proves, in a layout
    that keeps `blanks`.
    """
    filled = [(row, count) for row, count in rows if row.values]
    inner = any(not s.solid for row, _ in filled for s in row.slots[: row.slots.index(row.values[-1])])
    return (blanks and inner) or all(len(row.slots) >= count for row, count in filled)


def solve(rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece], header: Mapping[int, int] | None, *, blanks: bool) -> list[Solution]:
    """Solve the rows of one block together.

    `header` maps a column of the grid to a column of the form; `blanks`: the layout keeps empty cells and the table lost none.
    """
    full = [row for row in rows if len(row.values) == count]
    if len(full) == len(rows) and header is None:
        solutions = [Solution(row.values, How.COUNT) for row in rows]
        _doubt_wrapped(solutions, rows, count, pieces)
        return solutions
    learned = [_learn(full, pieces, metric) for metric in (_display, _characters)]
    offsets = _offsets(full, count)
    uniform = blanks and all(len(row.slots) == count for row in rows)
    solutions = []
    for row in rows:
        found = _by_header(row, count, pieces, header) if header and (blanks or len(row.values) == count) else None
        found = found or _plain(row, count, pieces, learned) or _by_columns(row, count, pieces, learned)
        found = found or _by_window(row, count, offsets, uniform=uniform, blanks=blanks)
        solutions.append(found or Solution([None] * count, How.NONE, row.values))
    if not blanks:
        _doubt_glued(solutions)
    _doubt_wrapped(solutions, rows, count, pieces)
    return solutions


# --- the header's columns ----------------------------------------------------------------------------------------------------


def _by_header(row: RowSlots, count: int, pieces: Sequence[Piece], header: Mapping[int, int]) -> Solution | None:
    """The column decides, blanks included; a cell repeated for each column that it was merged over counts once."""
    cells: list[Slot | None] = [None] * count
    for slot in row.slots:
        piece = pieces[slot.piece]
        column = header.get(-1 if piece.column is None else piece.column)
        if column is None:
            if slot.solid:
                return None
            continue
        before = cells[column]
        if before is None or not before.solid:
            if (piece.colspan or 1) > 1 and len({header.get(c) for c in range(piece.column or 0, (piece.column or 0) + (piece.colspan or 1))} - {None}) > 1:
                return None  # one value over several columns is no value of any
            cells[column] = slot
        elif slot.solid and pieces[before.piece].text != piece.text:
            return None
    return Solution(cells, How.COLUMNS) if any(c is not None for c in cells) else None


# --- the columns of complete rows --------------------------------------------------------------------------------------------


def _display(slot: Slot, pieces: Sequence[Piece]) -> int | None:
    """Column of the grid, or half widths before the piece."""
    return pieces[slot.piece].column


def _characters(slot: Slot, pieces: Sequence[Piece]) -> int | None:
    """Characters before the piece: some tools align by these."""
    place = pieces[slot.piece].place
    return None if place is None or place.table is not None or pieces[slot.piece].column is None else place.column


def _learn(full: list[RowSlots], pieces: Sequence[Piece], metric: object) -> tuple[object, Learned]:
    """The spans of columns on which complete rows agree, by class of row; under None if rows of every class agree.

    Rows of different classes agree by chance where each lost as many cells: only labels in different columns of one grid, or
    a row of the class itself, prove that they do not.
    """
    groups: dict[object, list[list[Span]]] = collections.defaultdict(list)
    for row in full:
        spans = [_span(s, pieces, metric) for s in row.values]
        known = [s for s in spans if s is not None]
        if len(known) == len(spans):
            groups[row.kind[0]].append(known)
    together = _unite([row for rows in groups.values() for row in rows], share=1.0)
    learned = {kind: spans for kind, rows in groups.items() if (spans := together or _unite(rows))}
    if together and metric is _display and len({row.label for row in full}) > 1 and not any(_is_text_column(pieces[s.piece]) for s in full[0].values):
        learned[None] = together
    return metric, learned


def _span(slot: Slot, pieces: Sequence[Piece], metric: object) -> Span | None:
    start = metric(slot, pieces) if callable(metric) else None
    if start is None:
        return None
    aligned = pieces[slot.piece].colspan is None and _is_text_column(pieces[slot.piece])
    return start, start + (len(pieces[slot.piece].text) - 1 if aligned else 0)


def _is_text_column(piece: Piece) -> bool:
    """Whether a piece's column counts characters: then it is about as far right as its place says."""
    return piece.place is not None and piece.place.column is not None and (piece.column or 0) >= piece.place.column - 1


def _unite(rows: list[list[Span]], share: float = scoring.FULL_SHARE) -> list[Span] | None:
    """The columns as the union of their values' spans, if they keep apart."""
    if len(rows) < scoring.FULL_ROWS:
        return None
    count = len(rows[0])
    middles = [statistics.median_low([row[j][0] for row in rows]) for j in range(count)]
    agreeing = [row for row in rows if all(abs(row[j][0] - middles[j]) <= scoring.COLUMN_SLACK for j in range(count))]
    if len(agreeing) < share * len(rows):
        return None
    united = [(min(r[j][0] for r in agreeing), max(r[j][1] for r in agreeing)) for j in range(count)]
    apart = all(a[1] < b[0] for a, b in zip(united, united[1:], strict=False))
    return united if apart else None


def _touches(a: Span, b: Span) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _known(row: RowSlots, learned: Sequence[tuple[object, Learned]]) -> Iterator[tuple[object, list[Span]]]:
    for metric, by_kind in learned:
        spans = by_kind.get(row.kind[0]) or by_kind.get(None)
        if spans is not None:
            yield metric, spans


def _plain(row: RowSlots, count: int, pieces: Sequence[Piece], learned: Sequence[tuple[object, Learned]]) -> Solution | None:
    """As many values as columns; doubtful where they stand in none of the columns that complete rows agree on."""
    values = row.values
    if len(values) != count:
        return None
    known = list(_known(row, learned))
    fits = any(all((at := _span(s, pieces, metric)) is not None and _touches(at, spans[j]) for j, s in enumerate(values)) for metric, spans in known)
    return Solution(list(values), How.COUNT, doubtful=bool(known) and not fits)


def _by_columns(row: RowSlots, count: int, pieces: Sequence[Piece], learned: Sequence[tuple[object, Learned]]) -> Solution | None:
    """An incomplete row whose values each stand in one of the columns of complete rows."""
    for metric, spans in _known(row, learned):
        cells = _placed(row, count, pieces, metric, spans)
        if cells is not None:
            return Solution(cells, How.COLUMNS)
    return None


def _placed(row: RowSlots, count: int, pieces: Sequence[Piece], metric: object, spans: list[Span]) -> list[Slot | None] | None:
    cells: list[Slot | None] = [None] * count
    for slot in row.slots:
        at = _span(slot, pieces, metric)
        touched = [] if at is None else [j for j, span in enumerate(spans) if _touches(at, span)]
        if len(touched) == 1 and (cells[touched[0]] is None or not slot.solid):
            cells[touched[0]] = cells[touched[0]] or slot
        elif slot.solid:
            return None
    return cells if any(c is not None and c.solid for c in cells) else None


# --- the number of slots -----------------------------------------------------------------------------------------------------


def _offsets(full: list[RowSlots], count: int) -> dict[tuple[object, ...], set[int]]:
    """At which slot the values of complete rows begin, by number of slots and class of row; -1 where empty cells stand among them."""
    found: dict[tuple[object, ...], set[int]] = collections.defaultdict(set)
    for row in full:
        begins = next(j for j, s in enumerate(row.slots) if s.solid)
        whole = all(s.solid for s in row.slots[begins : begins + count])
        for key in ((len(row.slots), row.kind), (len(row.slots),)):
            found[key].add(begins if whole else -1)
    return found


def _by_window(row: RowSlots, count: int, offsets: Mapping[tuple[object, ...], set[int]], *, uniform: bool, blanks: bool) -> Solution | None:
    """The only window of slots that complete rows of the same class, or the row's own ends, allow."""
    slots, values = row.slots, row.values
    size = len(slots)
    if size < count or len(values) > count or not blanks:
        return None
    solid = [j for j, s in enumerate(slots) if s.solid]
    known = offsets.get((size, row.kind)) or offsets.get((size,)) or set()
    if -1 in known:
        return None
    first, last = (solid[0], solid[-1]) if solid else (size, -1)
    fits = [w for w in range(size - count + 1) if w <= first and last < w + count]
    chosen = [w for w in fits if w in known]
    if len(known) == 1 and len(chosen) == 1:
        at = chosen[0]
    elif not known and (uniform or last - first + 1 == count):
        at = 0 if uniform else first
    else:
        return None
    return Solution(list(slots[at : at + count]), How.WINDOW)


# --- doubts ------------------------------------------------------------------------------------------------------------------


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


def _doubt_wrapped(solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece]) -> None:
    """Values wrapped over two lines leave rows with far too many, or a row half on one line, half on the next."""
    sizes = [len(row.values) for row in rows]
    crowd = [size >= scoring.CROWDED * count for size in sizes]
    everywhere = sum(size > count for size in sizes) > scoring.CROWDED_SHARE * len(sizes)
    for i, (solution, row) in enumerate(zip(solutions, rows, strict=True)):
        crowded = count > 1 and (everywhere or any(crowd[j] for j in (i - 1, i + 1) if 0 <= j < len(sizes)))
        solution.doubtful |= crowded or _broken(row, pieces)


def _broken(row: RowSlots, pieces: Sequence[Piece]) -> bool:
    """Whether a row without geometry has some values on one line and some on the next."""
    if not row.values or pieces[row.values[0].piece].row is not None:
        return False
    lines = {place.line for s in row.values if (place := pieces[s.piece].place) is not None}
    return 1 < len(lines) < len(row.values)


def _digits(slot: Slot) -> int:
    return 0 if slot.reading is None else len(str(abs(int(slot.reading.value))))
