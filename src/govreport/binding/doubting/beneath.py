"""Empty cells that no sum tells of: blanks, where every cell of a grid stands under the label of its column.

A cell that a row lost has moved those behind it under other labels, and left none under the last. Rows that are unlike the
others go the long way: what stands under a label may be two numbers, or none of the table's.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.doubting.neighbours import counted
from govreport.binding.doubting.steps import outgrows
from govreport.binding.labels.headers import Labels, grid_columns
from govreport.model import Piece
from govreport.values import Kind, classify, digits, read_value

__all__ = ["UnderHeader", "are_beneath"]


@frozen
class UnderHeader:
    """A block: the pieces of its header, the labels of its columns, and the cells of each row."""

    header: Sequence[Piece]
    labels: Labels
    rows: Sequence[Sequence[Piece]]


def are_beneath(blocks: Sequence[UnderHeader]) -> bool:
    """Whether every row of every block has just one cell under each label, and none is unlike the others."""
    rows = [row for block in blocks for row in block.rows]
    return all(map(_is_beneath, blocks)) and not (any(map(_is_fuller, blocks)) or _run_together(rows) or _count(rows))


def _is_beneath(block: UnderHeader) -> bool:
    """Whether the labels fill cells of their own, in the order of the form, and so do the cells of each row below them."""
    columns = grid_columns(block.header, block.labels)
    if columns is None or [*map(columns.__getitem__, sorted(columns))] != [*range(len(block.labels))]:
        return False
    alike = len({row[-1].colspan for row in block.rows}) == 1
    return alike and all([cell.column for cell in row] == sorted(columns) and _is_gridded(row) for row in block.rows)


def _is_gridded(row: Iterable[Piece]) -> bool:
    """Whether cells are those of a container, each in a row of its own height."""
    return all(cell.rowspan == 1 for cell in row)


def _is_fuller(block: UnderHeader) -> bool:
    """Whether one row has all its values and many others lack some: a column is gone, perhaps."""
    sizes = [size for row in block.rows if (size := len(_said(row)))]
    return sizes.count(len(block.labels)) == 1 and len(sizes) > scoring.ALONE


def _run_together(rows: Iterable[Sequence[Piece]]) -> bool:
    """Whether a row ends in a number far longer than any other, and the next begins with more empty cells or has no value."""
    for one, other in itertools.pairwise(rows):
        said, following = _said(one), _said(other)
        if not said or (following and min(following) <= min(said)):
            continue
        alone = len(one) >= scoring.WIDE and len(said) > scoring.WIDE
        sizes = [digits(read_value(text)) for text in (*said.values(), *(() if alone else following.values()))]
        if outgrows(sizes[len(said) - 1], sizes):
            return True
    return False


def _said(row: Iterable[Piece]) -> dict[int, str]:
    """What the cells of a row say that are not empty, by their number."""
    return {at: cell.text for at, cell in enumerate(row) if classify(cell.text) is not Kind.EMPTY}


def _count(rows: Iterable[Sequence[Piece]]) -> bool:
    """Whether rows end in the numbers of a long count."""
    ends = ([*_said(row).values()][-1:] for row in rows)
    return any(counted([read_value(end[0]) if end else None for end in ends]))
