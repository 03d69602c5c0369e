"""Empty cells of a table that keeps its cells apart: when the sums of the form, or the rows beside, show that they are blanks.

A cell that was lost on the way moves what stands behind it into the wrong columns, and no row is longer or shorter for it if an
empty one was added at its end. What adds up with its blanks counted as 0 has lost none. Where nothing adds up, a number far
longer than all others may be two that were glued.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from govreport.binding import scoring
from govreport.forms import Relation, TableSpec
from govreport.values import digits, read_value

__all__ = ["are_blanks"]

_Row = Sequence[tuple[str, str]]
"""The key and the text of each cell."""


def are_blanks(spec: TableSpec, relations: Iterable[Relation], texts: Sequence[str]) -> bool:
    """Whether every empty cell is decided to be a blank; `texts` are those of the cells, in the order of the form."""
    said = dict(zip((cell.key for cell in spec.cells), texts, strict=True))
    weighed = set[str]()
    for relation in relations:
        keys = (*relation.left, *relation.right)
        if not all(map(said.__getitem__, keys)):
            if _sum(said, relation.left) != _sum(said, relation.right):
                return False
            weighed.update(keys)
    untold = [[row for row in rows if _is_untold(row, weighed)] for rows in _blocks(spec, said)]
    over = any(rows and _runs_over(block) for rows, block in zip(untold, _blocks(spec, said), strict=True))
    return not any(untold) or (all(map(_alike, untold)) and not over and not _is_outgrown(texts))


def _sum(said: Mapping[str, str], keys: Iterable[str]) -> Decimal:
    readings = (read_value(said[key]) for key in keys)
    return sum((reading.value for reading in readings if reading is not None), Decimal(0))


def _blocks(spec: TableSpec, said: Mapping[str, str]) -> Iterator[list[_Row]]:
    cells = iter(said.items())
    for block in spec.blocks:
        yield [tuple(itertools.islice(cells, len(block.columns))) for _ in block.rows]


def _is_untold(row: _Row, weighed: set[str]) -> bool:
    """Whether a row says something, and has an empty cell of which no sum tells."""
    return any(text for _, text in row) and any(not text and key not in weighed for key, text in row)


def _alike(rows: Iterable[_Row]) -> bool:
    """Whether rows have their empty cells in the same columns."""
    return len({tuple(not text for _, text in row) for row in rows}) <= 1


def _is_outgrown(texts: Iterable[str]) -> bool:
    """Whether a number is far longer than all others of the table."""
    *_, second, longest = (0, 0, *sorted(digits(read_value(text)) for text in texts))
    return longest >= max(second + scoring.GLUED_MORE, scoring.GLUED_DIGITS)


def _runs_over(rows: Iterable[_Row]) -> bool:
    """Whether a row ends in a number far longer than any other of it and the next row, which begins with an empty cell."""
    for one, other in itertools.pairwise(rows):
        *sizes, last = (digits(read_value(text)) for _, text in (*(() if len(one) > scoring.WIDE else other), *one))
        if not other[0][1] and any(sizes) and last >= max(scoring.GLUED_LAST, max(sizes) + scoring.GLUED_MORE):
            return True
    return False
