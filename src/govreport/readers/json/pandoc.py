"""Pandoc's own JSON: its blocks and inlines as the strings and tables that any other JSON would hold.

{"blocks": [{"t": "Para", "c": [{"t": "Str", "c": "规章"}]}, {"t": "Table", "c": […]}]}   →   ["规章", [{"row": 0, …}, …]]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from govreport.placing import rowwise
from govreport.readers.json.tables import Node, Number

__all__ = ["blocks"]

_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_TEXTS = frozenset({"Str", "Code", "CodeBlock", "Math", "RawInline"})
_PARAGRAPHS = frozenset({"Para", "Plain", "Header", "LineBlock", "CodeBlock"})
_TABLE_PARTS = 6
_CELL_PARTS = 5
_SPAN = re.compile(r"\d{1,3}")
_MOST_BLOCKS = 20
"""Paragraphs of the fullest cell of a data table."""


@frozen
class _Cell:
    """The rows and columns that a cell covers, and what it holds."""

    rowspan: int
    colspan: int
    blocks: list[Node]


def blocks(node: Node) -> list[Node] | None:
    """What a document of pandoc holds, in order; None if the node is none."""
    if isinstance(node, Mapping) and "pandoc-api-version" in node:
        return list(_blocks(node.get("blocks")))
    return None


def _blocks(node: Node) -> Iterator[Node]:
    kind, content = _kind(node)
    if kind in _PARAGRAPHS:
        yield "".join(_inlines(content))
    elif kind == "Table" and len(_items(content)) == _TABLE_PARTS:
        yield from _table(_items(content))
    else:
        for item in _items(content if kind else node):
            yield from _blocks(item)


def _inlines(node: Node) -> Iterator[str]:
    """The text of inlines, without their attributes."""
    kind, content = _kind(node)
    if kind in _TEXTS:
        yield from [item for item in [content, *_items(content)[-1:]] if isinstance(item, str)]
    elif kind in _SPACES:
        yield _SPACES[kind]
    else:
        for item in _items(content if kind else node):
            yield from _inlines(item)


def _kind(node: Node) -> tuple[str, Node]:
    """The type of an element and what it holds; no type where the node is a list or a plain value."""
    kind = node.get("t") if isinstance(node, Mapping) else None
    return (kind, node.get("c")) if isinstance(kind, str) and isinstance(node, Mapping) else ("", None)


def _items(node: Node) -> Sequence[Node]:
    return node if isinstance(node, Sequence) and not isinstance(node, str) else ()


def _table(parts: Sequence[Node]) -> Iterator[Node]:
    """The cells of head, bodies and foot with their places; what they hold, where the table only arranges a page."""
    rows = list(_rows(parts[3:]))
    if any(len(cell.blocks) > _MOST_BLOCKS or not all(isinstance(b, str) for b in cell.blocks) for row in rows for cell in row):
        yield from (block for row in rows for cell in row for block in cell.blocks)
        return
    cells: list[Node] = []
    for number, column, cell in rowwise(rows):
        text = "\n".join(map(str, cell.blocks))
        cells.append({"text": text, **_counts(row=number, column=column, rowspan=cell.rowspan, colspan=cell.colspan)})
    yield cells


def _counts(**numbers: int) -> dict[str, Node]:
    return {name: Number(number) for name, number in numbers.items()}


def _rows(node: Node) -> Iterator[list[_Cell]]:
    """Every row below a node."""
    items = _items(node)
    cells = [_cell(item) for item in _items(items[1])] if len(items) == 2 else []  # noqa: PLR2004 - attributes and cells
    if cells and None not in cells:
        yield [cell for cell in cells if cell is not None]
    else:
        for item in items:
            yield from _rows(item)


def _cell(node: Node) -> _Cell | None:
    parts = _items(node)
    spans = [part for part in parts[2:4] if isinstance(part, Number) and _SPAN.fullmatch(part)]
    if len(parts) != _CELL_PARTS or len(spans) != 2:  # noqa: PLR2004 - rows and columns
        return None
    return _Cell(int(spans[0]), int(spans[1]), list(_blocks(parts[4])))
