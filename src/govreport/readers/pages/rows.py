"""Rows of a table that no lines rule: the lines of a wrapped label brought together with the values beside its middle.

Programs set the values of a row at half its height. So a label of three lines has its values beside the second, one of two
lines has them between the two, and read from top to bottom the values of one row come to stand before or inside the label of
another. Of all ways to share the lines of labels among the rows the one is taken whose labels have their middles nearest to
their values. A row with fewer values than others shows which are empty, if each stands under one of the others' columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from govreport.readers.pages.words import Word, apart
from govreport.source import PICTURE

__all__ = ["WholeRow", "lies_over", "whole_rows"]

_FEWEST = 4
"""Numbers side by side that no prose has."""
_VALUE = re.compile("[-+－＋]?[\\d\ufffc\ufffd\ue000-\uf8ff][\\d,.，．\u0336\ufffc\ufffd\ue000-\uf8ff]*%?|[-－—/／无]")
"""A number, also with digits that nobody knows or that are struck out, or one of the marks for none."""
_OF_A_VALUE = re.compile("[\\d\ufffc\ufffd\ue000-\uf8ff\\-－—/／无]")
"""What each value has at least one of."""
_LEVEL = 0.12  # of the height: what stands on one line differs by less in its baseline
_APART = 0.3  # of the height: a gap that parts two cells
_NUMBERS_APART = 0.15  # and two numbers, whose digits stand close
_OVER = 0.45  # of its width: a digit that lies this far over another one belongs to something else
_LEADING = 1.9  # times the height: lines of one label are no further apart
_LOOSE = 0.5  # what a line costs that belongs to no row: more than two labels cost that are off by a third of a line each
_BARE = 1.0  # what a row without a label costs
_OFF = 0.45  # times the height: the middle of a label is no further from its values
_LONGEST = 9  # lines of a label
_MOST_ROWS, _MOST_RUNS = 150, 3_000  # of a page; what has more is no table of a report


@frozen
class _Run:
    """Words without a gap: their text, left and right, middle (that of the line), height."""

    chars: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def is_value(self) -> bool:
        return _VALUE.fullmatch(self.text) is not None


@frozen
class WholeRow:
    """A row as one line: what its label and its values say, where they begin and end, their baseline and height."""

    texts: tuple[str, ...]
    x0: float
    x1: float
    y: float
    size: float


_Values = tuple[_Run, ...]
_Choices = Mapping[int, Sequence[tuple[int, float]]]


def whole_rows(words: Sequence[Word]) -> tuple[list[WholeRow], list[Word]]:
    """The rows of values with their labels, and the words that are no part of them; the labels of groups are rows, too."""
    if not any(map(_is_full, _levels(words))):
        return [], list(words)
    single = apart(words)
    lines = [list(_runs(level)) for level in _levels(single)]
    rows = _value_rows(lines)
    if not 2 <= len(rows) <= _MOST_ROWS or sum(map(len, lines)) > _MOST_RUNS:  # noqa: PLR2004 - one row is told from nothing
        return [], list(words)
    values = {id(run) for row in rows for run in row}
    beside = [run for line in lines for run in line if id(run) not in values and _is_beside(run, rows)]
    groups = [run for run in beside if _is_group(run, beside, rows)]
    grouped = {id(run) for run in groups}
    shared = _shared(sorted((run for run in beside if id(run) not in grouped), key=_level), rows)
    columns = _columns(rows)
    found = [_row(row, labels, columns) for row, labels in zip(rows, shared, strict=True)]
    found += [_joined(stack) for stack in _stacked(groups)]
    taken = {id(c) for runs in (*rows, *shared, groups) for run in runs for c in run.chars}
    return found, [c for c in single if id(c) not in taken]


def _levels(words: Iterable[Word]) -> Iterator[list[Word]]:
    """The words that have one baseline, from top to bottom."""
    level: list[Word] = []
    for word in sorted((w for w in words if not w.text.isspace()), key=lambda w: w.y):
        # no character counts as lower than a point, and most of a line have one baseline
        if level and word.y - level[0].y > _LEVEL and word.y - level[0].y > _LEVEL * word.size:
            yield level
            level = []
        level.append(word)
    if level:
        yield level


def _is_full(level: list[Word]) -> bool:
    """Whether it has as many values as a full row; most lines have not even as many characters that may be one."""
    some = _OF_A_VALUE.findall("".join([word.text for word in level]))
    if len(some) < _FEWEST:
        return False
    return sum(run.is_value for run in _runs(apart(level) if _are_lapped(level) else level)) >= _FEWEST


def _are_lapped(level: Iterable[Word]) -> bool:
    return any(word.x0 < before.x1 - _NUMBERS_APART for before, word in pairwise(sorted(level, key=lambda word: word.x0)))


def _runs(level: list[Word]) -> Iterator[_Run]:
    """Of words that do not lie over each other; else of single characters."""
    run: list[Word] = []
    for char in sorted(level, key=lambda c: c.x0):
        if run and char.x0 - run[-1].x1 > _NUMBERS_APART and char.x0 - run[-1].x1 > _apart(run[-1], char):
            yield _run(run)
            run = []
        run.append(char)
    yield _run(run)


def _apart(before: Word, char: Word) -> float:
    digits = before.text.isdigit() and char.text.isdigit()
    return (_NUMBERS_APART if digits else _APART) * char.size


def _run(chars: list[Word]) -> _Run:
    text = chars[0].text + "".join(PICTURE * lies_over(a, b) + b.text for a, b in pairwise(chars))
    size = max(c.size for c in chars)
    return _Run(tuple(chars), text, chars[0].x0, max(c.x1 for c in chars), chars[0].y, size)


def lies_over(before: Word, char: Word) -> bool:
    """Whether a digit lies so far over the one before that they belong to two numbers."""
    off = before.x1 - char.x0
    return (
        off > 0
        and before.text.isdigit()
        and char.text.isdigit()
        and off > _OVER * min(before.x1 - before.x0, char.x1 - char.x0)
    )


def _value_rows(lines: Sequence[Sequence[_Run]]) -> list[_Values]:
    """Lines of many values, and lines of fewer that stand where those do."""
    rows = [tuple(run for run in line if run.is_value) for line in lines]
    many = [row for row in rows if len(row) >= _FEWEST]
    if not many:
        return []
    left, top, bottom = min(row[0].x0 for row in many), many[0][0].y, many[-1][0].y
    return [row for row in rows if len(row) >= _FEWEST or (row and row[0].x0 >= left and top < row[0].y < bottom)]


def _is_beside(run: _Run, rows: Sequence[_Values]) -> bool:
    """Whether it stands left of the values of the nearest full row, and is near it."""
    nearest = min((row for row in rows if len(row) >= _FEWEST), key=lambda row: abs(row[0].y - run.y))
    near = any(abs(row[0].y - run.y) <= _LONGEST / 2 * _LEADING * run.size for row in rows)
    return near and run.x1 <= nearest[0].x0


def _is_group(run: _Run, beside: Sequence[_Run], rows: Sequence[_Values]) -> bool:
    """Whether other labels stand between it and the values of the rows around it."""
    reach = _OFF * run.size
    level = any(abs(row[0].y - run.y) <= reach for row in rows)
    above = run.y if level else max((row[0].y for row in rows if row[0].y < run.y), default=run.y)
    below = run.y if level else min((row[0].y for row in rows if row[0].y > run.y), default=run.y)
    return any(other.x0 >= run.x1 and above - reach <= other.y <= below + reach for other in beside)


def _shared(labels: Sequence[_Run], rows: Sequence[_Values]) -> list[Sequence[_Run]]:
    """For each row the lines of its label; at the least cost, found row by row for each number of lines that are behind it."""
    costs = [_LOOSE * behind for behind in range(len(labels) + 1)]
    chosen: list[list[tuple[int, int]]] = []
    for row in rows:
        costs, choice = _after(costs, _choices(labels, row[0]))
        chosen.append(choice)
    shared: list[Sequence[_Run]] = []
    behind = len(labels)
    for choice in reversed(chosen):
        start, stop = choice[behind]
        shared.append(labels[start:stop])
        behind = start
    return shared[::-1]


def _after(before: Sequence[float], choices: _Choices) -> tuple[list[float], list[tuple[int, int]]]:
    """What it costs, with one more row, to have so many lines behind; and which of them, from start to stop, are the row's."""
    costs: list[float] = []
    chosen: list[tuple[int, int]] = []
    for behind, cost in enumerate(before):
        found = [(cost + _BARE, (behind, behind))]
        found += [(before[start] + off * off, (start, behind)) for start, off in choices.get(behind, ())]
        if costs:
            found.append((costs[-1] + _LOOSE, chosen[-1]))
        best = min(found)
        costs.append(best[0])
        chosen.append(best[1])
    return costs, chosen


