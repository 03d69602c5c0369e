"""Reports for people: on a terminal (`report_text`) and in a notebook (`report_html`, `table_html`).

Marks are the same everywhere: `12?` is a number bound on weak evidence, `·` a cell that was not found; a blank shows what the
document shows.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from govreport.display.drawing import LabelledBlock, LabelledRow, blocks, html_rows, shown
from govreport.model import Cell, CheckResult, Finding, Report, Status, Table
from govreport.textwidth import pad, text_width, wrap
from govreport.wording import Lang

__all__ = ["cell_text", "findings_text", "report_html", "report_text", "table_html", "table_text", "terminal_width"]

_WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "untitled": "（文中没有标题）",
        "issuer": "机关",
        "year": "年度",
        "form": "表式",
        "published": "发布",
        "container": "来源",
        "read": "读取",
        "inferred": "存疑",
        "blank": "空白",
        "missing": "缺失",
        "unbound": "未归位",
        "none": "未知",
        "doubts": "读取时的疑点",
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "legend": "“?” 存疑，“·” 未找到",
    },
    "en": {
        "untitled": "(the document has no title)",
        "issuer": "issuer",
        "year": "year",
        "form": "form",
        "published": "published",
        "container": "container",
        "read": "read",
        "inferred": "doubtful",
        "blank": "blank",
        "missing": "missing",
        "unbound": "unbound",
        "none": "unknown",
        "doubts": "Doubts while reading",
        "error": "error",
        "warning": "warning",
        "info": "note",
        "legend": '"?" doubtful, "·" not found',
    },
}
_NARROWEST = 40
_WIDEST = 100
_LABEL = 22  # a label column narrower than this is hard to read; number columns give way first
_NUMBER = 4  # two Chinese characters: the narrowest header that still reads


def terminal_width() -> int:
    """The width to draw for: that of the terminal, 80 in a pipe, never less than 40 or more than 100."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def cell_text(cell: Cell) -> str:
    """What stands in a cell, with `?` behind it where it is doubtful."""
    return shown(cell) + ("?" if cell.status is Status.INFERRED else "")


# --- terminal ----------------------------------------------------------------------------------------------------------------


def report_text(report: Report, width: int | None = None, lang: Lang = "zh") -> str:
    """The report for a terminal: head, tables, doubts. `width` in columns, by default that of the terminal (80 in a pipe)."""
    columns = width or terminal_width()
    parts = [_head(report, columns, lang)]
    parts += [table_text(table, columns) for table in report.tables if table.cells]
    if report.doubts:
        words = _WORDS[lang]
        parts.append(f"{words['doubts']} ({len(report.doubts)})\n{findings_text(report.doubts, columns, lang)}")
    return "\n\n".join(parts)


def _head(report: Report, width: int, lang: Lang) -> str:
    words = _WORDS[lang]
    facts = {name: getattr(report, name) for name in ("issuer", "year", "form", "published", "container")}
    described = " · ".join(f"{words[name]} {_known(value, words)}" for name, value in facts.items())
    title = report.title or words["untitled"]
    return "\n".join(line for text in (title, described, _counts(report, lang)) for line in wrap(text, width))


def _known(value: object, words: dict[str, str]) -> str:
    return words["none"] if value is None else str(value)


def _counts(report: Report, lang: Lang) -> str:
    """How many cells are in which state, and what the marks mean if any is there."""
    words = _WORDS[lang]
    states = [cell.status for cell in report.cells]
    counted = [f"{words[status.value]} {states.count(status)}" for status in Status]
    if report.unbound:
        counted.append(f"{words['unbound']} {len(report.unbound)}")
    marked = Status.INFERRED in states or Status.MISSING in states
    return " · ".join(counted) + (f"  ({words['legend']})" if marked else "")


def table_text(table: Table, width: int | None = None) -> str:
    """One table for a terminal: labels on the left, indented under their groups, numbers under their headers."""
    columns = width or terminal_width()
    found = list(blocks(table))
    lines = wrap(f"{table.section}、{table.title}", columns)
    for block in found:
        lines += _block_lines(block, columns, _label_column(found, columns))
    return "\n".join(lines)


def _label_column(found: Sequence[LabelledBlock], width: int) -> int:
    """As wide as the widest label, but no wider than the narrowest number columns allow; one width for the whole table."""
    labels = [text_width(part) + 2 * depth for block in found for row in block.rows for depth, part in enumerate(row.path)]
    numbers = max(sum(_narrow(block, index) + 1 for index in range(len(block.columns))) for block in found)
    return max(_LABEL, min(max(labels, default=0), width - numbers))


def _narrow(block: LabelledBlock, index: int) -> int:
    return max(_NUMBER, *(text_width(_in_column(block, row, index)) for row in block.rows))


def _in_column(block: LabelledBlock, row: LabelledRow, index: int) -> str:
    """The cell's text, with the unit where not all of the column has the same."""
    cell = row.cells[index]
    mixed = len({r.cells[index].unit for r in block.rows}) > 1
    printed = cell.unit and shown(cell).endswith(cell.unit)
    return cell_text(cell) + (cell.unit or "" if mixed and cell.value is not None and not printed else "")


