"""Damage to numbers: separators, padding, units, signs, blanks of every kind, numbers torn apart or run together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import pairwise

from govreport.testing.damage.operator import named
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS"]

_COUNTERS = ("件", "项", "件")
_INCREASES, _DECREASES = ("+{}", "增{}", "增加{}"), ("-{}", "减{}", "减少{}", "－{}", "−{}")
_TINY = 2
"""A number of this many digits can be torn apart and still look like two."""


def _spread(document: Document, rng: random.Random, share: float, change: Callable[[str, str], str]) -> Document:
    """Print a share of the numbers in another way: the same numbers, other texts."""
    spots = _some(rng, document.positions(), share)
    shown = {key: change(key, document.shown[key]) for key in spots}
    return document.edited((Edit(span, shown[key]) for key, span in spots.items()), shown)


def _some(rng: random.Random, spots: dict[str, Span], share: float, least: int = 1) -> dict[str, Span]:
    chosen = rng.sample(sorted(spots), min(len(spots), max(least, round(share * len(spots)))))
    return {key: spots[key] for key in chosen}


def thousands(_: random.Random, document: Document) -> Document:
    """A comma between thousands."""
    spots = document.positions()
    shown = {key: _grouped(document.shown[key]) for key in spots}
    return document.edited((Edit(span, shown[key]) for key, span in spots.items()), shown)


def _grouped(text: str) -> str:
    whole, dot, fraction = text.partition(".")
    sign, digits = (whole[:1], whole[1:]) if whole[:1] in ("-", "+") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{fraction}" if digits.isascii() and digits.isdigit() else text


def nbsp_padding(_: random.Random, document: Document) -> Document:
    """A non-breaking space on both sides of every number."""
    return _padded(document, "\xa0")


def wide_space_padding(_: random.Random, document: Document) -> Document:
    """An ideographic space on both sides of every number."""
    return _padded(document, "\u3000")


def _padded(document: Document, space: str) -> Document:
    edits = []
    for span in document.positions().values():
        edits += [Edit(Span(span.part, at, at), space) for at in (span.start, span.end)]
    return document.edited(edits)


def with_units(rng: random.Random, document: Document) -> Document:
    """The unit after some of the numbers."""
    cells = document.form.cells
    return _spread(document, rng, 0.15, lambda key, text: text + (cells[key].unit or rng.choice(_COUNTERS)))


def signs(rng: random.Random, document: Document) -> Document:
    """Signed changes as people write them: +3, 增98, 减少5."""
    changes = {key: span for key, span in document.positions().items() if document.form.cells[key].kind == "change"}
    shown = {key: _signed(rng, document.shown[key]) for key in changes}
    return document.edited((Edit(span, shown[key]) for key, span in changes.items()), shown)


def _signed(rng: random.Random, text: str) -> str:
    if not text.lstrip("-").isdigit() or text == "0":
        return text
    return rng.choice(_DECREASES).format(text[1:]) if text.startswith("-") else rng.choice(_INCREASES).format(text)


def _emptied(document: Document, spots: dict[str, Span], marks: Callable[[], str]) -> Document:
    shown = {key: marks() for key in spots}
    damaged = document.edited((Edit(span, shown[key]) for key, span in spots.items()), shown)
    return damaged.without(spots, truth=True).edited((), shown)


def blank_few(rng: random.Random, document: Document) -> Document:
    """A few numbers gone, their cells left empty."""
    return _emptied(document, _some(rng, document.positions(), 0.04), lambda: "")


def nbsp_few(rng: random.Random, document: Document) -> Document:
    """A few numbers gone, a non-breaking space in their place."""
    return _emptied(document, _some(rng, document.positions(), 0.04), lambda: "\xa0")


def slash_many(rng: random.Random, document: Document) -> Document:
    """A slash instead of half of the numbers."""
    return _emptied(document, _some(rng, document.positions(), 0.5), lambda: "/")


def dash_many(rng: random.Random, document: Document) -> Document:
    """A dash of one kind instead of half of the numbers."""
    mark = rng.choice(("-", "－", "—", "——"))
    return _emptied(document, _some(rng, document.positions(), 0.5), lambda: mark)


def split_number(rng: random.Random, document: Document) -> Document:
    """A space inside one number."""
    return _torn(rng, document, " ")


def wrapped_number(rng: random.Random, document: Document) -> Document:
    """A number broken over two lines, as narrow columns do."""
    return _torn(rng, document, "\n")


def _torn(rng: random.Random, document: Document, gap: str) -> Document:
    long = {key: span for key, span in document.positions().items() if _whole(document.shown[key])}
    if not long:
        return document
    ((key, span),) = _some(rng, long, 0).items()
    text = document.shown[key]
    at = rng.randint(1, len(text) - 1)
    return document.edited([Edit(span, text[:at] + gap + text[at:])], {key: text[:at] + gap + text[at:]})


def _whole(text: str) -> bool:
    return len(text) >= _TINY and text.isdigit()


def glued_numbers(rng: random.Random, document: Document) -> Document:
    """Two neighbours in a row with nothing between them."""
    pairs = list(_neighbours(document))
    return _glue(document, [rng.choice(pairs)]) if pairs else document


def glued_row(rng: random.Random, document: Document) -> Document:
    """All values of one row run together."""
    spots = document.positions()
    rows = [keys for row in document.rows if len(keys := [c.key for c in row if c.key in spots]) > 1]
    return _glue(document, list(pairwise(rng.choice(rows)))) if rows else document


def _neighbours(document: Document) -> Iterable[tuple[str, str]]:
    spots = document.positions()
    for row in document.rows:
        yield from ((a.key, b.key) for a, b in pairwise(row) if a.key in spots and b.key in spots)


def _glue(document: Document, pairs: list[tuple[str, str]]) -> Document:
    spots = document.positions()
    edits = [Edit(Span(spots[a].part, spots[a].end, spots[b].start), "") for a, b in pairs if spots[a].end <= spots[b].start]
    return document.edited(edits).without({key for pair in pairs for key in pair}, truth=False)


OPERATORS = named(
    thousands,
    nbsp_padding,
    wide_space_padding,
    with_units,
    signs,
    blank_few,
    nbsp_few,
    slash_many,
    dash_many,
    split_number,
    wrapped_number,
    glued_numbers,
    glued_row,
)
