"""What the rows of a table say of each other: one that is unlike all the others is believed less."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from govreport.binding import scoring
from govreport.binding.doubting.neighbour import Neighbour, most, usual
from govreport.binding.doubting.steps import misplaced
from govreport.binding.stream import Stream, is_gap, label_text
from govreport.labels import NUMERALS
from govreport.values import Reading

__all__ = ["compare", "counted"]

_COUNT = 6
"""Numbers that are no chance where each is one more than the one before."""
_FEW_WORDS = 6
"""More characters than these are a note, or a page's head."""
_AND_TWO = 3
"""A value and the two pieces behind it."""
_NEAR = 2
"""Rows within which a value may have gone astray."""


def compare(stream: Stream, rows: Sequence[Neighbour], labels: Collection[str]) -> None:
    """Mark the rows of a table that are `short`, `robbed` or `odd` beside the others; `labels` are all of the form."""
    if len({row.block for row in rows}) > 1:  # rows of one block differ by their class, and are compared by it
        _mark_short(rows)
    for at, row in enumerate(rows):
        others = [*rows[:at], *rows[at + 1 :]]
        row.found.odd |= row.full and (_late(row, others) or _trailed(row, others) or _fuller(row, others))
    ordered = sorted(rows, key=lambda row: row.found.match.start)
    owned = {slot.piece for row in ordered for slot in row.slots.slots}
    nobodys = frozenset(slot.piece for slot in stream.slots if slot.solid and slot.piece not in owned)
    _find_crowded(stream, ordered, nobodys)
    for row in _beside_upset(ordered):
        row.found.robbed = True
    for row in (
        *misplaced(stream, ordered, nobodys),
        *_broken_off(stream, ordered, nobodys),
        *_longer(stream, rows),
        *_ended_alike(stream, rows),
        *_gapped_twice(rows),
        *_gapped_alone(stream, rows),
        *_in_count(ordered),
        *_followed(stream, ordered, labels),
    ):
        row.found.odd = True


def _broken_off(stream: Stream, rows: Iterable[Neighbour], nobodys: frozenset[int]) -> Iterator[Neighbour]:
    """The rows whose last value ends its line, where a number of `nobodys` begins the next: its other half, perhaps."""
    for row in rows:
        last = row.slots.values[-1].piece if row.slots.values else len(stream.pieces)
        lines = [piece.row for piece in stream.pieces[last : last + _AND_TWO]]
        if last + 1 in nobodys and None not in lines and len(lines) == _AND_TWO and lines[0] != lines[1] == lines[2]:
            yield row


def _find_crowded(stream: Stream, ordered: Sequence[Neighbour], nobodys: frozenset[int]) -> None:
    """Of which rows numbers of nobody's stand between the label and the next."""
    for row, following in itertools.pairwise(ordered):
        between = stream.between(row.found.match.start, following.found.match.start)
        row.crowded = any(slot.piece in nobodys for slot in between)


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
    return most(alike) or (len(filled) >= scoring.ALONE and all(other.begins < row.begins for other in filled))


def _trailed(row: Neighbour, others: Iterable[Neighbour]) -> bool:
    """Whether more empty cells stand behind the values of a row that has all of them than behind those of its kind.

    Where a layout has rows, what stands behind their cells is padding.
    """
    alike = [o.ends < row.ends for o in others if o.full and o.block == row.block and o.slots.kind == row.slots.kind]
    return not row.lined and usual(alike)


def _fuller(row: Neighbour, others: Iterable[Neighbour]) -> bool:
    """Whether all others of its block lack a value: a column is gone, perhaps, and this row has one value in two parts.

    Unless they show as many cells: then there is no part too many.
    """
    told = [other for other in others if other.block == row.block and other.slots.values]
    alone = len(told) >= scoring.ALONE and all(len(other.slots.values) < row.count for other in told)
    return alone and not (row.lined and usual([_as_wide(other, row) for other in told]))