def _header(block: LabelledBlock, index: int) -> str:
    units = {row.cells[index].unit for row in block.rows}
    unit = units.pop() if len(units) == 1 else None
    return f"{block.columns[index]}（{unit}）" if unit else block.columns[index]


def _block_lines(block: LabelledBlock, width: int, label: int) -> Iterator[str]:
    headers = [_header(block, index) for index in range(len(block.columns))]
    spare = (width - label) // max(1, len(headers)) - 1
    widths = [max(_narrow(block, i), min(text_width(header), spare)) for i, header in enumerate(headers)]
    if any(block.groups):
        yield _group_line(block, widths, label)
    yield from _header_lines(headers, widths, label)
    yield "-" * (label + sum(widths) + len(widths))
    above: tuple[str, ...] = ()
    for row in block.rows:
        yield from _row_lines(block, row, above, widths, label)
        above = row.path


def _group_line(block: LabelledBlock, widths: Sequence[int], label: int) -> str:
    """The groups centred over their columns between marks that show how far they reach."""
    line = " " * label
    for group, run in itertools.groupby(zip(block.groups, widths, strict=True), key=lambda pair: pair[0]):
        room = sum(width + 1 for _, width in run) - 1
        fill = max(0, room - text_width(group)) if group else 0
        line += " " + ("-" * (fill // 2) + group + "-" * (fill - fill // 2) if group else " " * room)
    return line.rstrip()


def _header_lines(headers: Sequence[str], widths: Sequence[int], label: int) -> Iterator[str]:
    wrapped = [_balanced(header, width) for header, width in zip(headers, widths, strict=True)]
    height = max(map(len, wrapped))
    for level in range(height):
        texts = [lines[level - height + len(lines)] if level >= height - len(lines) else "" for lines in wrapped]
        yield (" " * label + _aligned(texts, widths)).rstrip()


def _balanced(text: str, width: int) -> list[str]:
    """Wrapped to as few lines as the width allows, and these as even as can be."""
    lines = wrap(text, width)
    return next(even for narrower in range(2, width + 1) if len(even := wrap(text, narrower)) <= len(lines))


def _row_lines(
    block: LabelledBlock, row: LabelledRow, above: tuple[str, ...], widths: Sequence[int], label: int
) -> Iterator[str]:
    """The groups that begin here, each on its line, then the row; a label that is too long goes on above its numbers."""
    path = row.path or ("",)
    for depth, part in enumerate(path[:-1]):
        if above[: depth + 1] != path[: depth + 1]:
            yield from wrap(part, label + sum(widths), indent="  " * depth)
    *first, last = wrap(path[-1], label, indent="  " * (len(path) - 1), hanging="  " * len(path))
    yield from first
    texts = [_in_column(block, row, index) for index in range(len(widths))]
    yield (pad(last, label) + _aligned(texts, widths)).rstrip()


def _aligned(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(" " + pad(text, width, right=True) for text, width in zip(texts, widths, strict=True))


def findings_text(findings: Iterable[Finding] | CheckResult, width: int | None = None, lang: Lang = "zh") -> str:
    """Findings for a terminal: severity, message, code; wrapped under each other."""
    columns = width or terminal_width()
    words = _WORDS[lang]
    lines: list[str] = []
    for finding in findings:
        lines += wrap(f"{words[finding.severity.value]}: {finding.text(lang)} [{finding.code}]", columns, hanging="  ")
    return "\n".join(lines)


# --- notebooks ---------------------------------------------------------------------------------------------------------------

_STYLES = {
    Status.INFERRED: ' style="background:#fff3bf;color:#000" title="inferred"',
    Status.MISSING: ' style="background:#ffe3e3;color:#000" title="missing"',
}


def report_html(report: Report) -> str:
    """The report for a notebook: head, tables as the form prints them, doubts. Everything is escaped."""
    words = _WORDS["zh"]
    facts = (("issuer", report.issuer), ("year", report.year), ("form", report.form))
    head = " · ".join(f"{words[name]} {_known(value, words)}" for name, value in facts)
    doubts = "".join(f"<li>{escape(finding.message)} <code>{escape(finding.code)}</code></li>" for finding in report.doubts)
    return (
        f"<div><p><b>{escape(report.title or words['untitled'])}</b><br>{escape(head)}<br>{escape(_counts(report, 'zh'))}</p>"
        + "".join(table_html(table) for table in report.tables if table.cells)
        + (f"<ul>{doubts}</ul>" if doubts else "")
        + "</div>"
    )


def table_html(table: Table) -> str:
    """One table for a notebook, as the form prints it; doubtful and missing cells are coloured."""
    rows = "".join(html_rows(table, lambda cell: (_STYLES.get(cell.status, ""), cell_text(cell))))
    return f"<table><caption>{escape(f'{table.section}、{table.title}')}</caption>{rows}</table>"
