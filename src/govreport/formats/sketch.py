"""One cheap summary of a section, shared by all layouts when they claim it: counts of lines by their shape."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from attrs import fields, frozen

from govreport.formats.keys import ends_keyed
from govreport.formats.separators import separator
from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["BOX", "Sketch", "is_border", "sketch"]

BOX = frozenset("│┃║┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬╭╮╯╰╒╕╘╛╞╡╤╧╪")
_FRAME = re.compile(r"[\s+\-=:|─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰╒╕╘╛╞╡╤╧╪]*")
_DASHES = re.compile(r"[\-=─━═]{2}")
_RULE = re.compile(r"[\s|:+\-=─━═]*")
_PIPES = re.compile(r"[\s|]*")
_GAP = re.compile(r"\S(?: {2,}|\u3000 +)\S")
_COLUMN = r"(?:[Cc](?:ol(?:umn)?)?|COL(?:UMN)?|列|第)[ \t=:_#]*\d"
_ADDRESS = re.compile(
    r"\$?[A-Z]{1,2}\$?\d{1,4}[ \t]*(?:[=:：|,，\t]|->|→|is\b|-\$?[A-Z])"
    rf"|[(\[]?(?:[Rr](?:ow)?|ROW|行|第)[ \t=:_#]*\d{{1,4}}[ \t]*行?[ \t]*[,，;、/_.-]?[ \t]*{_COLUMN}"
    rf"|{_COLUMN}{{1,3}}[ \t]*列?(?:[=:：|\t]|$)"
    r"|[\w$.\[\]]{0,40}[ \t]?[(\[{][ \t]*\d{1,4}(?:[ \t]*[,，;]|\][\w.]{0,20}\[)[ \t]*\d"
)
_LISTED = re.compile(r"-(?: |$)|[\[({]+[ \t]*$|[A-Za-z_(\[{ \t-]{0,200}[\"'“]")
_CHINESE = "\u3400"
_WRITTEN = frozenset("第行列")
_LONGEST_VALUE = 24
"""No value with its unit is longer."""
_VALUES = re.compile(r"(?:^|\S\s)\s*[-+]?\d[\d,.]*\s+[-+]?\d[\d,.]*(?:\s|$)|[^\d\s]\d*\s+[-+]?\d[\d,.]*\s*$")


@frozen
class Sketch:
    """Counts over the lines of a section that are not wholly empty; `grids` counts its tables with geometry."""

    lines: int
    grids: int
    blank: int
    tab_rows: int
    """Lines with a tab between two things."""
    tab_cells: int
    """Lines that begin with a tab and hold no other."""
    pipe_rows: int
    """Lines with a pipe between two things."""
    pipe_cells: int
    """Lines of one thing and pipes after (or before) it."""
    pipe_only: int
    rules: int
    """Lines of dashes, plus signs, colons and pipes."""
    boxed: int
    """Lines with box-drawing characters, or that a border of plus signs frames."""
    numbers: int
    """Lines that are one number or one printed nothing."""
    gaps: int
    """Lines with two or more spaces between two things."""
    begun: int
    """Lines that begin with a pipe and hold something."""
    lone_tabs: int
    """Lines that are one tab and nothing else."""
    borders: int
    """Lines of dashes with plus signs or box-drawing corners."""
    series: int
    """Lines in which numbers follow one another or a label after a space."""
    records: int
    """Lines in which commas, or other such marks, stand around values and empty cells."""
    addressed: int
    """Lines that begin with the row and the column of a cell, whatever else they are."""
    listed: int
    """Lines that begin as the lists of programs do and their cells, whatever else they are."""
    keyed: int
    """Lines that end in a value behind a label, or a sign that one is due."""
    longest: int


_COUNTED = tuple(f.name for f in fields(Sketch) if f.name not in ("grids", "blank", "longest"))


def sketch(section: SourceSection) -> Sketch:
    """Count the shapes of a section's lines."""
    counts = dict.fromkeys(_COUNTED, 0)
    lines = Counter(section.lines)  # most lines of a table are like others: 0, an empty one
    for line, times in lines.items():
        for shape in _shapes(line):
            counts[shape] += times
    longest = max(map(len, map(str.strip, lines)), default=0)
    return Sketch(grids=len(section.grids), blank=len(section.lines) - counts["lines"], longest=longest, **counts)


@functools.lru_cache(maxsize=1 << 13)
def _shapes(line: str) -> tuple[str, ...]:
    """What a line counts for."""
    bare = line.strip()
    if bare:
        return ("lines", *_filled(line, bare))
    if line.startswith("\t") and line.count("\t") == 1:
        return ("tab_cells", "lone_tabs") if line.rstrip(" \xa0") == "\t" else ("tab_cells",)
    return ()


def _filled(line: str, bare: str) -> tuple[str, ...]:
    if bare[0].isdecimal() or (bare[0] >= _CHINESE and bare[0] not in _WRITTEN):  # most lines
        return _shaped(line, bare)
    return (*_programmed(bare), *_shaped(line, bare))


def _programmed(bare: str) -> Iterator[str]:
    """The shapes of a line that a program wrote."""
    if _ADDRESS.match(bare):
        yield "addressed"
    if _LISTED.match(bare):
        yield "listed"


def _shaped(line: str, bare: str) -> tuple[str, ...]:
    if len(bare) <= _LONGEST_VALUE and classify(bare) is not Kind.TEXT:
        if len(bare.split()) > 2:  # noqa: PLR2004 - one number may be torn in two, a row's values are more
            return ("series",)
        return ("numbers", "tab_cells") if line.startswith("\t") else ("numbers",)
    return _drawn(bare) or _piped(bare) or _spread(line, bare)


def _drawn(bare: str) -> tuple[str, ...]:
    """The shapes of a line of a drawing."""
    if not BOX.isdisjoint(bare):
        return ("boxed", "borders") if is_border(bare) else ("boxed",)
    return ("rules", "borders") if bare[0] == "+" and is_border(bare) else ()


def _piped(bare: str) -> tuple[str, ...]:
    """The shapes of a line with pipes, and of a rule."""
    if "|" not in bare:
        return ("rules",) if len(bare) > 2 and _RULE.fullmatch(bare) else ()  # noqa: PLR2004 - a lone dash is a value
    if _PIPES.fullmatch(bare):
        return ("pipe_only",)
    if "---" in bare and _RULE.fullmatch(bare):
        return ("rules",)
    begun = ("begun",) if bare[0] == "|" else ()
    return (*begun, "pipe_rows") if "|" in bare.strip("| \u3000\xa0") else (*begun, "pipe_cells")


def _spread(line: str, bare: str) -> tuple[str, ...]:
    """The shapes of a line whose cells, if it has several, stand between tabs, other marks or spaces."""
    if separator(bare):
        return ("records",)
    if "\t" in bare or line.count("\t") > 1:
        return ("tab_rows",)
    shapes = {
        "tab_cells": line.startswith("\t"),
        "gaps": _GAP.search(bare),
        "series": _VALUES.search(bare),
        "keyed": ends_keyed(bare),
    }
    return tuple(shape for shape, found in shapes.items() if found)


def is_border(text: str) -> bool:
    """Whether a line is drawn: dashes, and nothing besides but spaces, walls and corners."""
    return _FRAME.fullmatch(text) is not None and _DASHES.search(text) is not None
