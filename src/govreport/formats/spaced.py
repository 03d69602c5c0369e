"""Columns told apart by spaces: aligned by a fixed-width font, or a row's values joined by single spaces.

For example:

    aligned                           joined
    信息内容  本年制发件数  现行有效  信息内容 本年制发件数 现行有效
    规章      3             12        规章 3 12
    办法                    5         办法 5
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


@frozen
class SpacedFormat:
    """`aligned` keeps the column (in half widths) at which each piece stands; without it only the order is kept."""

    name: str
    aligned: bool

    @property
    def carries(self) -> frozenset[str]:
        """Aligned columns keep rows and columns, not blanks as such; joined values keep only their order."""
        return frozenset({"rows", "columns"}) if self.aligned else frozenset()

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines with gaps of two spaces or more, lines in which values follow one another."""
        mine = sketch.gaps if self.aligned else sketch.series
        if not mine:
            return Claim(self.name, 0.1, ("lines of text",)) if sketch.lines and not self.aligned else None
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.numbers / 3
        rest = sketch.series - sketch.gaps if self.aligned else sketch.gaps
        share = mine / (mine + others + max(rest, 0))
        return Claim(
            self.name,
            round(0.8 * share, 3),
            (f"{sketch.gaps} lines with gaps, {sketch.series} with values in a row", f"{len(section.lines)} lines"),
        )

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a value, and a piece for each label between values."""
        return tuple(_pieces(section, aligned=self.aligned))

    def render(self, table: Table) -> str:
        """Aligned columns, or values joined by single spaces."""
        if not self.aligned:
            return canvas.flat(" ".join(t.replace("\n", "") for t in row if t) for row in canvas.rows(table))
        texts = [[t.replace("\n", "") for t in row] for row in canvas.owners(table)]
        widths = [max(map(canvas.width, column)) for column in zip(*texts, strict=True)]
        return canvas.flat(
            "  ".join(t + " " * (w - canvas.width(t)) for t, w in zip(row, widths, strict=True)).rstrip() for row in texts
        )


SPACED_FORMATS = (SpacedFormat("aligned", aligned=True), SpacedFormat("joined", aligned=False))


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
