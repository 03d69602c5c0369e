r"""Data frames that were printed in parts, folded, because rows are longer than a line: the parts beside each other again.

     0   1  \                 0   1   2
0  规章   3          →     0  规章   3   0
1  文件  12                1  文件  12   5

   2
0  0
1  5
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import evolve, frozen

from govreport.source import Source
from govreport.textwidth import text_width

__all__ = ["unfolded"]

_ROW = re.compile(r"(\d{1,5})(?=[ \t]|$)")
_HEAD = re.compile(r" +\S")
_FEWEST = 2
"""Rows of the shortest frame."""
_GOES_ON = " \\"


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


def unfolded(source: Source) -> Source:
    """The source with such parts as the lines of one frame; what stands in a later part is in the lines of the first."""
    if source.grids or "\n " not in source.text:
        return source
    frames = [frame for frame in _frames(source.lines) if all(_is_even(part, source.lines) for part in frame)]
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


def _is_even(part: _Part, lines: Sequence[str]) -> bool:
    return _measure(lines[part.first + 1 : part.stop]) is not None


def _frames(lines: Sequence[str]) -> Iterator[Sequence[_Part]]:
    """Parts that follow one another and have the same rows, each under columns that none before it has."""
    frame, names = list[_Part](), set[str]()
    for part in _parts(lines):
        own = set(lines[part.first].split()) - {_GOES_ON.strip()}
        last = frame[-1] if frame else part
        follows = not any(map(str.strip, lines[last.stop : part.first])) and names.isdisjoint(own)
        if not (follows and (part.start, part.height) == (last.start, last.height)):
            yield from [frame] if len(frame) > 1 else ()
            frame, names = [], set()
        frame.append(part)
        names |= own
    yield from [frame] if len(frame) > 1 else ()


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    """A line that is indented, and below it lines with numbers that count."""
    stop = 0
    for at, line in enumerate(lines[:-_FEWEST]):
        if at < stop or line[:1] != " " or not _HEAD.match(line) or (start := _number(lines[at + 1])) is None:
            continue
        stop = at + 1
        while stop < len(lines) and _number(lines[stop]) == start + stop - at - 1:
            stop += 1
        if stop - at > _FEWEST:
            yield _Part(at, stop, start)


def _number(line: str) -> int | None:
    found = _ROW.match(line)
    return int(found[1]) if found else None


def _beside(parts: Sequence[Sequence[str]]) -> list[str]:
    """The lines of the parts one behind the other, all but the first without the numbers of their rows."""
    made = [""] * len(parts[0])
    for number, part in enumerate(parts):
        index = max(len(row[1]) for line in part[1:] if (row := _ROW.match(line))) if number else 0
        made = [before + line[index:] for before, line in zip(made, _even(part), strict=True)]
    return made


def _even(part: Sequence[str]) -> Sequence[str]:
    """The lines of a part with its header, which may have a mark that the frame goes on, as long as the others."""
    measure = _measure(part[1:])
    if measure is None:
        return part
    lines = [f"{part[0][:-1]} " if part[0].endswith(_GOES_ON) else part[0], *part[1:]]
    width = max(map(measure, lines))
    return [line + " " * (width - measure(line)) for line in lines]


def _measure(rows: Sequence[str]) -> Callable[[str], int] | None:
    """In what the rows are of one length: in characters, or in half widths; None if in neither: the end of one is lost."""
    return next((measure for measure in (len, text_width) if len(set(map(measure, rows))) == 1), None)
