"""One cheap summary of a section, shared by all layouts when they claim it: counts of lines by their shape."""

from __future__ import annotations

import functools
import re

from attrs import frozen

from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["Sketch", "sketch"]

BOX = frozenset("│┃║┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬╭╮╯╰╒╕╘╛╞╡╤╧╪")
_BORDER = re.compile(r"[\s+\-=:|─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰╒╕╘╛╞╡╤╧╪]*[\-=─━═]{2,}[\s+\-=:|─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╯╰╒╕╘╛╞╡╤╧╪]*")
_RULE = re.compile(r"[\s|:+\-=─━═]*")
_PIPES = re.compile(r"[\s|]*\|[\s|]*")
_GAP = re.compile(r"\S(?: {2,}|\u3000 +)\S")
_VALUES = re.compile(r"(?:^|\S\s)\s*[-+]?\d[\d,.]*\s+[-+]?\d[\d,.]*(?:\s|$)|[^\d\s]\S*\s+[-+]?\d[\d,.]*\s*$")


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
    longest: int


def sketch(section: SourceSection) -> Sketch:
    """Count the shapes of a section's lines."""
    counts = dict.fromkeys(
        ("lines", "tab_rows", "tab_cells", "pipe_rows", "pipe_cells", "pipe_only", "rules", "boxed", "numbers", "gaps", "series", "begun", "lone_tabs", "borders"), 0
    )
    longest = 0
    for line in section.lines:
        bare = line.strip()
        if not bare:
            if line.startswith("\t") and line.count("\t") == 1:
                counts["tab_cells"] += 1
                counts["lone_tabs"] += line == "\t"
            continue
        counts["lines"] += 1
        longest = max(longest, len(line))
        for shape in _shapes(line, bare):
            counts[shape] += 1
    return Sketch(grids=len(section.grids), blank=len(section.lines) - counts["lines"], longest=longest, **counts)


@functools.lru_cache(maxsize=1 << 13)
def _shapes(line: str, bare: str) -> tuple[str, ...]:
    if len(bare) <= 24 and classify(bare) is not Kind.TEXT:  # noqa: PLR2004 - longer than any value with its unit
        if len(bare.split()) > 2:  # noqa: PLR2004 - one number may be torn in two, a row's values are more
            return ("series",)
        return ("numbers", "tab_cells") if line.startswith("\t") else ("numbers",)
    if not BOX.isdisjoint(bare):
        return ("boxed", "borders") if _BORDER.fullmatch(bare) else ("boxed",)
    if bare[0] == "+" and _BORDER.fullmatch(bare):
        return ("rules", "borders")
    if "|" in bare:
        if _PIPES.fullmatch(bare):
            return ("pipe_only",)
        if "---" in bare and _RULE.fullmatch(bare):
            return ("rules",)
        begun = ("begun",) if bare[0] == "|" else ()
        return (*begun, "pipe_rows") if "|" in bare.strip("| \u3000\xa0") else (*begun, "pipe_cells")
    if _RULE.fullmatch(bare) and len(bare) > 2:  # noqa: PLR2004 - a lone dash is a value
        return ("rules",)
    if "\t" in bare or line.count("\t") > 1:
        return ("tab_rows",)
    shapes = ["tab_cells"] if line.startswith("\t") else []
    if _GAP.search(bare):
        shapes.append("gaps")
    if _VALUES.search(bare):
        shapes.append("series")
    return tuple(shapes)
