"""What the columns of the tables are, as data: their names, their types, and how one document fills them.

Nothing here needs Arrow; `govreport.tables` makes Arrow of it.
"""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from typing import Any

from attrs import frozen

from govreport.batch.result import Result
from govreport.forms import FormSpec
from govreport.model import Cell, Place, Report, Status, Value

__all__ = ["COLUMNS", "DECIMALS", "DIGITS", "ITEMS", "NAMES", "REPORT", "Column", "report_row", "wide"]

DIGITS, DECIMALS = 38, 12
"""Of every decimal column: more than any amount has, and what all engines take."""
_LIMIT = 10 ** (DIGITS - DECIMALS)
_SMALLEST = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=4 * DIGITS)
"""Wide enough that nothing is rounded on the way."""
_LARGEST_COUNT = 2**63 - 1
_NOWHERE = Place()
_FAMILIES = ("reading", "structure", "form", "arithmetic", "unit", "prose", "series", "hierarchy")
_TEN_THOUSANDS = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "百万元": Decimal(100),
    "万元": Decimal(1),
    "亿元": Decimal(10_000),
}
"""What one of a unit is in 万元, the unit of the forms' amounts."""


@frozen
class Column:
    """A column: `get(result, items)` gives its value for each item of one document; `about` is kept in the schema."""

    name: str
    type: str
    get: Callable[[Result, list[Any]], Iterable[Any]]
    about: str = ""


def _each(name: str) -> Callable[[Result, list[Any]], Iterable[Any]]:
    """The attribute of that name of every item."""
    get = operator.attrgetter(name)
    return lambda _, items: map(get, items)


def _by(function: Callable[[Any], Any]) -> Callable[[Result, list[Any]], Iterable[Any]]:
    return lambda _, items: map(function, items)


def _document(name: str) -> Callable[[Result, list[Any]], Iterable[Any]]:
    """The document's own attribute, once an item."""
    get = operator.attrgetter(name)
    return lambda result, items: [get(result)] * len(items)


def _year(result: Result, items: list[Any]) -> Iterable[Any]:
    return [None if result.report is None else result.report.year] * len(items)


def _place(name: str) -> Column:
    get = operator.attrgetter(name)
    return Column(
        f"place_{name}", "int32", _by(lambda item: get(item.place or _NOWHERE)), f"{name} of the place, counted from 1"
    )


_OF_DOCUMENT = (
    Column("document", "string", _document("path"), "the document's name: its path, or what the batch calls it"),
    Column("year", "int32", _year, "the report's year, null where the document does not say"),
)
_PLACE = tuple(_place(name) for name in ("page", "table", "row", "line", "column"))


def _decimal(value: Value) -> Value:
    """The value if a decimal column holds it exactly, else None."""
    if value is None or isinstance(value, int):
        return value if value is None or -_LIMIT < value < _LIMIT else None
    if not -_LIMIT < value < _LIMIT:
        return None
    rounded = value.quantize(_SMALLEST, context=_EXACT)
    return rounded if rounded == value else None


def _codes(result: Result, items: list[Cell]) -> Iterable[list[str]]:
    """The codes of the findings that name a cell."""
    named: dict[str, list[str]] = {}
    for finding in result.findings:
        for key in finding.cells:
            named.setdefault(key, []).append(finding.code)
    return [named.get(cell.key, []) for cell in items]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "cells": (
        *_OF_DOCUMENT,
        Column("key", "string", _each("key")),
        Column("label", "string", _each("label"), "the path of official labels"),
        Column("form", "string", _each("form"), "the form that gives the cell its meaning"),
        Column("value", "decimal", _by(lambda cell: _decimal(cell.value)), "the printed number, in `unit`; never converted"),
        Column("unit", "string", _each("unit"), "the printed unit, or else the form's"),
        Column("status", "string", _each("status"), "read, inferred, blank or missing"),
        Column("raw", "string", _each("raw"), "the text as it stands"),
        *_PLACE,
        Column("findings", "strings", _codes, "codes of the findings that name this cell"),
    ),
    "findings": (
        *_OF_DOCUMENT,
        Column("code", "string", _each("code")),
        Column("family", "string", _by(lambda f: f.code.partition(".")[0])),
        Column("severity", "string", _each("severity")),
        Column("message", "string", _each("message"), "in Chinese"),
        Column("english", "string", _by(lambda f: f.text("en"))),
        Column("cells", "strings", _by(lambda f: list(f.cells)), "keys of the cells it names"),
        Column("expected", "string", _by(lambda f: _text(f.expected))),
        Column("actual", "string", _by(lambda f: _text(f.actual))),
        Column("assumed_zero", "strings", _by(lambda f: list(f.assumed_zero)), "blank cells that a sum counted as 0"),
        Column("suggested_cell", "string", _by(lambda f: f.suggestion and f.suggestion[0])),
        Column("suggested_value", "decimal", _by(lambda f: f.suggestion and _decimal(f.suggestion[1]))),
        *_PLACE,
    ),
    "facts": (
        *_OF_DOCUMENT,
        Column("kind", "string", _each("kind")),
        Column("value", "decimal", _by(lambda fact: _decimal(fact.value))),
        Column("unit", "string", _each("unit")),
        Column("approximate", "bool", _each("approximate")),
        Column("key", "string", _each("key"), "the cell that the fact speaks of"),
        Column("parts", "parts", _by(lambda fact: [(kind, _decimal(value)) for kind, value in fact.parts]), "its breakdown"),
        Column("text", "string", _each("text"), "the sentence"),
        Column("section", "string", _each("section")),
        *_PLACE,
    ),
    "errors": (
        _OF_DOCUMENT[0],
        Column("digest", "string", _document("digest"), "SHA-256 of the content"),
        Column("error", "string", _by(lambda error: type(error).__name__)),
        Column("message", "string", _by(str)),
    ),
}


