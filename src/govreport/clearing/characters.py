r"""Characters that a program wrote as escapes, and those that nobody sees.

&#20108;&#12289;   \u4e8c\u3001   \[u4E8C]\[u3001]   →   二、
"""

from __future__ import annotations

import html
import re

from attrs import evolve

from govreport.source import Source
from govreport.values import INVISIBLE

__all__ = ["spelled"]

_TORN = "\u00c2\u00a0"
"""A space that no line may break at, of whose two bytes somebody made two characters."""
_SIGNS = ("&", "\\", _TORN, *INVISIBLE)
"""One of which stands in every text that has any of these."""
_CODE = re.compile(
    r"\\(?:\[u(?P<roff>[0-9A-Fa-f]{4,6})\]|u\{(?P<braced>[0-9A-Fa-f]{2,6})\}|x\{(?P<perl>[0-9A-Fa-f]{2,6})\}|u(?P<json>[0-9A-Fa-f]{4}))"
)
_INVISIBLE = re.compile(rf"(?<!\d)[{INVISIBLE}]+(?!\d)")
"""Not those beside a digit: whether they part two numbers is for the binder to doubt."""
_LAST = 0x10FFFF


def spelled(source: Source) -> Source:
    """The source with such escapes as the characters that they stand for, and without what is invisible."""
    text = source.text
    if not any(sign in text for sign in _SIGNS):
        return source
    lines = tuple(map(_spelled, source.lines))
    return source if lines == source.lines else evolve(source, lines=lines)


def _spelled(line: str) -> str:
    if "\\" in line:
        line = _CODE.sub(_character, line)
    if "&" in line:
        line = html.unescape(line)
    return line if line.isascii() else _INVISIBLE.sub("", line.replace(_TORN, "\xa0"))


def _character(code: re.Match[str]) -> str:
    number = int(code[code.lastgroup or 0], 16)
    return chr(number) if number <= _LAST and not 0xD800 <= number < 0xE000 else code[0]  # noqa: PLR2004 - half a character
