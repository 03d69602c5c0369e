"""What is left of a bound table: numbers that no cell took, and rows that seem to be empty beside others that lost theirs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from govreport.binding.notes import note
from govreport.binding.stream import Slot, Stream
from govreport.model import Cell, Finding, Role, Status
from govreport.values import Kind

__all__ = ["leftovers", "unbound"]


def leftovers(cells: Sequence[Cell], stream: Stream, section: str, *, emptied: bool) -> Iterator[Finding]:
    """Findings on these; `emptied`: some row of the table has a label and nothing else."""
    rows = list(_empty_rows(cells))
    left = [stream.pieces[slot.piece] for slot in unbound(stream)]
    if left:
        keys = [cell.key for cell in cells if _is_empty(cell)]  # one of the numbers may be what it said
        raw = "、".join(p.text for p in left[:8])
        yield note("reading.unbound", cells=keys, place=left[0].place, section=section, count=len(left), raw=raw)
    for row in (row for row in rows if emptied or any(cell.raw for cell in row)):  # the end of a row of TeX is no empty cell
        name = row[0].label.split("|")[-2]
        yield note("reading.row_empty", cells=[cell.key for cell in row], place=row[0].place, section=section, row=name)


def _empty_rows(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The cells of each row, or group of columns, that has nothing printed."""
    for _, group in itertools.groupby(cells, key=lambda cell: cell.key.rpartition(".")[0]):
        row = list(group)
        if all(map(_is_empty, row)):
            yield row


def _is_empty(cell: Cell) -> bool:
    """Whether nothing is printed in the cell, as far as was seen."""
    return cell.status is Status.BLANK and not (cell.raw or "").strip("\\")


def unbound(stream: Stream) -> Iterator[Slot]:
    """The numbers that no cell took."""
    return (slot for slot in stream.slots if slot.kind is Kind.NUMBER and stream.roles[slot.piece] is Role.UNBOUND)
