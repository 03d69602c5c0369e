"""The calibration matrix: layouts × damages, and what the library makes of each.

    figures = run(subjects(), (*BY_NAME.values(),), examples=3)
    print(table(figures))

An example is one report whose cells all differ, written in one layout and damaged in one way (or in several, see `combined`).
Shares are of printed cells: right, doubted though right, wrong, missing; `silent` counts the cells that are wrong or missing
without a word, and must be 0.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from attrs import field, frozen

from govreport.errors import NotAReportError, SourceError
from govreport.formats import builtin_formats
from govreport.forms import FormSpec, builtin_forms
from govreport.model import Report
from govreport.testing.build import Layout, make_report
from govreport.testing.damage import OPERATORS, Damage, apply
from govreport.testing.document import Document
from govreport.testing.extracts import EXTRACTS
from govreport.testing.regimes import Values, blank, dice, values_for
from govreport.testing.turns import TURNS
from govreport.testing.verdict import Judgement, judge, judge_error

__all__ = ["CLEAN", "Figures", "Reading", "combined", "example", "read", "run", "subjects", "table"]

CLEAN = Damage("(none)", lambda _, document: document)
"""No damage at all."""

COLUMNS = ("right", "doubted", "wrong", "missing")
FACTS = ("form", "year", "issuer", "title")


@frozen(kw_only=True)
class Reading:
    """A document, what was read of it (None where an error was raised), the verdict, and the milliseconds it took."""

    document: Document
    report: Report | None
    judgement: Judgement
    ms: float

    def knows(self, fact: str) -> bool:
        """Whether form, year, issuer or title were read as they are, white space aside."""
        want = self.document.form.name if fact == "form" else getattr(self.document, fact)
        have = getattr(self.report, fact, None)
        return "".join(str(want).split()) == "".join(str(have).split())


@frozen(kw_only=True)
class Figures:
    """The sums of one subject under one damage."""

    subject: str
    damage: str
    counts: Counter[str] = field(factory=Counter)

    def share(self, what: str) -> float:
        """Per cent of printed cells, or of documents for form, year, issuer, title and errors."""
        whole = self.counts["documents" if what in (*FACTS, "errors") else "printed"]
        return 100 * self.counts[what] / whole if whole else 0.0


def subjects(names: Iterable[str] = ()) -> tuple[Layout, ...]:
    """Every layout that renders and every extractor's way, or those named; KeyError for a name that is none."""
    layouts: tuple[Layout, ...] = (*builtin_formats(), *EXTRACTS, *TURNS)
    known = {layout.name: layout for layout in layouts}
    return tuple(known[name] for name in names) if names else layouts


def read(document: Document) -> Reading:
    """Load and check a document as a user would, and judge the result; a plugin that fails is a fault of ours and is raised."""
    import govreport  # noqa: PLC0415 - the kit is part of the package it tests

    start = time.perf_counter()
    try:
        report = govreport.loads(document.text) if document.encoding is None else govreport.load(document.data)
    except (SourceError, NotAReportError) as error:
        judgement = judge_error(document.by_label, error)
        return Reading(document=document, report=None, judgement=judgement, ms=1000 * (time.perf_counter() - start))
    ms = 1000 * (time.perf_counter() - start)
    judgement = judge(document.by_label, report, govreport.check(report))
    return Reading(document=document, report=report, judgement=judgement, ms=ms)


def example(subject: Layout, damages: Sequence[Damage], seed: int) -> Document:
    """One document: form, values, blanks, issuer and year all from the seed."""
    rng = dice(seed)
    form = builtin_forms()[seed % len(builtin_forms())]
    values = _values(form, rng, blanks=seed % 3 == 0)
    issuer = rng.choice("青临和松云石") + rng.choice("梧岚川泽阜浦") + rng.choice(("县水务局", "市民政局", "区人民政府", "镇"))
    report = make_report(form, values, issuer=issuer, year=form.since + rng.randint(0, 4))
    return apply(rng, Document.of(report, subject), damages)


def _values(form: FormSpec, rng: Random, *, blanks: bool) -> Values:
    values = values_for(form, "unique", rng)
    return blank(values, rng, 0.04, rng.choice(("", "-", "—", "/")), zeros_only=False) if blanks else values


def combined(damages: Sequence[Damage], size: int, count: int, seed: int = 0) -> tuple[tuple[Damage, ...], ...]:
    """Random combinations of `size` damages."""
    rng = dice(seed)
    return tuple(tuple(rng.sample(damages, size)) for _ in range(count))


def run(
    layouts: Sequence[Layout], damages: Sequence[Sequence[Damage]] = (), examples: int = 3, seed: int = 0
) -> Iterator[tuple[Figures, tuple[Reading, ...]]]:
    """The figures of every layout under every damage (all single ones by default), with the readings behind them.

    Documents that the damage left as they were are not counted, save under `CLEAN`.
    """
    for subject in layouts:
        for chosen in damages or ((CLEAN,), *((damage,) for damage in OPERATORS)):
            documents = (example(subject, chosen, seed + i) for i in range(examples))
            applied = (d for d in documents if len(d.applied) == len(chosen) or chosen == (CLEAN,))
            readings = tuple(map(read, applied))
            yield Figures(subject=subject.name, damage="+".join(d.name for d in chosen), counts=_counts(readings)), readings


def _counts(readings: Iterable[Reading]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        counts.update({what: reading.judgement[what] for what in (*COLUMNS, "printed", "silent")})
        counts.update({fact: reading.knows(fact) for fact in FACTS})
        counts.update(documents=1, errors=reading.report is None)
    return counts


def table(figures: Iterable[Figures], *, by: str | None = None) -> str:
    """The figures as lines of a table, worst first; `by` sums over the other side (`subject` or `damage`)."""
    rows = list(figures) if by is None else list(_summed(figures, by))
    rows.sort(key=lambda f: (-f.counts["silent"], f.share("right") - f.share("doubted")))
    head = f"{'layout':<22}{'damage':<26}{'docs':>5}{'printed':>8}" + "".join(f"{c:>9}" for c in (*COLUMNS, "silent", *FACTS))
    return "\n".join((head, *map(_line, rows)))


def _summed(figures: Iterable[Figures], by: str) -> Iterator[Figures]:
    sums: dict[str, Counter[str]] = {}
    for f in figures:
        sums.setdefault(getattr(f, by), Counter()).update(f.counts)
    for name, counts in sums.items():
        yield Figures(subject=name if by == "subject" else "*", damage=name if by == "damage" else "*", counts=counts)


def _line(f: Figures) -> str:
    shares = "".join(f"{f.share(c):>9.2f}" for c in COLUMNS)
    facts = "".join(f"{f.share(c):>9.1f}" for c in FACTS)
    start = f"{f.subject:<22}{f.damage:<26}{f.counts['documents']:>5}{f.counts['printed']:>8}"
    return f"{start}{shares}{f.counts['silent']:>9}{facts}"
