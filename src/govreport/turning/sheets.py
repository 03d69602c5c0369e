"""The tables among the pieces of a section: stretches of rows of which every place is covered once."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, field, frozen

from govreport.model import Piece, Role
from govreport.pieces import Pieces
from govreport.values import Kind, classify

__all__ = ["Laid", "Sheet", "Tables", "Turn", "tells"]

_LEAST = 2
"""Rows and columns of the smallest table."""
_MOST_PLACES = 20_000


@frozen
class Sheet:
    """Pieces `start` to before `stop`; `at[row][column]` is the one that covers that place, corners or not."""

    start: int
    stop: int
    at: tuple[tuple[Piece, ...], ...]
    loose: tuple[Piece, ...] = ()
    """What stands between its rows: the numbers of pages."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.at)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.at[0])

    def corners(self) -> Iterator[tuple[int, int, Piece]]:
        """Row and column of each piece, and the piece."""
        met = set[int]()
        for row, cells in enumerate(self.at):
            for column, piece in enumerate(cells):
                if id(piece) not in met:
                    met.add(id(piece))
                    yield row, column, piece


@frozen
class Laid:
    """A table as it is laid anew, rows and columns from 0.

    `copies` are labels that it says already; `others` stand beside it, and in no row.
    """

    cells: Sequence[Piece]
    copies: Sequence[Piece] = field(default=())
    others: Sequence[Piece] = field(default=())


Turn: TypeAlias = Callable[[Sequence[Sheet]], Mapping[int, Laid]]
"""Sheets → those that are laid anew, by index."""


def tells(piece: Piece) -> bool:
    """Whether a piece is a label or a note."""
    return classify(piece.text) is Kind.TEXT


class Tables:
    """Pieces, and the `sheets` among them, which several turns look at; if `open_`, corners may be left out."""

    def __init__(self, pieces: Pieces, *, open_: bool = False) -> None:
        self.pieces, self._roles = tuple(_cornered(pieces) if open_ else pieces), pieces.roles
        self.sheets = tuple(_rectangles(self.pieces))

    def laid(self, laid: Mapping[int, Laid]) -> Pieces | None:
        """The pieces with sheets laid anew; None if there are none such."""
        if not laid:
            return None
        made, copies, base, done = list[Piece](), list[Piece](), 0, 0
        for index, sheet in enumerate(self.sheets):
            if index in laid:
                base = _keep(made, self.pieces[done : sheet.start], base)
                made += (evolve(piece, row=None, column=None) for piece in (*laid[index].others, *sheet.loose))
                made += (evolve(cell, row=base + (cell.row or 0)) if base else cell for cell in laid[index].cells)
                base += max((cell.row or 0 for cell in laid[index].cells), default=-1) + 1
                copies += (Piece(copy.text, place=copy.place, role=Role.REMARK) for copy in laid[index].copies)
                done = sheet.stop
        _keep(made, self.pieces[done:], base)
        return _made([*made, *copies], roles=self._roles)


def _made(pieces: Sequence[Piece], *, roles: bool) -> Pieces:
    """What is whole without copies of labels is whole; not so if numbers are among what is left out."""
    found = Pieces.of(pieces)
    found.roles = roles or any(piece.role is not None and piece.text.strip() and not tells(piece) for piece in pieces)
    return found


def _keep(made: list[Piece], pieces: Sequence[Piece], base: int) -> int:
    """Add pieces as they stand, their rows counted on; the number of the next row."""
    first = min((piece.row for piece in pieces if piece.row is not None), default=0)
    made += (piece if piece.row is None else evolve(piece, row=base + piece.row - first) for piece in pieces)
    return max((piece.row + 1 for piece in made if piece.row is not None), default=base)


