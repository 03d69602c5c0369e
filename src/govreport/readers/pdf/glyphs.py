"""The characters of a PDF page as pdfium knows them, in the space of the PDF."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import count, repeat
from typing import NamedTuple, TypeAlias

from attrs import define, field

from govreport.errors import SourceError
from govreport.readers.pdf.calls import Calls
from govreport.source import Limits

__all__ = ["QUARTER", "Box", "Glyph", "Glyphs", "glyphs_of", "is_hidden", "lies_in", "middle_of", "size_of", "turn_of"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in the space of the PDF."""

_CHARS_PER_CELL = 5
QUARTER = math.pi / 2
_LEFT = 0.01  # of the height of a character
_BOX, _DOUBLE = 16, 8  # bytes: four floats, one number of an origin
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNTOLD = 0xFFFE
"""What pdfium has in a text for a character that no font explains, and for a hyphen at the end of a line."""
_HIGH, _LOW, _WHOLE = "\ud800", "\udc00", "\ue000"
"""Where the halves of characters begin that come first, those that come second, and characters again."""
_CONTROLS = frozenset(map(chr, range(1, 32)))
_DECEPTIVE = _CONTROLS.union("0123456789.")
"""What would pass for nothing or for a value if it were the number of a glyph."""
_NOT_TEXT = frozenset("\ufffe\uffff")
_ODD = re.compile("[\0\x7f\ud800-\udfff\ufffe\uffff]")


class Glyph(NamedTuple):
    """A character, its box, its origin, its angle in quarter turns, and its index in the page of pdfium."""

    text: str
    box: Box
    x: float
    y: float
    turn: float
    at: int


@define(eq=False)
class Glyphs:
    """The characters of a page in columns, as pdfium hands them over; `turns` are those that are not 0, by their place here."""

    texts: list[str]
    at: list[int]
    lefts: list[float]
    tops: list[float]
    rights: list[float]
    bottoms: list[float]
    xs: list[float]
    ys: list[float]
    turns: dict[int, float] = field(factory=dict)

    def some(self, most: int) -> list[int]:
        """The indices of as many of them, from all over the page."""
        return self.at[:: len(self.at) // most + 1]

    def all(self) -> list[Glyph]:
        """All of them, one by one."""
        return [self._glyph(place) for place in range(len(self.texts))]

    def _glyph(self, place: int) -> Glyph:
        box = self.lefts[place], self.bottoms[place], self.rights[place], self.tops[place]
        return Glyph(self.texts[place], box, self.xs[place], self.ys[place], self.turns.get(place, 0.0), self.at[place])

    def only(self, places: Sequence[int]) -> Glyphs:
        """Some of them."""
        return Glyphs(
            [self.texts[place] for place in places],
            [self.at[place] for place in places],
            [self.lefts[place] for place in places],
            [self.tops[place] for place in places],
            [self.rights[place] for place in places],
            [self.bottoms[place] for place in places],
            [self.xs[place] for place in places],
            [self.ys[place] for place in places],
            {new: self.turns[old] for new, old in enumerate(places) if old in self.turns},
        )

    def within(self, areas: Sequence[Box]) -> list[Glyph]:
        """Those that have their middles in one of these areas."""
        boxes = zip(self.lefts, self.bottoms, self.rights, self.tops, strict=True)
        return [self._glyph(place) for place, box in enumerate(boxes) if any(lies_in(box, area) for area in areas)]

    def lie_in(self, page: Box) -> bool:
        """Whether all are on a page, wholly."""
        left, bottom, right, top = page
        low = min(self.lefts, default=left) >= left and min(self.bottoms, default=bottom) >= bottom
        return low and max(self.rights, default=right) <= right and max(self.tops, default=top) <= top


def glyphs_of(raw: Calls, text: int, limits: Limits) -> Glyphs:
    """The characters of a text page, without the spaces and line ends that pdfium guesses: the geometry is better evidence."""
    size = raw.FPDFText_CountChars(text)
    if size > limits.cells * _CHARS_PER_CELL:
        raise SourceError(
            "a page of the PDF holds {count:,} characters; raise Limits.cells if that is right",
            container="pdf",
            limit="cells",
            count=size,
        )
    units = _explained(raw, text, _units(raw, text, size))
    at = _told(raw, text, units)
    texts = [units[index] for index in at]
    if _ODD.search(units) is not None:
        at, texts = _mended(at, units)
    boxes, origins = _places(raw, text, at)
    found = Glyphs(texts, at, boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], origins[::2], origins[1::2])
    for place in _doubtful(found):
        turn = turn_of(raw, text, found.at[place])
        if turn:
            found.turns[place] = turn
    return found


