"""What speaks against a row that was solved: numbers glued or torn, cells too many or too few, lines that were wrapped.

Nothing here binds a value or takes one away; a row is only marked doubtful.
"""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Sequence

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.placing.spans import is_text_column
from govreport.binding.solution import How, RowSlots, Solution
from govreport.binding.stream import Slot, is_gap
from govreport.model import Piece
from govreport.values import Kind, Reading, digits, is_split

__all__ = [
    "Totals",
    "doubt_glued",
    "doubt_longer",
    "doubt_shifted",
    "doubt_wrapped",
    "ends_in_sum_twice",
    "repeated_totals",
]


def doubt_glued(
    solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece], *, blanks: bool
) -> None:
    """Two numbers glued together leave a row with an empty cell one slot short of the complete rows of its class.

    Where slots cannot be counted, a number far longer than its neighbours gives it away. So does one that no count can be: a
    leading zero, too many digits. The grid of a container proves its cells. A row that has fewer cells than there are columns,
    and does not show the others empty, has lost some: at its end, or anywhere.
    """
    usual: dict[object, set[int]] = collections.defaultdict(set)
    for row in rows:
        if len(row.values) == count and blanks:
            usual[row.kind].add(len(row.slots))
    for solution, row in zip(solutions, rows, strict=True):
        found = [c for c in solution.cells if c is not None]
        grid = any((place := pieces[c.piece].place) is not None and place.table is not None for c in found)
        whole = len(found) == len(solution.cells)
        strange = any(c.unread for c in found)
        torn = strange and not grid and _outgrown(solution.cells, counted=True)  # one in two parts, perhaps, and two in one
        if solution.how is How.NONE or (whole and (grid or all(c.solid for c in found)) and not torn):
            continue
        known = usual.get(row.kind)
        absent = not whole and not any(is_text_column(pieces[c.piece]) for c in found)
        counted = solution.how is How.WINDOW or (bool(known) and not any(is_gap(pieces, s.piece) for s in row.slots))
        short = len(row.slots) < min(known or {0}) or _outgrown(solution.cells, counted=counted)
        solution.doubtful |= strange or absent or short or _outgrows_others(row, rows)


def _outgrown(cells: Sequence[Slot | None], *, counted: bool) -> bool:
    """Whether a number is far longer than the others, or longer at all where the last cell is empty: gluing moved the rest.

    The latter says nothing where the row's cells were counted.
    """
    *_, second, longest = (0, 0, *sorted(digits(c.reading) for c in cells if c is not None and c.reading is not None))
    moved = not counted and (cells[-1] is None or not cells[-1].solid)
    least = max(second + 1, scoring.GLUED_MOVED) if moved else max(second + scoring.GLUED_MORE, scoring.GLUED_DIGITS)
    return second > 0 and longest >= least


def _outgrows_others(row: RowSlots, rows: Sequence[RowSlots]) -> bool:
    """Whether the one number of a row is far longer than all of the others'."""
    own, *more = [digits(slot.reading) for slot in row.values if slot.reading is not None] or [0]
    others = max((digits(slot.reading) for other in rows if other is not row for slot in other.values), default=0)
    return not more and others > 0 and own >= max(others + scoring.GLUED_MORE, scoring.GLUED_DIGITS)


def doubt_longer(solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece]) -> None:
    """A row with all its values and yet with an empty cell that others have not: one of the values is none of its own."""
    full = [(solution, row) for solution, row in zip(solutions, rows, strict=True) if len(row.values) == count]
    if not any(is_gap(pieces, s.piece) for _, row in full for s in row.slots if not s.solid):
        return
    spare = [_spare(row, pieces) for _, row in full]
    for number, (solution, row) in enumerate(full):
        within = [gaps for gaps, _ in spare[:number] + spare[number + 1 :]]
        behind = [own for i, (_, own) in enumerate(spare) if i != number and full[i][1].kind == row.kind]
        solution.doubtful |= _most(within, spare[number][0]) or _most(behind, spare[number][1])


def _spare(row: RowSlots, pieces: Sequence[Piece]) -> tuple[int, int]:
    """How many empty cells before a row's last value only gaps tell of, and how many stand behind the row, after such a gap."""
    last = row.slots.index(row.values[-1])
    gaps = [i for i, s in enumerate(row.slots) if not s.solid and is_gap(pieces, s.piece)]
    behind = [i for i in range(last + 1, len(row.slots)) if i not in gaps]
    return sum(i < last for i in gaps), len(behind) if last + 1 in gaps else 0


