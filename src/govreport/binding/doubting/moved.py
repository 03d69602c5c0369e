"""Rows of a grid whose cells were moved: one was added to them, or they stand in another row of the grid than their label."""

from __future__ import annotations

import itertools

from govreport.binding.rows.found import Found
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Stream
from govreport.model import Piece

__all__ = ["holds_moved_cells"]


def holds_moved_cells(row: RowSlots, found: Found, count: int, stream: Stream, *, labelled: bool) -> bool:
    """Whether a row of a grid, which is the container's own, has a cell too many, or values of another row."""
    last = stream.pieces[row.slots[-1].piece] if row.slots else None
    if last is None or last.rowspan is None or _is_shared(row, last, stream):
        return False
    return (labelled and _below(row, found, stream)) or (len(row.slots) > count and _is_overlong(row, count, last, stream))


def _is_shared(row: RowSlots, last: Piece, stream: Stream) -> bool:
    """Whether values of another row stand before it in its row of the grid: then that says nothing."""
    before = itertools.takewhile(lambda slot: slot.piece < row.slots[0].piece, stream.slots)
    return any(slot.solid and stream.pieces[slot.piece].row == last.row for slot in before)


def _below(row: RowSlots, found: Found, stream: Stream) -> bool:
    """Whether a value stands in a row of the grid that the label does not reach down to, or reaches into one itself."""
    label = stream.pieces[stream.piece_at(found.match.end - 1)]
    if label.row is None:
        return False
    bottom = label.row + (label.rowspan or 1)
    values = [stream.pieces[slot.piece] for slot in row.values]
    return any((piece.row or 0) >= bottom or (piece.row or 0) + (piece.rowspan or 1) > bottom for piece in values)


def _is_overlong(row: RowSlots, count: int, last: Piece, stream: Stream) -> bool:
    """Whether the row reaches farther than any other, its header's too, or has blanks and an empty cell under no other."""
    above = (last.row or 0) - 1
    under = any(piece.row == above and piece.column == last.column for piece in stream.pieces)
    if not under and 0 < len(row.values) < count:
        return True
    return _edge(last) > max((_edge(piece) for piece in stream.pieces if piece.row != last.row), default=0)


def _edge(piece: Piece) -> int:
    """The column behind a cell."""
    return (piece.column or 0) + (piece.colspan or 1)
