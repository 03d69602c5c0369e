"""Values and labels told apart on a line of text: what several layouts do with a line that holds more than one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreport.values import Kind, classify

__all__ = ["tokens"]

_TOKEN = re.compile(r"\S+(?:(?<=\d)[\u2007\u2009\u202f]\d{3}(?!\d))*")
"""A thin space parts thousands, not cells."""
_NOTED = re.compile(r"\d+[\u4e00-\u9fff]{1,2}")
"""A number and the beginning of a note on it, as in 12注1: no label."""
_GLUED = re.compile(r"(?P<label>.*[\u4e00-\u9fff）)”」』][：:]?)(?P<number>\d[\d,]*(?:\.\d+)?)")


def tokens(line: str) -> Iterator[tuple[str, int]]:
    """Values one by one; the text between two values, or two wide gaps, as one."""
    label, begun, ended = "", 0, 0
    for match in _TOKEN.finditer(line):
        for text, start in _split(match[0], match.start()):
            wide = start - ended > 1
            if classify(text) is not Kind.TEXT:
                if label:
                    yield label, begun
                    label = ""
                yield text, start
            elif label and not wide:
                label += " " + text
            else:
                if label:
                    yield label, begun
                label, begun = text, start
            ended = start + len(text)
    if label:
        yield label, begun


def _split(token: str, start: int) -> Iterator[tuple[str, int]]:
    """A label and a number glued to it; zeros glued together, which no number begins with, one by one."""
    if len(token) > 1 and not token.strip("0"):
        yield from (("0", start + i) for i in range(len(token)))
        return
    glued = _GLUED.fullmatch(token)
    if glued and len(glued["label"]) > 1 and not _NOTED.fullmatch(glued["label"]):
        yield glued["label"], start
        yield from _split(glued["number"], start + glued.start("number"))
    else:
        yield token, start
