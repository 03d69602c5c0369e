"""Reports as Arrow tables: what pandas, polars, DuckDB, Dask and Spark take as it is.

Four tables: `cells` has a row a cell, `reports` a row a report with every cell of every form as a typed column, `findings` and
`facts` a row each. `errors` has a row for each document that could not be read. What their columns are is data: see `schema`.

    from govreport import load_many, tables
    frame = tables.reports(load_many(paths)).to_pandas(types_mapper=pandas.ArrowDtype)

Values are exact: counts are `int64`, everything that may have decimals is `decimal128(38, 12)`. A number that its column cannot
hold is null there, is counted in `reports.not_represented`, and stands in `cells.raw` as it was printed.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from govreport.batch.result import Loader, Result, default_loader, read_one
from govreport.errors import MissingDependencyError
from govreport.forms import FormSpec, builtin_forms
from govreport.model import Report
from govreport.tables.columns import COLUMNS, DECIMALS, DIGITS, ITEMS, NAMES, REPORT, report_row, wide

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DOCUMENTS", "NAMES", "Builder", "cells", "errors", "facts", "findings", "read_batch", "reports", "schema", "tables"]

Items: TypeAlias = Iterable[Report | Result]
"""Reports, or the results of `load_many`. A bare report is checked, and called by its position."""

DOCUMENTS = "documents"
"""A table beside `NAMES`: `reports` with `error` and `message`, one row a document, read or not."""


def _arrow() -> ModuleType:
    try:
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise MissingDependencyError("tables need pyarrow: pip install 'govreport[tables]'", extra="tables") from error


@functools.cache
def _types() -> Mapping[str, Any]:
    pa = _arrow()
    number = pa.decimal128(DIGITS, DECIMALS)
    return {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "decimal": number,
        "parts": pa.list_(pa.struct([("kind", pa.string()), ("value", number)])),
    }


@functools.cache
def _schema(name: str, forms: tuple[FormSpec, ...]) -> pa.Schema:
    arrow, types = _arrow(), _types()
    if name in COLUMNS:
        return arrow.schema(
            [arrow.field(c.name, types[c.type], metadata={"about": c.about} if c.about else None) for c in COLUMNS[name]]
        )
    about = [arrow.field(column, types[kind]) for column, kind in REPORT.items()]
    wide_fields = [
        arrow.field(key, types[kind], metadata=_notes(unit, labels)) for key, (kind, unit, labels) in wide(forms).items()
    ]
    outcome = [arrow.field(column, types["string"]) for column in ("error", "message")] if name == DOCUMENTS else []
    return arrow.schema(about + outcome + wide_fields)


def _notes(unit: str | None, labels: str) -> dict[str, str]:
    return {"labels": labels} | ({"unit": unit} if unit else {})


def schema(name: str, forms: Sequence[FormSpec] | None = None) -> pa.Schema:
    """The schema of a table (one of `NAMES`, or `DOCUMENTS`); `reports` has all cells of `forms` (None: the built-in ones)."""
    if name not in (*NAMES, DOCUMENTS):
        msg = f"no table is called {name!r}; there are {', '.join((*NAMES, DOCUMENTS))}"
        raise ValueError(msg)
    return _schema(name, builtin_forms() if forms is None else tuple(forms))


class Builder:
    """Collects results and gives them as Arrow, in batches: what it holds is what was added since the last `flush`."""

    def __init__(self, names: Sequence[str] = NAMES, forms: Sequence[FormSpec] | None = None) -> None:
        self._forms = builtin_forms() if forms is None else tuple(forms)
        self._schemas = {name: schema(name, self._forms) for name in names}
        self._clear()

    def _clear(self) -> None:
        self._lists: dict[str, list[list[Any]]] = {name: [[] for _ in wanted] for name, wanted in self._schemas.items()}

    def add(self, result: Result) -> None:
        """Take the rows of one result."""
        for name, lists in self._lists.items():
            if name in COLUMNS:
                _extend(lists, name, result)
            elif result.report is not None or name == DOCUMENTS:
                row = report_row(result, self._forms)
                for values, column in zip(lists, self._schemas[name].names, strict=True):
                    values.append(row.get(column))

    def flush(self) -> dict[str, pa.RecordBatch]:
        """The rows since the last time, one batch a table; then nothing is held any more."""
        pa = _arrow()
        found = {
            name: pa.record_batch(
                [pa.array(v, f.type) for v, f in zip(lists, self._schemas[name], strict=True)], self._schemas[name]
            )
            for name, lists in self._lists.items()
        }
        self._clear()
        return found


def _extend(lists: list[list[Any]], name: str, result: Result) -> None:
    if items := ITEMS[name](result):
        for values, column in zip(lists, COLUMNS[name], strict=True):
            values.extend(column.get(result, items))


_BATCH = 128
"""Documents whose rows wait as Python objects before they become Arrow."""


def tables(items: Items, names: Sequence[str] = NAMES, forms: Sequence[FormSpec] | None = None) -> dict[str, pa.Table]:
    """Several tables in one pass over the reports (`load_many` can be passed only once)."""
    builder = Builder(names, forms)
    batches: list[dict[str, Any]] = []
    for position, item in enumerate(items):
        builder.add(_as_result(item, position))
        if position % _BATCH == _BATCH - 1:
            batches.append(builder.flush())
    batches.append(builder.flush())
    return {name: _arrow().Table.from_batches([batch[name] for batch in batches]) for name in names}


def _as_result(item: Report | Result, position: int) -> Result:
    if isinstance(item, Result):
        return item
    import govreport  # noqa: PLC0415 - the engine is needed for bare reports only

    return Result(path=str(position), report=item, check=govreport.check(item))


def cells(items: Items) -> pa.Table:
    """One row a cell: document, key, label, form, value, unit, status, raw, place, codes of findings."""
    return tables(items, ("cells",))["cells"]


def reports(items: Items, forms: Sequence[FormSpec] | None = None) -> pa.Table:
    """One row a report, every cell of every form a column: counts int64, amounts decimal in 万元, by their printed unit."""
    return tables(items, ("reports",), forms)["reports"]


def findings(items: Items) -> pa.Table:
    """One row a finding."""
    return tables(items, ("findings",))["findings"]


def facts(items: Items) -> pa.Table:
    """One row a number stated in prose."""
    return tables(items, ("facts",))["facts"]


def errors(items: Items) -> pa.Table:
    """One row a document that could not be read."""
    return tables(items, ("errors",))["errors"]


def write_empty(path: Path, name: str) -> None:
    """A Parquet file of the table without rows, in a data set partitioned by year: that column stands in folder names."""
    parquet = importlib.import_module("pyarrow.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    table = schema(name).empty_table()
    parquet.write_table(table.drop_columns(["year"]) if "year" in table.schema.names else table, path)


# --- one machine outgrown ----------------------------------------------------------------------------------------------------


def read_batch(batch: pa.RecordBatch, *, table: str = DOCUMENTS, load: Loader = default_loader) -> pa.RecordBatch:
    """Read the documents of an Arrow batch: what Dask, Ray Data or Spark's `mapInArrow` map over their partitions.

    The batch has a column `path` (string), or `content` (binary) with a `path` that only names the document. The result has the
    `schema` of `table`: by default `DOCUMENTS`, one row a document in the order of the batch, with the `error` of those that
    cannot be read; in the other tables only `errors` has rows for them.
    """
    builder = Builder((table,))
    for result in _read_rows(batch, load):
        builder.add(result)
    return builder.flush()[table]


def _read_rows(batch: pa.RecordBatch, load: Loader) -> Iterable[Result]:
    from govreport.batch.inputs import Input  # noqa: PLC0415 - only here are files opened

    has = set(batch.schema.names)
    if not has & {"path", "content"}:
        msg = f"the batch needs a column path or content; it has {', '.join(batch.schema.names) or 'none'}"
        raise ValueError(msg)
    for position, row in enumerate(batch.select(sorted(has & {"path", "content"})).to_pylist()):
        name = row.get("path") or str(position)
        fetch = functools.partial(row.get, "content") if "content" in has else Input.file(name).read
        yield read_one(name, fetch, load)
