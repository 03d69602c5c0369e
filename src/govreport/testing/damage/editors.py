"""Damage by editors, mail programs and copying: white space collapsed or stripped, tabs expanded, lines wrapped and quoted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from govreport.testing.damage.operator import named
from govreport.testing.document import Document

__all__ = ["OPERATORS"]

_BLANKS = "[ \t\xa0\u3000]+"
_WIDTHS = (40, 60, 76)
"""Characters on a line of a mail."""


def _tables(document: Document, change: Callable[[str], str]) -> Document:
    return document.with_texts(change(p.text) if p.kind == "table" else p.text for p in document.parts)


def spaces_collapsed(_: random.Random, document: Document) -> Document:
    """A single space for every run of blanks and tabs in tables, as a browser shows them."""
    return _tables(document, lambda text: re.sub(_BLANKS, " ", text))


def line_ends_stripped(_: random.Random, document: Document) -> Document:
    """No white space at the ends of lines: empty cells there go with it."""
    return _tables(document, lambda text: re.sub(f"(?m){_BLANKS}$", "", text))


def indents_lost(_: random.Random, document: Document) -> Document:
    """No white space at the beginnings of lines: empty cells there go with it."""
    return _tables(document, lambda text: re.sub(f"(?m)^{_BLANKS}", "", text))


def rules_lost(_: random.Random, document: Document) -> Document:
    """Spaces for all pipes and lines of tables."""
    return _tables(document, lambda text: re.sub("[|\u2500-\u257f]", " ", text))


def lines_wrapped(rng: random.Random, document: Document) -> Document:
    """Long lines of tables broken at blanks, as mail programs do."""
    width = rng.choice(_WIDTHS)
    return _tables(document, lambda text: "\n".join(_wrapped(line, width) for line in text.split("\n")))


def _wrapped(line: str, width: int) -> str:
    """The line, broken behind the last blank before the width as often as there is one."""
    lines = []
    while len(line) > width and (at := max(line.rfind(blank, 1, width) for blank in " \t")) > 0:
        lines.append(line[:at])
        line = line[at + 1 :]
    return "\n".join((*lines, line))


def quoted_lines(_: random.Random, document: Document) -> Document:
    """The mark of a quotation before every line."""
    return document.with_texts(re.sub("(?m)^(?=.)", "> ", part.text) for part in document.parts)


OPERATORS = named(
    spaces_collapsed,
    line_ends_stripped,
    indents_lost,
    rules_lost,
    lines_wrapped,
    quoted_lines,
)
