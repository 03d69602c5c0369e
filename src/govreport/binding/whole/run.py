"""The pieces of a section as one run of characters: a label its skeleton, a value one mark, an empty cell another."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Final, NamedTuple

from govreport.binding.stream import continues_number, ends_in_number, is_garbled, is_numbering, label_text, numbers_a_label
from govreport.values import Kind, classify, read_value

__all__ = ["CONTINUES", "EMPTY", "MARKS", "NUMBERED", "ODD", "ROW_END", "VALUE", "Run", "ended", "run_of"]

VALUE: Final = "\0"
EMPTY: Final = "\1"
ODD: Final = "\2"
"""A number that is not sure, or cannot be read: no table that holds one is read here."""
CONTINUES: Final = "\3"
"""Before a text that begins like the rest of a numbering: the number before it, if it is one, is the label's."""
NUMBERED: Final = "\4"
"""Behind a text that ends in a number, which may be a value: among the rows there is none."""
_NUMBERING: Final = "\6"
"""A number and its mark alone, `7.`: before a value it is what stands before a point, elsewhere it numbers a label."""
ROW_END: Final = "\5"
"""Behind the last cell of a row, where empty cells count."""
MARKS: Final = VALUE + EMPTY + ODD + CONTINUES + NUMBERED + ROW_END


class Run(NamedTuple):
    """What each piece adds to the run, and the run."""

    tokens: list[str]
    text: str


def run_of(texts: Sequence[str]) -> Run:
    """What these pieces are as a run."""
    tokens = list(map(_token, texts))
    run = "".join(tokens)
    if VALUE + CONTINUES not in run and _NUMBERING not in run:
        return Run(tokens, run)
    for index, (token, following) in enumerate(itertools.pairwise([*tokens, ""])):
        if token == VALUE and following[:1] == CONTINUES and numbers_a_label(texts[index]):
            tokens[index] = ""
        elif token == _NUMBERING:
            tokens[index] = ODD if following[:1] in (VALUE, EMPTY) else ""
    return Run(tokens, "".join(tokens))


@functools.lru_cache(maxsize=1 << 13)
def _token(text: str) -> str:
    """What a piece adds to the run (labels and small numbers come again in every document: cached)."""
    kind = classify(text)
    if kind is Kind.EMPTY:
        return EMPTY
    if kind is Kind.TEXT:
        if is_garbled(text):
            return ODD
        if is_numbering(text):
            return _NUMBERING
        before = CONTINUES if continues_number(text) else ""
        return before + label_text(text) + (NUMBERED if ends_in_number(text) else "")
    reading = read_value(text)
    return VALUE if kind is Kind.MARK or (reading is not None and reading.sure) else ODD


def ended(run: Run, rows: Sequence[int | None]) -> Run:
    """The run with a mark behind each token that ends a row."""
    ends = (row is not None and row != following for row, following in zip(rows, [*rows[1:], None], strict=True))
    tokens = [token + ROW_END if end else token for token, end in zip(run.tokens, ends, strict=True)]
    return Run(tokens, "".join(tokens))
