"""Formulas of .xls files that nobody has counted are no blanks and no zeros."""

from __future__ import annotations

import struct

import pytest

from govreport.readers.sheets.biff import xls_sheets

pytest.importorskip("xlrd")

NO_TEXT, ZERO, SEVEN = b"\3\0\0\0\0\0\xff\xff", struct.pack("<d", 0), struct.pack("<d", 7)
_RECALC_ID, _UNCALCED = 0x01C1, 0x005E


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def formula(column: int, result: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHH", 0, column, 0) + result + struct.pack("<HIHBH", 0, 0, 3, 0x1E, 1))


def number(column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", 0, column, 0, value))


def workbook(*cells: bytes, book: bytes = b"", sheet: bytes = b"") -> bytes:
    """A workbook of one sheet, as the records of its stream."""
    begun = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 1996, 0, 0))
    fonts = record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
    look, end = record(0x00E0, bytes(20)), record(0x000A)
    named = len(record(0x0085, bytes(9)))
    at = len(begun + fonts + look + book + end) + named
    globe = begun + fonts + look + book + record(0x0085, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"a") + end
    return globe + record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 1996, 0, 0)) + sheet + b"".join(cells) + end


def texts(data: bytes) -> list[str]:
    (sheet,) = xls_sheets(data)
    return list(sheet.rows[0])


@pytest.mark.parametrize("result", [NO_TEXT, ZERO])
def test_a_program_that_only_writes(result: bytes) -> None:
    assert texts(workbook(number(0, 3), formula(1, result))) == ["3", "=…"]


@pytest.mark.parametrize(("result", "text"), [(NO_TEXT, ""), (ZERO, "0")])
def test_a_program_that_counts_says_so(result: bytes, text: str) -> None:
    counted = record(_RECALC_ID, struct.pack("<HHI", _RECALC_ID, 0, 1))
    assert texts(workbook(number(0, 3), formula(1, result), book=counted)) == ["3", text]
    assert texts(workbook(formula(0, SEVEN), formula(1, result))) == ["7", text]


def test_a_sheet_that_was_to_be_counted_later() -> None:
    counted, later = record(_RECALC_ID, struct.pack("<HHI", _RECALC_ID, 0, 1)), record(_UNCALCED, b"\0\0")
    assert texts(workbook(number(0, 3), formula(1, ZERO), formula(2, SEVEN), book=counted, sheet=later)) == ["3", "=…", "7"]
