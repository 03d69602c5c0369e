"""What the text of a cell says: a number with its unit, a kind of nothing, or neither.

0, blank, a dash, a slash and 无 are different things in a source; nothing here turns one into another.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from decimal import Decimal
from enum import IntEnum

from attrs import frozen

__all__ = ["INVISIBLE", "RAISED", "Kind", "Reading", "classify", "digits", "read_value"]


class Kind(IntEnum):
    """What a piece of text can be in a table."""

    TEXT = 0
    NUMBER = 1
    MARK = 2  # a printed nothing: - — / 无
    EMPTY = 3  # nothing at all: "", nbsp, NaN of a data frame


@frozen
class Reading:
    """A number as it is printed: `sure` is False where something beside the number and its unit was left aside."""

    value: Decimal
    unit: str | None
    sure: bool = True


_MARKS = frozenset((*"-－—–‐−─―﹣／/无無*", "--", "---", "——", "———", "―／", "无。", "〇/", "//"))
_EMPTY = frozenset(("", "NaN", "nan", "<NA>", "NA", "N/A", "None", "null", "NULL", "undefined", "&nbsp;", "<br>"))
_UNREADABLE = frozenset(("?", "？", "×", "**", ".", "·"))
"""Something was printed in the cell, and nobody can say what."""
_UNKNOWN = re.compile(
    r"=(?:…|[-+(@]*[A-Za-z$'\d].*)"  # a formula that nobody has counted
    r"|\#(?:\#{2,}|REF!|VALUE!|N/A|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)"  # one that fails; a number too wide
    r"|[\d.,\u0336]{,60}\d\u0336[\d.,\u0336]*"  # digits struck out, with others beside them or without
    r"|\ufffc+"  # a picture
    r"|(?=\D*\d)[\d.,]{,60}[\ufffc\ufffd\ue000-\uf8ff][\d.,\ufffc\ufffd\ue000-\uf8ff]*",  # digits with others that nobody knows
    re.DOTALL,
)
"""The same of what programs leave there, and of what nobody can read as text."""
_UNITS = "万元|萬元|亿元|億元|千元|元|件次|件|条|條|项|項|个|個|宗|次|篇|份|人次|人|起|例|部|类|類|批|户|戶|笔|筆|家|则|則|%"
_COUNTED = "件|条|項|项|个|個|宗|次|份|人次|人"
"""Units that may stand behind a number of which a word says that it is all of them."""
_NUMBER = re.compile(
    rf"""(?:(?P<query>[?？](?=\d))|[?？])?\s*
    (?P<word>(?:新?增加?了?|减少?了?|净增|净减|共(?=\s*\d+\s*(?:{_COUNTED})))\s*)?
    (?P<sign>[+\-−])?\s*
    (?P<digits>(?!0\d)(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))
    \s*(?P<unit>{_UNITS})?(?P<alternative>\((?:{_UNITS})\))?
    (?P<rest>[(（].*|[。;])?""",
    re.VERBOSE | re.DOTALL,
)
_HELD = re.compile(
    r"""=?"([^"]+)"|“([^”]+)”|['’]([^'’]+)['’]?|=([\d.,]+)|[:：]\s*([-+]?[\d.,]+)"""
    r"""|\*{1,3}([^*]+)\*{1,3}|_{1,3}([^_]+)_{1,3}|`+([^`]+)`+|\$([^$]+)\$"""
)
"""How spreadsheets write a number that is to stay as it was typed: '12, ="12", =12; and how others quote or mark one.

A colon is what is left of the label before it.
"""
_ZERO = frozenset("零〇")
"""The number in words, alone in its cell."""
_NEITHER = re.compile(r"0\s*/\s*0")
"""Nothing more and nothing less."""
_SPLIT = re.compile(r"[+-]?\d[\d,]*(?:\s+\d[\d,.]*)+|0\d+|\d{13,}")
_THOUSANDS = re.compile(r"(?<=\d)\u202f(?=\d{3}(?:\u202f\d{3})*(?:\.\d+)?(?!\d))")
"""A thin space that no line may break at, between thousands; others may part two numbers."""
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉①②③④⑤⑥⑦⑧⑨⑩")
"""Digits of footnotes, which no number is made of, though Unicode knows them as compatible."""
_FOOTNOTE = re.compile(rf"(?<=\d)\s*(?:[{''.join(sorted(RAISED))}*＊#†‡]+|\[\d{{1,2}}\]|注\d{{0,2}})$")
_DIGITS = frozenset("0123456789")
_HOLDING = frozenset("=\"“'’:：*_`$")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
"""Characters that nobody sees; not the one that turns the digits around."""
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
"""Characters of no width: a person sees the digits around them as one number."""
_AROUND = " \t\r\n\v\f\u3000\xa0" + "".join(map(chr, _INVISIBLE))
_MOST_DIGITS = 12
"""No count of this form is longer: what is, are several run together."""
_NOISE_AFTER = 9
_BINARY_DIGITS = 15
"""Digits that a binary fraction holds; the last two of them, and what follows, are its noise."""
_LONGEST = 60
"""No number with its unit and remark is longer; what is longer is text and need not be looked at."""


