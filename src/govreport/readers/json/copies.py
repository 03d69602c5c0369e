"""The same document twice in an object of JSON: converters give a page as HTML and as text, a table as cells and as a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from govreport.readers.json.tables import Node, Number
from govreport.source import Limits

__all__ = ["Copies"]

_OTHER = re.compile(r"<[^<>]{,2000}>|[^\w<]+|[_<]")
_SHORT = 20
"""Letters up to which a text that stands twice is no copy, but said twice."""
_FEW_TEXTS = 4
"""Texts up to which two lists are alike by accident."""
_MOST_MEMBERS = 100
"""Members of the largest object that is searched for copies: none that describes a document has so many."""
_KINDS = ("text/html", "text/markdown", "text/plain")
"""Names of members that are one thing in several kinds, as notebooks keep what a program showed; that with most shape first."""
_READINGS = 4
"""How often the text of a document may be looked at for copies, before they are left in: nested objects repeat the work."""


class Copies:
    """Tells copies within one document."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.bytes * _READINGS

    def without(self, node: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
        """The members of an object, of those that say the same only the one with most of the document's shape."""
        best = next((kind for kind in _KINDS if kind in node), None)
        members = [(key, value) for key, value in node.items() if key == best or key not in _KINDS]
        long = [index for index, (_, value) in enumerate(members) if isinstance(value, str) and len(value) > _SHORT]
        lists = [
            index for index, (_, value) in enumerate(members) if isinstance(value, Sequence) and not isinstance(value, str)
        ]
        dropped = {*self._told(members, long), *self._alike(members, lists)}
        return (member for index, member in enumerate(members) if index not in dropped)

    def _told(self, members: Sequence[tuple[str, Node]], long: Sequence[int]) -> Iterator[int]:
        """Strings that another member holds, too."""
        if not long or not 1 < len(members) <= _MOST_MEMBERS:
            return
        said = [self._letters(value) for _, value in members]
        for index in long:
            mine = said[index]
            if len(mine) > _SHORT and any(
                mine in said[other]
                and (mine != said[other] or _rank(members[other][1], other) > _rank(members[index][1], index))
                for other in range(len(members))
                if other != index
            ):
                yield index

    def _alike(self, members: Sequence[tuple[str, Node]], lists: Sequence[int]) -> Iterator[int]:
        """Lists of the same texts as one before them."""
        met: list[set[str]] = []
        for index in lists if len(lists) > 1 else ():
            texts = {text for text in self._texts(members[index][1]) if not isinstance(text, Number)}
            if len(texts) > _FEW_TEXTS and texts in met:
                yield index
            met.append(texts)

    def _letters(self, node: Node) -> str:
        return "".join(_OTHER.sub("", unescape(text) if "&" in text else text) for text in self._texts(node))

    def _texts(self, node: Node) -> Iterator[str]:
        """The strings below a node."""
        if isinstance(node, str):
            self._left -= len(node)
            if self._left > 0:
                yield node
        elif isinstance(node, (Mapping, Sequence)):
            for item in node.values() if isinstance(node, Mapping) else node:
                yield from self._texts(item)


def _rank(node: Node, index: int) -> tuple[bool, bool, int, int]:
    """How much of a document's shape a member carries; of two alike the first."""
    if not isinstance(node, str):
        return True, True, 0, -index
    return False, "</" in node, node.count("\n"), -index
