"""What the header of a table that was matched says: which form it is of, and whether its columns stand as in the form."""

from __future__ import annotations

import functools
from typing import NamedTuple, TypeAlias

from govreport.binding.labels.headers import choose, column_order, header_score, is_disordered, is_one_row_disordered
from govreport.binding.labels.leading import leading_order, parted_order, stands_first
from govreport.binding.labels.standing import foreign, lines_of
from govreport.binding.vocabulary import TableWords
from govreport.binding.whole.expected import ExpectedBlock
from govreport.binding.whole.run import MARKS

__all__ = ["Header", "decides", "header_of"]

_Lines: TypeAlias = tuple[int | None, ...]


class Header(NamedTuple):
    """What the header of a table that was matched says, and how."""

    reordered: bool
    """Whether its columns stand otherwise than in the form: see `is_disordered`, `parted_order` and `stands_first`."""
    foreign: list[int]
    """Those of its texts in rows of the layout that are no label of the table."""
    leading: tuple[int, ...] | None
    """See `leading_order`."""


@functools.lru_cache(maxsize=256)
def header_of(
    words: TableWords, block: ExpectedBlock, tokens: tuple[str, ...], rows: _Lines, lines: _Lines, *, grid: bool
) -> Header:
    """What the pieces of a header say, given their rows of the layout and their lines; it comes again in many: cached."""
    texts, columns, labels = [token.strip(MARKS) for token in tokens], block.spec.columns, block.labels
    own, text = tuple(lines_of(texts, rows)), "".join(texts)
    reordered = is_disordered(own, columns, labels) or (grid and is_one_row_disordered(own, columns, labels))
    parted = parted_order(text, columns, labels, range(len(labels))) is not None
    leading = leading_order(text, columns, labels, block.captions)
    first = leading is not None and stands_first(zip(texts, rows, lines, strict=False), labels)
    return Header(reordered or parted or first, list(foreign(words.known, texts, rows)), leading)


@functools.lru_cache(maxsize=256)
def decides(block: ExpectedBlock, header: str, default: str | None) -> bool:
    """Whether the header prints every column of this form, in the form's order, and no other form's as well.

    A header is statutory text and comes again in many documents: cached.
    """
    for item in block.items:
        header = header.rpartition(item)[2]
    twins = {labels: block.labels.count(labels) for labels in block.labels}
    if any(n > 1 and not any(header.count(v) == n for v in labels) for labels, n in twins.items()):
        return False
    if header_score(header, block.labels) < len(block.labels):
        return False
    order = column_order(header, block.spec.columns, block.labels, block.captions)
    if order is None or [*order] != [*range(len(block.labels))]:
        return False
    return choose(block.words, dict.fromkeys((row.key for row in block.spec.rows), True), header, default) == block.form
