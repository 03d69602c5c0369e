"""What a form is, and how its TOML file becomes one.

A form has tables, a table has blocks (第二十条第（一）项 and its like; tables 三 and 四 are one block each), a block has
columns and rows, and every row × column is one cell. The file names every label with the variants seen in the wild; nothing
about labels stands in code.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from typing import Any

from attrs import field, frozen

__all__ = [
    "Block",
    "CellSpec",
    "Column",
    "FormSpec",
    "Relation",
    "Row",
    "TableSpec",
    "builtin_forms",
    "load_form",
    "vocabulary",
]


_THOUSANDTH = Decimal("0.001")


@frozen(kw_only=True)
class Column:
    """A column: `path` is its official label path, `header` what is printed over it, the last part of the path."""

    key: str
    path: str
    kind: str = "count"
    """`count` (a non-negative integer), `change` (a signed integer) or `amount` (a decimal in `unit`)."""
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    group: str | None = None
    """The label over this and neighbouring columns, if there is one."""

    @property
    def header(self) -> str:
        """The label that stands over the column."""
        return self.path.rpartition("|")[2]


@frozen(kw_only=True)
class Row:
    """A row: `path` is its official label path ("" where the table prints none), `label` its last part."""

    key: str
    path: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The label that stands at the row."""
        return self.path.rpartition("|")[2]


@frozen(kw_only=True)
class CellSpec:
    """One cell of a form."""

    key: str
    label: str
    kind: str
    unit: str | None
    row: Row
    column: Column

    def number(self, value: Decimal) -> int | Decimal:
        """A printed number as a value of this cell: an int, save where it is an amount or has a fraction."""
        return value if self.kind == "amount" or value != value.to_integral_value() else int(value)

    def fits(self, value: Decimal) -> bool:
        """Whether such a cell may hold this number: a count has no fraction, and only a change is less than nothing.

        Three zeros behind a point are none, or thousands.
        """
        whole = value == value.to_integral_value() and not value.same_quantum(_THOUSANDTH)
        return self.kind == "amount" or (whole and (value >= 0 or self.kind == "change"))


@frozen(kw_only=True, eq=False)
class Block:
    """Rows × columns under one header. `item` is its label (第二十条第（一）项), None where the block is the whole table."""

    name: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    item: str | None = None
    aliases: tuple[str, ...] = ()
    cells: tuple[CellSpec, ...] = field(default=(), eq=False, repr=False)
    """Row by row, `len(columns)` a row."""


@frozen(kw_only=True, eq=False)
class TableSpec:
    """A table of the form: the `section` it stands in, its official `title` with variants, its `blocks` and other labels."""

    name: str
    section: str
    title: str
    aliases: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    captions: tuple[str, ...] = ()
    """Labels that are neither row, column nor item: 信息内容, 申请人情况, group labels."""

    @property
    def cells(self) -> Iterator[CellSpec]:
        """All cells, in the order of the form."""
        return itertools.chain.from_iterable(block.cells for block in self.blocks)


