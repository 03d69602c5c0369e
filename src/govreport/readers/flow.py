"""A document being written down: lines and grids in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.model import Place
from govreport.readers.bounds import scanned
from govreport.source import PICTURE, Cells, Grid, GridCell, Limits, Source

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Flow", "picture_in"]


class Flow:
    """Collects lines and grids and makes a `Source` of them; refuses more cells than the limits allow."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lines: list[str] = []
        self._places: list[Place | None] = []
        self._grids: list[Grid] = []
        self._cells = 0

    def line(self, text: str, place: Place | None = None) -> None:
        """One line, which stands for itself."""
        self._lines.append(text)
        self._places.append(place)

    def lines(self, text: str) -> None:
        """A paragraph, which may hold line breaks."""
        for part in text.split("\n"):
            self.line(part)

    def count(self, cells: int) -> None:
        """Charge cells against the limit before they are built."""
        self._cells += cells
        if self._cells > self.limits.cells:
            raise SourceError(
                "the document has more than {most:,} table cells; raise Limits.cells if that is right",
                limit="cells",
                most=self.limits.cells,
            )

    def grid(self, cells: Iterable[GridCell], page: int | None = None) -> None:
        """A table at this point of the document, in reading order."""
        self.cells(Cells.of(sorted(cells, key=lambda cell: (cell.row, cell.column))), page)

    def cells(self, cells: Cells, page: int | None = None) -> None:
        """The same of cells that stand in reading order."""
        if len(cells):
            self._grids.append(Grid(cells, at=len(self._lines), number=len(self._grids) + 1, page=page))

    def include(self, source: Source, place: Place | None = None) -> None:
        """All of another document at this point, its lines where `place` is, if that is known."""
        grids = iter(source.grids)
        following = next(grids, None)
        for index in range(len(source.lines) + 1):
            while following is not None and following.at == index:
                self.count(len(following.cells))
                self.grid(following.cells)
                following = next(grids, None)
            if index < len(source.lines):
                self.line(source.lines[index], place)

    def source(self, container: str, metadata: Mapping[str, str] | None = None) -> Source:
        """All of it, in order; SourceError where there are pictures and nothing else."""
        if PICTURE in self._lines and not self._grids and not any(map(_says, self._lines)):
            raise scanned(container)
        return Source(
            lines=tuple(self._lines),
            grids=tuple(self._grids),
            places=self._all_places(),
            container=container,
            metadata=dict(metadata or {}),
        )

    def _all_places(self) -> tuple[Place, ...] | None:
        if not any(self._places):
            return None
        return tuple(place or Place(line=number) for number, place in enumerate(self._places, 1))


def picture_in(node: etree._Element, kinds: Sequence[str]) -> str:
    """What stands for a picture, if one of these kinds is in an element."""
    return PICTURE if next(node.iter(*kinds), None) is not None else ""


def _says(line: str) -> bool:
    return line != PICTURE and bool(line.strip())
