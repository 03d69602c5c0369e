"""What the first bytes of a file say of its container, and in which charset its text is.

Shared by the readers so that each signature stands in one place. A file's name never decides here: on government sites a
`.doc` may be HTML, RTF or a docx, and a declared charset is often another than the one in use.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile

from attrs import frozen

from govreport.readers.chinese import plausibility
from govreport.readers.twice import reread

__all__ = ["Decoded", "decode", "kind", "looks_binary", "wide", "zip_names"]

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"RIFF", "riff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3\x00", "sqlite"),
)
_NEEDS_CONTROLS = frozenset({"bmp", "gzip", "riff"})  # two or four letters that a text may begin with
_CONTROLS = bytes([*range(1, 8), *range(14, 27), *range(28, 32)])
_PDF_WITHIN = 1024  # the header may stand that far in, as every viewer tolerates
_HEAD = 4_096
_SAMPLE = 6_000
_DIRECTORY = 65_536  # bytes at the end of a zip in which its directory is looked for first

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Every declared name of a charset that Chinese pages use, and the codec that is its superset in practice.
_CODECS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "hz-gb-2312": "hz",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_PLAUSIBLE = 0.35  # half of running text is common characters; of text in a wrong charset, a tenth


@frozen
class Decoded:
    """Text, the codec that gave it, and the characters that could not be read (shown as U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def kind(data: bytes) -> str | None:
    """The kind of container that the signature names (`zip`, `ole`, `pdf`, `rtf`, a picture, …); None where there is none."""
    head = data[:_PDF_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    for magic, name in _SIGNATURES:
        if head.startswith(magic) and not (name in _NEEDS_CONTROLS and not looks_binary(data)):
            return name
    return "pdf" if b"%PDF-" in head else None


def looks_binary(data: bytes) -> bool:
    """Whether the head holds control characters that no text has, NUL aside (UTF-16 is full of it)."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head):
        head = decode(head).text.encode("utf-8", "replace")  # there a Chinese character may hold any byte
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 100


def zip_names(data: bytes) -> tuple[str, ...] | None:
    """The names in a zip container, or None if its directory cannot be read."""
    names = _directory(data[-_DIRECTORY:])
    return names if names is not None or len(data) <= _DIRECTORY else _listed(data)


@functools.lru_cache(maxsize=2)
def _directory(end: bytes) -> tuple[str, ...] | None:
    """The same from the end of the file, where nearly every directory stands: every reader asks for it."""
    return _listed(end)


def _listed(data: bytes) -> tuple[str, ...] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of these bytes: by byte-order mark, else UTF-8 where it fits, else by what decodes and reads like Chinese.

    A declared charset is one candidate that wins ties: pages declare GB2312 and are UTF-8, and the reverse.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _attempt(data[len(mark) :], codec)
    utf16 = wide(data[:_HEAD])
    if utf16 is not None:
        return _attempt(data, utf16)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _attempt(data, _likeliest(data, declared))
    found = reread(data, text)
    return Decoded(text, "utf-8") if found is None else Decoded(*found, found[0].count("\ufffd"))


def _attempt(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, codec, text.count("\ufffd"))


def wide(head: bytes) -> str | None:
    """Which UTF-16 it is without a mark: its NULs are after (little-endian) or before (big-endian) each ASCII character."""
    if b"\x00" not in head:
        return None
    before, after = head[::2].count(0), head[1::2].count(0)
    if max(before, after) < 4 + len(head) // 50 or min(before, after) * 10 > max(before, after):
        return None
    return "utf-16-be" if before > after else "utf-16-le"


def _likeliest(data: bytes, declared: str | None) -> str:
    """The declared charset if it fits and reads like Chinese, else the best of all."""
    first = _CODECS.get((declared or "").strip().lower())
    beyond = _BEYOND_ASCII.search(data)
    start = beyond.start() if beyond else 0
    sample = data[start : start + _SAMPLE]
    if first and plausibility(sample, first) >= _PLAUSIBLE:
        return first
    candidates = dict.fromkeys([*([first] if first else []), "gb18030", "utf-8", "big5hkscs"])
    return max(candidates, key=lambda codec: plausibility(sample, codec))
