"""Messages of MIME: what a mail and a web page that was saved with its pictures have in common."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from govreport.errors import SourceError
from govreport.source import Limits

__all__ = ["EDGES", "message_of"]

EDGES = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the headers, a byte-order mark among it."""


def message_of(data: bytes, limits: Limits) -> Message:
    """The message in a file; SourceError if it is larger than the limit."""
    if len(data) > limits.bytes:
        raise SourceError("the message has {size:,} bytes, more than the limit of {most:,}", size=len(data), most=limits.bytes)
    return email.message_from_bytes(data.lstrip(EDGES), policy=email.policy.compat32)
