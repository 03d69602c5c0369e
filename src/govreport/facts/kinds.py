"""What the kinds of facts mean: their names in both languages, the cells that say the same, the splits they belong to."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

from attrs import field, frozen

__all__ = ["CUMULATIVE", "Kind", "kind_of", "kinds"]

CUMULATIVE = ".cumulative"
"""The suffix of a kind whose number is not (surely) of this year alone: 截至…, 累计, 自…以来."""


@frozen(kw_only=True)
class Kind:
    """One kind of fact.

    `keys` are the cells that say the same, at most one in a form. Where no cell does, `rows` are prefixes of the rows, or the
    cells, whose total column adds up to it. `keys_of` gives the cell of a part by the kind of its total. Numbers of one
    `group`, stated of one total, exclude each other. A `stock` is a state at a day: 截至 does not make it cumulative.
    """

    name: str
    zh: str
    en: str
    keys: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    keys_of: Mapping[str, str] = field(factory=dict)
    group: str | None = None
    stock: bool = False

    def cells(self, known: Iterable[str]) -> tuple[str, ...]:
        """The keys, of those `known`, whose values add up to a fact of this kind; () if none do."""
        present = known if isinstance(known, Mapping) else dict.fromkeys(known)
        own = tuple(key for key in self.keys if key in present)
        if own or not self.rows:
            return own
        return tuple(key for key in present if any(_covers(row, key) for row in self.rows))


def _covers(row: str, key: str) -> bool:
    return key == row or (row.endswith(".") and key.startswith(row) and key.endswith(".total"))


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the order of the data file."""
    data = tomllib.loads((resources.files(__package__ or "") / "kinds.toml").read_text("utf-8"))
    return {name: _kind(name, entry) for family in data.values() for name, entry in family.items()}


def _kind(name: str, entry: dict[str, object]) -> Kind:
    return Kind(name=name, **{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()})  # type: ignore[arg-type]


def kind_of(name: str) -> Kind | None:
    """The kind of that name, with or without the cumulative suffix; None for a label of a breakdown."""
    return kinds().get(name.removesuffix(CUMULATIVE))
