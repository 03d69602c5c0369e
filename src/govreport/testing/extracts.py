"""What extractors make of a table: the families of output that no layout of ours writes, but that every reader meets.

An `Extract` renders like a layout and says in `carries` what it keeps. Those that keep no `order` (columns read one after the
other, cells with nothing between) can only be doubted; the others leave enough to read every number.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from govreport.formats import canvas
from govreport.model import Piece, Role, Table

__all__ = ["EXTRACTS", "Extract", "blocks"]

Rows = list[list[str]]
_VALUES_FROM = 7
"""Labels longer than twice this are broken by narrow columns."""


@frozen
class Extract:
    """An extractor's way with tables: `render` writes one; `carries` is what a reader can rely on."""

    name: str
    render: Callable[[Table], str]
    carries: frozenset[str]


def _rows(table: Table) -> Rows:
    """Each row with the cells that begin in it, line feeds as spaces."""
    return [[text.replace("\n", " ") for text in row] for row in canvas.rows(table)]


def _full(table: Table, hidden: str | None) -> Rows:
    """The full grid; what a merged cell hides is `hidden`, or the cell repeated (None)."""
    return [["" if s is None else s[0].text if s[1] or hidden is None else hidden for s in row] for row in canvas.matrix(table)]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _cells(table: Table) -> Iterator[str]:
    return itertools.chain.from_iterable(_rows(table))


def _lines_dropped(table: Table) -> str:
    return _lines(f"{text}\n" for text in _cells(table) if text)


def _lines_tight(table: Table) -> str:
    return _lines(text or "\xa0" for text in _cells(table))


def _lines_tight_dropped(table: Table) -> str:
    return _lines(text for text in _cells(table) if text)


def _lines_gaps(table: Table) -> str:
    return _lines(f"{text}\n" for text in _cells(table))


def _lines_rows(table: Table) -> str:
    return _lines("\n".join(filter(None, row)) + "\n" for row in _rows(table))


def _runs(table: Table) -> str:
    """One piece a line, labels cut where brackets and digits begin."""
    return _lines(f"{run}\n" for text in _cells(table) for run in _cut(text))


def _cut(text: str) -> Iterator[str]:
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        yield text or "\xa0"
        return
    kinds = itertools.groupby(text, key=lambda c: (c in "（）()“”", c.isdigit() or c in "一二三四五六七八"))
    yield from ("".join(run) for _, run in kinds)


def _tabs_shifted(table: Table) -> str:
    return _lines("\t".join(row) for row in _rows(table))


def _tabs_repeated(table: Table) -> str:
    return _lines("\t".join(row) for row in _full(table, None))


def _tabs_one_line(table: Table) -> str:
    return "\t\t".join("\t".join(row) for row in _rows(table)) + "\t\n"


def _tabs_ended(table: Table) -> str:
    """An extra tab ending each row, no line ends."""
    return "".join("\t".join(row) + "\t" for row in _rows(table)) + "\n"


def _tab_cell_lines(table: Table) -> str:
    return _lines("\n".join(f"\t{text}" for text in row) + "\n" for row in _rows(table))


def _pipes_shifted(table: Table) -> str:
    return _lines(" | ".join(row) + " |" for row in _rows(table))


def _pipes_repeated(table: Table) -> str:
    return _markdown(_full(table, None))


def _pipes_nan(table: Table) -> str:
    return _markdown(_full(table, "NaN"))


def _data_frame(table: Table) -> str:
    """Markdown of a data frame: a header of numbers, an index before each row, NaN for what is empty or hidden."""
    grid = [[text or "NaN" for text in row] for row in _full(table, None)]
    return _markdown([["", *map(str, range(len(grid[0])))], *([str(i), *row] for i, row in enumerate(grid))])


def _markdown(grid: Rows) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in grid]
    return _lines([rows[0], "|" + "---|" * len(grid[0]), *rows[1:]])


def _pipe_padded(table: Table) -> str:
    """`cell |` a line, a bare run of pipes where cells are hidden or the row ends."""
    width = max(len(row) for row in canvas.matrix(table))
    return _lines("\n".join([*(f"{text} |" for text in row), "|" * (width - len(row) + 1)]) for row in _rows(table))


def _pipe_alone(table: Table) -> str:
    return _lines(f"{text}\n|" if text else "|" for text in _cells(table))


def _pipe_opened(table: Table) -> str:
    return _lines("|\n" + "\n".join(f"{text} |" for text in row) for row in _rows(table))


def _labels_apart(table: Table) -> str:
    """Labels on their own lines, a row's values on the next."""
    return _lines(_apart(row) for row in _rows(table))


