"""Columns told apart by spaces: aligned by a fixed-width font, or a row's values joined by single spaces.

For example, an empty cell having left nothing, or a wider gap:

    aligned                           joined                          gapped
    信息内容  本年制发件数  现行有效  信息内容 本年制发件数 现行有效  信息内容 本年制发件数 现行有效
    规章      3             12        规章 3 12                       规章 3 12
    办法                    5         办法 5                          办法  5
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["SPACED_FORMATS", "SpacedFormat"]

_TOKEN = re.compile(r"\S+")
_GLUED = re.compile(r"(?P<label>.*[\u4e00-\u9fff）)”」』])(?P<number>\d[\d,]*(?:\.\d+)?)")
_RULE = re.compile(r"[\s\-=─]+")
_PAGE = re.compile(r"\s*[-—–－―]+ ?\d{1,3} ?[-—–－―]+\s*")
"""A page number alone on its line: where columns are aligned, a row of values has a label on its line, or wider gaps."""


_NUMBERS = re.compile(r"(?<![^ ])[-+]?\d[\d,.]*(?: +[-+]?\d[\d,.]*)+(?![^ ])")
_GAP = re.compile(" +")
_FEWEST_GAPS = 3
"""Wide gaps that may not stand by chance."""
_USUAL = 0.6
"""Share of gaps between numbers that are one space, where nothing else parts them."""
_WIDEST_STEP = 2
"""Spaces by which an empty cell widens a gap: one for what parts it from the next, and one for itself."""


@frozen
class SpacedFormat:
    """What spaces tell, by `name`.

    In `aligned` columns each piece keeps the column (in half widths) at which it stands; `joined` pieces keep only their order;
    `gapped`, a gap wider than the usual one stands for empty cells.
    """

    name: str

    @property
    def carries(self) -> frozenset[str]:
        """Aligned columns keep rows and columns, not blanks as such; wide gaps keep rows and blanks; joined values order."""
        kept = {"aligned": ("rows", "columns"), "gapped": ("rows", "blanks")}
        return frozenset(kept.get(self.name, ()))

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines with gaps of two spaces or more, lines in which values follow one another."""
        aligned = self.name == "aligned"
        mine = sketch.gaps if aligned else sketch.series
        if not mine or (self.name == "gapped" and not _step(section)):
            return Claim(self.name, 0.1, ("lines of text",)) if sketch.lines and self.name == "joined" else None
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.numbers / 3
        rest = sketch.series - sketch.gaps if aligned else 0 if self.name == "gapped" else sketch.gaps
        share = mine / (mine + others + max(rest, 0))
        return Claim(
            self.name,
            round(0.8 * share, 3),
            (f"{sketch.gaps} lines with gaps, {sketch.series} with values in a row", f"{len(section.lines)} lines"),
        )

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a value, and a piece for each label between values."""
        return tuple(_gapped(section) if self.name == "gapped" else _pieces(section, aligned=self.name == "aligned"))

    def render(self, table: Table) -> str:
        """Aligned columns, or values joined by single spaces."""
        if self.name != "aligned":
            empty = self.name == "gapped"
            return canvas.flat(" ".join(t.replace("\n", "") for t in row if t or empty) for row in canvas.rows(table))
        texts = [[t.replace("\n", "") for t in row] for row in canvas.owners(table)]
        widths = [max(map(canvas.width, column)) for column in zip(*texts, strict=True)]
        return canvas.flat(
            "  ".join(t + " " * (w - canvas.width(t)) for t, w in zip(row, widths, strict=True)).rstrip() for row in texts
        )


SPACED_FORMATS = (SpacedFormat("aligned"), SpacedFormat("gapped"), SpacedFormat("joined"))


def _step(section: SourceSection) -> int:
    """By how much an empty cell widens the single space between two numbers; 0 where gaps do not tell empty cells."""
    runs = [run for line in section.lines for run in _NUMBERS.findall(line)]
    gaps = [len(gap) for run in runs for gap in _GAP.findall(run)]
    wide = [gap - 1 for gap in gaps if gap > 1]
    lines = sum(_NUMBERS.search(line) is not None for line in section.lines)
    if len(wide) < _FEWEST_GAPS or gaps.count(1) < _USUAL * len(gaps) or len(runs) > lines or _padded(runs):
        return 0
    return min(wide) if min(wide) <= _WIDEST_STEP and all(size % min(wide) == 0 for size in wide) else 0


def _padded(runs: Sequence[str]) -> bool:
    """Whether short numbers stand beside wide gaps: then spaces fill columns up."""
    numbers = [
        (len(run.split()[i]), max(a, b)) for run in runs for i, (a, b) in enumerate(pairwise(map(len, _GAP.findall(run))), 1)
    ]
    longest = max((size for size, _ in numbers), default=0)
    short = [gap for size, gap in numbers if size < longest]
    return short.count(1) < _USUAL * len(short)


def _gapped(section: SourceSection) -> Iterator[Piece]:
    step = _step(section)
    for row, line in enumerate(section.lines):
        ended, column = 0, 0
        for text, start in _tokens(line):
            for at in range(ended + step, start, step) if ended else ():
                yield Piece("", row, column, place=section.place(row, at))
                column += 1
            yield Piece(text, row, column, place=section.place(row, start))
            ended, column = start + len(text), column + 1


def _pieces(section: SourceSection, *, aligned: bool) -> Iterator[Piece]:
    for row, line in enumerate(section.lines):
        if not line.strip(" \u3000\t\r") or _RULE.fullmatch(line):
            continue
        tokens = [(line.strip(), len(line) - len(line.lstrip()))] if aligned and _PAGE.fullmatch(line) else _tokens(line)
        for text, start in tokens:
            if aligned:  # a piece covers as many half widths as it is long
                yield Piece(text, row, canvas.width(line[:start]), None, canvas.width(text), section.place(row, start))
            else:
                yield Piece(text, place=section.place(row, start))


def _tokens(line: str) -> Iterator[tuple[str, int]]:
    """Values one by one; the text between two values, or two wide gaps, as one."""
    label, begun, ended = "", 0, 0
    for match in _TOKEN.finditer(line):
        for text, start in _split(match[0], match.start()):
            wide = start - ended > 1
            if classify(text) is not Kind.TEXT:
                if label:
                    yield label, begun
                    label = ""
                yield text, start
            elif label and not wide:
                label += " " + text
            else:
                if label:
                    yield label, begun
                label, begun = text, start
            ended = start + len(text)
    if label:
        yield label, begun


def _split(token: str, start: int) -> Iterator[tuple[str, int]]:
    """A label and a number glued to it; zeros glued together, which no number begins with, one by one."""
    if len(token) > 1 and not token.strip("0"):
        yield from (("0", start + i) for i in range(len(token)))
        return
    glued = _GLUED.fullmatch(token)
    if glued and len(glued["label"]) > 1:
        yield glued["label"], start
        yield from _split(glued["number"], start + glued.start("number"))
    else:
        yield token, start
