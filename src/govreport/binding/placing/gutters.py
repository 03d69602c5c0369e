"""Columns of values that spaces align, told by the gutters between them: what an incomplete row stands under.

Numbers of one column overlap from row to row however they are aligned, and a gutter parts them from those of the next.
Tools differ in what they count, half widths or characters; a page end begins new columns; and where cells hidden by a
span are left out, a row begins in the column after its label. The header counts as a row where it names every column.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from govreport.binding import scoring
from govreport.binding.placing.aligned import HEADER, Aligned, Line, aligned_rows, stretches, touched
from govreport.binding.placing.spans import EDGES, METRICS, Metric, Span, is_text_column, span
from govreport.binding.stream import Slot
from govreport.model import Piece
from govreport.values import Kind, classify

__all__ = ["Head", "Heading", "Under", "close_together", "named_columns", "out_of_line", "under_columns"]


@frozen
class Heading:
    """The labels of a header: the columns that they name, as they stand, their spans, and what stands before them."""

    columns: tuple[int, ...]
    spans: tuple[Span, ...]
    before: Span | None

    @property
    def line(self) -> Line:
        """The same as a row."""
        return Line(self.spans, self.before)


@frozen
class Head:
    """A header in text columns: its pieces, and what they name in each metric in which they name every column."""

    pieces: tuple[Piece, ...] = ()
    named: Mapping[Metric, Heading] = field(factory=dict)

    def line(self, metric: Metric) -> Line | None:
        """What names every column, if anything does."""
        return self.named[metric].line if metric in self.named else None


def named_columns(rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head) -> tuple[int, ...] | None:
    """The columns of the form in the order in which they stand, where complete rows stand under the header that names them."""
    orders = set()
    for metric, heading in head.named.items():
        blocks = aligned_rows([_line(row, pieces, metric) for row in rows], count, heading.line)
        above = [block for block in blocks if HEADER in block.numbers and (block.proven or len(blocks) == 1)]
        orders |= {heading.columns for block in above if block.level or [*heading.columns] == sorted(heading.columns)}
    return orders.pop() if len(orders) == 1 else None


def out_of_line(rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head) -> list[bool]:
    """Whether a complete row stands in other columns than nearly all the others: one of its values may be half a number."""
    full = [number for number, row in enumerate(rows) if len(row) == count]
    if count == 1 or not any(is_text_column(pieces[rows[number][0].piece]) for number in full):
        return [False] * len(rows)
    inside = [
        {number for block in aligned_rows(lines, count, head.line(metric)) if block.proven for number in block.numbers}
        for metric in METRICS
        for lines in [[_line(row, pieces, metric) for row in rows]]
    ]
    inside = [own for own in inside if HEADER in own or len(own) >= scoring.USUAL_SHARE * len(full)]
    return [number in full and bool(inside) and all(number not in own for own in inside) for number in range(len(rows))]


def close_together(rows: Sequence[Sequence[Slot]], pieces: Sequence[Piece]) -> list[bool]:
    """Whether a row has two values with a single blank between them, where columns of text stand farther apart than that."""
    gaps = [list(_blanks([pieces[slot.piece] for slot in row if slot.solid])) for row in rows]
    every = list(itertools.chain.from_iterable(gaps))
    wide = min((gap for gap in every if gap > 1), default=0) >= scoring.APART
    rare = every.count(1) <= (1 - scoring.USUAL_SHARE) * len(every) or (wide and 2 * every.count(1) < len(every))
    return [rare and 1 in own for own in gaps]


def _blanks(values: Sequence[Piece]) -> Iterator[int]:
    """The blanks between values that stand on one line."""
    for one, other in itertools.pairwise(values):
        if is_text_column(one) and one.row == other.row and one.column is not None and other.column is not None:
            yield other.column - one.column - (one.colspan or 1)


@frozen
class Under:
    """What an incomplete row stands under: for each column its slot, and whether that may be otherwise."""

    cells: list[Slot | None]
    disputed: bool


@frozen
class _Answer:
    """The columns of a row's values in one metric; `exact`: complete rows say so, or the values are flush with the header."""

    places: tuple[int, ...]
    exact: bool


def under_columns(rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head) -> list[Under | None]:
    """For each row of values, fewer than `count`, what it stands under; None where nothing tells, or metrics contradict."""
    found = [_by_metric(rows, count, pieces, head, metric) for metric in METRICS]
    least = max(tidy for _, tidy in found)
    answers = [[a and _Answer(a.places, a.exact and tidy >= least) for a in own] for own, tidy in found]
    return [_agreed(row, count, told) for row, told in zip(rows, zip(*answers, strict=True), strict=True)]


