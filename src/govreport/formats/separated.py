"""One row a line, cells separated by commas or other marks, in a text that is no such file throughout: records between prose.

    信息内容,本年制发件数,本年废止件数,现行有效件数
    规章,3,0,12
    "行政规范性文件
    （含补充件）",5,,"1,207"

A quoted cell may hold the mark and line feeds; a file that is comma-separated from end to end is read by its reader.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.parting import MOST_CELLS, most_cells, part
from govreport.formats.separators import SEPARATORS, bare, headed, is_record, listed, opened, parts, separator
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection
from govreport.values import Kind, classify

__all__ = ["SeparatedFormat"]

_MOST_LINES = 8
"""Lines of the longest quoted cell: a quotation mark that is not closed within these is one of the prose."""
_FEW_LINES = 10
_QUOTES = ('"', "'")
_CUT = "\x1f"
"""In place of a mark of several characters: the standard library knows none such."""


class SeparatedFormat:
    """Cells by marks, rows by lines. Whether cells hidden by a span are there or left out differs from page to page."""

    name = "separated"
    carries = frozenset({"rows", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines whose marks stand around values and empty cells, against all lines that could be of another table."""
        if not sketch.records:
            return None
        mark = _mark(section.lines)
        others = sketch.numbers + sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.series
        others += sketch.addressed
        marked = sum(mark in line for line in section.lines) if mark[0] == " " else 0
        records = max(sketch.records, marked)  # what such a mark parts is a row of two cells, too
        share = records / (records + max(others - (records - sketch.records), 0))
        whole = sketch.lines < _FEW_LINES and any(line.count(mark) > MOST_CELLS for line in section.lines)
        confidence = round(min(0.9, 0.3 + 0.6 * share + 0.2 * whole), 3)
        return Claim(
            self.name, confidence, (f"{sketch.records} lines of values between {mark!r}", f"{others} lines of other shapes")
        )

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a cell; a line that is no record is one piece."""
        return tuple(_pieces(section, _mark(section.lines)))

    def render(self, table: Table) -> str:
        """The full grid, merged cells once at their corner; quoted where that is needed."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(canvas.owners(table))
        return text.getvalue()


@frozen
class _Record:
    """The lines `start` to before `stop` and what stands between their commas."""

    start: int
    stop: int
    cells: tuple[str, ...]


def _mark(lines: Sequence[str]) -> str:
    """The mark of most records."""
    found = Counter(map(separator, map(str.strip, lines)))
    return max(SEPARATORS, key=lambda mark: found[mark])


def _pieces(section: SourceSection, mark: str) -> Iterator[Piece]:
    lines, row = section.lines, 0
    records = [r for r in _records(lines, mark) if any(map(str.strip, r.cells)) or len(r.cells) > 1]
    width, most = _width(records), most_cells(lines, mark) + 1
    for record in _mended(records, width):
        raw = "\n".join(lines[record.start : record.stop])
        if len(record.cells) == 1 or not (len(record.cells) == width or is_record(raw, mark)):
            alone = record.cells if _is_pair(record.cells) else headed(raw.strip())
            known = row if len(alone) > 1 else None  # a value behind its label, in a row of its own
            yield from (Piece(text.strip(), known, place=section.place(record.start)) for text in alone)
        elif len(record.cells) > most:
            yield from _joined(section, record, raw)
        else:
            for column, (text, line, at) in enumerate(_placed(record, raw)):
                yield Piece(bare(text), row, column, place=section.place(line, at))
            row += 1


def _is_pair(cells: Sequence[str]) -> bool:
    """Whether they are a label and its value."""
    return [classify(bare(cell)) for cell in cells] in ([Kind.TEXT, Kind.NUMBER], [Kind.TEXT, Kind.MARK])


def _records(lines: tuple[str, ...], mark: str) -> Iterator[_Record]:
    at = 0
    while at < len(lines):
        if len(rows := listed(lines[at])) > 1:
            yield from (_Record(at, at + 1, _record([row], mark)[0]) for row in rows)
            at += 1
            continue
        marked = mark in lines[at] or '"' in lines[at]
        cells, size = _record(lines[at : at + _MOST_LINES], mark) if marked else ((lines[at],), 1)
        yield _Record(at, at + size, cells)
        at += size


def _record(lines: Sequence[str], mark: str) -> tuple[tuple[str, ...], int]:
    """The record that begins with the first line, and how many lines it takes."""
    inner = opened(lines[0], mark)
    first, *others = parts(inner, mark)
    plain = (*headed(first), *others), 1
    quote = next((q for q in _QUOTES if q in inner and (q == '"' or inner != lines[0])), None)
    if quote is None:
        return plain
    texts = [inner, *lines[1:]]
    reader = csv.reader(
        (f"{text}\n".replace(mark, _CUT) for text in texts), delimiter=_CUT, quotechar=quote, skipinitialspace=True
    )
    try:
        first, *others = (cell.replace(_CUT, mark) for cell in next(reader))
    except csv.Error:  # a field longer than any cell: prose after a quotation mark
        return plain
    closed = sum(text.count(quote) for text in texts[: reader.line_num]) % 2 == 0
    return ((*headed(first), *others), reader.line_num) if closed else plain


def _width(records: list[_Record]) -> int:
    """How many cells most records have, the larger number where two are as frequent; 0 where none has several."""
    widths = Counter(len(r.cells) for r in records if len(r.cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _mended(records: list[_Record], width: int) -> list[_Record]:
    """Records broken over lines without quotes put together again, if all of them are then equally wide; else as they were."""
    whole = list[_Record]()
    for record in records:
        last = whole[-1] if whole else None
        if last and 1 < len(last.cells) <= width - len(record.cells) + 1 and not _is_whole(last, width):
            joint = f"{last.cells[-1]}\n{record.cells[0]}"
            whole[-1] = _Record(last.start, record.stop, (*last.cells[:-1], joint, *record.cells[1:]))
        else:
            whole.append(record)
    return whole if all(len(r.cells) in (1, width) for r in whole) else records


def _is_whole(record: _Record, width: int) -> bool:
    """Whether it has all its cells, and what follows the last is none of it: a value, or nothing."""
    return len(record.cells) == width and classify(record.cells[-1]) is not Kind.TEXT


def _placed(record: _Record, raw: str) -> Iterator[tuple[str, int, int]]:
    """Each cell with the line and the column at which it stands."""
    at, line, begun = 0, record.start, 0
    for text in record.cells:
        found = max(at, raw.find(text, at))
        line += raw.count("\n", at, found)
        begun = max(begun, raw.rfind("\n", at, found) + 1)
        yield text, line, found - begun
        line += raw.count("\n", found, found + len(text) + 1)
        begun = max(begun, raw.rfind("\n", found, found + len(text) + 1) + 1)
        at = found + len(text) + 1


def _joined(section: SourceSection, record: _Record, raw: str) -> Iterator[Piece]:
    for text, line, at in _placed(record, raw):
        for offset, found in part(text):
            yield Piece(found, place=section.place(line, at + offset))
