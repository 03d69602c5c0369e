"""Text that is set apart from what stands around it: raised or lowered digits of notes, and what is struck out or white.

As plain text it would run together with the number beside it: `12` with a note 1 is no 121, and a 9 struck out before a 12 is
no 912. Unicode has characters for both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Flag, auto

__all__ = ["PICTURE", "PLAIN", "Look", "as_shown", "changed"]

PICTURE = "\ufffc"
"""What Unicode has for an object among characters: a picture stands where a number should."""
_DIGITS = "0123456789"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")
_STROKE = "\u0336"


class Look(Flag):
    """What a text may be, as far as it changes what is read."""

    HIDDEN = auto()
    RAISED = auto()
    LOWERED = auto()
    STRUCK = auto()
    WHITE = auto()


PLAIN = Look(0)


def as_shown(texts: Sequence[tuple[str, Look]]) -> str:
    """The texts of a paragraph together; what all of them are is no difference among them, save that they are struck out."""
    if all(look is PLAIN for _, look in texts):
        return "".join([text for text, _ in texts])
    common = ~PLAIN
    for text, look in texts:
        common &= look if text.strip() else ~PLAIN
    return "".join(changed(text, look & ~common | look & Look.STRUCK) for text, look in texts)


def changed(text: str, look: Look) -> str:
    """A text with the characters that look so."""
    for kind, change in _CHANGES:
        text = change(text) if look & kind else text
    return text


def _moved(text: str, digits: dict[int, int]) -> str:
    """A mark in brackets runs on with nothing."""
    return text.translate(digits) if text.lstrip()[:1].isdigit() else text


def _struck(text: str) -> str:
    return "".join(char if char.isspace() else char + _STROKE for char in text)


_CHANGES: tuple[tuple[Look, Callable[[str], str]], ...] = (
    (Look.RAISED, lambda text: _moved(text, _RAISED)),
    (Look.LOWERED, lambda text: _moved(text, _LOWERED)),
    (Look.STRUCK, _struck),
    (Look.WHITE, " {} ".format),  # who prints the document does not see it, who knows what it stands on may
)
