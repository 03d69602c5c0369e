"""Pages saved whole as one MIME message."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from govreport.errors import SourceError
from govreport.readers.mhtml import MhtmlReader
from govreport.source import Limits


def test_mhtml() -> None:
    """The HTML part of the message, in the charset that the message names."""
    message = MIMEMultipart("related")
    message.attach(MIMEText("<html><meta charset=utf-8><p>某县年度报告</p></html>", "html", "gb18030"))
    message.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    data = message.as_bytes()
    claim = MhtmlReader().claim(data, "report.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    source = MhtmlReader().read(data, Limits())
    assert source.lines == ("某县年度报告",)
    assert source.container == "mhtml"


def test_frames_in_a_message() -> None:
    """A workbook saved as one file: a frame set, and a page for each sheet."""
    message = MIMEMultipart("related")
    message.attach(MIMEText("<html><head><title>甲</title></head><frameset><frame src='a'></frameset></html>", "html", "utf-8"))
    for text in ("乙", "丙"):
        message.attach(MIMEText(f"<html><p>{text}</p><table><tr><td>1<td>2<tr><td>3<td>4</table></html>", "html", "utf-8"))
    source = MhtmlReader().read(message.as_bytes(), Limits())
    assert source.lines == ("乙", "丙")
    assert [grid.at for grid in source.grids] == [1, 2]
    assert source.metadata["page_title"] == "甲"


def test_a_message_behind_a_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + MIMEText("<html><p>某县年度报告</p></html>", "html", "utf-8").as_bytes()
    assert MhtmlReader().claim(data, None) is not None
    assert MhtmlReader().read(data, Limits()).lines == ("某县年度报告",)


def test_a_message_that_is_nothing_but_the_page() -> None:
    """Without pictures some programs save it without parts."""
    data = MIMEText("<html><p>某县年度报告</p></html>", "html", "utf-8").as_bytes()
    claim = MhtmlReader().claim(data, "report.mht")
    assert claim is not None
    assert claim.confidence == 1.0
    assert MhtmlReader().read(data, Limits()).lines == ("某县年度报告",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "<html><body><p>某县年度报告</p></body></html>".encode(),
        b"Subject: x\r\n\r\ntext",
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n",
        b"Content-Type: text/html\r\n\r\n<p>",
    ],
)
def test_no_mhtml(data: bytes) -> None:
    """Pages, and messages without parts."""
    assert MhtmlReader().claim(data, "report.mhtml") is None


def test_mhtml_without_a_page() -> None:
    """Says so."""
    with pytest.raises(SourceError, match="no HTML part"):
        MhtmlReader().read(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--", Limits())
