"""A report on its way between processes.

A report is a thousand small objects, and pickling them one by one takes as long as reading many a report. Here the many
(cells, pieces, places) travel as rows of plain values and are made again on the other side; the rest is pickled as it is.
"""

from __future__ import annotations

import functools
import operator
import pickle
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from attrs import evolve, fields, frozen

from govreport.batch.result import Result
from govreport.model import Cell, Piece, Place, Table

__all__ = ["Packed", "pack", "unpack"]

T = TypeVar("T")
Row = tuple[Any, ...]


class _Rows(Generic[T]):
    """Objects of one class as rows: the values of their fields, a place among them as a row of its own."""

    def __init__(self, kind: type[T], place: _Rows[Place] | None = None) -> None:
        names = [f.name for f in fields(kind) if f.name != "place"]  # type: ignore[arg-type]  # mypy sees no attrs class in T
        self._kind, self._place = kind, place
        self._values = operator.attrgetter(*names)
        self._setters = [getattr(kind, name).__set__ for name in names]
        self._set_place = None if place is None else getattr(kind, "place").__set__  # noqa: B009 - of T nothing is known

    def pack(self, items: Iterable[Any]) -> tuple[list[Row], list[Row | None]]:
        rows = list(map(self._values, items))
        if self._place is None:
            return rows, []
        values = self._place._values  # noqa: SLF001 - its own kind
        return rows, [None if item.place is None else values(item.place) for item in items]

    def unpack(self, packed: tuple[list[Row], list[Row | None]]) -> tuple[T, ...]:
        rows, places = packed
        items = tuple(map(self._make, rows))
        if self._place is not None and self._set_place is not None:
            make = self._place._make
            for item, place in zip(items, places, strict=True):
                self._set_place(item, None if place is None else make(place))
        return items

    def _make(self, row: Row) -> T:
        """The object without its checks: it passed them before it travelled."""
        item = object.__new__(self._kind)
        for setter, value in zip(self._setters, row, strict=True):
            setter(item, value)
        return item


_PLACES = _Rows(Place)
_CELLS = _Rows(Cell, _PLACES)
_PIECES = _Rows(Piece, _PLACES)


@frozen
class Packed:
    """A result ready to be pickled: without its cells, pieces and vocabulary, which stand beside it."""

    result: Result
    tables: tuple[tuple[Any, Any], ...]
    vocabulary: bytes


def pack(result: Result) -> Packed:
    """Take a result apart."""
    report = result.report
    if report is None:
        return Packed(result, (), b"")
    tables = tuple((_CELLS.pack(table.cells), _PIECES.pack(table.pieces)) for table in report.tables)
    bare = evolve(report, tables=tuple(evolve(t, cells=(), pieces=()) for t in report.tables), vocabulary={})
    return Packed(evolve(result, report=bare), tables, _dump(report.vocabulary))


def unpack(packed: Packed) -> Result:
    """Put it together again; reports with the same vocabulary share it, as they did where they were read."""
    report = packed.result.report
    if report is None:
        return packed.result
    tables = tuple(_table(table, *rows) for table, rows in zip(report.tables, packed.tables, strict=True))
    return evolve(packed.result, report=evolve(report, tables=tables, vocabulary=_load(packed.vocabulary)))


def _table(table: Table, cells: Any, pieces: Any) -> Table:  # noqa: ANN401 - rows of anything
    return evolve(table, cells=_CELLS.unpack(cells), pieces=_PIECES.unpack(pieces))


_dumped: tuple[Mapping[str, str] | None, bytes] = (None, b"")


def _dump(vocabulary: Mapping[str, str]) -> bytes:
    """The vocabulary pickled: it is one object for all reports of an engine, so it is done once."""
    global _dumped  # noqa: PLW0603 - a memory of one
    if _dumped[0] is not vocabulary:
        _dumped = vocabulary, pickle.dumps(dict(vocabulary))
    return _dumped[1]


@functools.lru_cache(maxsize=4)
def _load(data: bytes) -> Mapping[str, str]:
    found: Mapping[str, str] = pickle.loads(data)  # noqa: S301 - our own worker wrote it
    return found
