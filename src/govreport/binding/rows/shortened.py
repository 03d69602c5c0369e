"""Labels of which a printer shows only as much as its columns are wide: 一、本年新收政府…   3.补正后申请内容..."""

from __future__ import annotations

from collections.abc import Iterator

from govreport.binding import scoring
from govreport.binding.labels.alignment import Match
from govreport.binding.stream import Stream
from govreport.binding.vocabulary import TableWords

__all__ = ["shortened"]

_SIGNS = ("…", "...")
_FEWEST = 3
"""Characters of which no two labels of a table are likely to be the first."""


def shortened(words: TableWords, stream: Stream) -> Iterator[Match]:
    """The places of labels that begin as only one label of the table does, and break off with a sign that they do."""
    for index, piece in enumerate(stream.texts):
        if stream.pieces[piece].text.rstrip().endswith(_SIGNS):
            start, end = stream.bounds(stream.starts[index])
            begun = stream.label_at(start)
            if len(begun) >= _FEWEST and (anchor := _anchor(words, begun)) is not None:
                yield Match(anchor, end - len(begun), end, len(begun) + scoring.WHOLE_PIECE)


def _anchor(words: TableWords, begun: str) -> int | None:
    """The row whose label, and no other of the table, begins so."""
    meant = {label for label in words.known if label.startswith(begun)}
    found = [index for index, anchor in enumerate(words.anchors) if not meant.isdisjoint(anchor.variants)]
    return found[0] if len(found) == 1 and meant.issubset(words.anchors[found[0]].variants) else None
