"""The values of spreadsheet cells as they print."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

__all__ = ["agrees", "as_formatted", "as_text", "moment", "shows_date", "shows_other"]

_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))  # ECMA-376 part 1, 18.8.30
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General', re.IGNORECASE)
_DATE_LETTER = re.compile("[ymdhs]", re.IGNORECASE)
_PART = re.compile(r'(?:"[^"]*"|\\.|[^;"\\]|["\\])*')
_TEXT = re.compile(r'"[^"]*"|\\.')
_SCALED = re.compile(r"[0#?],+(?![0#?,])|%")
_LARGEST = 30  # digits of any number that somebody wrote down
_NO_DIGIT = re.compile(r"[^\d.]")
_PERCENT = "Percent"  # what Excel 2003 calls the format in its XML
_DAYS = 2_958_466  # after 9999-12-31
_FIRST_RIGHT = 60  # Excel counts a 29 February 1900, so that serial numbers before it are a day behind
_DAYS_TO_1904 = 1_462
_GUARDS = frozenset({"'", "="})
_GUARDED = re.compile(r"""'([-+]?\d[\d,]*(?:\.\d+)?|[-—－/／])|="([^"=]+)\"""")
_LONGEST_GUARDED = 40
_SHOWN_IN_FULL = 1e15  # larger integers lose digits in a spreadsheet anyway


def as_text(value: object) -> str:
    """12.0 is 12, a float has the fifteen digits that a spreadsheet shows, a date is ISO text, text is left as it is."""
    if isinstance(value, str):
        return _unguarded(value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _plain(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _unguarded(text: str) -> str:
    """Without what keeps a spreadsheet from counting with a number, and is no part of it: `'12` and `="12"` are 12."""
    if text[:1] not in _GUARDS or len(text) > _LONGEST_GUARDED:
        return text
    found = _GUARDED.fullmatch(text)
    return text if found is None else found[1] or found[2]


def _plain(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < _SHOWN_IN_FULL:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def shows_date(number: str, code: str | None) -> bool:
    """Whether a number format, given by its id and the code that the workbook has for it, shows a date or time."""
    return number in _DATES if code is None else _DATE_LETTER.search(_LITERAL.sub("", code)) is not None


@lru_cache(maxsize=1 << 10)
def shows_other(code: str) -> bool:
    """Whether a number format shows another number than the cell holds, or none: `0,` `0!.0,万元` `0%` `0"00"` `;;;`."""
    part = _PART.match(code)
    first = "" if part is None else part[0]
    if any(char.isdigit() for text in _TEXT.findall(first) for char in text):
        return True
    bare = _LITERAL.sub("", first)
    return first == _PERCENT or _SCALED.search(bare) is not None or (not bare.strip() and _says_something(first, code))


def _says_something(first: str, code: str) -> bool:
    """Whether a format without a place for digits is a format at all, rather than `General` or none."""
    return "general" not in first.lower() and (_TEXT.search(first) is not None or code != first)


def agrees(text: str, shown: str) -> bool:
    """Whether a number is the one that is shown, rounded as it may be; a 0 may be shown as anything."""
    value = _decimal(text)
    if value is None or not value:
        return True
    found = _decimal(shown.strip()) or _decimal(_NO_DIGIT.sub("", shown))
    if found is None or "%" in shown:
        return False
    return abs(abs(found) - abs(value)) <= Decimal(1).scaleb(found.as_tuple().exponent) / 2  # type: ignore[arg-type]


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= _LARGEST else None


def as_formatted(text: str, code: str) -> str:
    """A number of which another is shown, with the format that says so: nobody can tell which of the two is meant."""
    return f"{text}（{code}）"


def moment(serial: float, *, from_1904: bool = False) -> dt.datetime | dt.time | float:
    """The date or time of a serial number; the number itself where it is none."""
    days = serial + (_DAYS_TO_1904 if from_1904 else 0)
    if not 0 <= days < _DAYS:
        return serial
    seconds = dt.timedelta(seconds=round((days + (1 <= days < _FIRST_RIGHT)) * 86_400))
    found = dt.datetime(1899, 12, 30) + seconds  # noqa: DTZ001 - a spreadsheet knows no zones
    return found if days >= 1 else found.time()
