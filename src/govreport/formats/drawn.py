"""Drawn tables whose cells reach over several rows or columns: their lines stop at the walls of such a cell.

    ┌──────────────────┬────────────────┐
    │                  │     自然人     │
    │                  ├───────┬────────┤
    │                  │ 个人  │  单位  │
    ├──────────────────┼───────┼────────┤
    │       新收       │   3   │   0    │
    └──────────────────┴───────┴────────┘

A cell is what stands between two walls from the line that opens it to the line that closes it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from attrs import define, field

from govreport.textwidth import text_width

__all__ = ["EDGES", "DrawnCell", "drawn_cells", "is_drawn", "unbroken"]

_WALLS = "|│┃║"
_CORNERS = "┌├└╔╠╚╭╰┏┣┗┐┤┘╗╣╝╮╯┓┫┛┬┼┴╦╬╩┳╋┻"
EDGES = frozenset(f"{_WALLS}{_CORNERS}+")
"""What a line of a drawing begins and ends with."""
_ANY = f"{_WALLS}{_CORNERS}+"
_PARTIAL = re.compile(rf"\s*[{_WALLS}].*[{_ANY}][─━═\-]{{3,}}[{_ANY}]")
_RULE = re.compile(rf"[─━═\-{_ANY}]*[─━═]{{2}}[─━═\-{_ANY}]*|[\-{_ANY}]*-{{3}}[\-{_ANY}]*")
_ALIGNED = 0.98
"""Share of walls that stand at a corner of the drawing, from which on its widths are understood; fewest corners fit best."""

Measure = Callable[[str], int]
"""How many columns a character takes."""


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _quoted(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" and not "\u2500" <= character <= "\u257f" else 1


def _wider(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


_MEASURES: tuple[Measure, ...] = (_wide, _quoted, _wider, len)
"""Chinese characters are two columns wide; so are quotes, and the lines, for some programs; others count characters."""


@define
class DrawnCell:
    """A cell: the texts of its lines, the index of the first, and its edges; rows and columns are counted between these."""

    left: int
    right: int
    top: int
    line: int
    bottom: int = 0
    loose: bool = False
    """Whether walls of its lines stand under none of the drawing's corners: one is gone, and nothing tells its columns."""
    texts: list[str] = field(factory=list)


Part = tuple[int, int, str]
"""What stands between two walls: where these are, and the text."""


def is_drawn(lines: Sequence[str]) -> bool:
    """Whether any line is a border in one part and text, or nothing, in another."""
    return any(_PARTIAL.match(line) is not None and not _RULE.fullmatch(line.strip()) for line in lines)


def unbroken(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines, those that were broken in two within a cell whole again, and an empty one for the second part.

    The first part begins with a wall, the second ends with one, and together they are as wide as most lines with both.
    """
    ends = [(bare[0] in EDGES, bare[-1] in EDGES) if (bare := line.strip()) else None for line in lines]
    broken = [index for index, pair in enumerate(itertools.pairwise(ends)) if pair == ((True, False), (False, True))]
    walled = [line.strip() for line, own in zip(lines, ends, strict=True) if own == (True, True)] if broken else []
    wide = [(measure, Counter(map(measure, walled)).most_common(1)[0][0]) for measure in (text_width, len)] if walled else []
    whole = list(lines)
    for index in broken:
        joint = lines[index].lstrip() + lines[index + 1].rstrip()
        glued = lines[index][-1:].isdigit() and lines[index + 1][:1].isdigit()  # two numbers, perhaps
        if not glued and any(measure(joint) == width for measure, width in wide):
            whole[index], whole[index + 1] = joint, ""
    return tuple(whole)


def drawn_cells(lines: Sequence[str]) -> list[DrawnCell] | None:
    """The cells of a drawing, row by row; None if its walls do not stand over each other, however characters are counted."""
    measured = [[list(_parts(line, measure)) for line in lines] for measure in _MEASURES]
    aligned = [(parts, corners) for parts in measured if _is_aligned(parts, corners := _corners(parts))]
    if not aligned:
        return None
    best, corners = min(aligned, key=lambda drawing: len(drawing[1]))
    cells, astray = _closed(best), _astray(best, corners)
    for cell in cells:
        cell.loose = not astray.isdisjoint(range(cell.line, cell.line + len(cell.texts)))
    rows = {cell.top for cell in cells if cell.loose}
    for cell in cells:
        cell.loose |= cell.top in rows and cell.bottom == cell.top + 1
    cells.sort(key=lambda cell: (cell.top, cell.left))
    edges = {edge for cell in cells if not cell.loose for edge in (cell.left, cell.right)}
    columns = {edge: number for number, edge in enumerate(sorted(edges))}
    for cell in cells:
        cell.left, cell.right = (columns.get(edge, edge) for edge in (cell.left, cell.right))
    return cells


def _astray(lines: Sequence[Sequence[Part]], corners: Collection[int]) -> set[int]:
    """The lines with a wall under no corner, or that end before the next border does: one of their walls is gone."""
    found, end = set[int](), 0
    for index in reversed(range(len(lines))):
        parts = lines[index]
        if any(_is_rule(text) for _, _, text in parts):
            end = parts[-1][1]
        if parts and (parts[-1][1] < end or any(left not in corners or right not in corners for left, right, _ in parts)):
            found.add(index)
    return found


def _is_aligned(lines: Sequence[Sequence[Part]], corners: Collection[int]) -> bool:
    walls = [wall for parts in lines for left, right, _ in parts for wall in (left, right)]
    return bool(walls) and sum(wall in corners for wall in walls) >= _ALIGNED * len(walls)


def _parts(line: str, measure: Measure) -> Iterator[Part]:
    at, begun, start = 0, -1, 0
    line = line.rstrip()
    for index, character in enumerate(line):
        if character in EDGES and (character != "+" or "-" in line[max(index - 1, 0) : index + 2]):  # else it is a sign
            if begun >= 0:
                yield begun, at, line[start:index]
            begun, start = at, index + 1
        at += measure(character)


def _corners(lines: Sequence[Sequence[Part]]) -> set[int]:
    """Where borders end or cross."""
    return {edge for parts in lines for left, right, text in parts if _is_rule(text) for edge in (left, right)}


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(f"|{text}|") is not None


def _closed(lines: Sequence[Sequence[Part]]) -> list[DrawnCell]:
    """Follows the lines from above and closes each cell where a border runs under it."""
    done: list[DrawnCell] = []
    opened: dict[tuple[int, int], DrawnCell] = {}
    row = 0
    for index, parts in enumerate(lines):
        rules = [(left, right) for left, right, text in parts if _is_rule(text)]
        if rules:
            row += 1
            under = [e for e in opened if any(left < e[1] and e[0] < right for left, right in rules)]
            done += [_close(opened.pop(edges), row) for edges in under]
        for left, right, text in (part for part in parts if not _is_rule(part[2])):
            crossed = [e for e in opened if e != (left, right) and left < e[1] and e[0] < right]
            row += bool(crossed)
            done += [_close(opened.pop(edges), row) for edges in crossed]
            opened.setdefault((left, right), DrawnCell(left, right, row, index)).texts.append(text.strip())
    return done + [_close(cell, row + 1) for cell in opened.values()]


def _close(cell: DrawnCell, row: int) -> DrawnCell:
    cell.bottom = max(row, cell.top + 1)
    return cell
