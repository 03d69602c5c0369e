"""Which cells of a report are doubted: what tests of the binder ask most."""

from __future__ import annotations

import govreport
from govreport.model import Report

__all__ = ["doubted", "named"]


def named(report: Report, *families: str) -> set[str]:
    """The cells that a finding of the reading names, or of these families."""
    told = families or ("reading.",)
    return {key for finding in govreport.check(report) if finding.code.startswith(told) for key in finding.cells}


def doubted(report: Report, row: str = "requests.granted") -> bool:
    """Whether every cell of a row, or of all whose keys begin so, is named by a finding of the reading."""
    cells = {cell.key for cell in report.cells if cell.key.startswith(f"{row}.")}
    assert cells
    return cells <= named(report)
