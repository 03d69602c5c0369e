"""Tables in JSON: which lists and objects are rows, records, or columns of a data frame.

[["规章", 3, 0, 12], …]                                    rows
[{"0": "规章", "1": 3}, …]                                 records; keys that are no mere numbers are the header
{"0": {"0": "规章", "1": …}, "1": …}                       columns, as pandas writes them by default
{"columns": […], "index": […], "data": [[…], …]}           a data frame in parts
{"headers": […], "rows": [["规章", 3, 0, 12], …]}          a header and its rows
[{"label": "规章", "values": [3, 0, 12]}, …]               labels, each with its row
"""

from __future__ import annotations

import graphlib
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeGuard

from govreport.values import Kind, classify

__all__ = ["TEXT_KEYS", "Node", "Number", "Rows", "are_points", "described", "is_list", "printed", "rows"]


class Number(str):
    """A number as it stands in the JSON: it is a value of a table, and elsewhere the program's own (a page, a position)."""

    __slots__ = ()


Node: TypeAlias = "str | bool | Sequence[Node] | Mapping[str, Node] | None"
"""What a JSON text holds; numbers are `Number`."""
Rows: TypeAlias = list[list[str]]

_FILLER = re.compile(r"\d{1,9}|[A-Z]|__EMPTY(?:_\d+)?|Unnamed: \d+(?:_level_\d+)?|(?:col|column|field|c|f|x|var|V)[ _]?\d+")
"""Names that programs give to columns that have none."""
_DIGITS = re.compile(r"\d{1,9}$")
_INDEX = frozenset({"index", "level_0", "Unnamed: 0", ""})
_WORD = re.compile(r"[A-Za-z_$@#][\w$@#:. -]+")
"""A name that a programmer chose: its object describes something, it is no row."""
TEXT_KEYS = ("text", "content", "value", "plain_text", "str", "word", "words", "Text", "m", "v")
_CELLS = ("cells", "c", "tableCells")
"""The member of an object that has the cells of a row."""
_FEWEST = 2
_PAIR = 2
_LABELLED = range(2, 4)
"""Members of an object that is a row, its labels before its values."""
_PLACES = frozenset((2, 4, 8))
"""Numbers of a place on a page."""
_HEADERS, _BODIES = ("columns", "headers", "header"), ("data", "rows", "body")
"""The members of an object that has a table in parts."""
_MOST_COLUMNS = 500
"""Columns of the widest table that is made of records, each of which may have columns of its own."""
_SPARSE = 2
"""How far beyond their number the numbers of columns go: one that is empty in all rows has no name."""


def printed(node: Node) -> str | None:
    """What a cell shows: a scalar, an object with one text, or a list of paragraphs; None if the node is no cell."""
    if node is None or isinstance(node, (str, bool)):
        return "" if node is None else str(node)
    if isinstance(node, Mapping):
        return described(node)
    lines = list(map(printed, node))
    return None if len(lines) > 1 or None in lines else "\n".join(filter(None, lines))


def described(node: Mapping[str, Node]) -> str | None:
    """The text of an object that describes a cell."""
    for key in TEXT_KEYS:
        value = node.get(key)
        if key in node and (value is None or isinstance(value, str)):
            return printed(value)
        if isinstance(value, Mapping) and (text := described(value)) is not None:
            return text
    return _joined(list(node.values()))


def _joined(values: Sequence[Node]) -> str | None:
    """The text that an object has in parts, and nothing else."""
    parts = values[0] if len(values) == 1 and is_list(values[0]) else ()
    said = [described(part) if isinstance(part, Mapping) else None for part in parts]
    return None if not said or None in said else "".join(filter(None, said))


def rows(node: Node) -> Rows | None:
    """The rows of a table, its header first; None if the node is none."""
    if isinstance(node, str) or not node or isinstance(node, bool) or are_points(node):
        return None
    found = _framed(node) if isinstance(node, Mapping) else _records(node) or _labelled(node) or _lists(node)
    return found if found and max(map(len, found)) >= _FEWEST else None


def are_points(node: Node) -> bool:
    """Whether a list is one of places on a page: pairs of numbers, or objects of two."""
    pairs = [list(item.values()) if isinstance(item, Mapping) else item for item in node] if is_list(node) else []
    return bool(pairs) and all(
        is_list(pair) and len(pair) == _PAIR and all(isinstance(number, Number) for number in pair) for pair in pairs
    )


def is_list(node: Node) -> TypeGuard[Sequence[Node]]:
    """Whether a value has others in it, one behind the other."""
    return isinstance(node, Sequence) and not isinstance(node, str)


def _lists(node: Sequence[Node]) -> Rows | None:
    """Lists of cells."""
    made = Rows()
    for given in node:
        row = () if given is None else _row(given)
        if row is None:
            return None
        cells = [printed(cell) for cell in row]
        if None in cells:
            return None
        made.append([cell or "" for cell in cells])
    return made


def _row(node: Node) -> Sequence[Node] | None:
    """The cells of a row: a list, or what an object holds that is a row and nothing else."""
    if isinstance(node, Mapping):
        held = [value for value in node.values() if isinstance(value, Mapping)]
        cells = next((node[name] for name in _CELLS if name in node), None)
        return _row(held[0] if cells is None and len(held) == 1 else cells)
    return node if isinstance(node, Sequence) and not isinstance(node, str) else None


def _records(node: Sequence[Node]) -> Rows | None:
    """Objects of scalars whose names are those of columns."""
    records = [item for item in node if isinstance(item, Mapping)]
    if len(records) < len(node) or not all(_is_scalar(value) for record in records for value in record.values()):
        return None
    names = _names(_ordered(records), records)
    if not 0 < len(names) <= _MOST_COLUMNS or any(_WORD.fullmatch(name) and not _FILLER.fullmatch(name) for name in names):
        return None
    columns = None if _rising(names) else _in_columns(names, records)
    if columns is None:
        return None
    return [*_header(columns), *([printed(record.get(name)) or "" for name in columns] for record in records)]