@frozen(kw_only=True)
class Relation:
    """What must hold: the sum of `left` equals the sum of `right` (keys). `name` is the rule; the `source` its paragraph."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@frozen(kw_only=True, eq=False)
class FormSpec:
    """A statutory form. Two are equal only if they are the same object: forms are made once and looked up often."""

    name: str
    notice: str
    """The document that prescribes it."""
    since: int
    """The first report year it was prescribed for."""
    sections: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]
    """(numeral, official heading, variants, short forms) of the six sections.

    A short form is a heading only under its own numeral.
    """
    tables: tuple[TableSpec, ...]
    relations: tuple[Relation, ...] = field(eq=False, repr=False)
    _cells: dict[str, CellSpec] = field(init=False, eq=False, repr=False)

    @_cells.default
    def _by_key(self) -> dict[str, CellSpec]:
        return {cell.key: cell for table in self.tables for cell in table.cells}

    @property
    def cells(self) -> dict[str, CellSpec]:
        """Every cell by key, in the order of the form."""
        return self._cells

    def table(self, name: str) -> TableSpec:
        """The table of that name."""
        return next(t for t in self.tables if t.name == name)


@functools.lru_cache(maxsize=8)
def vocabulary(forms: tuple[FormSpec, ...]) -> dict[str, str]:
    """Every key of the forms with its label path; where several have it, that of the last. One object for the same forms."""
    return {key: cell.label for form in forms for key, cell in form.cells.items()}


# --- the TOML file, as it is written -----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _BlockFile:
    name: str
    item: str | None = None
    aliases: tuple[str, ...] = ()
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@frozen(kw_only=True)
class _TableFile:
    name: str
    section: str
    title: str
    aliases: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    blocks: tuple[_BlockFile, ...]


@frozen(kw_only=True)
class _SectionFile:
    number: str
    heading: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@frozen(kw_only=True)
class _RelationFile:
    name: str
    each: str
    table: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@frozen(kw_only=True)
class _FormFile:
    name: str
    notice: str
    since: int
    sections: tuple[_SectionFile, ...]
    tables: tuple[_TableFile, ...]
    relations: tuple[_RelationFile, ...]


def load_form(text: str) -> FormSpec:
    """Make a form from the text of a TOML file; unknown keys are refused with their path (`InvalidDocumentError`)."""
    return _build(_parse(text))


@functools.cache
def builtin_forms() -> tuple[FormSpec, ...]:
    """The forms that come with the library, oldest first."""
    files = sorted(f.name for f in resources.files(__name__.rpartition(".")[0]).iterdir() if f.name.endswith(".toml"))
    base = resources.files(__name__.rpartition(".")[0])
    return tuple(load_form((base / name).read_text("utf-8")) for name in files)


def _parse(text: str) -> _FormFile:
    from cattrs import Converter, transform_error  # noqa: PLC0415 - cattrs costs more to import than a form to load
    from cattrs.errors import BaseValidationError  # noqa: PLC0415 - as above

    from govreport.errors import InvalidDocumentError  # noqa: PLC0415 - as above

    try:
        return Converter(forbid_extra_keys=True).structure(tomllib.loads(text), _FormFile)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDocumentError("the form is not TOML: {cause}", problems=(str(error),), cause=str(error)) from error
    except BaseValidationError as error:
        problems = tuple(transform_error(error))
        raise InvalidDocumentError("the form does not fit: {all}", problems=problems, all="; ".join(problems)) from error


def _build(file: _FormFile) -> FormSpec:
    tables = tuple(_table(t) for t in file.tables)
    return FormSpec(
        name=file.name,
        notice=file.notice,
        since=file.since,
        sections=tuple((s.number, s.heading, s.aliases, s.weak) for s in file.sections),
        tables=tables,
        relations=tuple(itertools.chain.from_iterable(_relations(r, tables) for r in file.relations)),
    )


def _table(file: _TableFile) -> TableSpec:
    return TableSpec(
        name=file.name,
        section=file.section,
        title=file.title,
        aliases=file.aliases,
        captions=file.captions,
        blocks=tuple(_block(file, b) for b in file.blocks),
    )


def _block(table: _TableFile, file: _BlockFile) -> Block:
    cells = tuple(
        CellSpec(
            key=".".join(filter(None, (table.name, row.key, column.key))),
            label="|".join(filter(None, (table.section, file.item, row.path, column.path))),
            kind=column.kind,
            unit=column.unit,
            row=row,
            column=column,
        )
        for row in file.rows
        for column in file.columns
    )
    return Block(name=file.name, item=file.item, aliases=file.aliases, rows=file.rows, columns=file.columns, cells=cells)


def _relations(file: _RelationFile, tables: tuple[TableSpec, ...]) -> Iterator[Relation]:
    """Expand a relation over each row or each column of its table; one with `each = "once"` names its keys whole."""
    table = next(t for t in tables if t.name == file.table)
    for names in _instances(file.each, table):
        left, right = ([names(part) for part in side] for side in (file.left, file.right))
        yield Relation(name=file.name, left=tuple(left), right=tuple(right))


def _instances(each: str, table: TableSpec) -> Iterator[Any]:
    if each == "row":
        for row in (r for block in table.blocks for r in block.rows):
            yield lambda part, row=row: ".".join(filter(None, (table.name, row.key, part)))
    elif each == "column":
        for column in (c for block in table.blocks for c in block.columns):
            yield lambda part, column=column: f"{table.name}.{part}.{column.key}"
    else:
        yield lambda part: f"{table.name}.{part}"
