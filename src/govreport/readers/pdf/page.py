"""One PDF page as pdfium hands it over: characters with their places, and the straight lines that are drawn.

Coordinates are points, counted from the top left corner of the page as it is read, whatever its rotation.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_void_p
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from govreport.errors import SourceError
from govreport.readers.pdf.glyphs import Box, Glyph, glyphs_of, is_hidden
from govreport.readers.pdf.layers import drawn_once, seen
from govreport.source import Limits

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["Char", "Page", "Ruling", "read_page"]

_THIN = 3.0  # points; what is thinner and longer than this is a line, however it was drawn
_FORM_DEPTH = 5
_OBJECTS_PER_PAGE = 100_000
_RECTANGLE_SEGMENTS = 5
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
    """The page as read: upright, with characters in no promised order."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    """Read a pypdfium2 page."""
    from pypdfium2 import raw  # noqa: PLC0415 - an optional dependency, loaded by the reader before

    left, bottom, right, top = bounds = page.get_bbox()
    text = page.get_textpage()
    try:
        drawn = [g for g in glyphs_of(raw, text.raw, limits) if g.text and _is_inside(g, bounds)]
        glyphs = drawn_once(_seen(raw, text.raw, drawn))
    finally:
        text.close()
    turn = _dominant_turn(glyphs)
    matrix = _upright(turn, bounds)
    boxes = [_moved(box, matrix) for box in _lines(raw, page.raw)]
    width, height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    horizontal = tuple(Ruling((b[1] + b[3]) / 2, b[0], b[2]) for b in boxes if b[3] - b[1] <= b[2] - b[0])
    vertical = tuple(Ruling((b[0] + b[2]) / 2, b[1], b[3]) for b in boxes if b[3] - b[1] > b[2] - b[0])
    return Page(number, width, height, tuple(_chars(glyphs, matrix)), horizontal, vertical)


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


def _upright(turn: int, page: Box) -> _Matrix:
    """PDF space (origin at the bottom left) → reading space (origin at the top left), undoing quarter turns of the text."""
    left, bottom, right, top = page
    turns: Sequence[_Matrix] = (
        (1.0, 0.0, 0.0, -1.0, -left, top),
        (0.0, 1.0, 1.0, 0.0, -bottom, -left),
        (-1.0, 0.0, 0.0, 1.0, right, -bottom),
        (0.0, -1.0, -1.0, 0.0, top, right),
    )
    return turns[turn]


def _dominant_turn(glyphs: list[Glyph]) -> int:
    counted = Counter(round(g[4]) % 4 for g in glyphs)
    return counted.most_common(1)[0][0] if counted else 0


def _chars(glyphs: Iterable[Glyph], matrix: _Matrix) -> Iterator[Char]:
    a, b, c, d, e, f = matrix
    for text, (left, bottom, right, top), x, y, turn, _ in glyphs:
        if abs(turn - round(turn)) >= _TURNED:
            continue
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
        x0, x1 = (x0, x1) if x0 < x1 else (x1, x0)
        y0, y1 = (y0, y1) if y0 < y1 else (y1, y0)
        yield Char(text, min(x0, a * x + c * y + e), x1, b * x + d * y + f, y0, y1)


def _lines(raw: ModuleType, page: c_void_p) -> Iterator[Box]:
    """The boxes of everything drawn that is a thin straight line, or the stroked edge of a rectangle."""
    left = [_OBJECTS_PER_PAGE]
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _object_lines(raw, raw.FPDFPage_GetObject(page, index), _IDENTITY, 0, left)


def _object_lines(raw: ModuleType, item: c_void_p, matrix: _Matrix, depth: int, left: list[int]) -> Iterator[Box]:
    left[0] -= 1
    if left[0] < 0:
        raise SourceError(
            "a page of the {container} file draws more than {most:,} objects", container="pdf", most=_OBJECTS_PER_PAGE
        )
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
        inner = _product(_matrix(raw, item), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _object_lines(raw, raw.FPDFFormObj_GetObject(item, index), inner, depth + 1, left)
    elif kind in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE}:
        box = _bounds(raw, item)
        if _is_thin(box):
            yield _moved(box, matrix)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            yield from (_moved(edge, matrix) for edge in _edges(raw, item, left))


def _bounds(raw: ModuleType, item: c_void_p) -> Box:
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, x0, y0, x1, y1)
    return x0.value, y0.value, x1.value, y1.value


def _is_thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _THIN < max(width, height)


def _edges(raw: ModuleType, item: c_void_p, left: list[int]) -> Iterator[Box]:
    """The straight pieces of a path: its stroked edges, and filled parts that are thin enough to be lines."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value and raw.FPDFPath_CountSegments(item) <= _RECTANGLE_SEGMENTS:
        return  # a shaded area
    matrix = _matrix(raw, item)
    for points in _subpaths(raw, item, left):
        placed = [_point(p, matrix) for p in points]
        if stroke.value:
            yield from (box for box in map(_box_of, pairwise(placed)) if _is_thin(box))
        elif placed and _is_thin(_box_of(placed)):
            yield _box_of(placed)


def _subpaths(raw: ModuleType, item: c_void_p, left: list[int]) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    count = raw.FPDFPath_CountSegments(item)
    left[0] -= count
    for index in range(count if left[0] > 0 else 0):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points


def _matrix(raw: ModuleType, item: c_void_p) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    x0, y0 = _point((0.0, 0.0), outer)
    xa, ya = _point((a, b), outer)
    xc, yc = _point((c, d), outer)
    xe, ye = _point((e, f), outer)
    return xa - x0, ya - y0, xc - x0, yc - y0, xe, ye


def _point(point: tuple[float, float], matrix: _Matrix) -> tuple[float, float]:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box_of(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _moved(box: Box, matrix: _Matrix) -> Box:
    return box if matrix == _IDENTITY else _box_of([_point((box[0], box[1]), matrix), _point((box[2], box[3]), matrix)])
