"""Characters of a page put together as words, so that what is asked of every character is asked once for many of them.

The characters of a word are of one kind and one size, stand on one baseline, and follow each other without a gap and without
lying over each other. Wherever it matters where one of them is, a word is taken apart again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import sub
from typing import NamedTuple, Self

from attrs import field, frozen

__all__ = ["Char", "Chars", "Word", "apart", "words_of"]

_WIDE = "\u2e80"
_GAP, _OVER = 0.05, -0.024  # times the size: between two characters of a word
_ALIKE = 0.1  # times the size: how much they differ in it


class Char(NamedTuple):
    """A character: where it starts and ends, its baseline, and its top and bottom."""

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float


class Word(NamedTuple):
    """What it says, where it starts and ends, its baseline, top and bottom, the size of its characters, and how many they are.

    A word of several characters knows the page that they are on, and the first of them.
    """

    text: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float
    size: float
    length: int = 1
    page: Chars | None = None
    first: int = 0

    @classmethod
    def of(cls, char: Char) -> Self:
        """A word of one character."""
        text, x0, x1, y, top, bottom = char
        return cls(text, x0, x1, y, top, bottom, max(bottom - top, x1 - x0, 1.0))

    @property
    def head(self) -> float:
        """Where its first character ends."""
        return self.x1 if self.page is None else self.page.x1[self.first]

    @property
    def tail(self) -> float:
        """Where its last character starts."""
        return self.x0 if self.page is None else self.page.x0[self.first + self.length - 1]

    @property
    def sizes(self) -> Sequence[float]:
        """The size of each of its characters."""
        return (self.size,) if self.page is None else self.page.sizes[self.first : self.first + self.length]

    def chars(self) -> Iterator[Char]:
        """Its characters."""
        if self.page is None:
            return iter((Char(*self[:6]),))
        return map(self.page.char, range(self.first, self.first + self.length))


@frozen(eq=False)
class Chars:
    """The characters of a page: what each says, where it starts and ends, its baseline, top and bottom."""

    texts: Sequence[str]
    x0: Sequence[float]
    x1: Sequence[float]
    y: Sequence[float]
    top: Sequence[float]
    bottom: Sequence[float]
    sizes: Sequence[float] = field(init=False)
    """The longer side of each, and no less than a point. The box of a flat one such as 一 is flat; its width tells the size."""

    @sizes.default
    def _longer_sides(self) -> list[float]:
        heights, widths = map(sub, self.bottom, self.top), map(sub, self.x1, self.x0)
        return list(map(max, heights, widths, repeat(1.0)))

    def char(self, index: int) -> Char:
        """One of them."""
        return Char(self.texts[index], self.x0[index], self.x1[index], self.y[index], self.top[index], self.bottom[index])

    def words(self) -> Iterator[Word]:
        """All of them, in the order in which they are drawn."""
        start = 0
        for stop in self._ends():
            yield self._word(start, stop)
            start = stop

    def _word(self, start: int, stop: int) -> Word:
        size = self.sizes[start]
        if stop - start == 1:
            return Word(*self.char(start), size)
        text, top, bottom = "".join(self.texts[start:stop]), min(self.top[start:stop]), max(self.bottom[start:stop])
        return Word(text, self.x0[start], self.x1[stop - 1], self.y[start], top, bottom, size, stop - start, self, start)

    def _ends(self) -> Iterator[int]:
        """Behind which character each word ends."""
        left = right = level = usual = 0.0
        kind = None
        kinds = map(_kind, self.texts)
        for at, (x0, x1, y, size, is_now) in enumerate(zip(self.x0, self.x1, self.y, self.sizes, kinds, strict=True)):
            if not (
                y == level
                and is_now == kind is not None
                and _OVER * size < x0 - right <= _GAP * size
                and abs(size - usual) < _ALIKE * size
                and x0 >= left
                and x1 >= right
            ):
                if at:
                    yield at
                level, kind, usual = y, is_now, size
            left, right = x0, x1
        if self.texts:
            yield len(self.texts)


@lru_cache(maxsize=1 << 14)
def _kind(text: str) -> int | None:
    """Numbers are words of their own; so are stretches of Chinese characters. White space is none."""
    return None if text.isspace() else 2 * text.isdigit() + (text >= _WIDE)


def words_of(chars: Iterable[Char]) -> tuple[Word, ...]:
    """The same characters as words."""
    columns = tuple(zip(*chars, strict=True))
    return tuple(Chars(*columns).words()) if columns else ()


def apart(words: Iterable[Word]) -> list[Word]:
    """The same words, each character by itself."""
    return [Word.of(char) for word in words for char in word.chars()]