def _as_wide(row: Neighbour, other: Neighbour) -> bool:
    """Whether a row has no fewer cells than another, behind its label or on its line."""
    return len(row.slots.slots) >= len(other.slots.slots) or row.line >= other.line


def _beside_upset(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows near an upset one in the text: what they lack, it may have; and those with numbers of nobody's."""
    yield from (row for row in rows if row.crowded)
    for at, row in enumerate(rows):
        if row.upset:
            yield from (*rows[max(at - _NEAR, 0) : at], *rows[at + 1 : at + 1 + _NEAR])


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


def _longer(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with an empty cell and yet a cell too many, where most others have one for each column.

    A number of nobody's, perhaps; unless others of its class have one more, too, or its layout has rows, which are padded
    behind: one that begins with an empty cell, and is longer than all others, may have it before its values or among them.
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
        longest = max(other.line for i, other in enumerate(rows) if i != at) if len(rows) > 1 else row.line
        padded = row.lined and not (row.begins and row.line > longest)
        if sizes[at] > 0 and not row.full and not padded and sizes[at] not in alike:
            yield row


def _ended_alike(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with all their values that end as all do that have more: in what was added to each, and they have lost one."""
    for row in rows:
        more = [_last(stream, o) for o in rows if o.block == row.block and len(o.slots.values) > o.count]
        if row.full and len(more) >= scoring.FULL_ROWS and {*more} == {_last(stream, row)}:
            yield row


def _last(stream: Stream, row: Neighbour) -> str:
    return stream.pieces[row.slots.values[-1].piece].text


def _gapped_twice(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with an empty cell where most gaps between values are of two: each is that of one cell, perhaps."""
    shorter = [row for row in rows if not row.lined and not row.full and row.slots.values]
    within = (row.slots.slots[row.begins : len(row.slots.slots) - row.ends] for row in shorter)
    shown = ("".join("v" if slot.solid else "_" for slot in slots) for slots in within)
    even = [len(gap) % 2 == 0 for slots in shown for gap in slots.split("v") if gap]
    return iter(shorter if most(even) else ())


def _gapped_alone(stream: Stream, rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    """The rows with a gap between values where nearly all others have as few values and no gap: a column is gone from all."""
    told = [row for row in rows if not row.lined and row.slots.values]
    gapped = [_has_gap(stream, row) for row in told]
    for at, row in enumerate(told):
        others = [i for i, other in enumerate(told) if i != at and other.block == row.block]
        alike = [not gapped[i] and len(told[i].slots.values) == len(row.slots.values) for i in others]
        if gapped[at] and not row.full and len(others) >= scoring.ALONE and usual(alike):
            yield row


def _has_gap(stream: Stream, row: Neighbour) -> bool:
    """Whether an empty cell that only a gap tells of stands between its values."""
    inner = row.slots.slots[row.begins : len(row.slots.slots) - row.ends]
    return any(not slot.solid and is_gap(stream.pieces, slot.piece) for slot in inner)


def _in_count(rows: Sequence[Neighbour]) -> Iterator[Neighbour]:
    return itertools.compress(rows, counted([row.slots.values[-1].reading if row.slots.values else None for row in rows]))


def counted(ends: Sequence[Reading | None]) -> list[bool]:
    """Which rows, given by their last values, end in the next number of a long count: those of rows, before their labels.

    Nearly all rows from the first of them to the last do: small totals rise by one here and there, too.
    """
    counts: dict[int, list[int]] = {}
    for at, end in enumerate(ends):
        number = 0 if end is None else int(end.value)
        counts[number] = [*counts.get(number - 1, ()), at]
    count = max(counts.values(), key=len, default=[])
    told = len(count) >= _COUNT and len(count) >= scoring.USUAL_SHARE * (count[-1] - count[0] + 1)
    return [told and at in count for at in range(len(ends))]
