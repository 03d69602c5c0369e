"""Pages saved whole with their pictures as `.mhtml`, or as Word's and Excel's "single file"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from email.message import Message

from attrs import evolve

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.flow import Flow
from govreport.readers.mime import EDGES, message_of
from govreport.readers.web.page import read_page
from govreport.source import Limits, Source

__all__ = ["MhtmlReader"]

_FRAMES = 100
_HEAD = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}", re.IGNORECASE)
_CONTENT = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)", re.IGNORECASE | re.MULTILINE)
_MIME = re.compile(rb"^(?:mime-version|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE)


class MhtmlReader:
    """A web page saved with its pictures as one MIME message."""

    name = "mhtml"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for MIME headers that announce a page, or a message of several parts, one of them a page."""
        found = _HEAD.match(data[:8192].lstrip(EDGES))
        head = found.group() if found else b""
        if not _CONTENT.search(head) or not _MIME.search(head) or b"text/html" not in data.lower():
            return None
        return Claim(self.name, 1.0, ("MIME headers of a message with an HTML part",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """Its first HTML part; all of the others where that only arranges them in frames, as Excel's does its sheets."""
        pages = _pages(message_of(data, limits), limits)
        first = next(pages, None)
        if first is None:
            raise SourceError("the message holds no HTML part")
        if first.lines or first.grids:
            return evolve(first, container="mhtml")
        flow = Flow(limits)
        for page in itertools.islice(pages, _FRAMES):
            flow.include(page)
        return flow.source("mhtml", first.metadata)


def _pages(message: Message, limits: Limits) -> Iterator[Source]:
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            yield read_page(payload, limits, part.get_content_charset())
