"""Pages inside a box: converters draw walls around a whole page that lay in a layout table, and boxes within boxes.

The outer box is opened, its cells follow one another as text, until only the boxes of data are left:

    +------------+--------------------+
    | 公开指南   | 二、主动公开情况   |        公开指南
    | 公开年报   | +--------+-------+ |        公开年报
    |            | | 规章   | 3     | |   →    二、主动公开情况
    |            | +--------+-------+ |        +--------+-------+
    +------------+--------------------+        | 规章   | 3     |
                                               +--------+-------+
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from govreport.clearing.signs import signed
from govreport.formats.drawn import EDGES, drawn_cells, is_drawn
from govreport.model import Place
from govreport.source import Source
from govreport.textwidth import text_width
from govreport.values import Kind, classify

__all__ = ["unbox"]

_CORNERS = frozenset("+┌├└╔╠╚╭╰┏┣┗┐┤┘╗╣╝╮╯┓┫┛┬┼┴╦╬╩┳╋┻")
_WALLS = frozenset("|│┃║")
_DRAWING = EDGES | frozenset("-=─━═")
_BORDER = re.compile(r"[+┌├└╔╠╚╭╰┏┣┗](?=.*?[\-=─━═]{2})[+\-=─━═┬┼┴╦╬╩┳╋┻]*[+┐┤┘╗╣╝╮╯┓┫┛]")
_NESTED = re.compile(r"(?:^|[|│┃║]) {1,2}[+┌├└╔╠╚╭╰┏┣┗][\-=─━═]{2}")
"""A border within a cell stands near its wall; one that is farther away, or that reaches it, parts cells."""
_DRAWN = re.compile(r"[─━═]{2}|\+-{2}|-{2}\+")
_DASHES = {dash: (dash * 2,) for dash in "-=─━═"}
"""Two of one of which stand in every border."""
_NO_WALLS = dict.fromkeys(map(ord, EDGES | frozenset("─━═")), " ")
_DEEPEST = 6
"""Boxes within boxes that are opened."""
_MOST_LINES = 20
_MOST_TEXT = 120
"""No row of data is wrapped over more lines and holds more characters."""
_FEWEST_COLUMNS = 3
"""Columns of values that no arrangement of a page's parts has, each with two values or more."""
_CHOPPED = 0.15
"""Share of lines that reach the wall from which on the text of a cell was cut to fit: then blanks in it align nothing."""

_TORN = re.compile(r"[\d.,]\n[\d.]")
"""A number cut in two, where lines were cut at any character: the second part stands at the very wall."""

Cut = tuple[int, str]
"""At which character of its line a text begins, and the text."""


@frozen
class _Box:
    """Lines `start` to `stop` of a source, a box from its top border to its bottom one."""

    start: int
    stop: int
    indent: int
    border: str


def unbox(source: Source) -> Source:
    """The source without the walls of layout tables."""
    if not signed(source.text, _DASHES):
        return source
    for _ in range(_DEEPEST):
        boxes = [box for box in _boxes(source.lines) if _arranges(source.lines, box)]
        if not boxes:
            break
        source = _opened(source, boxes)
    return source


def _boxes(lines: Sequence[str]) -> Iterator[_Box]:
    index = 0
    while index < len(lines):
        bare = lines[index].strip()
        if bare[:1] not in _CORNERS or not _BORDER.fullmatch(bare):
            index += 1
            continue
        stop = next((i for i in range(index, len(lines)) if not _walled(lines[i].strip())), len(lines))
        yield _Box(index, stop, len(lines[index]) - len(lines[index].lstrip()), bare)
        index = stop


def _walled(bare: str) -> bool:
    return bool(bare) and bare[0] in EDGES and bare[-1] in EDGES


def _arranges(lines: Sequence[str], box: _Box) -> bool:
    """Whether the box holds other boxes, or more text than a cell of data."""
    within = lines[box.start : box.stop]
    if any(_NESTED.search(line.strip()[1:-1]) for line in within):
        return True
    if _lists_values(lines, box):
        return False
    cells = drawn_cells(within) if is_drawn(within) else None
    if cells is not None:
        return any(_is_page(cell.texts) for cell in cells)
    return any(_is_page([lines[index].translate(_NO_WALLS) for index in row]) for _, row in _rows(lines, box))


def _lists_values(lines: Sequence[str], box: _Box) -> bool:
    """Whether several columns hold values line by line: a table whose rows no border parts, however many lines it has."""
    walls = max((_walls(line) for line in lines[box.start : box.stop]), key=len)
    valued = Counter[int]()
    for line in lines[box.start : box.stop] if len(walls) > _FEWEST_COLUMNS else ():
        cells = _cells(line, walls)
        valued.update(at for at, (_, text) in enumerate(cells) if classify(text.strip()) is Kind.NUMBER)
    return sum(count > 1 for count in valued.values()) >= _FEWEST_COLUMNS


