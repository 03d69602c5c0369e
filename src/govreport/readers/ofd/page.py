"""One page of an OFD file: the characters of its text objects with their places, and the straight lines of its paths.

Lengths are millimetres, counted from the top left corner; a page of a PDF has points, and so has what is made of these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from govreport.errors import SourceError
from govreport.readers.pages.page import Page, Ruling
from govreport.readers.pages.words import Char, words_of
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Box", "Budget", "Drawn", "box_of", "drawn", "page_of"]

Box = tuple[float, float, float, float]
"""Left, top, width, height."""
_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]

_POINTS = 72 / 25.4  # in a millimetre
_THIN = 3.0  # points; what is thinner and longer than this is a line, however it was drawn
_OBJECTS = 100_000
_LINES = 4_000
_CHARS_PER_CELL = 5
_LARGEST = 1e6  # millimetres; no page is larger
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_STRAIGHT = 1e-3
_ASCENT, _DESCENT = 0.86, 0.14  # of the size; fonts differ, and their tables are not read
_WIDE = 0x2E80  # from here on a character is as wide as it is high
_NARROW = 0.5
_SPACED = 1.2  # of the size: the next character stands no further away in the same word
_OFF = frozenset({"false", "0"})
_PATH = re.compile(r"([SMLQBAC])|(-?[\d.]+(?:[eE][-+]?\d+)?)")
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Budget:
    """How many characters a document may have."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.cells * _CHARS_PER_CELL

    def spend(self, chars: int) -> None:
        """SourceError where there are more."""
        self._left -= chars
        if self._left < 0:
            raise SourceError(
                "the {container} file holds more characters than {most:,} cells need; raise Limits.cells if that is right",
                container="ofd",
                limit="cells",
                most=self._limits.cells,
            )


@frozen
class Drawn:
    """What is on a page, in points: characters, and the boxes of lines as left, top, right, bottom."""

    chars: tuple[Char, ...]
    lines: tuple[Box, ...]


def drawn(page: etree._Element, budget: Budget) -> Drawn:
    """The text and the lines of a page or of a template, those in blocks as well; nothing that is not visible."""
    chars, lines, left = list[Char](), list[Box](), _OBJECTS
    for node in page.iterfind(".//{*}Content//*"):
        kind = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if kind not in {"TextObject", "PathObject"} or node.get("Visible") in _OFF:
            continue
        if kind == "TextObject":
            budget.spend(sum(len(code.text or "") for code in node.iterfind("{*}TextCode")))
            chars += _text(node)
        else:
            lines += islice(_lines(node), _LINES + 1)
        left -= 1
        if left < 0 or len(lines) > _LINES:
            most = _OBJECTS if left < 0 else _LINES
            raise SourceError("a page of the {container} file draws more than {most:,} objects", container="ofd", most=most)
    return Drawn(tuple(chars), tuple(lines))


def page_of(number: int, area: Box, shown: Sequence[Drawn]) -> Page:
    """The page: what is on it, and on its templates."""
    words = words_of(char for one in shown for char in one.chars)
    boxes = [box for one in shown for box in one.lines]
    horizontal = tuple(Ruling((b[1] + b[3]) / 2, b[0], b[2]) for b in boxes if b[3] - b[1] <= b[2] - b[0])
    vertical = tuple(Ruling((b[0] + b[2]) / 2, b[1], b[3]) for b in boxes if b[3] - b[1] > b[2] - b[0])
    return Page(number, area[2] * _POINTS, area[3] * _POINTS, words, horizontal, vertical)


def box_of(text: str) -> Box | None:
    """A box as it is written: left, top, width, height."""
    found = _numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None  # noqa: PLR2004 - as above


def _numbers(text: str) -> list[float]:
    """The numbers of a list; none where one of them is none."""
    try:
        found = [float(part) for part in text.split()]
    except ValueError:
        return []
    return found if all(abs(number) < _LARGEST for number in found) else []


