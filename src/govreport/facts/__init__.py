"""Facts: the numbers that a report states in prose, with what they mean, how exactly, and where.

Precision before recall: a number is a fact only if what stands around it says what it counts, and of which year. Kinds are
dotted names; `kinds()` lists them with their meaning (data in kinds.toml, patterns in patterns.toml):

===================================== ======================================================================================
`requests.new` `.carried_in`          新收, 上年结转; `.received` where both may be meant (受理, 含上年结转)
`requests.concluded` `.carried_out`   办结, 结转下年; `.answered` 答复 and `.handled` 办理 where no conclusion is stated
`requests.granted` `.partial`         outcomes: also `.refused`, `.unavailable`, `.not_processed`, `.other`; reasons below
                                      them as in the form
`requests.by_applicant.*`             `natural_person`, `organisation`
`requests.by_channel.*`               `online`, `email`, `letter`, `in_person`, `fax`
`requests.answer_rate`                答复率, 办结率 of requests, in %
`disputes.reconsideration`            行政复议, and `disputes.litigation` 行政诉讼, each with `.upheld`, `.corrected`, `.other`,
                                      `.pending`; `disputes.litigation_direct`, `disputes.litigation_after_reconsideration`
`fees.notices` `.amount` `.collected` information-processing fees; `administrative_fees.amount` 行政事业性收费
`procurement.projects` `.amount`      政府集中采购
`published.total` `.by_channel.*`     items of information published; channels `website`, `wechat`, `weibo`, `new_media`,
                                      `app`, `notice_board`; `published.topic` where only some topics are spoken of
`normative_documents.*` `rules.*`     `issued`, `repealed`, `in_force`, `published`
`licensing.decisions`                 and `penalties.decisions`, `compulsion.decisions`: decisions taken, never items of a
                                      list of powers
`proposals.*` `interpretations`       建议提案 (`total`, `deputies`, `cppcc`), 解读; `press_conferences`, `interviews`
`hotline.*` `petitions.*`             `received`, `handled`: 12345, 信访, and `messages.*` 留言; never requests
`training.sessions` `.people`         training in disclosure
===================================== ======================================================================================

A number since some day (截至, 累计, 自…以来) has the suffix `.cumulative` and no key; one of another year, of part of a year,
of a plan or a comparison is no fact. A count given in 万 is rounded: `approximate`. 未收到, 未发生, 零申请 are facts of 0.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from govreport.facts.absence import absences
from govreport.facts.breakdown import Parts, grouped, is_complete, parts_of
from govreport.facts.kinds import CUMULATIVE, Kind, kind_of, kinds
from govreport.facts.patterns import patterns
from govreport.facts.scan import Mention, Reading, scan
from govreport.facts.text import LONGEST, Sentence, plain, sentences
from govreport.model import Fact, Paragraph, Section

__all__ = ["CUMULATIVE", "Kind", "extract", "grouped", "is_complete", "kind_of", "kinds", "plain"]

_GOES_ON = re.compile(r"其中|具体|按|分别|包括")
_CARRIED = frozenset({"requests", "reconsideration", "litigation", "published"})
"""Topics that a sentence hands on to the next."""


def extract(sections: Iterable[Section], year: int | None = None) -> tuple[Fact, ...]:
    """The facts stated in the paragraphs of these sections, in reading order.

    `year` is the report's: numbers stated of another year are left out. Without it any year named counts as this one.
    """
    return tuple(fact for section in sections for p in section.paragraphs for fact in _facts(p, section.number, year))


def _facts(paragraph: Paragraph, section: str, year: int | None) -> Iterator[Fact]:
    known = patterns()
    if not (known.number.search(paragraph.text) or known.absence.search(paragraph.text)):
        return
    topic: str | None = None
    for sentence in _passages(paragraph):
        numbers = known.number.search(sentence.raw)
        if not numbers and not known.absence.search(sentence.raw):
            continue
        passage = _Passage(sentence, section, year, topic if _GOES_ON.match(sentence.compact) else None)
        if numbers:
            yield from passage.numbers()
            topic = passage.reading.topic if passage.reading.topic in _CARRIED else None
        yield from passage.nothing()


def _passages(paragraph: Paragraph) -> Iterator[Sentence]:
    """Sentences, each with the next where that goes on with a breakdown (…137条。其中…)."""
    held: Sentence | None = None
    for sentence in sentences(paragraph):
        if held is not None and _BREAKDOWN.match(sentence.raw) and len(held.raw) <= LONGEST:
            held = held.joined(sentence)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


_BREAKDOWN = re.compile(r"\s*其中")


@frozen
class _Passage:
    """A sentence in its section, read once."""

    sentence: Sentence
    section: str
    year: int | None
    topic: str | None

    @functools.cached_property
    def reading(self) -> Reading:
        return scan(self.sentence.compact, self.year, self.topic)

    def numbers(self) -> Iterator[Fact]:
        """The numbers it states, each with its parts."""
        mentions = self.reading.mentions
        owner: dict[int, str] = {}
        for index, mention in enumerate(mentions):
            if mention.kind is not None:
                parts, end = parts_of(self.sentence.compact, mentions, index)
                kind = _kind(mention.kind, parts)
                owner.update(dict.fromkeys(range(index + 1, end), kind))
                yield self._fact(kind, mention, parts, owner.get(index))

    def nothing(self) -> Iterator[Fact]:
        """What it says did not happen, unless it says so in numbers too."""
        said = None
        for kind, at in absences(self.sentence.compact, lambda: self.reading):
            said = {m.kind for m in self.reading.mentions if m.value == 0} if said is None else said
            if kind not in said:
                said.add(kind)
                yield self._fact(kind, Mention(start=at, end=at, value=0, unit="", approximate=False, kind=kind), (), None)

    def _fact(self, kind: str, mention: Mention, parts: Parts, owner: str | None) -> Fact:
        return Fact(
            kind=kind,
            value=mention.value,
            unit=mention.unit or None,
            text=self.sentence.raw.strip(),
            section=self.section,
            approximate=mention.approximate,
            key=_key(kind, owner),
            parts=parts,
            place=self.sentence.place(mention.start),
        )


def _kind(kind: str, parts: Parts) -> str:
    """收到30件，其中上年结转4件: what was received holds what was carried in."""
    return "requests.received" if kind == "requests.new" and any(name == "requests.carried_in" for name, _ in parts) else kind


def _key(kind: str, owner: str | None) -> str | None:
    known = kinds().get(kind)
    if known is None:
        return None
    return known.keys_of.get(owner or "") or (known.keys[0] if known.keys else None)
