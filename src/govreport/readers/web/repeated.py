"""Tables whose page says nowhere that they are: elements one below the other, each of which holds cells side by side.

<div class="list"><div class="line"><div class="item">规章</div><div class="item">3</div> …</div> …</div>
<div style="display: grid; grid-template-columns: repeat(4, 1fr)"><div>规章</div><div>3</div> …</div>
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from govreport.placing import flowing

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["repeated"]

_HOLDERS = ("div", "ul", "ol", "li", "section", "article", "main", "dl", "body")
_BLOCKS = frozenset({*_HOLDERS, "p", "dd", "dt", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "form"})
_CELLS = frozenset({"div", "li", "dd", "dt", "section"})
"""What stands for a cell by itself; paragraphs and headings in an element are what it says, one after the other."""
_MOST_COLUMNS = 30
_FEWEST_CELLS, _FEWEST_ROWS = 20, 2
_SHARE = 0.6
"""Share of the elements one below the other that must hold several cells."""
_LONGEST = 60
"""Characters of a cell: labels of the form have half as many."""
_MOST = 300
"""Columns and rows of the largest table that is laid out in columns: the form has ten and thirty."""
_SPANS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"colspan": ("data-colspan", "data-col-span", "colspan"), "rowspan": ("data-rowspan", "data-row-span", "rowspan")}
)
_TRACKS = re.compile(r"grid-template-columns\s*:\s*(?:repeat\(\s*(\d{1,3})\s*,|([^;]+))", re.IGNORECASE)
_PLACED = {
    name: re.compile(rf"grid-{side}\s*:\s*(?:(\d{{1,4}})\s*(?:/|;|$)\s*)?(?:span\s*(\d{{1,4}})|(\d{{1,4}}))?", re.IGNORECASE)
    for name, side in (("rowspan", "row"), ("colspan", "column"))
}


def repeated(page: bytes, root: etree._Element) -> None:
    """Give the elements of such tables the names of table, row and cell; where the page has tables, nothing is sought."""
    if next(islice(root.iter("td", "th"), _FEWEST_CELLS, None), None) is not None:
        return
    gridded = b"grid-template-columns" in page
    found = [table for holder in root.iter(*_HOLDERS) for table in _tables(holder, gridded=gridded)]
    made = {table.make for table in found if table.cells >= _FEWEST_CELLS}
    for table in found:
        if table.make not in made:
            continue
        if table.columns:
            _lay_out(table.holder, table.columns)
        else:
            _name(_holder(table), table.rows)


@frozen
class _Table:
    """A table, perhaps: an element with rows in it, or with cells that are laid out in columns.

    `make` is of what elements it is made: a smaller one is a table, too, where a larger one is made of the same.
    """

    holder: etree._Element
    make: tuple[str | None, ...]
    cells: int
    rows: Sequence[etree._Element] = ()
    columns: int = 0


def _tables(holder: etree._Element, *, gridded: bool) -> Iterator[_Table]:
    if gridded and (columns := _tracks(holder)):
        yield _Table(holder, _make(holder[0]), len(holder), columns=columns)
        return
    for is_row, run in groupby(holder, key=_is_row):
        rows = list(run)
        if is_row and _are_rows(rows):
            yield _Table(holder, _make(rows[0], rows[0][0]), sum(map(len, rows)), rows)


def _make(*elements: etree._Element) -> tuple[str | None, ...]:
    return tuple(part for element in elements for part in (element.tag, element.get("class")))


def _is_row(element: etree._Element) -> bool:
    return bool(len(element)) and not (element.tail or "").strip() and not _has_text(element) and all(map(_is_cell, element))


def _are_rows(rows: Sequence[etree._Element]) -> bool:
    """Whether most of these hold several cells, which a page would show apart."""
    if len(rows) < _FEWEST_ROWS or sum(1 < len(row) <= _MOST_COLUMNS for row in rows) < _SHARE * len(rows):
        return False
    return all(cell.tag in _CELLS for row in rows for cell in row) or _alike(rows)


def _holder(table: _Table) -> etree._Element:
    """The element around the rows; one of their own where it holds something else besides."""
    if len(table.rows) == len(table.holder) and not _has_text(table.holder):
        return table.holder
    own = table.holder.makeelement("table")
    own.sourceline = table.rows[0].sourceline
    table.rows[0].addprevious(own)
    own[:] = table.rows
    return own


def _alike(rows: Sequence[etree._Element]) -> bool:
    """Whether cells that might be one text are all of one class, and most rows have as many of them."""
    kinds = {cell.get("class", "") for row in rows for cell in row}
    ((_, most),) = Counter(map(len, rows)).most_common(1)
    return len(kinds) == 1 and "" not in kinds and most >= _SHARE * len(rows)


def _is_cell(element: etree._Element) -> bool:
    inner = any(child.tag in _BLOCKS and child.tag != "p" for child in element.iterdescendants("*"))
    return not inner and len("".join(element.itertext())) <= _LONGEST


def _has_text(element: etree._Element) -> bool:
    """Whether anything stands beside its elements."""
    return any(text and text.strip() for text in (element.text, *(child.tail for child in element)))


def _name(holder: etree._Element, rows: Sequence[etree._Element]) -> None:
    holder.tag = "table"
    for row in rows:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"
            for span, names in _SPANS.items():
                if (said := next((cell.get(name) for name in names if cell.get(name)), None)) is not None:
                    cell.set(span, said)


def _tracks(holder: etree._Element) -> int:
    """How many columns its style gives an element; 0 if it holds no cells, or not side by side."""
    found = _TRACKS.search(holder.get("style", ""))
    if found is None or not len(holder) or _has_text(holder) or not all(map(_is_cell, holder)):
        return 0
    count = int(found[1]) if found[1] else len(found[2].split())
    area = sum(_said(cell, "rowspan")[1] * _said(cell, "colspan")[1] for cell in holder)
    return count if count <= _MOST and area <= _MOST * _MOST else 0


def _lay_out(holder: etree._Element, columns: int) -> None:
    """Put the cells into rows."""
    rows: dict[int, list[tuple[int, etree._Element]]] = {}
    for row, column, cell in flowing(map(_laid, holder), columns):
        rows.setdefault(row, []).append((column, cell.element))
    made = []
    for row in sorted(rows):
        line = holder.makeelement("tr")
        line.sourceline = holder.sourceline
        line[:] = [cell for _, cell in sorted(rows[row], key=lambda pair: pair[0])]
        made.append(line)
    holder[:] = made
    holder.tag = "table"


class _Laid(NamedTuple):
    """A cell that is laid out in columns, and what it covers."""

    element: etree._Element
    rowspan: int
    colspan: int


def _laid(element: etree._Element) -> tuple[_Laid, tuple[int, int] | None]:
    """The element as a cell, and its row and column where its style says them."""
    (row, down), (column, across) = (_said(element, name) for name in _PLACED)
    element.tag = "td"
    element.set("rowspan", str(down))
    element.set("colspan", str(across))
    return _Laid(element, down, across), None if row is None or column is None else (row, column)


def _said(cell: etree._Element, name: str) -> tuple[int | None, int]:
    """Where a cell begins, from 0, and how far it reaches; None where its style does not say."""
    found = _PLACED[name].search(cell.get("style", ""))
    if found is None:
        return None, 1
    first = int(found[1] or found[3] or 0)
    span = int(found[2]) if found[2] else max(1, int(found[3]) - first) if found[1] and found[3] else 1
    return (first - 1 if first else None), min(span, _MOST)
