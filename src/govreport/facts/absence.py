"""What a sentence says did not happen: a fact of 0 without a numeral (未收到申请, 未收取费用, 复议、诉讼均为零)."""

from __future__ import annotations

from collections.abc import Iterator

from govreport.facts.kinds import CUMULATIVE
from govreport.facts.patterns import Absence, Patterns, patterns
from govreport.facts.scan import Reading

__all__ = ["absences"]


def absences(text: str, reading: Reading) -> Iterator[tuple[str, int]]:
    """The kinds that the sentence says are 0, each with the character where it says so."""
    known = patterns()
    if not known.absence_quick.search(text):
        return
    for start, clause in _clauses(text, known):
        if known.absence_outside.search(clause) or _counted(reading, start, clause):
            continue
        for absence in known.absences:
            if not absence.whole and (found := _found(absence, clause, text)) is not None:
                yield from _dated(absence, start + found, reading)
    if not _counted(reading, 0, text):
        for absence in known.absences:
            if absence.whole and (found := _found(absence, text, text)) is not None:
                yield from _dated(absence, found, reading)


def _dated(absence: Absence, at: int, reading: Reading) -> Iterator[tuple[str, int]]:
    period = reading.period_at(at)
    if period != "other":
        yield absence.kind + (CUMULATIVE if period == "cumulative" else ""), at


def _clauses(text: str, known: Patterns) -> Iterator[tuple[int, str]]:
    start = 0
    for cut in known.absence_clause.finditer(text):
        yield start, text[start : cut.start()]
        start = cut.end()
    yield start, text[start:]


def _found(absence: Absence, clause: str, text: str) -> int | None:
    if absence.forbid and absence.forbid.search(clause):
        return None
    if absence.need and not absence.need.search(text):
        return None
    match = absence.match.search(clause)
    return match.start() if match else None


def _counted(reading: Reading, start: int, clause: str) -> bool:
    """Whether the clause states a number other than 0: then it does not say that nothing happened."""
    return any(m.value and start <= m.start < start + len(clause) for m in reading.mentions)
