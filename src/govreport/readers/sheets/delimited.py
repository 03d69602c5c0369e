"""Delimited files (.csv, .tsv): fields with quoting, as a spreadsheet program writes them.

A text whose tables alone are set with tabs is no such file: here every line is a record.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from attrs import evolve, frozen

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.flow import Flow
from govreport.readers.sheets.cellvalues import as_text
from govreport.readers.sheets.rows import Sheet, write_sheet
from govreport.readers.sniff import decode, looks_binary
from govreport.readers.web.page import begins_as_page
from govreport.source import Limits, Source

__all__ = ["DelimitedReader"]

_DELIMITERS = ",\t;"
_SAMPLE = 200_000
_HEAD = 4_096  # a file that is delimited throughout is so here
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3
_REGULAR = 0.95  # the share of lines that must have as many fields as the other lines of their block
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r){2}")
_LIST = re.compile(r"\s*[\[(]+['\"\dN-]")
_LONGEST_FIELD = 1_000_000


@frozen
class _Shape:
    """How regular a text is when cut: the shares of records as wide as their block, and of records in wide blocks."""

    delimiter: str
    regular: float
    wide: float
    quoted: int


class DelimitedReader:
    """Reads .csv and .tsv files that are delimited throughout; needs nothing."""

    name = "delimited"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """Every record as wide as those around it, and most of them of three fields or more."""
        if (
            not any(delimiter in data[:_HEAD] for delimiter in (b",", b"\t", b";"))
            or looks_binary(data)
            or begins_as_page(data)
        ):
            return None
        shape = _shape(decode(data[:_SAMPLE]).text, cut=len(data) > _SAMPLE)
        if shape is None:
            return None
        confidence = 0.5 + 0.3 * shape.wide + (0.1 if shape.quoted else 0.0)
        return Claim(self.name, round(confidence, 2), _reasons(shape))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Records with one field become lines, blocks of others grids without spans."""
        check_size(data, limits, "csv")
        decoded = decode(data)
        shape = _shape(decoded.text[:_SAMPLE], cut=len(decoded.text) > _SAMPLE)
        flow = Flow(limits)
        rows = list(_records(decoded.text, "," if shape is None else shape.delimiter, limits))
        write_sheet(Sheet(rows), flow)
        source = flow.source("tsv" if shape is not None and shape.delimiter == "\t" else "csv")
        return evolve(source, encoding=decoded.encoding)


def _reasons(shape: _Shape) -> tuple[str, ...]:
    mark = {"\t": "tab"}.get(shape.delimiter, shape.delimiter)
    return (
        f"{shape.regular:.0%} of the records are as wide as their block, cut at {mark!r}",
        f"{shape.wide:.0%} of them have {_FEWEST_COLUMNS} fields or more",
        f"{shape.quoted} quoted fields",
    )


def _records(text: str, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    left = limits.cells
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            left -= len(record)
            if left < 0:
                raise SourceError(
                    "the delimited file has more than {most:,} fields; raise Limits.cells if that is right",
                    container="csv",
                    limit="cells",
                    most=limits.cells,
                )
            yield list(map(as_text, record))
    except csv.Error as error:
        raise SourceError("the {container} file is damaged: {cause}", container="csv", cause=str(error)) from error


def _shape(text: str, *, cut: bool) -> _Shape | None:
    lines = text.count("\n") - text.count("\n\n") + 1
    likely = [d for d in _DELIMITERS if text.count(d) >= max(_FEWEST_ROWS * 4, lines) * (_FEWEST_COLUMNS - 1) // 4]
    shapes = [shape for delimiter in likely if (shape := _measured(text, delimiter, lines, cut=cut)) is not None]
    return max(shapes, key=lambda shape: (shape.wide, shape.regular), default=None)


def _measured(text: str, delimiter: str, lines: int, *, cut: bool) -> _Shape | None:
    quoted = text.count(delimiter + '"')
    if delimiter == "\t" and not quoted and _narrow(text):
        return None  # running text whose tables are set with tabs
    delimited = [line for line in text.split("\n") if delimiter in line]
    if len(delimited) * 4 < lines or sum(map(bool, map(_LIST.match, delimited))) * 2 > len(delimited):
        return None  # a text with a table or two, or lists as programs print them: no record file, and not worth parsing
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None
    widths = [len(record) for record in (records[:-1] if cut else records)]
    # sheets written one after the other have an empty line between them, and each its own width
    blocks = [list(block) for filled, block in groupby(widths, key=bool) if filled]
    total = sum(map(len, blocks))
    usual = [_usual(block) for block in blocks]
    regular = sum(count for _, count in usual)
    wide = sum(len(block) for block, (width, _) in zip(blocks, usual, strict=True) if width >= _FEWEST_COLUMNS)
    if wide < _FEWEST_ROWS or regular < _REGULAR * total or 2 * wide < total:
        return None
    if delimiter == "\t" and not quoted and wide < total:
        return None  # as above
    return _Shape(delimiter, regular / total, wide / total, quoted)


def _usual(widths: list[int]) -> tuple[int, int]:
    """The width of most records, and of how many."""
    return Counter(widths).most_common(1)[0]


def _narrow(text: str) -> bool:
    """Whether the first block is no table: running text, which a file of records set with tabs does not hold."""
    block = _EMPTY_LINE.split(text.lstrip("\r\n"), maxsplit=1)[0]
    return '"' not in block and _usual([line.count("\t") + 1 for line in block.splitlines()])[0] < _FEWEST_COLUMNS
