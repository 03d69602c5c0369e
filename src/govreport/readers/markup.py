"""HTML markup into lines and grids: what a browser would show, in document order.

One walk over the element tree. A table is read cell by cell first and judged afterwards: a data table becomes a grid, a table
that only arranges other tables or prose is given back as the flow of its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from attrs import frozen

from govreport.errors import MissingDependencyError, SourceError
from govreport.readers.spans import Given, Placing
from govreport.source import GridCell, Limits

__all__ = ["Element", "Flow", "parse", "walk"]

_BLOCK, _BREAK, _TABLE, _SKIP, _PRE = range(1, 6)
_BLOCKS = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
h5 h6 head header hgroup html legend li main menu nav ol optgroup option p search section select summary tbody td tfoot th thead
tr ul
"""
# Besides what no browser shows: `rt` and `rp` are the pinyin over a character, `xml` an island of Word's own settings.
_UNSEEN = """
audio base canvas col colgroup embed iframe link math meta noembed noframes noscript object param rp rt script style svg
template textarea title video xml
"""
# What stands within a line and is opened by libxml2, in no time: Word puts each digit into three of these.
_INLINES = """
a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup tt u
var wbr o:p
"""
_KINDS = {"br": _BREAK, "hr": _BREAK, "table": _TABLE} | dict.fromkeys(("listing", "plaintext", "pre", "xmp"), _PRE)
_KINDS |= dict.fromkeys(_BLOCKS.split(), _BLOCK) | dict.fromkeys(_UNSEEN.split(), _SKIP)
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = ("td", "th")

_WHITE = " \t\n\r\f"  # what HTML collapses; nbsp and the ideographic space are content
_RUN = re.compile(r"[\t\n\r\f ]+")
_UNEVEN = re.compile(r"[\t\n\r\f]|  ").search

_MARK = "\x00"  # ends a line in a sink; no parsed page holds a NUL
_HIDDEN = {ord(" "): "\x01", ord("\t"): "\x02"}  # white space of preformatted text, hidden from collapsing
_SHOWN = {1: " ", 2: "\t"}

_LAST_LINE = 65_535  # libxml2 counts source lines no further
_TAGS_A_CELL = 5  # tags that a page may have for each cell that the limits allow
_TOO_MUCH = "the page is beyond what its parser takes: elements nested more than 256 deep, or one text of more than 10 MB"
_FEW_TAGS = 50_000  # texts that were left side by side are joined in quadratic time
_ATTRIBUTES = 1_000  # libxml2 appends attributes in quadratic time
_GUARD_FROM = 262_144  # bytes; below, even the worst tag costs seconds at most
_CROWDED_TAG = re.compile(
    rb"<[A-Za-z][^\s/>]*+(?:[\s/]*+[^\s/>=]=?[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){%d}"
    % _ATTRIBUTES
)

_LAYOUT_LINES = 4  # a cell with that many lines, or that many characters, is prose if it also outweighs the rest of its table
_LAYOUT_CHARACTERS = 300


