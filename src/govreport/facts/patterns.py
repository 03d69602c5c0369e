"""The patterns of `patterns.toml`, compiled on first use."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from attrs import frozen

from govreport.facts.numerals import CHINESE

__all__ = ["Absence", "Breakdown", "Channels", "Patterns", "Rule", "RuleGroup", "patterns"]

_NUMBER = (
    r"(?P<about>大约|将近|接近|超过|约|近|逾|超)?"
    r"(?:(?<![\d.,] )(?<![\d.,A-Za-z])(?P<digits>\d{1,3}(?:[,，]\d{3})+(?![\d,])|\d{1,12})(?P<fraction>\.\d{1,6})?"
    rf"|(?<![{CHINESE}])(?P<chinese>[{CHINESE}]{{1,12}}?))"
    r"(?P<magnitude>[万亿])?(?P<more>余|多|来)?(?P<magnitude2>[万亿])?"
)


@frozen(kw_only=True)
class Rule:
    """What a number means if `lead` fits what stands before it and `tail` what follows; see patterns.toml."""

    kind: str
    lead: re.Pattern[str]
    tail: re.Pattern[str] | None = None
    forbid: re.Pattern[str] | None = None
    need: re.Pattern[str] | None = None
    previous: str | None = None


@frozen(kw_only=True)
class RuleGroup:
    """Rules for numbers with certain units; `any`, in a long group, fits wherever one of their leads does."""

    units: frozenset[str]
    any: re.Pattern[str] | None
    rules: tuple[Rule, ...]


@frozen(kw_only=True)
class Absence:
    """What a clause says did not happen. `whole` matches the whole sentence, not clause by clause."""

    kind: str
    match: re.Pattern[str]
    forbid: re.Pattern[str] | None = None
    need: re.Pattern[str] | None = None
    whole: bool = False


@frozen(kw_only=True)
class Channels:
    """How channels of publication are named, and what narrows a number to some topic."""

    names: Mapping[str, re.Pattern[str]]
    social: frozenset[str]
    topic: re.Pattern[str]


@frozen(kw_only=True)
class Breakdown:
    """How a breakdown is introduced, separated and labelled."""

    intro: re.Pattern[str]
    complete: re.Pattern[str]
    opening: re.Pattern[str]
    separator: re.Pattern[str]
    rest: re.Pattern[str]
    open_end: re.Pattern[str]
    label: re.Pattern[str]
    verb: re.Pattern[str]
    action: re.Pattern[str]


@frozen(kw_only=True)
class Patterns:
    """Everything in patterns.toml."""

    number: re.Pattern[str]
    absence: re.Pattern[str]
    tokens: re.Pattern[str]
    unit_class: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[RuleGroup, ...]]
    absences: tuple[Absence, ...]
    absence_longest: int
    absence_outside: re.Pattern[str]
    absence_clause: re.Pattern[str]
    channels: Channels
    breakdown: Breakdown


@functools.cache
def patterns() -> Patterns:
    """The compiled patterns; reading and compiling them takes some tens of milliseconds, once in the life of the process."""
    data = tomllib.loads((resources.files(__package__ or "") / "patterns.toml").read_text("utf-8"))
    return _Compiler(data).patterns()


_FEW = 10
"""So many rules are tried one by one as fast as all together."""


class _Compiler:
    """From the data to compiled patterns."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.macros: dict[str, str] = {}
        for name, text in data["macros"].items():
            self.macros[name] = self._expand(text)
        self.units = {name: frozenset(words) for name, words in data["units"].items()}

    def _expand(self, text: str) -> str:
        return re.sub(r"<([A-Z]+)>", lambda m: self.macros[m[1]], text)

    def _compile(self, text: str) -> re.Pattern[str]:
        return re.compile(self._expand(text))

    def _maybe(self, text: str | None) -> re.Pattern[str] | None:
        return self._compile(text) if text else None

    def patterns(self) -> Patterns:
        absence = self.data["absence"]
        return Patterns(
            number=self._compile(self.data["worth"]["number"]),
            absence=self._compile(self.data["worth"]["absence"]),
            tokens=self._tokens(),
            unit_class=self.units,
            rules=self._rules(),
            absences=tuple(self._absence(a) for a in self.data["absences"]),
            absence_longest=absence["longest"],
            absence_outside=self._compile(absence["outside"]),
            absence_clause=self._compile(absence["clause"]),
            channels=self._channels(),
            breakdown=Breakdown(**{name: self._compile(text) for name, text in self.data["breakdown"].items()}),
        )

    def _tokens(self) -> re.Pattern[str]:
        """One alternation that reads a sentence left to right: what to step over, periods, numbers with a unit, topics."""
        units = sorted({u for words in self.units.values() for u in words}, key=len, reverse=True)
        annotation = r"(?:（[条次件篇份]）|\([条次件篇份]\)|/[条次件])?(?!事)"  # 82篇（条）; 一件事 is no count
        number = f"(?P<number>{_NUMBER}(?:个(?=[条件份项]))?(?P<unit>{'|'.join(units)}){annotation})"
        periods = [f"(?P<{name}>{'|'.join(alternatives)})" for name, alternatives in self.data["tokens"].items()]
        topics = [f"(?P<topic_{t['name']}>{'|'.join(t['words'])})" for t in self.data["topics"]]
        return self._compile("|".join([*periods, number, *topics]))

    def _rules(self) -> dict[str, tuple[RuleGroup, ...]]:
        found: dict[str, list[RuleGroup]] = {}
        for group in self.data["rules"]:
            leads = "|".join(f"(?:{rule['lead']})" for rule in group["rules"])
            found.setdefault(group["topic"], []).append(
                RuleGroup(
                    units=self.units[group["units"]],
                    any=self._compile(leads) if len(group["rules"]) > _FEW else None,
                    rules=tuple(self._rule(rule, group) for rule in group["rules"]),
                )
            )
        return {topic: tuple(groups) for topic, groups in found.items()}

    def _rule(self, rule: dict[str, str], group: dict[str, str]) -> Rule:
        forbid = "|".join(filter(None, (group.get("forbid"), rule.get("forbid"))))
        return Rule(
            kind=rule["kind"],
            lead=self._compile(rule["lead"]),
            tail=self._maybe(rule.get("tail")),
            forbid=self._maybe(forbid),
            need=self._maybe(rule.get("need") or group.get("need")),
            previous=rule.get("previous"),
        )

    def _absence(self, entry: dict[str, Any]) -> Absence:
        return Absence(
            kind=entry["kind"],
            match=self._compile(entry["match"]),
            forbid=self._maybe(entry.get("forbid")),
            need=self._maybe(entry.get("need")),
            whole=entry.get("whole", False),
        )

    def _channels(self) -> Channels:
        return Channels(
            names={name: self._compile(text) for name, text in self.data["channels"].items()},
            social=frozenset(self.data["published"]["social"]),
            topic=self._compile(self.data["published"]["topic"]),
        )