def _choices(labels: Sequence[_Run], value: _Run) -> _Choices:
    """By the end of each stretch of lines that may be the label of a row: where it starts, and how far off it is."""
    found: dict[int, list[tuple[int, float]]] = {}
    reach = _LONGEST * _LEADING / 2 * value.size
    for start in range(bisect_left(labels, value.y - reach, key=_level), bisect_right(labels, value.y + reach, key=_level)):
        for stop in range(start + 1, min(start + _LONGEST, len(labels)) + 1):
            off = _off(labels[start:stop], value)
            if off is not None:
                found.setdefault(stop, []).append((start, off))
    return found


def _level(run: _Run) -> float:
    return run.y


def _off(lines: Sequence[_Run], value: _Run) -> float | None:
    """How far, in heights, the middle of these lines is from the values; None if they are no label of theirs."""
    size = lines[0].size
    if any(below.y - above.y > _LEADING * size for above, below in pairwise(lines)):
        return None
    off = abs((lines[0].y + lines[-1].y) / 2 - value.y) / size
    return off if off <= _OFF else None


def _columns(rows: Sequence[_Values]) -> list[tuple[float, float]]:
    """The columns of the fullest rows of which there are several; none where each has not one value in every column."""
    counts = Counter(map(len, rows))
    full = max((n for n, count in counts.items() if count > 1 and n >= _FEWEST), default=0)
    columns: list[tuple[float, float]] = []
    fullest = [row for row in rows if len(row) == full]
    for run in sorted((run for row in fullest for run in row), key=lambda run: run.x0):
        if columns and run.x0 < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], run.x1)
        else:
            columns.append((run.x0, run.x1))
    whole = all(all(_is_under(run, column) for run, column in zip(row, columns, strict=False)) for row in fullest)
    return columns if len(columns) == full and whole else []