def _agreed(row: Sequence[Slot], count: int, answers: Sequence[_Answer | None]) -> Under | None:
    told = [answer for answer in answers if answer is not None]
    best = max((answer.exact for answer in told), default=False)
    chosen = {answer.places for answer in told if answer.exact is best}
    if len(chosen) != 1:
        return None
    slots = dict(zip(chosen.pop(), row, strict=True))
    disputed = not best or len({answer.places for answer in told}) > 1
    return Under([slots.get(column) for column in range(count)], disputed)


def _by_metric(
    rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head, metric: Metric
) -> tuple[list[_Answer | None], bool]:
    """The answer for each row, and whether complete rows are flush in this metric, as they are in that of the text."""
    lines = [_line(row, pieces, metric) for row in rows]
    blocks = aligned_rows(lines, count, head.line(metric))
    short = [line if line and len(line.values) < count else None for line in lines]
    if not blocks:
        heads = _head_lines(head, metric)
        alone = [
            _Answer(found, exact=False) if line and line.values and (found := _in_grid(line, heads, count)) else None
            for line in short
        ]
        return alone, False
    near = [_near(blocks, number, short, count) for number in range(len(short))]
    places = [None if found is None else found[0] for found in near]
    several = len(blocks) > 1 and all(block.proven for block in blocks)  # not where each row stands alone
    exact = several or (len(blocks) == 1 and (blocks[0].proven or _flush(blocks[0].columns, short, places)))
    answers = [
        None if found is None or line is None else _Answer(found[0], exact and found[1].straight(line))
        for line, found in zip(short, near, strict=True)
    ]
    return answers, all(block.ways for block in blocks)


def _flush(columns: Sequence[Span], lines: Sequence[Line | None], places: Sequence[tuple[int, ...] | None]) -> bool:
    """Whether all values stand to the left, to the right or in the middle of their labels, as in the metric of the text."""
    pairs = [
        (value, columns[at])
        for line, found in zip(lines, places, strict=True)
        if line and found
        for value, at in zip(line.values, found, strict=True)
    ]
    return any(all(abs(left * (a - c) + right * (b - d)) <= left * right for (a, b), (c, d) in pairs) for left, right in EDGES)


def _line(row: Sequence[Slot], pieces: Sequence[Piece], metric: Metric) -> Line | None:
    """The row's line, None if the layout does not keep columns or the row has several lines."""
    if not row:
        return Line(())
    own = [pieces[slot.piece] for slot in row]
    spans = [s for p in own if is_text_column(p) and (s := span(p, metric)) is not None]
    if len(spans) < len(own) or any(p.row != own[0].row for p in own):
        return None
    before = pieces[row[0].piece - 1] if row[0].piece else None
    labelled = before is not None and before.row == own[0].row and classify(before.text) is Kind.TEXT
    return Line(tuple(spans), span(before, metric) if before is not None and labelled else None)


def _near(
    blocks: Sequence[Aligned], number: int, lines: Sequence[Line | None], count: int
) -> tuple[tuple[int, ...], Aligned] | None:
    """What a block of the complete rows above and below says of an incomplete one, if they do not contradict each other.

    The header alone decides where there is no complete row.
    """
    line = lines[number]
    if line is None or not line.values:
        return None
    above = max((n for b in blocks for n in b.numbers if n < number), default=None)
    below = min((n for b in blocks for n in b.numbers if n > number), default=None)
    near = [b for b in blocks if above in b.numbers or below in b.numbers]
    told = {places: b for b in near if (places := b.places(line, count)) is not None}
    sure = any(b.proven or (len(blocks) == 1 and b.numbers == (HEADER,)) for b in told.values())
    if len(told) != 1 or not sure or (len(near) == 1 and not _all_fit(near[0], above, below, lines, count)):
        return None
    return next(iter(told.items()))


def _all_fit(block: Aligned, above: int | None, below: int | None, lines: Sequence[Line | None], count: int) -> bool:
    """Whether no row between two complete ones, or beyond the first or last, says that it stands in other columns."""
    rows = lines[0 if above is None else above + 1 : below]
    return all(line is not None and (not line.values or block.places(line, count) is not None) for line in rows)


def _head_lines(head: Head, metric: Metric) -> list[Line]:
    lines: dict[int | None, list[Span]] = {}
    for piece in head.pieces:
        where = span(piece, metric)
        if where is not None:
            lines.setdefault(piece.row, []).append(where)
    return [Line(tuple(spans)) for spans in lines.values()]


def _in_grid(line: Line, heads: Sequence[Line], count: int) -> tuple[int, ...] | None:
    """The columns of a single row where spans were ignored: the cells of its header stand in the same, whatever they head."""
    lines = (line, *heads)
    columns = stretches(value for each in lines for value in each.values)
    found = [[at for value in each.values for at in touched(columns, value)] for each in lines]
    fits = len(columns) == count and all(
        len(set(places)) == len(places) == len(each.values) for places, each in zip(found, lines, strict=True)
    )
    return tuple(found[0]) if heads and fits else None
