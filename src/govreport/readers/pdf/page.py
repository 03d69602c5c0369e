"""One PDF page as pdfium hands it over: characters with their places, and the straight lines that are drawn.

Coordinates are points, counted from the top left corner of the page as it is read, whatever its rotation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_void_p
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from govreport.readers.pdf.askew import Askew
from govreport.readers.pdf.drawing import Matrix, lines_of, moved
from govreport.readers.pdf.glyphs import Box, Glyph, glyphs_of, is_hidden
from govreport.readers.pdf.layers import drawn_once, seen
from govreport.source import Limits

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["Char", "Page", "Ruling", "read_page"]

_TURNED = 0.1  # of a quarter turn: what is turned further is a watermark
_ASKED = 32  # characters of a page


class Char(NamedTuple):
    """A character: where it starts and ends, its baseline, and its top and bottom."""

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float


class Ruling(NamedTuple):
    """A horizontal or vertical line: its position across, and where it starts and ends along."""

    at: float
    start: float
    end: float


@frozen
class Page:
    """The page as read: upright, with characters in no promised order; those that are lost stand outside, where it was cut."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    lost: tuple[Char, ...] = ()


def read_page(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    """Read a pypdfium2 page."""
    from pypdfium2 import raw  # noqa: PLC0415 - an optional dependency, loaded by the reader before

    left, bottom, right, top = bounds = page.get_bbox()
    text = page.get_textpage()
    try:
        drawn = [g for g in glyphs_of(raw, text.raw, limits) if g.text]
        inside = [g for g in drawn if _is_inside(g, bounds)]
        askew = Askew.of(raw, text.raw, inside)
        glyphs = askew.straightened(drawn_once(_seen(raw, text.raw, inside)))
    finally:
        text.close()
    lost = askew.straightened([g for g in drawn if not _is_inside(g, bounds)]) if len(inside) < len(drawn) else []
    turn = _dominant_turn(glyphs)
    matrix = _upright(turn, bounds)
    boxes = [moved(box, matrix) for box in lines_of(raw, page.raw, askew.back)]
    width, height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    horizontal = tuple(Ruling((b[1] + b[3]) / 2, b[0], b[2]) for b in boxes if b[3] - b[1] <= b[2] - b[0])
    vertical = tuple(Ruling((b[0] + b[2]) / 2, b[1], b[3]) for b in boxes if b[3] - b[1] > b[2] - b[0])
    return Page(number, width, height, tuple(_chars(glyphs, matrix)), horizontal, vertical, tuple(_chars(lost, matrix)))


def _is_inside(glyph: Glyph, page: Box) -> bool:
    """Whether a character is on the page: what was cut away around it is still in the file."""
    left, bottom, right, top = page
    x0, y0, x1, y1 = glyph.box
    return left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top


def _seen(raw: ModuleType, text: c_void_p, glyphs: list[Glyph]) -> list[Glyph]:
    """The characters without those that are hidden behind others; a few tell whether any are."""
    if not any(is_hidden(raw, text, glyph) for glyph in glyphs[:: len(glyphs) // _ASKED + 1]):
        return glyphs
    return seen(glyphs, [is_hidden(raw, text, glyph) for glyph in glyphs])


def _upright(turn: int, page: Box) -> Matrix:
    """PDF space (origin at the bottom left) → reading space (origin at the top left), undoing quarter turns of the text."""
    left, bottom, right, top = page
    turns: Sequence[Matrix] = (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )
    return turns[turn]


def _dominant_turn(glyphs: list[Glyph]) -> int:
    counted = Counter(round(g[4]) % 4 for g in glyphs)
    return counted.most_common(1)[0][0] if counted else 0


def _chars(glyphs: Iterable[Glyph], matrix: Matrix) -> Iterator[Char]:
    a, b, c, d, e, f = matrix
    for text, (left, bottom, right, top), x, y, turn, _ in glyphs:
        if abs(turn - round(turn)) >= _TURNED:
            continue
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
        x0, x1 = (x0, x1) if x0 < x1 else (x1, x0)
        y0, y1 = (y0, y1) if y0 < y1 else (y1, y0)
        yield Char(text, min(x0, a * x + c * y + e), x1, b * x + d * y + f, y0, y1)
