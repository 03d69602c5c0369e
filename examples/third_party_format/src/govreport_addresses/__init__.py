"""A layout of cells with their addresses, `R4C5=12`; a merged cell names its range, `R1C1:R3C3=申请人情况`."""

from __future__ import annotations

import re

import govreport
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Piece, Table
from govreport.source import SourceSection

CELL = re.compile(r"R(\d+)C(\d+)(?::R(\d+)C(\d+))?=(.*)")


class AddressFormat:
    """Reads and renders the layout; every cell says where it stands, so nothing is lost."""

    name = "addresses"
    carries = frozenset({"rows", "columns", "spans", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: how many lines are addressed cells."""
        found = sum(CELL.fullmatch(line) is not None for line in section.lines)
        if not found:
            return None
        return Claim(self.name, found / sketch.lines, (f"{found} of {sketch.lines} lines are addressed cells",))

    def read(self, section: SourceSection) -> tuple[Piece, ...]:
        """A piece a line; a line without an address has no geometry, and is kept."""
        return tuple(_piece(section, index, line) for index, line in enumerate(section.lines) if line.strip())

    def render(self, table: Table) -> str:
        """A line a cell."""
        return "".join(f"{_address(piece)}={piece.text}\n" for piece in table.pieces)


def _piece(section: SourceSection, index: int, line: str) -> Piece:
    found = CELL.fullmatch(line)
    if found is None:
        return Piece(line.strip(), place=section.place(index))
    top, left = int(found[1]), int(found[2])
    bottom, right = int(found[3] or top), int(found[4] or left)
    return Piece(found[5], top - 1, left - 1, bottom - top + 1, right - left + 1, section.place(index, found.start(5)))


def _address(piece: Piece) -> str:
    top, left = (piece.row or 0) + 1, (piece.column or 0) + 1
    bottom, right = top + (piece.rowspan or 1) - 1, left + (piece.colspan or 1) - 1
    return f"R{top}C{left}" if (top, left) == (bottom, right) else f"R{top}C{left}:R{bottom}C{right}"


@govreport.hookimpl
def govreport_formats() -> list[AddressFormat]:
    """Called when an engine starts: the layouts that this plugin brings."""
    return [AddressFormat()]
