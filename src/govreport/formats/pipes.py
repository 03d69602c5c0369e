"""Cells separated by pipes: Markdown rows, rows with trailing pipes only, and one cell a line with its pipe.

For example:

    markdown          pipe_rows       pipe_cells
    | 规章 | 3 | 0 |  规章 | 3 | 0 |  规章 |
    | --- | --- | --- |               3 |
    | 办法 | 5 |   |  办法 | 5 |  |   0 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.parting import MOST_CELLS
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Role, Table
from govreport.pieces import Pieces
from govreport.source import Mark, SourceSection

__all__ = ["PIPE_FORMATS", "PipeFormat"]

_LEADING = 0.9
"""Share of lines that begin with a pipe where rows do; elsewhere those do whose first cell is empty."""
_RULE = re.compile(r"[\s|:+\-=─]*(?:---|═══|===|───)[\s|:+\-=─]*")
_BREAK = re.compile(r"<br\s*/?>")
_INDEX = re.compile(r"\s*(\d{,3})\s*")


@frozen
class PipeFormat:
    """`rows` tells rows on a line from one cell a line; `leading` whether a row also begins with a pipe."""

    name: str
    rows: bool
    leading: bool

    @property
    def carries(self) -> frozenset[str]:
        """Rows only where a line is a row; blanks always: an empty cell keeps its pipe."""
        return frozenset({"rows", "blanks"}) if self.rows else frozenset({"blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:  # noqa: ARG002 - the counts decide
        """Counted: lines of this shape of pipe against those of the others."""
        piped = sketch.pipe_rows + sketch.pipe_cells + sketch.pipe_only
        if not piped:
            return None
        mine = sketch.pipe_rows if self.rows else sketch.pipe_cells + sketch.pipe_only
        begun = sketch.begun
        fits = (begun >= _LEADING * (sketch.pipe_rows + sketch.pipe_cells)) is self.leading if self.rows else True
        others = sketch.tab_rows + sketch.boxed
        share = mine / (piped + others) * (1.0 if fits else 0.6)
        return Claim(
            self.name,
            round(min(0.95, 0.2 + 0.75 * share), 3),
            (f"{mine} of {piped} lines with pipes are of this shape", f"{begun} begin with a pipe"),
        )

    def read(self, section: SourceSection) -> Pieces:
        """A piece a cell; escapes and emphasis of Markdown are taken off, rules are left out."""
        if not self.rows:
            return section.pieces(_cells(section.lines))
        roles: dict[int, Role] = {}
        return section.pieces(_rows(section.lines, roles, leading=self.leading), roles)

    def render(self, table: Table) -> str:
        """The full grid in pipes."""
        if not self.rows:
            return canvas.flat(_render_cell(row) for row in canvas.owners(table))
        texts = [[t.replace("|", "\\|").replace("\n", "<br>") for t in row] for row in canvas.owners(table)]
        if not self.leading:
            return canvas.flat(" | ".join(row) + " |" for row in texts)
        lines = ["| " + " | ".join(row) + " |" for row in texts]
        return canvas.flat([*lines[:1], "|" + " --- |" * len(texts[0]), *lines[1:]])


PIPE_FORMATS = (
    PipeFormat("pipe_cells", rows=False, leading=False),
    PipeFormat("pipe_rows", rows=True, leading=False),
    PipeFormat("markdown", rows=True, leading=True),
)


def _render_cell(row: list[str]) -> str:
    return "\n".join(f"{text.replace(chr(10), ' ')} |" if text else "|" for text in row)


def _rows(lines: tuple[str, ...], roles: dict[int, Role], *, leading: bool) -> Iterator[Mark]:
    """The cells; into `roles` go those of them that number the columns and rows of a data frame."""
    row, count, numbered = 0, 0, False
    for index, line in enumerate(lines):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        if "|" not in line:
            numbered = False
            yield line.strip(), None, None, index, 0
            count += 1
            continue
        cells = list(_row(index, line, row, leading=leading))
        if index + 1 < len(lines) and "|" in lines[index + 1] and _RULE.fullmatch(lines[index + 1]) and _is_index(line):
            cells = [(text, None, None, index, at) for text, _, _, index, at in cells if text]
            roles |= dict.fromkeys(range(count, count + len(cells)), Role.REMARK)
            numbered = not line.strip().strip("|").split("|")[0].strip()
        else:
            if numbered and len(cells) > 1 and cells[0][0].isdigit():
                roles[count] = Role.REMARK
            row += 1
        yield from cells
        count += len(cells)


def _is_index(line: str) -> bool:
    """The header that a data frame without one is printed with: 0 1 2 3 and so on."""
    cells = [m[1] for c in line.strip().strip("|").split("|") if (m := _INDEX.fullmatch(c))]
    numbers = [int(c) for c in cells if c]
    return len(cells) == line.strip().strip("|").count("|") + 1 and numbers == list(range(len(numbers))) and len(numbers) > 1


def _row(index: int, line: str, row: int, *, leading: bool) -> Iterator[tuple[str, int | None, int | None, int, int]]:
    at = len(line) - len(line.lstrip())
    body = line.strip()
    if leading and body.startswith("|"):  # elsewhere the pipe ends an empty first cell
        body, at = body[1:], at + 1
    body = body.removesuffix("|")
    joined = body.count("|") > MOST_CELLS
    for column, text in enumerate(body.split("|")):
        yield _clean(text), None if joined else row, None if joined else column, index, at
        at += len(text) + 1


def _cells(lines: tuple[str, ...]) -> Iterator[Mark]:
    open_cell = False
    for index, line in enumerate(lines):
        bare = line.strip()
        if not bare or ("---" in line and _RULE.fullmatch(line)):
            continue
        parts = line.rstrip().removesuffix("|").split("|") if "|" in line else [line]
        if open_cell and "|" in line and not bare.strip("|"):
            parts.pop(0)  # the pipe that ends the cell on the line before
        open_cell = "|" not in line
        at = 0
        if len(parts) > 1 and not parts[0].strip() and parts[1].strip():
            at = len(parts.pop(0)) + 1  # a pipe before the cell
        for part in parts:
            yield _clean(part), None, None, index, at
            at += len(part) + 1


def _clean(text: str) -> str:
    text = text.strip(" \t")
    if not text or text.isalnum():
        return text
    if "<" in text:
        text = _BREAK.sub("\n", text)
    if "\\" in text:
        text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|])", r"\1", text)
    return text.strip("*").strip() if text.startswith("**") else text
