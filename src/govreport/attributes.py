"""Attributes that converters write behind words, and what is left without them: [规章]{lang="zh"} → 规章."""

from __future__ import annotations

import re

__all__ = ["SET", "unattributed"]

SET = r"\{[ \t]*(?:[#.][\w-]|[\w-]+[ \t]*[=:])[^{}\n]*\}"
"""Attributes in their braces."""
_SPAN = re.compile(rf"(?<!\\)\[((?:[^\[\]\n\\]|\\.)*)\]{SET}")
_DEEPEST = 4


def unattributed(text: str) -> str:
    """A line or cell with the words alone."""
    for _ in range(_DEEPEST):
        if "]{" not in text or (less := _SPAN.sub(r"\1", text)) == text:
            break
        text = less
    return text
