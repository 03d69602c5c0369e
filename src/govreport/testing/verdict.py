"""The verdict on a reading: of every cell, whether it was read right, doubted, wrong or missing, and whether silently.

The definitions are those by which the library is scored. A cell is *doubted* if its status is neither `read` nor `blank`, or a
`reading.*` finding names it; *covered* if a `reading.*` or a `structure.*` finding names it. A wrong value is silent unless
doubted, a missing one unless covered. An error raised is never silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from attrs import field, frozen

from govreport.model import Finding, Report, Status

__all__ = ["Judgement", "Outcome", "Verdict", "judge", "judge_error", "truth_of"]


class Outcome(StrEnum):
    """What became of a cell."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    BLANK = "blank"  # nothing was printed, nothing was read


@frozen(kw_only=True)
class Verdict:
    """The verdict on one cell, by its label path: what was printed, what was read, and whether the reader doubted it."""

    label: str
    want: str | None
    have: str | None
    outcome: Outcome
    doubted: bool = False
    silent: bool = False


@frozen(kw_only=True)
class Judgement:
    """The verdicts on all cells of a document, those of the truth and those invented."""

    cells: tuple[Verdict, ...]
    error: str | None = None
    _counts: Counter[str] = field(init=False, repr=False, eq=False)

    @_counts.default
    def _count(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for cell in self.cells:
            counts[cell.outcome] += 1
            counts["printed"] += cell.want is not None
            counts["silent"] += cell.silent
            counts["doubted"] += cell.doubted and cell.outcome is Outcome.RIGHT
        return counts

    def __getitem__(self, what: str) -> int:
        """How many cells are `right`, `wrong`, `missing`, `blank`, `printed`, `silent`, or right and `doubted`."""
        return self._counts[what]

    @property
    def silent(self) -> tuple[Verdict, ...]:
        """The cells that are wrong or missing without a word: there must be none."""
        return tuple(cell for cell in self.cells if cell.silent)

    @property
    def whole(self) -> bool:
        """Whether every printed cell is right and none invented."""
        return not self["wrong"] and not self["missing"]


def truth_of(report: Report) -> dict[str, str | None]:
    """The truth that a report built by `make_report` stands for: label path → printed number, None where it shows none."""
    return {label: None if value is None else str(value) for label, value in report.values(by="label").items()}


def judge(truth: Mapping[str, str | None], report: Report, findings: Iterable[Finding]) -> Judgement:
    """Compare a report, and the findings of `check`, with the truth: label path → printed number or None."""
    findings = tuple(findings)
    doubted = _named(report, findings, ("reading.",)) | _uncertain(report)
    covered = _named(report, findings, ("reading.", "structure."))
    have = {label: None if value is None else str(value) for label, value in report.values(by="label").items()}
    return Judgement(
        cells=tuple(
            _verdict(label, (truth.get(label), have.get(label)), doubted=label in doubted, covered=label in covered)
            for label in {**truth, **have}
        )
    )


def judge_error(truth: Mapping[str, str | None], error: Exception) -> Judgement:
    """What an error leaves: every printed cell is missing, none of them silently."""
    cells = (
        Verdict(label=label, want=want, have=None, outcome=Outcome.BLANK if want is None else Outcome.MISSING)
        for label, want in truth.items()
    )
    return Judgement(cells=tuple(cells), error=repr(error))


def _named(report: Report, findings: Iterable[Finding], families: tuple[str, ...]) -> set[str]:
    labels = {cell.key: cell.label for cell in report.cells}
    return {labels[key] for f in findings if f.code.startswith(families) for key in f.cells if key in labels}


def _uncertain(report: Report) -> set[str]:
    return {cell.label for cell in report.cells if cell.status not in (Status.READ, Status.BLANK)}


def _verdict(label: str, pair: tuple[str | None, str | None], *, doubted: bool, covered: bool) -> Verdict:
    want, have = pair
    if have is None:
        outcome, silent = (Outcome.BLANK, False) if want is None else (Outcome.MISSING, not covered)
    elif want is not None and _same(want, have):
        outcome, silent = Outcome.RIGHT, False
    else:
        outcome, silent = Outcome.WRONG, not doubted
    return Verdict(label=label, want=want, have=have, outcome=outcome, doubted=doubted, silent=silent)


def _same(want: str, have: str) -> bool:
    try:
        return Decimal(want) == Decimal(have)
    except InvalidOperation:
        return False
