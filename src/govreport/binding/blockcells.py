"""The cells of a block as they were bound: those that may hold two numbers, and the empty ones that these leave room for."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve

from govreport.binding.bound import Bound
from govreport.binding.chosen import Chosen
from govreport.binding.doubting.together import number_in, together
from govreport.binding.notes import note, row_name
from govreport.model import Cell, Status
from govreport.values import is_split

__all__ = ["doubt_over_ends", "doubt_together"]

_TWO = ("空单元格旁的数可能是两个数连在一起", "a number in the row may be two in one, as a cell of it is empty")


def doubt_together(bound: Bound, block: Chosen, first: int) -> None:
    """The cells from `first` on are a block's: those that may be two numbers in one, as its sums have it."""
    table, at = bound.words.forms[block.form], first
    cells = iter(bound.cells[first:])
    told = [{cell.key: _number(cell) for cell in itertools.islice(cells, block.count)} for _ in block.spec.rows]
    for row, keys in zip(block.spec.rows, together(told, bound.words.relations[block.form]), strict=True):
        own = range(at, at := at + block.count)
        if keys and all(bound.cells[i].status in (Status.READ, Status.BLANK) for i in own):
            _doubt(bound, [i for i in own if bound.cells[i].key in keys], row_name(table, row), table.section)


def doubt_over_ends(bound: Bound, count: int, first: int) -> None:
    """Where several numbers end a row, the empty cell that begins the next one is named, too: one of them may be its own.

    The cells from `first` on are a block's, `count` a row.
    """
    ends = range(first + count, len(bound.cells), count)
    pairs = ((bound.cells[at - 1], bound.cells[at]) for at in ends)
    after = {one.key: other.key for one, other in pairs if is_split(one.raw or "") and other.raw == ""}
    if after:
        bound.doubts = [
            evolve(doubt, cells=(*doubt.cells, after[doubt.cells[0]]))
            if doubt.code == "reading.value" and doubt.cells[0] in after
            else doubt
            for doubt in bound.doubts
        ]


def _doubt(bound: Bound, cells: Sequence[int], row: str, section: str) -> None:
    """These cells of a row are only inferred."""
    for i in cells:
        read = bound.cells[i].status is Status.READ
        bound.cells[i] = evolve(bound.cells[i], status=Status.INFERRED) if read else bound.cells[i]
    zh, en = _TWO
    keys, place = [bound.cells[i].key for i in cells], bound.cells[cells[0]].place
    bound.doubts.append(note("reading.inferred", cells=keys, place=place, section=section, row=row, why_zh=zh, why_en=en))


def _number(cell: Cell) -> Decimal | None:
    return Decimal(cell.value) if cell.value is not None else number_in(cell.raw or "")
