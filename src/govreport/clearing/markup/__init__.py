"""Tables of markup languages that stand in a text: they say where their cells are, and become grids as those of a page do."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve

from govreport.clearing.markup.dialects import DIALECTS
from govreport.clearing.markup.placing import placed
from govreport.clearing.markup.scan import Block, blocks
from govreport.model import Place
from govreport.source import Grid, GridCell, Source

__all__ = ["tabled"]


def tabled(source: Source) -> Source:
    """The source with such tables as grids; what stands around them stays as it is."""
    text = source.text
    used = [dialect for dialect in DIALECTS if dialect.signs_in(text)]
    found = {dialect: list(blocks(text, dialect)) for dialect in used}
    tables = sorted(itertools.chain(*found.values()), key=lambda block: block.start)
    clean = dict.fromkeys(dialect.clean for dialect in found if found[dialect])
    return _replaced(source, text, tables, clean) if tables else source


def _replaced(source: Source, text: str, found: Sequence[Block], clean: Iterable[Callable[[str], str]]) -> Source:
    starts = list(itertools.accumulate((len(line) + 1 for line in source.lines), initial=0))

    def line(at: int) -> int:
        return bisect.bisect_right(starts, at) - 1

    made = _Made(source, clean)
    for block in found:
        first, last = line(block.start), line(max(block.start, block.stop - 1))
        cells = placed(block, lambda at: source.place(line(at)).line)
        if not cells or first < made.done or any(first < grid.at <= last for grid in source.grids):
            continue
        made.lines_to(first)
        made.rest(first, 0, text[starts[first] : block.start])
        made.grid(cells)
        made.rest(last, block.stop - starts[last], text[block.stop : starts[last + 1] - 1])
        made.done = last + 1
    made.lines_to(len(source.lines))
    return made.source()


class _Made:
    """A source that is put together again from its lines, its grids and new ones."""

    def __init__(self, source: Source, clean: Iterable[Callable[[str], str]]) -> None:
        self.done, self._clean = 0, tuple(clean)
        self._source, self._lines, self._places, self._grids = source, list[str](), list[Place](), list[Grid]()
        self._waiting: Iterator[Grid] = iter((*source.grids, Grid((), len(source.lines) + 1, 0)))
        self._next = next(self._waiting)

    def lines_to(self, stop: int) -> None:
        """The lines before that one, and the grids among them."""
        for index in range(self.done, stop + 1):
            while self._next.at <= index:
                self._grids.append(evolve(self._next, at=len(self._lines), number=len(self._grids) + 1))
                self._next = next(self._waiting)
            if index < stop:
                self._add(self._source.lines[index], self._source.place(index))
        self.done = stop

    def rest(self, index: int, column: int, text: str) -> None:
        """What stands on a line before or behind a table."""
        if text.strip():
            place = self._source.place(index)
            self._add(text, evolve(place, column=(place.column or 1) + column))

    def _add(self, text: str, place: Place) -> None:
        """A line without the marks that the language has for other things."""
        for clean in self._clean:
            text = clean(text)
        self._lines.append(text)
        self._places.append(place)

    def grid(self, cells: Sequence[GridCell]) -> None:
        """A table."""
        self._grids.append(Grid(cells, len(self._lines), len(self._grids) + 1))

    def source(self) -> Source:
        """All of it."""
        return evolve(self._source, lines=tuple(self._lines), places=tuple(self._places), grids=tuple(self._grids))