def _placed(node: etree._Element) -> tuple[Box, _Matrix] | None:
    box, matrix = box_of(node.get("Boundary", "")), _numbers(node.get("CTM", ""))
    if box is None:
        return None
    return box, ((matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else _IDENTITY)  # noqa: PLR2004 - a matrix


def _point(x: float, y: float, box: Box, matrix: _Matrix) -> _Point:
    """From the space of an object to points of the page."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + box[0]) * _POINTS, (b * x + d * y + f + box[1]) * _POINTS


def _text(node: etree._Element) -> Iterator[Char]:
    """Upright text; what is turned is a watermark."""
    placed = _placed(node)
    sizes = _numbers(node.get("Size", ""))
    if placed is None or len(sizes) != 1 or abs(placed[1][1]) + abs(placed[1][2]) > _STRAIGHT:
        return
    box, matrix = placed
    high = sizes[0] * abs(matrix[3]) * _POINTS
    broad = sizes[0] * abs(matrix[0]) * _number(node.get("HScale", "1")) * _POINTS
    for code in node.iterfind("{*}TextCode"):
        text = code.text or ""
        steps = list(_deltas(code.get("DeltaX", ""), len(text)))
        x = accumulate(steps, initial=_number(code.get("X")))
        y = accumulate(_deltas(code.get("DeltaY", ""), len(text)), initial=_number(code.get("Y")))
        for char, step, *at in zip(text, steps, x, y, strict=False):
            left, base = _point(at[0], at[1], box, matrix)
            width = broad if ord(char) >= _WIDE else broad * _NARROW
            if char >= " ":
                advance = step * abs(matrix[0]) * _POINTS
                right = left + (advance if 0 < advance <= _SPACED * broad else width)
                yield Char(char, left, right, base, base - _ASCENT * high, base + _DESCENT * high)


def _number(text: str | None) -> float:
    return (_numbers(text or "") or [0.0])[0]


def _deltas(text: str, most: int) -> Iterator[float]:
    """Steps from one character to the next; `g 3 5.6` are three of them. Where they end, there is no further step."""
    parts = iter(text.split())
    left = most
    for part in parts:
        again = next(parts, "") if part == "g" else "1"
        step = _number(next(parts, "") if part == "g" else part)
        for _ in range(min(int(again) if again.isdecimal() and len(again) < 9 else 0, left)):  # noqa: PLR2004 - no text is so long
            left -= 1
            yield step
    yield from (0.0 for _ in range(left))


def _lines(node: etree._Element) -> Iterator[Box]:
    """The straight pieces of a path: its stroked edges, and filled parts that are thin enough to be lines."""
    placed = _placed(node)
    if placed is None:
        return
    stroked, filled = node.get("Stroke") not in _OFF, node.get("Fill") not in {None, *_OFF}
    for points in _subpaths(node.findtext("{*}AbbreviatedData") or ""):
        at = [_point(x, y, *placed) for x, y in points]
        whole = _around(at)
        if _is_thin(whole):
            yield from (whole,) if stroked or filled else ()
        elif stroked:
            yield from (box for box in map(_around, pairwise(at)) if _is_thin(box))


def _subpaths(data: str) -> Iterator[list[_Point]]:
    """The corners of each part of a path; of a curve, where it ends."""
    points: list[_Point] = []
    for sign, numbers in _steps(data):
        if sign in "SM" and len(points) > 1:
            yield points
        if sign in "SM":
            points = []
        if sign == "C":
            points += points[:1]
        elif len(numbers) == _NUMBERS[sign]:
            points.append((numbers[-2], numbers[-1]))
    if len(points) > 1:
        yield points


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    sign, numbers = "", list[float]()
    for found, number in _PATH.findall(data):
        if found:
            if sign:
                yield sign, numbers
            sign, numbers = found, []
        else:
            numbers.append(_number(number))
    if sign:
        yield sign, numbers


def _around(points: Sequence[_Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return math.isfinite(width + height) and min(width, height) <= _THIN < max(width, height)