def _is_label(text: str) -> bool:
    """Two Chinese characters make a label; 无 is a value."""
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > 1


def _apart(row: list[str]) -> str:
    label = [text for text in row if _is_label(text)]
    values = [text for text in row if text not in label]
    return "\n".join(filter(None, (" ".join(label), " | ".join(values) + " |" if values else "")))


def _joined_wrapped(table: Table) -> str:
    """Values joined by spaces, blanks gone, long labels broken around them as narrow columns of a PDF do."""
    return _lines(_around(row) for row in _rows(table))


def _around(row: list[str]) -> str:
    labels = [text for text in row if _is_label(text)]
    values = " ".join(text for text in row if text and text not in labels)
    if not values or len(labels) != 1 or len(labels[0]) < 2 * _VALUES_FROM:
        return " ".join(filter(None, (*labels, values)))
    return f"{labels[0][:_VALUES_FROM]}\n{values}\n{labels[0][_VALUES_FROM:]}"


def _drifting(table: Table) -> str:
    """Columns aligned by spaces, a Chinese character counted as one column."""
    grid = _full(table, "")
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    return _lines("  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip() for row in grid)


def _comma_separated(table: Table) -> str:
    return _lines(",".join(f'"{t}"' if set(t) & set(',"') else t for t in row) for row in _full(table, ""))


def _boxes_wrapped(table: Table) -> str:
    """Boxes whose labels are wrapped, the label of a group standing in the middle of its rows."""
    grid = _full(table, "")
    widths = [min(12, max(2, *(canvas.width(t) for t in column))) for column in zip(*grid, strict=True)]
    border = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    return _lines([border, *itertools.chain.from_iterable([*_boxed(row, widths), border] for row in grid)])


def _boxed(row: list[str], widths: list[int]) -> Iterator[str]:
    wrapped = [list(_wrap(text, width)) for text, width in zip(row, widths, strict=True)]
    for line in itertools.zip_longest(*wrapped, fillvalue=""):
        yield "|" + "|".join(f" {t}{' ' * (w - canvas.width(t))} " for t, w in zip(line, widths, strict=True)) + "|"


def _wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for character in text:
        if canvas.width(line + character) > width:
            yield line
            line = ""
        line += character
    yield line


def _drawn(table: Table) -> str:
    """A drawing whose lines stop at cells that reach over several rows or columns."""
    cells = [p for p in table.pieces if p.row is not None and p.column is not None]
    rows, columns = (max((_end(p)[i] for p in cells), default=0) for i in (0, 1))
    across = [_DRAWN_WIDTH * column for column in range(columns + 1)]
    wrapped = {id(p): list(_wrap(p.text, across[_end(p)[1]] - across[p.column or 0] - 3)) for p in cells}
    down = [0]
    for row in range(rows):
        last = [p for p in cells if _end(p)[0] == row + 1]
        needed = [len(wrapped[id(p)]) + 1 + down[p.row or 0] for p in last]
        down.append(max([down[-1] + 2, *needed]))
    drawing = [[" "] * (across[-1] + 1) for _ in range(down[-1] + 1)]
    for piece in cells:
        bottom, right = _end(piece)
        _frame(drawing, down[piece.row or 0], across[piece.column or 0], down[bottom], across[right])
        for y, text in enumerate(wrapped[id(piece)], down[piece.row or 0] + 1):
            x = across[piece.column or 0] + 2
            drawing[y][x : x + canvas.width(text)] = [*text, *[""] * (canvas.width(text) - len(text))]
    return _lines("".join(line).rstrip() for line in drawing)


_DRAWN_WIDTH = 14


def _end(piece: Piece) -> tuple[int, int]:
    return (piece.row or 0) + (piece.rowspan or 1), (piece.column or 0) + (piece.colspan or 1)


def _frame(drawing: Rows, top: int, left: int, bottom: int, right: int) -> None:
    """The walls of a cell, which cross where others stand already."""
    for y in (top, bottom):
        for x in range(left, right + 1):
            drawing[y][x] = "-" if drawing[y][x] in " -" and x not in {left, right} else "+"
    for y in range(top + 1, bottom):
        for x in (left, right):
            drawing[y][x] = "|" if drawing[y][x] in " |" else "+"


def _html_without_spans(table: Table) -> str:
    rows = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in _rows(table))
    return _lines(["<table>", *rows, "</table>"])


def _glued(table: Table) -> str:
    """Cells with nothing between them."""
    return _lines("".join(row) for row in _rows(table))


