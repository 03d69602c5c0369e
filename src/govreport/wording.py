"""What the library says to people besides its findings: in English as it stands in the code, in Chinese from a data file.

`wording.zh.toml` maps each English text to its translation. A text may have places for facts, `{name}`, or `{name:,}` for a
number with thousands, `{name:g}` for a plain one; both languages name the same facts. A text without a translation, as of a
plugin, is said in English.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Literal

__all__ = ["Lang", "filled", "retold", "said", "translations"]

Lang = Literal["zh", "en"]

_PLACE = re.compile(r"\{(\w+)(?::([,g]))?\}")


def said(text: str, lang: Lang, facts: Mapping[str, object] | None = None) -> str:
    """The text in that language, with its facts."""
    return filled(translations().get(text, text) if lang == "zh" else text, facts or {})


def retold(text: str, lang: Lang) -> str:
    """A text that has its facts in it already, as the reasons of a claim have, in that language."""
    if lang == "zh":
        for told, chinese in _told():
            if found := told.fullmatch(text):
                return filled(chinese, found.groupdict())
    return text


def filled(text: str, facts: Mapping[str, object]) -> str:
    """The text with the facts that are known; a brace around anything else is just a brace."""
    return _PLACE.sub(lambda place: format(facts[place[1]], place[2] or "") if place[1] in facts else place[0], text)


@functools.cache
def translations() -> Mapping[str, str]:
    """Each text in English with the same in Chinese."""
    return {english: chinese for family in _families().values() for english, chinese in family.items()}


@functools.cache
def _families() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((resources.files(__package__ or "") / "wording.zh.toml").read_text("utf-8"))


@functools.cache
def _told() -> Sequence[tuple[re.Pattern[str], str]]:
    """What tells each reason of a claim, whatever its facts are; those with more words of their own first."""
    claims = sorted(_families()["claims"].items(), key=lambda pair: -len(_PLACE.sub("", pair[0])))
    return [(re.compile(_pattern(english), re.DOTALL), chinese) for english, chinese in claims]


def _pattern(text: str) -> str:
    words, names = _PLACE.split(text)[::3], (f"(?P<{place[1]}>.*)" for place in _PLACE.finditer(text))
    return "".join(itertools.chain(*itertools.zip_longest(map(re.escape, words), names, fillvalue="")))
