"""What a person takes the text of a cell for that holds one number, and more than a number: always to be doubted.

Marks around it, words of estimation, markup that was not taken off, letters typed for digits, zeros before them. Nothing is
told of a text with two numbers.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from decimal import Decimal

from govreport.values import INVISIBLE, RAISED, read_value

__all__ = ["ZEROS", "likely"]

_MARKUP = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#32);|</?[A-Za-z][^<>]{0,30}>")
_MARKS = " \t\r\n\xa0\u3000.,:;*_~`'\"#|\\·•、。※†‡≈=‘’“”«»()[]{}<>【】〔〕《》「」『』"
"""What may stand around a number and changes nothing of it."""
_LONGEST = 60
"""More characters than these are no number with something beside it; a long run of spaces can be shared among the patterns."""
_WORDS = re.compile(
    r"(?:大约|约|近|共计|合计|共|计)?\s*(?P<number>[^约近共合计余多左右]+?)\s*(?:余|多|左右|以上)?\s*[件条项个份宗次起]?"
)
"""Words that say it is about so many, or how many there are together."""
_SHARE = re.compile(r"(?P<number>[-+]?\d+)\s+\(?[-+]?[\d.]+%\)?")
"""A number and its share of a whole beside it."""
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?0*\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ '’`]\d{3})+")
ZEROS = frozenset("OoQ○◯口\u041e\u043e\u039f\u03bf")
"""What is typed for 0, or read by a scanner, in any alphabet."""
_LETTERS = {**dict.fromkeys(ZEROS, "0"), **dict.fromkeys("lI|!", "1"), "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8"}
"""Characters that stand for digits, typed by hand or read by a scanner."""
_LETTERED = re.compile(rf"[\d.,{''.join(map(re.escape, _LETTERS))}]+")


@functools.lru_cache(maxsize=1 << 10)
def likely(text: str) -> Decimal | None:
    """The one number that a text shows beside other things; None where there is none, or where there may be two."""
    bare = _MARKUP.sub(" ", text).translate(dict.fromkeys(map(ord, INVISIBLE))).strip(_MARKS).strip("".join(RAISED))
    if any(character in RAISED for character in bare):
        return None
    plain = unicodedata.normalize("NFKC", bare).strip(_MARKS)
    if len(plain) > _LONGEST:
        return None
    if plain in ZEROS:
        return Decimal(0)
    if (shared := _SHARE.fullmatch(plain)) is not None:
        return Decimal(shared["number"])
    return _number(worded["number"].strip(_MARKS)) if (worded := _WORDS.fullmatch(plain)) is not None else None


def _number(text: str) -> Decimal | None:
    if _POWER.fullmatch(text):
        return Decimal(text)
    if _THOUSANDS.fullmatch(text):
        return Decimal(re.sub(r"\D", "", text))
    if any(map(str.isdigit, text)) and _LETTERED.fullmatch(text):
        text = "".join(_LETTERS.get(character, character) for character in text)
    reading = read_value(text.lstrip("0") or "0") if text.isdecimal() else read_value(text)
    return None if reading is None else reading.value
