"""Mail as programs save it (`.eml`): what is attached, or else the body."""

from __future__ import annotations

import email.header
import re
from collections.abc import Callable, Iterable, Iterator
from email.errors import HeaderParseError
from email.message import Message

from attrs import frozen

from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers
from govreport.readers.members import NOTE, Member, Refusal, read_only
from govreport.readers.mime import EDGES, message_of
from govreport.source import Limits, Source

__all__ = ["MailReader"]

_HEAD_SIZE = 1 << 15
_HEAD = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,200}", re.IGNORECASE)
_FROM = re.compile(rb"^(?:from|subject|received|to):", re.IGNORECASE | re.MULTILINE)
_CONTENT = re.compile(rb"^content-type:\s*(?:multipart/|text/|application/)", re.IGNORECASE | re.MULTILINE)
_ATTACHED = re.compile(rb"^content-disposition:\s*attachment", re.IGNORECASE | re.MULTILINE)
_BODIES = ("text/html", "text/plain")
"""The surer one first: a page keeps its tables."""
_REFUSAL = Refusal(
    "the mail holds no document that can be read",
    "the mail holds {count:,} documents ({names}); save them and read them one by one",
)


@frozen
class _Part:
    """A part of a message that may be a document: its file name, or its place in the message, and what it is."""

    name: str
    kind: str
    data: bytes
    charset: str | None


class MailReader:
    """A message with one document in it, which the reader that claims it most surely reads."""

    name = "mail"

    def __init__(self, readers: Callable[[], Iterable[Reader]] = builtin_readers) -> None:
        self._readers = readers

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """1.0 for headers of a mail whose report is attached, or is plain text: a page that was saved whole looks alike."""
        found = _HEAD.match(data[:_HEAD_SIZE].lstrip(EDGES))
        if found is None or not (_FROM.search(found[0]) and _CONTENT.search(found[0])):
            return None
        if _ATTACHED.search(data):
            return Claim(self.name, 1.0, ("headers of a mail with something attached",))
        if b"text/html" in data.lower():
            return None
        return Claim(self.name, 1.0, ("headers of a mail, no page in it",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The one document that is attached, or the body; SourceError, which names them, where there are several."""
        readers = [reader for reader in self._readers() if reader.name != self.name]
        return read_only(_documents(message_of(data, limits)), readers, limits, _REFUSAL)


def _documents(message: Message) -> Iterator[Member]:
    """What is attached; the body if nothing is, or if it is more than a note."""
    parts = [part for part in map(_part, message.walk()) if part is not None and part.data.strip()]
    attached = [part for part in parts if part.name and not part.kind.startswith("image/")]
    bodies = [part for kind in _BODIES for part in parts if part.kind == kind and not part.name][:1]
    yield from (Member(part.name, _decoded(part)) for part in attached)
    yield from (Member("body", _decoded(body)) for body in bodies if not attached or len(body.data) >= NOTE)


def _part(message: Message) -> _Part | None:
    payload = None if message.is_multipart() else message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    return _Part(_name(message), message.get_content_type(), payload, message.get_content_charset())


def _name(message: Message) -> str:
    """The name of a file, which old programs write as they write subjects."""
    name = message.get_filename() or ""
    try:
        return str(email.header.make_header(email.header.decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name


def _decoded(part: _Part) -> bytes:
    """The bytes of a part; a body of text says its charset beside it, and not in it."""
    if part.kind != "text/plain" or part.charset is None:
        return part.data
    try:
        return part.data.decode(part.charset, "replace").encode("utf-8", "replace")
    except LookupError:
        return part.data
