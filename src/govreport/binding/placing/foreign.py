"""Columns of a grid that are none of the form's, as their own headers say: remarks, serial numbers, subtotals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from govreport.binding import scoring
from govreport.binding.chosen import Chosen
from govreport.binding.labels.headers import grid_columns, header_pieces, is_header, made_of_labels
from govreport.binding.panels.readings import proven
from govreport.binding.rows.found import Found
from govreport.binding.stream import Stream, label_text
from govreport.forms import Relation
from govreport.labels import ratio, skeleton
from govreport.model import Role
from govreport.values import Kind, classify

__all__ = ["drop_foreign", "drop_unnamed"]

_BEGUN = 2
"""Characters that tell one label from another, 上年 from 本年."""
_UNNAMED = ("表旁另有一列数，没有表头", "a column of numbers without a header stands beside those of the form")


def drop_foreign(stream: Stream, blocks: Sequence[Chosen], known: Collection[str]) -> None:
    """Take what stands in such columns from the rows of a table's blocks, if nearly all have a cell in each of the form's.

    A row that has not is odd: one of its values may stand a column off. `known` are the labels of the table.
    """
    grids = [_grid(stream, block) for block in blocks]
    headed = {c for block, grid in zip(blocks, grids, strict=True) if grid for c in _headed(stream, block, grid, known)}
    rows = [(row, grid) for block, grid in zip(blocks, grids, strict=True) for row in block.found.values() if row.slots]
    foreign = _with_cells(stream, [row for row, _ in rows], headed) if headed and rows else set()
    fitting = [_fits(stream, row, grid.keys() | foreign) for row, grid in rows]
    if not foreign or (len(rows) > 1 and sum(fitting) < scoring.FOREIGN_ROWS * len(rows)):
        return
    damaged = foreign & {column for block in blocks for column in _damaged(stream, block)}
    for (row, grid), fits in zip(rows, fitting, strict=True):
        filled = {stream.pieces[slot.piece].column for slot in row.slots if slot.solid}
        row.odd |= not fits or (bool(filled & damaged) and filled <= foreign - grid.keys())
        if fits:
            _drop(stream, row, foreign - grid.keys())


def drop_unnamed(stream: Stream, block: Chosen, relations: Sequence[Relation]) -> None:
    """Take columns of numbers under empty headers from rows that have a value under each of the form's.

    The rows are doubted, unless their sums prove them: the header may be what moved.
    """
    grid, rows = _grid(stream, block), [(cells, row) for _, cells, row in block.rows() if row is not None and row.slots]
    said = [{stream.pieces[slot.piece].column for slot in row.slots if slot.solid} for _, row in rows]
    more = frozenset[int | None]().union(*said) - grid.keys()
    if not grid or not more or len(rows) < scoring.FULL_ROWS or not all(own >= grid.keys() for own in said):
        return
    if not all(_is_bare(stream, block, grid, column) for column in more):
        return
    for cells, row in rows:
        _drop(stream, row, more)
        places = ((stream.pieces[slot.piece].column, slot) for slot in row.slots)
        slots = {cells[grid[at]].key: slot for at, slot in places if at is not None and at in grid}
        row.weak = row.weak or (None if proven(slots, relations) else _UNNAMED)


def _fits(stream: Stream, row: Found, columns: AbstractSet[int]) -> bool:
    """Whether a row has a cell in each of the columns, and in no other one anything: there a label covers several, perhaps.

    None stands behind the last: where each row has one more, one that lost a cell would have as many as the columns.
    """
    own = {stream.pieces[slot.piece].column or 0: slot.kind for slot in row.slots}
    others = (column < max(columns, default=0) and kind is Kind.EMPTY for column, kind in own.items() if column not in columns)
    return columns <= own.keys() and all(others)


def _is_bare(stream: Stream, block: Chosen, grid: Mapping[int, int], column: int | None) -> bool:
    """Whether an empty cell stands over a column beside the lowest labels of the header, and no label above it."""
    header = list(header_pieces(stream, block.header))
    lowest = max((piece.row for piece in header if piece.column in grid and piece.row is not None), default=None)
    beside = [p for p in stream.pieces if p.column == column and p.row == lowest is not None]
    return all(p.column != column for p in header) and [classify(p.text) for p in beside] == [Kind.EMPTY]


def _grid(stream: Stream, block: Chosen) -> Mapping[int, int]:
    """Grid column → column of the form; nothing where a label stands over another column, too: another year's, perhaps."""
    pieces = list(header_pieces(stream, block.header))
    grid = grid_columns(pieces, block.labels) or {}
    others = (skeleton(piece.text) for piece in pieces if piece.column not in grid)
    return {} if any(is_header(text, variants) for text in others for variants in block.labels) else grid


def _headed(stream: Stream, block: Chosen, grid: Mapping[int, int], known: Collection[str]) -> Iterator[int]:
    """The columns under words that are no label of the table, beside those under its labels."""
    for piece in header_pieces(stream, block.header):
        columns = () if piece.column is None else range(piece.column, piece.column + (piece.colspan or 1))
        if grid.keys().isdisjoint(columns) and not made_of_labels(known, label_text(piece.text)):
            yield from columns


def _damaged(stream: Stream, block: Chosen) -> Iterator[int]:
    """The columns under words that are much like a label of the block and begin as it does: what damage left, perhaps."""
    for piece in header_pieces(stream, block.header):
        text = skeleton(piece.text)
        begun = (label for variants in block.labels for label in variants if label[:_BEGUN] == text[:_BEGUN] != label)
        if piece.column is not None and any(ratio(text, label) >= scoring.DAMAGED_HEADER for label in begun):
            yield piece.column


def _with_cells(stream: Stream, rows: Sequence[Found], headed: AbstractSet[int]) -> AbstractSet[int]:
    """Those of the columns in which nearly all rows have a cell; of an only row, those in which no label of it stands."""
    if len(rows) == 1:
        line = stream.pieces[rows[0].slots[0].piece].row
        return headed - {p.column for p in stream.pieces if p.row == line and classify(p.text) is Kind.TEXT}
    filled = [{stream.pieces[slot.piece].column for slot in row.slots} for row in rows]
    return {column for column in headed if sum(column in columns for columns in filled) >= scoring.FOREIGN_ROWS * len(rows)}


def _drop(stream: Stream, row: Found, foreign: Collection[int | None]) -> None:
    for slot in row.slots:
        if stream.pieces[slot.piece].column in foreign:
            stream.roles[slot.piece] = Role.REMARK
            stream.foreign.add(slot.piece)
    row.slots = [slot for slot in row.slots if stream.pieces[slot.piece].column not in foreign]
