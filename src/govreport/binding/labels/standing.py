"""How the header of a table that was matched stands: line by line, over its values, and over no others."""

from __future__ import annotations

import collections
from collections.abc import Collection, Iterable, Sequence

from govreport.binding.labels.headers import made_of_labels
from govreport.pieces import Pieces

__all__ = ["has_words_beside", "lines_of"]


def lines_of(texts: Iterable[str], rows: Iterable[int | None]) -> Iterable[str]:
    """What each line of a header says, where the layout has rows."""
    said = collections.defaultdict[int, str](str)
    for row, text in zip(rows, texts, strict=False):
        if row is not None:
            said[row] += text
    return said.values()


def has_words_beside(texts: Sequence[str], pieces: Pieces, first: int, known: Collection[str]) -> bool:
    """Whether the header of a grid has words that are no label of the table right of the first value: a column of their own."""
    words = (at for at, row in enumerate(pieces.rows[:first]) if row is not None)
    others = [at for at in words if not made_of_labels(known, texts[at])]
    return any((pieces[at].column or 0) > (pieces[first].column or 0) for at in others)
