"""PDF files with text: ruled tables as grids, everything else as lines in reading order.

pdfium gives the characters and the lines drawn; the tables are put together here (`pdfgrid`), because pdfium knows none, and
the libraries that do (pdfplumber and its kin) take five to nine times as long and leave page breaks to the caller.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from govreport.errors import MissingDependencyError, SourceError
from govreport.model import Claim, Place
from govreport.readers.flow import Flow
from govreport.readers.pdf.flow import Block, PageContent, page_content
from govreport.readers.pdf.join import joined, without_running_lines
from govreport.readers.pdf.page import Page, read_page
from govreport.readers.pdf.text import TextLine, join_paragraphs
from govreport.source import Limits, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

__all__ = ["PdfReader"]

_SIGNATURE = b"%PDF-"
_HEAD = 1024  # readers accept this much before the signature
_UNMAPPED = 0.3
_UNKNOWN = re.compile("[\ue000-\uf8ff\N{REPLACEMENT CHARACTER}]")
"""No character, or one for private use, of which only the font knows what it shows."""
_PDFIUM = threading.Lock()  # pdfium is not thread-safe, not even for two documents


class PdfReader:
    """Reads PDF files that hold text; needs pypdfium2 (extra `pdf`)."""

    name = "pdf"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """The signature, at the front or behind a little garbage."""
        at = data[:_HEAD].find(_SIGNATURE)
        if at < 0:
            return None
        return Claim(self.name, 1.0 if at == 0 else 0.9, (f"%PDF- at byte {at}",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Tables that go on over a page break are one grid; its page is the first one."""
        if len(data) > limits.bytes:
            raise SourceError(
                "the {container} file has more than {most:,} bytes", container="pdf", limit="bytes", most=limits.bytes
            )
        contents = [page_content(page) for page in _pages(data, limits)]
        flow = Flow(limits)
        _write(joined(without_running_lines(contents)), flow)
        return flow.source("pdf")


def _pages(data: bytes, limits: Limits) -> list[Page]:
    with _PDFIUM:
        document = _open(data)
        try:
            if len(document) > limits.pages:
                raise SourceError(
                    "the PDF has {count:,} pages, more than {most:,}; raise Limits.pages if that is right",
                    container="pdf",
                    limit="pages",
                    count=len(document),
                    most=limits.pages,
                )
            pages = list(_read_all(document, limits))
        finally:
            document.close()
    _check_text(pages)
    return pages


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        import pypdfium2  # noqa: PLC0415 - an optional dependency
    except ImportError as error:
        raise MissingDependencyError("reading PDF needs pypdfium2: pip install 'govreport[pdf]'", extra="pdf") from error
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = any(word in str(error).lower() for word in ("password", "security"))
        what = (
            "the {container} file is encrypted; save it without a password"
            if encrypted
            else "the {container} file is damaged: {cause}"
        )
        raise SourceError(what, container="pdf", encrypted=encrypted, cause=str(error)) from error


def _read_all(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Page]:
    import pypdfium2  # noqa: PLC0415 - as above, already loaded

    left = limits.cells * 5
    for index in range(len(document)):
        try:
            page = document[index]
            try:
                found = read_page(page, index + 1, limits)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise SourceError(
                "the PDF is damaged: page {page} cannot be read ({cause})", container="pdf", page=index + 1, cause=str(error)
            ) from error
        left -= len(found.chars)
        if left < 0:
            raise SourceError(
                "the PDF holds more characters than {most:,} cells need; raise Limits.cells if that is right",
                container="pdf",
                limit="cells",
                most=limits.cells,
            )
        yield found


def _check_text(pages: list[Page]) -> None:
    text = "".join(char.text for page in pages for char in page.chars if not char.text.isspace())
    if not text:
        raise SourceError(
            "the PDF holds no text: its pages are pictures (scanned); run OCR over it first", container="pdf", scanned=True
        )
    if len(_UNKNOWN.findall(text)) > _UNMAPPED * len(text):
        raise SourceError("the fonts of the PDF do not tell which characters they show; run OCR over it first", container="pdf")


def _write(contents: list[PageContent], flow: Flow) -> None:
    """Blocks in order; running text is joined over page breaks too, up to the next table."""
    margins = {content.number: content.right for content in contents}
    pending: list[TextLine] = []
    for content in contents:
        for block in content.blocks:
            if block.line is not None:
                pending.append(block.line)
            else:
                _write_text(pending, margins, flow)
                pending = []
                _write_table(block, content.number, flow)
    _write_text(pending, margins, flow)


def _write_text(lines: list[TextLine], margins: dict[int, float], flow: Flow) -> None:
    for line in join_paragraphs(lines, margins):
        flow.line(line.text, Place(page=line.page))


def _write_table(block: Block, page: int, flow: Flow) -> None:
    if block.table is not None:
        cells = block.table.grid_cells()
        flow.count(len(cells))
        flow.grid(cells, page=page)
