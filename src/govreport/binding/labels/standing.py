"""Where the header of a table that was matched stands: in the order of the form, over its values, and over no others."""

from __future__ import annotations

import collections
from collections.abc import Collection, Iterable, Sequence

from govreport.binding.labels.headers import Labels, is_disordered, made_of_labels
from govreport.forms import Column
from govreport.pieces import Pieces

__all__ = ["has_words_beside", "is_reordered"]


def is_reordered(texts: Iterable[str], rows: Iterable[int | None], columns: Sequence[Column], labels: Labels) -> bool:
    """Whether the header, row by row where the layout has rows, stands in another order than the form's."""
    said = collections.defaultdict[int, str](str)
    for row, text in zip(rows, texts, strict=False):
        if row is not None:
            said[row] += text
    return is_disordered(tuple(said.values()), columns, labels)


def has_words_beside(texts: Sequence[str], pieces: Pieces, first: int, known: Collection[str]) -> bool:
    """Whether the header of a grid has words that are no label of the table right of the first value: a column of their own."""
    words = (at for at, row in enumerate(pieces.rows[:first]) if row is not None)
    others = [at for at in words if not made_of_labels(known, texts[at])]
    return any((pieces[at].column or 0) > (pieces[first].column or 0) for at in others)
