"""What a sentence says did not happen: a fact of 0 without a numeral (未收到申请, 未收取费用, 复议、诉讼均为零)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govreport.facts.kinds import CUMULATIVE
from govreport.facts.patterns import Absence, Patterns, patterns
from govreport.facts.scan import Reading

__all__ = ["absences"]


def absences(text: str, read: Callable[[], Reading]) -> Iterator[tuple[str, int]]:
    """The kinds that the sentence says are 0, each with the character where it says so.

    `read` gives the reading of the sentence; it is asked only where something may not have happened.
    """
    for absence, start, end, at in _denied(text):
        reading = read()
        period = reading.period_at(at)
        if period != "other" and not _counted(reading, start, end):
            yield absence.kind + (CUMULATIVE if period == "cumulative" else ""), at


def _denied(text: str) -> Iterator[tuple[Absence, int, int, int]]:
    """Each absence with the span of the text that says it, and the character where it starts to."""
    known = patterns()
    for start, end in _clauses(text, known):
        clause = text[start:end]
        if not known.absence_outside.search(clause):
            for absence in (a for a in known.absences if not a.whole):
                if (found := _found(absence, clause, text)) is not None:
                    yield absence, start, end, start + found
    for absence in (a for a in known.absences if a.whole):
        if (found := _found(absence, text, text)) is not None:
            yield absence, 0, len(text), found


def _clauses(text: str, known: Patterns) -> Iterator[tuple[int, int]]:
    """The spans of the clauses that deny something."""
    start = 0
    for end, after in (*(cut.span() for cut in known.absence_clause.finditer(text)), (len(text), len(text))):
        if end - start <= known.absence_longest and known.absence.search(text, start, end):
            yield start, end
        start = after


def _found(absence: Absence, clause: str, text: str) -> int | None:
    if (absence.forbid and absence.forbid.search(clause)) or (absence.need and not absence.need.search(text)):
        return None
    match = absence.match.search(clause)
    return match.start() if match else None


def _counted(reading: Reading, start: int, end: int) -> bool:
    """Whether the span states a number other than 0: then it does not say that nothing happened."""
    return any(m.value and start <= m.start < end for m in reading.mentions)
