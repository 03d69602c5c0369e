"""Numbers broken over two lines of a narrow cell: when the width at which they break proves that each is one number."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Collection, Iterable

from govreport.binding import scoring
from govreport.binding.stream import Slot, Stream
from govreport.values import Kind, is_split

__all__ = ["wrapped"]


def wrapped(stream: Stream) -> frozenset[int]:
    """The pieces, cells of a layout that carries rows, whose parts are one number.

    Every longer number of the table, or of the column, breaks after as many characters, and no number that is longer than that
    stands whole: so wide is the cell. Two numbers in one cell do not keep to a width.
    """
    if all(s.reading is not None or s.kind is not Kind.NUMBER for s in stream.slots):
        return frozenset()
    cells = [s for s in stream.slots if s.kind is Kind.NUMBER and stream.pieces[s.piece].row is not None]
    return _broken(stream, cells) or frozenset().union(*(_broken(stream, column) for column in _columns(stream, cells)))


def _columns(stream: Stream, cells: Iterable[Slot]) -> Iterable[list[Slot]]:
    columns: dict[int | None, list[Slot]] = {}
    for slot in cells:
        columns.setdefault(stream.pieces[slot.piece].column, []).append(slot)
    return columns.values()


def _broken(stream: Stream, cells: list[Slot]) -> frozenset[int]:
    """The pieces among these that break at the one width that all keep to."""
    parts = {s.piece: _parts(stream, s) for s in cells}
    broken = frozenset(piece for piece, found in parts.items() if len(found) > 1)
    widths = {len(part) for piece in broken for part in parts[piece][:-1]}
    longest = max((len(part) for found in parts.values() for part in found), default=0)
    several = any(parts[piece][0].startswith("0") for piece in broken) or longest < scoring.NARROWEST
    several = several or len({parts[piece][-1] for piece in broken}) == 1  # a watermark, perhaps
    several = several or _numbered([parts[piece][0] for piece in sorted(broken)], scoring.LINES_APART)
    several = several or _numbered([parts[piece][-1] for piece in sorted(broken)], 1)  # pages
    several = several or len({"\n" in stream.pieces[piece].text.strip() for piece in broken}) > 1  # one way breaks them all
    full = any(len(parts[piece][-1]) == longest for piece in broken)
    several = several or (full and _rows_joined(stream, parts.keys(), broken))
    return broken if len(broken) >= scoring.PROOFS and widths == {longest} and not several else frozenset()


def _numbered(parts: list[str], apart: int) -> bool:
    """Whether these parts of the numbers rise from one to the next, by no more than that, as the numbers of lines do."""
    numbers = [int(part) for part in parts if part.isdecimal()]
    return len(numbers) == len(parts) and all(a < b <= a + apart for a, b in itertools.pairwise(numbers))


def _rows_joined(stream: Stream, pieces: Collection[int], broken: frozenset[int]) -> bool:
    """Whether numbers of a row or two are in parts, half of them at least, and those of others not: two rows are in one."""
    torn: dict[int | None, list[bool]] = {}
    for piece in pieces:
        torn.setdefault(stream.pieces[piece].row, []).append(piece in broken)
    begun = [row for row in torn.values() if any(row) and len(row) > 1]
    few = 0 < len(begun) <= scoring.FULL_ROWS and any(not any(row) for row in torn.values())
    return few and all(2 * sum(row) >= len(row) for row in begun)


def _parts(stream: Stream, slot: Slot) -> list[str]:
    text = unicodedata.normalize("NFKC", stream.pieces[slot.piece].text).strip()
    return text.split() if is_split(text) else [text]
