"""Cells of several columns in one, as converters of pages make them that take two columns for one: their values apart.

新收 | 2 0 | 0 1 | 3      →      新收 | 2 | 0 | 0 | 1 | 3
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from govreport.model import Piece
from govreport.pieces import Pieces
from govreport.values import Kind, classify

__all__ = ["unpacked"]

_FEWEST = 3
"""Such cells: a number torn in two stands in one."""


def unpacked(pieces: Pieces) -> Pieces | None:
    """The pieces with each value on its own, in no column; None where there are few such cells."""
    packed = sum(row is not None and _holds_several(text) for row, text in zip(pieces.rows, pieces.texts, strict=True))
    return Pieces.of([part for piece in pieces for part in _parts(piece)]) if packed >= _FEWEST else None


def _holds_several(text: str) -> bool:
    return " " in text and all(classify(part) in {Kind.NUMBER, Kind.MARK} for part in text.split())


def _parts(piece: Piece) -> Iterator[Piece]:
    if piece.row is None or not _holds_several(piece.text):
        yield piece
        return
    for part in piece.text.split():
        yield evolve(piece, text=part, column=None, rowspan=None, colspan=None)
