"""JSON: what converters and scripts make of a document, as one value or one a line.

Strings are lines of text, wherever they stand, and what is a table becomes a grid; names of members, numbers and identifiers
of the program are left out unless they are written in Chinese. A string may itself be a page or Markdown.
"""

from __future__ import annotations

import contextlib
import html
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import evolve

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers, surest
from govreport.readers.bboxes.paged import pages_of
from govreport.readers.flow import Flow
from govreport.readers.json import pandoc, places, related, tidy, trees, words
from govreport.readers.json import tables as jsontables
from govreport.readers.json.copies import Copies
from govreport.readers.json.literals import as_json
from govreport.readers.json.tables import Node, Number
from govreport.readers.pages.written import written
from govreport.readers.sheets.cellvalues import as_text
from govreport.readers.sheets.rows import Sheet, write_sheet
from govreport.readers.sniff import decode, looks_binary
from govreport.source import GridCell, Limits, Source

__all__ = ["JsonReader"]

_OPEN = (b"[", b"{", b"(")
_CALL = re.compile(rb"(?:/\*.{,80}?\*/\s*)?[\w.$]{1,120}\(\s*[\[{]", re.DOTALL)
_CALLED = re.compile(r"(?:/\*.{,80}?\*/\s*)?[\w.$]{1,120}\(\s*([\[{].*[\]}])\s*\)[;\s]*", re.DOTALL)
"""A function called with the value, as pages ask other sites for it."""
_LOGGED = re.compile(r"\[\d{4}[/-]\d\d[/-]\d\d \d\d:\d\d:\d\d[^\]\n]*\][ \w.]{0,40}:[ ]?(?:\*{3}.*)?")
"""What a log sets before a value, and lines of it that only name a file."""
_HEAD = 256
_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("^[^\u3400-\u9fff]*[A-Za-z][^\u3400-\u9fff]*$")
_SHOWN = frozenset((*jsontables.TEXT_KEYS, "values", "title", "orig", "data", "row", "cells", "DetectedText"))
"""Members that hold what a document shows, also where that is a number."""
_METADATA = {"title": ("title",), "published": ("date", "published", "publishedTime", "date_published", "pubdate")}
_PAGE = 20
"""Characters that the shortest page or table has."""
_LINES_A_CELL = 2  # lines that the text may have for each cell that the limits allow
_OWN = frozenset({"schema_version", "tables", "sections"})


class JsonReader:
    """Reads .json and .jsonl of any make; needs lxml where strings hold HTML."""

    name = "json"

    def __init__(self, readers: Callable[[], Iterable[Reader]] = builtin_readers) -> None:
        self._readers = readers

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """All of it is JSON, as one value or one a line."""
        head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
        if not (head.startswith(_OPEN) or _CALL.match(head)) or looks_binary(data):
            return None
        try:
            values = _values(decode(data).text)
        except RecursionError:
            return Claim(self.name, 1.0, ("JSON nested very deeply",))
        return Claim(self.name, 1.0, (f"JSON from end to end, {len(values)} values",)) if values else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """Text and tables in the order in which they stand; there are no places but the lines of that text."""
        if len(data) > limits.bytes:
            raise SourceError("the JSON has {size:,} bytes, more than the limit of {most:,}", size=len(data), most=limits.bytes)
        decoded = decode(data)
        if max(decoded.text.count("\n"), decoded.text.count("\\n")) > limits.cells * _LINES_A_CELL:
            raise SourceError("the JSON has more than {most:,} lines", limit="cells", most=limits.cells * _LINES_A_CELL)
        values = _values(decoded.text)
        first = values[0] if values else None
        if isinstance(first, Mapping) and first.keys() >= _OWN:
            raise SourceError("this JSON is a report that govreport wrote: read it with govreport.from_json")
        root = pandoc.blocks(first) or related.blocks(first) or (first if len(values) == 1 else values)
        source = _Document(root, limits, [reader for reader in self._readers() if reader.name != self.name]).source()
        if not _says_tables(source) and (found := words.pages(root, limits.depth)):
            source = evolve(written(pages_of(found, self.name, limits), self.name, limits), metadata=source.metadata)
        return evolve(source, encoding=decoded.encoding)


def _values(text: str) -> list[Node]:
    """The JSON values of a text, or those that a script printed; none if it is neither."""
    called = _CALLED.fullmatch(text.strip())
    whole = called[1] if called else text
    lines = [line for line in text.splitlines() if line.strip()]
    logged = list(filter(str.strip, (_LOGGED.sub("", line, count=1) for line in lines))) if _LOGGED.match(whole) else lines
    for read in (_value, _printed):
        for parts in ([whole], logged):
            with contextlib.suppress(ValueError):
                return list(map(read, parts))
    return []


def _printed(text: str) -> Node:
    """A value in the notation of another language."""
    made = as_json(text)
    if made is None:
        raise ValueError(text[:_HEAD])
    return _value(made)


def _value(text: str) -> Node:
    """A JSON value in which numbers are their digits, and what is no number to JSON is nothing."""
    node: Node = json.loads(
        text,
        parse_int=Number,
        parse_float=lambda digits: Number(as_text(float(digits))),
        parse_constant=lambda _: "",
        object_hook=lambda members: {name: _whole(value) for name, value in members.items()},
    )
    return node


def _whole(node: Node) -> Node:
    """A text that is kept as a list of its lines, as notebooks do, or what else it is."""
    if not isinstance(node, list) or len(node) < 2 or not isinstance(node[0], str):  # noqa: PLR2004 - a text of one line
        return node
    is_text = all(isinstance(line, str) and line.endswith("\n") for line in node[:-1]) and isinstance(node[-1], str)
    return "".join(node) if is_text else node