def _columns(table: Table) -> str:
    """Column after column, as a PDF out of reading order."""
    columns = zip(*_full(table, ""), strict=True)
    return _lines(text for column in columns for text in column if text)


Row = tuple[list[str], list[str]]
"""The labels of a row, a group's label among them, and its values."""


def blocks(table: Table) -> list[tuple[list[str], list[Row]]]:
    """Each header of the table, its labels, with the rows under it."""
    found: list[tuple[list[str], list[Row]]] = []
    for row in canvas.matrix(table):
        cells = [slot[0] for slot in row if slot is not None and slot[1]]
        labels, values = ([p.text for p in cells if (p.role is Role.LABEL) is kind] for kind in (True, False))
        if not found or (found[-1][1] and not values):
            found.append(([], []))
        if values:
            found[-1][1].append((labels, values))
        else:
            found[-1][0].extend(labels)
    return found


def _columns_apart(table: Table) -> str:
    """Row labels, headers, then the values column by column: what tells one column from the next is gone."""
    return _lines(f"{text}\n" for headers, rows in blocks(table) for text in _apart_by_columns(headers, rows) if text)


def _apart_by_columns(headers: list[str], rows: list[Row]) -> Iterator[str]:
    yield from itertools.chain.from_iterable(labels for labels, _ in rows)
    yield from headers
    yield from itertools.chain.from_iterable(zip(*(values for _, values in rows), strict=True))


def _labels_early(table: Table) -> str:
    """The label of every third row before the values of the row above it, as where a row's label is the taller."""
    rows = [row for row in _rows(table) if any(row)]
    for at in range(2, len(rows) - 1, 3):
        labels = [text for text in rows[at + 1] if _is_label(text)]
        if len(labels) == 1 and len(rows[at]) > 1 and len(rows[at + 1]) > 1:
            values = [text for text in rows[at] if not _is_label(text)]
            above = [text for text in rows[at] if _is_label(text)]
            rows[at : at + 2] = [[*above, *labels], [*values, *(t for t in rows[at + 1] if t not in labels)]]
    return _lines(f"{text}\n" for row in rows for text in row if text)


def _values_first(table: Table) -> str:
    """All labels of the table, then all its values."""
    labels = (p.text for p in table.pieces if p.role is Role.LABEL)
    return _lines((*labels, " ".join(p.text for p in table.pieces if p.role is not Role.LABEL and p.text)))


_ORDER, _BLANKS, _ROWS = "order", "blanks", "rows"

EXTRACTS: tuple[Extract, ...] = tuple(
    Extract(render.__name__.strip("_"), render, frozenset(carries))
    for render, carries in (
        (_lines_dropped, {_ORDER}),
        (_lines_tight, {_ORDER, _BLANKS}),
        (_lines_tight_dropped, {_ORDER}),
        (_lines_gaps, {_ORDER, _BLANKS}),
        (_lines_rows, {_ORDER, _ROWS}),
        (_runs, {_ORDER, _BLANKS}),
        (_tabs_shifted, {_ORDER, _ROWS, _BLANKS}),
        (_tabs_repeated, {_ORDER, _ROWS, _BLANKS}),
        (_tabs_one_line, {_ORDER, _ROWS, _BLANKS}),
        (_tabs_ended, {_ORDER, _BLANKS}),
        (_tab_cell_lines, {_ORDER, _ROWS, _BLANKS}),
        (_pipes_shifted, {_ORDER, _ROWS, _BLANKS}),
        (_pipes_repeated, {_ORDER, _ROWS, _BLANKS}),
        (_pipes_nan, {_ORDER, _ROWS, _BLANKS}),
        (_data_frame, {_ORDER, _ROWS, _BLANKS}),
        (_pipe_padded, {_ORDER, _ROWS, _BLANKS}),
        (_pipe_alone, {_ORDER, _BLANKS}),
        (_pipe_opened, {_ORDER, _ROWS, _BLANKS}),
        (_labels_apart, {_ORDER, _ROWS, _BLANKS}),
        (_joined_wrapped, {_ORDER}),
        (_drifting, {_ORDER, _ROWS}),
        (_comma_separated, {_ORDER, _ROWS, _BLANKS}),
        (_boxes_wrapped, {_ORDER, _ROWS, _BLANKS}),
        (_drawn, {_ORDER, _ROWS, _BLANKS}),
        (_html_without_spans, {_ORDER, _ROWS, _BLANKS}),
        (_values_first, {_ORDER}),
        (_columns, set[str]()),
        (_columns_apart, set[str]()),
        (_labels_early, set[str]()),
        (_glued, set[str]()),
    )
)
