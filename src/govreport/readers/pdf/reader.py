"""PDF files with text: ruled tables as grids, everything else as lines in reading order.

pdfium gives the characters and the lines drawn; the tables are put together by us (`readers/pages`), because pdfium knows none,
and the libraries that do (pdfplumber and its kin) take five to nine times as long and leave page breaks to the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from govreport.errors import MissingDependencyError, SourceError
from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.pages.page import Page
from govreport.readers.pages.written import written
from govreport.readers.pdf.page import read_page
from govreport.readers.pdf.sight import has_layers
from govreport.readers.pdf.typed import page_of, prepare
from govreport.source import Limits, Source

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["PdfReader"]

_SIGNATURE = b"%PDF-"
_HEAD = 1024  # readers accept this much before the signature
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
        check_size(data, limits, "pdf")
        with _PDFIUM, closing(_pages(data, limits)) as pages:
            return written(pages, self.name, limits)


def _pages(data: bytes, limits: Limits) -> Generator[Page]:
    document = _open(data)
    try:
        if len(document) > limits.pages:
            raise SourceError(
                "the {container} file has {count:,} pages, more than {most:,}; raise Limits.pages if that is right",
                container="pdf",
                limit="pages",
                count=len(document),
                most=limits.pages,
            )
        yield from _read_all(document, limits, layered=has_layers(data))
    finally:
        document.close()


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


def _read_all(document: pypdfium2.PdfDocument, limits: Limits, *, layered: bool) -> Iterator[Page]:
    import pypdfium2  # noqa: PLC0415 - as above, already loaded

    prepare(document)
    left = limits.cells * 5
    for index in range(len(document)):
        try:
            page = page_of(document, index)
            try:
                found = read_page(page, index + 1, limits, layered=layered)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise SourceError(
                "the PDF is damaged: page {page} cannot be read ({cause})", container="pdf", page=index + 1, cause=str(error)
            ) from error
        left -= sum(word.length for word in found.words)
        if left < 0:
            raise SourceError(
                "the {container} file holds more characters than {most:,} cells need; raise Limits.cells if that is right",
                container="pdf",
                limit="cells",
                most=limits.cells,
            )
        yield found
