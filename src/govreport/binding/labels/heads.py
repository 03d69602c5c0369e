"""Where the header of a block stands in the text of its table, and what it says there."""

from __future__ import annotations

from govreport.binding.labels.alignment import Match
from govreport.binding.labels.headers import header_score
from govreport.binding.rows.found import Found
from govreport.binding.stream import Stream
from govreport.binding.vocabulary import BlockWords, TableWords

__all__ = ["headed_range", "header_range", "header_text"]


def header_range(words: TableWords, matches: dict[int, Match], number: int, stream: Stream) -> tuple[int, int]:
    """From the end of the row before the block to its first row: where its header stands."""
    mine = [matches[i] for i, (b, _) in words.rows.items() if b == number and i in matches]
    items = [matches[i] for i, b in words.items.items() if b == number and i in matches]
    stop = min((m.start for m in mine), default=len(stream.text))
    earlier = [m.end for i, m in matches.items() if i in words.rows and words.rows[i][0] != number and m.end <= stop]
    start = max([*(m.end for m in items if m.end <= stop), *earlier], default=0)
    return start, stop


def header_text(words: TableWords, block: BlockWords, text: str, start: int, stop: int) -> str:
    """The block's header; where it says nothing, all of the table's text: by columns, headers stand after the row labels."""
    header = text[start:stop]
    if not words.rows or any(header_score(header, labels) > 0 for labels in block.headers.values()):
        return header
    return text


def headed_range(stream: Stream, rows: dict[tuple[int, str], Found]) -> tuple[int, int]:
    """The header of a table whose one row has no label: what was found in its stead, and all since the value before its own."""
    row = next(iter(rows.values()), None)
    if row is None:
        return 0, 0
    first = row.slots[0].piece if row.slots else 0
    start = max((slot.position for slot in stream.slots if slot.solid and slot.piece < first), default=0)
    return min(start, row.match.start), max(row.match.end, row.slots[0].position if row.slots else 0)
