"""Breakdowns: the numbers that a sentence states as parts of one total (其中工作动态133条、领导信息3条)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import define, field

from govreport.facts.kinds import kind_of
from govreport.facts.patterns import patterns
from govreport.facts.scan import Mention
from govreport.facts.text import plain
from govreport.model import Fact

__all__ = ["Parts", "grouped", "is_complete", "parts_of"]

Parts = tuple[tuple[str, int | Decimal], ...]

_OPEN, _CLOSE = "（(", "）)"
_PERCENT = frozenset("%％")
_SEMICOLONS = frozenset("；;")
_ROUNDED = re.compile(r"[\d十百千万]\s*[余多]|[约近]\s*\d")


def parts_of(text: str, mentions: Sequence[Mention], index: int) -> tuple[Parts, int]:
    """The parts stated of the number at `index`, and the index of the first number after them.

    A part is named by its kind where that belongs to a split that we know, else by its label as it stands. Percentages and
    breakdowns within the breakdown are stepped over.
    """
    walk = _Walk(mentions[index])
    for at in range(index + 1, len(mentions)):
        gap = text[mentions[at - 1].end : mentions[at].start]
        if not walk.take(gap, mentions[at]):
            return tuple(walk.parts), at
    return tuple(walk.parts), len(mentions)


@define
class _Walk:
    """The state of one walk over the numbers after a total."""

    total: Mention
    parts: list[tuple[str, int | Decimal]] = field(factory=list)
    depth: int = 0
    level: int = 0
    """Brackets open where the parts stand, and where we are."""
    mark: str = ""
    """What separates the parts."""

    def take(self, gap: str, part: Mention) -> bool:
        """Whether the number belongs to the breakdown, as a part or as something to step over."""
        self.level += sum(gap.count(c) for c in _OPEN) - sum(gap.count(c) for c in _CLOSE)
        if part.unit in _PERCENT or (self.parts and self.level > self.depth):
            return True
        name = self._next(gap, part) if self.parts else self._first(gap, part)
        if name is None or self._another_split(name):
            return False
        if not self.parts:
            self.depth = self.level
        self.parts.append((name, part.value))
        return True

    def _first(self, gap: str, part: Mention) -> str | None:
        """The name of the first part, if the gap after the total introduces a breakdown."""
        if intro := patterns().breakdown.intro.match(gap):
            return _name(gap[intro.end() :], part)
        kind = kind_of(part.kind or "")
        return kind.name if kind and kind.group and kind.group == self.total.kind else None

    def _next(self, gap: str, part: Mention) -> str | None:
        """The name of a further part, if the gap before it separates it from the one before."""
        known = patterns().breakdown
        if known.separator.match(gap) is None:  # 五件予以公开，一件…: what follows a number may say what it was
            gap = gap[max(gap.find("，"), 0) :]
        separator = known.separator.match(gap)
        if separator is None or self.level < self.depth or not self._alike(separator["mark"]):
            return None
        label = gap[separator.end() :]
        return None if separator["mark"] != "、" and known.action.match(label) else _name(label, part)

    def _alike(self, mark: str) -> bool:
        """A semicolon ends a list whose parts are separated otherwise."""
        self.mark = self.mark or mark
        return mark not in _SEMICOLONS or self.mark in _SEMICOLONS

    def _another_split(self, name: str) -> bool:
        """Whether a part is of another split than the one before: 其中自然人8件、法人1件，网上申请7件 is two breakdowns."""
        groups = [kind.group if kind else None for kind in (kind_of(name), kind_of(self.parts[-1][0] if self.parts else name))]
        return None not in groups and groups[0] != groups[1]


def _name(label: str, part: Mention) -> str | None:
    kind = kind_of(part.kind or "")
    if kind is not None and kind.group is not None:
        return kind.name
    known = patterns().breakdown
    label = label.strip("“”\"'")
    return label if known.label.fullmatch(label) and not known.verb.search(label) else None


def grouped(fact: Fact) -> Mapping[str, Parts]:
    """The parts by the split they belong to; labels that are no kinds of ours are one split, named ""."""
    groups: dict[str, list[tuple[str, int | Decimal]]] = {}
    for name, value in fact.parts:
        kind = kind_of(name)
        groups.setdefault((kind.group or "") if kind else "", []).append((name, value))
    return {group: tuple(parts) for group, parts in groups.items()}


def is_complete(fact: Fact) -> bool:
    """Whether the breakdown claims to name all parts.

    It does if it has an 其他, or is introduced by 分别为, 具体为 or 按…分 and does not end in 等.
    """
    known = patterns().breakdown
    if not fact.parts or _ROUNDED.search(fact.text):
        return False
    if any(known.rest.match(name) for name, _ in fact.parts):
        return True
    text = plain(fact.text)
    total = text.find(str(fact.value))
    intro = text[total : text.find(str(fact.parts[0][1]), total + 1)] if total >= 0 else ""
    return bool(known.complete.search(intro)) and not known.open_end.match(text, text.rfind(str(fact.parts[-1][1])))
