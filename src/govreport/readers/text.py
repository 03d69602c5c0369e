"""Plain text in whatever encoding: UTF-8 with or without BOM, UTF-16, GB18030; any line ends."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.twice import reread
from govreport.source import Limits, Source

__all__ = ["TextReader", "decode", "split_lines"]

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0c|\x0b|\x85")
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_SAMPLE = 65_536
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TABLES: Mapping[bytes, re.Pattern[bytes]] = {
    b"{": re.compile(rb"\n\{\|"),
    b"=": re.compile(rb"\n\|==="),
    b"T": re.compile(rb"\n\.TS"),
    b"@": re.compile(rb"\n@multitable"),
    b"\\": re.compile(rb"\\(?:begin\{(?:tabular|longtable\})|startxtable)"),
}
"""What begins a table in a language of markup that tags may stand in, too: it is no page. Before each a byte of it that is rare
in other texts, which costs next to nothing to look for."""


class TextReader:
    """Whatever decodes as text and holds no binary."""

    name = "text"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """Counted: control characters in the first 64 KiB, which text does not hold."""
        head = data[:_SAMPLE]
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(head):
            return Claim(self.name, 0.5, ("UTF-16 text",))
        controls = len(head) - len(head.translate(None, _CONTROLS))
        if controls > len(head) // 200:
            return None
        if not controls and _PAGE.match(head) is None and _holds_tables(head):
            return Claim(self.name, 0.96, ("a table in a language of markup that is not HTML",))
        return Claim(self.name, 0.3 if controls else 0.4, (f"{controls} control characters in {len(head)} bytes",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The lines of the text."""
        text, encoding = decode(data)
        if text.count("\n") > limits.cells * 10:
            raise SourceError("the text has more than {most:,} lines", most=limits.cells * 10)
        return Source(lines=split_lines(text), encoding=encoding)


def _holds_tables(head: bytes) -> bool:
    return any(rare in head and sign.search(head) for rare, sign in _TABLES.items())


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, whatever ends them."""
    if "\r" in text or "\u2028" in text or "\x0c" in text or "\x0b" in text or "\x85" in text or "\u2029" in text:
        return tuple(_BREAK.split(text))
    return tuple(text.split("\n"))


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding that it was in; bytes that fit no encoding become U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return reread(data, text) or (text, "utf-8")
    wide = _wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError:
        return _broken(data)


def _broken(data: bytes) -> tuple[str, str]:
    """Damaged bytes: the encoding in which fewer characters are lost."""
    texts = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda t: t[0].count("\ufffd"))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a BOM: Latin digits and line feeds leave every other byte zero."""
    if b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if len(head) < 8 or max(even, odd) < half // 50 + 1:  # noqa: PLR2004 - too little to tell
        return None
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None
