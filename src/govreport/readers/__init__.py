"""Readers: containers into the neutral `Source`. They know bytes and tables, nothing of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govreport.hookspecs import Reader
    from govreport.model import Claim

__all__ = ["builtin_readers", "surest"]


def builtin_readers() -> tuple[Reader, ...]:
    """Every reader that comes with govreport; each imports its library only when it reads."""
    from govreport.readers.archive import ArchiveReader  # noqa: PLC0415 - the package itself stays free to import
    from govreport.readers.bboxes.listed import WordListReader  # noqa: PLC0415 - as above
    from govreport.readers.bboxes.reader import BoxReader  # noqa: PLC0415 - as above
    from govreport.readers.json.reader import JsonReader  # noqa: PLC0415 - as above
    from govreport.readers.known import UnreadableReader  # noqa: PLC0415 - as above
    from govreport.readers.mail import MailReader  # noqa: PLC0415 - as above
    from govreport.readers.mhtml import MhtmlReader  # noqa: PLC0415 - as above
    from govreport.readers.odf.text import OpenTextReader  # noqa: PLC0415 - as above
    from govreport.readers.ofd.reader import OfdReader  # noqa: PLC0415 - as above
    from govreport.readers.pdf.reader import PdfReader  # noqa: PLC0415 - as above
    from govreport.readers.sheets.delimited import DelimitedReader  # noqa: PLC0415 - as above
    from govreport.readers.sheets.sheet import SheetReader  # noqa: PLC0415 - as above
    from govreport.readers.text import TextReader  # noqa: PLC0415 - as above
    from govreport.readers.web.book import BookReader  # noqa: PLC0415 - as above
    from govreport.readers.web.html import HtmlReader  # noqa: PLC0415 - as above
    from govreport.readers.web.markdown import MarkdownReader  # noqa: PLC0415 - as above
    from govreport.readers.word.docx import DocxReader  # noqa: PLC0415 - as above
    from govreport.readers.word.rtf import RtfReader  # noqa: PLC0415 - as above
    from govreport.readers.word.word97 import Word97Reader  # noqa: PLC0415 - as above

    return (
        TextReader(),
        HtmlReader(),
        MarkdownReader(),
        MhtmlReader(),
        BookReader(),
        MailReader(),
        ArchiveReader(),
        DocxReader(),
        OpenTextReader(),
        RtfReader(),
        SheetReader(),
        DelimitedReader(),
        JsonReader(),
        PdfReader(),
        OfdReader(),
        BoxReader(),
        WordListReader(),
        Word97Reader(),
        UnreadableReader(),
    )


def surest(readers: Iterable[Reader], data: bytes, name: str | None) -> tuple[Reader, Claim] | None:
    """The reader that claims most surely what stands inside another document, or None where none does."""
    claims = ((reader, reader.claim(data, name)) for reader in readers)
    sure = [(reader, claim) for reader, claim in claims if claim is not None]
    return min(sure, key=lambda pair: (-pair[1].confidence, pair[0].name), default=None)
