"""What readers of whole files refuse: one that is too large, and one that holds pictures of a text instead of it."""

from __future__ import annotations

from govreport.errors import SourceError
from govreport.source import Limits

__all__ = ["check_size", "scanned"]


def check_size(data: bytes, limits: Limits, container: str) -> None:
    """SourceError if a file is larger than the limit."""
    if len(data) > limits.bytes:
        raise SourceError(
            "the {container} file has more than {most:,} bytes", container=container, limit="bytes", most=limits.bytes
        )


def scanned(container: str) -> SourceError:
    """The error of a file without text."""
    return SourceError(
        "the {container} file holds no text: its pages are pictures (scanned); run OCR over it first",
        container=container,
        scanned=True,
    )
