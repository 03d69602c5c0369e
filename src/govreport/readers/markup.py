"""HTML markup into lines and grids: what a browser would show, in document order.

One walk over the element tree. A table is read cell by cell first and judged afterwards: a data table becomes a grid, a table
that only arranges other tables or prose is given back as the flow of its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from govreport.errors import MissingDependencyError, SourceError
from govreport.readers.spans import Placing
from govreport.source import GridCell, Limits

__all__ = ["Flow", "parse", "walk"]

_BLOCK, _BREAK, _TABLE, _SKIP, _PRE = range(1, 6)
_KINDS = dict.fromkeys(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 head header hgroup html legend li main menu nav ol optgroup option p search section select summary tbody td tfoot th "
    "thead tr ul".split(),
    _BLOCK,
)
_KINDS |= dict.fromkeys(["br", "hr"], _BREAK) | {"table": _TABLE} | dict.fromkeys(["listing", "plaintext", "pre", "xmp"], _PRE)
# Besides what no browser shows: `rt` and `rp` are the pinyin over a character, `xml` an island of Word's own settings.
_KINDS |= dict.fromkeys(
    "audio base canvas col colgroup embed iframe link math meta noembed noframes noscript object param rp rt script style svg "
    "template textarea title video xml".split(),
    _SKIP,
)
_GROUPS = frozenset({"tbody", "thead", "tfoot"})

_WHITE = " \t\n\r\f"  # what HTML collapses; nbsp and the ideographic space are content
_RUN = re.compile(r"[\t\n\r\f ]+")
_UNEVEN = re.compile(r"[\t\n\r\f]|  ").search

_LAST_LINE = 65_535  # libxml2 counts source lines no further
_TAGS_A_CELL = 10  # tags that a page may have for each cell that the limits allow
_ATTRIBUTES = 1_000  # libxml2 appends attributes in quadratic time
_GUARD_FROM = 262_144  # bytes; below, even the worst tag costs seconds at most
_CROWDED_TAG = re.compile(
    rb"<[A-Za-z][^\s/>]*+(?:[\s/]*+[^\s/>=]=?[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){%d}" % _ATTRIBUTES
)

_LAYOUT_LINES = 4  # a cell with that many lines, or that many characters, is prose if it also outweighs the rest of its table
_LAYOUT_CHARACTERS = 300


@frozen
class Flow:
    """Lines with their source lines, and grids as (index of the line before which it stands, cells)."""

    lines: list[str] = field(factory=list)
    numbers: list[int] = field(factory=list)
    grids: list[tuple[int, tuple[GridCell, ...]]] = field(factory=list)


def parse(page: bytes, limits: Limits) -> Any:
    """The root element of a UTF-8 page, or None where there is none; SourceError where it exceeds what libxml2 may be given."""
    try:
        from lxml import etree  # noqa: PLC0415 - the library is optional
    except ImportError as error:
        raise MissingDependencyError("HTML needs the package lxml: pip install 'govreport[html]'", extra="html") from error
    _guard(page, limits)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(page.replace(b"\x00", b""), parser)
    except etree.LxmlError as error:
        raise SourceError(f"the page is not readable as HTML: {error}") from error
    last = parser.error_log.last_error
    if last is not None and last.level == etree.ErrorLevels.FATAL:
        raise SourceError(f"the page is beyond what an HTML parser may be asked: {last.message} (line {last.line})")
    return root


def _guard(page: bytes, limits: Limits) -> None:
    if len(page) > limits.bytes:
        raise SourceError(f"the page has {len(page):,} bytes, more than the limit of {limits.bytes:,}")
    if len(page) > _GUARD_FROM:
        if page.count(b"<") > limits.cells * _TAGS_A_CELL:
            raise SourceError(f"the page has more than {limits.cells * _TAGS_A_CELL:,} tags")
        if _CROWDED_TAG.search(page):
            raise SourceError(f"a tag of the page has more than {_ATTRIBUTES:,} attributes")


def walk(root: Any, limits: Limits) -> Flow:
    """Everything that the element shows."""
    sink = _Sink(1)
    if root is not None:
        _Walker(limits).flow(root, sink, 0)
        sink.flush()
    return Flow(sink.lines, sink.numbers, sink.grids)


def _collapse(text: str) -> str:
    text = text.strip(_WHITE)
    return _RUN.sub(" ", text) if _UNEVEN(text) else text


class _Sink:
    """Where a walk writes: finished lines and grids, and the inline text of the line that is being written."""

    __slots__ = ("buffer", "grids", "line", "lines", "numbers")

    def __init__(self, line: int) -> None:
        self.buffer: list[str] = []
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.grids: list[tuple[int, tuple[GridCell, ...]]] = []
        self.line = line

    def flush(self) -> None:
        """The line ends here."""
        buffer = self.buffer
        if not buffer:
            return
        raw = buffer[0] if len(buffer) == 1 else "".join(buffer)
        buffer.clear()
        text = raw.strip(_WHITE)
        if text:
            self.numbers.append(self.line + raw.count("\n", 0, raw.find(text[0])))
            self.lines.append(_RUN.sub(" ", text) if _UNEVEN(text) else text)
        self.line += raw.count("\n")

    def verbatim(self) -> None:
        """As `flush`, but line feeds are lines and spaces stay."""
        raw = "".join(self.buffer)
        self.buffer.clear()
        for number, line in enumerate(raw.replace("\r\n", "\n").replace("\r", "\n").split("\n"), self.line):
            if line.strip(_WHITE):
                self.lines.append(line)
                self.numbers.append(number)
        self.line += raw.count("\n")

    def take(self, other: _Sink) -> None:
        """All of another sink, behind what is here."""
        shift = len(self.lines)
        self.grids += [(at + shift, cells) for at, cells in other.grids]
        self.lines += other.lines
        self.numbers += other.numbers

    def text(self) -> str:
        """Everything as the text of one cell; a small table inside it is read off cell by cell."""
        if not self.grids:
            return "\n".join(self.lines)
        lines: list[str] = []
        done = 0
        for at, cells in self.grids:
            lines += self.lines[done:at]
            lines += [cell.text for cell in cells if cell.text]
            done = at
        return "\n".join([*lines, *self.lines[done:]])


class _Walker:
    """Walks elements into sinks and counts what the limits bound."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = 0

    def flow(self, element: Any, sink: _Sink, depth: int) -> None:
        """The content of an element as running text."""
        if depth > self._limits.depth:
            raise SourceError(f"the page nests elements more than {self._limits.depth} deep")
        buffer = sink.buffer
        text = element.text
        if text:
            buffer.append(text)
        for child in element:
            kind = _KINDS.get(child.tag)
            if kind is None:
                self.flow(child, sink, depth + 1)
            elif kind == _BLOCK:
                sink.flush()
                sink.line = child.sourceline
                self.flow(child, sink, depth + 1)
                sink.flush()
            elif kind != _SKIP:
                self._special(kind, child, sink, depth)
            text = child.tail
            if text:
                buffer.append(text)

    def _special(self, kind: int, element: Any, sink: _Sink, depth: int) -> None:
        sink.flush()
        sink.line = element.sourceline
        if kind == _TABLE:
            self._table(element, sink, depth + 1)
        elif kind == _PRE:
            self.flow(element, sink, depth + 1)
            sink.verbatim()
        # a break has done its work by the flush

    def _table(self, element: Any, sink: _Sink, depth: int) -> None:
        placing: Placing[str | _Sink] = Placing(self._limits.span)
        self._rows(element, placing, sink, depth)
        placing.end_group()
        sink.flush()
        if _is_layout([cell[4] for cell in placing.cells], single=all(cell[1] == 0 for cell in placing.cells)):
            _unfold(placing, sink)
        else:
            sink.grids.append((len(sink.lines), placing.grid(_text)))

    def _rows(self, parent: Any, placing: Placing[str | _Sink], sink: _Sink, depth: int) -> None:
        """Rows of a table or of a group in it; what stands between them is shown before the table, as browsers do."""
        if depth > self._limits.depth:
            raise SourceError(f"the page nests tables more than {self._limits.depth} deep")
        loose = False  # cells without a row of their own
        for child in parent:
            tag = child.tag
            if tag == "tr":
                placing.start_row()
                self._row(child, placing, sink, depth + 1)
            elif tag in ("td", "th"):
                if not loose:
                    placing.start_row()
                self._cell(child, placing, depth + 1)
            elif tag in _GROUPS:
                placing.end_group()
                self._rows(child, placing, sink, depth + 1)
                placing.end_group()
            else:
                self._between(child, placing, sink, depth)
            loose = tag in ("td", "th")
            sink.buffer += _stray(child.tail)

    def _row(self, parent: Any, placing: Placing[str | _Sink], sink: _Sink, depth: int) -> None:
        for child in parent:
            if child.tag in ("td", "th"):
                self._cell(child, placing, depth)
            else:
                self._between(child, placing, sink, depth)
            sink.buffer += _stray(child.tail)

    def _between(self, element: Any, placing: Placing[str | _Sink], sink: _Sink, depth: int) -> None:
        """Something that is no cell where only cells belong: a form around rows, a caption, text that lost its cell."""
        kind = _KINDS.get(element.tag)
        if kind == _SKIP:
            return
        if kind != _TABLE and next(element.iter("tr", "td", "th"), None) is not None:
            self._rows(element, placing, sink, depth + 1)
            return
        sink.flush()
        sink.line = element.sourceline
        if kind == _TABLE:
            self._table(element, sink, depth + 1)
        else:
            self.flow(element, sink, depth + 1)
        sink.flush()

    def _cell(self, element: Any, placing: Placing[str | _Sink], depth: int) -> None:
        self._cells += 1
        if self._cells > self._limits.cells:
            raise SourceError(f"the tables of the page have more than {self._limits.cells:,} cells")
        line = element.sourceline
        content: str | _Sink
        if len(element):
            content = _Sink(line)
            self.flow(element, content, depth)
            content.flush()
        else:
            content = _collapse(element.text or "")
        placing.add(content, element.get("rowspan"), element.get("colspan"), line if line < _LAST_LINE else None)


