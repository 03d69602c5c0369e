"""Why a row that was solved is not believed: its label, what stands astray, what its table is like."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from govreport.binding import scoring
from govreport.binding.rows import Found
from govreport.binding.solution import How, Solution
from govreport.binding.spans import is_text_column
from govreport.binding.stream import Stream, ends_in_number
from govreport.binding.vocabulary import TableWords

__all__ = ["in_grid", "mark_open", "mark_short", "unheld", "weakness"]

_OPEN = ("其后一行缺失，行末无从核实", "the row after it is lost, and with it where this one ends")


def weakness(stream: Stream, solution: Solution, found: Found) -> tuple[str, str] | None:
    """Why the row is only inferred, in Chinese and English; None if it is read."""
    if found.match.sure < 0.8:  # noqa: PLR2004 - a label with one wrong character in five is still that label
        return "行标签残缺", "its label is damaged"
    if found.weak is not None:
        return found.weak
    astray = any(s.solid and s.position - found.match.end <= scoring.NEAR for s in found.stray)
    numbered = ends_in_number(stream.pieces[stream.piece_at(found.match.end - 1)].text)
    blank = any(cell is None or not cell.solid for cell in solution.cells)
    proven = solution.by_header and all(stream.pieces[s.piece].rowspan is not None for s in solution.cells if s is not None)
    if solution.doubtful or astray or found.lone or numbered or (blank and (found.uneven or (found.short and not proven))):
        return "数值位置或长度异常", "values stand in unusual places or are unusually long"
    return None


def unheld(words: TableWords, stream: Stream, solution: Solution, found: Found) -> bool:
    """Whether a row without a label, whose cells only their number tells, begins with an empty cell or has one too many.

    Where the margins of the other tables tell where its cells begin, more than their number does.
    """
    first = solution.cells[0]
    if words.rows or solution.how is How.WINDOW or first is None or stream.pieces[first.piece].row is not None:
        return False
    whole = all(cell is not None and cell.solid for cell in solution.cells)
    return not whole and (not first.solid or len(found.slots) > len(solution.cells))


def in_grid(solution: Solution, stream: Stream) -> bool:
    """Whether the header's cells prove the columns: where text is aligned, a header above a value proves less."""
    return solution.by_header and not any(is_text_column(stream.pieces[s.piece]) for s in solution.cells if s is not None)


def mark_short(rows: Sequence[tuple[Found, int]]) -> None:
    """A row with fewer cells than all others have lost one, if cells of it are empty: two numbers were glued, perhaps.

    Unless it has as many more than its columns as the others have.
    """
    for row, _ in rows:
        others = [(len(other.slots), len(other.slots) - columns) for other, columns in rows if other is not row]
        if others:
            size, surplus = (Counter(column).most_common(1)[0] for column in zip(*others, strict=True))
            agreed = size[1] >= max(scoring.FULL_ROWS, scoring.USUAL_SHARE * len(others)) and size[1] >= surplus[1]
            row.short = agreed and len(row.slots) < size[0]


def mark_open(rows: Sequence[Found | None], stream: Stream) -> None:
    """Where only the next label tells where a row ends, and that one is lost, values of the lost row may stand in it."""
    for row, following in itertools.pairwise(rows):
        if row is not None and following is None and row.slots and not _closed(row, stream):
            row.weak = row.weak or _OPEN


def _closed(row: Found, stream: Stream) -> bool:
    """Whether the last value stands on one line with its label, or in a row of a grid."""
    label, last = stream.pieces[stream.piece_at(row.match.end - 1)], stream.pieces[row.slots[-1].piece]
    one_line = last.place is not None and label.place is not None and last.place.line == label.place.line
    return last.rowspan is not None or (last.row == label.row and one_line)
