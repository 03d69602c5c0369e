"""What stands between pipes: what several layouts need of Markdown."""

from __future__ import annotations

import re

__all__ = ["RULE", "clean", "row"]

RULE = re.compile(r"[\s|:+\-=─]*(?:---|═══|===|───)[\s|:+\-=─]*")
"""The line under the header of a Markdown table, or a part of it."""
_BREAK = re.compile(r"<br\s*/?>")
_FEWEST = 2
"""Pipes of the shortest row."""


def row(line: str) -> list[str] | None:
    """The cells of a Markdown row, none of its rule; None if the line begins and ends otherwise than a row does."""
    bare = line.strip()
    if bare.count("|") < _FEWEST or bare[0] != "|" or bare[-1] != "|":
        return None
    return [] if RULE.fullmatch(bare) else [clean(text) for text in bare[1:-1].split("|")]


def clean(text: str) -> str:
    """A cell without the escapes and the emphasis of Markdown."""
    text = text.strip(" \t")
    if not text or text.isalnum():
        return text
    if "<" in text:
        text = _BREAK.sub("\n", text)
    if "\\" in text:
        text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|])", r"\1", text)
    return text.strip("*").strip() if text.startswith("**") else text
