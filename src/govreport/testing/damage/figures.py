"""Damage to how numbers are written: by scanners, by clerks, by other programs; the number that is meant stays the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from attrs import evolve

from govreport.testing.damage.operator import named
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS"]

_LETTERS = str.maketrans("01", "Ol")
_SCANNED = str.maketrans("0125689", "〇IZSbBq")
_CHINESE = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千", "万")
_ACCOUNTS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FOOTNOTES = ("*", "①", "[1]", "¹", "注1", "#")
_ABOUT = ("约{}", "近{}", "{}余", "{}左右", "{}多", "≈{}")
_THIN = ("\u2009", "\u202f", " ", "'")
_SHARE = 0.06
_WORDS = ("####", "#REF!", "N/A", "#DIV/0!", "待核实", "见附件", "若干", "■", "□", "…", "xx", "null", "未统计", "保密")
_MARKUP = (
    "**{}**",
    "`{}`",
    "_{}_",
    "“{}”",
    "'{}",
    "({})",
    "【{}】",
    "￥{}",
    "={}",
    "▲{}",
    "第{}",
    "共{}",
    "{}：",
    '"{}',
    '{}"',
)
_ENTITIES = ("&nbsp;{}", "{}&nbsp;", "&#160;{}", "{}&#12288;", "&emsp;{}")
_INVISIBLE = "\u200b\u00ad\u2060\ufeff"
_PARTS = ("{}（含网上3件）", "{}(其中信函2)", "{}（上年5）", "{}/3", "{}→5")
_LONG = 3
_CUTS = ("…", "..", "##")
_GROUPS = (".", "，", "·", "’")
_POINTS = (" . ", ". ", " .", "。", "．", "·")


def _rewritten(rng: random.Random, document: Document, write: Callable[[str], str], share: float = _SHARE) -> Document:
    """Some of the whole numbers of more than one digit written otherwise; what `write` leaves alone is left alone."""
    spots = document.positions()
    able = sorted(key for key in spots if (t := document.shown[key]).isascii() and t.isdigit() and len(t) > 1 and write(t) != t)
    chosen = rng.sample(able, min(len(able), max(1, round(share * len(able)))))
    shown = {key: write(document.shown[key]) for key in chosen}
    return document.edited((Edit(spots[key], shown[key]) for key in chosen), shown)


def letters_for_digits(rng: random.Random, document: Document) -> Document:
    """O for 0 and l for 1, as scanners read them."""
    return _rewritten(rng, document, lambda text: text.translate(_LETTERS), 0.1)


def scanned_digits(rng: random.Random, document: Document) -> Document:
    """Letters that look like digits in a few numbers: S for 5, B for 8, 〇 for 0."""
    return _rewritten(rng, document, lambda text: text.translate(_SCANNED))


def chinese_numerals(rng: random.Random, document: Document) -> Document:
    """A few numbers in Chinese numerals: 一百零五."""
    return _rewritten(rng, document, _chinese)


def _chinese(text: str) -> str:
    if len(text) > len(_PLACES) or text[0] == "0":
        return text
    pairs = zip(text, reversed(_PLACES[: len(text)]), strict=True)
    words = "".join("〇" if digit == "0" else _CHINESE[int(digit)] + place for digit, place in pairs)
    while "〇〇" in words:
        words = words.replace("〇〇", "〇")
    return words.rstrip("〇").replace("〇", "零")


def accounts_numerals(rng: random.Random, document: Document) -> Document:
    """A few numbers in the numerals of accounts: 壹佰零伍."""
    return _rewritten(rng, document, lambda text: _chinese(text).translate(_ACCOUNTS))


def footnote_marks(rng: random.Random, document: Document) -> Document:
    """The mark of a footnote behind a few numbers: 12*, 12①, 12[1], 12¹."""
    mark = rng.choice(_FOOTNOTES)
    return _rewritten(rng, document, lambda text: text + mark)


def approximations(rng: random.Random, document: Document) -> Document:
    """A few numbers given as approximate: 约12, 12余."""
    template = rng.choice(_ABOUT)
    return _rewritten(rng, document, template.format)


def question_marks(rng: random.Random, document: Document) -> Document:
    """A question mark, where there was a space of another encoding, before a few numbers: ? 12."""
    return _rewritten(rng, document, "? {}".format)


def spaced_thousands(rng: random.Random, document: Document) -> Document:
    """A thin space, a space or an apostrophe between thousands."""
    gap = rng.choice(_THIN)
    return _rewritten(rng, document, lambda text: f"{int(text):,}".replace(",", gap), 0.2)


def zero_width(rng: random.Random, document: Document) -> Document:
    """A character of no width, a hyphen for breaking words or a byte order mark inside a few numbers."""
    mark = rng.choice(_INVISIBLE)
    return _rewritten(rng, document, lambda text: text[:1] + mark + text[1:])


def leading_zeros(rng: random.Random, document: Document) -> Document:
    """Zeros before a few numbers: 0012."""
    return _rewritten(rng, document, lambda text: text.zfill(len(text) + 2))


def decimal_zeros(rng: random.Random, document: Document) -> Document:
    """Counts with decimals, as spreadsheets print them: 12.0, 12.00."""
    tail = rng.choice((".0", ".00"))
    return _rewritten(rng, document, lambda text: text + tail, 0.3)


def full_stops(rng: random.Random, document: Document) -> Document:
    """Punctuation behind a few numbers: 12。 12; and their like."""
    stop = rng.choice("。；;，、.")
    return _rewritten(rng, document, lambda text: text + stop)


def mixed_digits(rng: random.Random, document: Document) -> Document:
    """Half of a number's digits of full width."""
    return _rewritten(rng, document, lambda text: text[:1] + text[1:].translate({48 + i: 0xFF10 + i for i in range(10)}))


