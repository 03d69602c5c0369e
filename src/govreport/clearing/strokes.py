"""Strokes that come in twos or threes throughout, one mark between cells: 规章 || 3 || 0 → 规章 |  3 |  0."""

from __future__ import annotations

import re

from attrs import evolve

from govreport.source import Source

__all__ = ["single"]

_RUN = re.compile(r"\|+")
_FEWEST = 12
"""Rows of the shortest report."""


def single(source: Source) -> Source:
    """The source with single strokes in their place, everything where it was; a single one anywhere means that each counts."""
    if "|" not in source.text or source.text.count("||") < _FEWEST:  # most documents
        return source
    rows = [index for index, line in enumerate(source.lines) if "||" in line]
    if len(rows) < _FEWEST:
        return source
    sizes = set[int]()
    for line in source.lines:
        sizes.update(map(len, _RUN.findall(line)) if "|" in line else ())
        if 1 in sizes:
            return source
    size = min(sizes)
    if any(other % size for other in sizes):
        return source
    lines = list(source.lines)
    for index in rows:
        lines[index] = lines[index].replace("|" * size, "|" + " " * (size - 1))
    return evolve(source, lines=tuple(lines))
