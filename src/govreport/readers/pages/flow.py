"""A page → its blocks from top to bottom: lines of running text, and tables with the text of their cells."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, evolve, field, frozen

from govreport.readers.pages.grid import RuledCell, RuledTable, find_tables
from govreport.readers.pages.page import Page
from govreport.readers.pages.struck import struck
from govreport.readers.pages.text import TextLine, join_cell, text_columns, text_lines
from govreport.readers.pages.words import Char, Word, apart
from govreport.source import PICTURE, GridCell

__all__ = ["Block", "PageContent", "TableBlock", "TableCell", "page_content"]


_COLUMN_WIDTH = 0.6  # of the page: running text reaches at least this far
_LARGE = 3.0  # times the height of most characters: what is larger and lies over a table is a watermark
_INSIDE, _FILLS = 1.0, 0.8  # points from the edges of a cell; the share of its width and height that a background takes
_WIDE, _HIGH = 0.25, 0.04  # of the page: a table in a picture is no smaller
_LOWEST = 1.1  # times the height of a character: a row of text takes at least this


@define
class TableCell:
    """A cell: rows and columns of its table (last ones excluded), its text, and where a page break may have cut it open."""

    row: int
    column: int
    bottom: int
    right: int
    lines: list[TextLine] = field(factory=list)
    text: str = ""
    open_top: bool = False
    open_bottom: bool = False


@define
class TableBlock:
    """A table on a page, or, once joined, over several; `xs` are its column edges, `pad` the least room beside a text."""

    xs: list[float]
    rows: int
    cells: list[TableCell]
    pad: float = 0.0

    @property
    def open_top(self) -> bool:
        """Whether it surely goes on from the page before."""
        return any(c.open_top for c in self.cells if c.row == 0)

    @property
    def open_bottom(self) -> bool:
        """Whether it surely goes on to the next page."""
        return any(c.open_bottom for c in self.cells if c.bottom == self.rows)

    def grid_cells(self) -> list[GridCell]:
        """The cells as a grid has them."""
        return [GridCell(c.text, c.row, c.column, c.bottom - c.row, c.right - c.column) for c in self.cells]

    def room(self, cell: TableCell) -> float:
        """How wide a line of text in this cell can be."""
        return self.xs[cell.right] - self.xs[cell.column] - 2 * self.pad


@frozen
class Block:
    """A line of text or a table, with its top."""

    top: float
    line: TextLine | None = None
    table: TableBlock | None = None


@frozen
class PageContent:
    """The blocks of a page in reading order; `right` is the margin that its running text reaches (inf: none shows)."""

    number: int
    height: float
    right: float
    blocks: tuple[Block, ...]

    def with_blocks(self, blocks: Iterable[Block]) -> PageContent:
        """The same page with other blocks."""
        return evolve(self, blocks=tuple(blocks))


_Held = dict[RuledCell, list[Word]]


def page_content(page: Page) -> PageContent:
    """Sort the words of a page into cells and free lines."""
    words, across = struck(page.words, page.horizontal)
    tables = find_tables(across, page.vertical)
    held, free = _sorted(words, tables, _largest(words))
    free += _mark(page, tables, held)
    blocks = [
        Block(t.ys[0] + part / 1000, table=table)  # parts of one table keep their order
        for t, words in zip(tables, held, strict=True)
        if any(words.values())
        for part, table in enumerate(_parts(_table(t, words)))
    ]
    blocks += [Block(top, line=line) for top, line in text_columns(free, page.number)]
    blocks += _pictures(page, tables, free)
    right = max((block.line.x1 for block in blocks if block.line), default=0.0)
    if right < _COLUMN_WIDTH * page.width:
        right = math.inf  # a few short lines show no margin
    return PageContent(page.number, page.height, right, tuple(sorted(blocks, key=lambda b: b.top)))


def _pictures(page: Page, tables: Sequence[RuledTable], free: Sequence[Word]) -> Iterator[Block]:
    """A line for each picture that is as large as a table may be, and on which nothing is written."""
    for left, top, right, bottom in page.drawn:
        if right - left < _WIDE * page.width or bottom - top < _HIGH * page.height:
            continue
        written = any(left < w.x0 and w.x1 < right and top < (w.top + w.bottom) / 2 < bottom for w in free)
        ruled = any(t.xs[0] < right and left < t.xs[-1] and t.ys[0] < bottom and top < t.ys[-1] for t in tables)
        if not written and not ruled:
            yield Block(top, line=TextLine(PICTURE, left, right, bottom, bottom - top, right - left, page.number))


def _largest(words: Sequence[Word]) -> float:
    """How high a character in a table may be."""
    heights = [word.bottom - word.top for word in words]
    if max(heights, default=0.0) <= _LARGE * min(heights, default=0.0):
        return math.inf
    heights = sorted([height for word in words for height in (word.bottom - word.top,) * word.length])
    return _LARGE * heights[len(heights) // 2]


def _sorted(words: Iterable[Word], tables: Sequence[RuledTable], large: float) -> tuple[list[_Held], list[Word]]:
    """For each table the words of its cells, and those in none; what hides behind a table is in neither."""
    held: list[_Held] = [{} for _ in tables]
    free: list[Word] = []
    for word, at, cell in _located(words, tables, large):
        if cell is None:
            free.append(word)
            continue
        own = held[at].setdefault(cell, [])
        if word.bottom - word.top <= large:
            own.append(word)
    return held, free


def _located(words: Iterable[Word], tables: Sequence[RuledTable], large: float) -> Iterator[tuple[Word, int, RuledCell | None]]:
    """Words with table and cell, taken apart where their characters are in several, or some of them too large for any."""
    first, last = min([t.ys[0] for t in tables], default=math.inf), max([t.ys[-1] for t in tables], default=-math.inf)
    for word in words:
        if word.bottom < first or last <= word.top:
            yield word, 0, None
            continue
        at, cell = _cell_of(word, tables)
        if word.length == 1 or (word.bottom - word.top <= large and _is_whole(word, at, cell, tables)):
            yield word, at, cell
        else:
            yield from ((part, *_cell_of(part, tables)) for part in apart((word,)))


def _is_whole(word: Word, at: int, cell: RuledCell | None, tables: Sequence[RuledTable]) -> bool:
    """Whether all characters of a word are in the cell in which its middle is: as a rule there is room around it."""
    if cell is not None:
        left, top, right, bottom = tables[at].box(cell)
        within = left <= word.x0 and word.x1 <= right and top <= word.top and word.bottom <= bottom
        box = word.x0, word.top, word.x1, word.bottom
        if within and not any(table.touches(box) for table in tables[:at]):
            return True
    return all(_cell_of(char, tables) == (at, cell) for char in word.chars())


def _mark(page: Page, tables: Sequence[RuledTable], held: Sequence[_Held]) -> Iterator[Word]:
    """Where a character of a cell is lost, nobody knows what it says; nor where something else stands in an empty one.

    What nobody sees and is in no cell is given back, unknown as it is.
    """
    full = [set(words) for words in held]
    for char in page.lost:
        at, cell = _cell_of(char, tables)
        if cell is not None and full[at]:
            held[at].setdefault(cell, []).append(_unknown(char))
    for run in (*((char,) for char in page.unseen), *page.turned):
        (at, cell), *others = {_cell_of(char, tables) for char in run}
        if cell is not None and not others and full[at] and cell not in full[at]:
            held[at][cell] = [_unknown(run[0])]
    yield from (_unknown(char) for char in page.unseen if _cell_of(char, tables)[1] is None)
    for left, top, right, bottom in page.drawn:
        picture = Char(PICTURE, left, right, bottom, top, bottom)
        at, cell = _cell_of(picture, tables)
        if cell is not None and full[at] and cell not in full[at] and _stands_in(picture, tables[at].box(cell)):
            held[at][cell] = [Word.of(picture)]


def _unknown(char: Char) -> Word:
    return Word.of(char._replace(text=PICTURE))


def _cell_of(char: Char | Word, tables: Sequence[RuledTable]) -> tuple[int, RuledCell | None]:
    """The table and its cell in which the middle of a character or of an undivided word is."""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    for at, table in enumerate(tables):
        cell = table.cell_at(x, y)
        if cell is not None:
            return at, cell
    return 0, None


def _stands_in(picture: Char, cell: tuple[float, float, float, float]) -> bool:
    """Whether it is within a cell and does not fill it, as its background does."""
    left, top, right, bottom = cell
    beside = left + _INSIDE < picture.x0 and picture.x1 < right - _INSIDE
    within = top + _INSIDE < picture.top and picture.bottom < bottom - _INSIDE
    narrow = picture.x1 - picture.x0 < _FILLS * (right - left)
    return beside and within and (narrow or picture.bottom - picture.top < _FILLS * (bottom - top))


def _table(ruled: RuledTable, words: _Held) -> TableBlock:
    cells = [
        TableCell(c.row, c.column, c.bottom, c.right, text_lines(words.get(c, ())), "", c.open_top, c.open_bottom)
        for c in ruled.cells
    ]
    block = TableBlock(ruled.xs, len(ruled.ys) - 1, cells, _padding(ruled, cells))
    for cell in cells:
        if cell.lines:
            cell.text = join_cell(cell.lines, block.room(cell))
    _drop_slivers(block, [ruled.ys[c.bottom] - ruled.ys[c.row] for c in ruled.cells])
    _drop_strips(block)
    _close_gaps(block)
    _number_rows(block)
    return block


def _drop_slivers(block: TableBlock, heights: list[float]) -> None:
    """Empty cells too low for a line of text are not cells but gaps; the cell above goes on through them."""
    sizes = sorted(line.size for cell in block.cells for line in cell.lines)
    if not sizes:
        return
    least = _LOWEST * sizes[len(sizes) // 2]
    low = [c for c, height in zip(block.cells, heights, strict=True) if height < least and not c.lines]
    if not low:
        return
    rows = {(c.row, c.bottom) for c in block.cells if c.lines}
    slivers = [c for c in low if (c.row, c.bottom) not in rows]
    gone = set(map(id, slivers))
    block.cells = [c for c in block.cells if id(c) not in gone]
    ends = {(c.column, c.right, c.bottom): c for c in block.cells}
    for sliver in slivers:
        above = ends.get((sliver.column, sliver.right, sliver.row))
        if above is not None:
            above.bottom = sliver.bottom


def _drop_strips(block: TableBlock) -> None:
    """Between the last whole row and the end of the page an open table has an empty strip, which is no row."""
    last = block.rows - 1
    below = [c for c in block.cells if c.row == last]
    if _is_strip(block, below) and all(c.open_bottom for c in below):
        block.cells = [c for c in block.cells if c.row < last]
        for cell in block.cells:
            cell.bottom = min(cell.bottom, last)
    above = [c for c in block.cells if c.bottom == 1]
    if _is_strip(block, above) and all(c.open_top for c in above):
        block.cells = [c for c in block.cells if c.bottom > 1]
        for cell in block.cells:
            cell.row = max(cell.row, 1)


def _is_strip(block: TableBlock, cells: list[TableCell]) -> bool:
    """Empty, and less divided than any row: one cell over the columns that no merged cell takes."""
    return len(cells) == 1 < len(block.cells) and not cells[0].lines


def _close_gaps(block: TableBlock) -> None:
    """A line that ends one column's cell only, with nothing below or above it in that cell, divides nothing."""
    ending, beginning = defaultdict[int, list[TableCell]](list), defaultdict[int, list[TableCell]](list)
    for cell in block.cells:
        ending[cell.bottom].append(cell)
        beginning[cell.row].append(cell)
    for line in range(1, block.rows):
        if len(ending[line]) == len(beginning[line]) == 1 and not (ending[line][0].lines and beginning[line][0].lines):
            above, below = ending[line][0], beginning[line][0]
            if (above.column, above.right) == (below.column, below.right):
                _swallow(above, below)
                block.cells.remove(below)
                ending[below.bottom] = [above if cell is below else cell for cell in ending[below.bottom]]


