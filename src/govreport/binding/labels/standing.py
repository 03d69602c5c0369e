"""How the header of a table that was matched stands: line by line, over its values, and over no others."""

from __future__ import annotations

import collections
from collections.abc import Collection, Iterable, Iterator, Sequence

from govreport.binding.labels.headers import made_of_labels

__all__ = ["foreign", "lines_of"]


def lines_of(texts: Iterable[str], rows: Iterable[int | None]) -> Iterable[str]:
    """What each line of a header says, where the layout has rows."""
    said = collections.defaultdict[int, str](str)
    for row, text in zip(rows, texts, strict=False):
        if row is not None:
            said[row] += text
    return said.values()


def foreign(known: Collection[str], texts: Sequence[str], rows: Sequence[int | None]) -> Iterator[int]:
    """The texts in rows of the layout that are no label of the table: those of a column of their own, perhaps."""
    return (at for at, text in enumerate(texts) if rows[at] is not None and not made_of_labels(known, text))
