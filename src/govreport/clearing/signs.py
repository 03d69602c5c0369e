"""Whether a text has anything for a step to do: a look that costs next to nothing where it has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["signed"]


def signed(text: str, signs: Mapping[str, Sequence[str]]) -> bool:
    """Whether one of the signs stands in a text; they are looked for where what is told before them does, which is cheaper."""
    return any(rare in text and any(sign in text for sign in own) for rare, own in signs.items())
