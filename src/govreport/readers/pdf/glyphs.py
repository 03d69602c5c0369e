"""The characters of a PDF page as pdfium knows them, in the space of the PDF."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable, Collection, Iterable, Iterator
from ctypes import c_void_p
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias, cast

from govreport.errors import SourceError
from govreport.source import Limits

__all__ = ["QUARTER", "Box", "Glyph", "glyphs_of", "is_hidden", "lies_in", "middle_of", "size_of", "turn_of"]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in the space of the PDF."""

_CHARS_PER_CELL = 5
QUARTER = math.pi / 2
_LEFT = 0.01  # of the height of a character
_BOX, _ORIGIN = struct.Struct("4f"), struct.Struct("2d")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_LAST_CONTROL = 0x1F
_SPACE, _DELETE, _FIRST_ODD = 0x20, 0x7F, _HIGH.start
_DECEPTIVE = frozenset({*range(1, _LAST_CONTROL + 1), *map(ord, "0123456789.")})
"""What would pass for nothing or for a value if it were the number of a glyph."""
_UNTOLD = 0xFFFE
"""What pdfium has in a text for a character that no font explains, and for a hyphen at the end of a line."""
_NOT_TEXT = frozenset({_DELETE, _UNTOLD, 0xFFFF})


class Glyph(NamedTuple):
    """A character, its box, its origin, its angle in quarter turns, and its index in the page of pdfium."""

    text: str
    box: Box
    x: float
    y: float
    turn: float
    at: int


def glyphs_of(raw: ModuleType, text: c_void_p, limits: Limits) -> list[Glyph]:
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
    found = list[Glyph]()
    for (at, char), (left, top, right, bottom), (x, y) in zip(said.items(), *_places(raw, text, said), strict=True):
        # What begins at the left of its box, its baseline inside, is upright: most are, and asking for the angle takes long.
        upright = abs(x - left) < _LEFT * (top - bottom) and bottom < y < top
        turn = 0.0 if upright else turn_of(raw, text, at)
        found.append(Glyph(char, (left, bottom, right, top), x, y, turn, at))
    return found


def _said(raw: ModuleType, text: c_void_p, count: int) -> dict[int, str]:
    """The characters by their indices; of a glyph that no font explains pdfium has only its number in the font."""
    said = dict[int, str]()
    high, page = 0, ctypes.cast(text, c_void_p).value
    unexplained = _by_address(raw.FPDFText_HasUnicodeMapError, c_void_p, ctypes.c_int)
    for index, code in enumerate(_codes(raw, text, count)):
        if code <= _SPACE and raw.FPDFText_IsGenerated(text, index):  # pdfium guesses nothing but spaces and line ends
            continue
        if code in _DECEPTIVE and unexplained(page, index) == 1:
            said[index] = _REPLACEMENT
            continue
        if code in _HIGH:
            high = code
            continue
        char = chr(code) if _SPACE <= code < _FIRST_ODD and code != _DELETE else _decoded(code, high)
        high = 0
        if char:
            said[index] = char
    return said


def _places(
    raw: ModuleType, text: c_void_p, indices: Collection[int]
) -> tuple[Iterator[tuple[float, ...]], Iterator[tuple[float, ...]]]:
    """The boxes (left, top, right, bottom) of characters, and their origins."""
    box_at = _by_address(raw.FPDFText_GetLooseCharBox, c_void_p, ctypes.c_int, c_void_p)
    origin_at = _by_address(raw.FPDFText_GetCharOrigin, c_void_p, ctypes.c_int, c_void_p, c_void_p)
    boxes, origins = (ctypes.c_float * (4 * len(indices)))(), (ctypes.c_double * (2 * len(indices)))()
    page, box, origin = ctypes.cast(text, c_void_p).value, ctypes.addressof(boxes), ctypes.addressof(origins)
    for index in indices:
        box_at(page, index, box)
        origin_at(page, index, origin, origin + _ORIGIN.size // 2)
        box, origin = box + _BOX.size, origin + _ORIGIN.size
    return _BOX.iter_unpack(boxes), _ORIGIN.iter_unpack(origins)


def _by_address(function: Any, *types: Any) -> Callable[..., int]:  # noqa: ANN401 - ctypes has no types for these
    """The same function for addresses instead of objects: for each character these would be wrapped and looked at anew."""
    found = type(function)(ctypes.cast(function, c_void_p).value)
    found.argtypes, found.restype = types, ctypes.c_int
    return cast("Callable[..., int]", found)


def _codes(raw: ModuleType, text: c_void_p, count: int) -> Iterable[int]:
    """The code of each character: all at once where pdfium has one for each, and leaves none out."""
    room = (ctypes.c_ushort * (count + 1))()
    whole = raw.FPDFText_GetText(text, 0, count, room) == count + 1
    if whole and _UNTOLD not in room and len(bytes(room).decode("utf-16-le", "surrogatepass")) == count + 1:
        return room[:count]
    return (raw.FPDFText_GetUnicode(text, index) for index in range(count))


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


def _decoded(code: int, high: int) -> str:
    if code in _LOW:
        return chr(0x10000 + ((high - _HIGH.start) << 10) + code - _LOW.start) if high else _REPLACEMENT
    if code == 0:
        return _REPLACEMENT
    return "" if code <= _LAST_CONTROL or code in _NOT_TEXT else chr(code)


def is_hidden(raw: ModuleType, text: c_void_p, glyph: Glyph) -> bool:
    """Whether a character is drawn with neither fill nor stroke, as what was read from a scan is laid over its picture."""
    item = raw.FPDFText_GetTextObject(text, glyph.at)
    return bool(raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
