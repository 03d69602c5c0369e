"""OLE2 compound files, which hold Word 97, Excel 97 and password-protected documents: only what their directory says."""

from __future__ import annotations

__all__ = ["OLE2_SIGNATURE", "first_stream"]

OLE2_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128  # the size of a directory entry; its name stands at the front, the name's length at byte 64
_NAME_LENGTH = 64


def first_stream(data: bytes, *names: str) -> str | None:
    """Which of these streams the directory lists first: what the document is, rather than what is embedded in it."""
    if not data.startswith(OLE2_SIGNATURE):
        return None
    found = {name: _position(data, name) for name in names}
    return min((name for name in names if found[name] >= 0), key=lambda name: found[name], default=None)


def _position(data: bytes, name: str) -> int:
    wanted = (name + "\0").encode("utf-16-le")
    position = data.find(wanted)
    while position >= 0:
        size = int.from_bytes(data[position + _NAME_LENGTH : position + _NAME_LENGTH + 2], "little")
        if position % _ENTRY == 0 and size == len(wanted):
            return position
        position = data.find(wanted, position + 1)
    return -1
