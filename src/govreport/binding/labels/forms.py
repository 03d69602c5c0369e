"""Which form a block is of: where its own rows speak against what its header says, and what it may have held then."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from govreport.binding.cells import missing_cell
from govreport.binding.labels.headers import header_score
from govreport.binding.panels.sheet import says
from govreport.binding.rows.found import Found
from govreport.binding.vocabulary import BlockWords
from govreport.model import Cell, Status

__all__ = ["belied", "rival_cells", "union_cells", "unread_rivals"]


def belied(block: BlockWords, form: str, found: Mapping[str, Found], header: str, default: str | None) -> str | None:
    """The form that is more likely where each row has as many values as another has columns, and this one has not.

    That other one, if the header has a label of its own, or if it is the `default`. One value repeated for each column is
    another thing, if the header says nothing else.
    """
    widths = {len(spec.columns): name for name, spec in block.forms.items()}
    sizes = {sum(s.solid for s in row.slots) for row in found.values()}
    other = widths.get(sizes.pop()) if len(sizes) == 1 and len(block.forms[form].columns) not in sizes else None
    alike = any(len({says(s) for s in row.slots if s.solid}) == 1 for row in found.values())
    if other is None or (alike and (other != default or _prints_only(block, form, other, header))):
        return None
    own = {v for column in block.headers[form] for v in column}
    said = any(v in header for column in block.headers[other] for v in {*column} - own)
    return other if said or other == default else form


def _prints_only(block: BlockWords, form: str, other: str, header: str) -> bool:
    """Whether a header has all labels of a form, and beside them none of the other's."""
    if not all(any(v in header for v in column) for column in block.headers[form]):
        return False
    for label in sorted((v for column in block.headers[form] for v in column), key=len, reverse=True):
        header = header.replace(label, "\n")
    return not any(v in header for column in block.headers[other] for v in column)


def rival_cells(block: BlockWords, form: str, found: Mapping[str, Found]) -> list[Cell]:
    """What other forms have, where more values stand behind a row of this one than it has: its label is a group's, perhaps."""
    count = len(block.forms[form].columns)
    own = {cell.key for cell in block.forms[form].cells}
    rows = [found[row.key] for row in block.forms[form].rows if row.key in block.captioned and row.key in found]
    if not (doubted := [row for row in rows if row.stray or sum(s.reading is not None for s in row.slots) > count]):
        return []
    for row in doubted:
        row.odd = True
    return [cell for cell in union_cells(block) if cell.key not in own]


def unread_rivals(block: BlockWords, form: str, cells: Collection[Cell], header: str) -> list[Cell]:
    """What other forms have, where no cell of this one was read for certain and its header is not whole."""
    own = {cell.key for cell in block.forms[form].cells}
    if any(cell.key in own and cell.status in {Status.READ, Status.BLANK} for cell in cells):
        return []
    if header_score(header, block.headers[form]) >= len(block.headers[form]):
        return []
    return [cell for cell in union_cells(block) if cell.key not in own]


def union_cells(block: BlockWords, likely: str | None = None) -> list[Cell]:
    """The cells of a block in every form, all missing: what a block may have held whose form nothing tells for certain.

    A cell that several forms have is called what the `likely` one calls it.
    """
    forms = sorted(block.forms, key=lambda form: form == likely)
    return list({spec.key: missing_cell(spec, form) for form in forms for spec in block.forms[form].cells}.values())
