"""Why a row that was solved is not believed: its label, what stands astray, what its table is like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from govreport.binding import scoring
from govreport.binding.placing.spans import is_text_column
from govreport.binding.rows.found import Found
from govreport.binding.solution import How, Solution
from govreport.binding.stream import Slot, Stream, ends_in_number, holds_values, label_text
from govreport.binding.vocabulary import TableWords
from govreport.forms import CellSpec
from govreport.labels import NUMERALS
from govreport.values import Kind

__all__ = ["in_grid", "overfull", "unheld", "unread", "weakness"]


def weakness(stream: Stream, solution: Solution, found: Found, known: Collection[str]) -> tuple[str, str] | None:
    """Why the row is only inferred, in Chinese and English; None if it is read. `known` are the labels of the table."""
    if found.match.sure < 0.8:  # noqa: PLR2004 - a label with one wrong character in five is still that label
        return "行标签残缺", "its label is damaged"
    if found.weak is not None:
        return found.weak
    label = stream.pieces[stream.piece_at(found.match.start) : stream.piece_at(found.match.end - 1) + 1]
    numbered = ends_in_number(label[-1].text) or any(holds_values(piece.text) for piece in label)
    blank = any(cell is None or not cell.solid for cell in solution.cells)
    shown = in_grid(solution, stream) and None not in solution.cells
    near = any(s.solid and ((blank and not shown) or s.position - found.match.end <= scoring.NEAR) for s in found.stray)
    astray = near and not (_comes_again(stream, found) or _are_rows(stream, solution, found, known))
    proven = solution.by_header and all(stream.pieces[s.piece].rowspan is not None for s in solution.cells if s is not None)
    pushed = blank and _lost_letters(stream, solution, found)
    torn = not proven and any(cell is not None and cell.unread for cell in solution.cells)  # two of them, perhaps
    wider = found.wider and solution.by_header and not proven  # a cell was added, perhaps, and the others moved on
    less = (blank or torn) and (found.uneven or wider or (found.short and not proven) or (found.robbed and not shown))
    more = found.uneven and (wider or sum(slot.solid for slot in found.slots) > len(solution.cells))
    strange = pushed or any(_below_nothing(stream, cell) for cell in solution.cells if cell is not None and cell.solid)
    if solution.doubtful or found.odd or astray or found.lone or numbered or less or more or strange:
        return "数值位置或长度异常", "values stand in unusual places or are unusually long"
    return None


def _comes_again(stream: Stream, found: Found) -> bool:
    """Whether what stands behind a row is the same row once more."""
    own, again = ([stream.pieces[s.piece].text for s in slots if s.solid] for slots in (found.slots, found.stray))
    return own == again


def _are_rows(stream: Stream, solution: Solution, found: Found, known: Collection[str]) -> bool:
    """Whether what stands behind a row are rows that the form does not have, 其他主动公开文件 under 规范性文件.

    Either each has its own line, as this one, with words on it that are not the row's own nor a group's alone; or behind words
    as many values as this one, which lacks none.
    """
    lines = {None if cell is None else stream.pieces[cell.piece].row for cell in solution.cells}
    others = {stream.pieces[slot.piece].row for slot in found.stray}
    if len(lines) == 1 and None not in lines | others:
        label = stream.text[found.match.start : found.match.end]
        named = [(stream.pieces[at].row, label_text(stream.pieces[at].text).lstrip(NUMERALS)) for at in stream.texts]
        worded = {row for row, text in named if text not in known} - {row for row, text in named if text == label}
        return lines.isdisjoint(others) and others <= worded
    sizes = Counter(slot.position for slot in found.stray if slot.solid)
    whole = all(cell is not None and cell.solid for cell in solution.cells)
    return whole and {*sizes.values()} == {len(solution.cells)}


def _lost_letters(stream: Stream, solution: Solution, found: Found) -> bool:
    """Whether characters of the label are lost where a line's columns are counted: were they wide or narrow?"""
    told = any(is_text_column(stream.pieces[s.piece]) for s in solution.cells if s is not None)
    pieces = stream.pieces[stream.piece_at(found.match.start) : stream.piece_at(found.match.end - 1) + 1]
    return told and any("\ufffd" in piece.text for piece in pieces)


def _below_nothing(stream: Stream, slot: Slot) -> bool:
    """Whether a line of a cell shows it empty and another holds a number: one that is nobody's, where no grid proves it."""
    piece = stream.pieces[slot.piece]
    return piece.rowspan is None and "\n" in piece.text and any(line and not line.strip() for line in piece.text.split("\n"))


def unheld(words: TableWords, stream: Stream, solution: Solution, found: Found) -> bool:
    """Whether a row without a label, whose cells only their number tells, begins with an empty cell or has one too many.

    Where the margins of the other tables tell where its cells begin, more than their number does.
    """
    first = solution.cells[0]
    if words.rows or first is None:
        return False
    piece = stream.pieces[first.piece]
    if first.unread and (piece.row is None or is_text_column(piece)):
        return True  # the number of the line, perhaps
    if solution.how is How.WINDOW or piece.row is not None:
        return False
    whole = all(cell is not None and cell.solid for cell in solution.cells)
    return not whole and (not first.solid or len(found.slots) > len(solution.cells))


def in_grid(solution: Solution, stream: Stream) -> bool:
    """Whether the header's cells prove the columns: where text is aligned, a header above a value proves less."""
    return solution.by_header and not any(is_text_column(stream.pieces[s.piece]) for s in solution.cells if s is not None)


def unread(solution: Solution, wrapped: Collection[int]) -> bool:
    """Whether half of a row's values, or more, cannot be read: then nothing is certain of the others."""
    printed = [slot for slot in solution.cells if slot is not None and slot.kind is Kind.NUMBER]
    return 0 < len(printed) <= 2 * sum(slot.reading is None and slot.piece not in wrapped for slot in printed)


def overfull(cells: Sequence[CellSpec], solution: Solution, order: Sequence[int]) -> bool:
    """Whether a number that its cell may not hold may be two, beside an empty one, or another cell's, which may hold it."""
    columns = range(len(cells)) if solution.by_header else order
    pairs = [(cells[j], slot) for j, slot in zip(columns, solution.cells, strict=True)]
    empty = any(slot is None or not slot.solid for _, slot in pairs)
    misfits = [slot.reading.value for spec, slot in pairs if slot and slot.reading and not spec.fits(slot.reading.value)]
    return any(empty or any(spec.fits(number) for spec in cells) for number in misfits)
