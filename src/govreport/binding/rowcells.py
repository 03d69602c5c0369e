"""A solved row → its cells, each with a status, and the finding that says what is doubted of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from govreport.binding.bound import Bound
from govreport.binding.cells import missing_cell, printed_cell, read_cell
from govreport.binding.doubting.weakness import in_grid, overfull, unheld, unread, weakness
from govreport.binding.notes import note, row_name
from govreport.binding.rows.found import Found
from govreport.binding.solution import How, Solution
from govreport.binding.stream import Slot
from govreport.forms import CellSpec, Row
from govreport.model import Finding, Place, Role
from govreport.values import Kind, is_split

__all__ = ["Solved", "bind_row", "miss_row"]


@frozen(eq=False)
class Solved:
    """A row of a form with its cells, how it was found, and what became of it; `order` is that of its columns in the text."""

    form: str
    row: Row
    cells: Sequence[CellSpec]
    found: Found
    solution: Solution
    order: Sequence[int]

    @property
    def keys(self) -> list[str]:
        """The keys of its cells."""
        return [cell.key for cell in self.cells]

    @property
    def plain(self) -> bool:
        """Whether every cell has a number that is one for certain, and that it may hold."""
        slots = self.solution.cells
        return (
            self.solution.how is How.COUNT
            and not self.solution.by_header
            and all(s is not None and s.reading is not None and s.reading.sure for s in slots)
            and all(self.cells[j].fits(s.reading.value) for j, s in zip(self.order, slots, strict=True) if s and s.reading)
        )


def bind_row(bound: Bound, row: Solved) -> None:
    """Its cells, in the order of the form."""
    stream, solution = bound.stream, row.solution
    for twin in solution.twins:
        stream.roles[twin.piece] = Role.VALUE if twin.solid else Role.REMARK
    solution.doubtful |= (bound.disorder and not in_grid(solution, stream)) or unheld(bound.words, stream, solution, row.found)
    solution.doubtful |= overfull(row.cells, solution, row.order) or unread(solution, bound.wrapped)
    weak = weakness(stream, solution, row.found, bound.words.known)
    if weak is None and row.plain:
        _bind_plain(bound, row)
    elif solution.how is How.NONE:
        _bind_none(bound, row)
    else:
        _bind_cells(bound, row, weak)


def miss_row(bound: Bound, form: str, row: Row, cells: Sequence[CellSpec]) -> None:
    """A row that does not stand in the text."""
    bound.cells += [missing_cell(spec, form) for spec in cells]
    table = bound.words.forms[form]
    keys = [cell.key for cell in cells]
    bound.doubts.append(note("structure.row_missing", cells=keys, section=table.section, row=row_name(table, row)))


def _bind_plain(bound: Bound, row: Solved) -> None:
    """The row that most rows are: every cell with a number that nothing speaks against."""
    stream = bound.stream
    slots = dict(zip(row.order, row.solution.cells, strict=True))
    for j, spec in enumerate(row.cells):
        slot = slots[j]
        if slot is not None and slot.reading is not None:
            bound.cells.append(printed_cell(spec, row.form, stream.pieces[slot.piece], slot.reading))
            stream.roles[slot.piece] = Role.VALUE


def _bind_none(bound: Bound, row: Solved) -> None:
    """A row without values, or with so many that nothing tells whose they are."""
    left = row.solution.left
    bound.cells += [missing_cell(spec, row.form) for spec in row.cells]
    raw = "、".join(bound.stream.pieces[s.piece].text for s in left)
    code = "reading.row_values" if left else "reading.row_empty"
    bound.doubts.append(_about(bound, row, code, expected=len(row.cells), actual=len(left), raw=raw))


def _bind_cells(bound: Bound, row: Solved, weak: tuple[str, str] | None) -> None:
    stream, solution = bound.stream, row.solution
    by_column = {j if solution.by_header else row.order[j]: slot for j, slot in enumerate(solution.cells)}
    untold = {row.order[j] for j in solution.untold}
    doubted = weak is not None or solution.how is How.SUMS
    unsure = []
    for j, spec in enumerate(row.cells):
        if j in untold:
            bound.cells.append(missing_cell(spec, row.form))
            continue
        slot = by_column[j]
        cell, fine = read_cell(spec, row.form, slot, stream.pieces, bound.wrapped, weak=doubted)
        bound.cells.append(cell)
        if slot is not None:
            stream.roles[slot.piece] = Role.VALUE
        if not fine and slot is not None:
            keys = [spec.key, *(_beside(row, by_column, j) if is_split(cell.raw or "") else ())]
            unsure.append(_note(bound, row, "reading.value", keys, cell.place, column=spec.column.header, raw=cell.raw))
    if solution.how is How.SUMS:
        bound.doubts.append(_by_sums(bound, row))
    elif weak is not None:
        bound.doubts.append(_about(bound, row, "reading.inferred", why_zh=weak[0], why_en=weak[1]))
    bound.doubts += unsure


def _beside(row: Solved, by_column: Mapping[int, Slot | None], column: int) -> Iterator[str]:
    """The cells next to one with several numbers, where they are empty: one of these may be theirs."""
    for j in (column - 1, column + 1):
        slot = by_column.get(j)
        if j in by_column and (slot is None or slot.kind is Kind.EMPTY):
            yield row.cells[j].key


def _by_sums(bound: Bound, row: Solved) -> Finding:
    pieces, left = bound.stream.pieces, row.solution.left
    told = [slot for slot in row.solution.cells if slot is not None]
    raw = "、".join(pieces[s.piece].text for s in sorted([*told, *left], key=lambda s: s.piece))
    return _about(bound, row, "reading.sums", expected=len(row.cells), actual=len(told) + len(left), raw=raw, told=len(told))


def _about(bound: Bound, row: Solved, code: str, **facts: object) -> Finding:
    """A finding about all cells of the row, at its label."""
    stream = bound.stream
    return _note(bound, row, code, row.keys, stream.pieces[stream.piece_at(row.found.match.start)].place, **facts)


def _note(bound: Bound, row: Solved, code: str, keys: Sequence[str], place: Place | None, **facts: object) -> Finding:
    table = bound.words.forms[row.form]
    return note(code, cells=keys, place=place, section=table.section, row=row_name(table, row.row), **facts)
