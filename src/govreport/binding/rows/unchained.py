"""Rows and items that stand in another place than the form has them: swapped, moved up, put in last.

The chain of labels leaves them out. A cell that is such a label and nothing else is one nevertheless, if no other is like it;
a row needs its values on its own line, too.
"""

from __future__ import annotations

from collections import Counter

from govreport.binding.labels.alignment import Match
from govreport.binding.stream import Stream
from govreport.binding.vocabulary import TableWords

__all__ = ["unchained"]


def unchained(words: TableWords, stream: Stream, matches: dict[int, Match], span: tuple[int, int]) -> dict[int, Match]:
    """The matches with those of labels that stand elsewhere in this stretch of the run; none is taken from another label."""
    lost = [index for index in range(len(words.anchors)) if index not in matches]
    if not lost:
        return matches
    owners = Counter(v for anchor in words.anchors for v in anchor.variants)
    taken = {at for m in matches.values() for at in range(stream.index_at(m.start), stream.index_at(m.end - 1) + 1)}
    cells: dict[str, list[int]] = {}
    for number, start in enumerate(stream.starts):
        if span[0] <= start < span[1] and number not in taken:
            cells.setdefault(stream.label_at(start), []).append(number)
    found = dict(matches)
    for index in lost:
        alike = [n for v in words.anchors[index].variants if owners[v] == 1 for n in cells.get(v, ())]
        at = [n for n in alike if index in words.items or _is_row(words, stream, index, n)]
        if len(at) == 1:
            last = stream.bounds(stream.starts[at[0]])[1]
            plain = len(stream.label_at(stream.starts[at[0]]))
            found[index] = Match(index, last - plain, last, float(plain))
    return found


def _is_row(words: TableWords, stream: Stream, index: int, number: int) -> bool:
    """Whether a value for each column stands behind the label on its line, and no other words do."""
    start, stop = stream.bounds(stream.starts[number])
    row = stream.pieces[stream.texts[number]].row
    widths = {len(form.columns) for form in words.blocks[words.rows[index][0]].forms.values()}
    own = [slot for slot in stream.between(start, stop) if slot.solid and slot.position == stop]
    return row is not None and len(own) in widths and {stream.pieces[slot.piece].row for slot in own} == {row}
