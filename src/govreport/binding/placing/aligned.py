"""Complete rows that stand in the same columns of a text: where these are, and how values stand in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import frozen

from govreport.binding import scoring
from govreport.binding.placing.spans import EDGES, Span

__all__ = ["HEADER", "Aligned", "Line", "aligned_rows", "stretches", "touched"]

HEADER = -1
"""The header's number among the rows."""


@frozen
class Line:
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
class Aligned:
    """Complete rows, by their numbers, that stand in the same columns."""

    numbers: tuple[int, ...]
    lines: tuple[Line, ...]
    columns: tuple[Span, ...]

    def places(self, line: Line, count: int) -> tuple[int, ...] | None:
        """For each value of an incomplete row its column of the form, if each stands in one and none shares its own."""
        first = _opening(self.columns, line)
        if first and self.level and first != _opening(self.columns, self.lines[0]):
            return None  # a label that is longer than all others, not one of another column
        slack = 0 if self.numbers == (HEADER,) else 1  # numbers of one column may miss each other by a rounding, not its label
        found = [touched(self.columns, value, slack) for value in line.values]
        places = tuple(at[0] - first for at in found if len(at) == 1)
        whole = len(places) == len(found) == len(set(places))
        return places if whole and min(places) >= 0 and max(places) < count and self._padded(line) else None

    def _padded(self, line: Line) -> bool:
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

    def straight(self, line: Line) -> bool:
        """Whether the values of an incomplete row are aligned as those of complete ones are, where these all are in one way."""
        ways = self.ways if len(self._own) >= scoring.FULL_ROWS else []
        return not ways or any(self._aligned([*self._own, line], at) for at in ways)

    @property
    def ways(self) -> list[tuple[int, int]]:
        """The edges on which the values of complete rows stand one under the other."""
        return [at for at in EDGES if self._aligned(self._own, at)]

    @property
    def _own(self) -> Sequence[Line]:
        """Its rows without the header, if these are enough to tell."""
        own = [each for number, each in zip(self.numbers, self.lines, strict=True) if number != HEADER]
        return own if len(own) >= scoring.FULL_ROWS else self.lines

    def _aligned(self, lines: Sequence[Line], at: tuple[int, int]) -> bool:
        edges: dict[int, list[int]] = {}
        for start, end in (value for line in lines for value in line.values):
            edges.setdefault(touched(self.columns, (start, end))[0], []).append(at[0] * start + at[1] * end)
        return all(max(own) - min(own) < sum(at) for own in edges.values())

    @property
    def level(self) -> bool:
        """Whether all rows begin in the same column: none stands a column off because cells before it were left out."""
        return len({_opening(self.columns, line) for line in self.lines}) == 1

    @property
    def proven(self) -> bool:
        """Whether more than one row says so."""
        return len(self.lines) >= scoring.FULL_ROWS


def aligned_rows(lines: Sequence[Line | None], count: int, head: Line | None) -> list[Aligned]:
    """The complete rows, and the header if it names all columns, taken together as long as one set of columns explains them."""
    full = [(n, line) for n, line in enumerate(lines) if line and len(line.values) == count]
    if head is not None:
        full.insert(0, (HEADER, head))
    blocks: list[Aligned] = []
    for number, line in full:
        grown = _united((*blocks[-1].numbers, number), (*blocks[-1].lines, line), count) if blocks else None
        alone = _united((number,), (line,), count)
        blocks[-1:] = [b for b in (*([grown] if grown else [*blocks[-1:], alone]),) if b]
    return blocks


def _united(numbers: tuple[int, ...], lines: tuple[Line, ...], count: int) -> Aligned | None:
    """The lines in common columns: each has its values one by one in those that follow its label."""
    columns = stretches(value for line in lines for value in line.values)
    for line in lines:
        first = _opening(columns, line)
        found = [at for value in line.values for at in touched(columns, value)]
        if first > scoring.HIDDEN_CELLS or found != list(range(first, first + count)):
            return None
    return Aligned(numbers, lines, columns)


def stretches(values: Iterator[Span]) -> tuple[Span, ...]:
    """The stretches that values cover together; a blank parts two of them."""
    columns: list[Span] = []
    for start, end in sorted(values):
        if columns and start <= columns[-1][1] + 1:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return tuple(columns)


def touched(columns: Sequence[Span], value: Span, slack: int = 1) -> list[int]:
    """In which of these columns a value stands, or next to which."""
    return [at for at, (start, end) in enumerate(columns) if start <= value[1] + slack and value[0] - slack <= end]


def _opening(columns: Sequence[Span], line: Line) -> int:
    """The column after the label: where cells hidden by a span are left out, labels stand in columns of other rows' values."""
    return 0 if line.label is None else sum(start <= line.label[1] for start, _ in columns)
