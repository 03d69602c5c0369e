"""A slot of a row → a cell of the form, with what it says and how surely."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from govreport.binding.stream import Slot
from govreport.forms import CellSpec
from govreport.model import Cell, Piece, Status, Value
from govreport.values import Kind, is_split

__all__ = ["missing_cell", "read_cell"]


def missing_cell(spec: CellSpec, form: str) -> Cell:
    """A cell of which the document shows nothing that can be told."""
    return Cell(key=spec.key, label=spec.label, form=form, unit=spec.unit)


def read_cell(
    spec: CellSpec, form: str, slot: Slot | None, pieces: Sequence[Piece], wrapped: Collection[int], *, weak: bool
) -> tuple[Cell, bool]:
    """One cell from its slot, and whether its text is what such a cell may say; `wrapped` are numbers broken over lines."""
    if slot is None:
        return Cell(key=spec.key, label=spec.label, form=form, raw="", unit=spec.unit, status=Status.BLANK), True
    piece = pieces[slot.piece]
    if slot.reading is None:
        return _unread(spec, form, slot, piece, sure=slot.piece in wrapped and not weak)
    status = Status.READ if slot.reading.sure and not weak else Status.INFERRED
    cell = Cell(
        key=spec.key,
        label=spec.label,
        form=form,
        raw=piece.text,
        value=spec.number(slot.reading.value),
        unit=slot.reading.unit or spec.unit,
        status=status,
        place=piece.place,
    )
    return cell, slot.reading.sure


def _unread(spec: CellSpec, form: str, slot: Slot, piece: Piece, *, sure: bool) -> tuple[Cell, bool]:
    torn = slot.kind is Kind.NUMBER and is_split(piece.text)
    joined: Value = None
    if torn and len(piece.text) <= 12 and any(c.isspace() for c in piece.text):  # noqa: PLR2004 - longer than any number, so several
        digits = "".join(piece.text.split())
        joined = Decimal(digits) if "." in digits else int(digits.replace(",", ""))
    sure &= joined is not None
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
