"""Tables of markup that is no page's: rows and entries as DocBook has them, and records whose fields are elements of their own.

<row><entry morerows="1">规章</entry><entry namest="c2" nameend="c4">3</entry></row>
<record><name>规章</name><issued>3</issued></record>
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["as_rows", "is_xml"]

_LAST_NUMBER = re.compile(r"(\d{1,4})$")
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_PAGE = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_HEAD = 4_096
_NAMES = {"tgroup": "table", "para": "p", "simpara": "p", "listitem": "li", "title": "h2"}
"""What DocBook calls otherwise than pages do; its titles are seen."""
_KNOWN = frozenset({"row", "cell", "tr", "td", "th", "col"})
"""What tables have in pages, and in those of TEI."""
_FEWEST_ROWS, _FEWEST_CELLS = 2, 2


def as_rows(root: etree._Element) -> None:
    """Give such elements the names of table, row and cell, and those that no page knows the name of a block."""
    for entry in root.iter("entry"):
        _as_cell(entry)
    for holder in list(root.iter("*")):
        holder.tag = _NAMES.get(holder.tag, holder.tag)
        for _, run in groupby(holder, key=lambda element: element.tag):
            rows = list(run)
            if len(rows) >= _FEWEST_ROWS and all(map(_is_record, rows)):
                _as_table(holder, rows)
    for holder in root.iter("*"):
        if not _loose(holder).strip():
            _as_blocks(holder)


def is_xml(page: bytes) -> bool:
    """Whether it is XML, and does not begin as a page."""
    return _DECLARED.match(page) is not None and _PAGE.search(page, 0, _HEAD) is None


def _as_blocks(holder: etree._Element) -> None:
    """Elements that no page knows, and no text beside them: what they say does not run together."""
    from lxml.html import defs  # noqa: PLC0415 - the library is optional

    for element in holder:
        if element.tag not in defs.tags and element.tag not in _KNOWN:
            element.tag = "div"


def _as_cell(entry: etree._Element) -> None:
    """An entry says how many more rows it covers, and by their names from which column to which it reaches."""
    entry.tag = "td"
    if (more := entry.get("morerows", "")).isdecimal():
        entry.set("rowspan", str(int(more) + 1))
    ends = [_LAST_NUMBER.search(entry.get(name, "")) for name in ("namest", "nameend")]
    first, last = (int(end[1]) if end else 0 for end in ends)
    if last > first:
        entry.set("colspan", str(last - first + 1))


def _is_record(element: etree._Element) -> bool:
    """Whether it holds several elements that hold no others, none of them a block of a page, and no text beside them."""
    from lxml.html import defs  # noqa: PLC0415 - the library is optional

    plain = all(not len(part) and part.tag not in defs.block_tags and part.tag not in _KNOWN for part in element)
    return len(element) >= _FEWEST_CELLS and plain and not _loose(element).strip()


def _loose(element: etree._Element) -> str:
    """What stands beside the elements within it."""
    return (element.text or "") + "".join(part.tail or "" for part in element)


def _as_table(holder: etree._Element, rows: Sequence[etree._Element]) -> None:
    """A table around the rows, in which each field is a cell."""
    table = holder.makeelement("table")
    table.sourceline = rows[0].sourceline
    rows[0].addprevious(table)
    table[:] = rows
    for row in rows:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"
