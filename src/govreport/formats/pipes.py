"""Cells separated by pipes: Markdown rows, rows with trailing pipes only, and one cell a line with its pipe.

For example:

    markdown          pipe_rows       pipe_cells
    | 规章 | 3 | 0 |  规章 | 3 | 0 |  规章 |
    | --- | --- | --- |               3 |
    | 办法 | 5 |   |  办法 | 5 |  |   0 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeAlias

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.parting import MOST_CELLS, most_cells
from govreport.formats.piped import RULE, clean
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Role, Table
from govreport.pieces import Pieces
from govreport.source import Mark, SourceSection
from govreport.values import Kind, classify

__all__ = ["PIPE_FORMATS", "PipeFormat"]

_LEADING = 0.9
"""Share of lines that begin with a pipe where rows do; elsewhere those do whose first cell is empty."""
_FEW_LOOSE = 0.1
"""Share of lines up to which numbers that no pipe ends are accidents."""
_RULED = re.compile(r"\s*:?-{3,}:?\s*")
"""A cell of the rule under the header of a Markdown table."""
_ENCLOSED = re.compile(r"\|[^|]+(?:\|[^|]+)*\|")
_PAIRED = re.compile(r"(?:(?:\|\|)+[^|]+)+(?:\|\|)+")
"""A row whose pipes all come in pairs, as wikis set headers."""
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
        others = sketch.tab_rows + sketch.boxed + sketch.addressed
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
    row, count, numbered, closed, most = 0, 0, False, _closed(lines), most_cells(lines, "|") + 1
    for index, line in enumerate(lines):
        if not line.strip() or RULE.fullmatch(line):
            continue
        if "|" not in line:
            numbered = False
            yield line.strip(), None, None, index, 0
            count += 1
            continue
        cells = list(_row(index, line, row, most, leading=leading, closed=closed or _goes_on(lines, index)))
        if _is_index(line) and "|" in (rule := next(filter(str.strip, lines[index + 1 :]), "")) and RULE.fullmatch(rule):
            cells = [((text, None, None, index, at), True) for (text, *_, at), _ in cells if text]
            numbered = not line.strip().strip("|").split("|")[0].strip()
        else:
            if numbered and len(cells) > 1 and cells[0][0][0].isdigit():
                cells[0] = (cells[0][0], True)
            row = max((mark[1] for mark, _ in cells if mark[1] is not None), default=row) + 1
        roles |= {count + i: Role.REMARK for i, (_, numbers) in enumerate(cells) if numbers}
        yield from (mark for mark, _ in cells)
        count += len(cells)


def _closed(lines: Sequence[str]) -> bool:
    """Whether rows end with a pipe; where they do not, one at the end stands before an empty cell."""
    ends = [line.rstrip().endswith("|") for line in lines if "|" in line.strip("| \t\r")]
    return sum(ends) * 2 >= len(ends)


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether a row was broken behind its last pipe: its last value stands alone on the next line."""
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    return "|" not in following and classify(following) is Kind.NUMBER


def _is_index(line: str) -> bool:
    """The header that a data frame without one is printed with: 0 1 2 3 and so on."""
    cells = [m[1] for c in line.strip().strip("|").split("|") if (m := _INDEX.fullmatch(c))]
    numbers = [int(c) for c in cells if c]
    return len(cells) == line.strip().strip("|").count("|") + 1 and numbers == list(range(len(numbers))) and len(numbers) > 1


_Cell: TypeAlias = tuple[str, int | None, int | None, int, int]
"""A mark without a width."""
Where: TypeAlias = tuple[int | None, int | None] | None
"""Row and column of a cell, None for what is no cell."""


def _row(index: int, line: str, row: int, most: int, *, leading: bool, closed: bool) -> Iterator[tuple[_Cell, bool]]:
    """The cells of a line, and whether each numbers a row or a column of a data frame."""
    at = len(line) - len(line.lstrip())
    body = line.strip()
    if leading and body.startswith("|"):  # elsewhere the pipe ends an empty first cell
        body, at = body[1:], at + 1
    pipe = "||" if body.count("|") > MOST_CELLS and _PAIRED.fullmatch(f"|{body}") else "|"
    if pipe == "||":
        body, at = body[1:], at + 1
    texts = (body.removesuffix(pipe) if closed else body).split(pipe)
    lone = len(texts) <= most
    places = [(row, column) for column in range(len(texts))] if lone else list(_joined_rows(texts, row))
    framed = frozenset() if lone else _framed(texts, places)
    for text, where in zip(texts, places, strict=True):
        if where is not None:
            numbers = where[0] in framed and text.strip().isdigit() and (where[1] == 0 or where[0] == row)
            yield (clean(text), *where, index, at), numbers
        at += len(text) + len(pipe)