def _doubtful(glyphs: Glyphs) -> list[int]:
    """What begins at the left of its box, its baseline inside, is upright: most are, and asking for the angle takes long."""
    columns = zip(glyphs.lefts, glyphs.xs, glyphs.bottoms, glyphs.ys, glyphs.tops, strict=True)
    return [
        place
        for place, (left, x, bottom, y, top) in enumerate(columns)
        if not (bottom < y < top and (x == left or abs(x - left) < _LEFT * (top - bottom)))
    ]


def _told(raw: Calls, text: int, units: str) -> list[int]:
    """The indices of those that the file tells: pdfium guesses spaces and line ends between them."""
    is_guessed = raw.FPDFText_IsGenerated
    return [index for index, unit in enumerate(units) if unit > " " or (unit not in _CONTROLS and not is_guessed(text, index))]


def _mended(indices: Iterable[int], units: str) -> tuple[list[int], list[str]]:
    """The characters where some are in halves, unknown, or no text."""
    mended = [(index, _decoded(units, index)) for index in indices]
    return [index for index, char in mended if char], [char for _, char in mended if char]


def _decoded(units: str, index: int) -> str:
    unit = units[index]
    if unit < _HIGH:
        return _REPLACEMENT if unit == "\0" else "" if unit == "\x7f" else unit
    if unit < _LOW or unit in _NOT_TEXT:
        return ""
    if unit < _WHOLE:  # a character in two halves stands where the second one is
        both = units[max(0, index - 1) : index + 1].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return both if len(both) == 1 else _REPLACEMENT
    return unit


def _units(raw: Calls, text: int, size: int) -> str:
    """What each character is to pdfium: all at once where it has one for each, and leaves none out."""
    room = (ctypes.c_ushort * (size + 1))()
    if raw.FPDFText_GetText(text, 0, size, room) == size + 1 and _UNTOLD not in room:
        units = bytes(room).decode("utf-16-le", "surrogatepass")
        if len(units) == size + 1:
            return units[:size]
    return "".join([chr(raw.FPDFText_GetUnicode(text, index)) for index in range(size)])


def _explained(raw: Calls, text: int, units: str) -> str:
    """The same without what is no character: of a glyph that no font explains pdfium has only its number in the font."""
    unexplained = raw.FPDFText_HasUnicodeMapError
    wrong = {index for index, unit in enumerate(units) if unit in _DECEPTIVE and unexplained(text, index) == 1}
    return "".join(["\0" if index in wrong else unit for index, unit in enumerate(units)]) if wrong else units


def _places(raw: Calls, text: int, indices: Sequence[int]) -> tuple[list[float], list[float]]:
    """The boxes (left, top, right, bottom) of characters, and their origins, one after the other."""
    boxes, origins = (ctypes.c_float * (4 * len(indices)))(), (ctypes.c_double * (2 * len(indices)))()
    box, x = ctypes.addressof(boxes), ctypes.addressof(origins)
    _each(raw.FPDFText_GetLooseCharBox, repeat(text), indices, count(box, _BOX))
    _each(raw.FPDFText_GetCharOrigin, repeat(text), indices, count(x, 2 * _DOUBLE), count(x + _DOUBLE, 2 * _DOUBLE))
    return boxes[:], origins[:]


def _each(function: Callable[..., object], *arguments: Iterable[object]) -> None:
    deque(map(function, *arguments), maxlen=0)


def size_of(glyph: Glyph) -> float:
    """The longer side of its box: that of a flat character such as 一 is flat."""
    left, bottom, right, top = glyph.box
    return max(right - left, top - bottom)


def middle_of(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    left, bottom, right, top = box
    return (left + right) / 2, (bottom + top) / 2


def lies_in(box: Box, area: Box) -> bool:
    """Whether the middle of a box is in an area, or on its edge."""
    (x, y), (left, bottom, right, top) = middle_of(box), area
    return left <= x <= right and bottom <= y <= top


def turn_of(raw: Calls, text: int, index: int) -> float:
    """The angle of a character in quarter turns, as its baseline rises."""
    return float(-raw.FPDFText_GetCharAngle(text, index) / QUARTER % 4)


def is_hidden(raw: Calls, text: int, index: int) -> bool:
    """Whether a character is drawn with neither fill nor stroke, as what was read from a scan is laid over its picture."""
    item = raw.FPDFText_GetTextObject(text, index)
    return bool(raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