def doubt_shifted(
    solutions: list[Solution],
    rows: Sequence[RowSlots],
    count: int,
    pieces: Sequence[Piece],
    totals: Totals,
    *,
    named: bool,
    whole: bool,
) -> None:
    """Rows with an empty cell whose values may stand a column off.

    `named`: the header names the columns, and a row that was not read by them has values beside. `whole`: the header has all
    its labels; where one is lost, its column may be. A total printed twice makes a row with an empty cell look complete.
    """
    ends, inner = _alike(rows)
    twice, rare = named or totals.twice or ends > max(scoring.CROWDED_SHARE, 5 * inner), inner < 1 - scoring.USUAL_SHARE
    for solution, row in zip(solutions, rows, strict=True):
        told = row.values if solution.how is How.NONE else solution.cells
        last = [None if cell is None else cell.reading for cell in told]
        solution.doubtful |= count >= scoring.WIDE and ends_in_sum_twice(last)
        if not solution.by_header and row.values:
            short = any(cell is None or not cell.solid for cell in solution.cells)
            before = any(not s.solid for s in row.slots[: row.slots.index(row.values[-1])])
            lost = (not whole and short and solution.how is not How.COLUMNS) or any(_unread(s, pieces) for s in row.values)
            full, again = len(row.values) == count, _ends_twice(row)
            shifted = (twice and before and (full or again)) or (again and rare and (twice or before))
            solution.doubtful |= lost or shifted or (totals.wider and full)


@frozen
class Totals:
    """Whether a row of a table ends in its total `twice`, and whether the table has a column more for it: is `wider`.

    Then a row that seems full lacks a value.
    """

    twice: bool = False
    wider: bool = False


def repeated_totals(rows: Iterable[tuple[RowSlots, int]]) -> Totals:
    """What the rows of a table, each with the number of its columns, say of totals printed twice.

    One row with a value more may be damaged alone, unless others lack values; and in a full row that ends otherwise no total is
    there twice.
    """
    wide = [(row, count) for row, count in rows if count > 1]
    more = [len(row.values) > count for row, count in wide if row.reach == count + 1 and _ends_twice(row)]
    lacking = any(0 < len(row.values) < count for row, count in wide)
    full = all(_ends_twice(row) for row, count in wide if len(row.values) == count)
    return Totals(bool(more), full and sum(more) >= (1 if lacking else scoring.FULL_ROWS))


def _unread(slot: Slot, pieces: Sequence[Piece]) -> bool:
    """Whether something unreadable stands as a cell of its own where nothing keeps rows apart: it may be no cell at all.

    Nor may a number that stands on another line than its cell's separator.
    """
    piece = pieces[slot.piece]
    if slot.kind is not Kind.NUMBER or piece.row is not None:
        return False
    return not is_split(piece.text) if slot.reading is None else not slot.reading.sure and "\n" in piece.text


def ends_in_sum_twice(row: Sequence[Reading | None]) -> bool:
    """Whether the last number, a total, is that of the cell before, though the three before that, its other parts, say more."""
    numbers = [0 if reading is None else reading.value for reading in row[-5:]]
    return len(numbers) > scoring.FULL_ROWS and numbers[-1] == numbers[-2] != 0 and any(n > 0 for n in numbers[:-2])


def _ends_twice(row: RowSlots) -> bool:
    """Whether the row ends in the same number twice."""
    return len(row.values) > 1 and row.values[-1].reading == row.values[-2].reading is not None


def _alike(rows: Sequence[RowSlots]) -> tuple[float, float]:
    """The share of rows that end in the same value twice, and of other neighbours that are the same.

    As if all of these were, where there are so few that chance decides.
    """
    pairs = [(a.reading == b.reading, b is row.values[-1]) for row in rows for a, b in itertools.pairwise(row.values)]
    ends = [same for same, last in pairs if last]
    inner = [same for same, last in pairs if not last]
    return (sum(ends) / len(ends), sum(inner) / len(inner)) if len(inner) >= scoring.ALONE else (0.0, 1.0)


def _most(others: Sequence[int], own: int) -> bool:
    """Whether most of the others have fewer."""
    return len(others) >= scoring.FULL_ROWS and 2 * sum(other < own for other in others) > len(others)


def doubt_wrapped(solutions: list[Solution], rows: Sequence[RowSlots], count: int, pieces: Sequence[Piece]) -> None:
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
    if (rows := {pieces[s.piece].row for s in row.values}) != {None}:
        return len(rows) > 1
    first, last = pieces[row.values[0].piece], pieces[row.values[-1].piece]
    if first.place is not None and last.place is not None and first.place.line == last.place.line:
        return False
    lines = {place.line for s in row.values if (place := pieces[s.piece].place) is not None}
    return 1 < len(lines) < len(row.values)
