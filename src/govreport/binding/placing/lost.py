"""A grid that lost columns together with their headers: the labels that are left say whose the values are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from govreport.binding import scoring
from govreport.binding.labels.headers import Labels, grid_columns
from govreport.binding.solution import RowSlots
from govreport.model import Piece

__all__ = ["columns_left"]


def columns_left(
    header: Sequence[Piece], labels: Labels, rows: Collection[RowSlots], pieces: Sequence[Piece]
) -> Mapping[int, int]:
    """Grid column → column of the form, where some of the form's have no label; nothing where that does not decide.

    It does where no two columns have the same label, where each label stands over a column of cells, and where every row ends
    in cells of just these columns and says nothing before them.
    """
    if len(set(labels)) < len(labels) or len(rows) < scoring.FULL_ROWS:
        return {}
    left = [variants for variants in labels if grid_columns(header, (variants,))]
    grid = grid_columns(header, left) if scoring.WIDE <= len(left) < len(labels) else None
    if grid is None or len(grid) != len(left):
        return {}
    if any({pieces[slot.piece].column for slot in row.slots[-len(grid) :]} != grid.keys() for row in rows):
        return {}
    if any(slot.solid for row in rows for slot in row.slots[: -len(grid)]):
        return {}
    return {column: labels.index(left[at]) for column, at in grid.items()}
