"""The characters of a PDF page as pdfium knows them, in the space of the PDF."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Collection, Sequence
from ctypes import c_void_p
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias, cast

from attrs import define, field

from govreport.errors import SourceError
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
_ODD = re.compile("[\0- \x7f\ud800-\udfff\ufffe\uffff]")
"""Spaces, of which pdfium guesses some; halves of characters; and what is no text."""


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

    def some(self, most: int) -> list[Glyph]:
        """As many of them, from all over the page."""
        return [self._glyph(place) for place in range(0, len(self.texts), len(self.texts) // most + 1)]

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

    def lie_in(self, page: Box) -> bool:
        """Whether all are on a page, wholly."""
        left, bottom, right, top = page
        low = min(self.lefts, default=left) >= left and min(self.bottoms, default=bottom) >= bottom
        return low and max(self.rights, default=right) <= right and max(self.tops, default=top) <= top


def glyphs_of(raw: ModuleType, text: c_void_p, limits: Limits) -> Glyphs:
    """The characters of a text page, without the spaces and line ends that pdfium guesses: the geometry is better evidence."""
    count = raw.FPDFText_CountChars(text)
    if count > limits.cells * _CHARS_PER_CELL:
        raise SourceError(
            "a page of the PDF holds {count:,} characters; raise Limits.cells if that is right",
            container="pdf",
            limit="cells",
            count=count,
        )
    said = _said(raw, text, count)
    boxes, origins = _places(raw, text, said)
    found = Glyphs(
        list(said.values()), list(said), boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], origins[::2], origins[1::2]
    )
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


def _said(raw: ModuleType, text: c_void_p, count: int) -> dict[int, str]:
    """The characters by their indices."""
    units = _units(raw, text, count)
    said = dict(enumerate(units))
    for found in _ODD.finditer(units):
        index, char = found.start(), found[0]
        if char <= " ":
            # pdfium guesses nothing but spaces and line ends
            char = "" if raw.FPDFText_IsGenerated(text, index) else _decoded(char)
        elif _HIGH <= char < _WHOLE:
            char = _paired(units[index - 1 : index], char)
        else:
            char = _decoded(char)
        if char:
            said[index] = char
        else:
            del said[index]
    return said


def _units(raw: ModuleType, text: c_void_p, count: int) -> str:
    """What each character is to pdfium: all at once where it has one for each, and leaves none out."""
    room = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text, 0, count, room) == count + 1 and _UNTOLD not in room:
        units = bytes(room).decode("utf-16-le", "surrogatepass")
        if len(units) == count + 1:
            return units[:count]
    return "".join([chr(raw.FPDFText_GetUnicode(text, index)) for index in range(count)])


def _places(raw: ModuleType, text: c_void_p, indices: Collection[int]) -> tuple[list[float], list[float]]:
    """The boxes (left, top, right, bottom) of characters, and their origins, one after the other."""
    box_at = _by_address(raw.FPDFText_GetLooseCharBox, c_void_p, ctypes.c_int, c_void_p)
    origin_at = _by_address(raw.FPDFText_GetCharOrigin, c_void_p, ctypes.c_int, c_void_p, c_void_p)
    boxes, origins = (ctypes.c_float * (4 * len(indices)))(), (ctypes.c_double * (2 * len(indices)))()
    page, box, origin = ctypes.cast(text, c_void_p).value, ctypes.addressof(boxes), ctypes.addressof(origins)
    for index in indices:
        box_at(page, index, box)
        origin_at(page, index, origin, origin + _DOUBLE)
        box, origin = box + _BOX, origin + 2 * _DOUBLE
    return boxes[:], origins[:]


def _by_address(function: Any, *types: Any) -> Callable[..., None]:  # noqa: ANN401 - ctypes has no types for these
    """The same function for addresses instead of objects: for each character these would be wrapped and looked at anew."""
    made = ctypes.PYFUNCTYPE(None, *types)(ctypes.cast(function, c_void_p).value or 0)
    return cast("Callable[..., None]", made)


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


def turn_of(raw: ModuleType, text: c_void_p, index: int) -> float:
    """The angle of a character in quarter turns, as its baseline rises."""
    return float(-raw.FPDFText_GetCharAngle(text, index) / QUARTER % 4)


def _paired(high: str, low: str) -> str:
    """A character of two parts stands where the second one is."""
    if low < _LOW:
        return ""
    return (high + low).encode("utf-16", "surrogatepass").decode("utf-16") if _HIGH <= high < _LOW else _REPLACEMENT


def _decoded(char: str) -> str:
    if char == "\0":
        return _REPLACEMENT
    return char if char == " " else ""


def is_hidden(raw: ModuleType, text: c_void_p, glyph: Glyph) -> bool:
    """Whether a character is drawn with neither fill nor stroke, as what was read from a scan is laid over its picture."""
    item = raw.FPDFText_GetTextObject(text, glyph.at)
    return bool(raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
