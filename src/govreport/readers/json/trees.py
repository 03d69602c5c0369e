"""Objects of JSON whose names are the labels of a table, as scripts dump one: a row for each value, its labels before it.

{"不予公开": {"国家秘密": {"自然人": 3, "总计": 3}}}         不予公开 | 国家秘密 | 自然人 | 3
{"不予公开/国家秘密/自然人": 3, …}                     →              |          | 总计   | 3

Of what row and what column of a form a value is, its labels say together: whoever reads the table finds out.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeGuard

from attrs import frozen

from govreport.readers.json.tables import Node, Number, printed
from govreport.source import GridCell
from govreport.values import Kind, classify

__all__ = ["Tree", "in_order", "named", "nested", "paths", "table"]

Tree: TypeAlias = "dict[str, Tree | str]"
"""Labels with what is under each: more labels, or a value as it prints."""

_CHINESE = re.compile("[\u3400-\u9fff]")
_SEPARATORS = tuple(map(re.compile, (r"\s*(?:->|=>|→|⇒|›|»|::|>)\s*", r"\s*[/\\|｜／]\s*", r"_+|\s*[-—–]+\s*|(?<!\d)\.")))
"""What may part the labels of a path, the surest first; a point behind a digit numbers an item."""
_USUAL = 0.8
"""Share of names in which what parts labels stands."""
_FEWEST = 4
"""Values of the smallest table."""
_DEEPEST = 8
"""Labels before a value: the forms have five at the most, and a heading."""
_COMMON = 0.5
"""Share of the columns that two parts have in common, if both are of one table; most tables have a total."""
_FEWEST_ALONE = 8
"""Values of a part that is a table of its own; less is a group of rows, whose columns may be others."""


@frozen
class _Leaf:
    """A value with its labels, outermost first."""

    path: tuple[str, ...]
    value: str


def nested(node: Mapping[str, Node]) -> Mapping[str, Node]:
    """An object whose names are paths of labels, as objects within each other, if these are tables; any other as it is."""
    for parting in _SEPARATORS if len(node) >= _FEWEST else ():
        if sum(parting.search(name) is not None for name in node) >= max(_USUAL * len(node), _FEWEST):
            made = _unfolded(node, parting) or {}
            inner = (value for value in made.values() if isinstance(value, Mapping))
            return made if table(made) or any(map(table, inner)) else node
    return node


def _unfolded(node: Mapping[str, Node], parting: re.Pattern[str]) -> Mapping[str, Node] | None:
    """None where two values have the same labels, or one stands both for a value and for what has some within it."""
    made: dict[str, Node] = {}
    whole = True
    for name, value in node.items():
        path = list(filter(None, parting.split(name))) if _is_value(value) else [name]
        whole = whole and _put(made, path, value)
    return made if whole else None


def _put(made: dict[str, Node], path: Sequence[str], value: Node) -> bool:
    """Put a value under its labels; False if something stands there."""
    within: Node = made
    for label in path[:-1]:
        within = within.setdefault(label, {}) if isinstance(within, dict) else None
    if not path or not isinstance(within, dict) or path[-1] in within:
        return False
    within[path[-1]] = value
    return True


def table(node: Mapping[str, Node]) -> Tree:
    """The members of an object that are one table, if there is one; a number before the first row is none of it."""
    read = {name: _read(value, 1) for name, value in node.items() if _CHINESE.search(name)}
    said = ((name, value) for name, value in read.items() if value is not None)
    found: Tree = dict(itertools.dropwhile(lambda item: isinstance(item[1], str), said))
    return found if _is_table(found) else {}


def named(node: Sequence[Node], depth: int = 0) -> Mapping[str, Node] | None:
    """A list of objects each of which says by a text of what row it is, as rows by that text; None if it is none such."""
    made: dict[str, Node] = {}
    for item in node:
        labels = [value for value in item.values() if _is_label(value)] if isinstance(item, Mapping) else []
        members = list(_unlabelled(item, depth)) if isinstance(item, Mapping) else []
        row = dict(members)  # a name that comes twice is this year's and last year's, perhaps
        if len(row) != len(members) or not _put(made, labels, row):
            return None
    return made


def _is_label(node: Node) -> TypeGuard[str]:
    return isinstance(node, str) and not _is_value(node) and _CHINESE.search(node) is not None


def _unlabelled(item: Mapping[str, Node], depth: int) -> Iterator[tuple[str, Node]]:
    """What an object holds beside the labels of its row; an object in it that a program named is part of it."""
    for name, value in item.items():
        within = None if _CHINESE.search(name) else _object(value, depth + 1)
        if isinstance(within, Mapping):
            yield from within.items()
        elif not _is_label(value):
            yield name, value


def _object(node: Node, depth: int) -> Node:
    """A list of named rows as the object of these; anything else as it is."""
    if isinstance(node, Sequence) and not isinstance(node, str) and depth < _DEEPEST:
        return named(node, depth) or node
    return node


def _read(given: Node, depth: int) -> Tree | str | None:
    """Labels and values, without the members that are a program's own; None where anything else is within."""
    if _is_value(given):
        return printed(given)
    node = _object(given, depth)
    if not isinstance(node, Mapping) or depth == _DEEPEST:
        return None
    found: Tree = {}
    for name, value in nested(node).items():
        chinese = _CHINESE.search(name) is not None
        read = value if _is_label(value) else _read(value, depth + 1)
        if read is not None and chinese:
            found[name] = read
        elif chinese or not isinstance(value, Number):
            return None
    notes = sum(map(_is_label, node.values()))
    return found if 2 * notes < len(found) else None


