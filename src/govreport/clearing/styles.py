"""What converters write behind and around words to say how they were set: languages, classes, names of anchors.

[规章]{lang="zh"}   `规章`{lang: zh}   <class name="a">规章</class>   规章 {#anchor .class}   →   规章
<|ref|>text<|/ref|><|det|>[[57, 20, 900, 60]]<|/det|>规章

A cell stays as wide as it was: columns are aligned by that.
"""

from __future__ import annotations

import re

from attrs import evolve

from govreport.apart import untagged
from govreport.attributes import SET, unattributed
from govreport.clearing.signs import signed
from govreport.source import Source
from govreport.textwidth import text_width

__all__ = ["unstyled"]

_SIGNS = {"{": ("]{", "`{", " {#", " {."), "<": ("</", "<|"), ":": (":::",)}
"""One of which stands in every text that has any of these; to look for the character before them costs next to nothing."""
_CODE = re.compile(rf"`{SET}")
_NAMED = re.compile(r"[ \t]+\{[#.][^{}\n]*\}[ \t]*$")
_FENCE = re.compile(r"[ \t]*:{3,}(?:[ \t]*(?:\{[^{}\n]*\}|[\w-]+))?[ \t:]*")
_CLOSED = re.compile(r"</([a-zA-Z][\w:-]*)>")
_TOLD = re.compile(r"<\|(\w+)\|>(?:[A-Za-z_ ]*|\s*\[[\[\s]*\d[\d.]*\s*,[\d\s,.\[\]]*\]\s*)<\|/\1\|>|<\|/?\w+\|>", re.ASCII)
"""What models that read pictures say of a text, its kind and place, and the marks at its ends."""
_CHUNK = re.compile(r"(?:[^\s|]|[ \t](?![ \t]))+")
"""A cell, or a part of a line, that a gap or a stroke parts from the next."""
_TABLE = "</t"
"""Tags of tables have their meaning."""
_FEWEST = 3
"""So often a tag is closed in a text whose words are set between tags."""


def unstyled(source: Source) -> Source:
    """The source without these."""
    if not signed(source.text, _SIGNS):
        return source
    lines = tuple(map(_Cleaning(source.text).line, source.lines))
    return source if lines == source.lines else evolve(source, lines=lines)


class _Cleaning:
    """What one text needs."""

    def __init__(self, text: str) -> None:
        self._coded = len(_CODE.findall(text)) >= _FEWEST
        closed = _CLOSED.findall(text) if _TABLE not in text.lower() else []
        names = sorted(name for name in set(closed) if closed.count(name) >= _FEWEST and f"<{name}" in text)
        self._tags = re.compile(rf"</?(?:{'|'.join(map(re.escape, names))})(?:\s[^<>\n]*)?>") if names else None

    def line(self, line: str) -> str:
        """The line, each cell of it as wide as before."""
        if _FENCE.fullmatch(line):
            return ""
        line = _NAMED.sub("", _TOLD.sub("", line) if "<|" in line else line)
        return _CHUNK.sub(self._chunk, line).rstrip() if self._bare(line) != line else line

    def _chunk(self, chunk: re.Match[str]) -> str:
        bare = self._bare(chunk[0])
        return bare + " " * (text_width(chunk[0]) - text_width(bare))

    def _bare(self, text: str) -> str:
        text = unattributed(text)
        if self._coded:
            text = _CODE.sub("`", text).replace("`", "")
        text = untagged(text)
        return self._tags.sub("", text) if self._tags else text