class Element(Protocol):
    """What this module uses of an element of lxml, which publishes no types."""

    tag: str
    text: str | None
    tail: str | None
    sourceline: int

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Element]: ...

    def __getitem__(self, index: int) -> Element: ...

    def get(self, name: str) -> str | None:
        """The attribute, or None."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """The element and all below it that have one of the tags."""

    def iterdescendants(self) -> Iterator[Element]:
        """All below it."""

    def itertext(self) -> Iterator[str]:
        """Every text in it, in order."""


@frozen
class Flow:
    """Lines with their source lines, and grids as (index of the line before which it stands, cells)."""

    lines: list[str]
    numbers: list[int]
    grids: list[tuple[int, tuple[GridCell, ...]]]


def parse(page: bytes, limits: Limits) -> Element | None:
    """The root element of a UTF-8 page, or None where there is none; SourceError where it exceeds what libxml2 may be given."""
    try:
        from lxml import etree  # noqa: PLC0415 - the library is optional
    except ImportError as error:
        raise MissingDependencyError("HTML needs the package lxml: pip install 'govreport[html]'", extra="html") from error
    _guard(page, limits)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root: Element | None = etree.fromstring(page.replace(b"\x00", b""), parser)
        if root is not None and page.count(b"<") < _FEW_TAGS:
            etree.strip_tags(root, *_INLINES.split())
    except etree.LxmlError as error:
        raise SourceError(_TOO_MUCH) from error
    last = parser.error_log.last_error
    if last is not None and last.level == etree.ErrorLevels.FATAL:
        raise SourceError(f"{_TOO_MUCH}, in line {last.line}")
    return root


def _guard(page: bytes, limits: Limits) -> None:
    if len(page) > limits.bytes:
        raise SourceError(f"the page has {len(page):,} bytes, more than the limit of {limits.bytes:,}")
    if len(page) > _GUARD_FROM:
        if page.count(b"<") > limits.cells * _TAGS_A_CELL:
            raise SourceError(f"the page has more than {limits.cells * _TAGS_A_CELL:,} tags")
        if _CROWDED_TAG.search(page):
            raise SourceError(f"a tag of the page has more than {_ATTRIBUTES:,} attributes")


def walk(root: Element | None, limits: Limits) -> Flow:
    """Everything that the element shows."""
    sink = _Sink(1)
    if root is not None:
        _Walker(limits).flow(root, sink, 0)
    return sink.finish()


def _collapse(text: str) -> str:
    text = text.strip(_WHITE)
    return _RUN.sub(" ", text) if not text.isalnum() and _UNEVEN(text) else text


class _Sink:
    """Where a walk writes: raw text with a mark wherever a line ends, so that white space is looked at once and at the end.

    `starts` holds the source line of each piece between two marks; 0 is "where the piece before ended".
    """

    __slots__ = ("buffer", "grids", "starts", "verbatim")

    def __init__(self, line: int) -> None:
        self.buffer: list[str] = []
        self.starts = [line]
        self.grids: list[tuple[int, tuple[GridCell, ...]]] = []  # (index of the piece before which it stands, cells)
        self.verbatim = False

    def break_line(self, line: int = 0) -> None:
        """The line ends here; the next one begins on that line of the source."""
        self.buffer.append(_MARK)
        self.starts.append(line)

    def add_grid(self, cells: tuple[GridCell, ...]) -> None:
        """A finished table, between the line before and the line after."""
        self.break_line()
        self.grids.append((len(self.starts) - 1, cells))

    def take(self, other: _Sink) -> None:
        """All of another sink, on lines of its own."""
        self.break_line(other.starts[0])
        shift = len(self.starts) - 1
        self.buffer += other.buffer
        self.starts += other.starts[1:]
        self.grids += [(at + shift, cells) for at, cells in other.grids]
        self.verbatim |= other.verbatim
        self.break_line()

    def add_verbatim(self, text: str, line: int) -> None:
        """Preformatted text: its line feeds are lines, its spaces stay."""
        self.verbatim = True
        for number, row in enumerate(text.replace("\r", "").replace(_MARK, "\n").split("\n"), line):
            self.break_line(number)
            self.buffer.append(row.translate(_HIDDEN))
        self.break_line()

    def finish(self) -> Flow:
        """The lines that show something, with their numbers, and the grids between them."""
        lines: list[str] = []
        numbers: list[int] = []
        before: list[int] = []
        number = 1
        for raw, start in zip("".join(self.buffer).split(_MARK), self.starts, strict=True):
            number = start or number
            before.append(len(lines))
            text = _collapse(raw)
            if text:
                lines.append(text.translate(_SHOWN).rstrip(_WHITE) if self.verbatim else text)
                numbers.append(number + raw.count("\n", 0, raw.find(text[0])))
            number += raw.count("\n")
        return Flow(lines, numbers, [(before[at], cells) for at, cells in self.grids])

    def text(self) -> str:
        """Everything as the text of one cell; a small table inside it is read off cell by cell."""
        if self.grids or self.verbatim:
            return _joined(self.finish())
        raw = "".join(self.buffer)
        if _MARK in raw:
            return "\n".join(filter(None, map(_collapse, raw.split(_MARK))))
        return _collapse(raw)


def _joined(flow: Flow) -> str:
    lines: list[str] = []
    done = 0
    for at, cells in flow.grids:
        lines += flow.lines[done:at]
        lines += [cell.text for cell in cells if cell.text]
        done = at
    return "\n".join([*lines, *flow.lines[done:]])


_Content = str | _Sink


class _Walker:
    """Walks elements into sinks and counts what the limits bound."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = limits.depth
        self._cells = 0

    def _deeper(self, depth: int) -> int:
        if depth >= self._depth:
            raise SourceError(f"the page nests elements more than {self._depth} deep")
        return depth + 1

    def flow(self, element: Element, sink: _Sink, depth: int) -> None:
        """The content of an element as running text."""
        depth = self._deeper(depth)
        buffer = sink.buffer
        text = element.text
        if text:
            buffer.append(text)
        for child in element:
            kind = _KINDS.get(child.tag)
            if kind is None:
                if len(child):
                    self.flow(child, sink, depth)
                else:
                    text = child.text
                    if text:
                        buffer.append(text)
            elif kind == _BLOCK:
                buffer.append(_MARK)
                sink.starts.append(child.sourceline)
                self.flow(child, sink, depth)
                buffer.append(_MARK)
                sink.starts.append(0)
            elif kind != _SKIP:
                self._special(kind, child, sink, depth)
            text = child.tail
            if text:
                buffer.append(text)

    def _special(self, kind: int, element: Element, sink: _Sink, depth: int) -> None:
        sink.break_line(element.sourceline)
        if kind == _TABLE:
            self._table(element, sink, depth)
        elif kind == _PRE:
            inner = _Sink(element.sourceline)
            self.flow(element, inner, depth)
            sink.add_verbatim("".join(inner.buffer), element.sourceline)

    def _table(self, element: Element, sink: _Sink, depth: int) -> None:
        placing: Placing[_Content] = Placing(self._limits.span)
        self._rows(element, placing, sink, depth)
        placing.end_group()
        texts = [cell[4] if isinstance(cell[4], str) else cell[4].text() for cell in placing.cells]
        if _is_layout(placing, texts):
            _unfold(placing, sink)
        else:
            sink.add_grid(placing.grid(texts))

    def _rows(self, parent: Element, placing: Placing[_Content], sink: _Sink, depth: int) -> None:
        """Rows of a table or of a group in it; what stands between them is shown before the table, as browsers do."""
        depth = self._deeper(depth)
        loose: list[Given[_Content]] = []  # cells without a row of their own
        for child in parent:
            tag = child.tag
            if tag in _CELLS:
                loose.append(self._cell(child, depth))
            else:
                self._end_row(loose, placing)
                loose = []
                self._part(child, placing, sink, depth)
            text = child.tail
            if text and text.strip(_WHITE):
                sink.buffer.append(text)
        self._end_row(loose, placing)

    def _part(self, element: Element, placing: Placing[_Content], sink: _Sink, depth: int) -> None:
        if element.tag == "tr":
            row = self._row(element, placing, sink, depth)
            self._end_row(row, placing, empty=True)
        elif element.tag in _GROUPS:
            placing.end_group()
            self._rows(element, placing, sink, depth)
            placing.end_group()
        else:
            self._between(element, placing, sink, depth)

    def _row(self, parent: Element, placing: Placing[_Content], sink: _Sink, depth: int) -> list[Given[_Content]]:
        row: list[Given[_Content]] = []
        for child in parent:
            if child.tag in _CELLS:
                row.append(self._cell(child, depth))
            elif child.tag != "table" and next(child.iter(*_CELLS), None) is not None:
                row += self._row(child, placing, sink, self._deeper(depth))
            else:
                self._between(child, placing, sink, depth)
            text = child.tail
            if text and text.strip(_WHITE):
                sink.buffer.append(text)
        return row

    def _end_row(self, row: list[Given[_Content]], placing: Placing[_Content], *, empty: bool = False) -> None:
        if row or empty:
            placing.add_row(row)
        self._cells += len(row)
        if self._cells > self._limits.cells:
            raise SourceError(f"the tables of the page have more than {self._limits.cells:,} cells")

    def _between(self, element: Element, placing: Placing[_Content], sink: _Sink, depth: int) -> None:
        """Something that is no cell where only cells belong: a form around rows, a caption, text that lost its cell."""
        kind = _KINDS.get(element.tag)
        if kind == _SKIP:
            return
        if kind != _TABLE and next(element.iter("tr", *_CELLS), None) is not None:
            self._rows(element, placing, sink, depth)
            return
        sink.break_line(element.sourceline)
        if kind == _TABLE:
            self._table(element, sink, depth)
        else:
            self.flow(element, sink, depth)
        sink.break_line()

    def _cell(self, element: Element, depth: int) -> Given[_Content]:
        line = element.sourceline
        content: _Content | None = _only_text(element)
        if content is None:
            content = _Sink(line)
            self.flow(element, content, depth)
        return content, element.get("rowspan"), element.get("colspan"), line if line < _LAST_LINE else None


