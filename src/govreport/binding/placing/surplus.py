"""A column beside those of the form where no grid tells columns: nearly all rows have one value more, and it is the same one.

新收 3 1 0 0 0 2 6 50%      →  3 1 0 0 0 2 6      no cell of the form holds a share of something
结转 1 0 0 0 0 0 4 1        →  1 0 0 0 0 0 1      without the last but one, all rows add up

Or the header has words behind the label of the last column, and others below, and nothing speaks against the last.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from govreport.binding import scoring
from govreport.binding.chosen import Chosen
from govreport.binding.labels.headers import label_run
from govreport.binding.panels.readings import proven
from govreport.binding.rows.found import Found
from govreport.binding.stream import Slot, Stream, only_numerals
from govreport.forms import CellSpec, Relation
from govreport.model import Role

__all__ = ["drop_surplus"]

_LAST = ("各行均多一个数值，表头末尾另有一列", "every row has one value more, and the header one more column at its end")
_SURPLUS = ("各行均多一个数值，按合计关系略去其一", "every row has one value more, and sums tell which is none of the form's")

_Row: TypeAlias = tuple[Sequence[CellSpec], Found, Sequence[Slot]]
"""The cells of a row of the form, how it was found, and what is printed in it."""


def drop_surplus(stream: Stream, block: Chosen, relations: Sequence[Relation]) -> None:
    """Take it from the rows of a block; those that do not add up are doubted if sums alone tell which it is."""
    found = [(cells, row, [s for s in row.slots if s.solid]) for _, cells, row in block.rows() if row is not None and row.slots]
    rows = [row for row in found if len(row[2]) == block.count + 1]
    if block.count < scoring.WIDE or len(rows) < max(scoring.ROWS_COUNTED, scoring.FOREIGN_ROWS * len(found)):
        return
    share, summed = _share(stream, rows), _unsummed(rows, relations)
    at = summed if share is None else share
    if at is None and not _goes_on(stream.text[slice(*block.header)], block):
        return
    at, why = (block.count, _LAST) if at is None else (at, _SURPLUS)
    for cells, row, slots in rows:
        stream.roles[slots[at].piece] = Role.REMARK
        row.slots = [slot for slot in row.slots if slot is not slots[at]]
        if share is None and not _adds_up(cells, slots, at, relations):
            row.weak = row.weak or why


def _goes_on(header: str, block: Chosen) -> bool:
    """Whether words stand behind the label of the last column, and then that of another: a column more ends the upper line."""
    labels = {variant: at for at, variants in enumerate(block.labels) for variant in variants}
    run = label_run(header, labels)
    pairs = ((labels[header[slice(*one)]], header[one[1] : other[0]]) for one, other in itertools.pairwise(run))
    return any(at == block.count - 1 and not only_numerals(between) for at, between in pairs)


def _share(stream: Stream, rows: Sequence[_Row]) -> int | None:
    """Where in its row a share stands in most of them, and in none anywhere else."""
    places = Counter(
        at for _, _, slots in rows for at, s in enumerate(slots) if stream.pieces[s.piece].text.rstrip()[-1:] in "%％"
    )
    return next(iter(places)) if len(places) == 1 and 2 * places.total() > len(rows) else None


def _unsummed(rows: Sequence[_Row], relations: Sequence[Relation]) -> int | None:
    """What alone nearly all rows that are not 0 throughout add up without; not the last, where it is printed twice."""
    filled = [row for row in rows if any(s.reading is not None and s.reading.value for s in row[2])]
    sums = [sum(_adds_up(cells, slots, at, relations) for cells, _, slots in filled) for at in range(len(rows[0][2]))]
    best = max(range(len(sums)), key=sums.__getitem__)
    others = max(held for at, held in enumerate(sums) if at != best)
    told = sums[best] >= max(scoring.SUMS_LEAST, scoring.SUMS_SHARE * len(filled)) and sums[best] >= scoring.HOLDING * others
    return best if told else None


def _adds_up(cells: Sequence[CellSpec], slots: Sequence[Slot], at: int, relations: Sequence[Relation]) -> bool:
    left = [*slots[:at], *slots[at + 1 :]]
    return proven({cell.key: slot for cell, slot in zip(cells, left, strict=True)}, relations)
