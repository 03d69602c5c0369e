"""A report as a Word file: headings, paragraphs, tables with really merged cells. Needs python-docx (extra `docx`)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from govreport.display.drawing import by_section, draw, heading, shown
from govreport.errors import MissingDependencyError
from govreport.model import Report, Section, Table
from govreport.placing import rowwise

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["DocxWriter"]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POINTS = 9  # fifteen columns of table 四 fit a page at this size


class DocxWriter:
    """A Word file; `govreport.load` of it gives the same cells."""

    name = "docx"
    suffix = ".docx"

    def write(self, report: Report) -> bytes:
        """The file. `MissingDependencyError` where python-docx is not installed."""
        document = _new_document(report)
        if report.title:
            document.add_heading(_text(report.title), level=0)
        for section, tables in by_section(report):
            _section(document, section, tables)
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()


def _new_document(report: Report) -> Document:
    try:
        import docx  # noqa: PLC0415 - optional and slow to import
    except ImportError as error:
        raise MissingDependencyError(
            "writing Word files needs python-docx: pip install 'govreport[docx]'", extra="docx"
        ) from error
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _text(report.title or ""), _text(report.issuer or ""), ""
    return document


def _section(document: Document, section: Section | None, tables: Sequence[Table]) -> None:
    if section is not None and section.heading:
        document.add_heading(_text(heading(section)), level=1)
    for paragraph in section.paragraphs if section else ():
        document.add_paragraph(_text(paragraph.text))
    for table in tables:
        if section is None:
            document.add_heading(_text(f"{table.section}、{table.title}"), level=1)
        _table(document, table)


def _table(document: Document, table: Table) -> None:
    placed = list(rowwise(draw(table)))
    texts = {cell.key: shown(cell) for cell in table.cells}
    height = max((row + drawn.rowspan for row, _, drawn in placed), default=0)
    width = max((column + drawn.colspan for _, column, drawn in placed), default=0)
    grid = document.add_table(rows=height, cols=width, style="Table Grid")
    cells = [list(row.cells) for row in grid.rows]  # asked once: every look-up walks the whole table
    for row, column, drawn in placed:
        corner = cells[row][column]
        if drawn.rowspan > 1 or drawn.colspan > 1:
            corner = corner.merge(cells[row + drawn.rowspan - 1][column + drawn.colspan - 1])
        _fill(corner, _text(texts.get(drawn.key, "") if drawn.key else drawn.text))


def _fill(cell: Any, text: str) -> None:  # noqa: ANN401 - python-docx publishes no types
    from docx.shared import Pt  # noqa: PLC0415 - an extra, imported on first use

    cell.text = text
    for run in cell.paragraphs[0].runs:
        run.font.size = Pt(_POINTS)


def _text(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)