@functools.lru_cache(maxsize=1 << 15)
def classify(text: str) -> Kind:
    """Tell numbers, printed nothings and empty cells from text, by the look of the whole piece."""
    if text.isdecimal():
        return Kind.NUMBER
    bare = text.strip(_AROUND).replace("\\", "")
    if bare in _EMPTY:
        return Kind.EMPTY
    if bare in _MARKS:
        return Kind.MARK
    if (
        bare in _UNREADABLE
        or _UNKNOWN.fullmatch(bare)
        or (len(bare) <= _LONGEST and (read_value(bare) is not None or is_split(bare)))
    ):
        return Kind.NUMBER
    return Kind.TEXT


@functools.lru_cache(maxsize=1 << 15)
def read_value(text: str) -> Reading | None:
    """The number that the text shows, or None: `1,234` `１２` `+3` `增98` `43.788万元` `82篇(条)` `="12"` `? 0`."""
    if text.isdecimal() and text.isascii() and (text[0] != "0" or text == "0") and len(text) <= _MOST_DIGITS:
        return Reading(Decimal(text), None)
    held = _HELD.fullmatch(text.strip()) if text.lstrip()[:1] in _HOLDING else None
    if held is not None:
        return read_value(held[held.lastindex or 0])
    bare = text if text.isascii() and text[-1:] in _DIGITS else _FOOTNOTE.sub("", text.strip())
    seen = bare.translate(_INVISIBLE).strip()
    plain = unicodedata.normalize("NFKC", _THOUSANDS.sub(",", seen)).strip().replace("\\", "")
    if plain in _ZERO or _NEITHER.fullmatch(plain):
        return Reading(Decimal(0), None, sure=plain in _ZERO)
    found = _NUMBER.fullmatch(plain)
    if found is None or any(c in RAISED for c in bare):
        return None
    if len(found["digits"]) > _MOST_DIGITS and "." not in found["digits"]:
        return None
    value = Decimal(_denoise(found["digits"].replace(",", "")))
    negative = found["sign"] in ("-", "−") or (found["word"] or "").strip().startswith(("减", "净减"))
    apart = found["sign"] is not None and plain[found.end("sign")].isspace()  # a printed nothing, perhaps, and a number
    whole = (
        found["unit"] != "%"
        and found["rest"] is None
        and found["query"] is None  # of a space that was lost, or of a digit
        and not apart
        and len(seen) >= len(text.strip(_AROUND))
        and "\n" not in (text[:1], text[-1:])
    )
    return Reading(-value if negative else value, found["unit"], whole)


def digits(reading: Reading | None) -> int:
    """How many digits a number has before its point; 0 for none."""
    return 0 if reading is None else len(str(abs(int(reading.value))))


def is_split(text: str) -> bool:
    """Whether the text is digits with gaps in them, or a zero before others: one number torn apart, or several run together."""
    return _SPLIT.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def _denoise(digits: str) -> str:
    """Undo the tail of binary fractions (73344.38310000001): a decimal that somebody typed has no twelve places."""
    whole, _, fraction = digits.partition(".")
    if len(fraction) < _NOISE_AFTER or len(whole) + len(fraction) < _BINARY_DIGITS:
        return digits
    return str(round(Decimal(digits), _BINARY_DIGITS - 2 - len(whole)).normalize())
