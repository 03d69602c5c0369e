"""pdfium as it is called here: with addresses, which pypdfium2 wraps and looks at anew for each of the characters of a page."""

from __future__ import annotations

import ctypes
import functools
from ctypes import c_void_p
from types import ModuleType
from typing import Any

__all__ = ["Calls", "address", "calls"]


class Calls:
    """The functions and constants of pdfium by their names; a function takes and gives an address where it has a pointer.

    They do not let other threads run meanwhile, which takes longer than most of them need.
    """

    def __init__(self, raw: ModuleType) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - ctypes has no types for these
        found = getattr(self._raw, name)
        if hasattr(found, "argtypes"):
            found = ctypes.PYFUNCTYPE(_plain(found.restype), *map(_plain, found.argtypes))(address(found))
        setattr(self, name, found)
        return found


@functools.cache
def calls() -> Calls:
    """Those of pypdfium2, an optional dependency."""
    from pypdfium2 import raw  # noqa: PLC0415 - loaded by the reader before

    return Calls(raw)


def _plain(kind: Any) -> Any:  # noqa: ANN401 - as above
    return c_void_p if hasattr(kind, "contents") else kind


def address(pointer: Any) -> int:  # noqa: ANN401 - as above
    """Where something is."""
    return ctypes.cast(pointer, c_void_p).value or 0
