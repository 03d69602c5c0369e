"""What the rows of a table say of each other: one that is unlike all the others is believed less."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import define

from govreport.binding import scoring
from govreport.binding.doubting import steps
from govreport.binding.rows import Found
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Stream, is_gap, label_text
from govreport.labels import NUMERALS
from govreport.values import digits, is_split

__all__ = ["Neighbour", "compare"]


_FEW = 2
"""Columns of a row that one number of nobody's makes whole."""
_BEGINS = 4
"""Characters that tell one label's beginning from another's."""
_COUNT = 6
"""Numbers that are no chance where each is one more than the one before."""
_FEW_WORDS = 6
"""More characters than these are a note, or a page's head."""
_NEAR = 2
"""Rows within which a value may have gone astray."""


@define
class Neighbour:
    """A row as it stands in the text: what was found of it, its slots, its block and how many columns that has."""

    found: Found
    slots: RowSlots
    block: int
    count: int

    lined: bool
    """Whether its layout has rows."""
    crowded: bool = False
    """Whether numbers that no row has stand between its label and the next."""

    @property
    def full(self) -> bool:
        """Whether it has as many values as columns."""
        return len(self.slots.values) == self.count

    @property
    def begins(self) -> int:
        """How many empty cells stand before its first value."""
        return self.slots.slots.index(self.slots.values[0]) if self.slots.values else 0

    @property
    def ends(self) -> int:
        """How many empty cells stand behind its last value."""
        return len(self.slots.slots) - self.slots.slots.index(self.slots.values[-1]) - 1 if self.slots.values else 0

    @property
    def upset(self) -> bool:
        """Whether it has more values than columns, or one that cannot be read: another row's, perhaps."""
        unread = any(s.unread for s in self.slots.values)
        return len(self.slots.values) > self.count or bool(self.found.stray) or unread or self.crowded


def compare(stream: Stream, rows: Sequence[Neighbour], labels: Collection[str]) -> None:
    """Mark the rows of a table that are `short`, `robbed` or `odd` beside the others; `labels` are all of the form."""
    if len({row.block for row in rows}) > 1:  # rows of one block differ by their class, and are compared by it
        _mark_short(rows)
    for at, row in enumerate(rows):
        others = [*rows[:at], *rows[at + 1 :]]
        row.found.odd |= row.full and (_late(row, others) or _trailed(row, others) or _fuller(row, others))
    ordered = sorted(rows, key=lambda row: row.found.match.start)
    _count_astray(stream, ordered)
    for row in _beside_upset(ordered):
        row.found.robbed = True
    glued, fallen = _glued(stream, ordered), _behind_another(stream, ordered)
    starts = [row.found.match.start for row in ordered]
    first = [stream.piece_at(start) for start in starts]
    torn = steps.before_halves(stream, ordered, first)
    halves, two = steps.beside_halves(stream, ordered, starts), steps.of_two_in_one(stream, ordered)
    between, parted = steps.between_many_and_none(ordered), steps.parted_by_blanks(ordered)
    astray = (*_behind_empty(ordered), *_run_together(stream, ordered), *_off_their_lines(stream, ordered))
    counted = (*_longer(stream, rows), *_gapped_twice(rows), *_gapped_alone(stream, rows), *_counted(ordered))
    behind = (*_behind_label(stream, ordered), *_followed(stream, ordered, labels))
    for row in (*astray, *glued, *fallen, *between, *parted, *halves, *two, *counted, *torn, *behind):
        row.found.odd = True


def _count_astray(stream: Stream, ordered: Sequence[Neighbour]) -> None:
    owned = {slot.piece for row in ordered for slot in row.slots.slots}
    for row, following in itertools.pairwise(ordered):
        between = stream.between(row.found.match.start, following.found.match.start)
        row.crowded = any(slot.solid and slot.piece not in owned for slot in between)


def _mark_short(rows: Sequence[Neighbour]) -> None:
    """A row with fewer cells than all others have lost one, if cells of it are empty: two numbers were glued, perhaps.

    Unless it has as many more than its columns as the others have.
    """
    for row in rows:
        others = [(len(o.slots.slots), len(o.slots.slots) - o.count) for o in rows if o is not row]
        if others:
            size, surplus = (Counter(column).most_common(1)[0] for column in zip(*others, strict=True))
            agreed = size[1] >= max(scoring.FULL_ROWS, scoring.USUAL_SHARE * len(others)) and size[1] >= surplus[1]
            row.found.short = agreed and len(row.slots.slots) < size[0]


def _late(row: Neighbour, others: Iterable[Neighbour]) -> bool:
    """Whether a row with all its values begins with an empty cell that others of its class, or all, have not.

    One of its values is not its own, then.
    """
    filled = [other for other in others if other.slots.values]
    alike = [other.begins < row.begins for other in filled if other.slots.kind[0] == row.slots.kind[0]]
    return _most(alike) or (len(filled) >= scoring.ALONE and all(other.begins < row.begins for other in filled))


