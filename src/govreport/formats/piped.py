"""What stands between pipes: what several layouts need of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govreport.source import Mark, SourceSection

__all__ = ["RULE", "beside", "clean", "row"]

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


def beside(section: SourceSection, lines: Iterable[int], number: int) -> Iterator[Mark]:
    """The lines that say something beside tables of another kind; rows of Markdown are rows, counted from that number.

    Converters write so what has no merged cells.
    """
    for index in lines:
        text = section.lines[index].strip()
        cells = row(text)
        if cells:
            yield from ((cell, number, column, index, 0) for column, cell in enumerate(cells))
            number += 1
        elif text and cells is None:
            yield text, None, None, index, 0


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
