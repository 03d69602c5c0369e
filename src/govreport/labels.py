"""Label normalisation: what is the same label however it was typed, scanned, converted or spaced.

`skeleton` keeps only the Chinese characters of a text, each in its simplified form: width, spaces, punctuation, digits, Latin
letters (pinyin), Kangxi radicals and traditional characters no longer tell two labels apart. The text itself is never changed.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib import resources

__all__ = ["NUMERALS", "ratio", "simplified", "skeleton", "strip_number"]

NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(
    r"^\s*(?:[（(【\[]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)】\]]\s*[、.．:：]?|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．,，:：])\s*"
)


class _Skeletons(dict[int, str]):
    """A translation table that learns: each character is looked at once in the life of the process."""

    def __missing__(self, code: int) -> str:
        simple = _variants()
        plain = "".join(simple.get(c, c) for c in unicodedata.normalize("NFKC", simple.get(chr(code), chr(code))))
        kept = "".join(c for c in plain if "\u4e00" <= c <= "\u9fff" or c == "〇")
        self[code] = kept
        return kept


@functools.cache
def _variants() -> dict[str, str]:
    """Traditional characters and CJK radicals that NFKC leaves alone, each with its simplified form."""
    data = tomllib.loads((resources.files("govreport") / "variants.toml").read_text("utf-8"))
    return {old: new for table in data.values() for new, olds in table.items() for old in olds}


class _Plain(dict[int, str]):
    """The same for whole texts: digits, letters and punctuation are kept in half width, white space goes."""

    def __missing__(self, code: int) -> str:
        simple = _variants()
        text = unicodedata.normalize("NFKC", simple.get(chr(code), chr(code)))
        self[code] = kept = "".join(simple.get(c, c) for c in text if not c.isspace())
        return kept


_TABLE = _Skeletons()
_PLAIN = _Plain()


def skeleton(text: str) -> str:
    """The Chinese characters of `text`, simplified, nothing else."""
    return text.translate(_TABLE)


def simplified(text: str) -> str:
    """`text` in simplified characters and half width, without white space."""
    return text.translate(_PLAIN)


def strip_number(text: str) -> str:
    """`text` without the numbering at its start: 一、 （一） 1. (1) 1、 and their like."""
    return _NUMBER.sub("", text, count=1)


def ratio(a: str, b: str) -> float:
    """How alike two skeletons are, 0..1: twice the longest common subsequence over both lengths."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    return 2 * _common(a, b) / (len(a) + len(b))


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence: the bits of `open_` are the places of `b` that do not lengthen it.

    Hyyrö, Bit-parallel LCS-length computation revisited, 2004: a whole row of the table of lengths in four operations.
    """
    places = _places(b)
    open_ = full = (1 << len(b)) - 1
    for character in a:
        met = open_ & places.get(character, 0)
        open_ = (open_ + met) | (open_ - met)
    return len(b) - (open_ & full).bit_count()


@functools.lru_cache(maxsize=256)
def _places(text: str) -> dict[str, int]:
    """Where each character stands, as bits."""
    places: dict[str, int] = {}
    for at, character in enumerate(text):
        places[character] = places.get(character, 0) | 1 << at
    return places
