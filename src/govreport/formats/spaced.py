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
from govreport.formats.pages import page_lines
from govreport.formats.sketch import Sketch
from govreport.formats.tokens import tokens
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection

__all__ = ["SPACED_FORMATS", "SpacedFormat"]

_WHOLE_ROWS = 4
_WHOLE_SHARE = 0.04
"""Rows that keep their values on one line, beside lines of one value: as many as no layout of one cell a line has by chance."""
_RULE = re.compile(r"[\s\-=─]+")


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
        alone = 0 if self.aligned else _alone(section, sketch)
        mine += alone
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + (sketch.numbers - alone) / 3
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


def _alone(section: SourceSection, sketch: Sketch) -> int:
    """Lines of one value that are rows broken by a narrow page: all, where other rows are whole and no empty cell shows."""
    broken = sketch.series >= _WHOLE_ROWS and sketch.series >= _WHOLE_SHARE * sketch.numbers
    return sketch.numbers if broken and not any("\xa0" in line and not line.strip() for line in section.lines) else 0


def _pieces(section: SourceSection, *, aligned: bool) -> Iterator[Piece]:
    pages = page_lines(section)
    for row, line in enumerate(section.lines):
        if row in pages:
            yield Piece(line.strip(), place=section.place(row))
            continue
        if not line.strip(" \u3000\t\r") or _RULE.fullmatch(line):
            continue
        for text, start in tokens(line):
            if aligned:  # a piece covers as many half widths as it is long
                yield Piece(text, row, canvas.width(line[:start]), None, canvas.width(text), section.place(row, start))
            else:
                yield Piece(text, place=section.place(row, start))
