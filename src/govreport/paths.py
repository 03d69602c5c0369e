"""Labels within each other that are written as one: what stands between them is what most such paths of a document have.

不予公开 / 国家秘密 / 自然人      不予公开-国家秘密-自然人      不予公开.国家秘密.自然人      【不予公开】【国家秘密】自然人
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govreport.labels import NUMERALS

__all__ = ["parted", "parting"]

_SEPARATORS = tuple(
    map(
        re.compile,
        (
            r"[ \t]*(?:[>›»→⇒|＞\\]|::|】[ \t]*【?)[ \t]*",
            r"[ \t]+[/\-—–·][ \t]+",
            r"[/／](?=..)",
            r"[-—–_]+",
            r"[·•]",
            r"[：:]",
            rf"(?<![{NUMERALS}\d（(])[.．]",
            r"[ \t\u3000]+",
        ),
    )
)
"""What may part the labels of a path, the surest first; without spaces it may be within a label."""
_USUAL = 0.8
"""Share of paths in which what parts labels stands."""


def parting(paths: Sequence[str]) -> re.Pattern[str] | None:
    """What parts the labels of most of these, if anything does."""
    counts = ((separator, sum(separator.search(path.strip()) is not None for path in paths)) for separator in _SEPARATORS)
    return next((separator for separator, count in counts if count >= max(_USUAL * len(paths), 1)), None)


def parted(path: str, separator: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The labels of a path, each with where it begins."""
    cuts = list(separator.finditer(path))
    begins = [0, *(cut.end() for cut in cuts)]
    yield from ((a, path[a:b]) for a, b in zip(begins, [*(cut.start() for cut in cuts), len(path)], strict=True))