def _only_text(element: Element) -> str | None:
    """The text of a cell that holds one line of text, however deep, as most cells do; None sends it the long way."""
    while len(element) == 1:
        text = element.text
        if text and text.strip(_WHITE):
            return None
        element = element[0]
        tail = element.tail
        if _KINDS.get(element.tag, _BLOCK) != _BLOCK or (tail and tail.strip(_WHITE)):
            return None
    if not len(element):
        return _collapse(element.text or "")
    if any(below.tag in _KINDS for below in element.iterdescendants()):
        return None
    return _collapse("".join(element.itertext()))


def _is_layout(placing: Placing[_Content], texts: list[str]) -> bool:
    """Whether a table only arranges the page: one column, one filled cell, bigger tables inside, or one article."""
    cells = placing.cells
    nested = sum(len(grid) for cell in cells if not isinstance(cell[4], str) for _, grid in cell[4].grids)
    if nested >= len(cells) or all(cell[1] == 0 for cell in cells):
        return True
    heaviest = max(texts, key=len)
    size, total = len(heaviest), sum(map(len, texts))
    if size * 2 <= total:
        return False
    return size == total or heaviest.count("\n") >= _LAYOUT_LINES or size >= _LAYOUT_CHARACTERS


def _unfold(placing: Placing[_Content], sink: _Sink) -> None:
    for *_, content, line in placing.cells:
        sink.break_line(line or _LAST_LINE)
        if isinstance(content, _Sink):
            sink.take(content)
        else:
            sink.buffer.append(content)
    sink.break_line()
