"""Formulas of an Excel 97 workbook that nobody has counted: xlrd tells results, and not that they are those of formulas.

A program that only writes leaves the counting to whoever opens the file, and puts a 0 or an empty text in place of the result.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    import xlrd

__all__ = ["Uncounted"]

# Records of the workbook stream, [MS-XLS] 2.4
_BOF, _EOF, _FORMULA = 0x0809, 0x000A, 0x0006
_NOT_COUNTED, _COUNTED_BY = 0x005E, 0x01C1  # Uncalced; RecalcId, which Excel writes since 2000, and LibreOffice
_HEADER = struct.Struct("<HH")
_RESULT = struct.Struct("<HH2x8s")  # row, column, (format,) result
_NOTHING = frozenset({bytes(8), b"\3\0\0\0\0\0\xff\xff"})  # 0, and the empty text

_Place = tuple[int, int]


@define
class Uncounted:
    """The formulas with the result of none, by where the records of their sheet begin; empty where the results are known."""

    _places: dict[int, set[_Place]] = field(factory=dict)
    _refused: set[int] = field(factory=set)
    _counted: bool = False
    _begun: list[int] = field(factory=list)

    @classmethod
    def of(cls, book: xlrd.Book) -> Uncounted:
        """A look at every record of a workbook whose bytes are still there."""
        found = cls()
        for at, kind, length in _records(book):
            found._see(book.mem, at, kind, length)
        return found

    def on(self, sheet: int) -> set[_Place]:
        """The cells of a sheet, row and column counted from 0."""
        return set() if self._counted and sheet not in self._refused else self._places.get(sheet, set())

    def _see(self, data: bytes, at: int, kind: int, length: int) -> None:
        if kind == _BOF:
            self._begun.append(at)
        elif kind == _EOF:
            self._begun[-1:] = []
        elif kind == _COUNTED_BY:
            self._counted = True
        elif self._begun and kind == _NOT_COUNTED:
            self._refused.add(self._begun[-1])
        elif self._begun and kind == _FORMULA and length >= _RESULT.size:
            self._formula(*_RESULT.unpack_from(data, at + _HEADER.size))

    def _formula(self, row: int, column: int, result: bytes) -> None:
        if result in _NOTHING:
            self._places.setdefault(self._begun[-1], set()).add((row, column))
        else:
            self._counted = True


def _records(book: xlrd.Book) -> Iterator[tuple[int, int, int]]:
    """Where each record of the workbook stream begins, its kind, and how long it is."""
    at, end = book.base, book.base + book.stream_len - _HEADER.size
    while at <= end and book.mem is not None:
        kind, length = _HEADER.unpack_from(book.mem, at)
        yield at, kind, length
        at += _HEADER.size + length
