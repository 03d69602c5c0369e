"""Cells of a table whose lines were joined into one: what several layouts do with such a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

__all__ = ["MOST_CELLS", "most_cells", "part"]

MOST_CELLS = 20
"""More cells than these on a line are a table whose lines were joined, rows and columns lost: no row of a form has so many."""
_ALIKE = 3
"""Lines with as many cells are rows, however many these are: of a table whose rows are the columns of a form."""
_JOINED = re.compile(r"(?<=[\d）)\-—/]) (?=[^\d\s]|\d{1,2}[.、．](?!\d))|(?<=[^\d\s]) (?=[^\s\d]{4,}$)")
"""A space where a line feed stood: a number and then a label, as lines joined into one leave it."""


def most_cells(lines: Sequence[str], mark: str) -> int:
    """How many such marks the longest row of these lines has, at most."""
    counts = [line.count(mark) for line in lines]
    if max(counts, default=0) <= MOST_CELLS:
        return MOST_CELLS
    return max([MOST_CELLS, *(count for count, lines in Counter(counts).items() if lines >= _ALIKE)])


def part(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a cell of joined lines, each with where it begins: where a line ended a number stands before a label."""
    at = 0
    for found in _JOINED.split(text):
        yield at, found.strip(" ")
        at += len(found) + 1