# --- the wide table ----------------------------------------------------------------------------------------------------------

_TYPED = {
    "string": ("document", "digest", "title", "issuer", "form", "container"),
    "int32": ("year", "not_represented", "unbound", *(f"cells_{s}" for s in (*Status, "doubted"))),
    "date": ("published",),
    "strings": ("layouts",),
    "double": ("layout_confidence", "form_confidence"),
}
REPORT = {name: kind for kind, names in _TYPED.items() for name in names}
REPORT |= dict.fromkeys(("findings", *(f"findings_{family}" for family in (*_FAMILIES, "other"))), "int32")
"""What the wide table says of a report beside its cells: name and type."""


@functools.cache
def wide(forms: tuple[FormSpec, ...]) -> dict[str, tuple[str, str | None, str]]:
    """Of every cell of every form, in their order: the type of its column, its unit, and its labels."""
    found: dict[str, tuple[str, str | None, str]] = {}
    for form in forms:
        for key, spec in form.cells.items():
            labels = "; ".join(filter(None, (found.get(key, ("", "", ""))[2], f"{form.name}: {spec.label}")))
            found[key] = ("decimal" if spec.kind == "amount" else "int64", spec.unit, labels)
    return found


def report_row(result: Result, forms: tuple[FormSpec, ...]) -> dict[str, Any]:
    """One document as a row of the wide table: what is not in it is null."""
    report = result.report
    row: dict[str, Any] = {"document": result.path, "digest": result.digest}
    if result.error is not None:
        row |= {"error": type(result.error).__name__, "message": str(result.error)}
    if report is None:
        return row
    kinds = wide(forms)
    numbers = {
        c.key: _number(c.value, c.unit, *kinds[c.key][:2]) for c in report.cells if c.value is not None and c.key in kinds
    }
    row |= {name: getattr(report, name) for name in ("year", "title", "issuer", "form", "published", "container")}
    row |= _confidences(report) | _counts(result, report) | numbers
    return row | {"unbound": len(report.unbound), "not_represented": sum(value is None for value in numbers.values())}


def _number(value: int | Decimal, printed: str | None, kind: str, unit: str | None) -> Value:
    """The value as its column has it: a count as it is, an amount in the form's unit; None if it cannot be had exactly."""
    if kind == "int64":
        return int(value) if -_LARGEST_COUNT <= value <= _LARGEST_COUNT and value == int(value) else None
    have, want = _TEN_THOUSANDS.get(printed or unit or ""), _TEN_THOUSANDS.get(unit or "")
    return None if have is None or want is None else _decimal(_EXACT.divide(_EXACT.multiply(Decimal(value), have), want))


def _confidences(report: Report) -> dict[str, Any]:
    """The layouts of the tables, and the least confidence with which a layout, or the form, was claimed."""
    layouts = {table.section: table.layout for table in report.tables if table.layout}
    claimed = [c.confidence for c in report.claims if c.section in layouts and layouts[c.section] == c.name]
    form = [c.confidence for c in report.claims if c.name.removeprefix("form ") == report.form]
    return {
        "layouts": list(dict.fromkeys(layouts.values())),
        "layout_confidence": min(claimed, default=None),
        "form_confidence": max(form, default=None),
    }


def _counts(result: Result, report: Report) -> dict[str, int]:
    statuses = Counter(cell.status for cell in report.cells)
    families = Counter(f.code.partition(".")[0] for f in result.findings)
    doubted = {key for f in result.findings if f.code.startswith("reading.") for key in f.cells}
    doubted |= {cell.key for cell in report.cells if cell.status is Status.INFERRED}
    known = {f"findings_{family}": families.pop(family, 0) for family in _FAMILIES}
    return {
        **{f"cells_{status}": statuses[status] for status in Status},
        "cells_doubted": len(doubted),
        "findings": len(result.findings),
        **known,
        "findings_other": families.total(),
    }


NAMES = ("cells", "reports", "findings", "facts", "errors")
"""The tables."""
ITEMS: dict[str, Callable[[Result], list[Any]]] = {
    "cells": lambda result: [] if result.report is None else list(result.report.cells),
    "findings": lambda result: list(result.findings),
    "facts": lambda result: [] if result.report is None else list(result.report.facts),
    "errors": lambda result: [] if result.error is None else [result.error],
}
