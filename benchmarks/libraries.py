"""What others need for the same file, to compare `load` with: the library of a container until it has handed over the tables.

No report is read here. Nothing is checked, and no value is told from a label; what stands in a task is only what must be done
before anybody can begin with that. A package that is not installed is left out.

- html: the bare parse (lxml), of which no table has been looked at yet; and data frames of the tables (pandas.read_html).
- docx: the text of every cell and paragraph (python-docx).
- xlsx: every cell with its value and the merged ranges: as we read it, from the XML in the zip (lxml); by a reader in compiled
  code (calamine), which no program in Python can come near; and by the one most used from Python (openpyxl).
- pdf: pdfium knows no tables. What it knows of them is characters with their boxes and the boxes of what is drawn, asked for
  one by one as it has no other way; from these a table has to be put together. pdfplumber does that, and hands over tables.
"""

from __future__ import annotations

import ctypes
import importlib.util
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

__all__ = ["tasks"]

_Read = Callable[[bytes], object]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def tasks(container: str, data: bytes) -> dict[str, Callable[[], object]]:
    """The tasks for a file, by the name of what does it."""
    found = _LIBRARIES.get(container, {})
    return {name: partial(read, data) for name, (package, read) in found.items() if importlib.util.find_spec(package)}


def _lxml(data: bytes) -> object:
    from lxml import html  # noqa: PLC0415 - only where it is installed

    return html.document_fromstring(data)


def _pandas(data: bytes) -> object:
    import pandas as pd  # noqa: PLC0415 - as above

    return pd.read_html(io.BytesIO(data), flavor="lxml", encoding="utf-8")


def _docx(data: bytes) -> object:
    import docx  # noqa: PLC0415 - as above

    document = docx.Document(io.BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return tables, [paragraph.text for paragraph in document.paragraphs]


def _sheet_xml(data: bytes) -> object:
    from lxml import etree  # noqa: PLC0415 - as above

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        strings = [
            "".join(text.text or "" for text in item.iter(_MAIN + "t"))
            for name in names
            if name == "xl/sharedStrings.xml"
            for item in etree.fromstring(parts.read(name))
        ]
        sheets = [etree.fromstring(parts.read(name)) for name in names if name.startswith("xl/worksheets/sheet")]
    return [
        (
            [(cell.get("r"), _value(cell, strings)) for cell in sheet.iter(_MAIN + "c")],
            [merged.get("ref") for merged in sheet.iter(_MAIN + "mergeCell")],
        )
        for sheet in sheets
    ]


def _value(cell: object, strings: list[str]) -> object:
    text = cell.findtext(_MAIN + "v")  # type: ignore[attr-defined]  # an element
    if text is None:
        return None
    return strings[int(text)] if cell.get("t") == "s" else float(text)  # type: ignore[attr-defined]  # as above


def _calamine(data: bytes) -> object:
    import python_calamine  # noqa: PLC0415 - as above

    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    return [(sheet.to_python(), sheet.merged_cell_ranges) for sheet in sheets]


def _openpyxl(data: bytes) -> object:
    import openpyxl  # noqa: PLC0415 - as above

    book = openpyxl.load_workbook(io.BytesIO(data))
    return [(list(sheet.iter_rows(values_only=True)), list(sheet.merged_cells.ranges)) for sheet in book.worksheets]


def _pdfium(data: bytes) -> object:
    import pypdfium2  # noqa: PLC0415 - as above

    document = pypdfium2.PdfDocument(data)
    found = [(_characters(page), _drawn(page)) for page in document]
    document.close()
    return found


def _characters(page: object) -> object:
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    text, box = page.get_textpage(), raw.FS_RECTF()  # type: ignore[attr-defined]  # a page of pypdfium2
    found = []
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        found.append((chr(code), box.left, box.bottom, box.right, box.top))
    return found


def _drawn(page: object) -> object:
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = []
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            found.append((left.value, bottom.value, right.value, top.value))
    return found


def _pdfplumber(data: bytes) -> object:
    import pdfplumber  # noqa: PLC0415 - as above

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


_LIBRARIES: Mapping[str, Mapping[str, tuple[str, _Read]]] = {
    "html": {"lxml": ("lxml", _lxml), "pandas.read_html": ("pandas", _pandas)},
    "docx": {"python-docx": ("docx", _docx)},
    "xlsx": {
        "cells by lxml": ("lxml", _sheet_xml),
        "calamine": ("python_calamine", _calamine),
        "openpyxl": ("openpyxl", _openpyxl),
    },
    "pdf": {"pdfium": ("pypdfium2", _pdfium), "pdfplumber": ("pdfplumber", _pdfplumber)},
}
