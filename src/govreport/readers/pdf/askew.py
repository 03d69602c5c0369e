"""Pages that lie askew, as a scanner takes them in: turned back by the angle of their baselines, characters and lines alike.

A line of text that rises by half a degree is, at its end, as high as the row above. A watermark is turned much further.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from statistics import median
from typing import Self

from attrs import frozen

from govreport.readers.pdf.calls import Calls
from govreport.readers.pdf.drawing import IDENTITY, Matrix, point
from govreport.readers.pdf.glyphs import QUARTER, Glyph, Glyphs, middle_of, turn_of

__all__ = ["Askew"]

_ASKED = 40  # characters of a page, of which half tell how it lies
_LEAST = 0.0003  # of a quarter turn: over the width of a page this is a quarter of a point
_MOST = 0.2  # what is turned further is no page that was put down carelessly
_OTHERWISE = 0.005  # what is turned otherwise by more than this does not lie on this page
_SOME = 0.05  # the share of characters that shows that some do


@frozen
class Askew:
    """How a page lies: what turns it back, by how much, and which characters lie on it at another angle."""

    back: Matrix
    tilt: float
    others: AbstractSet[int]

    @classmethod
    def of(cls, raw: Calls, text: int, glyphs: Glyphs) -> Self:
        """The angle that most of its characters have."""
        asked = [rest for at in glyphs.some(_ASKED) if abs(rest := _rest(turn_of(raw, text, at))) <= _MOST]
        tilt = median(asked) if asked else 0.0
        if abs(tilt) <= _LEAST:
            tilt = 0.0
        if sum(_differs(rest, tilt) for rest in asked) <= _SOME * len(asked):
            return cls(_turned(tilt), tilt, frozenset())
        return cls(_turned(tilt), tilt, {at for at in glyphs.at if _differs(_rest(turn_of(raw, text, at)), tilt)})

    @property
    def upright(self) -> bool:
        """Whether all of them stand as they should."""
        return not self.tilt and not self.others

    def of_page(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Characters without those that lie on the page at another angle."""
        return [glyph for glyph in glyphs if glyph.at not in self.others] if self.others else glyphs

    def straightened(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Characters where they stand once the page is turned back."""
        return list(_all_turned(glyphs, self.back, self.tilt)) if self.tilt else glyphs


def _rest(turn: float) -> float:
    return turn - round(turn)


def _differs(rest: float, tilt: float) -> bool:
    return abs(rest - tilt) > _OTHERWISE


def _turned(tilt: float) -> Matrix:
    if not tilt:
        return IDENTITY
    cos, sin = math.cos(tilt * QUARTER), math.sin(tilt * QUARTER)
    return cos, -sin, sin, cos, 0.0, 0.0


def _all_turned(glyphs: Iterable[Glyph], matrix: Matrix, tilt: float) -> Iterator[Glyph]:
    """The box around a character that stands askew has its middle where that of the character is, and is larger."""
    cos, sin = matrix[0], abs(matrix[1])
    for glyph in glyphs:
        left, bottom, right, top = glyph.box
        width, height = right - left, top - bottom
        across, up = ((width * cos - height * sin) / 2, (height * cos - width * sin) / 2)
        x, y = point(middle_of(glyph.box), matrix)
        origin = point((glyph.x, glyph.y), matrix)
        yield glyph._replace(box=(x - across, y - up, x + across, y + up), x=origin[0], y=origin[1], turn=glyph.turn - tilt)
