"""Kinds of files that are known and not read: what they are, and what to do about it."""

from __future__ import annotations

import re
from typing import Never

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers import sniff
from govreport.source import Limits

__all__ = ["UnreadableReader"]

_PICTURE = "the file is a picture, which holds no text; recognise it first (OCR) and give the text"
_UNPACK = "the file is an archive that is not read; unpack it and read its files one by one"
_DATA = "the file is a data file and no document"
_OTHER = "the file is of a kind that is not read"
_UNIFORM = "the file is in the Uniform Office Format (UOF), which is not read; save it as .docx or .odt"
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{,300}\?>\s*)?<(?:\w{1,20}:)?UOF[\s>]")
_KINDS = {
    **dict.fromkeys(("png", "jpeg", "gif", "bmp", "tiff"), _PICTURE),
    **dict.fromkeys(("rar", "7z"), _UNPACK),
    **dict.fromkeys(("parquet", "sqlite"), _DATA),
}
_MEMBERS = {
    "ppt/presentation.xml": "the file is a presentation, which is not read; save it as PDF",
}


class UnreadableReader:
    """Claims what no other reader does, so that the error can say what the file is."""

    name = "unreadable"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """The least of all claims, for a signature that is known; sure where others would see plain text."""
        what = _what(data)
        return None if what is None else Claim(self.name, 1.0 if what is _UNIFORM else 0.05, (what,))

    def read(self, data: bytes, limits: Limits) -> Never:  # noqa: ARG002 - it reads nothing
        """Always a SourceError."""
        raise SourceError(_what(data) or _OTHER)


def _what(data: bytes) -> str | None:
    if _ROOT.match(data):
        return _UNIFORM
    kind = sniff.kind(data)
    if kind == "zip":
        names = sniff.zip_names(data) or ()
        return next((what for member, what in _MEMBERS.items() if member in names), None)
    return _KINDS.get(kind or "")
