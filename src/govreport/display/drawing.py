"""How the tables of a report are drawn: as the statutory form prints them, or from the labels of their cells alone.

`draw` gives rows of cells with spans, for HTML, Word and Markdown; where no built-in form knows the table (a plugin's form) the
label paths of the cells are enough. `blocks` gives the same cells as rows under one header each, for narrow places.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

import attrs
from attrs import frozen

from govreport.forms import builtin_forms
from govreport.forms.layout import DrawnCell, DrawnRow, drawing, spec_of
from govreport.model import Cell, Paragraph, Report, Section, Status, Table
from govreport.placing import rowwise

__all__ = ["LabelledBlock", "LabelledRow", "blocks", "by_section", "draw", "full_grid", "heading", "html_rows", "shown"]

_NUMBERED = re.compile(r"[（(第]?\s*[一二三四五六七八九十0-9０-９]")
_TITLE_LINES = 4
MISSING = "·"
"""Stands where no cell was found; blank cells show what the document shows."""


def shown(cell: Cell) -> str:
    """What stands in a cell, on one line: its text as printed, `·` where it is missing."""
    if cell.status is Status.MISSING:
        return MISSING
    raw = cell.raw if cell.raw is not None else _plain(cell)
    return " ".join(raw.split())


def _plain(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def heading(section: Section) -> str:
    """The heading as it stands, with its numeral where it has no number of its own; "" where the document has no heading."""
    text = " ".join((section.heading or "").split())
    return text if not text or _NUMBERED.match(text) else f"{section.number}、{text}"


def by_section(report: Report) -> Iterator[tuple[Section | None, tuple[Table, ...]]]:
    """Every section with the tables that stand in it; tables of sections that the document lost come last, without one.

    Paragraphs that only repeat the title are left out: who writes a report writes its title above all.
    """
    left = list(report.tables)
    for section in report.sections:
        here = tuple(table for table in left if table.section == section.number)
        left = [table for table in left if table.section != section.number]
        yield (section if section.heading else attrs.evolve(section, paragraphs=_untitled(section, report))), here
    if left:
        yield None, tuple(left)


def _untitled(section: Section, report: Report) -> tuple[Paragraph, ...]:
    """The paragraphs without the first run of them that is the title, on one line or on several."""
    title = _squeezed(report.title or "")
    texts = [_squeezed(paragraph.text) for paragraph in section.paragraphs]
    for start, lines in itertools.product(range(len(texts)) if title else (), range(1, _TITLE_LINES + 1)):
        if "".join(texts[start : start + lines]) == title:
            return section.paragraphs[:start] + section.paragraphs[start + lines :]
    return section.paragraphs


def _squeezed(text: str) -> str:
    return "".join(text.lstrip("# ").split())


# --- with spans --------------------------------------------------------------------------------------------------------------


def draw(table: Table) -> tuple[DrawnRow, ...]:
    """The rows of the table with every one of its cells; cells hidden by a span are left out, as in HTML."""
    spec = spec_of(table, builtin_forms())
    rows = () if spec is None else drawing(spec)
    drawn = {cell.key for row in rows for cell in row if cell.key}
    return rows if rows and drawn.issuperset(cell.key for cell in table.cells) else tuple(_from_labels(table))


def _from_labels(table: Table) -> Iterator[DrawnRow]:
    found = tuple(blocks(table))
    depth = max((len(row.path) for block in found for row in block.rows), default=0)
    width = depth + max((len(block.columns) for block in found), default=0)
    for block in found:
        corner = (DrawnCell("", colspan=depth, scope="colgroup"),) if depth else ()
        spans = _spans(len(block.columns), width - depth)
        yield (*corner, *(DrawnCell(t, colspan=s, scope="col") for t, s in zip(block.columns, spans, strict=True)))
        yield from _rows(block, depth, spans)


def _spans(columns: int, width: int) -> list[int]:
    return [1] * (columns - 1) + [width - columns + 1]


def _rows(block: LabelledBlock, depth: int, spans: Sequence[int]) -> Iterator[DrawnRow]:
    paths = [row.path for row in block.rows]
    for index, row in enumerate(block.rows):
        values = (DrawnCell("", colspan=s, key=c.key) for c, s in zip(row.cells, spans, strict=True))
        yield (*_labels(paths, index, depth), *values)


def _labels(paths: Sequence[tuple[str, ...]], index: int, depth: int) -> Iterator[DrawnCell]:
    """The labels that begin at this row; a group covers the rows below that share it."""
    path = paths[index] or ("",) * bool(depth)
    for level, text in enumerate(path):
        prefix = path[: level + 1]
        if level == len(path) - 1:
            yield DrawnCell(text, colspan=depth - level, scope="row")
        elif index == 0 or paths[index - 1][: level + 1] != prefix:
            below = itertools.takewhile(lambda p: p[: level + 1] == prefix, paths[index:])  # noqa: B023 - used up at once
            yield DrawnCell(text, rowspan=sum(1 for _ in below), scope="rowgroup")


def html_rows(table: Table, said: Callable[[Cell], tuple[str, str]], escaped: Callable[[str], str] = escape) -> Iterator[str]:
    """The rows of the table in HTML; `said` gives the attributes of a cell and its text."""
    cells = {cell.key: said(cell) for cell in table.cells}
    for row in draw(table):
        yield f"<tr>{''.join(_html(drawn, cells, escaped) for drawn in row)}</tr>"


def _html(drawn: DrawnCell, cells: Mapping[str, tuple[str, str]], escaped: Callable[[str], str]) -> str:
    spans = "".join(f' {n}="{v}"' for n, v in (("rowspan", drawn.rowspan), ("colspan", drawn.colspan)) if v > 1)
    if drawn.key is None:
        return f'<th scope="{drawn.scope}"{spans}>{escaped(drawn.text)}</th>'
    attributes, text = cells.get(drawn.key, ("", ""))
    return f"<td{spans}{attributes}>{escaped(text)}</td>"


def full_grid(table: Table, rows: Sequence[DrawnRow]) -> list[list[str]]:
    """The texts of drawn rows in a grid without spans; columns that nothing begins in are left out.

    A cell stands at its top left corner, a row's label at its right, next to the values: what is empty between a label and a
    number is then a blank cell and nothing else.
    """
    texts = {cell.key: shown(cell) for cell in table.cells}
    placed = [(row, _standing(column, cell), cell) for row, column, cell in rowwise(rows)]
    columns = sorted({column for _, column, _ in placed})
    grid = [[""] * len(columns) for _ in rows]
    for row, column, cell in placed:
        grid[row][columns.index(column)] = texts.get(cell.key, "") if cell.key else cell.text
    return grid


def _standing(column: int, cell: DrawnCell) -> int:
    return column + cell.colspan - 1 if cell.scope == "row" else column


# --- row by row --------------------------------------------------------------------------------------------------------------


@frozen
class LabelledRow:
    """Cells that share all of their label path but the last part; `path` is without the section."""

    path: tuple[str, ...]
    cells: tuple[Cell, ...]


@frozen
class LabelledBlock:
    """Neighbouring rows under the same column labels; `groups` stand over the columns, "" over those without one."""

    columns: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[LabelledRow, ...]


def blocks(table: Table) -> Iterator[LabelledBlock]:
    """The cells of a table as rows under their column labels, from the label paths alone (groups from the form, if known)."""
    groups = _groups(table)
    for columns, run in itertools.groupby(_labelled_rows(table), key=_columns):
        rows = tuple(run)
        yield LabelledBlock(columns, tuple(groups.get(cell.key, "") for cell in rows[0].cells), rows)


def _groups(table: Table) -> dict[str, str]:
    """The group over the column of each cell, by key, where the label path of the cell does not name it already."""
    spec = spec_of(table, builtin_forms())
    cells = spec.cells if spec else ()
    return {cell.key: cell.column.group for cell in cells if cell.column.group and cell.column.group not in cell.label}


def _labelled_rows(table: Table) -> Iterator[LabelledRow]:
    for path, cells in itertools.groupby(table.cells, key=lambda cell: tuple(cell.label.split("|")[:-1])):
        yield LabelledRow(path[1:] if path[:1] == (table.section,) else path, tuple(cells))


def _columns(row: LabelledRow) -> tuple[str, ...]:
    return tuple(cell.label.rpartition("|")[2] for cell in row.cells)
