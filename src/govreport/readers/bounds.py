"""What every reader of whole files refuses before it looks inside."""

from __future__ import annotations

from govreport.errors import SourceError
from govreport.source import Limits

__all__ = ["check_size"]


def check_size(data: bytes, limits: Limits, container: str) -> None:
    """SourceError if a file is larger than the limit."""
    if len(data) > limits.bytes:
        raise SourceError(
            "the {container} file has more than {most:,} bytes", container=container, limit="bytes", most=limits.bytes
        )
