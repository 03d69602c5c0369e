"""The neutral view of a document: lines of text and table grids in document order, each with its place.

A reader makes a `Source` from a container and knows nothing of reports; everything after it knows nothing of containers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple, Self, TypeAlias

from attrs import evolve, field, frozen

from govreport.errors import expect
from govreport.later import Later
from govreport.model import Piece, Place, Role
from govreport.pieces import Pieces

__all__ = ["PICTURE", "Cells", "Grid", "GridCell", "Limits", "Mark", "Source", "SourceSection"]

PICTURE = "\ufffc"
"""What Unicode has for an object among characters: the line, or the cell, in which a picture stands and nothing else."""
Mark: TypeAlias = tuple[str, int | None, int | None, int, int] | tuple[str, int | None, int | None, int, int, int]
"""What a layout finds in the lines of a section: text, row, column, index of the line, where in the line it begins, and how
many half widths it covers where the layout knows."""


@frozen
class Limits:
    """What a document may cost before it is refused with a `SourceError`."""

    bytes: int = 100_000_000
    """Size of the input, and of what an archive or XML container unpacks to."""
    cells: int = 200_000
    """Cells of all grids together, spans counted once; the words of a text may be twice as many."""
    span: int = 1_000
    """Rows or columns that one merged cell may cover; larger ones are cut to this."""
    pages: int = 500
    depth: int = 200
    """Nesting of elements or tables."""

    def __attrs_post_init__(self) -> None:
        for name in ("bytes", "cells", "span", "pages", "depth"):
            expect(getattr(self, name), int, f"Limits({name}=…)")


class GridCell(NamedTuple):
    """A cell of a grid at its top left corner, counted from 0; `text` keeps line feeds between paragraphs.

    `line` is the line of the source where the container has such (HTML), else None. A named tuple: a page has three hundred.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    line: int | None = None


class Cells(Later[GridCell]):
    """The cells of a grid in reading order.

    `texts` is what they say, `rows` the row of each; `merged` are the indices of those that cover several columns.
    """

    __slots__ = ("merged", "rows")

    def __init__(
        self, texts: Sequence[str], rows: Sequence[int], make: Callable[[], tuple[GridCell, ...]], merged: AbstractSet[int]
    ) -> None:
        super().__init__(texts, make)
        self.rows, self.merged = rows, merged

    @classmethod
    def of(cls, cells: Iterable[GridCell]) -> Self:
        """Cells that a reader made one by one."""
        if isinstance(cells, cls):
            return cells
        made = tuple(cells)
        merged = {i for i, cell in enumerate(made) if cell.colspan > 1}
        return cls([cell.text for cell in made], [cell.row for cell in made], lambda: made, merged)


def _as_cells(cells: Iterable[GridCell]) -> Cells:
    return Cells.of(cells)


@frozen
class Grid:
    """A table with its geometry. `at` is the index in `Source.lines` before which it stands.

    Cells hidden by a span are not listed; an empty cell is, with the text "". `number` counts the document's tables from 1.
    """

    cells: Cells = field(converter=_as_cells)
    at: int
    number: int
    page: int | None = None

    def place(self, cell: GridCell) -> Place:
        """Where a cell stands, as a person counts."""
        return Place(table=self.number, row=cell.row + 1, column=cell.column + 1, page=self.page, line=cell.line)


@frozen(kw_only=True)
class Source:
    """A document as lines and grids.

    `places` gives the place of each line, or is None where line i simply is line i+1 of the text. `metadata` is what the
    container says of itself: `title`, `published`, `publisher`.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    places: tuple[Place, ...] | None = None
    container: str = "text"
    encoding: str | None = None
    metadata: Mapping[str, str] = field(factory=dict)

    @functools.cached_property
    def text(self) -> str:
        """All lines as one text: what stands nowhere in it need not be looked for line by line."""
        return "\n".join(self.lines)

    def place(self, index: int, column: int = 1) -> Place:
        """The place of a line, from its index."""
        return Place(index + 1, column) if self.places is None else self.places[index]

    def cut(self, ends: Mapping[int, int], empty: str = "") -> Source:
        """Without what the lines of these indices begin with, up to that character; `empty` where nothing is left."""
        lines, places = list(self.lines), [self.place(index) for index in range(len(self.lines))]
        for index, end in ends.items():
            lines[index] = lines[index][end:] or empty
            places[index] = evolve(places[index], column=(places[index].column or 1) + end)
        return evolve(self, lines=tuple(lines), places=tuple(places))


@frozen(kw_only=True)
class SourceSection:
    """One section of a source as a layout plugin sees it: the lines and grids between two headings.

    `number` is the numeral of the section (二, 三, 四) or "" where no heading is left; `heading` is not among the lines.
    A grid's `at` is an index into `lines`; `offset` is the index of the first line in the source, and `indent` the number of
    characters of that line that belong to the section before. Where a picture stands there is an empty line; `pictures` counts
    them.
    """

    number: str
    heading: str | None
    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    offset: int = 0
    indent: int = 0
    pictures: int = 0
    source: Source = field(repr=False, eq=False)

    def pieces(self, marks: Iterable[Mark], roles: Mapping[int, Role] = MappingProxyType({})) -> Pieces:
        """What a layout found in the lines, as pieces; `roles` are those that the layout knows, by index."""
        found = list(marks)
        return Pieces(
            [mark[0] for mark in found],
            [mark[1] for mark in found],
            [mark[3] for mark in found],
            lambda: self._pieces(found, roles),
            roles=any(found[index][0] for index in roles),
            aligned=max(map(len, found), default=0) > 5,  # noqa: PLR2004 - the width, where it is known
        )

    def _pieces(self, marks: Sequence[Mark], roles: Mapping[int, Role]) -> tuple[Piece, ...]:
        place = self.place
        return tuple(
            Piece(mark[0], mark[1], mark[2], None, mark[5] if len(mark) > 5 else None, place(mark[3], mark[4]), roles.get(i))  # noqa: PLR2004 - a width, where it is known
            for i, mark in enumerate(marks)
        )

    def place(self, index: int, column: int = 0) -> Place:
        """The place of a character: index of the line in this section, column counted from 0."""
        column += 1 if index else 1 + self.indent
        if self.source.places is None:
            return Place(self.offset + index + 1, column)
        start = self.source.places[self.offset + index]
        if start.line is None or start.column is None or column == 1:
            return start
        return Place(start.line, start.column + column - 1, page=start.page)
