"""A total whose header stands before those of its parts: a line above them, or because its column is the first."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from govreport.binding import scoring
from govreport.binding.labels.headers import Labels, header_pieces
from govreport.binding.panels.readings import proven
from govreport.binding.stream import Slot, Stream, label_text
from govreport.forms import CellSpec, Column, Relation
from govreport.values import Kind, read_value

__all__ = ["adds_up", "header_rows", "leading_order", "read_rows", "stands_first"]

Rows: TypeAlias = Iterable[tuple[Sequence[CellSpec], Sequence[Slot]]]
"""Of each row its cells in the form's order, and its values in the document's."""


def leading_order(text: str, columns: Sequence[Column], labels: Labels, captions: Iterable[str]) -> tuple[int, ...] | None:
    """The order in which columns would stand, if the last, which is in no group, is named before the first, which is in none.

    Where all columns are in no group, or each in one, their headers tell by themselves.
    """
    last = len(columns) - 1
    lone = [at for at, column in enumerate(columns) if column.group is None]
    if not 1 < len(lone) < len(columns) or lone[0] != 0 or lone[-1] != last:
        return None
    for caption in captions:
        text = text.replace(caption, "\n")
    first, total = (max(map(text.rfind, labels[at])) for at in (0, last))  # merged labels may come again
    return (last, *range(last)) if 0 <= total < first else None


def header_rows(stream: Stream, header: tuple[int, int]) -> Iterator[tuple[str, int | None, int | None]]:
    """What each piece of a header says, its row of the layout, and its line."""
    for piece in header_pieces(stream, header):
        yield label_text(piece.text), piece.row, None if piece.place is None else piece.place.line


def stands_first(header: Iterable[tuple[str, int | None, int | None]], labels: Labels) -> bool:
    """Whether the total begins a row of the layout, or a line, that names the first column, too; what comes again is merged."""
    told = [(text, line if row is None else row) for text, row, line in header]
    often = Counter(text for text, _ in told)
    rows: dict[int | None, str] = {}
    for text, row in told:
        rows[row] = rows.get(row, "") + (text if often[text] == 1 or text in (*labels[0], *labels[-1]) else "")
    rows.pop(None, None)
    return any(run.startswith(labels[-1]) and any(map(run.__contains__, labels[0])) for run in rows.values())


def read_rows(cells: Iterable[CellSpec], rows: Iterable[Sequence[int]], texts: Sequence[str]) -> Rows:
    """The rows of a table, given by which of the texts are their values."""
    left = iter(cells)
    for row in rows:
        slots = [Slot(Kind.NUMBER, 0, at, read_value(texts[at])) for at in row]
        yield list(itertools.islice(left, len(row))), slots


def adds_up(rows: Rows, relations: Sequence[Relation], order: Sequence[int]) -> bool | None:
    """Whether rows add up with their columns in that order and not in the form's; None if that does not decide."""
    plain = moved = 0
    for cells, row in rows:
        if len(row) == len(cells):
            plain += _holds(cells, row, range(len(cells)), relations)
            moved += _holds(cells, row, order, relations)
    if max(plain, moved) < scoring.HOLDING * min(plain, moved) or plain == moved:
        return None
    return moved > plain


def _holds(cells: Sequence[CellSpec], row: Sequence[Slot], order: Iterable[int], relations: Sequence[Relation]) -> bool:
    return proven({cells[at].key: slot for at, slot in zip(order, row, strict=True)}, relations)
