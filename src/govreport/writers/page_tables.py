"""The tables of the HTML page as the form shows them, with what is said of their cells beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from attrs import frozen

from govreport.display.drawing import draw, shown
from govreport.forms.layout import DrawnCell
from govreport.model import Cell, CheckResult, Finding, Report, Severity, Status, Table
from govreport.writers.markup import Html, both, tag
from govreport.writers.page_source import Anchors

__all__ = ["MARKS", "STATES", "Document", "findings_beside", "findings_list", "table_with_findings"]

SEVERITIES = {Severity.ERROR: ("错误", "error"), Severity.WARNING: ("警告", "warning"), Severity.INFO: ("提示", "note")}
STATES = {
    "inconsistent": ("不一致", "does not add up"),
    "doubtful": ("存疑", "doubtful"),
    "missing": ("未找到", "not found"),
}
MARKS = {"inconsistent": "≠", "doubtful": "?", "missing": ""}
"""What marks a cell besides its colour; a missing cell shows `·` already."""


@frozen
class Document:
    """One document of the page with the ids of its parts."""

    number: int
    name: str
    report: Report
    result: CheckResult

    @property
    def prefix(self) -> str:
        """What all its ids begin with, so that the documents of a page stay apart."""
        return f"d{self.number}-"

    def cell_id(self, key: str) -> str:
        """The id of a cell."""
        return f"{self.prefix}c-{key}"

    def finding_id(self, number: int) -> str:
        """The id of the finding with that number."""
        return f"{self.prefix}f{number}"


def findings_beside(document: Document) -> dict[str, list[tuple[int, Finding]]]:
    """The numbered findings by the table of their first cell; "" for those that speak of no cell."""
    tables = {cell.key: table.name for table in document.report.tables for cell in table.cells}
    beside: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(document.result):
        named = (tables[key] for key in finding.cells if key in tables)
        beside[next(named, "")].append((number, finding))
    return beside


def table_with_findings(table: Table, document: Document, anchors: Anchors, findings: list[tuple[int, Finding]]) -> Html:
    """The table as the form draws it, its findings beneath; every cell links to its place."""
    cells = {cell.key: cell for cell in table.cells}
    spoken = _spoken(document)
    rows = [tag("tr", [_drawn(d, cells, spoken, document, anchors) for d in row]) for row in draw(table)]
    caption = tag("caption", f"{table.section}、{table.title}")
    drawn = tag("div", tag("table", caption, tag("tbody", rows)), class_="scroll")
    return tag("section", drawn, findings_list(findings, document, anchors), class_="beside")


def _spoken(document: Document) -> dict[str, list[tuple[int, Finding]]]:
    """The numbered findings that name each cell."""
    spoken: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(document.result):
        for key in finding.cells:
            spoken[key].append((number, finding))
    return spoken


def _drawn(
    drawn: DrawnCell,
    cells: dict[str, Cell],
    spoken: dict[str, list[tuple[int, Finding]]],
    document: Document,
    anchors: Anchors,
) -> Html:
    spans = {"rowspan": drawn.rowspan if drawn.rowspan > 1 else None, "colspan": drawn.colspan if drawn.colspan > 1 else None}
    if drawn.key is None:
        return tag("th", drawn.text, scope=drawn.scope, **spans)
    cell = cells.get(drawn.key)
    if cell is None:
        return tag("td", **spans)
    found = spoken.get(cell.key, [])
    return tag(
        "td", _value(cell, found, document, anchors), class_=_classes(cell, found), id=document.cell_id(cell.key), **spans
    )


def _classes(cell: Cell, found: list[tuple[int, Finding]]) -> str:
    return " ".join(("cell", *_states(cell, [finding for _, finding in found])))


def _states(cell: Cell, findings: Sequence[Finding]) -> list[str]:
    """Why a cell is marked; findings of the reading cast doubt on it, all others say that it does not fit."""
    doubts = [finding for finding in findings if finding.code.startswith("reading.")]
    missing = cell.status is Status.MISSING
    states = {
        "inconsistent": len(findings) > len(doubts) and not missing,
        "doubtful": (bool(doubts) or cell.status is Status.INFERRED) and not missing,
        "missing": missing,
    }
    return [state for state, holds in states.items() if holds]


def _value(cell: Cell, found: list[tuple[int, Finding]], document: Document, anchors: Anchors) -> Html:
    """The number as printed, linked to its place; only marked cells are stops of the tab key, for there are two hundred."""
    states = _states(cell, [finding for _, finding in found])
    section = cell.label.partition("|")[0]
    return tag(
        "a",
        shown(cell),
        [tag("span", MARKS[state], class_="mark", title=" ".join(STATES[state])) for state in states if MARKS[state]],
        href=f"#{anchors.of(cell.place, section)}",
        tabindex=None if states else "-1",
        aria_describedby=" ".join(document.finding_id(number) for number, _ in found) or None,
        title=cell.label.replace("|", " › "),
    )


def findings_list(findings: list[tuple[int, Finding]], document: Document, anchors: Anchors) -> Html | None:
    """The findings in words, each with links to its cell and its place; None where there are none."""
    if not findings:
        return None
    return tag("ul", [_finding(number, finding, document, anchors) for number, finding in findings], class_="findings")


def _finding(number: int, finding: Finding, document: Document, anchors: Anchors) -> Html:
    known = document.report.values()
    cells = [key for key in finding.cells if key in known]
    return tag(
        "li",
        tag("strong", both(*SEVERITIES[finding.severity]), class_="severity"),
        both(finding.text("zh"), finding.text("en")),
        tag("span", finding.code, class_="code"),
        _jumps(finding, cells, document, anchors),
        class_=f"finding {finding.severity.value}",
        id=document.finding_id(number),
        data_cells=" ".join(map(document.cell_id, cells)) or None,
        tabindex="-1",
    )


def _jumps(finding: Finding, cells: list[str], document: Document, anchors: Anchors) -> list[Html]:
    """Links from a finding to the cell it stands at and to the source."""
    first = cells[:1] if finding.suggestion is None else [finding.suggestion[0]]
    links = [tag("a", both("单元格", "cell"), href=f"#{document.cell_id(key)}", class_="jump") for key in first]
    if finding.place is not None:
        links.append(tag("a", both("原文", "source"), href=f"#{anchors.of(finding.place)}", class_="jump"))
    return links
