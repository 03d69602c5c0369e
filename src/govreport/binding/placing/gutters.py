"""Columns of values that spaces align, told by the gutters between them: what an incomplete row stands under.

Numbers of one column overlap from row to row however they are aligned, and a gutter parts them from those of the next.
Tools differ in what they count, half widths or characters; a page end begins new columns; and where cells hidden by a
span are left out, a row begins in the column after its label. So the complete rows are taken together as long as one set
of columns explains them all, in each metric; the header counts as one of them where it names every column.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from govreport.binding import scoring
from govreport.binding.placing.spans import EDGES, METRICS, Metric, Span, is_text_column, span
from govreport.binding.stream import Slot
from govreport.model import Piece
from govreport.values import Kind, classify

__all__ = ["Head", "Heading", "Under", "close_together", "named_columns", "out_of_line", "under_columns"]

_HEADER = -1
"""The header's number among the rows."""


@frozen
class Heading:
    """The labels of a header: the columns that they name, as they stand, their spans, and what stands before them."""

    columns: tuple[int, ...]
    spans: tuple[Span, ...]
    before: Span | None


@frozen
class Head:
    """A header in text columns: its pieces, and what they name in each metric in which they name every column."""

    pieces: tuple[Piece, ...] = ()
    named: Mapping[Metric, Heading] = field(factory=dict)


@frozen
class _Line:
    """What stands on a row's line: its values, and the label before them."""

    values: tuple[Span, ...]
    label: Span | None = None

    @property
    def indent(self) -> int | None:
        """The blanks between the label and the first value."""
        return None if self.label is None else self.values[0][0] - self.label[1] - 1

    @property
    def gaps(self) -> list[int]:
        """The blanks between values."""
        return [b[0] - a[1] - 1 for a, b in itertools.pairwise(self.values)]


@frozen
class _Block:
    """Complete rows, by their numbers, that stand in the same columns."""

    numbers: tuple[int, ...]
    lines: tuple[_Line, ...]
    columns: tuple[Span, ...]

    def places(self, line: _Line, count: int) -> tuple[int, ...] | None:
        """For each value of an incomplete row its column of the form, if each stands in one and none shares its own."""
        first = _opening(self.columns, line)
        if first and self.level and first != _opening(self.columns, self.lines[0]):
            return None  # a label that is longer than all others, not one of another column
        slack = 0 if self.numbers == (_HEADER,) else 1  # numbers of one column may miss each other by a rounding, not its label
        found = [_touched(self.columns, value, slack) for value in line.values]
        places = tuple(at[0] - first for at in found if len(at) == 1)
        whole = len(places) == len(found) == len(set(places))
        return places if whole and min(places) >= 0 and max(places) < count and self._padded(line) else None

    def _padded(self, line: _Line) -> bool:
        """Whether blanks fill columns up. Where complete rows have the same few everywhere they only part pieces.

        Then a gap that is no multiple of these must be more than empty cells between two of them.
        """
        indents = {each.indent for each in self.lines if each.indent is not None}
        gaps = {gap for each in self.lines for gap in each.gaps}
        gap = next(iter(gaps), None) or next(iter(indents), None) or 1
        hidden = bool(gaps) and not any(indent % gap for indent in indents)  # only what parts them, once more for each cell
        if len(gaps) > 1 or max([0, *gaps]) > scoring.SEPARATOR or (not hidden and len(indents) > 1):
            return True
        if not hidden and max([0, *indents]) > scoring.SEPARATOR:
            return True
        more = (line.indent or 0) - min(indents, default=0)
        return more < 0 or any(each % gap for each in (more, *line.gaps))

    def straight(self, line: _Line) -> bool:
        """Whether the values of an incomplete row are aligned as those of complete ones are, where these all are in one way."""
        ways = self.ways if len(self._own) >= scoring.FULL_ROWS else []
        return not ways or any(self._aligned([*self._own, line], at) for at in ways)

    @property
    def ways(self) -> list[tuple[int, int]]:
        """The edges on which the values of complete rows stand one under the other."""
        return [at for at in EDGES if self._aligned(self._own, at)]

    @property
    def _own(self) -> Sequence[_Line]:
        """Its rows without the header, if these are enough to tell."""
        own = [each for number, each in zip(self.numbers, self.lines, strict=True) if number != _HEADER]
        return own if len(own) >= scoring.FULL_ROWS else self.lines

    def _aligned(self, lines: Sequence[_Line], at: tuple[int, int]) -> bool:
        edges: dict[int, list[int]] = {}
        for start, end in (value for line in lines for value in line.values):
            edges.setdefault(_touched(self.columns, (start, end))[0], []).append(at[0] * start + at[1] * end)
        return all(max(own) - min(own) < sum(at) for own in edges.values())

    @property
    def level(self) -> bool:
        """Whether all rows begin in the same column: none stands a column off because cells before it were left out."""
        return len({_opening(self.columns, line) for line in self.lines}) == 1

    @property
    def proven(self) -> bool:
        """Whether more than one row says so."""
        return len(self.lines) >= scoring.FULL_ROWS


def named_columns(rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head) -> tuple[int, ...] | None:
    """The columns of the form in the order in which they stand, where complete rows stand under the header that names them."""
    orders = set()
    for metric, heading in head.named.items():
        blocks = _blocks([_line(row, pieces, metric) for row in rows], count, heading)
        above = [block for block in blocks if _HEADER in block.numbers and (block.proven or len(blocks) == 1)]
        orders |= {heading.columns for block in above if block.level or [*heading.columns] == sorted(heading.columns)}
    return orders.pop() if len(orders) == 1 else None


