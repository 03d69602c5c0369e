"""A sentence read once from left to right: which numbers it states, of which period, about what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import define, evolve, field, frozen

from govreport.facts.kinds import CUMULATIVE, kinds
from govreport.facts.numerals import parse_number
from govreport.facts.patterns import Patterns, Rule, patterns

__all__ = ["Mention", "Reading", "scan"]

LEAD = 48
TAIL = 24
"""How much of a sentence before and after a number decides what it means."""

_CHANGE = re.compile(r"(?:增加|减少|增长|下降|上升|提高|[增降减少]|比.{0,8}多|不)(?:了|至|到)?$")
"""A number after one of these is a difference or a bound."""


@frozen(kw_only=True)
class Mention:
    """A number with its unit; `kind` is None where it is not certain what it means."""

    start: int
    end: int
    value: int | Decimal
    unit: str
    approximate: bool
    kind: str | None


@define
class Reading:
    """What a sentence says: its numbers, its last topic, and from where on it speaks of another period."""

    mentions: list[Mention] = field(factory=list)
    topic: str | None = None
    periods: list[tuple[int, str | None]] = field(factory=lambda: [(0, None)])

    @property
    def period(self) -> str | None:
        """`this` (said to be of this year), `other`, `cumulative`, or None where nothing is said."""
        return self.periods[-1][1]

    def period_at(self, index: int) -> str | None:
        """The period that holds at a character."""
        return next(period for start, period in reversed(self.periods) if start <= index)


def scan(text: str, year: int | None, topic: str | None = None) -> Reading:
    """Read a compact sentence; `topic` is what the sentence before spoke of, where this one goes on with it."""
    known = patterns()
    tokens = list(known.tokens.finditer(text))
    opening = next((name for t in tokens if (name := t.lastgroup or "").startswith("topic_")), "")
    # 新收4件、办结4件，申请办理……: requests are the one subject that sentences name after the numbers
    reading = Reading(topic="requests" if opening == "topic_requests" else topic)
    for token in tokens:
        name = token.lastgroup or ""
        if name == "number":
            _number(reading, token, text, known)
        elif name.startswith("topic_"):
            reading.topic = name.removeprefix("topic_")
        elif name != "skip":
            _period(reading, name, token, year)
    return reading


def _period(reading: Reading, name: str, token: re.Match[str], year: int | None) -> None:
    said = int(token[0][:4]) if name in {"full_period", "year", "year_since"} else None
    same = said is None or year is None or said == year
    period: str | None = name
    if name in {"full_period", "year"}:
        period = "this" if same else "other"
    elif name == "year_since":
        period = "this" if same and year is not None else "cumulative"
    elif name == "years":
        period = "other"
    elif name == "whole":
        period = "other" if reading.period == "other" else "this"
    elif name == "sofar":
        period = reading.period or "cumulative"
    reading.periods.append((token.start(), period))


def _number(reading: Reading, token: re.Match[str], text: str, known: Patterns) -> None:
    counted = token["unit"] not in known.unit_class["money"]
    magnitude = token["magnitude"] or token["magnitude2"] or ""
    value = parse_number(_written(token), magnitude if counted else "")
    if value is None:
        return
    # a count given in 万 or 亿 is rounded, as one with 余 is
    rounded = counted and bool(magnitude and token["digits"])
    mention = Mention(
        start=token.start("about") if token["about"] else token.start(),
        end=token.end(),
        value=value,
        unit=token["unit"] if counted else magnitude + token["unit"],
        approximate=bool(token["about"] or token["more"] or rounded),
        kind=None,
    )
    reading.mentions.append(_Classifier(reading, text, known).classified(mention))


def _written(token: re.Match[str]) -> str:
    return (token["digits"] or "") + (token["fraction"] or "") if token["digits"] else token["chinese"]


@frozen
class _Classifier:
    """Decides what a number means, by the topic, what stands before it and what follows."""

    reading: Reading
    text: str
    known: Patterns

    def classified(self, mention: Mention) -> Mention:
        kind = self._kind(mention)
        return evolve(mention, kind=kind) if kind else mention

    def _kind(self, mention: Mention) -> str | None:
        before = self.reading.mentions[-1] if self.reading.mentions else None
        start = max(before.end if before else 0, mention.start - LEAD)
        lead = self.text[start : mention.start]
        if self.reading.period == "other" or self.reading.topic is None or _CHANGE.search(lead):
            return None
        tail = self.text[mention.end : mention.end + TAIL]
        previous = next((m.kind for m in reversed(self.reading.mentions) if m.kind), "")
        for rule in self._candidates(mention.unit, lead):
            if self._fits(rule, lead, tail, previous):
                return self._named(rule.kind, start, lead)
        return None

    def _candidates(self, unit: str, lead: str) -> Iterator[Rule]:
        for group in self.known.rules.get(self.reading.topic or "", ()):
            if unit in group.units and (group.any is None or group.any.search(lead)):
                yield from group.rules

    def _fits(self, rule: Rule, lead: str, tail: str, previous: str) -> bool:
        return (
            (rule.previous is None or previous.startswith(rule.previous))
            and rule.lead.search(lead) is not None
            and (rule.tail is None or rule.tail.match(tail) is not None)
            and (rule.forbid is None or rule.forbid.search(lead) is None)
            and (rule.need is None or rule.need.search(self.text) is not None)
        )

    def _named(self, kind: str, start: int, lead: str) -> str | None:
        if kind == "published.channel":  # the channel may have been named before the number before
            kind = self._published(lead) or self._published(self.text[max(0, start - LEAD) : start]) or ""
        elif kind == "published":
            kind = self._published(lead) or self._overall(start, lead) or ""
        if not kind:
            return None
        return kind + CUMULATIVE if self.reading.period == "cumulative" and not kinds()[kind].stock else kind

    def _published(self, lead: str) -> str | None:
        """The channel if exactly one is named, or social media in common; None for none, or for channels of several kinds."""
        channels = self.known.channels
        named = {name for name, pattern in channels.names.items() if pattern.search(lead)}
        if named and named <= channels.social:
            return f"published.by_channel.{named.pop() if len(named) == 1 else 'new_media'}"
        return f"published.by_channel.{named.pop()}" if len(named) == 1 else None

    def _overall(self, start: int, lead: str) -> str | None:
        """The total, or that of a topic; None where a channel named before the number before may be meant."""
        if "公开" not in lead and self._published(self.text[max(0, start - LEAD) : start]):
            return None
        return "published.topic" if self.known.channels.topic.search(lead) else "published.total"
