"""Numbers as prose writes them: 1,204 and １２０４, 12.6万, 一百二十三, 贰拾, 四十余."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["CHINESE", "parse_number"]

_DIGITS = {
    c: n
    for n, group in enumerate(("〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in group
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

CHINESE = "".join(_DIGITS) + "".join(_UNITS) + "万亿"
"""The characters of Chinese numerals."""

_WELL_FORMED = re.compile(
    f"(?:[{''.join(_DIGITS)}]|[{''.join(_DIGITS)}]?[{''.join(_UNITS)}万亿]|零)+"  # units between digits; order is checked below
)


def parse_number(text: str, magnitude: str = "") -> int | Decimal | None:
    """The number that `text` writes, times 万 or 亿 if `magnitude` says so; None if it writes none.

    Whole results are ints. A run of bare Chinese digits is read digit by digit (二〇二三 is 2023), and never as a count of two
    digits such as 三五 (three to five): that is None.
    """
    number = _arabic(text) if text[:1].isdecimal() else _chinese(text)
    if number is None:
        return None
    number *= _MYRIADS.get(magnitude, 1)
    return int(number) if number == int(number) else number


def _arabic(text: str) -> int | Decimal | None:
    plain = text.replace(",", "").replace("，", "")
    return int(plain) if plain.isdecimal() else Decimal(plain)


def _chinese(text: str) -> int | None:
    if not _WELL_FORMED.fullmatch(text):
        return None
    if not any(c in _UNITS or c in _MYRIADS for c in text):
        return _digitwise(text)
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[c], 0
        else:
            total, section, digit = total + (section + digit or 1) * _MYRIADS[c], 0, 0
    return total + section + digit


def _digitwise(text: str) -> int | None:
    """一 is 1, 二〇二三 is 2023; two or three bare digits are a range or an idiom, not a number."""
    if len(text) in {2, 3}:
        return None
    return int("".join(str(_DIGITS[c]) for c in text))
