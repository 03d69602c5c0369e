"""RTF documents (.rtf, and many a .doc): paragraphs and tables, whose columns are told by where their cells end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from govreport.apart import Look, as_shown
from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.flow import Flow
from govreport.readers.word.rtftext import Sign, signs
from govreport.source import PICTURE, GridCell, Limits, Source

__all__ = ["RtfReader"]

_SIGNATURE = b"{\\rtf"
_NEAR = 40  # twips; edges of one column are drawn by hand and rarely meet
_DEEPEST = 50  # tables in tables
_FLAGS = frozenset({"clvmgf", "clvmrg", "clmgf", "clmrg"})


class RtfReader:
    """Reads RTF; needs nothing."""

    name = "rtf"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """The signature of RTF."""
        return Claim(self.name, 1.0, ("an RTF document",)) if data[:64].lstrip().startswith(_SIGNATURE) else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """The text in its order; headers, footers and notes are left out."""
        check_size(data, limits, "rtf")
        document = _Document(Flow(limits))
        for sign in _joined(signs(data)):
            document.take(sign)
        document.end()
        return document.flow.source("rtf")


def _joined(found: Iterable[Sign]) -> Iterator[Sign]:
    """The two halves of a character beyond U+FFFF put together."""
    half = ""
    for text, number in found:
        plain = isinstance(number, Look)
        if plain and len(text) == 1 and "\ud800" <= text <= "\udbff":
            half = text
        elif plain and (half or (len(text) == 1 and "\udc00" <= text <= "\udfff")):
            yield (half + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), number
            half = ""
        else:
            yield text, number


@frozen
class _Edge:
    """A cell as the row defines it: where it ends, and what of it is merged."""

    right: int
    flags: frozenset[str]


@frozen
class _Row:
    left: int
    edges: tuple[_Edge, ...]
    contents: tuple[tuple[_Item, ...], ...]


@define
class _Table:
    """A table being read: its rows so far, the cells of the row that is open, and what its open cell holds."""

    rows: list[_Row] = field(factory=list)
    cells: list[tuple[_Item, ...]] = field(factory=list)
    content: list[_Item] = field(factory=list)


_Item = str | _Table
"""A paragraph, or a table in a cell."""


@define
class _Document:
    """Puts paragraphs and tables together; tables in tables are a level each."""

    flow: Flow
    levels: list[_Table] = field(factory=list)
    text: list[tuple[str, Look]] = field(factory=list)
    pictured: bool = False
    level: int = 0
    left: int = 0
    edges: list[_Edge] = field(factory=list)
    flags: set[str] = field(factory=set)

    def take(self, sign: Sign) -> None:
        """The next text or control word."""
        word, number = sign
        if isinstance(number, Look):
            self.text.append((word, number))
        elif word == "pict":
            self.pictured = True
        elif word in {"par", "sect", "page"}:
            self._paragraph(self.level)
        elif word in {"cell", "nestcell"}:
            self._cell(1 if word == "cell" else max(self.level, 2))
        elif word in {"row", "nestrow"}:
            self._row(1 if word == "row" else max(self.level, 2))
        else:
            self._define(word, number)

    def end(self) -> None:
        """What is still open is written down."""
        if self.text:
            self._paragraph(self.level)
        self._reach(0)

    def _define(self, word: str, number: int) -> None:
        if word == "trowd":
            self.left, self.edges, self.flags = 0, [], set()
        elif word == "trleft":
            self.left = number
        elif word == "cellx" and len(self.edges) < self.flow.limits.span:
            self.edges.append(_Edge(number, frozenset(self.flags)))
            self.flags.clear()
        elif word in _FLAGS:
            self.flags.add(word)
        elif word == "pard":
            self.level = 0
        elif word == "intbl":
            self.level = max(self.level, 1)
        elif word == "itap":
            self.level = min(max(number, 0), _DEEPEST)

    def _reach(self, level: int) -> None:
        """Open tables down to this level, and close those that are deeper."""
        while len(self.levels) > level:
            table = self.levels.pop()
            if self.levels:
                self.levels[-1].content.append(table)
            else:
                self._write(table)
        while len(self.levels) < level:
            self.levels.append(_Table())

    def _paragraph(self, level: int) -> None:
        text = as_shown(self.text)
        self.text.clear()
        self._reach(level)
        if level:
            self.levels[-1].content.append(text)
            return
        self.flow.lines(text or (PICTURE if self.pictured else ""))
        self.pictured = False

    def _cell(self, level: int) -> None:
        if self.text or len(self.levels) < level:
            self._paragraph(level)
        self._reach(level)
        table = self.levels[-1]
        if self.pictured and not _shown(table.content).strip():
            table.content.append(PICTURE)
        self.pictured = False
        self.flow.count(1)
        table.cells.append(tuple(table.content))
        table.content.clear()

    def _row(self, level: int) -> None:
        self._reach(level)
        table = self.levels[-1]
        if table.cells:
            table.rows.append(_Row(self.left, tuple(self.edges), tuple(table.cells)))
        table.cells.clear()

    def _write(self, table: _Table) -> None:
        if table.cells:  # a row that never ended
            table.rows.append(_Row(self.left, tuple(self.edges), tuple(table.cells)))
        if _is_frame(table):
            self._write_all(item for row in table.rows for content in row.contents for item in content)
        else:
            self.flow.grid(_grid(table.rows, self.flow.limits.span))
        self._write_all(table.content)  # of a cell that never ended

    def _write_all(self, items: Iterable[_Item]) -> None:
        for item in items:
            if isinstance(item, _Table):
                self._write(item)
            else:
                self.flow.lines(item)


def _is_frame(table: _Table) -> bool:
    """Whether a table only lays out the page: one cell, or cells that mostly hold other tables."""
    contents = [content for row in table.rows for content in row.contents]
    inner = [item for content in contents for item in content if isinstance(item, _Table)]
    return len(contents) == 1 or sum(len(row.contents) for other in inner for row in other.rows) >= len(contents)


def _shown(content: Iterable[_Item]) -> str:
    lines = (
        "\n".join(_shown(inner) for row in item.rows for inner in row.contents) if isinstance(item, _Table) else item
        for item in content
    )
    return "\n".join(lines).strip("\n")


def _grid(rows: Sequence[_Row], most: int) -> list[GridCell]:
    """The cells where their edges put them; those that continue another make it larger."""
    edges = _columns(rows)
    found, above = list[GridCell](), dict[int, int]()
    for number, row in enumerate(rows):
        left, here = row.left, dict[int, int]()
        for index, content in enumerate(row.contents):
            edge = row.edges[index] if index < len(row.edges) else _Edge(left + _NEAR, frozenset())
            column, stop = _at(edges, left), _at(edges, edge.right)
            left = max(left, edge.right)
            if "clmrg" in edge.flags and here:
                anchor = found[here[max(here)]]
                found[here[max(here)]] = anchor._replace(colspan=min(stop - anchor.column, most))
            elif "clvmrg" in edge.flags and column in above:
                here[column] = above[column]
                anchor = found[above[column]]
                found[above[column]] = anchor._replace(rowspan=min(number - anchor.row + 1, most))
            else:
                here[column] = len(found)
                found.append(GridCell(_shown(content), number, column, 1, min(max(stop - column, 1), most)))
        above = here
    return found


def _columns(rows: Sequence[_Row]) -> list[int]:
    """Where columns begin or end, from the left; edges that all but meet are one."""
    edges = sorted({row.left for row in rows} | {edge.right for row in rows for edge in row.edges})
    kept: list[int] = []
    for edge in edges:
        if not kept or edge - kept[-1] > _NEAR:
            kept.append(edge)
    return kept


def _at(edges: Sequence[int], edge: int) -> int:
    """The index of the edge that all but meets this one."""
    return bisect_left(edges, edge - _NEAR)
