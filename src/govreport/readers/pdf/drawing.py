"""What a PDF page draws besides characters: straight lines however they were drawn, areas and pictures, pale text.

Lines are strokes, thin areas, edges of boxes, thin pictures. An area or a picture may hide what was written before it, and one
in an empty cell is what stands there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TypeAlias

from attrs import define, field

from govreport.errors import SourceError
from govreport.readers.pdf.calls import Calls
from govreport.readers.pdf.glyphs import Box

__all__ = ["IDENTITY", "Drawing", "Matrix", "drawing_of", "moved", "point"]

_THIN = 3.0  # points; what is thinner and longer than this is a line, however it was drawn
_FORM_DEPTH = 5
_OBJECTS_PER_PAGE = 100_000
_RECTANGLE_SEGMENTS = 5
_PALE, _CLEAR = 0xB0, 0x60  # of 255: lighter than the first, or less opaque than the second
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # kinds of objects (`FPDF_PAGEOBJ_…`)
_SHAPES = frozenset({_PATH, _IMAGE})
_UNIT = ((0.0, 0.0), (1.0, 1.0))  # what a picture covers before it is placed

_BOX, _POINT, _MATRIX = (ctypes.c_float * 4)(), (ctypes.c_float * 2)(), (ctypes.c_float * 6)()
_COLOURS, _MODES = (ctypes.c_uint * 4)(), (ctypes.c_int * 2)()
"""What pdfium says of an object is written here: the reader lets one thread at a time into it."""
_MATRIX_AT = ctypes.addressof(_MATRIX)
_BOX_AT, _POINT_AT, _COLOURS_AT, _MODES_AT = (
    tuple(range(start := ctypes.addressof(room), start + ctypes.sizeof(room), 4)) for room in (_BOX, _POINT, _COLOURS, _MODES)
)

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[float, float]
_Subpath = list[list[_Point]]


@define
class Drawing:
    """Boxes of lines and of what else is drawn; text in order, the pale one of it, and what was drawn after how much of it."""

    lines: list[Box] = field(factory=list)
    ink: list[Box] = field(factory=list)
    texts: list[int] = field(factory=list)
    pale: list[int] = field(factory=list)
    covers: list[tuple[int, Box]] = field(factory=list)
    left: list[int] = field(factory=lambda: [_OBJECTS_PER_PAGE])


def drawing_of(raw: Calls, page: int, matrix: Matrix) -> Drawing:
    """Everything drawn, moved by the matrix."""
    found = Drawing()
    for index in range(raw.FPDFPage_CountObjects(page)):
        _look(raw, raw.FPDFPage_GetObject(page, index), matrix, 0, found)
    return found


def _look(raw: Calls, item: int, matrix: Matrix, depth: int, found: Drawing) -> None:
    left = found.left
    left[0] -= 1
    if left[0] < 0:
        raise SourceError(
            "a page of the {container} file draws more than {most:,} objects", container="pdf", most=_OBJECTS_PER_PAGE
        )
    kind = raw.FPDFPageObj_GetType(item)
    if kind == _TEXT:
        found.texts.append(item)
        if _is_pale(raw, item):
            found.pale.append(item)
    elif kind in _SHAPES:
        _look_at_shape(raw, item, kind, matrix, found)
    elif kind == _FORM and depth < _FORM_DEPTH:
        inner = _product(_matrix(raw, item), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            _look(raw, raw.FPDFFormObj_GetObject(item, index), inner, depth + 1, found)


def _is_pale(raw: Calls, text: int) -> bool:
    """Whether it may be of the colour of the paper."""
    raw.FPDFPageObj_GetFillColor(text, *_COLOURS_AT)
    red, green, blue, alpha = _COLOURS[:]
    return (red >= _PALE and green >= _PALE and blue >= _PALE) or alpha < _CLEAR


def _look_at_shape(raw: Calls, item: int, kind: int, matrix: Matrix, found: Drawing) -> None:
    box = _box(raw, item, kind, matrix)
    if _is_thin(box):
        found.lines.append(box)
        return
    fill = stroke = 0
    if kind == _PATH:
        raw.FPDFPath_GetDrawMode(item, *_MODES_AT)
        fill, stroke = _MODES[:]
        # a rectangle that is only filled is a shaded area
        if stroke or raw.FPDFPath_CountSegments(item) > _RECTANGLE_SEGMENTS:
            found.lines += _edges(raw, item, matrix, stroked=bool(stroke), left=found.left)
    if fill or kind == _IMAGE:
        found.ink.append(box)
        if found.texts:
            found.covers.append((len(found.texts), box))


def _box(raw: Calls, item: int, kind: int, matrix: Matrix) -> Box:
    """Of a page that lies askew the box of a line is wide, and only its ends tell how thin it is."""
    if matrix is IDENTITY or _is_upright(matrix):
        return moved(_bounds(raw, item), matrix)
    if kind == _IMAGE:
        return _box_of([point(corner, _product(_matrix(raw, item), matrix)) for corner in _UNIT])
    points = [p for subpath in _subpaths(raw, item, matrix, [_OBJECTS_PER_PAGE]) for p in _points(subpath)]
    return _box_of(points or _UNIT)


def _is_upright(matrix: Matrix) -> bool:
    a, b, c, d, _, _ = matrix
    return (b == 0 and c == 0) or (a == 0 and d == 0)


def _bounds(raw: Calls, item: int) -> Box:
    raw.FPDFPageObj_GetBounds(item, *_BOX_AT)
    left, bottom, right, top = _BOX[:]
    return left, bottom, right, top


def _is_thin(box: Box) -> bool:
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    return (width <= _THIN or height <= _THIN) and (width > _THIN or height > _THIN)


def _edges(raw: Calls, item: int, matrix: Matrix, *, stroked: bool, left: list[int]) -> Iterator[Box]:
    """The straight pieces of a path: its stroked edges, and filled parts that are thin enough to be lines."""
    for subpath in _subpaths(raw, item, matrix, left):
        pieces = (pair for stretch in subpath for pair in pairwise(stretch)) if stroked else (_points(subpath),)
        yield from filter(_is_thin, map(_box_of, filter(None, pieces)))


def _points(subpath: _Subpath) -> list[_Point]:
    return list(chain.from_iterable(subpath))


def _subpaths(raw: Calls, item: int, matrix: Matrix, left: list[int]) -> Iterator[_Subpath]:
    """The straight stretches of each subpath, as the points that they join: a curve ends one, and begins one with its end."""
    whole = _product(_matrix(raw, item), matrix)
    subpath: _Subpath = [[]]
    count = raw.FPDFPath_CountSegments(item)
    left[0] -= count
    for index in range(count if left[0] > 0 else 0):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, *_POINT_AT)
        x, y = _POINT[:]
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield subpath
            subpath = [[]]
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            subpath.append([])
        subpath[-1].append(point((x, y), whole))
        if raw.FPDFPathSegment_GetClose(segment):
            subpath[-1].append(_points(subpath)[0])
    yield subpath


def _matrix(raw: Calls, item: int) -> Matrix:
    raw.FPDFPageObj_GetMatrix(item, _MATRIX_AT)
    a, b, c, d, e, f = _MATRIX[:]
    return a, b, c, d, e, f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x0, y0 = point((0.0, 0.0), outer)
    xa, ya = point((a, b), outer)
    xc, yc = point((c, d), outer)
    xe, ye = point((e, f), outer)
    return xa - x0, ya - y0, xc - x0, yc - y0, xe, ye


def point(place: _Point, matrix: Matrix) -> _Point:
    """Where a point comes to lie."""
    x, y = place
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box_of(points: Sequence[_Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a moved one."""
    if matrix is IDENTITY:
        return box
    left, bottom, right, top = box
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * bottom + e, a * right + c * top + e
    y0, y1 = b * left + d * bottom + f, b * right + d * top + f
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)
