"""Tables that are made of other elements: by the roles that these have, or by a style that arranges them as table and cells."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["as_tables"]

_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "td",
    "rowheader": "td",
}
_DISPLAYS = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}
_DISPLAY = re.compile(r"display\s*:\s*((?:inline-)?table(?:-row|-cell)?)(?![\w-])", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_OWN = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "col", "colgroup", "caption"})
_FEWEST_CELLS = 20
"""With fewer the page puts its columns side by side so, not a table of a report."""
_SPANS = {"aria-colspan": "colspan", "aria-rowspan": "rowspan"}


def as_tables(page: bytes, root: etree._Element) -> None:
    """Give the elements the names of what they are arranged as."""
    if b"role=" not in page and b"table-cell" not in page:
        return
    by_class = _by_class(root)
    found = {element: name for element in _candidates(root) if (name := _arranged(element, by_class))}
    if list(found.values()).count("td") < _FEWEST_CELLS:
        return
    for element, name in found.items():
        element.tag = name
        for said, span in _SPANS.items():
            if (count := element.get(said)) is not None:
                element.set(span, count)


def _candidates(root: etree._Element) -> list[etree._Element]:
    return [element for element in _search()(root) if element.tag not in _OWN]


@functools.cache
def _search() -> etree.XPath:
    from lxml import etree  # noqa: PLC0415 - the library is optional

    return etree.XPath(".//*[@role or contains(@style, 'table') or @class]")


def _by_class(root: etree._Element) -> dict[str, str]:
    """The classes that a style sheet in the page arranges so."""
    rules = ((name, _DISPLAY.search(rule)) for style in root.iter("style") for name, rule in _RULE.findall(style.text or ""))
    return {name: _DISPLAYS[found[1].lower()] for name, found in rules if found}


def _arranged(element: etree._Element, by_class: dict[str, str]) -> str | None:
    role = _ROLES.get(element.get("role", "").lower())
    if role is not None:
        return role
    styled = _DISPLAY.search(element.get("style", ""))
    if styled:
        return _DISPLAYS[styled[1].lower()]
    return next((by_class[name] for name in element.get("class", "").split() if name in by_class), None)
