"""The one cell whose change would put a table right.

Exact, not a guess: every cell that stands in all broken relations is tried with the value that they demand of it, and counts
only if they agree, the value can stand in that cell, and no relation that holds now would break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from govreport.checks.rules import Case
from govreport.forms import Relation

__all__ = ["Equation", "repair"]

Number = int | Decimal


@frozen
class Equation:
    """A relation with the sums of its two sides."""

    relation: Relation
    left: Number
    right: Number

    def demands(self, key: str, value: Number) -> Number:
        """The value that this cell must have for the relation to hold, everything else left as it is."""
        missing = self.right - self.left
        return value + (missing if key in self.relation.left else -missing)


def repair(
    equations: Iterable[Equation], doubtful: Iterable[Relation], numbers: Mapping[str, Number], case: Case
) -> dict[str, tuple[str, Number]]:
    """By table: the only (cell, value) that satisfies all its relations, where there is exactly one.

    A cell that a doubtful relation speaks of is no answer: whether its change would break that relation is not known.
    """
    tables: dict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        tables[equation.relation.right[0].partition(".")[0]].append(equation)
    unknown = {key for relation in doubtful for key in relation.left + relation.right}
    answers = {table: list(_answers(own, numbers, case)) for table, own in tables.items()}
    return {table: found[0] for table, found in answers.items() if len(found) == 1 and found[0][0] not in unknown}


def _answers(equations: Sequence[Equation], numbers: Mapping[str, Number], case: Case) -> Iterator[tuple[str, Number]]:
    broken = [e for e in equations if e.left != e.right]
    holding = {key for e in equations if e.left == e.right for key in e.relation.left + e.relation.right}
    for key in _shared(broken):
        values = {e.demands(key, numbers[key]) for e in broken}
        if key not in holding and len(values) == 1 and _fits(key, value := values.pop(), case):
            yield key, value


def _shared(broken: Sequence[Equation]) -> list[str]:
    """The cells that stand in every broken relation, in the order of the form."""
    if not broken:
        return []
    first, *others = (e.relation.left + e.relation.right for e in broken)
    return [key for key in first if all(key in other for other in others)]


def _fits(key: str, value: Number, case: Case) -> bool:
    """Whether the value can stand in the cell: never negative but for a change, whole but for an amount."""
    spec = case.spec(case.cells[key])
    kind = spec.kind if spec else "count"
    return (value >= 0 or kind == "change") and (value == int(value) or kind == "amount")