def _swallow(above: TableCell, below: TableCell) -> None:
    above.bottom, above.open_bottom = below.bottom, below.open_bottom
    if below.lines:
        above.lines, above.text = below.lines, below.text


def _number_rows(block: TableBlock) -> None:
    """Count only rows in which a cell begins."""
    starts = sorted({c.row for c in block.cells})
    if len(starts) == block.rows:
        return
    for cell in block.cells:
        cell.row, cell.bottom = bisect_left(starts, cell.row), bisect_left(starts, cell.bottom)
    block.rows = len(starts)


def _parts(block: TableBlock) -> list[TableBlock]:
    """Tables that touch each other taken apart: where a line runs through and no column goes on below it."""
    crossed = {row for c in block.cells for row in range(c.row + 1, c.bottom)}
    inner = _inner(block)
    parts, start = [], 0
    for cut in [row for row in range(1, block.rows) if row not in crossed]:
        above, below = _first(reversed(inner[start:cut])), _first(inner[cut:])
        if _differ(above, below) and (inner[cut] or inner[cut - 1]):
            parts.append(_part(block, start, cut))
            start = cut
    return [*parts, _part(block, start, block.rows)] if parts else [block]


def _differ(above: set[int], below: set[int]) -> bool:
    """Whether most column edges of the row with fewer of them are not those of the other."""
    fewer = min(len(above), len(below))
    return fewer > 0 and 2 * len(above & below) < fewer


