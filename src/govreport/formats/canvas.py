"""Pieces with geometry as a matrix: what every layout renders from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from govreport.model import Piece, Table

__all__ = ["Slot", "flat", "matrix", "owners", "rows", "width"]

Slot = tuple[Piece, bool] | None
"""A piece and whether this is its top left corner; None where nothing stands."""


def matrix(table: Table) -> list[list[Slot]]:
    """The full grid of a table's pieces: each slot names the piece that covers it."""
    placed = [p for p in table.pieces if p.row is not None and p.column is not None]
    height = max((_end(p.row, p.rowspan) for p in placed), default=0)
    width = max((_end(p.column, p.colspan) for p in placed), default=0)
    grid: list[list[Slot]] = [[None] * width for _ in range(height)]
    for piece in placed:
        for row in range(piece.row or 0, _end(piece.row, piece.rowspan)):
            for column in range(piece.column or 0, _end(piece.column, piece.colspan)):
                grid[row][column] = (piece, row == piece.row and column == piece.column)
    return grid


def _end(start: int | None, span: int | None) -> int:
    return (start or 0) + (span or 1)


def owners(table: Table) -> list[list[str]]:
    """The full grid as text; the part of a merged cell beyond its corner is empty."""
    return [["" if slot is None or not slot[1] else slot[0].text for slot in row] for row in matrix(table)]


def rows(table: Table) -> list[list[str]]:
    """Row by row only the cells that begin there, as a layout without merged cells shows them."""
    return [[slot[0].text for slot in row if slot is not None and slot[1]] for row in matrix(table)]


def flat(lines: Iterable[str]) -> str:
    """Lines as a text that ends with a line feed."""
    return "\n".join(lines) + "\n"


def width(text: str) -> int:
    """How many half widths a fixed-width font needs for the text: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
