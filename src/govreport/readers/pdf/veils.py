"""Watermarks: pale words that lie over other characters or across the lines of tables, and all that say the same.

What stands in a cell keeps to it. Pale text that does so is a matter of taste and read as any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govreport.readers.pdf.glyphs import Box, Glyph, middle_of, size_of

__all__ = ["veils"]

_OVER = 0.5  # of its size: a character whose middle is nearer than this to that of another lies over it
_FEW = 2  # words that say the same and lie over something; the others may stand where nothing is
_STEP = 16.0  # points; characters are sought by squares of this size
_MOST_LINES = 2_000

_Squares = Mapping[tuple[int, int], Sequence[Glyph]]


def veils(words: Iterable[Sequence[Glyph]], others: Sequence[Glyph], lines: Sequence[Box]) -> set[int]:
    """The indices of the characters of such words; `others` are those that are not pale."""
    alike: dict[str, list[Sequence[Glyph]]] = defaultdict(list)
    for word in words:
        said = "".join(glyph.text for glyph in word).strip()
        if said:
            alike[said].append(word)
    squares = _squares(others) if alike else {}
    down = [box for box in lines if box[3] - box[1] > box[2] - box[0]][:_MOST_LINES]
    over = [said for said, same in alike.items() if _lie_over(same, squares, down)]
    # the edge of the page cuts some in two
    return {g.at for said, same in alike.items() if any(said in whole for whole in over) for word in same for g in word}


def _squares(glyphs: Iterable[Glyph]) -> _Squares:
    squares: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = middle_of(glyph.box)
        squares[int(x // _STEP), int(y // _STEP)].append(glyph)
    return squares


def _lie_over(words: Sequence[Sequence[Glyph]], squares: _Squares, down: Sequence[Box]) -> bool:
    if len(words[0]) == 1:
        return False
    over = sum(any(_covers(glyph, squares) for glyph in word) or _crosses(word, down) for word in words)
    return over >= min(_FEW, len(words))


def _covers(glyph: Glyph, squares: _Squares) -> bool:
    x, y = middle_of(glyph.box)
    reach = _OVER * size_of(glyph)
    near = (other for other in _near(squares, x, y) if not other.text.isspace())
    return any(abs(a - x) < reach and abs(b - y) < reach for a, b in (middle_of(other.box) for other in near))


def _near(squares: _Squares, x: float, y: float) -> Iterator[Glyph]:
    column, row = int(x // _STEP), int(y // _STEP)
    return (g for i in (-1, 0, 1) for j in (-1, 0, 1) for g in squares.get((column + i, row + j), ()))


def _crosses(word: Sequence[Glyph], down: Sequence[Box]) -> bool:
    """Whether a line goes through between its first character and its last."""
    (x0, y0), (x1, y1) = middle_of(word[0].box), middle_of(word[-1].box)
    x0, x1 = min(x0, x1), max(x0, x1)
    return any(x0 < box[0] < x1 and box[1] < (y0 + y1) / 2 < box[3] for box in down)
