"""Text on a terminal: Chinese characters are two columns wide, combining marks none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["pad", "text_width", "wrap"]

_WIDE = frozenset("WF")
_NO_WIDTH = frozenset(("Mn", "Me", "Cf"))
_NOT_FIRST = frozenset("，。；：、！？）》」』”’…％,.;:!?)]}%")
"""A line does not begin with these; they take the character before them along."""


def text_width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.east_asian_width(character) in _WIDE:
        return 2
    return 0 if unicodedata.category(character) in _NO_WIDTH else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled up with spaces to `width` columns, on its right or (aligned to the right) on its left."""
    fill = " " * (width - text_width(text))
    return fill + text if right else text + fill


def wrap(text: str, width: int, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break a text into lines of at most `width` columns where that is possible; line feeds and runs of spaces become one.

    Breaks between Chinese characters and between words. `indent` begins the first line, `hanging` (by default the same) the
    others.
    """
    lines: list[str] = []
    line, empty = indent, True
    rest = indent if hanging is None else hanging
    for unit in _unbreakable(" ".join(text.split())):
        if not empty and text_width(line + unit.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty, unit = rest, True, unit.lstrip()  # noqa: PLW2901 - a line does not begin with a space
        line, empty = line + unit, empty and not unit
    return [*lines, line.rstrip()]


def _unbreakable(text: str) -> Iterator[str]:
    """The units of a text, each with the punctuation that must not begin a line."""
    held = ""
    for unit in _units(text):
        if held and not (unit[0] in _NOT_FIRST and not held.endswith(" ")):
            yield held
            held = ""
        held += unit
    if held:
        yield held


def _units(text: str) -> Iterator[str]:
    """What must not be broken: a wide character, or a word with the space after it."""
    word = ""
    for character in text:
        wide = _width(character) == 2  # noqa: PLR2004 - two columns
        if wide and word:
            yield word
            word = ""
        if wide:
            yield character
            continue
        word += character
        if character == " ":
            yield word
            word = ""
    if word:
        yield word
