"""Where a piece stands: in a column of a grid, or from one character of its line to another."""

from __future__ import annotations

from collections.abc import Callable

from govreport.model import Piece

__all__ = ["EDGES", "METRICS", "Metric", "Span", "characters", "display", "is_text_column", "span"]

Span = tuple[int, int]
"""The first and the last column that a piece covers."""
Metric = Callable[[Piece], int | None]


def display(piece: Piece) -> int | None:
    """Column of the grid, or half widths before the piece."""
    return piece.column


def characters(piece: Piece) -> int | None:
    """Characters before the piece: some tools align by these, so that Chinese characters push what follows to the right."""
    return piece.place.column if piece.place is not None and is_text_column(piece) else None


METRICS: tuple[Metric, ...] = (display, characters)


EDGES = ((1, 0), (0, 1), (1, 1))
"""How pieces of a column are aligned, as the weights of begin and end: left, right, centred (twice the middle)."""


def is_text_column(piece: Piece) -> bool:
    """Whether a piece's column counts characters, of which it then covers several, and not the columns of a grid."""
    return piece.colspan is not None and piece.rowspan is None


def span(piece: Piece, metric: Metric) -> Span | None:
    """Where a piece begins and ends; in a grid it does both in its column."""
    start = metric(piece)
    if start is None:
        return None
    if not is_text_column(piece):
        return start, start
    return start, start + (len(piece.text) if metric is characters else piece.colspan or 1) - 1