def _stray(text: str | None) -> Iterable[str]:
    return (text,) if text and text.strip(_WHITE) else ()


def _text(content: str | _Sink) -> str:
    return content if isinstance(content, str) else content.text()


def _is_layout(contents: list[str | _Sink], *, single: bool) -> bool:
    """Whether a table only arranges the page: one column, one filled cell, bigger tables inside, or one cell that is the article."""
    nested = sum(len(cells) for content in contents if not isinstance(content, str) for _, cells in content.grids)
    if single or nested >= len(contents):
        return True
    sizes = [len(c) if isinstance(c, str) else sum(map(len, c.lines)) for c in contents]
    heaviest = max(range(len(sizes)), key=sizes.__getitem__)
    if sizes[heaviest] * 2 <= sum(sizes):
        return False
    content = contents[heaviest]
    lines = 1 if isinstance(content, str) else len(content.lines)
    return sizes[heaviest] == sum(sizes) or lines >= _LAYOUT_LINES or sizes[heaviest] >= _LAYOUT_CHARACTERS


def _unfold(placing: Placing[str | _Sink], sink: _Sink) -> None:
    for *_, content, line in placing.cells:
        if isinstance(content, _Sink):
            sink.take(content)
        elif content:
            sink.lines.append(content)
            sink.numbers.append(line or _LAST_LINE)
