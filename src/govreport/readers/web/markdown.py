"""Markdown and plain text with HTML tables in it, as converters write them where Markdown has no merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from govreport.apart import untagged
from govreport.errors import SourceError
from govreport.model import Claim, Place
from govreport.readers import sniff
from govreport.readers.web import markup
from govreport.readers.web.page import SAMPLE, begins_as_page, is_ruled, markup_share
from govreport.source import Grid, Limits, Source

__all__ = ["MarkdownReader"]

_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]{,10000}>", re.IGNORECASE)
_LAST_TAG = re.compile(r"</(?:t(?:r|d|h|body)|row|cell)\s*>", re.IGNORECASE)
_ROW = re.compile(rb"<(?:tr|row)\b", re.IGNORECASE)
_CELL = re.compile(rb"<(?:t[dh]|cell)\b", re.IGNORECASE)
_FIRST = re.compile(rb"<table\b[^<>]{,10000}>\s*<", re.IGNORECASE)
_WHOLE = re.compile(
    rb"<table\b[^<>]*+>(?>.*?<(?:tr|row)\b)(?>.*?<(?:t[dh]|cell)\b).*?</(?:table|t[dhr]|cell|row)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?(?:a|b|div|em|font|i|p|section|small|span|strong|sub|sup|u|o:p)\b[^<>|]{,2000}>", re.IGNORECASE)
"""What converters keep of a page around words, and leave out where they know how to write it."""
_SPAN = re.compile(r"\[([^\[\]]{,2000})\]\{[^{}]{,200}\}|^:{3,}.{,200}$", re.MULTILINE)
"""The same in Markdown's own way: words with attributes, and the lines around a division."""
_FEWEST_TAGS = 2
_LF = "\n"
_LINES_A_CELL = 10  # lines, or tags, that a text may have for each cell that the limits allow
_LINE_END = re.compile(r"\r\n?|\n")
_MOST_MARKUP = 0.5  # above that share of tags outside tables it is a page, not a text with tables in it


@frozen
class _Block:
    """One table in the text: from and to which character."""

    start: int
    end: int


class MarkdownReader:
    """Text whose lines stay as they are without the tags in them, and HTML tables in it, which become grids."""

    name = "markdown"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """Counted: rows and cells of whole tables in a text that is otherwise not HTML."""
        if b"<" not in data and b"{" not in data:
            return None
        if b"\x00" in data[:4096] and sniff.kind(data) is None:
            data = sniff.decode(data).text.encode("utf-8", "replace")
        if begins_as_page(data):
            return None
        first = _FIRST.search(data)
        if first is None:
            return self._ruled(data)
        if sniff.looks_binary(data):
            return None
        sample = data[first.start() : first.start() + SAMPLE]
        share, _ = markup_share(data)
        if share >= _MOST_MARKUP or not _WHOLE.match(sample):
            return None
        rows, cells = len(_ROW.findall(sample)), len(_CELL.findall(sample))
        reason = f"HTML tables with {rows} rows and {cells} cells; {share:.0%} of the other lines are markup"
        return Claim(self.name, max(0.5, 1.0 - share), (reason,))

    def _ruled(self, data: bytes) -> Claim | None:
        """Markdown tables and tags around words."""
        tagged = b"</" in data or b"]{" in data
        ruled = tagged and not sniff.looks_binary(data) and is_ruled(data)
        text = sniff.decode(data[:SAMPLE]).text if ruled else ""
        tags = len(_TAG.findall(text)) + len(_SPAN.findall(text))
        return Claim(self.name, 0.6, (f"Markdown tables, and {tags} tags around them",)) if tags >= _FEWEST_TAGS else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """The lines outside the tables as they stand, and the tables as grids."""
        decoded = sniff.decode(data)
        text = _LINE_END.sub("\n", decoded.text)
        if len(data) > limits.bytes or max(text.count("\n"), text.count("<")) > limits.cells * _LINES_A_CELL:
            raise SourceError(
                "the text has {size:,} bytes and {lines:,} lines, more than the limits allow",
                size=len(data),
                lines=text.count(_LF),
            )
        pages = _Pages(text, limits)
        done = 0
        for block in _blocks(text):
            pages.add_text(done, block.start)
            pages.add_table(block)
            done = block.end
        pages.add_text(done, len(text))
        return pages.source(decoded.encoding)


def _blocks(text: str) -> Iterator[_Block]:
    """The outermost tables; one that is never closed ends with its last cell."""
    depth, start = 0, 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag.group(1):
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield _Block(start, tag.end())
    if depth:
        ends = [tag.end() for tag in _LAST_TAG.finditer(text, start)]
        if ends:
            yield _Block(start, ends[-1])


class _Pages:
    """Collects text and tables in their order, each with its line in the file."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._cells = limits.cells
        self._line = 1
        self._lines: list[str] = []
        self._places: list[Place] = []
        self._grids: list[Grid] = []

    def add_text(self, start: int, end: int) -> None:
        """Lines between tables. What is left of a line before or after a table is a line if it says anything."""
        text = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), untagged(self._text[start:end]))
        lines = _SPAN.sub(lambda span: span[1] or "", text).split("\n")
        column = start - self._text.rfind("\n", 0, start)
        for index, line in enumerate(lines):
            broken = (index == 0 and start > 0) or (index == len(lines) - 1 and end < len(self._text))
            if line.strip() or not broken:
                self._lines.append(line)
                self._places.append(Place(line=self._line + index, column=1 if index else column))
        self._line += len(lines) - 1

    def add_table(self, block: _Block) -> None:
        """A table, or what stands in it where it only arranges text."""
        html = self._text[block.start : block.end]
        limits = evolve(self._limits, cells=self._cells)
        flow = markup.walk(markup.parse(html.encode("utf-8", "replace"), limits), limits, above=self._line - 1)
        for grid in flow.grids:
            self._grids.append(evolve(grid, at=grid.at + len(self._lines), number=len(self._grids) + 1))
            self._cells -= len(grid.cells)
        self._lines += flow.lines
        self._places += map(Place, flow.numbers)
        self._line += html.count("\n")

    def source(self, encoding: str) -> Source:
        """What was collected."""
        return Source(
            lines=tuple(self._lines),
            grids=tuple(self._grids),
            places=tuple(self._places),
            container="markdown",
            encoding=encoding,
        )
