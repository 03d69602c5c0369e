"""Tables drawn with lines: box-drawing characters, or plus signs, dashes and pipes.

For example:

    ┌──────────────────┬────────────────┬────────────────┐
    │ 规章             │ 3              │ 0              │
    └──────────────────┴────────────────┴────────────────┘
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import evolve

from govreport.attributes import unattributed
from govreport.formats import canvas
from govreport.formats.drawn import EDGES, drawn_cells, is_drawn, unbroken
from govreport.formats.narrow import joined, narrow_columns
from govreport.formats.sketch import Sketch, is_border
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection
from govreport.values import Kind, classify

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
        wrapped = sketch.pipe_cells + sketch.pipe_only  # lines of a row in which only one cell goes on
        share = (sketch.boxed + borders + sketch.pipe_rows + wrapped) / max(sketch.lines, 1)
        return Claim(self.name, round(min(1.0, 0.5 + 0.5 * share), 3), (f"{sketch.boxed} lines drawn, {borders} borders",))

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell, its lines joined."""
        section = evolve(section, lines=unbroken(section.lines))
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
    framed = [i for i, line in enumerate(section.lines) if _is_framed(line.strip())]
    cells = drawn_cells([_closed(section.lines[index]) for index in framed])
    if cells is None:
        framed, cells = [], []
    found = [(index, Piece(line.strip(), place=section.place(index))) for index, line in _around(section, set(framed))]
    for cell in cells:
        text, index = _text(cell.texts), framed[cell.line]
        if cell.loose:
            found += [(index, Piece(text, cell.top, place=section.place(index)))] if text else []
            continue
        spans = cell.bottom - cell.top, cell.right - cell.left
        found.append((index, Piece(text, cell.top, cell.left, *spans, section.place(index))))
    return [piece for _, piece in sorted(found, key=lambda item: item[0])]


def _text(lines: Iterable[str]) -> str:
    """The lines of a cell; in one if only so its attributes, which were wrapped with it, can be told from its words."""
    text = "\n".join(filter(None, lines))
    if "{" not in text:
        return text
    joint = text.replace("\n", "")
    bare = unattributed(joint)
    return text if bare == joint else bare


def _is_framed(bare: str) -> bool:
    """Whether a line stands between walls, or has lost only its last one."""
    return bare[:1] in EDGES and (bare[-1] in EDGES or sum(map(bare.count, _WALLS)) > 1)


def _closed(line: str) -> str:
    """The line with the wall that it lost at its end, wherever that stood: else what stands before it would be lost, too."""
    return line if line.rstrip()[-1] in EDGES else f"{line.rstrip()} |"


def _around(section: SourceSection, framed: Collection[int]) -> Iterator[tuple[int, str]]:
    """The lines outside drawings that say something."""
    return ((index, line) for index, line in enumerate(section.lines) if index not in framed and line.strip())


def _pieces(section: SourceSection) -> Iterator[Piece]:
    row, open_row, start, torn = 0, list[list[str]](), 0, _torn(section)
    stretches = _stretches(section.lines)
    narrow = narrow_columns(stretches)
    bordered = bool(narrow) or _is_bordered(section.lines, stretches)
    for index, line in enumerate((*section.lines, "")):
        walled = _is_walled(line)
        if open_row and (not walled or not bordered):
            lost = not torn.isdisjoint(range(start, index))
            yield from _flush(section, joined(open_row, narrow), row, start, torn=lost)
            row, open_row = row + 1, []
        if walled:
            start = start if open_row else index
            open_row.append(_cells(line))
        elif line.strip() and not is_border(line):
            yield Piece(line.strip(), place=section.place(index))


def _stretches(lines: Sequence[str]) -> list[list[list[str]]]:
    """For each stretch between two borders the cells of its lines."""
    groups = (group for border, group in itertools.groupby(lines, key=is_border) if not border)
    return [[_cells(line) for line in group if _is_walled(line)] for group in groups]


def _is_bordered(lines: Sequence[str], stretches: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether a border parts all rows, and not only the header from them: then few stretches hold more than one row."""
    rows = [rows for stretch in stretches if (rows := _rows_of(stretch) or _is_wrapped(stretch))]
    if not rows:
        return sum(map(is_border, lines)) * 3 > sum(map(_is_walled, lines))
    return 2 * rows.count(1) > len(rows)


def _rows_of(lines: Sequence[Sequence[str]]) -> int:
    """How many rows these lines are at least: where a row was wrapped, values stand alone in their columns."""
    valued = [number for number, line in enumerate(lines) if sum(map(_is_value, line)) > 1]
    if len(valued) != 1:
        return len(valued)
    columns = [column for column, text in enumerate(lines[valued[0]]) if _is_value(text)]
    others = (line for number, line in enumerate(lines) if number != valued[0])
    return 1 + any(column < len(line) and line[column] for line in others for column in columns)


def _is_wrapped(lines: Sequence[Sequence[str]]) -> bool:
    """Whether these lines are one row whose values cannot be told before their attributes, wrapped with them, are gone."""
    return len(lines) > 1 and sum(_is_value(_text(parts)) for parts in zip(*lines, strict=False) if "{" in "".join(parts)) > 1


def _is_value(text: str) -> bool:
    return classify(text) in {Kind.NUMBER, Kind.MARK}


def _is_walled(line: str) -> bool:
    return not is_border(line) and any(wall in line for wall in _WALLS)


def _torn(section: SourceSection) -> frozenset[int]:
    """The lines that begin or end without a wall, where nearly all have both: their ends are on other lines.

    Where some have, those that have not as many cells as most.
    """
    walled = {i: x.strip() for i, x in enumerate(section.lines) if _is_walled(x)}
    open_ = frozenset(i for i, line in walled.items() if line[0] not in _WALLS or line[-1] not in _WALLS)
    if len(open_) <= _SELDOM * len(walled):
        return open_
    sizes = {i: len(_cells(line)) for i, line in walled.items()}
    usual = Counter(sizes[i] for i in walled.keys() - open_).most_common(1)
    return frozenset(i for i in open_ if usual and sizes[i] != usual[0][0]) if 2 * len(open_) < len(walled) else frozenset()


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
        yield Piece(_text(parts), row, column, place=section.place(start))
