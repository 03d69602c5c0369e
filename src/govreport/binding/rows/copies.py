"""Tables that stand in a text more than once: a draft and its copy, another year's report, a page that was pasted twice."""

from __future__ import annotations

import itertools

from govreport.binding import scoring
from govreport.binding.stream import Stream
from govreport.binding.vocabulary import TableWords

__all__ = ["copies"]

_TELLING = 4
"""Labels of fewer characters stand in other labels and in prose."""
_MOST_COPIES = 8


def copies(words: TableWords, stream: Stream) -> list[tuple[int, int]]:
    """The stretches of the run that each hold the whole table, in order; the whole run if the table stands there once."""
    stop, found = len(stream.text), list[tuple[int, int]]()
    while (again := _again(words, stream, stop)) is not None and len(found) < _MOST_COPIES:
        found.append((again, stop))
        stop = again
    return [(0, stop), *reversed(found)]


def _again(words: TableWords, stream: Stream, stop: int) -> int | None:
    """Where in the run the table begins once more, header and all: after the last value before a label comes again."""
    text = stream.text
    probes = [v for a in words.anchors if (v := next((v for v in a.variants if len(v) >= _TELLING and v in text), None))]
    places = [(at, last, len(v)) for v in probes if (at := text.find(v, 0, stop)) < (last := text.rfind(v, 0, stop))]
    begun = sum(1 for _ in itertools.takewhile(lambda v: text.find(v, 0, stop) < text.rfind(v, 0, stop), probes))
    least = scoring.BEGUN if begun >= scoring.BEGUN else max(scoring.FULL_ROWS, scoring.COPIED_SHARE * len(probes))
    if len(places) < least:
        return None
    apart = [(first, last) for first, last, size in places if stream.between(first + size - 1, last)]
    start = min((last for _, last in apart), default=0)
    if len(apart) < least or not (values := stream.between(0, start - 1)):
        return None
    return values[-1].position if values[-1].position > min(first for first, _ in apart) else None
