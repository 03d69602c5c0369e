r"""Data frames that were printed in parts, because their rows are longer than a line: the parts beside each other again.

     0   1  \                 0   1   2
0  规章   3          →     0  规章   3   0
1  文件  12                1  文件  12   5

   2
0  0
1  5
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from govreport.source import Source
from govreport.textwidth import text_width

__all__ = ["unwrapped"]

_ROW = re.compile(r"(\d{1,5})(?=[ \t]|$)")
_HEAD = re.compile(r" +\S")
_FEWEST = 2
"""Rows of the shortest frame."""
_ENDED = " \\"


@frozen
class _Part:
    """Lines `first` to before `stop`: a header, and rows that are numbered from `start` on."""

    first: int
    stop: int
    start: int

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.stop - self.first - 1


def unwrapped(source: Source) -> Source:
    """The source with such parts as the lines of one frame; what stands in a later part is in the lines of the first."""
    if source.grids:
        return source
    frames = list(_frames(source.lines))
    if not frames:
        return source
    lines: list[str | None] = list(source.lines)
    for parts in frames:
        for part in parts[1:]:
            lines[part.first : part.stop] = [None] * (part.stop - part.first)
        first = parts[0]
        lines[first.first : first.stop] = _beside([source.lines[part.first : part.stop] for part in parts])
    kept = [index for index, line in enumerate(lines) if line is not None]
    places = tuple(source.place(index) for index in kept)
    return evolve(source, lines=tuple(line for line in lines if line is not None), places=places)


def _frames(lines: Sequence[str]) -> Iterator[Sequence[_Part]]:
    """Parts that follow one another and have the same rows."""
    found = list(_parts(lines))
    frame = found[:1]
    for before, part in itertools.pairwise(found):
        follows = not any(map(str.strip, lines[before.stop : part.first]))
        if not (follows and (part.start, part.height) == (before.start, before.height)):
            yield from [frame] if len(frame) > 1 else ()
            frame = []
        frame.append(part)
    yield from [frame] if len(frame) > 1 else ()


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    """A line that is indented, and below it lines with numbers that count."""
    numbers = list(map(_number, lines))
    at = 0
    while at < len(lines) - _FEWEST:
        start, stop = numbers[at + 1], at + 1
        if start is not None and _HEAD.match(lines[at]):
            while stop < len(lines) and numbers[stop] == start + stop - at - 1:
                stop += 1
            if stop - at > _FEWEST:
                yield _Part(at, stop, start)
        at = stop


def _number(line: str) -> int | None:
    found = _ROW.match(line)
    return int(found[1]) if found else None


def _beside(parts: Sequence[Sequence[str]]) -> list[str]:
    """The lines of the parts one behind the other, all but the first without the numbers of their rows."""
    made = [""] * len(parts[0])
    for number, part in enumerate(parts):
        index = max(len(row[1]) for line in part[1:] if (row := _ROW.match(line))) if number else 0
        texts = [line.removesuffix(_ENDED)[index:] for line in part]
        measure = len if len(set(map(len, texts))) == 1 else text_width
        width = max(map(measure, texts))
        made = [f"{before}{text}{' ' * (width - measure(text))}" for before, text in zip(made, texts, strict=True)]
    return made
