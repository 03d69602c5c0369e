"""A document that ends in the middle of a table, as a download does that was cut off: what its last cell said, nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from govreport.binding.notes import note
from govreport.binding.vocabulary import Words
from govreport.forms import FormSpec
from govreport.model import Cell, Finding, Piece, Status
from govreport.source import Source, SourceSection

__all__ = ["doubt_ending", "ends_with", "open_section"]


def open_section(words: Words, sections: Sequence[SourceSection]) -> str | None:
    """The section of lines that a text ends with, without a line end, though by its form others would follow."""
    last = max(sections, key=lambda section: section.offset, default=None)
    if last is None or last.number not in {table.section for table in words.tables}:
        return None
    if last.grids or not (last.lines and last.lines[-1].strip()):
        return None
    followed = any(_follows(form, last.number, section.number) for form in words.forms for section in sections)
    return None if followed else last.number


def _follows(form: FormSpec, one: str, other: str) -> bool:
    numbers = [number for number, *_ in form.sections]
    return one in numbers and other in numbers[numbers.index(one) + 1 :]


def ends_with(section: SourceSection, piece: Piece) -> bool:
    """Whether nothing stands behind this piece, and what is on its line or in its row, in the whole document."""
    source = section.source
    if piece.place is None:
        return False
    last = next((i for i in range(len(source.lines) - 1, -1, -1) if source.lines[i].strip()), -1)
    if piece.place.table is not None:
        grid = source.grids[-1]
        return grid.number == piece.place.table and grid.at > last
    return not _grid_behind(source, last) and source.place(last).line == piece.place.line


def _grid_behind(source: Source, last: int) -> bool:
    return bool(source.grids) and source.grids[-1].at > last


def doubt_ending(cells: list[Cell], section: str, pieces: Sequence[Piece], *, open_end: bool) -> Finding | None:
    """Doubt the last value of a table that stops short, and call missing what seems to be empty behind it.

    `open_end`: the document ends without a line end, so that even a whole table may be cut.
    """
    read = [index for index, cell in enumerate(cells) if cell.status is not Status.MISSING]
    if not read or (read[-1] == len(cells) - 1 and not open_end):
        return None
    touched, last = list[int](), read[-1]
    while last >= 0 and _may_be_cut(cells[last], pieces[-1]):
        touched.append(last)
        cells[last] = evolve(cells[last], raw=None, status=Status.MISSING)
        last -= 1
    if last >= 0 and cells[last].status is Status.READ and cells[last].place == pieces[-1].place:
        touched.append(last)
        cells[last] = evolve(cells[last], status=Status.INFERRED)
    if not touched:
        return None
    keys = [cells[index].key for index in sorted(touched)]
    return note("reading.cut_off", cells=keys, place=pieces[-1].place, section=section, count=len(keys))


def _may_be_cut(cell: Cell, last: Piece) -> bool:
    """Whether the cell seems empty, or shows a mark that may be the sign of the number that would come."""
    return cell.status is Status.BLANK and (not (cell.raw or "").strip() or cell.place == last.place)
