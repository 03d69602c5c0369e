"""The official geometry of a form's tables: rows of labels and value cells with their spans.

Everything that draws a table (terminal, HTML, writers, layouts) draws this, so that it looks like the statutory form
everywhere: a header over every item of table 二 (four columns wide), three label and seven value columns in table 三, fifteen
value columns under three header rows in table 四.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs
from attrs import frozen

from govreport.forms.spec import Block, Column, FormSpec, TableSpec
from govreport.model import Table

__all__ = ["DrawnCell", "DrawnRow", "drawing", "spec_of"]


@frozen
class DrawnCell:
    """A cell of the drawn table: a label (`key` None) or the value cell of a key (`text` empty).

    `scope` is what a label stands for, in the words of HTML: `col`, `colgroup`, `row` or `rowgroup`; None for a value.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None
    scope: str | None = None


DrawnRow = tuple[DrawnCell, ...]


def drawing(table: TableSpec) -> tuple[DrawnRow, ...]:
    """The rows of the table as the form prints them; cells hidden by a span are left out, as in HTML."""
    labels = _label_width(table)
    width = labels + max(len(block.columns) for block in table.blocks)
    return tuple(itertools.chain.from_iterable(_block(table, block, labels, width) for block in table.blocks))


def spec_of(table: Table, forms: Iterable[FormSpec]) -> TableSpec | None:
    """The form's table that these cells fill; in a hybrid each block is taken from the form that its cells were read by.

    None where no known form has a table of that name with any of the cells.
    """
    present = {(cell.form, cell.key) for cell in table.cells}
    specs = [(form.name, spec) for form in forms for spec in form.tables if spec.name == table.name]
    used = [(spec, [b for b in spec.blocks if any((name, c.key) in present for c in b.cells)]) for name, spec in specs]
    main = max(used, key=lambda pair: len(pair[1]), default=None)
    if main is None or not main[1]:
        return None
    others = [block for spec, blocks in used if spec is not main[0] for block in blocks]
    return main[0] if not others and len(main[1]) == len(main[0].blocks) else _merged(main[0], [*main[1], *others])


def _merged(spec: TableSpec, blocks: Sequence[Block]) -> TableSpec:
    """The blocks in the order of their items; 第二十条 items sort by where the form with most blocks has them, others after."""
    order = {block.name: index for index, block in enumerate(spec.blocks)}
    return attrs.evolve(spec, blocks=tuple(sorted(blocks, key=lambda b: order.get(b.name, len(order)))))


def _label_width(table: TableSpec) -> int:
    """Columns that row labels take: as many as the deepest label path has parts, none where rows have no label."""
    return max(len(_parts(row.path)) for block in table.blocks for row in block.rows)


def _parts(path: str) -> tuple[str, ...]:
    return tuple(filter(None, path.split("|")))


def _captions(table: TableSpec) -> list[str]:
    """The captions that are no group of rows or columns: the corner of the header, then what stands over all columns."""
    rows = {part for block in table.blocks for row in block.rows for part in _parts(row.path)}
    columns = {part for block in table.blocks for column in block.columns for part in _headers(column)}
    return [caption for caption in table.captions if caption not in rows | columns]


def _headers(column: Column) -> tuple[str, ...]:
    """The labels over a column from the top down; an amount shows its unit."""
    last = f"{column.header}（{column.unit}）" if column.unit else column.header
    return (*_parts(column.group or ""), last)


def _block(table: TableSpec, block: Block, labels: int, width: int) -> Iterator[DrawnRow]:
    captions = _captions(table)
    if block.item:
        yield (DrawnCell(block.item, colspan=width, scope="colgroup"),)
    yield from _header(block, captions[:1], captions[1:2] if not block.item else [], labels, width)
    yield from _body(block, labels, width)


def _header(block: Block, corner: list[str], banner: list[str], labels: int, width: int) -> Iterator[DrawnRow]:
    """The header rows: groups over their columns, a label without a group reaching down to the values."""
    paths = [(*banner, *_headers(column)) for column in block.columns]
    depth = max(map(len, paths))
    spans = _spans(len(block.columns), width - labels)
    for level in range(depth):
        first = [DrawnCell(text, rowspan=depth, colspan=labels, scope="colgroup") for text in corner if level == 0 and labels]
        yield (*first, *_level(paths, spans, level, depth))


def _level(paths: Sequence[tuple[str, ...]], spans: Sequence[int], level: int, depth: int) -> Iterator[DrawnCell]:
    """One header row; a group's cell covers the neighbours that share its path down to here."""
    deep = [index for index, path in enumerate(paths) if len(path) > level]
    for _, run in itertools.groupby(deep, key=lambda i: paths[i][: level + 1] if len(paths[i]) > level + 1 else i):
        covered = list(run)
        path = paths[covered[0]]
        leaf = len(path) == level + 1
        yield DrawnCell(
            path[level],
            rowspan=depth - level if leaf else 1,
            colspan=sum(spans[i] for i in covered),
            scope="col" if leaf else "colgroup",
        )


def _spans(columns: int, width: int) -> list[int]:
    """How wide each column is: one each, the last taking what is left of the table's width."""
    return [1] * (columns - 1) + [width - columns + 1]


def _body(block: Block, labels: int, width: int) -> Iterator[DrawnRow]:
    paths = [_parts(row.path) for row in block.rows]
    spans = _spans(len(block.columns), width - labels)
    for index in range(len(block.rows)):
        row = block.cells[index * len(spans) : (index + 1) * len(spans)]
        values = (DrawnCell("", colspan=span, key=cell.key) for cell, span in zip(row, spans, strict=True))
        yield (*_row_labels(paths, index, labels), *values)


def _row_labels(paths: Sequence[tuple[str, ...]], index: int, width: int) -> Iterator[DrawnCell]:
    """The labels that begin at this row: a group at the first of its rows, covering them; the last part fills the width."""
    path = paths[index]
    for depth, text in enumerate(path):
        prefix = path[: depth + 1]
        if depth == len(path) - 1:
            yield DrawnCell(text, colspan=width - depth, scope="row")
        elif index == 0 or paths[index - 1][: depth + 1] != prefix:
            yield DrawnCell(text, rowspan=sum(p[: depth + 1] == prefix for p in paths), scope="rowgroup")
