"""Values printed once for each column that their cell was merged over, as their label is: the same number is one value."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from govreport.binding.labels.headers import header_pieces, is_header
from govreport.binding.solution import RowSlots, Solution
from govreport.binding.stream import Slot, Stream
from govreport.labels import skeleton

__all__ = ["once", "times_printed", "with_twins"]


def times_printed(stream: Stream, header: tuple[int, int], labels: Sequence[tuple[str, ...]]) -> Sequence[int]:
    """How often the header has each label on the last line of its labels, one behind the other; nothing if once each.

    Where the layout has no lines, all cells stand on one.
    """
    pieces = header_pieces(stream, header)
    own = [(p.row, j) for p in pieces for j, variants in enumerate(labels) if is_header(skeleton(p.text), variants)]
    line = [j for row, j in own if row == own[-1][0]]
    runs = [(j, len(list(run))) for j, run in itertools.groupby(line)]
    whole = [j for j, _ in runs] == [*range(len(labels))] and len(line) > len(labels)
    return [times for _, times in runs] if whole else ()


def once(row: RowSlots, times: Sequence[int], stream: Stream) -> tuple[RowSlots, list[Slot]]:
    """The row with each of its values once, and what repeats them, if every value stands on its line as often as its label."""
    values, pieces = row.values, stream.pieces
    rows = {pieces[slot.piece].row for slot in row.slots}
    if not times or len(values) != sum(times) or len(rows) > 1:
        return row, []
    shown = row.slots if None not in rows else row.slots[row.slots.index(values[0]) : row.slots.index(values[-1]) + 1]
    if len(shown) != len(values):
        return row, []
    left = iter(values)
    groups = [list(itertools.islice(left, count)) for count in times]
    if any(len({pieces[slot.piece].text for slot in group}) > 1 for group in groups):
        return row, []
    return RowSlots([group[0] for group in groups], row.kind, row.label), [slot for group in groups for slot in group[1:]]


def with_twins(solution: Solution, twins: Sequence[Slot]) -> Solution:
    """The solution, of which these repeat the values."""
    solution.twins = [*solution.twins, *twins]
    return solution
