"""Text that a page holds twice: drawn again to look bold, or hidden behind what is seen to make it searchable.

A Chinese character stands nowhere half over another one of its kind, save where it is drawn twice. Digits may: `11` is two of
them, close together. So the Chinese characters of a page tell whether and how far off it is drawn again, and by that measure
every character loses its double.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from govreport.readers.pdf.glyphs import Glyph, Glyphs

__all__ = ["drawn_once", "is_drawn_twice", "seen"]

_WIDE = "\u2e80"
_OVERLAP = 0.6  # of the width of a character: no two of one kind are nearer
_KINDS, _PLACES = 60, 40  # of a page: how many are looked at to see whether it is drawn twice
_DOUBLES = 0.2  # the share of these that have a double; in running text none has
_SAME = 0.06  # of the width: how exactly doubles keep their distance
_NEAR = 1.5  # times the height: hidden text lies no further from what it repeats
_REPEATED = 0.5  # the share of hidden text that has to repeat what is seen, to be no text of its own

_Offset = tuple[float, float]
_Places = Mapping[str, Sequence[tuple[float, float, float]]]
"""Of each character: where it stands, and how wide it is."""


def drawn_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters without their doubles."""
    found = list(glyphs)
    while (offset := _offset(found)) is not None:
        left = _without(found, *offset)
        if len(left) == len(found):
            break
        found = left
    return found


def is_drawn_twice(glyphs: Glyphs) -> bool:
    """Whether characters have doubles, which `drawn_once` takes away."""
    kinds = {text for text in glyphs.texts[:: len(glyphs.texts) // _KINDS + 1] if text >= _WIDE}
    places: dict[str, list[tuple[float, float, float]]] = {text: [] for text in kinds}
    for at, text in enumerate(glyphs.texts):
        if text in kinds:
            places[text].append((glyphs.xs[at], glyphs.ys[at], glyphs.rights[at] - glyphs.lefts[at]))
    return _offset_of(places) is not None


def _offset(glyphs: Sequence[Glyph]) -> tuple[_Offset, float] | None:
    kinds = {glyph.text for glyph in glyphs[:: len(glyphs) // _KINDS + 1]}
    return _offset_of(_wide_places(glyph for glyph in glyphs if glyph.text in kinds))


def _offset_of(places: _Places) -> tuple[_Offset, float] | None:
    """How far off the doubles stand, and the width of a character; None where there are none."""
    looked = [found for found in places.values() if 1 < len(found) <= _PLACES]
    offsets = [offset for found in looked for offset in _doubles(found)]
    if len(offsets) < max(2, _DOUBLES * sum(map(len, looked))):
        return None
    width = max(found[0][2] for found in looked)
    step = _SAME * width
    counted = Counter((round(x / step), round(y / step)) for x, y in offsets)
    (x, y), _ = counted.most_common(1)[0]
    return (x * step, y * step), width


def _wide_places(glyphs: Iterable[Glyph]) -> _Places:
    places: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for text, box, x, y, _, _ in glyphs:
        if text >= _WIDE:
            places[text].append((x, y, box[2] - box[0]))
    return places


def _doubles(places: Sequence[tuple[float, float, float]]) -> list[_Offset]:
    """From each character to one of its kind that lies half over it, drawn later."""
    return [
        (x1 - x0, y1 - y0)
        for at, (x0, y0, width) in enumerate(places)
        for x1, y1, _ in places[at + 1 :]
        if abs(x1 - x0) < _OVERLAP * width and abs(y1 - y0) < _OVERLAP * width
    ]


def _without(glyphs: Sequence[Glyph], offset: _Offset, width: float) -> list[Glyph]:
    """What is left when every character, from the first to the last, has taken away its double."""
    step = 2 * _SAME * width
    waiting: dict[str, list[tuple[float, float]]] = defaultdict(list)
    left = []
    for glyph in glyphs:
        text, _, x, y, _, _ = glyph
        places = waiting[text]
        double = next((at for at, p in enumerate(places) if abs(p[0] - x) <= step and abs(p[1] - y) <= step), None)
        if double is None:
            places.append((x + offset[0], y + offset[1]))
            left.append(glyph)
        else:
            del places[double]
    return left


def seen(glyphs: Sequence[Glyph], hidden: Sequence[bool]) -> list[Glyph]:
    """The characters without hidden ones that repeat what is seen; a page of which all is hidden is a scan that was read."""
    shown = _wide_places([glyph for glyph, is_hidden in zip(glyphs, hidden, strict=True) if not is_hidden])
    behind = [glyph for glyph, is_hidden in zip(glyphs, hidden, strict=True) if is_hidden and glyph[0] >= _WIDE]
    repeats = sum(1 for text, box, x, y, _, _ in behind if _is_near(x, y, _NEAR * (box[2] - box[0]), shown.get(text, ())))
    if repeats <= _REPEATED * len(behind):
        return list(glyphs)
    return [glyph for glyph, is_hidden in zip(glyphs, hidden, strict=True) if not is_hidden]


def _is_near(x: float, y: float, reach: float, places: Sequence[tuple[float, float, float]]) -> bool:
    return any(abs(x - x1) <= reach and abs(y - y1) <= reach for x1, y1, _ in places)
