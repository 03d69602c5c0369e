"""A report as JSON: `govreport.serialize`, as bytes."""

from __future__ import annotations

from govreport.model import Report
from govreport.serialize import to_json

__all__ = ["JsonWriter"]


class JsonWriter:
    """Everything that the model holds, exactly; `from_json` reads it back."""

    name = "json"
    suffix = ".json"

    def write(self, report: Report) -> bytes:
        """The report as JSON in UTF-8."""
        return to_json(report).encode()
