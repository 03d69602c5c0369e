"""One cell of two reports side by side, whichever forms they follow."""

from __future__ import annotations

from decimal import Decimal

from govreport.checks.rules import Case
from govreport.forms import CellSpec
from govreport.model import Cell, Status

__all__ = ["CERTAIN", "certain", "counterparts", "figure"]

CERTAIN = frozenset({Status.READ, Status.BLANK})
"""The statuses of cells that a sum may rely on."""


def certain(cell: Cell | None) -> bool:
    """Whether the cell is there and was read for certain, be it blank."""
    return cell is not None and cell.status in CERTAIN and (cell.value is not None or cell.status is Status.BLANK)


def figure(case: Case, key: str, spec: CellSpec | None = None) -> int | Decimal | None:
    """The number of a cell, a blank as 0; None if it is not there or not certain.

    With the `spec` that another form gives the key, a row that this report splits (`other` into `other.*`) is added up.
    """
    cell = case.cells.get(key)
    cells = [cell] if cell is not None else counterparts(case, spec) if spec else []
    if not cells or not all(certain(cell) for cell in cells):
        return None
    return sum((cell.value or 0 for cell in cells), 0)


def counterparts(case: Case, spec: CellSpec) -> list[Cell]:
    """The cells that together are what another form has in one: the rows below its row, in the same column."""
    table = spec.key.removesuffix(f"{spec.row.key}.{spec.column.key}")
    stem, end = f"{table}{spec.row.key}.", f".{spec.column.key}"
    return [cell for key, cell in case.cells.items() if key.startswith(stem) and key.endswith(end)] if spec.row.key else []
