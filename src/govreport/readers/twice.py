"""Text that a program read in the charset of western Europe, and wrote as what it saw there: ÐÅÏ¢¹«¿ª or ä¿¡æ¯ → 信息公开.

Every byte of the first file is one character of the second, so that nothing is lost: the bytes are put together and read again.
"""

from __future__ import annotations

import re

from govreport.readers.chinese import plausibility

__all__ = ["reread"]

_CHINESE = (b"\xe4", b"\xe5")
"""With one of these bytes begin half of the Chinese characters in UTF-8: nearly every text has one in its first line."""
_WESTERN = (b"\xc3", b"\xc2")
_SAMPLE = 20_000
_RUN = re.compile("[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{2,}")
_CHARSETS = ("utf-8", "gb18030", "big5hkscs")
_BYTES = {ord(bytes([code]).decode("cp1252")): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_LAST = 0xFF
_FEWEST = 100
_PLAUSIBLE = 0.2
"""Share of common characters from which on such bytes are Chinese: lines that were cut within a character cost their part."""


def reread(data: bytes, text: str) -> tuple[str, str] | None:
    """The text as it was before, and its charset; None for any other text. `data` is the text in UTF-8."""
    if any(byte in data for byte in _CHINESE) or not any(byte in data for byte in _WESTERN):
        return None
    sample = b"".join(_bytes(run, "utf-8") for run in _RUN.findall(text[:_SAMPLE]))
    charset = max(_CHARSETS, key=lambda name: plausibility(sample, name))
    if len(sample) < _FEWEST or plausibility(sample, charset) < _PLAUSIBLE:
        return None
    return _bytes(text, charset).decode(charset, "replace"), charset


def _bytes(text: str, charset: str) -> bytes:
    """The bytes that the characters were; a character that no byte of such a charset is, as itself."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return b"".join(_byte(char, charset) for char in text)


def _byte(char: str, charset: str) -> bytes:
    code = _BYTES.get(ord(char), ord(char))
    return bytes([code]) if code <= _LAST else char.encode(charset, "replace")
