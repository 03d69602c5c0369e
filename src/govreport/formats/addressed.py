"""Cells that say where they stand, one a line, as programs print the cells of a sheet or a table.

    B3=12   R3C2: 12   [3, 2] 12   row 3, column 2: 12   第3行第2列：12   cell[2][1] = "12"      R3
    A1:C2=申请人情况   R1C1:R2C3: 申请人情况   $.rows[2].cells[1] = "12"                         C2: 12

A cell that covers others names the last of them, too; a cell that nothing is said of is empty.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define

from govreport.formats import canvas
from govreport.formats.placed import Cell, PlacedTable, finder, pieces_of, share
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.placing import Places
from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["AddressedFormat"]

_ROW, _COLUMN = r"(?P<row>\d{1,4})", r"(?P<column>\d{1,3})"
_ROWS, _COLUMNS = r"(?:[Rr](?:ow)?|ROW|行|第)", r"(?:[Cc](?:ol(?:umn)?)?|COL(?:UMN)?|列|第)"
_IS = r"[ \t]*(?:[=:：|,，\t]|->|→|is\b)[ \t]*"
_NAME = r"(?:\.[A-Za-z_]{1,20})?"
_TO = r"[ \t]*[:：-][ \t]*"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"[ \t]*\$?(?P<letters>[A-Z]{{1,2}})\$?{_ROW}"
            rf"(?:{_TO}\$?(?P<last_letters>[A-Z]{{1,2}})\$?(?P<last_row>\d{{1,4}}))?{_IS}"
        ),
        rf"[ \t]*R{_ROW}C{_COLUMN}(?:{_TO}R(?P<last_row>\d{{1,4}})C(?P<last_column>\d{{1,3}}))?(?:{_IS}|[ \t]+|$)",
        (
            rf"[ \t]*(?:[A-Za-z]{{1,20}}[ \t]?)?[(\[{{][ \t]*{_ROW}(?:[ \t]*[,，;][ \t]*|\]\[){_COLUMN}"
            rf"[ \t]*[)\]}}](?:{_IS}|[ \t]+|$)"
        ),
        (rf"[ \t]*[$A-Za-z_][\w$.]*(?:\[\d{{1,4}}\][\w.]*)?\[{_ROW}\]{_NAME}\[{_COLUMN}\]{_NAME}{_IS}"),
        (
            rf"[ \t]*[(\[]?{_ROWS}[ \t=:_#]*{_ROW}[ \t]*行?[ \t]*[,，;、/_.-]?[ \t]*{_COLUMNS}[ \t=:_#]*{_COLUMN}"
            rf"[ \t]*列?[)\]]?(?:{_IS}|[ \t]+|$)(?:(?:text|value)[ \t]*[=:][ \t]*)?"
        ),
        rf"[ \t]*{_COLUMNS}[ \t=:_#]*{_COLUMN}[ \t]*列?(?:{_IS}|$)",
    )
)
_OWN_LINE = re.compile(rf"[ \t#*=-]*{_ROWS}[ \t=:_#]*{_ROW}[ \t]*行?[ \t:：=#*-]*")
"""A row above its cells."""
_FEWEST, _FEWEST_BESIDE = 12, 4
"""Cells of a table, and of another beside it."""
_FEWEST_SIGNS = 6
_MOST_BETWEEN = 6
"""Lines that a cell may have besides that with its address."""
_MOST_PLACES = 20_000
_MOST_SPANNED = 100
_QUOTES = {'"': '"', "'": "'", "“": "”"}
_CONFIDENCE = 0.98
"""Of a section that holds nothing else: a layout of which these are only some of the addresses may know them better."""


class AddressedFormat:
    """Every cell says where it stands, so that nothing is lost."""

    name = "addressed"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines of cells whose addresses follow one another, against all lines."""
        if sketch.addressed < _FEWEST_SIGNS:
            return None
        tables = _tables(section)
        cells = sum(len(table.cells) for table in tables)
        if not cells:
            return None
        found = share(section, tables)
        reasons = (f"{cells} cells say where they stand", f"{found:.0%} of {sketch.lines} lines are theirs")
        return Claim(self.name, round(_CONFIDENCE * found, 3), reasons)

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell, also for those within a table that nothing is said of."""
        return tuple(pieces_of(section, _tables(section)))

    def render(self, table: Table) -> str:
        """A line a cell, with the letters of its column and the number of its row as in a sheet."""
        slots = (slot[0] for row in canvas.matrix(table) for slot in row if slot is not None and slot[1])
        return canvas.flat(f"{_address(piece)}={piece.text.replace(chr(10), '')}" for piece in slots)


def _address(piece: Piece) -> str:
    row, column = (piece.row or 0) + 1, (piece.column or 0) + 1
    last = row + (piece.rowspan or 1) - 1, column + (piece.colspan or 1) - 1
    corner = f"{_letters(column)}{row}"
    return corner if last == (row, column) else f"{corner}:{_letters(last[1])}{last[0]}"


def _letters(number: int) -> str:
    above, at = divmod(number - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + at)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@define
class _Found:
    """A cell as it is written: `texts` is what its line says behind the address, and the lines that follow."""

    row: int
    column: int
    last: tuple[int, int]
    """The row and the column of the last cell that it covers."""
    at: int
    texts: list[str]
    line: int = 0


def _find(lines: Sequence[str]) -> Iterator[PlacedTable]:
    """The tables of the way of writing by which most cells are found."""
    found = [list(_grouped(lines, pattern)) for pattern in _PATTERNS]
    marks = frozenset(index for index, line in enumerate(lines) if _OWN_LINE.fullmatch(line))
    for cells in max(found, key=lambda groups: sum(map(len, groups))):
        table = _table(cells, marks)
        if table is not None:
            yield table


_tables = finder(_find)


def _grouped(lines: Sequence[str], pattern: re.Pattern[str]) -> list[list[_Found]]:
    """The groups of cells that are tables."""
    groups = [cells for cells in _groups(lines, pattern) if _is_spread(cells)]
    whole = any(len(cells) >= _FEWEST for cells in groups)
    return [cells for cells in groups if len(cells) >= _FEWEST_BESIDE] if whole else []


def _groups(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[list[_Found]]:
    """Cells whose addresses follow one another in rows; a group ends where they begin again."""
    cells, above, between = list[_Found](), 0, list[str]()
    for index, line in enumerate(lines):
        own = _OWN_LINE.fullmatch(line) if "row" not in pattern.groupindex else None
        above = int(own["row"]) if own else above
        found = None if own else _found(pattern, line, above)
        if found is None:
            between += [] if own else [line]
            continue
        found.line = index
        follows = bool(cells) and (found.row, found.column) > (cells[-1].row, cells[-1].column)
        said = [text for text in between if text.strip()]
        if follows and len(said) <= _MOST_BETWEEN:
            cells[-1].texts += between if said else []
        elif cells:
            yield cells
            cells = []
        cells.append(found)
        between = []
    yield cells


def _found(pattern: re.Pattern[str], line: str, above: int) -> _Found | None:
    found = pattern.match(line)
    if found is None:
        return None
    groups = found.groupdict()
    row = int(groups["row"]) if "row" in groups else above
    column = _number(groups["letters"]) if "letters" in groups else int(groups["column"])
    last_row = int(groups.get("last_row") or row)
    letters = groups.get("last_letters")
    last_column = _number(letters) if letters else int(groups.get("last_column") or column)
    return _Found(row, column, (last_row, last_column), found.end(), [line[found.end() :]])


def _is_spread(cells: Sequence[_Found]) -> bool:
    return len({cell.row for cell in cells}) > 1 and len({cell.column for cell in cells}) > 1


def _table(cells: Sequence[_Found], marks: frozenset[int]) -> PlacedTable | None:
    """Rows from the first column to the last, with an empty cell wherever nothing is said of one."""
    first, last = min(cell.column for cell in cells), max(cell.column for cell in cells)
    rows = {number: row for row, number in enumerate(sorted({cell.row for cell in cells}))}
    if len(rows) * (last - first + 1) > _MOST_PLACES:
        return None
    placed = {(rows[cell.row], cell.column - first): tuple(_cells(cell, rows, first)) for cell in cells}
    end = cells[-1].line + len(cells[-1].texts)
    return PlacedTable(cells[0].line, end, tuple(_filled(placed, len(rows), last - first + 1)), marks)


def _cells(found: _Found, rows: Mapping[int, int], first: int) -> Iterator[Cell]:
    """The cell, and the lines under it of which only its row can be told."""
    row, own = rows[found.row], _own(found.texts)
    down = max(sum(found.row <= number <= found.last[0] for number in rows), 1)
    across = min(max(found.last[1] - found.column, 0) + 1, _MOST_SPANNED)
    yield Cell(_text(found.texts[:own]), row, found.column - first, found.line, found.at, down, across)
    for line, text in enumerate(found.texts[own:], found.line + own):
        if text.strip():
            yield Cell(text.strip(), row, None, line)


def _filled(placed: Mapping[tuple[int, int], Sequence[Cell]], height: int, width: int) -> Iterator[Cell]:
    """All cells in reading order; an empty one stands where its row begins."""
    places = Places()
    begun = {row: cells[0] for (row, _), cells in [*placed.items()][::-1]}
    for row, column in itertools.product(range(height), range(width)):
        cells = placed.get((row, column), ())
        for cell in cells[:1]:
            places.take(row, column, cell)
        if not cells and (row, column) not in places.taken:
            yield Cell("", row, column, begun[row].line, begun[row].at)
        yield from cells


def _own(texts: Sequence[str]) -> int:
    """How many of the lines are the cell's: a number under another one is not, but may be that of a page."""
    said = [index for index, text in enumerate(texts) if text.strip()]
    numbers = [index for index in said if classify(texts[index]) is not Kind.TEXT]
    return next((index for index in numbers if index != said[0]), len(texts)) if numbers[:1] == said[:1] else len(texts)


def _text(lines: Sequence[str]) -> str:
    """What a cell says; a number that stands under nothing but its address may be a page's, and keeps its line feed."""
    text = "\n".join(filter(None, map(str.strip, lines)))
    if not lines[0].strip() and classify(text) is Kind.NUMBER:
        return f"\n{text}"
    bare = text.rstrip(";,")
    quoted = len(bare) > 1 and _QUOTES.get(bare[0]) == bare[-1]
    return bare[1:-1].strip() if quoted else text