def _is_value(node: Node) -> bool:
    return node is None or (isinstance(node, str) and classify(node) is not Kind.TEXT)


def _is_table(found: Tree) -> bool:
    """Whether there are rows, and beside what may be a table of its own nothing that has other columns."""
    parts = [list(_leaves(value)) for value in found.values() if isinstance(value, dict)]
    columns = next(filter(None, map(_columns, parts)), set[str]())
    names = ({leaf.path[-1] for leaf in leaves} for leaves in parts)
    alike = not columns or all(len(own & columns) > _COMMON * min(len(own), len(columns)) for own in names)
    return len(found) > 1 and sum(map(len, parts)) >= _FEWEST and alike


def in_order(found: Tree) -> bool:
    """Whether names stand as in a table: not sorted, in each row in the same order, and no total before its parts.

    The members of an object need not stand in any order, and who reads a table takes much for granted of its columns.
    """
    objects = list(_objects(found))
    if all(list(each) == sorted(each) for each in objects):
        return False
    orders: dict[frozenset[str], tuple[str, ...]] = {}
    rows = [[(leaf.path[-1], leaf.value) for leaf in _leaves(each)] for each in objects]
    named_once = [row for row in rows if len(dict(row)) == len(row)]
    same = all(orders.setdefault(frozenset(dict(row)), tuple(dict(row))) == tuple(dict(row)) for row in named_once)
    sums = Counter(map(_place_of_sum, named_once))
    return same and sums[False] <= sums[True]


def _objects(found: Tree) -> Iterator[Tree]:
    yield found
    for value in found.values():
        if isinstance(value, dict):
            yield from _objects(value)


def _place_of_sum(row: Sequence[tuple[str, str]]) -> bool | None:
    """Whether the value that is the sum of all others, is the last; None without such."""
    counts = [int(value) if value.isdecimal() else 0 for _, value in row]
    if not any(counts) or max(counts) * 2 != sum(counts):
        return None
    return counts[-1] == max(counts)


def _columns(leaves: Sequence[_Leaf]) -> set[str]:
    """The columns of what may be a table of its own: innermost labels that come again, as they do in each row."""
    often = Counter(leaf.path[-1] for leaf in leaves)
    columns = {name for name, count in often.items() if count > 1}
    return columns if len(columns) > 1 and len(leaves) >= _FEWEST_ALONE else set()


def paths(found: Tree) -> Iterator[GridCell]:
    """A row a value: labels merged over the rows that have them, the innermost beside the value; empty cells before it."""
    leaves = list(_leaves(found))
    width = max(len(leaf.path) for leaf in leaves)
    for column in range(width - 1):
        begun = ((row, leaf.path[: column + 1] if column < len(leaf.path) - 1 else (row,)) for row, leaf in enumerate(leaves))
        for start, group in itertools.groupby(begun, key=lambda item: item[1]):
            rows = [row for row, _ in group]
            text = start[-1]
            yield GridCell(text if isinstance(text, str) else "", rows[0], column, len(rows))
    for row, leaf in enumerate(leaves):
        yield GridCell(leaf.path[-1], row, width - 1)
        yield GridCell(leaf.value, row, width)


def _leaves(found: Tree, above: Sequence[str] = ()) -> Iterator[_Leaf]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, name))
        else:
            yield _Leaf((*above, name), value)