def _inner(block: TableBlock) -> list[set[int]]:
    """For each row the column edges between its cells."""
    edges: list[set[int]] = [set() for _ in range(block.rows)]
    for cell in block.cells:
        if cell.column > 0:
            for row in range(cell.row, cell.bottom):
                edges[row].add(cell.column)
    return edges


def _first(rows: Iterable[set[int]]) -> set[int]:
    """The edges of the first of these rows that has any."""
    return next(filter(None, rows), set())


def _part(block: TableBlock, start: int, stop: int) -> TableBlock:
    """Some rows as a table of its own, with the column edges that they use."""
    cells = [c for c in block.cells if start <= c.row < stop]
    used = sorted({c.column for c in cells} | {c.right for c in cells})
    for cell in cells:
        cell.row, cell.bottom = cell.row - start, cell.bottom - start
        cell.column, cell.right = used.index(cell.column), used.index(cell.right)
    return TableBlock([block.xs[edge] for edge in used], stop - start, cells, block.pad)


def _padding(ruled: RuledTable, cells: list[TableCell]) -> float:
    """The least distance between a text and the edge of its cell: what the fullest line leaves."""
    gaps = [
        gap
        for cell in cells
        for line in cell.lines
        for gap in (line.x0 - ruled.xs[cell.column], ruled.xs[cell.right] - line.x1)
        if gap >= 0
    ]
    return min(gaps, default=0.0)
