"""XML files that hold a whole document: which of them a file is, told by its first tag."""

from __future__ import annotations

import re

__all__ = ["root_tag"]

_BEFORE = rb"(?:\xef\xbb\xbf)?\s*+(?>(?:<\?[^>]{,300}\?>|<!--.{,2000}?-->)\s*+){,20}"
_ROOT = re.compile(
    _BEFORE + rb"(<(?:[\w-]+:)?(?:document|document-content|wordDocument|package|Workbook)\b[^>]{,20000}>)", re.DOTALL
)


def root_tag(data: bytes) -> bytes | None:
    """The first tag, if its name is that of an office document; its namespaces say of which program."""
    found = _ROOT.match(data)
    return None if found is None else found[1]
