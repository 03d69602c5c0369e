"""Cells of a table whose lines were joined into one: what several layouts do with such a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["MOST_CELLS", "part"]

MOST_CELLS = 20
"""More cells than these on a line are a table whose lines were joined, rows and columns lost: no row of a form has so many."""
_JOINED = re.compile(r"(?<=[\d）)\-—/]) (?=[^\d\s]|\d{1,2}[.、．](?!\d))|(?<=[^\d\s]) (?=[^\s\d]{4,}$)")
"""A space where a line feed stood: a number and then a label, as lines joined into one leave it."""


def part(text: str) -> Iterator[tuple[int, str]]:
    """The parts of a cell of joined lines, each with where it begins: where a line ended a number stands before a label."""
    at = 0
    for found in _JOINED.split(text):
        yield at, found.strip(" ")
        at += len(found) + 1
