"""Characters that are set apart from those around them: raised or lowered digits of notes, and what is struck out.

As plain text they would run together with the number beside them: `12` with a note 1 is no 121, and a 9 struck out before a 12
makes no 912. Unicode has characters for both.
"""

from __future__ import annotations

__all__ = ["lowered", "raised", "struck"]

_DIGITS = "0123456789"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")
_STROKE = "\u0336"


def raised(text: str) -> str:
    """The text with its digits as superscripts."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """The text with its digits as subscripts."""
    return text.translate(_LOWERED)


def struck(text: str) -> str:
    """The text with a stroke through its characters."""
    return "".join(char if char.isspace() else char + _STROKE for char in text)