class _Document:
    """A JSON value being written down."""

    def __init__(self, root: Node, limits: Limits, readers: Sequence[Reader]) -> None:
        self._root, self._limits, self._readers = root, limits, readers
        self._flow = Flow(limits)
        self._copies = Copies(limits)
        self._met: set[int] = set()
        self._in_order = True
        self._write(root, 0)

    def source(self) -> Source:
        """All of it."""
        given = self._root if isinstance(self._root, Mapping) else {}
        said = {
            field: next((v for key in keys if isinstance(v := given.get(key), str)), "") for field, keys in _METADATA.items()
        }
        return self._flow.source("json", {field: value for field, value in said.items() if value})

    def _write(self, node: Node, depth: int) -> None:
        if depth > self._limits.depth:
            raise SourceError("the JSON is nested more than {most:,} deep", limit="depth", most=self._limits.depth)
        if isinstance(node, str):
            self._text(node)
        elif isinstance(node, (Mapping, Sequence)) and id(node) not in self._met:
            self._met.add(id(node))
            if not self._table(node):
                self._inside(node, depth + 1)

    def _table(self, node: Node) -> bool:
        """Write a table, if it is one."""
        cells = places.located(node, self._limits.span)
        if cells:
            self._located(node, cells)
            return True
        rows = jsontables.rows(node)
        if rows:
            write_sheet(Sheet(rows), self._flow)
        return bool(rows)

    def _located(self, node: Node, cells: Sequence[GridCell]) -> None:
        """Cells that say where they stand: sheets, or a table."""
        self._flow.count(len(cells))
        found = places.sheets(node, cells, self._limits)
        for sheet in found:
            write_sheet(sheet, self._flow)
        if not found:
            self._flow.grid(cells)

    def _inside(self, node: Mapping[str, Node] | Sequence[Node], depth: int) -> None:
        if not isinstance(node, Mapping):
            self._items(node, depth)
        elif set(node) == {"$ref"}:
            self._write(_referred(self._root, node["$ref"]), depth)
        else:
            self._members(trees.nested(node), depth)

    def _items(self, node: Sequence[Node], depth: int) -> None:
        """The items of a list, which may be rows of a table that have names."""
        rows = trees.named(node)
        if rows and trees.table(rows):
            self._members(rows, depth)
            return
        for _, run in itertools.groupby(node, key=_named):
            self._run(list(run), depth)

    def _run(self, items: Sequence[Node], depth: int) -> None:
        """Items one after the other, objects with the same names or none; these may be the cells of a table."""
        records = [item for item in items if isinstance(item, Mapping)]
        rows = tidy.cells(records) if len(records) == len(items) else None
        if rows:
            write_sheet(Sheet(rows), self._flow)
            return
        for item in items:
            self._write(item, depth)

    def _members(self, node: Mapping[str, Node], depth: int) -> None:
        """The members of an object; those that are a table together where the first of them stands."""
        found = self._tree(node)
        cells = list(trees.paths(found)) if found else []
        self._flow.count(len(cells))
        for key, value in self._copies.without(node):
            if key not in found:
                self._member(key, value, depth)
            elif cells:
                self._flow.grid(cells)
                cells = []

    def _tree(self, node: Mapping[str, Node]) -> trees.Tree:
        """The members that are a table; none from where on a table's names stand in no order."""
        found = trees.table(node)
        self._in_order = self._in_order and (not found or trees.in_order(found))
        return found if self._in_order else {}

    def _member(self, key: str, value: Node, depth: int) -> None:
        chinese = _CHINESE.search(key) is not None
        if chinese:
            self._flow.lines(key)
        if chinese or key in _SHOWN or not _is_machine(value):
            self._write(value, depth)

    def _text(self, text: str) -> None:
        """A string: a page, a table, or lines."""
        if "<" not in text and "&lt;" in text:
            text = html.unescape(text)
        source = self._within(text) if len(text) > _PAGE and ("<" in text or "\n" in text) else None
        if source is None:
            self._flow.lines(text.replace("\r\n", "\n").replace("\r", "\n"))
            return
        self._flow.include(source)

    def _within(self, text: str) -> Source | None:
        """What a document of its own holds; None where the text is no more than that."""
        data = text.encode("utf-8", "replace")
        found = surest(self._readers, data, None)
        return None if found is None or found[0].name == "text" else found[0].read(data, self._limits)


def _says_tables(source: Source) -> bool:
    """Whether there are tables that hold more than the program's own numbers."""
    return any(_CHINESE.search(text) for grid in source.grids for text in grid.cells.texts)


def _is_machine(node: Node) -> bool:
    """Whether a member, or a list of such, is the program's own: a number, or a word without Chinese; digits may be a text."""
    if isinstance(node, str):
        return isinstance(node, Number) or not _CHINESE.search(node)
    if isinstance(node, Sequence):
        return jsontables.are_points(node) or all(
            isinstance(item, Number) or (isinstance(item, str) and _LATIN.search(item)) for item in node
        )
    return node is None


def _named(node: Node) -> tuple[str, ...]:
    """The names of an object's members; none of anything else."""
    return tuple(node.keys()) if isinstance(node, Mapping) else ()


def _referred(root: Node, pointer: Node) -> Node:
    """The node that a JSON pointer within the document names; None if there is no such."""
    node = root
    for part in str(pointer).removeprefix("#").split("/")[1:]:
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, Sequence) and not isinstance(node, str) and part.isdecimal() and len(part) < _HEAD:
            node = node[int(part)] if int(part) < len(node) else None
    return node
