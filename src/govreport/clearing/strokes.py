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
    rows = [index for index, line in enumerate(source.lines) if "||" in line]
    if len(rows) < _FEWEST:
        return source
    sizes = {len(run) for line in source.lines if "|" in line for run in _RUN.findall(line)}
    size = min(sizes)
    if size == 1 or any(other % size for other in sizes):
        return source
    lines = list(source.lines)
    for index in rows:
        lines[index] = lines[index].replace("|" * size, "|" + " " * (size - 1))
    return evolve(source, lines=tuple(lines))