def decimal_commas(_: random.Random, document: Document) -> Document:
    """A comma before the decimals of amounts: 7337,75."""
    return _amounts(document, lambda text: text.replace(".", ","))


def points_torn(rng: random.Random, document: Document) -> Document:
    """Spaces at the points of amounts, or points of another kind."""
    return _amounts(document, lambda text: text.replace(".", rng.choice(_POINTS)))


def emphasis(rng: random.Random, document: Document) -> Document:
    """Markup, quotation marks, brackets and signs around a few numbers."""
    return _rewritten(rng, document, lambda text: rng.choice(_MARKUP).format(text))


def entities(rng: random.Random, document: Document) -> Document:
    """The name of a web page's blank beside a few numbers."""
    return _rewritten(rng, document, lambda text: rng.choice(_ENTITIES).format(text))


def digits_spaced(rng: random.Random, document: Document) -> Document:
    """A space between the digits of a few numbers."""
    return _rewritten(rng, document, " ".join)


def thousands_points(rng: random.Random, document: Document) -> Document:
    """Points of other countries between thousands."""
    mark = rng.choice(_GROUPS)
    return _rewritten(rng, document, lambda text: f"{int(text):,}".replace(",", mark))


def parts_beside(rng: random.Random, document: Document) -> Document:
    """A number of another kind in the cell of a few: 12（含网上3件）."""
    template = rng.choice(_PARTS)
    return _rewritten(rng, document, template.format)


def placeholders(rng: random.Random, document: Document) -> Document:
    """What programs and clerks put in a cell for which they have no number."""
    return _unreadable(rng, document, lambda _: rng.choice(_WORDS))


def numbers_cut(rng: random.Random, document: Document) -> Document:
    """A few numbers cut off where their column was too narrow, as 12… is."""
    mark = rng.choice(_CUTS)
    return _unreadable(rng, document, lambda text: text[:-2] + mark, _LONG)


def _unreadable(rng: random.Random, document: Document, write: Callable[[str], str], least: int = 1) -> Document:
    """A few cells that say no number any more."""
    spots = document.positions()
    able = sorted(key for key in spots if len(document.shown[key]) >= least)
    keys = rng.sample(able, min(len(able), 5))
    shown = {key: write(document.shown[key]) for key in keys}
    changed = document.edited((Edit(spots[key], text) for key, text in shown.items()), shown)
    return evolve(changed, truth={**changed.truth, **dict.fromkeys(keys)})


def other_units(_: random.Random, document: Document) -> Document:
    """Amounts in 元 where the form asks for 万元: the printed number is another one."""
    spots = _amount_spots(document)
    shown = {key: f"{Decimal(document.shown[key]) * 10_000:.0f}元" for key in spots}
    changed = document.edited((Edit(spots[key], shown[key]) for key in spots), shown)
    return evolve(changed, truth={**changed.truth, **{key: text.removesuffix("元") for key, text in shown.items()}})


def budget_notes(_: random.Random, document: Document) -> Document:
    """A remark in the cell behind amounts: 73.4（预算数）."""
    return _amounts(document, "{}（预算数）".format)


def _amounts(document: Document, write: Callable[[str], str]) -> Document:
    spots = _amount_spots(document)
    shown = {key: write(document.shown[key]) for key in spots}
    return document.edited((Edit(spots[key], shown[key]) for key in spots), shown)


def _amount_spots(document: Document) -> dict[str, Span]:
    cells, shown = document.form.cells, document.shown
    return {k: s for k, s in document.positions().items() if cells[k].kind == "amount" and shown[k].replace(".", "").isdigit()}


OPERATORS = named(
    letters_for_digits,
    scanned_digits,
    chinese_numerals,
    accounts_numerals,
    footnote_marks,
    approximations,
    question_marks,
    spaced_thousands,
    zero_width,
    leading_zeros,
    decimal_zeros,
    full_stops,
    mixed_digits,
    decimal_commas,
    other_units,
    budget_notes,
    points_torn,
    emphasis,
    entities,
    digits_spaced,
    thousands_points,
    parts_beside,
    placeholders,
    numbers_cut,
)