def _labelled(node: Sequence[Node]) -> Rows | None:
    """Objects of the same names that each hold labels and one list of values, in all as long."""
    made, shapes = Rows(), set[tuple[object, ...]]()
    for item in node:
        if not isinstance(item, Mapping) or len(item) not in _LABELLED:
            return None
        cells = [list(value) if is_list(value) else [value] for value in item.values()]
        if not all(_is_scalar(cell) for part in cells for cell in part):
            return None
        shapes.add((*item, *map(len, cells)))
        made.append([printed(cell) or "" for part in cells for cell in part])
    lists = [value for value in node[0].values() if is_list(value)] if isinstance(node[0], Mapping) else []
    if not len(shapes) == len(lists) == 1 < len(lists[0]) or _is_place(lists[0]):
        return None
    return made if any(classify(row[0]) is Kind.TEXT for row in made) else None


def _is_place(numbers: Sequence[Node]) -> bool:
    """Whether they are those of a point, or of the corners of a box."""
    return len(numbers) in _PLACES and all(isinstance(number, Number) for number in numbers)


def _in_columns(names: list[str], records: Sequence[Mapping[str, Node]]) -> list[str] | None:
    """The names in the order of their columns, though some programs put members whose names are numbers before all others.

    Cells of the header that have a name are the first, then, and the numbers count those behind them, from 0 or from 1. None
    where they do not.
    """
    counted = [name for name in names if name.isdecimal()]
    named = names[len(counted) :]
    if not counted or not named or names[: len(counted)] != counted or _are_values(names):
        return names
    numbers = list(map(int, counted))
    if numbers == list(range(len(numbers))):
        return names
    begins = numbers[0] - len(named) in (0, 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    first = [printed(record.get(named[0])) or "" for record in records]
    worded = 2 * sum(classify(text) is Kind.TEXT for text in first) >= len(first)
    return [*named, *counted] if begins and worded else None


def _ordered(records: Sequence[Mapping[str, Node]]) -> list[str]:
    """The names of all columns in their order, though each record may leave out those in which it has nothing."""
    before: dict[str, set[str]] = {key: set() for record in records for key in record}
    if len(before) > _MOST_COLUMNS:
        return list(before)
    for record in records:
        for earlier, later in itertools.pairwise(record):
            before[later].add(earlier)
    try:
        names = list(graphlib.TopologicalSorter(before).static_order())
    except graphlib.CycleError:
        names = list(before)
    if any(map(_are_values, records)):
        return names
    numbered = [index for index, name in enumerate(names) if _FILLER.fullmatch(name)]
    for index, name in zip(numbered, sorted([names[i] for i in numbered], key=_number), strict=True):
        names[index] = name
    return names


def _are_values(names: Collection[str]) -> bool:
    """Whether numbers among the names do not count the columns: they are a row that was taken for the header."""
    numbers = [name for name in names if name.isdecimal()]
    counts = list(map(int, numbers))
    sparse = any(count > _SPARSE * len(names) for count in counts)
    return sparse or (counts != sorted(counts) and numbers != sorted(numbers))


def _rising(names: Sequence[str]) -> bool:
    """Whether numbers that count nothing stand in their order: a program may have put them so, and the columns with them."""
    numbers = [int(name) for name in names if name.isdecimal()]
    return _are_values(names) and numbers == sorted(numbers) and len(numbers) > 1


def _number(filler: str) -> tuple[int, str]:
    """What made-up names are ordered by: A to Z, or the number at their end."""
    digits = _DIGITS.search(filler)
    return int(digits[0]) if digits else 0, filler


def _names(keys: Iterable[str], records: Sequence[Mapping[str, Node]]) -> list[str]:
    """The names of the columns but for one that only counts the records."""
    counts = [str(number) for number in range(len(records))]
    return [key for key in keys if key not in _INDEX or [record.get(key) for record in records] != counts]


def _header(names: Sequence[str]) -> Rows:
    """The names as a row, if a program did not make all of them up."""
    if _are_values(names):
        return [list(names)]
    shown = ["" if _FILLER.fullmatch(name) else name for name in names]
    return [shown] if any(shown) else []


def _framed(node: Mapping[str, Node]) -> Rows | None:
    """A data frame: its parts, or its columns by name."""
    names, data = (next((node[name] for name in given if name in node), None) for given in (_HEADERS, _BODIES))
    if is_list(names) and is_list(data) and data:
        body = _labelled(data) or _lists(data)
        labels = [""] * (max(map(len, body or Rows()), default=0) - len(names))
        return None if body is None else [*_header([*labels, *(printed(name) or "" for name in names)]), *body]
    columns = [_column(column) for column in node.values()]
    first = columns[0]
    if len(columns) < _FEWEST or first is None or any(c is None or c.keys() != first.keys() for c in columns):
        return None
    if _rising(list(node)):
        return None
    body = [[printed(column[row]) or "" for column in columns if column] for row in first]
    return [*_header(list(node)), *body]


def _column(node: Node) -> Mapping[str, Node] | None:
    """The cells of a column by their row."""
    if isinstance(node, Sequence) and not isinstance(node, str):
        node = {str(row): value for row, value in enumerate(node)}
    if isinstance(node, Mapping) and node and all(key.isdecimal() and _is_scalar(value) for key, value in node.items()):
        return node
    return None


def _is_scalar(node: Node) -> bool:
    return node is None or isinstance(node, (str, bool))
