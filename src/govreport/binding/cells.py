"""A slot of a row → a cell of the form, with what it says and how surely."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from govreport.binding.stream import Slot
from govreport.forms import CellSpec
from govreport.legible import likely
from govreport.model import Cell, Piece, Status, Value
from govreport.values import Kind, Reading, is_split, read_value

__all__ = ["missing_cell", "printed_cell", "read_cell"]

_LONGEST = 12
"""No number that was torn apart is longer: what is, are several."""


def missing_cell(spec: CellSpec, form: str) -> Cell:
    """A cell of which the document shows nothing that can be told."""
    return Cell(key=spec.key, label=spec.label, form=form, unit=spec.unit)


def printed_cell(spec: CellSpec, form: str, piece: Piece, reading: Reading | None, status: Status = Status.READ) -> Cell:
    """A cell with what a piece shows: a number in its printed unit, or, with no reading, a printed nothing."""
    return Cell(
        key=spec.key,
        label=spec.label,
        form=form,
        raw=piece.text,
        value=None if reading is None else spec.number(reading.value),
        unit=(reading and reading.unit) or spec.unit,
        status=Status.BLANK if reading is None else status,
        place=piece.place,
    )


def read_cell(
    spec: CellSpec, form: str, slot: Slot | None, pieces: Sequence[Piece], wrapped: Collection[int], *, weak: bool
) -> tuple[Cell, bool]:
    """One cell from its slot, and whether its text is what such a cell may say; `wrapped` are numbers broken over lines."""
    if slot is None:
        return Cell(key=spec.key, label=spec.label, form=form, raw="", unit=spec.unit, status=Status.BLANK), True
    piece = pieces[slot.piece]
    if slot.reading is None:
        return _unread(spec, form, slot, piece, sure=slot.piece in wrapped and not weak)
    fine = slot.reading.sure and spec.fits(slot.reading.value)
    status = Status.READ if fine and not weak else Status.INFERRED
    return printed_cell(spec, form, piece, slot.reading, status), fine


def _likely(spec: CellSpec, piece: Piece) -> Value:
    """What a person takes the cell for, if it may hold that number; zeros before others may be cells run together."""
    told = likely(piece.text)
    apart = piece.rowspan is not None or not is_split(piece.text)
    return spec.number(told) if told is not None and apart and spec.fits(told) else None


def _unread(spec: CellSpec, form: str, slot: Slot, piece: Piece, *, sure: bool) -> tuple[Cell, bool]:
    joined: Value = None
    if slot.kind is Kind.NUMBER and is_split(piece.text) and len(piece.text) <= _LONGEST and any(map(str.isspace, piece.text)):
        whole = read_value("".join(piece.text.split()))
        joined = None if whole is None else spec.number(whole.value)
    sure &= joined is not None
    if joined is None and slot.kind is Kind.NUMBER:
        joined = _likely(spec, piece)
    number = Status.READ if sure else Status.MISSING if joined is None else Status.INFERRED
    status = number if slot.kind is Kind.NUMBER else Status.BLANK
    cell = Cell(
        key=spec.key,
        label=spec.label,
        form=form,
        raw=piece.text,
        value=joined,
        unit=spec.unit,
        status=status,
        place=piece.place,
    )
    return cell, sure or slot.kind is not Kind.NUMBER
