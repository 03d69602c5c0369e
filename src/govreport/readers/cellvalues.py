"""The values of spreadsheet cells as they print."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

__all__ = ["as_text"]

_SHOWN_IN_FULL = 1e15  # larger integers lose digits in a spreadsheet anyway


def as_text(value: object) -> str:
    """12.0 is 12, a float has the fifteen digits that a spreadsheet shows, a date is ISO text, text is left as it is."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _plain(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _plain(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < _SHOWN_IN_FULL:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")
