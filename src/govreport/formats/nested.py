"""Lists of rows that are lists of cells, as programs of many languages write them: in one line a row, or one line a cell.

("规章" "3" 12)   c("规章", "3", 12),   VALUES ('规章', 3, NULL);   “规章”“3”“12”   - - 规章     [
("办法" "5" 0)    c("办法", "5", 0)     VALUES ('办法', 5, 0);      “办法”“5”“0”      - 3          "规章",
                                                                               - - 办法       3
                                                                                 - 5        ],
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from govreport.formats import canvas
from govreport.formats.placed import Cell, PlacedTable, confidence, finder, pieces_of, share
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection

__all__ = ["NestedFormat"]

_NUMBER = r"[-+]?\d+(?:\.\d+)?(?![\w.])"
_NOTHING = r"(?i:null|none|nil|na|nan|undefined)\b"


def _cell(end: str) -> re.Pattern[str]:
    """A cell; a quotation mark closes it where `end` follows, for those within it may not be escaped."""
    kinds = (rf"{mark}(?P<{name}>(?:\\.|[^\\])*?){close}(?!{close})(?=\s*{end})" for mark, name, close in _QUOTES)
    return re.compile(rf"\s*(?:{'|'.join(kinds)}|(?P<number>{_NUMBER})|{_NOTHING})\s*")


_QUOTES = (('"', "double", '"'), ("'", "single", "'"), ("“", "chinese", "”"))
_BETWEEN = r"(?:[,;)\]}]|$)"
_CELLS = (_cell(_BETWEEN), _cell(r"(?:(?<=\s)|[\"'“)\]}]|$)"))
"""In lists with commas, and in those with spaces or nothing between cells."""
_BEFORE = re.compile(r"[^\"'“”()\[\]{}\u3400-\u9fff]{0,200}?(?:[(\[{][ \t]*){1,3}|[ \t]*")
_COMMA = re.compile(r"[\"'”\dLlNn][ \t]*[,;][ \t]*[^\s)\]}]")
_MARKS = frozenset(",;")
_COMMON = frozenset(("", "[", "(", "[[", "-[", "-("))
"""Before cells with marks between them: rows that are read as those of any other mark."""
_ESCAPE = re.compile(r"\\(?:[nr]|(.))")
_BEHIND = re.compile(r"[ \t]*[)\]}]*[,;]?[ \t]*")
_OPENS = re.compile(r"[ \t]*\w*[ \t]*[(\[{][ \t]*")
_CLOSES = re.compile(r"[ \t]*[)\]}]+[,;]?[ \t]*")
_ITEM = re.compile(r"(?P<indent>[ \t]*)- (?P<row>- )?[ \t]*(?P<text>.*)")
_FEWEST, _FEWEST_BESIDE = 8, 4
"""Cells of a table, and of another beside it."""
_FEWEST_ROWS = 2
_FEWEST_SIGNS = 2


class NestedFormat:
    """Rows and cells as the lists have them; whether cells hidden by a span are there or left out differs from page to page."""

    name = "nested"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: rows of lists that follow one another, and the lines that are theirs against all."""
        if sketch.listed < _FEWEST_SIGNS:
            return None
        tables = _tables(section)
        if not tables:
            return None
        found = share(section, tables)
        rows = sum(len({cell.row for cell in table.cells}) for table in tables)
        reasons = (f"{rows} lists that are rows of cells", f"{found:.0%} of {sketch.lines} lines are theirs")
        return Claim(self.name, confidence(found), reasons)

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell, without its quotation marks; what programs write for nothing is an empty one."""
        return tuple(pieces_of(section, _tables(section)))

    def render(self, table: Table) -> str:
        """The full grid as a list of lists in YAML, merged cells once at their corner."""
        rows = ([f"- {json.dumps(text, ensure_ascii=False)}" for text in row] for row in canvas.owners(table))
        return canvas.flat("- " + "\n  ".join(row) for row in rows)


@define
class _Lists:
    """Rows that follow one another, from line `first` to before `stop`.

    A row has for each cell the line and the character at which it begins, and its text.
    """

    first: int
    stop: int
    rows: list[list[tuple[int, int, str]]] = field(factory=list)


def _find(lines: Sequence[str]) -> Iterator[PlacedTable]:
    """Such tables."""
    tables = [_table(lists) for lists in _lists(lines)]
    if any(len(table.cells) >= _FEWEST for table in tables):
        yield from (table for table in tables if len(table.cells) >= _FEWEST_BESIDE)


def _table(lists: _Lists) -> PlacedTable:
    cells = tuple(
        Cell(text, row, column, line, at)
        for row, found in enumerate(lists.rows)
        for column, (line, at, text) in enumerate(found)
    )
    marks = frozenset(range(lists.first, lists.stop)).difference(cell.line for cell in cells)
    return PlacedTable(lists.first, lists.stop, cells, marks)


_tables = finder(_find)


def _lists(lines: Sequence[str]) -> Iterator[_Lists]:
    index = 0
    while index < len(lines):
        lists = _by_line(lines, index) or _by_item(lines, index) or _by_cell(lines, index)
        if lists is None:
            index += 1
        else:
            yield lists
            index = lists.stop


def _by_line(lines: Sequence[str], at: int) -> _Lists | None:
    """A row a line."""
    found = _Lists(at, at)
    if not any(quote in lines[at] for quote, *_ in _QUOTES) and not _OPENS.fullmatch(lines[at]):
        return None
    for index in range(at, len(lines)):
        row = _row(lines[index])
        if row is None and not (_CLOSES.fullmatch(lines[index]) or _OPENS.fullmatch(lines[index])):
            break
        found.rows += [] if row is None else [[(index, at, text) for at, text in row]]
        found.stop = index + 1
    return found if len(found.rows) >= _FEWEST_ROWS else None


def _row(line: str) -> list[tuple[int, str]] | None:
    """The cells of a line that is a list and nothing else."""
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    return _cut(line, start, _CELLS[_COMMA.search(line, start) is None])


def _cut(line: str, start: int, cell: re.Pattern[str]) -> list[tuple[int, str]] | None:
    at, parted, cells = start, False, list[tuple[int, str]]()
    while (found := cell.match(line, at)) is not None:
        cells.append((at + len(found[0]) - len(found[0].lstrip()), _said(found)))
        at = found.end()
        if line[at : at + 1] in _MARKS:
            at, parted = at + 1, parted or at + 1 < len(line)
    opened = "".join(line[:start].split())
    others = (parted and opened in _COMMON) or (not opened and "\t" in line)
    return cells if cells and not others and _BEHIND.fullmatch(line, at) else None


def _said(cell: re.Match[str]) -> str:
    text = next((text for _, name, _ in _QUOTES if (text := cell[name]) is not None), None)
    if text is None:
        return cell["number"] or ""
    return _ESCAPE.sub(lambda found: found[1] or "\n", text).strip()


def _by_item(lines: Sequence[str], at: int) -> _Lists | None:
    """An item of a list of lists a line: a row begins with two dashes, or with one alone on its line."""
    if not lines[at].lstrip().startswith("-"):
        return None
    found, indent = _Lists(at, at), len(lines[at]) - len(lines[at].lstrip())
    for index in range(at, len(lines)):
        line = lines[index]
        item = _ITEM.fullmatch(line if line.rstrip() != line.rstrip().rstrip("-") + "-" else f"{line.rstrip()} ")
        if line.strip() == "-" and len(line) - len(line.lstrip()) == indent:
            found.rows.append([])
        elif item is None:
            break
        elif item["row"] and len(item["indent"]) == indent:
            found.rows.append([(index, item.start("text"), _scalar(item["text"]))])
        elif found.rows and len(item["indent"]) > indent and not item["row"]:
            found.rows[-1].append((index, item.start("text"), _scalar(item["text"])))
        else:
            break
        found.stop = index + 1
    return found if any(len(row) > 1 for row in found.rows) else None


def _scalar(text: str) -> str:
    cell = _CELLS[0].fullmatch(text)
    return text.strip().removesuffix("~").strip() if cell is None else _said(cell)


def _by_cell(lines: Sequence[str], at: int) -> _Lists | None:
    """A cell a line, brackets on lines of their own around each row."""
    if not _OPENS.fullmatch(lines[at]):
        return None
    found, open_ = _Lists(at, at), False
    for index in range(at, len(lines)):
        line = lines[index].strip()
        cell = _CELLS[0].fullmatch(line.rstrip(",;"))
        if _OPENS.fullmatch(line):
            found.rows, open_ = [*filter(None, found.rows), []], True
        elif _CLOSES.fullmatch(line) or not line:
            open_ = False
        elif cell and open_:
            found.rows[-1].append((index, len(lines[index]) - len(lines[index].lstrip()), _said(cell)))
        else:
            break
        found.stop = index + 1
    found.rows = list(filter(None, found.rows))
    return found if len(found.rows) >= _FEWEST_ROWS else None
