"""Pages that a script writes: the article is a string in the script, and what the page shows by itself is next to nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

__all__ = ["article"]

_SCRIPT = re.compile(r"<script\b[^<>]{,2000}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.){500,}+)"')
"""A string of JSON or JavaScript of the length of an article."""
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_FEWEST_CELLS = 20
_TIMES = 4  # how much longer than what the page shows


def article(page: bytes, shown: int) -> tuple[bytes, int] | None:
    """The string with most cells of tables and the lines before its script, where it far outweighs `shown` characters."""
    text = page.decode("utf-8", "replace")
    found = max(_strings(text), key=lambda pair: len(_CELL.findall(pair[0])), default=None)
    if found is None or len(_CELL.findall(found[0])) < _FEWEST_CELLS or len(found[0]) < _TIMES * shown:
        return None
    return found[0].encode("utf-8", "replace"), text.count("\n", 0, found[1])


def _strings(text: str) -> Iterator[tuple[str, int]]:
    if "</script" not in text and "</SCRIPT" not in text:
        return
    for script in _SCRIPT.finditer(text):
        for string in _STRING.finditer(script[1]):
            try:
                yield str(json.loads(f'"{string[1]}"', strict=False)), script.start()
            except ValueError:  # JavaScript escapes otherwise: no string of a program's making
                continue
