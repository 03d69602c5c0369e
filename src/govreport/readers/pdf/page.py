"""One PDF page as pdfium hands it over: characters with their places, and the straight lines that are drawn.

Coordinates are points, counted from the top left corner of the page as it is read, whatever its rotation.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from govreport.readers.pages.page import Page, Ruling
from govreport.readers.pages.words import Char, Chars, Word, words_of
from govreport.readers.pdf.askew import Askew
from govreport.readers.pdf.calls import address, calls
from govreport.readers.pdf.drawing import Drawing, Matrix, drawing_of, moved
from govreport.readers.pdf.glyphs import Box, Glyph, Glyphs, glyphs_of, is_hidden, lies_in, size_of
from govreport.readers.pdf.layers import drawn_once, is_drawn_twice, seen
from govreport.readers.pdf.sight import Sight
from govreport.source import Limits

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["read_page"]

_NUMBER = frozenset("0123456789.,-+ ")
_APART = 0.75  # times the size of a character: those of one word are nearer, those of two rows are not
_TURNED = 0.1  # of a quarter turn: what is turned further is a watermark
_ASKED = 32  # characters of a page
_DOT, _STROKE = 3.0, 12.0  # points: a line of such a length may be part of a character that is drawn


def read_page(page: pypdfium2.PdfPage, number: int, limits: Limits, *, layered: bool = False) -> Page:
    """Read a pypdfium2 page; one with layers is looked at for characters that are in those switched off."""
    raw, bounds, text_page = calls(), page.get_bbox(), page.get_textpage()
    text = address(text_page.raw)
    try:
        drawn = glyphs_of(raw, text, limits)
        inside = drawn if drawn.lie_in(bounds) else _only_inside(drawn, bounds)
        askew = Askew.of(raw, text, inside)
        drawing = drawing_of(raw, address(page.raw), askew.back)
        sight = Sight(raw, page, text, drawing, layered)
        some_hide = any(is_hidden(raw, text, index) for index in inside.some(_ASKED))
        if drawn is inside and askew.upright and not (drawn.turns or some_hide or sight.doubts(drawn) or is_drawn_twice(drawn)):
            return _page(number, bounds, drawing, _Shown(tuple(_columns(drawn, bounds).words())))
        glyphs = inside.all()
        if some_hide:
            glyphs = seen(glyphs, [is_hidden(raw, text, glyph.at) for glyph in glyphs])
        glyphs = askew.of_page(drawn_once(glyphs))
        straight = askew.straightened(glyphs)
        unseen, veils = sight.unseen(glyphs, straight)
    finally:
        text_page.close()
    cut = [] if drawn is inside else askew.straightened([g for g in drawn.all() if not lies_in(g.box, bounds)])
    return _page(number, bounds, drawing, _shown([g for g in straight if g.at not in veils], cut, unseen, bounds))


def _only_inside(glyphs: Glyphs, page: Box) -> Glyphs:
    """Those that are on the page: what was cut away around it is still in the file."""
    places = [place for place, glyph in enumerate(glyphs.all()) if lies_in(glyph.box, page)]
    return glyphs if len(places) == len(glyphs.texts) else glyphs.only(places)


class _Shown(NamedTuple):
    """The words of a page as they are read, characters cut away, unseen or turned, and the quarter turns of the page."""

    words: tuple[Word, ...]
    cut: tuple[Char, ...] = ()
    unseen: tuple[Char, ...] = ()
    turned: tuple[tuple[Char, ...], ...] = ()
    turn: int = 0


def _columns(glyphs: Glyphs, page: Box) -> Chars:
    """Upright characters in reading space; `_upright` says the same of others."""
    left, _, _, top = page
    starts, ends = list(map(min, glyphs.lefts, glyphs.xs)), glyphs.rights
    if left:
        starts, ends = [x - left for x in starts], [x - left for x in ends]
    levels, tops, bottoms = ([top - y for y in column] for column in (glyphs.ys, glyphs.tops, glyphs.bottoms))
    return Chars(glyphs.texts, starts, ends, levels, tops, bottoms)


def _shown(glyphs: list[Glyph], cut: list[Glyph], unseen: AbstractSet[int], bounds: Box) -> _Shown:
    seen = [glyph for glyph in glyphs if glyph.at not in unseen]
    turn = _dominant_turn(seen)
    standing, turned = _standing(seen, turn)
    matrix = _upright(turn, bounds)
    return _Shown(
        words_of(_chars(standing, matrix)),
        tuple(_chars(cut, matrix)),
        tuple(_chars((glyph for glyph in glyphs if glyph.at in unseen), matrix)),
        tuple(tuple(_chars(run, matrix)) for run in turned),
        turn,
    )


def _page(number: int, bounds: Box, drawing: Drawing, shown: _Shown) -> Page:
    matrix = _upright(shown.turn, bounds)
    left, bottom, right, top = bounds
    width, height = (right - left, top - bottom) if shown.turn % 2 == 0 else (top - bottom, right - left)
    boxes = [moved(box, matrix) for box in drawing.lines]
    across, down = _rulings(boxes)
    ink = [moved(box, matrix) for box in drawing.ink]
    ink += [box for box in boxes if _DOT < max(box[2] - box[0], box[3] - box[1]) <= _STROKE]
    return Page(
        number, width, height, shown.words, tuple(across), tuple(down), shown.cut, shown.unseen, shown.turned, tuple(ink)
    )


def _rulings(boxes: Iterable[Box]) -> tuple[list[Ruling], list[Ruling]]:
    """The lines across, and those down."""
    across, down = list[Ruling](), list[Ruling]()
    for left, top, right, bottom in boxes:
        if bottom - top <= right - left:
            across.append(Ruling((top + bottom) / 2, left, right))
        else:
            down.append(Ruling((left + right) / 2, top, bottom))
    return across, down


def _standing(glyphs: list[Glyph], turn: int) -> tuple[list[Glyph], list[list[Glyph]]]:
    """The characters that stand as their page does, and the runs of others: watermarks, stamps, numbers upside down.

    Labels turned by a quarter are read all the same.
    """
    if len({g.turn for g in glyphs}) <= 1:
        return glyphs, []
    standing, turned = list[Glyph](), list[list[Glyph]]()
    for angle, found in groupby(glyphs, key=lambda g: g.turn):
        upright = abs(angle - round(angle)) < _TURNED
        for run in [list(found)] if upright and round(angle) % 4 == turn else _runs(found):
            if upright and not all(g.text in _NUMBER and round(angle) % 4 != turn for g in run):
                standing += run
            else:
                turned.append(run)
    return standing, turned


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow each other closely."""
    run = list[Glyph]()
    for glyph in glyphs:
        if run and math.dist((run[-1].x, run[-1].y), (glyph.x, glyph.y)) > _APART * size_of(glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


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
    """How the characters stand; where they differ, how the most kinds of them do: a watermark repeats a few."""
    turns = {g.turn for g in glyphs}
    if len(turns) <= 1:
        return round(next(iter(turns), 0.0)) % 4
    return Counter(turn for _, turn in {(g.text, round(g.turn) % 4) for g in glyphs}).most_common(1)[0][0]


def _chars(glyphs: Iterable[Glyph], matrix: Matrix) -> Iterator[Char]:
    a, b, c, d, e, f = matrix
    for text, (left, bottom, right, top), x, y, _, _ in glyphs:
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        begun = a * x + c * y + e
        yield Char(text, min(x0, begun), x1, b * x + d * y + f, y0, y1)
