"""Rows that are not like the others of their block where a layout keeps cells apart: by separators, or by columns of text."""

from __future__ import annotations

import collections
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.placing.gutters import close_together
from govreport.binding.placing.spans import is_text_column
from govreport.binding.rows.found import Found
from govreport.binding.stream import Stream
from govreport.labels import NUMERALS
from govreport.model import Role
from govreport.values import Kind, classify

__all__ = ["mark_close", "mark_joined", "mark_misnumbered", "mark_open", "mark_uneven"]

_OPEN = ("其后一行缺失，行末无从核实", "the row after it is lost, and with it where this one ends")
_TWO_LABELS = ("行标签与另一行的写在一格", "its label stands in one cell with another row's")
_OTHER_NUMBER = ("行标签的序号与表样不同，可能是另一行", "its label has another number than the form's, perhaps another row's")
_NUMBER = re.compile(rf"\s*[（(]?\s*([{NUMERALS}]|\d{{1,2}})\s*[）).．、]")


@frozen
class _Record:
    fields: int
    trailing: bool
    """Whether the last field is empty."""


def mark_uneven(blocks: Sequence[Sequence[Found]], stream: Stream, *, labelled: bool) -> None:
    """Where a row's record has not as many fields as those of its block, which all have as many, its empty cells are not sure.

    Unless it is only shorter, and no record keeps the empty fields at its end. Nor are they where a row begins in one record
    and goes on in another, where words stand among the values, or a gap that the layout cannot explain.
    `labelled`: each row has a label of its own.
    """
    words, gaps, records = _words(stream), _odd_gaps(stream), _records(stream)
    for rows in blocks:
        loose = [_lost_its_columns(row, stream) for row in rows]
        for row, own in zip(rows, loose, strict=True):
            row.odd |= own and not all(loose)
            row.uneven = _among_values(row, words, stream, labelled=labelled) or _holds(row, gaps, stream)
        _mark_records(rows, stream, records, labelled=labelled)


def _mark_records(rows: Sequence[Found], stream: Stream, records: Mapping[int, _Record], *, labelled: bool) -> None:
    """The rows whose record differs from all others of the block and from the one above them, or that stand in two."""
    numbers = [_number(row, stream, labelled=labelled) for row in rows]
    if any(number not in records for number in numbers):
        return
    header = [records[number - 1] for number in numbers[:1] if number - 1 in records]
    for at, row in enumerate(rows):
        others = header + [records[number] for number in numbers[:at] + numbers[at + 1 :]]
        parted = any(slot.solid and stream.pieces[slot.piece].row != numbers[at] for slot in row.slots)
        row.uneven |= parted or _differs(records[numbers[at]], others)
        row.wider = bool(header) and records[numbers[at]].fields > header[0].fields
    usual = header[0].fields if header else 0
    for (above, one), (row, other) in itertools.pairwise(zip(rows, numbers, strict=True)):
        lacking, more = records[one].fields + 1 == usual, records[other].fields == usual + 1 and records[other].trailing
        if lacking and more:  # what the first lacks went to the next
            above.odd = row.odd = True


def _odd_gaps(stream: Stream) -> list[int]:
    """Where the layout says that it cannot explain a gap."""
    return [index for index, piece in enumerate(stream.pieces) if piece.role is Role.REMARK and not piece.text]


def _holds(row: Found, gaps: Sequence[int], stream: Stream) -> bool:
    """Whether one of them stands between the row's label and its last value."""
    return any(stream.piece_at(row.match.start) < gap < row.slots[-1].piece for gap in gaps) if row.slots else False


def _lost_its_columns(row: Found, stream: Stream) -> bool:
    """Whether values stand in a row of the layout, and in no column: where those of other rows do, a wall is gone."""
    pieces = (stream.pieces[slot.piece] for slot in row.slots if slot.solid)
    return any(piece.row is not None and piece.column is None for piece in pieces)


def _words(stream: Stream) -> Mapping[int, int]:
    """For each row of the layout the index of the last piece with words."""
    rows = ((piece.row, index) for index, piece in enumerate(stream.pieces) if classify(piece.text) is Kind.TEXT)
    return {row: index for row, index in rows if row is not None and index not in stream.foreign}


