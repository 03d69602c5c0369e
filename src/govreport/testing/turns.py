"""Tables whose geometry is turned: rows for columns, halves or parts below each other, a row a cell, or two years in one."""

from __future__ import annotations

import html
import itertools
import operator
from collections.abc import Callable, Iterator, Sequence

from govreport.formats import canvas
from govreport.model import Role, Table
from govreport.testing.extracts import Extract
from govreport.values import Kind, classify, read_value

__all__ = ["TURNS", "paths"]

Rows = list[list[str]]
Write = Callable[[Rows], str]
_PARTS = 3


def _repeated(table: Table) -> Rows:
    """The full grid, merged labels repeated; what else a cell covers is empty."""
    return [[_said(slot) for slot in row] for row in canvas.matrix(table)]


def _said(slot: canvas.Slot) -> str:
    return "" if slot is None or not (slot[1] or slot[0].role is Role.LABEL) else slot[0].text.replace("\n", " ")


def _transposed(table: Table) -> Rows:
    return [list(row) for row in zip(*_repeated(table), strict=True)]


def _pipes(rows: Rows) -> str:
    head = ["|" + " --- |" * len(rows[0])]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines[:1], *head, *lines[1:]]) + "\n"


def _tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


def _commas(rows: Rows) -> str:
    return "\n".join(",".join(f'"{text}"' if "," in text else text for text in row) for row in rows) + "\n"


def _html(rows: Rows) -> str:
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows) + "</table>\n"


def _cell(text: str) -> str:
    return f"<td>{html.escape(text)}</td>"


def _labels(table: Table) -> int:
    """How many columns hold labels of rows."""
    return min((p.column or 0 for p in table.pieces if p.role is Role.VALUE), default=0)


def _halves(table: Table) -> Iterator[Rows]:
    """The columns of values in two parts, each behind the labels; a table that has none of these is not cut."""
    rows, left = _repeated(table), _labels(table)
    middle = (left + len(rows[0])) // 2
    if not left:
        yield rows
        return
    yield [row[:middle] for row in rows]
    yield [row[:left] + row[middle:] for row in rows]


def _continued(table: Table, write: Write) -> str:
    return "\n（续表）\n\n".join(map(write, _halves(table)))


def _parts(table: Table) -> Rows:
    """The columns of a table without labels of rows in parts below each other; any other table as it stands."""
    rows = _repeated(table)
    if _labels(table):
        return rows
    size = len(rows[0]) // _PARTS
    return [row[start : start + size] for start in range(0, len(rows[0]), size) for row in rows]


def _beside(table: Table) -> Rows:
    """What last year may have been beside each value, as the last row of each header says."""
    left, made = _labels(table), list[list[str]]()
    for row, following in itertools.pairwise([*_repeated(table), []]):
        own = row[:left]
        made.append(own + [text for each in row[left:] for text in (each, _before(each))])
        if _is_valued(following[left:]) and not _is_valued(row[left:]):
            made.append(own + ["本年", "上年"] * (len(row) - left))
    return made


def _twice(table: Table) -> Rows:
    """All columns of values again, with what last year may have been; the first row says so."""
    rows, left = _repeated(table), _labels(table)
    width = len(rows[0]) - left
    years = [*rows[0][:left], *["2023年"] * width, *["2022年"] * width]
    return [years, *([*row, *map(_before, row[left:])] for row in rows)]


def _is_valued(texts: Sequence[str]) -> bool:
    return any(classify(text) is not Kind.TEXT for text in texts)


def _before(text: str) -> str:
    """Another number, of which the sums hold as well; labels are as they are."""
    reading = read_value(text)
    return str(reading.value * 3) if reading is not None else text


def paths(table: Table) -> Iterator[tuple[list[str], list[str], str]]:
    """The labels of each cell and what it shows: those over the whole table and of its row, and those of its column."""
    grid = canvas.matrix(table)
    for number, row in enumerate(grid):
        for column, slot in enumerate(row):
            if slot is not None and slot[1] and slot[0].role is Role.VALUE:
                above = list(_above(grid, number, column))
                wide = [text for text, span in above if span == len(row)]
                before = [each[0].text for each in row[:column] if each is not None and each[0].role is Role.LABEL]
                over = [text for text, span in above if span < len(row)]
                yield list(_once([*wide, *before])), list(_once(over)), slot[0].text


def _above(grid: list[list[canvas.Slot]], number: int, column: int) -> Iterator[tuple[str, int]]:
    """The labels over a cell, from the first row of its block on, and how many columns each covers."""
    column_above = [grid[row][column] for row in range(number)]
    filled = [row for row, slot in enumerate(column_above) if slot is not None and slot[0].role is Role.LABEL]
    runs = [list(run) for _, run in itertools.groupby(filled, key=lambda row: row - filled.index(row))]
    for row in runs[-1] if runs else ():
        slot = column_above[row]
        if slot is not None:
            yield slot[0].text, slot[0].colspan or 1


def _once(texts: Sequence[str]) -> Iterator[str]:
    """Texts without those that stand there twice on end."""
    return (text.replace("\n", " ") for text, _ in itertools.groupby(texts))


def _tidy(table: Table) -> Rows:
    """A row a cell: its row, its column, its value."""
    rows = [[" > ".join(own), " > ".join(over), text] for own, over, text in paths(table)]
    return [["行", "列", "值"], *rows]


def _several(table: Table) -> str:
    """A line a row: its labels, and each column with its value."""
    return "".join(
        f"{'/'.join(own)}：{'，'.join(f'{name} {text}' for name, text in cells)}\n" for own, cells in _grouped(table)
    )


def _nested(table: Table) -> str:
    """A list a row, an item a value."""
    return "".join(
        f"- **{' > '.join(own)}**\n" + "".join(f"  - {name}: {text}\n" for name, text in cells)
        for own, cells in _grouped(table)
    )


def _grouped(table: Table) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    """The labels of each row, or of the columns that it is grouped by where it has none, and its values."""
    cells = [(own or over[:-1], over[-1], text) for own, over, text in paths(table)]
    for own, row in itertools.groupby(cells, key=operator.itemgetter(0)):
        yield own, [(name, text) for _, name, text in row]


TURNS: tuple[Extract, ...] = tuple(
    Extract(name, render, frozenset({"order", "rows", "blanks"}))
    for name, render in (
        ("transposed_pipes", lambda table: _pipes(_transposed(table))),
        ("transposed_tabs", lambda table: _tabs(_transposed(table))),
        ("transposed_commas", lambda table: _commas(_transposed(table))),
        ("transposed_html", lambda table: _html(_transposed(table))),
        ("halves_pipes", lambda table: _continued(table, _pipes)),
        ("halves_tabs", lambda table: _continued(table, _tabs)),
        ("halves_html", lambda table: _continued(table, _html)),
        ("parts_pipes", lambda table: _pipes(_parts(table))),
        ("parts_html", lambda table: _html(_parts(table))),
        ("tidy_pipes", lambda table: _pipes(_tidy(table))),
        ("tidy_commas", lambda table: _commas(_tidy(table))),
        ("beside_tabs", lambda table: _tabs(_beside(table))),
        ("beside_html", lambda table: _html(_beside(table))),
        ("twice_tabs", lambda table: _tabs(_twice(table))),
        ("keyed_several", _several),
        ("keyed_nested", _nested),
    )
)
"""`carries` is as for other extracts."""