def _joined_rows(texts: Sequence[str], row: int) -> Iterator[Where]:
    """The rows of a whole Markdown table on one line, if its rule is there, too: nothing but a blank parts two of them."""
    ruled = [at for at, text in enumerate(texts) if _RULED.fullmatch(text)]
    if not ruled:
        return ((None, None) for _ in texts)
    width = next((i for i, at in enumerate(ruled) if at != ruled[0] + i), len(ruled))
    ends = range(ruled[0] + width, len(texts), width + 1)
    if len(ends) > 1 and not any(texts[at].strip() for at in ends):
        return _even_rows(len(texts), ruled[0], width, row)
    return _labelled_rows(texts, row)


def _framed(texts: Sequence[str], places: Sequence[Where]) -> frozenset[int | None]:
    """The rows of a table on one line that is a data frame's: its header and its first column are numbers."""
    rows: dict[int | None, list[str]] = {}
    for text, where in zip(texts, places, strict=True):
        if where is not None and where[0] is not None:
            rows.setdefault(where[0], []).append(text)
    header = next(iter(rows.values()), [])
    return frozenset(rows) if len(rows) > 1 and _is_index("|".join(header)) else frozenset()


def _even_rows(size: int, rule: int, width: int, row: int) -> Iterator[Where]:
    """Rows of as many cells as the rule has, a blank after each."""
    for at in range(size):
        number, column = divmod(at - rule + width + 1, width + 1)
        yield None if number == 1 or column == width or number < 0 else (row + number, column)


def _labelled_rows(texts: Sequence[str], row: int) -> Iterator[Where]:
    """Rows that lack what spans hide: a label begins one after a blank of one space, where an empty cell has two."""
    column = 0
    for text, following in zip_longest(texts, texts[1:], fillvalue=""):
        begins = text == " " and classify(following) is Kind.TEXT
        if begins or _RULED.fullmatch(text):
            yield None
            row, column = row + begins, -1
        else:
            yield row, column
        column += 1


def _begun(lines: Sequence[str]) -> frozenset[int]:
    """The lines that are a number no pipe ends, where pipes end nearly all cells: what follows belongs to the same cell."""
    filled = [(index, line.strip()) for index, line in enumerate(lines) if line.strip()]
    loose = [index for (index, text), (_, after) in pairwise(filled) if _unended(text, after)]
    return frozenset(loose) if len(loose) <= _FEW_LOOSE * len(filled) else frozenset()


def _unended(text: str, after: str) -> bool:
    """Whether it is a number before another cell that is none of words; pipes alone may end it a line below."""
    return text.isdecimal() and (bare := after.strip("| ")) != "" and classify(bare) is not Kind.TEXT


def _cells(lines: tuple[str, ...]) -> Iterator[Mark]:
    return _enclosed(lines) if _is_enclosed(lines) else _ended(lines)


def _is_enclosed(lines: Sequence[str]) -> bool:
    """Whether every cell has a pipe before it and one behind it: then those on lines of their own only part what is empty."""
    cells = [bare for line in lines if "|" in (bare := line.strip()) and bare.strip("| ")]
    enclosed = [cell for cell in cells if cell[0] == "|" and _ENCLOSED.fullmatch(cell)]
    return len(cells) > 2 and len(enclosed) >= _LEADING * len(cells)  # noqa: PLR2004 - a row is no custom


def _enclosed(lines: Sequence[str]) -> Iterator[Mark]:
    """What stands between two pipes and says something; of what does not, only an nbsp is a cell."""
    for index, line in enumerate(lines):
        at = 0
        for text in line.split("|"):
            if text.strip() or "\xa0" in text:
                yield clean(text), None, None, index, at
            at += len(text) + 1


def _ended(lines: tuple[str, ...]) -> Iterator[Mark]:
    """Cells with a pipe behind them."""
    open_cell, begun, held = False, _begun(lines), ""
    for index, line in enumerate(lines):
        bare = line.strip()
        if not bare or ("---" in line and RULE.fullmatch(line)):
            continue
        if index in begun:
            held += f"{bare}\n"
            continue
        parts = line.rstrip().removesuffix("|").split("|") if "|" in line else [line]
        if open_cell and "|" in line and not bare.strip("|"):
            parts.pop(0)  # the pipe that ends the cell on the line before
        open_cell = not bare.endswith("|")
        at = 0
        if len(parts) > 1 and not parts[0].strip() and parts[1].strip():
            at = len(parts.pop(0)) + 1  # a pipe before the cell
        for part in parts:
            yield held + clean(part), None, None, index, at
            at, held = at + len(part) + 1, ""
