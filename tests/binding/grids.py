"""A report whose tables tests write cell by cell, as a page, in pipes or in tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import govreport
from govreport.formats import canvas
from govreport.forms import builtin_forms
from govreport.model import Report, Table
from govreport.testing import dice, make_report, values_for

__all__ = ["REPORT", "WAYS", "Rows", "Write", "as_page", "cells_of", "read"]

Rows = Sequence[Sequence[str]]
Write = Callable[[Rows], str]

REPORT = make_report(builtin_forms()[-1], values_for(builtin_forms()[-1], "unique", dice(5)))
_HEADINGS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


def cells_of(table: Table) -> list[list[str]]:
    """The table with every label in each of the cells that it covers."""
    return [["" if slot is None else slot[0].text for slot in row] for row in canvas.matrix(table)]


def as_page(rows: Rows) -> str:
    """A table of HTML."""
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _as_pipes(rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _as_tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


WAYS: tuple[Write, ...] = (as_page, _as_pipes, _as_tabs)


def read(changed: Mapping[int, Rows], write: Write, report: Report = REPORT) -> Report:
    """The report with these of its tables changed, by number, and all written so."""
    tables = [write(changed.get(number, cells_of(table))) for number, table in enumerate(report.tables)]
    sections = "\n\n".join(f"{heading}\n\n{table}" for heading, table in zip(_HEADINGS, tables, strict=True))
    return govreport.loads(f"{report.title}\n\n{sections}\n")
