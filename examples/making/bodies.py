"""Invented reports as data (`bodies/*.toml`), completed by arithmetic: totals and what is carried out follow."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from govreport.forms import FormSpec, Relation, TableSpec, builtin_forms
from govreport.forms.layout import DrawnCell, drawing

__all__ = ["Body", "Drawn", "Rows", "all_bodies", "grid", "load_body"]

FOLDER = Path(__file__).resolve().parent.parent / "bodies"


@frozen
class Drawn:
    """A cell of a drawn table: its text, its size, and whether it is a value (labels are not)."""

    text: str
    rowspan: int
    colspan: int
    value: bool


Rows = list[list[Drawn]]


@frozen(kw_only=True)
class Body:
    """An invented body and its report: `values` is the printed text of every cell, `planted` the cells wrong on purpose."""

    name: str
    title: str
    issuer: str
    year: int
    published: str
    form: FormSpec
    prose: Mapping[str, list[str]]
    values: Mapping[str, str]
    planted: tuple[str, ...]

    def marked(self, mark: str, *prefixes: str) -> Body:
        """The same report with `mark` for every 0 among the cells whose key begins so: a clerk's way of writing nothing."""
        changed = {key: mark for key, text in self.values.items() if text == "0" and key.startswith(prefixes)}
        return evolve(self, values={**self.values, **changed})

    def table(self, spec: TableSpec) -> Rows:
        """The rows of a table as the form draws it, with the values of this body."""
        return [[self._drawn(cell) for cell in row] for row in drawing(spec)]

    def _drawn(self, cell: DrawnCell) -> Drawn:
        text = self.values[cell.key] if cell.key is not None else cell.text
        return Drawn(text, cell.rowspan, cell.colspan, cell.key is not None)

    def parts(self) -> Iterator[tuple[str, list[str], TableSpec | None]]:
        """Section by section: heading, paragraphs, and the table that stands in it."""
        tables = {table.section: table for table in self.form.tables}
        for number, heading, *_ in self.form.sections:
            yield f"{number}、{heading}", self.prose.get(number, []), tables.get(number)


def all_bodies() -> dict[str, Body]:
    """Every invented body by name."""
    return {path.stem: load_body(path) for path in sorted(FOLDER.glob("*.toml"))}


def load_body(path: Path) -> Body:
    """Read one body and complete its numbers; what cannot add up is a ValueError."""
    data = tomllib.loads(path.read_text("utf-8"))
    form = next(f for f in builtin_forms() if f.name == data["form"])
    values = _complete(form, data)
    planted = {key: str(value) for key, value in data.get("planted", {}).items()}
    return Body(
        name=path.stem,
        form=form,
        values={**values, **planted},
        planted=tuple(planted),
        **{field: data[field] for field in ("title", "issuer", "year", "published", "prose")},
    )


def _complete(form: FormSpec, data: Mapping[str, Any]) -> dict[str, str]:
    given = dict(_stated(form, data))
    counts = {key: int(given.get(key, "0")) for key, cell in form.cells.items() if cell.kind != "amount"}
    for relation in sorted(form.relations, key=_order):
        _settle(counts, relation)
    if negative := [key for key, n in counts.items() if n < 0 and form.cells[key].kind == "count"]:
        raise ValueError(f"{data['title']}: {', '.join(negative)} would be negative")
    return {key: given.get(key, "0") if key not in counts else str(counts[key]) for key in form.cells}


def _order(relation: Relation) -> int:
    """Columns first (their sums, then what is left to carry out), rows last: a row's total takes them up."""
    return len(relation.right) == 1 and relation.right[0].endswith(".total")


def _settle(counts: dict[str, int], relation: Relation) -> None:
    """The last key on the right is what follows from all others."""
    *others, last = relation.right
    counts[last] = sum(counts[key] for key in relation.left) - sum(counts[key] for key in others)


def _stated(form: FormSpec, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    columns = {table.name: [column.key for column in table.blocks[0].columns] for table in form.tables}
    for row, numbers in data["requests"].items():
        keys = (f"requests.{row}.{column}" for column in columns["requests"])
        yield from zip(keys, map(str, numbers), strict=False)
    for group, numbers in data.get("disputes", {}).items():
        keys = (f"disputes.{column}" for column in columns["disputes"] if column.startswith(f"{group}."))
        yield from zip(keys, map(str, numbers), strict=False)
    for row, cells in data["disclosure"].items():
        yield from ((f"disclosure.{row}.{column}", str(value)) for column, value in cells.items())


def grid(rows: Rows) -> list[list[tuple[Drawn, bool]]]:
    """Every position of the table: the cell that covers it, and whether it begins there."""
    width = sum(cell.colspan for cell in rows[0])
    filled: dict[tuple[int, int], tuple[Drawn, bool]] = {}
    for y, row in enumerate(rows):
        for cell in row:
            x = next(x for x in range(width) if (y, x) not in filled)
            for dy, dx in itertools.product(range(cell.rowspan), range(cell.colspan)):
                filled[y + dy, x + dx] = (cell, dy == dx == 0)
    return [[filled[y, x] for x in range(width)] for y in range(len(rows))]
