"""A table that has a row for each cell, which says of what row and column it is, as the table of these rows and columns.

不予公开 | 国家秘密 | 自然人   | 3                              | 自然人 | 商业企业
不予公开 | 国家秘密 | 商业企业 | 0    →     不予公开 | 国家秘密 | 3      | 0
不予公开 | 案卷     | 自然人   | 1              | 案卷          | 1      | 2
不予公开 | 案卷     | 商业企业 | 2

The labels of a cell are a path: what comes again behind other beginnings are columns, the beginnings are rows.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from govreport.model import Piece
from govreport.paths import parted, parting
from govreport.turning.sheets import Laid, Sheet, tells
from govreport.values import Kind, classify

__all__ = ["pivoted"]

_PATH = re.compile(r"(?<!\s)(?:\s++(?:[>/\\|\-–—·»›]|->|=>|::)\s+|\s*+(?:→|⇒|›|»|::|->|=>)\s*)")
"""What stands between the labels of a path."""
_FEWEST = 4
"""Cells of the smallest table."""
_VALUED = 0.8
"""Share of the rows of which the column of values holds no words, as its head and a note do."""


_Column: TypeAlias = tuple[str, ...]
"""The labels of a column."""


@frozen
class _Leaf:
    """A cell: its labels, outermost first, and its value."""

    path: tuple[Piece, ...]
    value: Piece

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """What its labels say."""
        return tuple(piece.text for piece in self.path)


@frozen
class _Row:
    """Cells that have the first `depth` labels in common."""

    leaves: tuple[_Leaf, ...]
    depth: int

    @functools.cached_property
    def columns(self) -> tuple[_Column, ...]:
        """The labels of its columns."""
        return tuple(leaf.names[self.depth :] for leaf in self.leaves)

    @functools.cached_property
    def label(self) -> tuple[str, ...]:
        """The labels of the row."""
        return self.leaves[0].names[: self.depth]


def pivoted(sheets: Sequence[Sheet]) -> Mapping[int, Laid]:
    """The tables of such rows."""
    laid = {}
    for index, sheet in enumerate(sheets):
        at = _values(sheet)
        leaves, others = _leaves(sheet, at) if at else ([], [])
        rows = list(_rows(leaves))
        if len(leaves) >= _FEWEST and any(len(row.leaves) > 1 for row in rows):
            laid[index] = _laid(rows, others)
    return laid


def _values(sheet: Sheet) -> int:
    """The only column that holds values, if one does and there are labels before it; else 0."""
    said = [[row[at] for row in sheet.at] for at in range(sheet.width)]
    shares = [sum(not tells(cell) for cell in column) / sheet.height for column in said]
    numbers = [any(classify(cell.text) is Kind.NUMBER for cell in column) for column in said]
    valued = [at for at, number in enumerate(numbers) if number]
    return valued[0] if len(valued) == 1 and shares[valued[0]] >= _VALUED else 0


def _leaves(sheet: Sheet, at: int) -> tuple[list[_Leaf], list[Piece]]:
    """The cells, and the rows that are none."""
    separator = _separator(sheet, at)
    parts = {id(piece): _parts(piece, separator) for _, _, piece in sheet.corners()}
    leaves, others = list[_Leaf](), list[Piece]()
    for row in sheet.at:
        said = [cell for column, cell in enumerate(row) if cell.text.strip() and column != at]
        if tells(row[at]) or not said:
            others += [*said, row[at]]
        else:
            path = [part for cell in said for part in parts[id(cell)]]
            leaves.append(_Leaf(tuple(_once(path)), row[at]))
    return leaves, others


def _once(path: Sequence[Piece]) -> Iterator[Piece]:
    """Labels that stand there twice on end, as merged ones may, once."""
    return (part for number, part in enumerate(path) if not number or part.text != path[number - 1].text)


def _separator(sheet: Sheet, at: int) -> re.Pattern[str] | None:
    """What parts the labels where all of a cell stand in one, with whatever between them."""
    said = [{cell.text.strip() for cell in row if cell is not row[at]} - {""} for row in sheet.at if not tells(row[at])]
    return parting([path for paths in said for path in paths]) if all(len(paths) == 1 for paths in said) else None


def _parts(cell: Piece, separator: re.Pattern[str] | None) -> list[Piece]:
    """The labels of a path that stands in one cell."""
    text = cell.text.strip()
    parts = _PATH.split(text)
    if len(parts) == 1 and separator is not None:
        parts = list(filter(None, (part.strip("【】 ") for _, part in parted(text, separator))))
    return [evolve(cell, text=part) for part in parts] if len(parts) > 1 else [cell]


def _rows(leaves: Sequence[_Leaf]) -> Iterator[_Row]:
    """The rows of the tree of labels: what has only cells within it, or the same columns as another has."""
    often = Counter(_Row(tuple(lot), depth).columns for lot, depth in _nodes(leaves, 0))
    yield from _within(leaves, 0, [{*columns} for columns, count in often.items() if count > 1])


def _nodes(leaves: Sequence[_Leaf], depth: int) -> Iterator[tuple[Sequence[_Leaf], int]]:
    for lot in _lots(leaves, depth):
        if len(lot) > 1 and any(len(leaf.path) > depth + 1 for leaf in lot):
            yield lot, depth + 1
            yield from _nodes(lot, depth + 1)


def _lots(leaves: Sequence[_Leaf], depth: int) -> Iterator[list[_Leaf]]:
    """The cells that follow one another and have the label of that depth in common."""
    for _, lot in itertools.groupby(leaves, key=lambda leaf: leaf.names[: depth + 1]):
        yield list(lot)


def _within(leaves: Sequence[_Leaf], depth: int, alike: Sequence[set[_Column]]) -> Iterator[_Row]:
    """Rows, also those that lack some of the columns that others have."""
    whole = _Row(tuple(leaves), depth)
    if depth and (all(len(path) == 1 for path in whole.columns) or any(each.issuperset(whole.columns) for each in alike)):
        yield whole
        return
    for lot in _lots(leaves, depth):
        if len(lot) > 1 and len(lot[0].names) > depth + 1:
            yield from _within(lot, depth + 1, alike)
        else:
            yield from (_Row((leaf,), max(len(leaf.path) - 1, 0)) for leaf in lot)


def _laid(rows: Sequence[_Row], others: Sequence[Piece]) -> Laid:
    """The rows in blocks of the same columns, each under its own header; labels that come again are copies."""
    cells, used, base = list[Piece](), set[int](), 0
    common = _common([row.label for row in rows])
    depths = {len(row.label) - common for row in rows}
    parted = len(depths) == 1 and depths != {0}
    for block in _blocks(rows, parted=parted):
        made = _block(block)
        used |= {id(piece) for piece, *_ in made}
        cells += (evolve(piece, row=base + row, column=column, rowspan=1, colspan=1) for piece, row, column in made)
        base += max(row for _, row, _ in made) + 1
    labels = {id(piece): piece for row in rows for leaf in row.leaves for piece in leaf.path}
    return Laid(cells, [piece for key, piece in labels.items() if key not in used], others)


def _blocks(rows: Sequence[_Row], *, parted: bool) -> Iterator[list[_Row]]:
    """Rows that follow one another and have the same columns, but for some that are lost; if `parted`, the same group, too."""
    block = list[_Row]()
    for row in rows:
        widest = max(({*each.columns} for each in block), key=len, default=set[_Column]())
        few, many = sorted(({*row.columns}, widest), key=len)
        if block and not (few <= many and (not parted or row.label[:-1] == block[0].label[:-1])):
            yield block
            block = []
        block.append(row)
    yield block


def _common(labels: Sequence[tuple[str, ...]]) -> int:
    """How many labels all begin with."""
    same = (len(set(level)) == 1 for level in zip(*labels, strict=False))
    return sum(itertools.takewhile(bool, same))


_Placed: TypeAlias = tuple[Piece, int, int]
"""A piece with its row and its column."""


def _block(block: Sequence[_Row]) -> list[_Placed]:
    """What all rows have in common on rows of its own, the header, and the rows."""
    widest, labels = max(block, key=lambda row: len({*row.columns})), [row.label for row in block]
    columns = {column: at for at, column in enumerate(widest.columns)}
    top = max(min(_common(labels), *(len(label) - 1 for label in labels)), 0)
    left = max(map(len, labels)) - top
    start = top + max(map(len, widest.columns))
    placed = [(piece, row, 0) for row, piece in enumerate(block[0].leaves[0].path[:top])]
    placed += _header(widest, left, start)
    for number, row in enumerate(block):
        same = min(_common(labels[number - 1 : number + 1]), len(row.label) - 1) if number else top
        own = enumerate(row.leaves[0].path[: row.depth])
        placed += ((piece, start + number, level - top) for level, piece in own if level >= max(top, same))
        placed += ((leaf.value, start + number, left + columns[leaf.names[row.depth :]]) for leaf in row.leaves)
    return placed


def _header(row: _Row, left: int, stop: int) -> Iterator[_Placed]:
    """The labels of columns, those over several once, the last of each in the row above `stop`."""
    header: dict[tuple[int, int], Piece] = {}
    for column, leaf in enumerate(row.leaves, left):
        own = leaf.path[row.depth :]
        header |= {(level, column): piece for level, piece in enumerate(own, stop - len(own))}
    for (level, column), piece in sorted(header.items(), key=lambda item: item[0]):
        before = header.get((level, column - 1))
        if before is None or before.text != piece.text:
            yield piece, level, column
