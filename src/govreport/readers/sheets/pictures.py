"""Pictures that lie on a sheet of an .xlsx: the cells in which they begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govreport.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govreport.readers.ooxml import Package

__all__ = ["pictures_of"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ANCHORS = (_DRAWING + "twoCellAnchor", _DRAWING + "oneCellAnchor")
_COUNT = re.compile(r"\d{1,7}")


def pictures_of(package: Package, sheet: str) -> Iterator[tuple[int, int]]:
    """Row and column of each, counted from 0; none where the part that tells is damaged."""
    try:
        part = package.related(sheet, "drawing")
        drawing = () if part is None else package.xml(part).iter(*_ANCHORS)
    except SourceError:
        return
    for anchor in drawing:
        start = anchor.find(_DRAWING + "from")
        if start is not None and anchor.find(f".//{_DRAWING}pic") is not None:
            yield _count(start, "row"), _count(start, "col")


def _count(start: etree._Element, name: str) -> int:
    said = (start.findtext(_DRAWING + name) or "").strip()
    return int(said) if _COUNT.fullmatch(said) else 0
