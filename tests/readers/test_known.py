"""Files of a kind that is known and not read: the error says what they are and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

import govreport
from govreport.errors import SourceError


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture.*OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "unpack"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "unpack"),
        (b"PAR1" + bytes(50), "data file"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
        (
            b'<?xml version="1.0"?>\n<uof:UOF xmlns:uof="urn:x">' + "二、公开".encode() * 99 + b"</uof:UOF>",
            "Uniform Office Format",
        ),
    ],
)
def test_the_error_says_what_the_file_is(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        govreport.load(data)
