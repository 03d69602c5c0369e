"""A font that is made here and goes into the PDFs of the tests: what these say depends on no font of the machine.

Without a font for its characters pdfium loses a text of one Chinese character, if the PDF brings none.
"""

from __future__ import annotations

import functools
import io
import itertools

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

__all__ = ["NAME", "register"]

NAME = "Squares"
_EM = 1000
_WIDE = (range(0xB7, 0xB8), range(0x2010, 0x2040), range(0x3000, 0x3040), range(0x4E00, 0xA000), range(0xFF00, 0xFFF0))
"""Punctuation, Chinese characters, full-width forms: a square each."""
_NARROW = range(0x20, 0x7F)


@functools.cache
def register() -> None:
    """Let reportlab know it, as `NAME`."""
    font = FontBuilder(_EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "space", "narrow", "wide"])
    wide = dict.fromkeys(itertools.chain.from_iterable(_WIDE), "wide")
    font.setupCharacterMap({**wide, **dict.fromkeys(_NARROW, "narrow"), 0x20: "space", 0x3000: "space"})
    font.setupGlyf({".notdef": _box(_EM), "space": TTGlyphPen(None).glyph(), "narrow": _box(_EM // 2), "wide": _box(_EM)})
    font.setupHorizontalMetrics({".notdef": (_EM, 0), "space": (_EM // 2, 0), "narrow": (_EM // 2, 0), "wide": (_EM, 0)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    font.setupPost()
    made = io.BytesIO()
    font.save(made)
    pdfmetrics.registerFont(TTFont(NAME, io.BytesIO(made.getvalue())))


def _box(width: int) -> object:
    """The outline of a character: nearly all of its place."""
    pen = TTGlyphPen(None)
    pen.moveTo((width // 20, -100))
    for corner in ((width // 20, 780), (width - width // 20, 780), (width - width // 20, -100)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
