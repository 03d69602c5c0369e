"""Columns in another order than the form's: a total named before its parts, a line above or as the first; groups that moved."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import contains
from typing import TypeAlias

from govreport.binding import scoring
from govreport.binding.labels.headers import Labels, groups_of, header_pieces
from govreport.binding.stream import Stream, label_text
from govreport.forms import CellSpec, Column, Relation
from govreport.values import Reading, read_value

__all__ = ["adds_up", "header_texts", "leading_order", "parted_order", "read_rows", "stands_first"]

Rows: TypeAlias = Iterable[tuple[Sequence[CellSpec], Sequence[Reading | None]]]
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


def parted_order(text: str, columns: Sequence[Column], labels: Labels, within: Sequence[int]) -> tuple[int, ...] | None:
    """The order of columns by what is under nothing else, and what is over some, where that is another than the form's.

    Each is named once. What comes first in the form may come behind the names of groups, which stand a line above it, and the
    last before them all. `within` is the order inside of groups.
    """
    if all(column.group is None for column in columns):
        return None
    parts: dict[str | int, list[int]] = {}
    for at, column in enumerate(columns):
        parts.setdefault(groups_of(column)[-1] if column.group else at, []).append(at)
    names = [labels[part] if isinstance(part, int) else (part,) for part in parts]
    places = [_only(text, variants) for variants in names]
    known = [place for place in places if place is not None]
    moved = [*within] != sorted(within)
    if len(known) < len(parts) or len(parts) == 1 or _in_lines(known, [isinstance(p, int) for p in parts], moved=moved):
        return None
    told = [own for _, own in sorted(zip(known, parts.values(), strict=True))]
    return tuple(within[at] for own in told for at in own)


def _only(text: str, variants: Iterable[str]) -> int | None:
    """Where one of these stands, if none of them stands anywhere else."""
    places = {at for v in variants if (at := text.find(v)) >= 0}
    again = any(text.count(v) > 1 for v in variants)
    return None if again or not places else min(places)


def _in_lines(places: Sequence[int], alone: Sequence[bool], *, moved: bool) -> bool:
    """Whether names stand in the order of the form line by line: groups above what is under nothing else, the last before all.

    Not both, where columns `moved` within groups as well.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    first = alone[-1] and order[0] == len(order) - 1
    if first:
        order = [*order[1:], order[0]]
    above = sorted(order, key=lambda part: (alone[part], part))
    return order == sorted(order) or (order == above and not (first and moved))


def header_texts(stream: Stream, header: tuple[int, int]) -> Iterator[tuple[str, int | None, int | None]]:
    """What each piece of a header says, its row of the layout, and its line."""
    for piece in header_pieces(stream, header):
        yield label_text(piece.text), piece.row, None if piece.place is None else piece.place.line


def stands_first(header: Iterable[tuple[str, int | None, int | None]], labels: Labels) -> bool:
    """Whether the total begins a row of the layout, or a line, that names the first column, too; what comes again is merged.

    Or all columns are named one after the other, the total first: where it only stands a line above its parts, what is over
    some of them stands between.
    """
    told = [(text, line if row is None else row) for text, row, line in header]
    if _in_a_row([text for text, _ in told], (labels[-1], *labels[:-1])):
        return True
    often = Counter(text for text, _ in told)
    rows: dict[int | None, str] = {}
    for text, row in told:
        rows[row] = rows.get(row, "") + (text if often[text] == 1 or text in (*labels[0], *labels[-1]) else "")
    rows.pop(None, None)
    return any(run.startswith(labels[-1]) and any(map(run.__contains__, labels[0])) for run in rows.values())


def _in_a_row(texts: Sequence[str], labels: Labels) -> bool:
    """Whether a label of each column stands there, one behind the other."""
    starts = (at for at, text in enumerate(texts) if text in labels[0])
    return any(len(run := texts[at : at + len(labels)]) == len(labels) and all(map(contains, labels, run)) for at in starts)


def read_rows(cells: Iterable[CellSpec], rows: Iterable[Sequence[int]], texts: Sequence[str]) -> Rows:
    """The rows of a table, given by which of the texts are their values."""
    left = iter(cells)
    for row in rows:
        yield list(itertools.islice(left, len(row))), [read_value(texts[at]) for at in row]


def adds_up(rows: Rows, relations: tuple[Relation, ...], order: Sequence[int]) -> bool | None:
    """Whether rows add up with their columns in that order and not in the form's; None if that does not decide.

    A printed nothing counts as 0; what is 0 throughout says nothing.
    """
    own, plain, moved = _by_row(relations), 0, 0
    for cells, row in rows:
        numbers = [0 if reading is None else reading.value for reading in row]
        if len(row) == len(cells) and any(numbers):
            within = own.get(_row_of(cells[0].key), ())
            plain += _holds(within, cells, numbers)
            moved += _holds(within, [cells[at] for at in order], numbers)
    if max(plain, moved) < scoring.HOLDING * min(plain, moved) or plain == moved:
        return None
    return moved > plain


@functools.lru_cache(maxsize=16)
def _by_row(relations: tuple[Relation, ...]) -> dict[str, list[Relation]]:
    """The relations among the cells of one row, by that row."""
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        rows = {_row_of(key) for key in (*relation.left, *relation.right)}
        if len(rows) == 1:
            found.setdefault(rows.pop(), []).append(relation)
    return found


def _row_of(key: str) -> str:
    return key.rpartition(".")[0]


def _holds(relations: Sequence[Relation], cells: Iterable[CellSpec], numbers: Sequence[Decimal | int]) -> bool:
    said = dict(zip((cell.key for cell in cells), numbers, strict=True))
    sums = ((sum(map(said.__getitem__, r.left)), sum(map(said.__getitem__, r.right))) for r in relations)
    return bool(relations) and all(left == right for left, right in sums)
