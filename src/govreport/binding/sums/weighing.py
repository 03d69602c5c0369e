"""Rows that nothing else decides are put before the sums of the form: what these tell of them, and whether they can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from govreport.binding.solution import How, Solution
from govreport.binding.stream import Slot
from govreport.binding.sums.inference import OPEN, Evidence, Place, Sum, Values, infer
from govreport.binding.sums.sliding import row_sums, slid
from govreport.forms import Block, Relation
from govreport.model import Cell, Status
from govreport.values import Kind

__all__ = ["doubt_slid", "evidence", "weigh"]


def weigh(
    block: Block, relations: Iterable[Relation], rows: Mapping[str, Solution], order: Sequence[int], elsewhere: Evidence
) -> None:
    """Solve what the sums tell of rows without a solution, in place; `rows` are those that nothing speaks against, by key.

    `order` gives for a position in the document the column of the form.
    """
    lines = [_values(rows[row.key], order) if row.key in rows else None for row in block.rows]
    found, _ = infer(lines, len(block.columns), _sums(block, relations, order), elsewhere)
    for index, places in found.items():
        _solve(rows[block.rows[index].key], places)


def _solve(solution: Solution, places: Sequence[Place]) -> None:
    slots = list(solution.left)
    solution.how = How.SUMS
    solution.cells = [slots[place] if isinstance(place, int) else None for place in places]
    solution.untold = frozenset(j for j, place in enumerate(places) if place is OPEN)
    solution.left = [slot for j, slot in enumerate(slots) if j not in places]


def _values(solution: Solution, order: Sequence[int]) -> Values | None:
    """The numbers of a row as they stand in the document; None if one of them cannot be told."""
    cells = [solution.cells[j] for j in order] if solution.by_header else solution.cells
    slots = solution.left if solution.how is How.NONE else cells
    numbers = [_number(slot) for slot in slots]
    return None if None in numbers else tuple(n for n in numbers if n is not None)


def _number(slot: Slot | None) -> Decimal | None:
    if slot is None or slot.kind is not Kind.NUMBER:
        return Decimal(0)
    return slot.reading.value if slot.reading is not None and slot.reading.sure else None


def doubt_slid(block: Block, relations: Iterable[Relation], rows: Mapping[str, Solution], order: Sequence[int]) -> None:
    """Doubt the rows that by their sums stand a cell off; `rows` and `order` as above."""
    keys, width = [cell.key for cell in block.cells], len(block.columns)
    places = [slice(at, at + width) for at in range(0, len(keys), width)]
    numbers = dict[str, Decimal]()
    for row, place in zip(block.rows, places, strict=True):
        if (solution := rows.get(row.key)) is not None and solution.how is not How.NONE:
            columns = range(width) if solution.by_header else order
            said = zip(map(keys[place].__getitem__, columns), map(_number, solution.cells), strict=True)
            numbers |= {key: number for key, number in said if number is not None}
    told = [r for r in relations if numbers.keys() >= {*r.left, *r.right}]
    for number in slid(row_sums(keys, places, told), [numbers.get(key, Decimal(0)) for key in keys]):
        rows[block.rows[number].key].doubtful = True


def _sums(block: Block, relations: Iterable[Relation], order: Sequence[int]) -> list[Sum]:
    width = len(block.columns)
    places = {cell.key: (number // width, order.index(number % width)) for number, cell in enumerate(block.cells)}
    return [Sum(tuple((*places[key], sign) for key, sign in _signed(relation))) for relation in relations]


def _signed(relation: Relation) -> list[tuple[str, int]]:
    """The cells of a relation, to be added or taken away."""
    return [*((key, 1) for key in relation.left), *((key, -1) for key in relation.right)]


def evidence(cells: Iterable[Cell], relations: Mapping[str, Iterable[Relation]]) -> Evidence:
    """What the cells of a table that were read for certain say of its sums."""
    certain = {(c.form, c.key): c.value or 0 for c in cells if c.status in (Status.READ, Status.BLANK)}
    found = Evidence()
    for form, own in relations.items():
        for relation in own:
            signed = [(certain.get((form, key)), sign) for key, sign in _signed(relation)]
            parts = [sign * value for value, sign in signed if value is not None]
            if len(parts) == len(signed) and any(parts):
                found += Evidence(1, int(not sum(parts)))
    return found