def out_of_line(rows: Sequence[Sequence[Slot]], count: int, pieces: Sequence[Piece], head: Head) -> list[bool]:
    """Whether a complete row stands in other columns than nearly all the others: one of its values may be half a number."""
    full = [number for number, row in enumerate(rows) if len(row) == count]
    if count == 1 or not any(is_text_column(pieces[rows[number][0].piece]) for number in full):
        return [False] * len(rows)
    inside = [
        {number for block in _blocks(lines, count, head.named.get(metric)) if block.proven for number in block.numbers}
        for metric in METRICS
        for lines in [[_line(row, pieces, metric) for row in rows]]
    ]
    inside = [own for own in inside if _HEADER in own or len(own) >= scoring.USUAL_SHARE * len(full)]
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
    blocks = _blocks(lines, count, head.named.get(metric))
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


def _flush(columns: Sequence[Span], lines: Sequence[_Line | None], places: Sequence[tuple[int, ...] | None]) -> bool:
    """Whether all values stand to the left, to the right or in the middle of their labels, as in the metric of the text."""
    pairs = [
        (value, columns[at])
        for line, found in zip(lines, places, strict=True)
        if line and found
        for value, at in zip(line.values, found, strict=True)
    ]
    return any(all(abs(left * (a - c) + right * (b - d)) <= left * right for (a, b), (c, d) in pairs) for left, right in EDGES)


def _line(row: Sequence[Slot], pieces: Sequence[Piece], metric: Metric) -> _Line | None:
    """The row's line, None if the layout does not keep columns or the row has several lines."""
    if not row:
        return _Line(())
    own = [pieces[slot.piece] for slot in row]
    spans = [s for p in own if is_text_column(p) and (s := span(p, metric)) is not None]
    if len(spans) < len(own) or any(p.row != own[0].row for p in own):
        return None
    before = pieces[row[0].piece - 1] if row[0].piece else None
    labelled = before is not None and before.row == own[0].row and classify(before.text) is Kind.TEXT
    return _Line(tuple(spans), span(before, metric) if before is not None and labelled else None)


def _blocks(lines: Sequence[_Line | None], count: int, head: Heading | None) -> list[_Block]:
    full = [(n, line) for n, line in enumerate(lines) if line and len(line.values) == count]
    if head is not None:
        full.insert(0, (_HEADER, _Line(head.spans, head.before)))
    blocks: list[_Block] = []
    for number, line in full:
        grown = _united((*blocks[-1].numbers, number), (*blocks[-1].lines, line), count) if blocks else None
        alone = _united((number,), (line,), count)
        blocks[-1:] = [b for b in (*([grown] if grown else [*blocks[-1:], alone]),) if b]
    return blocks


def _united(numbers: tuple[int, ...], lines: tuple[_Line, ...], count: int) -> _Block | None:
    """The lines in common columns: each has its values one by one in those that follow its label."""
    columns = _columns(value for line in lines for value in line.values)
    for line in lines:
        first = _opening(columns, line)
        found = [at for value in line.values for at in _touched(columns, value)]
        if first > scoring.HIDDEN_CELLS or found != list(range(first, first + count)):
            return None
    return _Block(numbers, lines, columns)


def _columns(values: Iterator[Span]) -> tuple[Span, ...]:
    """The stretches that values cover together; a blank parts two of them."""
    columns: list[Span] = []
    for start, end in sorted(values):
        if columns and start <= columns[-1][1] + 1:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return tuple(columns)


def _touched(columns: Sequence[Span], value: Span, slack: int = 1) -> list[int]:
    return [at for at, (start, end) in enumerate(columns) if start <= value[1] + slack and value[0] - slack <= end]


def _opening(columns: Sequence[Span], line: _Line) -> int:
    """The column after the label: where cells hidden by a span are left out, labels stand in columns of other rows' values."""
    return 0 if line.label is None else sum(start <= line.label[1] for start, _ in columns)


def _near(
    blocks: Sequence[_Block], number: int, lines: Sequence[_Line | None], count: int
) -> tuple[tuple[int, ...], _Block] | None:
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
    sure = any(b.proven or (len(blocks) == 1 and b.numbers == (_HEADER,)) for b in told.values())
    if len(told) != 1 or not sure or (len(near) == 1 and not _all_fit(near[0], above, below, lines, count)):
        return None
    return next(iter(told.items()))


def _all_fit(block: _Block, above: int | None, below: int | None, lines: Sequence[_Line | None], count: int) -> bool:
    """Whether no row between two complete ones, or beyond the first or last, says that it stands in other columns."""
    rows = lines[0 if above is None else above + 1 : below]
    return all(line is not None and (not line.values or block.places(line, count) is not None) for line in rows)


def _head_lines(head: Head, metric: Metric) -> list[_Line]:
    lines: dict[int | None, list[Span]] = {}
    for piece in head.pieces:
        where = span(piece, metric)
        if where is not None:
            lines.setdefault(piece.row, []).append(where)
    return [_Line(tuple(spans)) for spans in lines.values()]


def _in_grid(line: _Line, heads: Sequence[_Line], count: int) -> tuple[int, ...] | None:
    """The columns of a single row where spans were ignored: the cells of its header stand in the same, whatever they head."""
    lines = (line, *heads)
    columns = _columns(value for each in lines for value in each.values)
    found = [[at for value in each.values for at in _touched(columns, value)] for each in lines]
    fits = len(columns) == count and all(
        len(set(places)) == len(places) == len(each.values) for places, each in zip(found, lines, strict=True)
    )
    return tuple(found[0]) if heads and fits else None
