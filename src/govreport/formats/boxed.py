"""Tables drawn with lines: box-drawing characters, or plus signs, dashes and pipes.

For example:

    ┌──────────────────┬────────────────┬────────────────┐
    │ 规章             │ 3              │ 0              │
    └──────────────────┴────────────────┴────────────────┘
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from govreport.formats import canvas
from govreport.formats.drawn import EDGES, drawn_cells, is_drawn
from govreport.formats.sketch import BOX, Sketch, is_border
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection

__all__ = ["BoxFormat"]

_SELDOM = 0.1
"""Share of lines with walls up to which those that lack one at an end are accidents."""
_WALLS = "│┃║|"


class BoxFormat:
    """Cells between walls, rows between borders; the lines of a cell that was wrapped are joined again."""

    name = "boxed"
    carries = frozenset({"rows", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines with box-drawing characters, or borders of plus signs around lines with pipes."""
        borders = sketch.borders + (sketch.rules if sketch.borders and is_drawn(section.lines) else 0)
        framed = sketch.boxed or (borders > 2 and sketch.pipe_rows)  # noqa: PLR2004 - top, header and bottom
        if not framed:
            return None
        share = (sketch.boxed + borders + sketch.pipe_rows) / max(sketch.lines, 1)
        return Claim(self.name, round(min(1.0, 0.5 + 0.5 * share), 3), (f"{sketch.boxed} lines drawn, {borders} borders",))

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell, its lines joined."""
        return tuple(_drawn(section) if is_drawn(section.lines) else _pieces(section))

    def render(self, table: Table) -> str:
        """The full grid with a border after every row."""
        texts = [[t.replace("\n", "") for t in row] for row in canvas.owners(table)]
        widths = [max(2, *map(canvas.width, column)) for column in zip(*texts, strict=True)]
        border = "├" + "┼".join("─" * (w + 2) for w in widths) + "┤"
        rows = [
            "│" + "│".join(f" {t}{' ' * (w - canvas.width(t))} " for t, w in zip(row, widths, strict=True)) + "│"
            for row in texts
        ]
        return canvas.flat(
            [border.translate({0x251C: "┌", 0x253C: "┬", 0x2524: "┐"}), *(x for row in rows for x in (row, border))]
        )


def _drawn(section: SourceSection) -> list[Piece]:
    """Drawings by their geometry, one under the other on one set of columns; what stands around them as it is."""
    framed = [i for i, line in enumerate(section.lines) if (bare := line.strip()) and {bare[0], bare[-1]} <= EDGES]
    cells = drawn_cells([section.lines[index] for index in framed])
    if cells is None:
        framed, cells = [], []
    found = [(index, Piece(line.strip(), place=section.place(index))) for index, line in _around(section, set(framed))]
    for cell in cells:
        text, index = "\n".join(filter(None, cell.texts)), framed[cell.line]
        if cell.loose:
            found += [(index, Piece(text, cell.top, place=section.place(index)))] if text else []
            continue
        spans = cell.bottom - cell.top, cell.right - cell.left
        found.append((index, Piece(text, cell.top, cell.left, *spans, section.place(index))))
    return [piece for _, piece in sorted(found, key=lambda item: item[0])]


def _around(section: SourceSection, framed: Collection[int]) -> Iterator[tuple[int, str]]:
    """The lines outside drawings that say something."""
    return ((index, line) for index, line in enumerate(section.lines) if index not in framed and line.strip())


def _pieces(section: SourceSection) -> Iterator[Piece]:
    row, open_row, start, torn = 0, list[list[str]](), 0, _torn(section)
    bordered = sum(map(is_border, section.lines)) * 3 > sum(not BOX.isdisjoint(x) or "|" in x for x in section.lines)
    for index, line in enumerate((*section.lines, "")):
        walled = any(w in line for w in _WALLS) and not is_border(line)
        if open_row and (not walled or not bordered):
            yield from _flush(section, open_row, row, start, torn=not torn.isdisjoint(range(start, index)))
            row, open_row = row + 1, []
        if walled:
            start = start if open_row else index
            open_row.append(_cells(line))
        elif line.strip() and not is_border(line):
            yield Piece(line.strip(), place=section.place(index))


def _torn(section: SourceSection) -> frozenset[int]:
    """The lines that begin or end without a wall, where nearly all have both: their ends are on other lines."""
    walled = {i: x.strip() for i, x in enumerate(section.lines) if any(w in x for w in _WALLS) and not is_border(x)}
    open_ = frozenset(i for i, line in walled.items() if line[0] not in _WALLS or line[-1] not in _WALLS)
    return open_ if len(open_) <= _SELDOM * len(walled) else frozenset()


def _cells(line: str) -> list[str]:
    body = line.strip()
    for wall in _WALLS:
        body = body.replace(wall, "│")
    return [cell.strip() for cell in body.removeprefix("│").removesuffix("│").split("│")]


def _flush(section: SourceSection, lines: list[list[str]], row: int, start: int, *, torn: bool) -> Iterator[Piece]:
    width = max(map(len, lines))
    if torn or any(len(line) != width for line in lines):  # a wall is gone, or one too many: nothing tells which
        texts = (text for line in lines for text in line if text)
        yield from (Piece(text, row, place=section.place(start)) for text in texts)
        return
    for column, parts in enumerate(zip(*lines, strict=True)):
        yield Piece("\n".join(filter(None, parts)), row, column, place=section.place(start))
