"""One row a line, cells separated by tabs: pasted spreadsheets, Word tables saved as text, TSV.

With ⇥ for a tab:

    信息内容⇥本年制发件数⇥现行有效件数
    规章⇥3⇥12
    办法⇥⇥5
"""

from __future__ import annotations

from collections.abc import Iterator

from govreport.formats import canvas
from govreport.formats.parting import MOST_CELLS, most_cells, part
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Table
from govreport.pieces import Pieces
from govreport.source import Mark, SourceSection

__all__ = ["TabFormat"]

_FEW_LINES = 10
_DOUBLED = 0.9
"""Share of separators of two tabs where they are; some lines may be joined by one."""


class TabFormat:
    """Cells by tabs, rows by lines. Whether cells hidden by a span are there or left out differs from page to page."""

    name = "tabs"
    carries = frozenset({"rows", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines that hold a tab between two things, against all lines that could be of a table."""
        if not sketch.tab_rows:
            return None
        others = sketch.numbers + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.series + sketch.addressed
        share = sketch.tab_rows / (sketch.tab_rows + others)
        whole = sketch.lines < _FEW_LINES and any(line.count("\t") > MOST_CELLS for line in section.lines)
        return Claim(
            self.name,
            round(min(0.9, 0.3 + 0.6 * share + 0.2 * whole), 3),
            (f"{sketch.tab_rows} lines with inner tabs", f"{others} lines of other shapes"),
        )

    def read(self, section: SourceSection) -> Pieces:
        """A piece a cell; a line without a tab is one cell, or the rest of the cell before it."""
        return section.pieces(_marks(section))

    def render(self, table: Table) -> str:
        """The full grid, merged cells once at their corner."""
        return canvas.flat("\t".join(text.replace("\n", " ") for text in row) for row in canvas.owners(table))


def _marks(section: SourceSection) -> Iterator[Mark]:
    row, separator = 0, "\t\t" if _doubled(section.lines) else "\t"
    width, most = len(separator), most_cells(section.lines, separator)
    for index, line in enumerate(section.lines):
        if "\t" not in line:
            if line and not line.isspace():
                yield line.strip(), None, None, index, 0
            continue
        at = 0
        if line.count(separator) > most:
            for text in line.removesuffix(separator).split(separator):  # what ends the last row is no cell
                yield from ((found, None, None, index, at + offset) for offset, found in part(text))
                at += len(text) + width
        else:
            for column, text in enumerate(line.split(separator)):
                yield text.strip(" "), row, column, index, at
                at += len(text) + width
        row += 1


def _doubled(lines: tuple[str, ...]) -> bool:
    """Whether separators are two tabs: then one tab alone hardly ever stands between two things."""
    text = "\n".join(lines)
    pairs = text.count("\t\t")
    alone = text.count("\t") - 2 * pairs
    return pairs > 0 and pairs >= _DOUBLED * (pairs + alone)
