"""Mail is read as what is attached to it, or as its body."""

from __future__ import annotations

from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

import govreport
from govreport.errors import SourceError
from govreport.readers.mail import MailReader
from govreport.readers.mhtml import MhtmlReader
from govreport.source import Limits

LONG = "某县年度报告。" * 200


def mail(*parts: MIMEText | MIMEApplication | MIMEImage, subject: str = "年报") -> bytes:
    message = MIMEMultipart("mixed")
    message["From"], message["Subject"] = "clerk@example.org", subject
    for part in parts:
        message.attach(part)
    return message.as_bytes()


def attached(text: str, name: str) -> MIMEText:
    part = MIMEText(text, "plain", "gb18030")
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part


def claims(data: bytes) -> bool:
    found = MailReader().claim(data, "report.eml")
    return found is not None and found.confidence == 1.0


def test_what_is_attached_is_the_document() -> None:
    data = mail(MIMEText("请查收附件。", "plain", "utf-8"), attached("某县年度报告", "年报.txt"))
    assert claims(data)
    source = MailReader().read(data, Limits())
    assert source.lines == ("某县年度报告",)
    assert source.metadata["member"] == "年报.txt"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_a_body_of_text_is_the_document(charset: str) -> None:
    body = MIMEText("某县年度报告\n规章\t3", "plain", charset)
    body["From"] = "clerk@example.org"
    assert claims(body.as_bytes())
    assert MailReader().read(body.as_bytes(), Limits()).lines == ("某县年度报告", "规章\t3")


def test_pictures_are_no_documents() -> None:
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n", "png")
    picture.add_header("Content-Disposition", "attachment", filename="a.png")
    assert MailReader().read(mail(MIMEText("某县年度报告", "plain", "utf-8"), picture), Limits()).lines == ("某县年度报告",)


def test_a_note_attached_beside_the_document_is_none() -> None:
    source = MailReader().read(mail(attached("某县年度报告" * 200, "年报.txt"), attached("请查收。", "说明.txt")), Limits())
    assert source.metadata["member"] == "年报.txt"


def test_several_documents_are_named() -> None:
    data = mail(MIMEText(LONG, "plain", "utf-8"), attached(LONG, "年报.txt"))
    with pytest.raises(SourceError, match=r"2 documents \(年报.txt, body\)"):
        MailReader().read(data, Limits())


def test_nothing_to_read() -> None:
    with pytest.raises(SourceError, match="no document"):
        MailReader().read(mail(MIMEText(" ", "plain", "utf-8")), Limits())


def test_pages_saved_whole_are_left_to_their_reader() -> None:
    message = MIMEMultipart("related")
    message["From"] = "<Saved by a browser>"
    message.attach(MIMEText("<html><p>某县年度报告</p></html>", "html", "utf-8"))
    assert not claims(message.as_bytes())
    assert MhtmlReader().claim(message.as_bytes(), None) is not None


@pytest.mark.parametrize("data", [b"", b"From: x\r\n\r\ntext", "发件人：某\n主题：年报\n".encode(), b"a: 1\nb: 2\n"])
def test_no_mail(data: bytes) -> None:
    assert not claims(data)


def test_limits_hold() -> None:
    with pytest.raises(SourceError, match="more than the limit"):
        MailReader().read(mail(attached("某县年度报告", "a.txt")), Limits(bytes=10))


def test_a_whole_report() -> None:
    text = Path("examples/reports/heting_water_2023.txt").read_text("utf-8")
    data = mail(MIMEText("见附件", "plain", "utf-8"), attached(text, "report.txt"))
    assert govreport.load(data)["requests.granted.total"] == 11
