"""What the numbers of an invented report are like: the regimes, as plain functions over `random.Random`.

A regime gives a value to every cell of a form. `plant` breaks relations on purpose and says where; `blank` empties cells. None
of this needs Hypothesis: the benchmarks use it as the strategies do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from govreport.forms import CellSpec, FormSpec, Relation

__all__ = ["BLANKS", "REGIMES", "Planted", "Shown", "Values", "blank", "broken", "dice", "plant", "values_for"]

Shown: TypeAlias = int | Decimal | str | None
"""What a cell is to show: a number, the text as it is to stand, or nothing."""
Values: TypeAlias = dict[str, Shown]
Draw: TypeAlias = Callable[[random.Random], int]

BLANKS = ("", "-", "－", "—", "/", "／", "无")
"""Every way in which a published table shows that a cell holds nothing."""


@frozen(kw_only=True)
class Planted:
    """An inconsistency put in on purpose: the relation it breaks, the cell changed, what it shows and what would hold."""

    rule: str
    cell: str
    printed: int | Decimal
    consistent: int | Decimal


def dice(seed: int) -> random.Random:
    """A source of repeatable choices."""
    return random.Random(seed)  # noqa: S311 - invented reports hold no secrets


def values_for(form: FormSpec, regime: str, rng: random.Random) -> Values:
    """A value for every cell of the form, as the regime has it (`REGIMES` names them)."""
    return REGIMES[regime](form, rng)


def broken(form: FormSpec, values: Mapping[str, Shown]) -> tuple[Relation, ...]:
    """The relations of the form that these values do not satisfy; a blank counts as 0."""
    return tuple(r for r in form.relations if _sum(values, r.left) != _sum(values, r.right))


def plant(
    form: FormSpec, values: Mapping[str, Shown], rng: random.Random, count: int = 1
) -> tuple[Values, tuple[Planted, ...]]:
    """Break `count` relations of different rows and columns, one cell each; the values must be consistent before."""
    changed, planted, touched = dict(values), list[Planted](), set[str]()
    for relation in rng.sample(form.relations, len(form.relations)):
        keys = {*relation.left, *relation.right}
        if len(planted) == count or keys & touched:
            continue
        cell = rng.choice(relation.right)
        before = _number(changed[cell])
        changed[cell] = before + rng.randint(1, 9)
        planted.append(Planted(rule=relation.name, cell=cell, printed=_number(changed[cell]), consistent=before))
        touched |= keys | {k for r in form.relations if cell in (*r.left, *r.right) for k in (*r.left, *r.right)}
    return changed, tuple(planted)


def blank(
    values: Mapping[str, Shown], rng: random.Random, share: float, mark: str | None = None, *, zeros_only: bool
) -> Values:
    """Empty a share of the cells, with one mark or any; with `zeros_only`, what added up still does."""
    able = [key for key, value in values.items() if not zeros_only or value == 0]
    chosen = rng.sample(able, round(share * len(able)))
    return {**values, **{key: rng.choice(BLANKS) if mark is None else mark for key in chosen}}


def _number(shown: Shown) -> int | Decimal:
    return shown if isinstance(shown, int | Decimal) else 0


def _sum(values: Mapping[str, Shown], keys: tuple[str, ...]) -> int | Decimal:
    return sum((_number(values[key]) for key in keys), start=0)


def _scattered(form: FormSpec, rng: random.Random, draw: Draw) -> Values:
    return {key: _as_kind(spec, draw(rng), rng) for key, spec in form.cells.items()}


def _as_kind(spec: CellSpec, number: int, rng: random.Random) -> int | Decimal:
    if spec.kind == "amount":
        return Decimal(number * 100 + (rng.randint(1, 99) if number else 0)).scaleb(-2) if number else Decimal(0)
    return rng.choice((-number, number)) if spec.kind == "change" else number


def _consistent(form: FormSpec, rng: random.Random, draw: Draw) -> Values:
    values = _scattered(form, rng, draw)
    for relation in form.relations:
        _settle(values, relation, rng)
    for relation in form.relations:  # the sums again, over the rows that settling the balances changed
        if len(relation.right) == 1:
            _settle(values, relation, rng)
    return values


def _settle(values: Values, relation: Relation, rng: random.Random) -> None:
    """Make one relation hold: its only sum takes what the parts give, or its left side shares what its right side gives."""
    if len(relation.right) == 1:
        values[relation.right[0]] = _sum(values, relation.left)
        return
    first, *others = relation.left
    rest = int(_sum(values, relation.right))
    for key in others:
        values[key] = rng.randint(0, rest) if _number(values[key]) else 0
        rest -= int(_number(values[key]))
    values[first] = rest


def _unique(form: FormSpec, rng: random.Random) -> Values:
    while True:
        numbers = rng.sample(range(11, 9_999), len(form.cells))
        values: Values = {k: _as_kind(spec, number, rng) for (k, spec), number in zip(form.cells.items(), numbers, strict=True)}
        if len(broken(form, values)) == len(form.relations):
            return values


def _seldom(share: float, top: int) -> Draw:
    return lambda rng: rng.randint(1, top) if rng.random() < share else 0


REGIMES: dict[str, Callable[[FormSpec, random.Random], Values]] = {
    "consistent": lambda form, rng: _consistent(form, rng, lambda r: r.randint(0, 60)),
    "unique": _unique,
    "zeros": lambda form, rng: _scattered(form, rng, lambda _: 0),
    "sparse": lambda form, rng: _consistent(form, rng, _seldom(0.12, 30)),
    "large": lambda form, rng: _consistent(form, rng, lambda r: r.randint(0, 10 ** r.randint(1, 6))),
    "inconsistent": lambda form, rng: plant(form, _consistent(form, rng, lambda r: r.randint(0, 60)), rng, rng.randint(1, 3))[
        0
    ],
}
"""`consistent`, `sparse` and `large` add up, as `zeros` does; in `unique` all cells differ and nothing adds up."""
