"""Texts that come again and again among the cells of a table and are no labels: stamped over pages, or printed on each."""

from __future__ import annotations

import functools
from collections import Counter

from govreport.binding.stream import Stream, only_numerals
from govreport.binding.vocabulary import TableWords

__all__ = ["runs_through"]

_OFTEN = 5
"""Times that such a text comes; words beside the form's, as those of a note, come once."""
_FEWEST = 4
"""Characters of the shortest."""


def runs_through(text: str, words: TableWords, stream: Stream) -> bool:
    """Whether a stretch of the run is nothing but such texts."""
    running = _running(stream.text, tuple(map(stream.label_at, stream.starts)), words)
    for each in running if any(each in text for each in running) else ():
        text = text.replace(each, "")
    return bool(running) and only_numerals(text)


@functools.lru_cache(maxsize=4)
def _running(_: str, texts: tuple[str, ...], words: TableWords) -> tuple[str, ...]:
    often = (text for text, times in Counter(texts).items() if times >= _OFTEN and len(text) >= _FEWEST)
    return tuple(text for text in often if not any(label in text or text in label for label in words.known if len(label) > 1))