def _trailed(row: Neighbour, others: Iterable[Neighbour]) -> bool:
    """Whether more empty cells stand behind the values of a row that has all of them than behind those of its kind.

    Where a layout has rows, what stands behind their cells is padding.
    """
    alike = [o.ends < row.ends for o in others if o.full and o.block == row.block and o.slots.kind == row.slots.kind]
    return not row.lined and _usual(alike)


def _fuller(row: Neighbour, others: Iterable[Neighbour]) -> bool:
    """Whether all others of its block lack a value: a column is gone, perhaps, and this row has one value in two parts."""
    sizes = [len(other.slots.values) for other in others if other.block == row.block and other.slots.values]
    return len(sizes) >= scoring.ALONE and max(sizes) < row.count


def _most(votes: Sequence[bool]) -> bool:
    return len(votes) >= scoring.FULL_ROWS and 2 * sum(votes) > len(votes)


def _usual(votes: Sequence[bool]) -> bool:
    return sum(votes) >= max(scoring.FULL_ROWS, scoring.USUAL_SHARE * len(votes))


def _beside_upset(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows near an upset one in the text: what they lack, it may have; and those with numbers of nobody's."""
    yield from (row for row in rows if row.crowded)
    for at, row in enumerate(rows):
        if row.upset:
            yield from (*rows[max(at - _NEAR, 0) : at], *rows[at + 1 : at + 1 + _NEAR])


def _behind_empty(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows behind one that has too many values and one that has none: labels and values may be out of step there.

    Or behind one that has too many, if their label is not whole.
    """
    for one, empty, other in zip(rows, rows[1:], rows[2:], strict=False):
        if one.upset and not empty.slots.values:
            yield other
    yield from (other for one, other in itertools.pairwise(rows) if one.upset and other.found.match.sure < 1)


def _behind_label(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows whose label stands in one piece with that of a row without values: theirs may be that one's.

    Unless they touch their label, as all do where everything is glued together.
    """
    for empty, row in itertools.pairwise(rows):
        shared = stream.piece_at(empty.found.match.end - 1) == stream.piece_at(row.found.match.start)
        if shared and not empty.slots.values and row.slots.values and not _touches(stream, row):
            yield row


def _followed(stream: Stream, rows: Sequence[Neighbour], labels: Collection[str]) -> Iterator[Neighbour]:
    """The whole rows behind which stands what may be one more cell, where behind most others there is nothing.

    An empty cell in a row of its own, or words that are no label and no note: their last value, perhaps, which nobody can read.
    """
    more = [row for row, other in itertools.pairwise(rows) if row.full and _is_followed(stream, row, other, labels)]
    if len(more) <= (1 - scoring.USUAL_SHARE) * len(rows):
        yield from more


def _is_followed(stream: Stream, row: Neighbour, following: Neighbour, labels: Collection[str]) -> bool:
    last, label = row.slots.values[-1].piece, stream.piece_at(following.found.match.start)
    between = stream.pieces[last + 1 : label]
    if row.lined:
        often = Counter(piece.row for piece in stream.pieces[row.slots.values[0].piece : label + 1])
        return any(not piece.text.strip() and piece.row is not None and often[piece.row] == 1 for piece in between)
    words = [text for piece in between if (text := label_text(piece.text).strip(NUMERALS))]
    return len(words) == 1 and len(words[0]) <= _FEW_WORDS and not any(words[0] in own or own in words[0] for own in labels)


def _off_their_lines(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows that begin beside their label and go on elsewhere, and those that stand elsewhere unlike nearly all others.

    Of rows of a few columns, that is, which a single number that is nobody's makes whole; and those that go on elsewhere below
    a row that lacks values on its line, for these may be its own.
    """
    every = [(row, beside) for row in rows if (beside := _beside_label(stream, row))]
    for (above, level), (row, beside) in itertools.pairwise(every):
        if len(above.slots.values) < above.count and all(level) and beside[0] and not all(beside):
            yield row
    told = [(row, beside) for row, beside in every if row.count <= _FEW]
    for at, (row, beside) in enumerate(told):
        others = [all(each) for _, each in told[:at] + told[at + 1 :]]
        if (beside[0] and not all(beside)) or (not any(beside) and _usual(others)):
            yield row


def _glued(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The whole rows whose first number touches their label, as that of a note does, where most others do not."""
    touching = [_touches(stream, row) for row in rows]
    if _most([not each for each in touching]):
        yield from (row for row, each in zip(rows, touching, strict=True) if each and row.full)


def _touches(stream: Stream, row: Neighbour) -> bool:
    if not row.slots.values:
        return False
    label, first = stream.pieces[stream.piece_at(row.found.match.end - 1)], stream.pieces[row.slots.values[0].piece]
    if label.place is None or first.place is None or label.place.line != first.place.line:
        return False
    return first.place.column == (label.place.column or 0) + len(label.text)


def _behind_another(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows before whose label stand as many numbers of nobody's, behind words that their label begins with."""
    owned = {slot.piece for row in rows for slot in row.slots.slots}
    for before, row in itertools.pairwise(rows):
        start, end = before.found.match.end, row.found.match.start
        between = [s for s in stream.between(start, end) if s.solid and s.piece not in owned]
        if len(between) >= max(row.count, scoring.FULL_ROWS) and stream.text[end : end + _BEGINS] in stream.text[start:end]:
            yield row


def _beside_label(stream: Stream, row: Neighbour) -> list[bool]:
    """Whether each value stands on a line of the row's label; nothing where the lines are not known."""
    first, last = (stream.pieces[stream.piece_at(at)].place for at in (row.found.match.start, row.found.match.end - 1))
    places = [stream.pieces[slot.piece].place for slot in row.slots.values]
    lines = [None if place is None else place.line for place in (first, last, *places)]
    numbers = [line for line in lines if line is not None]
    return [numbers[0] <= line <= numbers[1] for line in numbers[2:]] if len(numbers) == len(lines) else []


def _longer(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with an empty cell and yet a cell too many, where most others have one for each column.

    A number of nobody's, perhaps; unless others of its class have one more, too, or its layout has rows, which are padded.
    """
    for counted in (False, True):
        yield from _larger(stream, rows, gaps=counted)


def _larger(stream: Stream, rows: Sequence[Neighbour], *, gaps: bool) -> Iterator[Neighbour]:
    """These rows, `gaps` counted as cells or not."""
    sizes = [sum(gaps or not is_gap(stream.pieces, s.piece) for s in row.slots.slots) - row.count for row in rows]
    if 2 * sizes.count(0) <= max(len(rows), scoring.ALONE):
        return
    for at, row in enumerate(rows):
        alike = [sizes[i] for i, other in enumerate(rows) if i != at and other.slots.kind[0] == row.slots.kind[0]]
        if sizes[at] > 0 and not row.full and not row.lined and sizes[at] not in alike:
            yield row


def _gapped_twice(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with an empty cell where most gaps between values are of two: each is that of one cell, perhaps."""
    shorter = [row for row in rows if not row.lined and not row.full and row.slots.values]
    within = (row.slots.slots[row.begins : len(row.slots.slots) - row.ends] for row in shorter)
    shown = ("".join("v" if slot.solid else "_" for slot in slots) for slots in within)
    even = [len(gap) % 2 == 0 for slots in shown for gap in slots.split("v") if gap]
    return iter(shorter if _most(even) else ())


def _gapped_alone(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with a gap between values where nearly all others have as few values and no gap: a column is gone from all."""
    told = [row for row in rows if not row.lined and row.slots.values]
    gapped = [_has_gap(stream, row) for row in told]
    for at, row in enumerate(told):
        others = [i for i, other in enumerate(told) if i != at and other.block == row.block]
        alike = [not gapped[i] and len(told[i].slots.values) == len(row.slots.values) for i in others]
        if gapped[at] and not row.full and len(others) >= scoring.ALONE and _usual(alike):
            yield row


def _has_gap(stream: Stream, row: Neighbour) -> bool:
    """Whether an empty cell that only a gap tells of stands between its values."""
    inner = row.slots.slots[row.begins : len(row.slots.slots) - row.ends]
    return any(not slot.solid and is_gap(stream.pieces, slot.piece) for slot in inner)


def _counted(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows that end in the next number of a long count: those of rows, which stand before their labels."""
    ends = [int(row.slots.values[-1].reading.value) if row.slots.values and row.slots.values[-1].reading else 0 for row in rows]
    counts: dict[int, int] = {}
    for end in ends:
        counts[end] = counts.get(end - 1, 0) + 1
    highest = max(counts, key=counts.__getitem__, default=0)
    if counts.get(highest, 0) >= _COUNT:
        yield from (row for row, end in zip(rows, ends, strict=True) if highest - counts[highest] < end <= highest)


def _run_together(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """Two rows of which one has two numbers in a cell, or ends in one far longer than any other, and the next begins empty.

    The next row may have such a number itself: then those of the first tell.
    """
    for one, other in itertools.pairwise(rows):
        sizes = _lengths(one, other)
        last = digits(one.slots.values[-1].reading) if one.slots.values else 0
        second = max([size for size in sizes if size < last], default=0)
        lacks = not other.slots.values or other.begins > one.begins
        longer = (
            last >= max(scoring.GLUED_LAST if second else scoring.GLUED_DIGITS, second + scoring.GLUED_MORE)
            and sizes.count(last) == 1
        )
        unread = [slot for slot in one.slots.values if slot.unread]
        two = len(unread) == 1 and (unread[0] is one.slots.values[-1] or is_split(stream.pieces[unread[0].piece].text))
        if lacks and (longer or two):
            yield from (one, other)


def _lengths(one: Neighbour, other: Neighbour) -> list[int]:
    """The digits of the values of two rows, or of the first where it has enough of them to tell."""
    rows = (one,) if one.count >= scoring.WIDE and len(one.slots.values) > scoring.WIDE else (one, other)
    return [digits(slot.reading) for row in rows for slot in row.slots.values]