def _cornered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with empty cells before what stands first in its row, and not in the first column."""
    last = None
    for piece in pieces:
        if piece.row is not None and piece.row != last:
            yield from (Piece("", piece.row, column, 1, 1) for column in range(piece.column or 0))
            last = piece.row
        yield piece


def _rectangles(pieces: Sequence[Piece]) -> Iterator[Sheet]:
    """Rows that follow one another and cover the same columns from the first on."""
    rows = list(_rows(pieces))
    covered = _covered(pieces, rows)
    for _, group in itertools.groupby(_broken(pieces, rows, covered), key=lambda item: item[0]):
        lot = _trimmed([(rows[at], covered[at]) for _, at in group])
        if len(lot) < _LEAST or len(lot[0][1]) < _LEAST or len(lot) * len(lot[0][1]) > _MOST_PLACES:
            continue
        first = pieces[lot[0][0][0]].row or 0
        at = tuple(tuple(cells[column] for column in sorted(cells)) for _, cells in lot)
        if all((piece.row or 0) >= first for row in at for piece in row):
            own = {index for row, _ in lot for index in row}
            loose = [pieces[index] for index in range(min(own), max(own) + 1) if index not in own]
            yield _with_rests(Sheet(min(own), max(own) + 1, at, tuple(loose)))


def _with_rests(sheet: Sheet) -> Sheet:
    """The sheet with numbers that stand right below a row as the rest of its last value, which they may be."""
    below = {piece.place.line: piece for piece in sheet.loose if piece.place and piece.place.line and piece.text.strip()}
    if not below:
        return sheet
    rows = list(sheet.at)
    for number, row in enumerate(sheet.at):
        last = row[-1]
        rest = below.get(last.place.line + 1) if last.place and last.place.line and not tells(last) else None
        if rest is not None:
            rows[number] = (*row[:-1], evolve(last, text=f"{last.text}\n{rest.text}"))
            below.pop((rest.place.line or 0) if rest.place else 0)
    left = {id(piece) for piece in below.values()}
    return evolve(sheet, at=tuple(rows), loose=tuple(piece for piece in sheet.loose if id(piece) in left))


def _rows(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The cells of each row; a number in it that is in no column is none of these."""
    for row, group in itertools.groupby(range(len(pieces)), key=lambda index: pieces[index].row):
        found = list(group) if row is not None else []
        cells = [index for index in found if pieces[index].column is not None]
        if cells and not any(tells(pieces[index]) for index in found if pieces[index].column is None):
            yield cells


def _covered(pieces: Sequence[Piece], rows: Sequence[Sequence[int]]) -> list[dict[int, Piece]]:
    """What covers each column of each row; nothing for a row two pieces of which cover one place."""
    lines: dict[int, dict[int, Piece]] = collections.defaultdict(dict)
    torn = set[int]()
    for piece in (pieces[index] for row in rows for index in row):
        columns = _span(piece.column, piece.colspan)
        for row in _span(piece.row, piece.rowspan):
            torn |= {row} if not lines[row].keys().isdisjoint(columns) else set()
            lines[row] |= dict.fromkeys(columns, piece)
    numbers = (pieces[row[0]].row for row in rows)
    return [{} if number is None or number in torn else lines[number] for number in numbers]


def _span(start: int | None, size: int | None) -> range:
    return range(start or 0, (start or 0) + (size or 1))


def _broken(
    pieces: Sequence[Piece], rows: Sequence[Sequence[int]], covered: Sequence[Mapping[int, Piece]]
) -> Iterator[tuple[int, int]]:
    """The number of the table that each row is of, and the row: it ends where text stands between, or where rows change."""
    number, head = 0, list[str]()
    for at, cells in enumerate(covered):
        texts = [cells[column].text for column in sorted(cells)]
        new = at == 0 or not _follows(pieces, rows, covered, at)
        if new or (texts == head and any(texts) and all(map(tells, filter(_said, cells.values())))):
            number, head = number + 1, texts
        if [*sorted(cells)] == [*range(len(cells))]:
            yield number, at


def _said(piece: Piece) -> bool:
    return bool(piece.text.strip())


def _follows(pieces: Sequence[Piece], rows: Sequence[Sequence[int]], covered: Sequence[Mapping[int, Piece]], at: int) -> bool:
    """Whether a row goes on with the table of the one before."""
    between = range(rows[at - 1][-1] + 1, rows[at][0])
    same = covered[at].keys() == covered[at - 1].keys()
    places = [pieces[row[0]].place for row in rows[at - 1 : at + 1]]
    tables = {place.table for place in places if place is not None}
    return same and len(tables) <= 1 and not any(tells(pieces[index]) for index in between)


def _trimmed(lot: list[tuple[list[int], dict[int, Piece]]]) -> list[tuple[list[int], dict[int, Piece]]]:
    """Without rows at its ends that say nothing."""
    filled = [at for at, (_, cells) in enumerate(lot) if any(map(_said, cells.values()))]
    return lot[filled[0] : filled[-1] + 1] if filled else []