def _among_values(row: Found, words: Mapping[int, int], stream: Stream, *, labelled: bool) -> bool:
    """Whether words stand among the values of the row, behind its label: one may be a value that nobody can read."""
    first = next((slot.piece for slot in row.slots if slot.solid), None)
    if first is None or (number := stream.pieces[first].row) is None:
        return False
    label = stream.piece_at(row.match.end - 1) if labelled else first
    return words.get(number, -1) > label


def _records(stream: Stream) -> Mapping[int, _Record]:
    fields: dict[int, int] = collections.defaultdict(int)
    last: dict[int, str] = {}
    for piece in stream.pieces:
        if piece.row is None or piece.column is None or is_text_column(piece):
            continue
        end = piece.column + (piece.colspan or 1)
        for row in range(piece.row, piece.row + (piece.rowspan or 1)):
            if end > fields[row]:
                fields[row], last[row] = end, piece.text
    return {row: _Record(count, not last[row]) for row, count in fields.items()}


def _number(row: Found, stream: Stream, *, labelled: bool) -> int:
    """The record in which the row's label stands, or its first value where it has none; -1 if the layout knows none."""
    first = next((slot.piece for slot in row.slots if slot.solid), None)
    at = stream.piece_at(row.match.end - 1) if labelled else first
    number = None if at is None else stream.pieces[at].row
    return -1 if number is None else number


def _differs(record: _Record, others: Sequence[_Record]) -> bool:
    usual, often = collections.Counter(other.fields for other in others).most_common(1)[0] if others else (record.fields, 0)
    least = len(others) - (len(others) > scoring.ALONE)  # of many, one more may be damaged
    if often < max(scoring.FULL_ROWS, least) or record.fields == usual:
        return False
    return record.fields > usual or record.trailing or any(other.trailing for other in others)


def mark_close(rows: Sequence[Found], stream: Stream) -> None:
    """The rows with two values that are one, perhaps: they stand closer together than columns of text do."""
    for row, close in zip(rows, close_together([row.slots for row in rows], stream.pieces), strict=True):
        row.odd |= close


def mark_open(rows: Sequence[Found | None], stream: Stream) -> None:
    """Where only the next label tells where a row ends, and that one is lost, values of the lost row may stand in it."""
    for row, following in itertools.pairwise(rows):
        if row is not None and following is None and row.slots and not _closed(row, stream):
            row.weak = row.weak or _OPEN


def mark_joined(rows: Sequence[Found | None], stream: Stream) -> None:
    """Where one cell has the labels of two rows, and values stand behind it for one, they may be either's."""
    for row, following in itertools.pairwise(rows):
        if row is not None and following is not None and not row.slots and following.slots:
            cells = stream.piece_at(row.match.end - 1), stream.piece_at(following.match.start)
            if cells[0] == cells[1] and stream.pieces[cells[0]].row is not None:
                following.weak = following.weak or _TWO_LABELS


def mark_misnumbered(rows: Iterable[tuple[str, Found | None]], stream: Stream) -> None:
    """A label with another number than that of the form may be another row's: if it is damaged, or if that row is missing.

    `rows` are the labels of the form and the rows.
    """
    before = None
    for label, row in rows:
        own = _NUMBER.match(label)
        printed = _NUMBER.match(unicodedata.normalize("NFKC", _label_text(row, stream)))
        lost = printed is not None and before is not None and printed[1] == before[1]
        if row is not None and printed and own and printed[1] != own[1] and (row.match.sure < 1 or lost):
            row.weak = row.weak or _OTHER_NUMBER
        before = own if row is None else None


def _label_text(row: Found | None, stream: Stream) -> str:
    return "" if row is None else stream.pieces[stream.piece_at(row.match.start)].text


def _closed(row: Found, stream: Stream) -> bool:
    """Whether the last value stands on one line with its label, or in a row of a grid."""
    label, last = stream.pieces[stream.piece_at(row.match.end - 1)], stream.pieces[row.slots[-1].piece]
    one_line = last.place is not None and label.place is not None and last.place.line == label.place.line
    return last.rowspan is not None or (last.row == label.row and one_line)
