"""Text that is set apart from what stands around it: raised or lowered digits of notes, and what is struck out or white.

As plain text it would run together with the number beside it: `12` with a note 1 is no 121, and a 9 struck out before a 12 is
no 912. Unicode has characters for both.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Flag, auto
from types import MappingProxyType
from typing import TypeVar

__all__ = ["MOVED", "PLAIN", "TAGS", "Look", "as_shown", "changed", "inherited", "switched", "untagged"]

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
TAGS: Mapping[str, Look] = MappingProxyType(
    {"sup": Look.RAISED, "sub": Look.LOWERED, "s": Look.STRUCK, "strike": Look.STRUCK, "del": Look.STRUCK}
)
"""How the elements of a page look."""
_TAGGED = re.compile(rf"<({'|'.join(TAGS)})(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
MOVED = Look.RAISED | Look.LOWERED
_STYLE_CHAIN = 20  # how far styles are followed to those that they are based on; a loop of styles ends here
S = TypeVar("S")


def switched(look: Look, kind: Look, *, on: bool) -> Look:
    """The look with a kind that is on or off."""
    return look | kind if on else look & ~kind


def inherited(
    name: str | None, styles: Mapping[str | None, S], parent: Callable[[S], str | None], own: Callable[[S, Look], Look]
) -> Look:
    """What a style makes of plain text, after all that it is based on; `own` is what one of these makes of a look."""
    chain = list[S]()
    while name in styles and len(chain) < _STYLE_CHAIN:
        chain.append(styles[name])
        name = parent(styles[name])
    return functools.reduce(lambda look, style: own(style, look), reversed(chain), PLAIN)


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


def untagged(text: str) -> str:
    """A text with the characters that look so for such tags in it, and what they hold; raised behind nothing, it stays."""
    return _TAGGED.sub(_untagged, text) if "</" in text else text


def _untagged(found: re.Match[str]) -> str:
    look, text, start = TAGS[found[1].lower()], found.string, found.start()
    behind = text[start - 1 : start].isalnum() or (
        text[start - 1 : start] == ">" and text.startswith("</", text.rfind("<", 0, start))
    )
    return changed(found[2], look) if look is Look.STRUCK or behind else found[0]


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
