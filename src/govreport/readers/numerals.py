"""How Word prints a list number: the `numFmt` values that occur in Chinese documents."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["FORMATS", "NumberFormat", "spaced"]

NumberFormat = Callable[[int], str]

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_WIDE = "、）)．。】〕：·"
_MYRIAD = 10_000


def spaced(label: str) -> str:
    """The number as it stands before its text: apart from it, save after a mark that is apart by itself."""
    return label if not label or label[-1] in _WIDE else f"{label} "


def _counting(digits: str, units: tuple[str, ...], zero: str) -> NumberFormat:
    """Numerals with units (一百零一); a leading 一十 is 十 where the unit is the everyday one."""

    def below_myriad(number: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if not digit:
                gap = bool(out)
                continue
            out += (zero if gap else "") + digits[digit] + units[power]
            gap = False
        return out

    def spell(number: int) -> str:
        if not 0 < number < _MYRIAD:
            return str(number)
        out = below_myriad(number)
        return out[1:] if out.startswith("一十") else out

    return spell


def _digitwise(digits: str) -> NumberFormat:
    return lambda number: "".join(digits[int(d)] for d in str(abs(number)))


def _cycle(alphabet: str) -> NumberFormat:
    return lambda number: alphabet[(number - 1) % len(alphabet)]


def _pairs(number: int) -> str:
    return _cycle(_STEMS)(number) + _cycle(_BRANCHES)(number)


def _letters(number: int) -> str:
    """A … Z, AA, BB …, as Word counts."""
    turn, place = divmod(max(number, 1) - 1, 26)
    return chr(ord("a") + place) * min(turn + 1, 30)


def _roman(number: int) -> str:
    if not 0 < number < _MYRIAD:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out + _ROMAN_ONES[number]


def _block(first: str, size: int) -> NumberFormat:
    """Characters that Unicode lists in order, such as ① … ⑳; beyond them plain digits."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= size else str(number)


_everyday = _counting(_DIGITS, ("", "十", "百", "千"), "零")

FORMATS: dict[str, NumberFormat] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _digitwise("０１２３４５６７８９"),
    "decimalFullWidth2": _digitwise("０１２３４５６７８９"),
    "decimalEnclosedCircle": _block("①", 20),
    "decimalEnclosedCircleChinese": _block("①", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "ideographEnclosedCircle": _block("㊀", 10),
    "chineseCounting": _everyday,
    "chineseCountingThousand": _everyday,
    "taiwaneseCounting": _everyday,
    "taiwaneseCountingThousand": _everyday,
    "japaneseCounting": _everyday,
    "japaneseDigitalTenThousand": _digitwise(_DIGITS),
    "ideographDigital": _digitwise(_DIGITS),
    "taiwaneseDigital": _digitwise(_DIGITS),
    "chineseLegalSimplified": _counting(_LEGAL, ("", "拾", "佰", "仟"), "零"),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), "零"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _pairs,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
"""The value of `w:numFmt` → how a number is printed. What is missing here is printed in plain digits."""