def _walls(line: str) -> list[int]:
    """Where a border, or a line that only parts a header from its rows, has its corners; nothing for any other line."""
    return [at for at, c in enumerate(line) if c in EDGES] if _DRAWING.issuperset(line.strip()) else []


def _places(border: str, indent: int) -> list[int]:
    return [at + indent for at, c in enumerate(border) if c in _CORNERS]


def _is_page(texts: Iterable[str]) -> bool:
    """Whether these lines are more than a row of data holds."""
    filled = list(filter(None, map("".join, map(str.split, texts))))
    return len(filled) > _MOST_LINES and sum(map(len, filled)) > _MOST_TEXT


def _rows(lines: Sequence[str], box: _Box) -> Iterator[tuple[str, list[int]]]:
    """For each row the border above it, and its lines."""
    border, row = box.border, list[int]()
    for index in range(box.start, box.stop):
        bare = lines[index].strip()
        if bare[0] not in _WALLS and len(bare) == len(box.border) and _BORDER.fullmatch(bare):
            if row:
                yield border, row
            border, row = bare, []
        else:
            row.append(index)
    if row:
        yield border, row


def _opened(source: Source, boxes: Sequence[_Box]) -> Source:
    lines, places, moved = list[str](), list[Place](), list[int]()
    boxed = {box.start: box for box in boxes}
    index = 0
    while index < len(source.lines):
        box = boxed.get(index)
        stop = box.stop if box else index + 1
        moved += [len(lines)] * (stop - index)
        texts = _contents(source.lines, box) if box else iter([(index, (0, source.lines[index]))])
        for line, (start, text) in texts:
            lines.append(text)
            places.append(_moved(source.place(line), start))
        index = stop
    grids = tuple(evolve(grid, at=moved[grid.at] if grid.at < len(moved) else len(lines)) for grid in source.grids)
    return evolve(source, lines=tuple(lines), places=tuple(places), grids=grids)


def _moved(place: Place, start: int) -> Place:
    return evolve(place, column=(place.column or 1) + start) if start else place


def _contents(lines: Sequence[str], box: _Box) -> Iterator[tuple[int, Cut]]:
    """The lines of each cell of each row, with the line that they come from; an empty one after each cell."""
    for border, row in _rows(lines, box):
        walls = _places(border, box.indent)
        cells = zip(*(_cells(lines[index], walls) for index in row), strict=True)
        for cell in cells:
            yield from zip(row, _cell(cell), strict=True)
            yield row[-1], (0, "")


def _cells(line: str, walls: Sequence[int]) -> list[Cut]:
    """The texts between the walls, whether half widths or characters are counted; the whole line where no walls are there."""
    ends = list(itertools.accumulate(map(text_width, line), initial=0))
    for at in ([bisect.bisect_left(ends, wall) for wall in walls], walls):
        if all(i < len(line) and line[i] in EDGES for i in at):
            return [(a + 1, line[a + 1 : b]) for a, b in itertools.pairwise(at)]
    first = len(line) - len(line.lstrip()) + 1
    return [(first, line.strip()[1:-1]), *[(first, "")] * (len(walls) - 2)]


def _cell(cuts: Sequence[Cut]) -> Iterator[Cut]:
    """The lines of a cell without the padding inside its walls; where they were cut to fit, blanks in them align nothing."""
    prose = [text for _, text in cuts if len(text.strip()) > 1 and "  " not in text.strip() and not _walled(text.strip())]
    chopped = sum(map(_full, prose)) > _CHOPPED * len(prose)
    if not chopped:
        yield from ((start + 1, text[1:].rstrip(" ")) for start, text in cuts)
        return
    if any(_DRAWN.search(text) for _, text in cuts):  # a box cut in two has cells no more
        cuts = [(start, text.translate(_NO_WALLS)) for start, text in cuts]
    hard = any(_full(a) and b[1:2] == " " and b.strip() for (_, a), (_, b) in itertools.pairwise(cuts))
    lines: list[Cut] = []
    for start, text in cuts:
        torn = hard and lines and _TORN.search(lines[-1][1] + "\n" + text[1:]) and _full(cuts[len(lines) - 1][1])
        if torn:
            lines[-1] = lines[-1][0], lines[-1][1] + text.split()[0]
            text = text.replace(text.split()[0], " " * len(text.split()[0]), 1)  # noqa: PLW2901
        lines.append((start + len(text) - len(text.lstrip()), " ".join(text.split())))
    yield from lines


def _full(text: str) -> bool:
    """Whether the text reaches the padding before the wall, or only a wide character would not have had room there."""
    bare = text[:-1].rstrip(" ")
    return len(bare) == len(text) - 1 or (len(bare) == len(text) - 2 and text_width(bare[-1:]) > 1)