def _is_under(run: _Run, column: tuple[float, float]) -> bool:
    return run.x0 < column[1] and column[0] < run.x1


def _cells(values: _Values, columns: Sequence[tuple[float, float]]) -> list[str]:
    """The values, and between them the empty cells that the columns show."""
    under = [[at for at, column in enumerate(columns) if _is_under(run, column)] for run in values]
    places = {at[0]: run.text for at, run in zip(under, values, strict=True) if len(at) == 1}
    if len(places) < len(values):
        return [run.text for run in values]
    return [places.get(at, "") for at in range(len(columns))]


def _row(values: _Values, labels: Sequence[_Run], columns: Sequence[tuple[float, float]]) -> WholeRow:
    label = "".join(run.text for run in labels)
    texts = (*filter(None, (label,)), *_cells(values, columns))
    return WholeRow(texts, min(run.x0 for run in (*labels, *values)), values[-1].x1, values[0].y, values[0].size)


def _stacked(groups: Iterable[_Run]) -> list[list[_Run]]:
    """The lines of each label of a group."""
    stacks: list[list[_Run]] = []
    for run in groups:
        over = [s for s in stacks if run.y - s[-1].y <= _LEADING * run.size and _overlap(s[-1], run)]
        if over:
            over[-1].append(run)
        else:
            stacks.append([run])
    return stacks


def _overlap(one: _Run, other: _Run) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0)


def _joined(stack: Sequence[_Run]) -> WholeRow:
    middle = (stack[0].y + stack[-1].y) / 2
    return WholeRow(("".join(run.text for run in stack),), stack[0].x0, stack[0].x1, middle, stack[0].size)
