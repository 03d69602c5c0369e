"""Plain text in whatever encoding, with any line ends."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.model import Claim
from govreport.readers import builtin_readers, sniff
from govreport.readers.json.within import with_json
from govreport.source import Limits, Source

__all__ = ["TextReader", "split_lines"]

_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0c|\x0b|\x85")
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 30)])  # what parts records and their fields is text
_SAMPLE = 65_536
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_JSON = ('{"', "{'", "{0:", "[[", "[{", "[\n", "{\n", '{ "')
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

    def __init__(self, readers: Callable[[], Iterable[Reader]] = builtin_readers) -> None:
        self._readers = readers

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """Counted: control characters in the first 64 KiB, which text does not hold."""
        head = data[:_SAMPLE]
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or sniff.wide(head):
            return Claim(self.name, 0.5, ("UTF-16 text",))
        controls = len(head) - len(head.translate(None, _CONTROLS))
        if controls > len(head) // 200:
            return None
        if not controls and _PAGE.match(head) is None and _holds_tables(head):
            return Claim(self.name, 0.96, ("a table in a language of markup that is not HTML",))
        return Claim(self.name, 0.3 if controls else 0.4, (f"{controls} control characters in {len(head)} bytes",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The lines of the text."""
        decoded = sniff.decode(data)
        if decoded.text.count("\n") > limits.cells * 10:
            raise SourceError("the text has more than {most:,} lines", most=limits.cells * 10)
        source = Source(lines=split_lines(decoded.text), encoding=decoded.encoding)
        if not ("{" in decoded.text or "[" in decoded.text) or not any(sign in decoded.text for sign in _JSON):
            return source
        return with_json(source, next(reader for reader in self._readers() if reader.name == "json"), limits)


def _holds_tables(head: bytes) -> bool:
    return any(rare in head and sign.search(head) for rare, sign in _TABLES.items())


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, whatever ends them."""
    if "\r" in text or "\u2028" in text or "\x0c" in text or "\x0b" in text or "\x85" in text or "\u2029" in text:
        return tuple(_BREAK.split(text))
    return tuple(text.split("\n"))
