"""The only excuse for a silent cell: the damaged text is, as it stands, a clean rendering of another report.

A reader cannot know that the numbers of a document were exchanged, if what is left is exactly what somebody else would have
written. The excuse is proved by showing that report: the truth, save for the rows with silent cells, which are as they were
read. Written in the same layout, on a page that suffered as a whole in the same way, each of these rows must then stand in the
damaged text as it is, from the value before the row to the value after it: labels, which may have suffered on their own, as one
mark each, all else to the letter, empty lines too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from govreport.forms import TableSpec
from govreport.model import Report
from govreport.testing.build import Layout, make_report
from govreport.testing.damage import BY_NAME, apply, pages
from govreport.testing.document import Document, Span, rows_of
from govreport.testing.matrix import Reading
from govreport.testing.regimes import Shown, dice
from govreport.values import Kind, classify, read_value

__all__ = ["excused", "other_report"]

HARMLESS = frozenset((*(damage.name for damage in pages.OPERATORS), "quoted_lines"))
"""Damage that befalls a clean page and a damaged one alike, and takes nothing away."""
_LABEL, _NBSP = "…", "□"
_CELL = re.compile(r"[|│┃║\t,]")


def other_report(reading: Reading) -> Report | None:
    """The report that the text might as well be of: the true one, with the rows of silent cells as they were read."""
    if reading.report is None:
        return None
    read = {cell.key: cell.raw or "" for cell in reading.report.cells}
    document, silent = reading.document, {key for key, _ in _silent(reading)}
    rows = (row for table in document.form.tables for row in _rows(table) if not silent.isdisjoint(row))
    values: dict[str, Shown] = {key: value or _mark(document.shown.get(key, "")) for key, value in document.truth.items()}
    values |= {key: read.get(key, "") for row in rows for key in row}
    try:
        return make_report(document.form, values)
    except ValueError:  # a text that is no number: nobody's clean report
        return None


def _mark(shown: str) -> str:
    """What a cell without a number shows."""
    return shown if classify(shown) is Kind.MARK else ""


def _silent(reading: Reading) -> list[tuple[str, str]]:
    keys = {cell.label: key for key, cell in reading.document.form.cells.items()}
    return [(keys[v.label], v.label) for v in reading.judgement.silent if v.label in keys]


def excused(reading: Reading, subject: Layout) -> bool:
    """Whether every row with a silent cell stands in the text as `other_report` has it."""
    other, silent = other_report(reading), dict(_silent(reading))
    if other is None or len(silent) < len(reading.judgement.silent):
        return False
    harmless = [BY_NAME[name] for name in reading.document.applied if name in HARMLESS]
    written = apply(dice(0), Document.of(other, subject), harmless)
    spots = written.positions()
    for index, table in written.tables:
        stands = _marks(_table_text(reading.document, table), subject)
        aligned = "columns" in subject.carries
        silently = (row for row in _rows(table) if any(c in silent for c in row))
        wanted = [_window(table, row, spots, index, written, aligned=aligned) for row in silently]
        if not all(_within(_from_label(_marks(text, subject)), stands) for text in wanted):
            return False
    return True


def _from_label(marks: list[str]) -> list[str]:
    """From the first label on: the empty cells before it are of another row."""
    return marks[marks.index(_LABEL) :] if _LABEL in marks else marks


def _rows(table: TableSpec) -> Iterator[list[str]]:
    return ([cell.key for cell in row] for block in table.blocks for row in rows_of(block))


def _table_text(document: Document, table: TableSpec) -> str:
    """What stands under the headings of the table's section, or anywhere if it has none."""
    own = "".join(p.text for p in document.parts if p.number == table.section and p.kind != "heading")
    return own or document.text


def _window(
    table: TableSpec, row: list[str], spots: Mapping[str, Span], index: int, document: Document, *, aligned: bool
) -> str:
    """The text from the end of the last value before the row to the beginning of the first one after it, or of its line."""
    keys = [cell.key for cell in table.cells]
    first, last = keys.index(row[0]), keys.index(row[-1])
    text = document.parts[index].text
    start = max((spots[k].end for k in keys[:first] if k in spots), default=0)
    stop = min((spots[k].start for k in keys[last + 1 :] if k in spots), default=len(text))
    if stop == len(text):
        return text[start:].rstrip("\n")
    return text[start : text.rfind("\n", start, stop) if aligned else stop]


def _marks(text: str, subject: Layout) -> list[str]:
    """The text as values, empty cells, separators and line ends, each run of labels as one mark.

    Widths count where a layout aligns its columns by them.
    """
    marks = list(_each(unicodedata.normalize("NFC", text), spaced="columns" not in subject.carries))
    return [m for m, before in zip(marks, ["", *marks], strict=False) if m != _LABEL or before != _LABEL]


def _each(text: str, *, spaced: bool) -> Iterator[str]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield "\n"
        for number, cell in enumerate(_CELL.split(line)):
            if number:
                yield "|"
            tokens = cell.split()
            yield from _values(tokens)
            if not tokens and "\xa0" in cell:
                yield _NBSP
            elif not spaced and len(tokens) > 1:
                yield str(len(cell))


def _values(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        reading = read_value(token)
        kind = classify(token)
        yield str(reading.value) if reading is not None else token if kind is not Kind.TEXT else _LABEL


def _within(wanted: list[str], stands: list[str]) -> bool:
    size = len(wanted)
    return any(stands[i : i + size] == wanted for i in range(len(stands) - size + 1))
