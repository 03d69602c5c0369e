"""Cells in JSON that say where they stand, in a list of their own or in rows within a table.

[{"rowIndex": 0, "columnIndex": 1, "content": "3"}, …]
[{"cell": "B1", "value": 3}, …]                                      {"B1": {"v": 3}, …}
[{"children": [{"text": "3", "metadata": {"row": 0, "col": 1, "colSpan": 2}}, …]}, …]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from govreport.readers.json.tables import Node, Number, described, is_list
from govreport.readers.sheets.rows import Filled, Sheet
from govreport.source import GridCell, Limits

__all__ = ["located", "sheets"]

_ROW = (
    *("row", "rowIndex", "row_index", "start_row_offset_idx", "rowStart", "startRow", "row_start", "r"),
    *("RowIndex", "RowTl", "ysc"),
)
_COLUMN = (
    *("column", "col", "columnIndex", "column_index", "start_col_offset_idx", "colStart", "startCol", "col_start", "c"),
    *("ColumnIndex", "ColTl", "xsc"),
)
_ROWSPAN = ("rowspan", "rowSpan", "row_span", "RowSpan")
_COLSPAN = ("colspan", "columnSpan", "colSpan", "col_span", "column_span", "ColumnSpan")
_ROW_END, _COLUMN_END = ("row_end", "RowBr", "yec"), ("col_end", "ColBr", "xec")
"""The row and the column behind a cell, for those that do not say how far it reaches."""
_ONE_BASED = frozenset({"RowIndex", "ColumnIndex"})
_LAST = frozenset({"yec", "xec"})
"""Ends that are the last row or column of a cell, not the one behind it."""
_ADDRESS = re.compile(r"\$?([A-Z]{1,2})\$?([1-9]\d{0,5})")
_ADDRESSES = ("cell", "address", "coordinate", "ref", "cellRef", "addr", "position")
_SHEETS = ("sheet", "sheetName", "sheet_name", "worksheet")
_FEWEST = 2
_MOST_DIGITS = 6


def located(node: Node, span: int) -> list[GridCell] | None:
    """Cells that say in which row and column they stand; None if the node is none. Spans are cut to `span`."""
    node = _by_address(node)
    if not is_list(node) or len(node) < _FEWEST:
        return None
    cells = [cell for item in node for cell in _cells(item, span)]
    return None if None in cells or len(cells) < _FEWEST else [cell for cell in cells if cell is not None]


def _by_address(node: Node) -> Node:
    """The cells of a sheet that has them by their addresses or numbers, each with its own; any other node as it is."""
    if not isinstance(node, Mapping):
        return node
    if numbered := list(_by_numbers(node)):
        return numbered
    names = [name for name in node if not name.startswith("!")]
    places = [place for name in names if (place := _place(name)) is not None]
    if len(places) < len(names) or any(len(set(each)) < _FEWEST for each in zip(*places, strict=True)) or not places:
        return node
    return [{**_told(node[name]), _ADDRESSES[0]: name} for name in names]


def _by_numbers(node: Mapping[str, Node]) -> Iterator[Node]:
    """The cells of {row: {column: cell}}, each with its place; cells are objects, for a data frame has its columns first."""
    rows = {name: row for name, row in node.items() if isinstance(row, Mapping)}
    names = [name for row in (rows, *rows.values()) for name in row]
    objects = all(isinstance(cell, Mapping) for row in rows.values() for cell in row.values())
    counted = all(name.isdecimal() and len(name) <= _MOST_DIGITS for name in names)
    if len(rows) == len(node) >= _FEWEST and objects and counted:
        for row, told in rows.items():
            yield from ({**_told(cell), _ROW[0]: Number(row), _COLUMN[0]: Number(column)} for column, cell in told.items())


def _told(node: Node) -> Mapping[str, Node]:
    return node if isinstance(node, Mapping) else {"value": node}


def sheets(node: Node, cells: Sequence[GridCell], limits: Limits) -> list[Sheet]:
    """The sheets that cells are, where they are those of sheets: by address, or with text alone in rows that span nothing.

    There a cell that has nothing is left out, and what is no table is between tables.
    """
    node = _by_address(node)
    names = [_named(item) for item in node] if is_list(node) and all(map(_is_addressed, node)) else []
    if not (names or _strewn(cells)):
        return []
    filled: dict[str, Filled] = {}
    for cell, name in zip(cells, names or [""] * len(cells), strict=True):
        filled.setdefault(name, Filled(limits)).put(cell.row, cell.column, cell.text)
    return [Sheet(own.sheet((), number).rows) for number, own in enumerate(filled.values(), 1)]


def _strewn(cells: Sequence[GridCell]) -> bool:
    """Whether some rows have one cell and others more, and none spans several columns: text between tables."""
    sizes = Counter(cell.row for cell in cells)
    plain = all(cell.colspan == cell.rowspan == 1 for cell in cells)
    return plain and min(sizes.values()) == 1 < max(sizes.values())


def _cells(node: Node, span: int) -> Iterator[GridCell | None]:
    """A cell, or those of a row; None for anything else."""
    if not isinstance(node, Mapping):
        yield None
        return
    cell = _located(node, span)
    lists = [value for value in node.values() if is_list(value)]
    if cell is None and len(lists) == 1:
        yield from (_located(item, span) if isinstance(item, Mapping) else None for item in lists[0])
    else:
        yield cell


def _located(node: Mapping[str, Node], span: int) -> GridCell | None:
    text = described(node)
    if text is None and any(isinstance(value, str) and not isinstance(value, Number) for value in node.values()):
        return None
    text = text or ""
    if (address := _address(node)) is not None:
        return GridCell(text, *address)
    for told in (node, *(value for value in node.values() if isinstance(value, Mapping))):
        row, column = _whole(told, _ROW), _whole(told, _COLUMN)
        if row is not None and column is not None:
            down, across = _reach(told, row, _ROWSPAN, _ROW_END), _reach(told, column, _COLSPAN, _COLUMN_END)
            return GridCell(text, row, column, min(down, span), min(across, span))
    return None


def _reach(told: Mapping[str, Node], start: int, spans: Sequence[str], ends: Sequence[str]) -> int:
    """How many rows or columns a cell covers."""
    end = _whole(told, ends)
    return _whole(told, spans) or (1 if end is None else max(1, end - start))


def _address(node: Mapping[str, Node]) -> tuple[int, int] | None:
    """The place that an address among its members gives."""
    return next((place for name in _ADDRESSES if (place := _place(str(node.get(name, "")))) is not None), None)


def _place(address: str) -> tuple[int, int] | None:
    """Row and column of an address as spreadsheets have it, from 0."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _is_addressed(node: Node) -> bool:
    return isinstance(node, Mapping) and _address(node) is not None


def _named(node: Node) -> str:
    """The sheet that a cell says it is in."""
    return next((str(node[name]) for name in _SHEETS if name in node), "") if isinstance(node, Mapping) else ""


def _whole(node: Mapping[str, Node], names: Sequence[str]) -> int | None:
    """The first of these members that is a count; those whose convention starts at one are counted from 0."""
    for name in names:
        value = node.get(name)
        if isinstance(value, Number) and value.isdecimal() and len(value) <= _MOST_DIGITS:
            return max(0, int(value) - (name in _ONE_BASED) + (name in _LAST))
    return None
