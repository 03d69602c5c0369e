"""Cells that say where they stand, one a line, as programs print the cells of a sheet or a table.

B3=12   R3C2: 12   [3, 2] 12   row 3, column 2: 12   第3行第2列：12   cell[2][1] = "12"      R3
                                                                                            C2: 12
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from attrs import define, frozen

from govreport.clearing.markup.scan import Block, Given

__all__ = ["ADDRESS", "addressed"]

_ROW, _COLUMN = r"(?P<row>\d{1,4})", r"(?P<column>\d{1,3})"
_ROWS, _COLUMNS = r"(?:[Rr](?:ow)?|ROW|行|第)", r"(?:[Cc](?:ol(?:umn)?)?|COL(?:UMN)?|列|第)"
_IS = r"[ \t]*(?:[=:：|,，\t]|->|→|is\b)[ \t]*"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[ \t]*\$?(?P<letters>[A-Z]{{1,2}})\$?{_ROW}{_IS}",
        (
            rf"[ \t]*(?:[A-Za-z]{{1,20}}[ \t]?)?[(\[{{][ \t]*{_ROW}(?:[ \t]*[,，;][ \t]*|\]\[){_COLUMN}"
            rf"[ \t]*[)\]}}](?:{_IS}|[ \t]+|$)"
        ),
        (
            rf"[ \t]*[(\[]?{_ROWS}[ \t=:_#]*{_ROW}[ \t]*行?[ \t]*[,，;、/_.-]?[ \t]*{_COLUMNS}[ \t=:_#]*{_COLUMN}"
            rf"[ \t]*列?[)\]]?(?:{_IS}|[ \t]+|$)(?:(?:text|value)[ \t]*[=:][ \t]*)?"
        ),
        rf"[ \t]*{_COLUMNS}[ \t=:_#]*{_COLUMN}[ \t]*列?(?:{_IS}|$)",
    )
)
_OWN_LINE = re.compile(rf"[ \t#*=-]*{_ROWS}[ \t=:_#]*{_ROW}[ \t]*行?[ \t:：=#*-]*")
"""A row above its cells."""
ADDRESS = re.compile(
    r"\n[ \t]*(?:\$?[A-Z]{1,2}\$?\d{1,4}[ \t]*[=:：|,]|[A-Za-z]{0,20}[ \t]?[(\[{][ \t]*\d"
    r"|[(\[]?(?:[Rr](?:ow)?|ROW|行|第)[ \t=:_#]*\d)"
)
"""With something like this begin some lines of every such text."""
_RANGE = re.compile(r"[ \t]*(R\d+C\d+|\$?[A-Z]{1,2}\$?\d+)[ \t]*[:：][ \t]*(?:R\d+C\d+|\$?[A-Z]{1,2}\$?\d+)(?!\w)")
"""A cell that covers others: what is written so is another layout, and read as a list of cells its header would be lost."""
_FEWEST = 12
_MOST_BETWEEN = 6
"""Lines that a cell may have besides that with its address."""
_MOST_PLACES = 20_000
_QUOTES = {'"': '"', "'": "'", "“": "”"}


@define
class _Cell:
    row: int
    column: int
    line: int
    texts: list[str]


@frozen
class _Found:
    """Which cell a line is said to be, and the rest of it."""

    row: int
    column: int
    text: str


def addressed(lines: Sequence[str]) -> Iterator[Block]:
    """Such tables, with the places that nothing is said of empty."""
    if any(map(_RANGE.match, lines)):
        return
    tables = max((list(_tables(lines, pattern)) for pattern in _PATTERNS), key=lambda found: sum(map(len, found)))
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    for cells in tables:
        last = cells[-1]
        stop = starts[last.line + len(last.texts)] - 1
        rows = _rows(cells, starts)
        if rows:
            yield Block(starts[cells[0].line], stop, rows, 0, shown=False)


def _tables(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[list[_Cell]]:
    """Cells whose addresses follow one another in rows; a table ends where they begin again."""
    cells, above, between = list[_Cell](), 0, list[str]()
    for index, line in enumerate(lines):
        own = _OWN_LINE.fullmatch(line) if "row" not in pattern.groupindex else None
        above = int(own["row"]) if own else above
        found = None if own else _found(pattern, line, above)
        if found is None:
            between += [] if own else [line]
            continue
        follows = bool(cells) and (found.row, found.column) > (cells[-1].row, cells[-1].column)
        said = [text for text in between if text.strip()]
        if follows and len(said) <= _MOST_BETWEEN:
            cells[-1].texts += between if said else []
        elif cells:
            yield from [cells] if _is_table(cells) else []
            cells = []
        cells.append(_Cell(found.row, found.column, index, [found.text]))
        between = []
    yield from [cells] if _is_table(cells) else []


def _found(pattern: re.Pattern[str], line: str, above: int) -> _Found | None:
    found = pattern.match(line)
    if found is None:
        return None
    groups = found.groupdict()
    row = int(groups["row"]) if "row" in groups else above
    letters = groups.get("letters")
    return _Found(row, _number(letters) if letters else int(groups["column"]), line[found.end() :])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_table(cells: Sequence[_Cell]) -> bool:
    return len(cells) >= _FEWEST and len({cell.row for cell in cells}) > 1 and len({cell.column for cell in cells}) > 1


def _rows(cells: Sequence[_Cell], starts: Sequence[int]) -> list[list[Given]]:
    """Rows from the first column to the last."""
    first, last = min(cell.column for cell in cells), max(cell.column for cell in cells)
    numbers = sorted({cell.row for cell in cells})
    if len(numbers) * (last - first + 1) > _MOST_PLACES:
        return []
    at = {(cell.row, cell.column): Given(starts[cell.line], _text(cell.texts)) for cell in cells}
    begun = {row: min(given.at for place, given in at.items() if place[0] == row) for row in numbers}
    return [[at.get((row, column)) or Given(begun[row], "") for column in range(first, last + 1)] for row in numbers]


def _text(lines: Sequence[str]) -> str:
    text = "\n".join(filter(None, map(str.strip, lines)))
    quoted = len(text) > 1 and _QUOTES.get(text[0]) == text[-1]
    return text[1:-1].strip() if quoted else text
