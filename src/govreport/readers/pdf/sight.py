"""Characters of a page that nobody sees: of the colour of the paper, covered by something drawn later, in a layer switched off.

The few that may be so are looked at: the page is drawn, and where such a character stands there is ink, or there is none.
"""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import sub
from typing import TYPE_CHECKING

from attrs import frozen

from govreport.readers.pdf.calls import Calls, address
from govreport.readers.pdf.drawing import Drawing
from govreport.readers.pdf.glyphs import Box, Glyph, Glyphs, lies_in
from govreport.readers.pdf.veils import veils

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["Sight", "has_layers"]

_SCALE = 2.0  # pixels for a point
_LARGEST = 6_000_000  # pixels; a larger page is drawn smaller
_INKED = 24  # of 255 shades between the lightest and the darkest pixel where a character stands
_MARGIN, _HEIGHT = 0.12, 0.7  # of a digit: what it surely covers, beside its edges and above its baseline
_TINY = 0.2  # times the usual size: nobody reads that
_LAYERS = b"/OCG"
_PACKED = re.compile(rb"/ObjStm.{0,300}?stream\r?\n", re.DOTALL)
_UNPACKED = 1 << 20
_MANY = 30  # areas; where there are more, all characters are looked at
_MOST = 0.5  # the share of characters that may be unseen, or of kinds of them that may be pale, for the others to be the text


def has_layers(data: bytes) -> bool:
    """Whether a file has layers, which may be switched off; what it says of them may be packed."""
    if _LAYERS in data:
        return True
    return any(_LAYERS in _unpacked(data, found.end()) for found in _PACKED.finditer(data))


def _unpacked(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(memoryview(data)[start:], _UNPACKED)
    except zlib.error:
        return b""


@frozen
class Sight:
    """What tells which characters are seen: a page, its text, what else is drawn on it, and whether it may have layers."""

    raw: Calls
    page: pypdfium2.PdfPage
    text: int
    drawing: Drawing
    layered: bool

    def doubts(self, glyphs: Glyphs) -> bool:
        """Whether there may be some that nobody sees."""
        if self.layered or self.drawing.pale or len(self.drawing.covers) > _MANY or _some_are_tiny(glyphs):
            return True
        below = glyphs.within([box for _, box in self.drawing.covers]) if self.drawing.covers else []
        return bool(below and self._doubtful(below, below, frozenset()))

    def unseen(self, glyphs: Sequence[Glyph], turned: Sequence[Glyph]) -> tuple[AbstractSet[int], AbstractSet[int]]:
        """The indices of those that nobody sees, and of those of watermarks.

        `turned` are the same, where they stand once the page is turned back. A page of which most cannot be seen is one whose
        text lies behind a picture of it.
        """
        tiny = _tiny(glyphs)
        pale = self._pale(turned) if self.drawing.pale else {}
        doubtful = self._doubtful(glyphs, turned, {glyph.at for word in pale.values() for glyph in word})
        if not doubtful:
            return tiny, frozenset()
        has_ink = _look(self.raw, self.page)
        blind = {glyph.at for glyph in doubtful if glyph.text.isalnum() and not has_ink(_core(glyph))}
        if len(blind) > _MOST * len(glyphs):
            blind = set()
        return tiny | blind, self._veils(pale, turned, blind)

    def _pale(self, glyphs: Sequence[Glyph]) -> dict[int | None, list[Glyph]]:
        """The characters of each text that may be of the colour of the paper."""
        words: dict[int | None, list[Glyph]] = {item: [] for item in self.drawing.pale}
        for glyph in glyphs:
            word = words.get(self._text_of(glyph))
            if word is not None:
                word.append(glyph)
        return words

    def _text_of(self, glyph: Glyph) -> int | None:
        found: int | None = self.raw.FPDFText_GetTextObject(self.text, glyph.at)
        return found

    def _doubtful(self, glyphs: Sequence[Glyph], turned: Sequence[Glyph], pale: AbstractSet[int]) -> list[Glyph]:
        covers = self.drawing.covers
        if self.layered or len(covers) > _MANY:
            return list(glyphs)
        order: dict[int | None, int] = {item: at for at, item in enumerate(self.drawing.texts)} if covers else {}
        found = []
        for glyph, straight in zip(glyphs, turned, strict=True) if pale or covers else ():
            over = max((after for after, box in covers if lies_in(straight.box, box)), default=0)
            if glyph.at in pale or (over and order.get(self._text_of(glyph), 0) < over):
                found.append(glyph)
        return found

    def _veils(
        self, pale: Mapping[int | None, Sequence[Glyph]], glyphs: Sequence[Glyph], blind: AbstractSet[int]
    ) -> AbstractSet[int]:
        own = {glyph.at: glyph.text for word in pale.values() for glyph in word}
        if not own or len(set(own.values())) > _MOST * len({glyph.text for glyph in glyphs}):
            return frozenset()
        seen = [word for word in pale.values() if word and not any(glyph.at in blind for glyph in word)]
        return veils(seen, [glyph for glyph in glyphs if glyph.at not in own], self.drawing.lines)


def _some_are_tiny(glyphs: Glyphs) -> bool:
    heights: list[float] = list(map(sub, glyphs.tops, glyphs.bottoms))
    widths: Iterable[float] = map(sub, glyphs.rights, glyphs.lefts)
    return min(heights, default=0.0) < _TINY * max([*heights, *widths], default=0.0)


def _tiny(glyphs: Sequence[Glyph]) -> set[int]:
    heights = [glyph.box[3] - glyph.box[1] for glyph in glyphs]
    widths = [glyph.box[2] - glyph.box[0] for glyph in glyphs]
    if not heights or min(heights) >= _TINY * max(heights + widths):
        return set()
    sizes = list(map(max, heights, widths))
    least = _TINY * sorted(sizes)[len(sizes) // 2]
    return {glyph.at for glyph, size in zip(glyphs, sizes, strict=True) if size < least and glyph.text.isalnum()}


def _core(glyph: Glyph) -> Box:
    left, bottom, right, top = glyph.box
    aside = _MARGIN * (right - left)
    low = max(bottom, min(glyph.y, top))
    high = low + _HEIGHT * (top - low) if glyph.text.isdigit() else top
    return left + aside, low, right - aside, high


def _look(raw: Calls, page: pypdfium2.PdfPage) -> Callable[[Box], bool]:
    """Draws the page; tells whether there is ink in a box of it."""
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_LARGEST / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    pixels, stride = memoryview(bytes(bitmap.buffer)), bitmap.stride
    wide, high = bitmap.width, bitmap.height
    bitmap.close()
    x, y, handle = ctypes.c_int(), ctypes.c_int(), address(page.raw)

    def place(across: float, up: float) -> tuple[int, int]:
        raw.FPDF_PageToDevice(handle, 0, 0, wide, high, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value

    def has_ink(box: Box) -> bool:
        corners = place(box[0], box[1]), place(box[2], box[3])
        left, right = (max(0, min(wide, at)) for at in sorted(c[0] for c in corners))
        top, bottom = (max(0, min(high, at)) for at in sorted(c[1] for c in corners))
        rows = [pixels[row * stride + left : row * stride + right + 1] for row in range(top, min(bottom + 1, high))]
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= _INKED

    return has_ink
