"""What a field of a Word document shows before anybody has counted it."""

from __future__ import annotations

__all__ = ["uncounted"]

_COUNTED = ("=", "eq ", "EQ ")
"""Codes of fields that show something though nobody has counted them yet: of a sum, a person expects one."""


def uncounted(code: str) -> str:
    """That there will be a result, for a code that has one; else nothing."""
    return f"={code.removeprefix('=')}" if code.startswith(_COUNTED) else ""
