"""Blocks that name the blocks within them, as a service writes the lines, words and tables of a page, as lines and cells.

{"BlockType": "LINE",  "Id": "l1", "Text": "规章 3", "Relationships": [{"Type": "CHILD", "Ids": ["w1", "w2"]}]}
{"BlockType": "TABLE", "Id": "t1", "Relationships": [{"Type": "CHILD", "Ids": ["c1", …]}, {"Type": "MERGED_CELL", "Ids": […]}]}
{"BlockType": "CELL",  "Id": "c1", "RowIndex": 1, "ColumnIndex": 1, "Relationships": [{"Type": "CHILD", "Ids": ["w1"]}]}

What stands in a cell is a line, too: there the table begins, and the line is no other text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govreport.readers.json.tables import Node

__all__ = ["blocks"]

_WITHIN, _MERGED = "CHILD", "MERGED_CELL"
_DEEPEST = 4


def blocks(node: Node) -> list[Node]:
    """The lines and the tables, each table as a list of its cells; nothing where there are no such blocks."""
    given = node.get("Blocks") if isinstance(node, Mapping) else None
    found = [block for block in given if isinstance(block, Mapping)] if isinstance(given, Sequence) else []
    known = {str(block["Id"]): block for block in found if "Id" in block and "BlockType" in block}
    return list(_Blocks(known).written()) if known and len(known) == len(found) else []


class _Blocks:
    """All blocks by their names."""

    def __init__(self, known: Mapping[str, Mapping[str, Node]]) -> None:
        self._known = known

    def written(self) -> Iterator[Node]:
        """Lines as they stand, and a table where the first of its lines would."""
        tables = {name: list(self._cells(block)) for name, block in self._known.items() if block["BlockType"] == "TABLE"}
        owner = {word: name for name in tables for cell in self._within(name) for word in self._within(cell)}
        left = dict(tables)
        for name, block in self._known.items():
            table = next((owner[word] for word in self._within(name) if word in owner), None)
            if block["BlockType"] == "LINE" and table is None:
                yield block.get("Text")
            elif block["BlockType"] == "LINE" and table in left:
                yield left.pop(str(table))
        yield from left.values()

    def _cells(self, table: Mapping[str, Node]) -> Iterator[Node]:
        """The cells of a table; those that are one say so together."""
        merged = [self._known[name] for name in _ids(table, _MERGED) if name in self._known]
        hidden = {name for block in merged for name in _ids(block, _WITHIN)}
        cells = [self._known[name] for name in _ids(table, _WITHIN) if name in self._known and name not in hidden]
        for block in (*merged, *cells):
            places = {name: value for name, value in block.items() if name.endswith(("Index", "Span"))}
            yield {**places, "text": self._text(block)}

    def _text(self, block: Mapping[str, Node], depth: int = 0) -> str:
        """What the words within a block say."""
        said = block.get("Text")
        within = (self._known[name] for name in _ids(block, _WITHIN) if name in self._known and depth < _DEEPEST)
        return said if isinstance(said, str) else " ".join(filter(None, (self._text(each, depth + 1) for each in within)))

    def _within(self, name: str) -> Sequence[str]:
        return list(_ids(self._known.get(name, {}), _WITHIN))


def _ids(block: Mapping[str, Node], kind: str) -> Iterator[str]:
    """The names of the blocks that a block relates to in that way."""
    relations = block.get("Relationships")
    for relation in relations if isinstance(relations, Sequence) and not isinstance(relations, str) else ():
        if isinstance(relation, Mapping) and relation.get("Type") == kind:
            names = relation.get("Ids")
            yield from (str(name) for name in names or ()) if isinstance(names, Sequence) else ()
