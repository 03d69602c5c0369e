"""Hypothesis strategies: invented reports of every form and regime, and damage to do to them.

A report is drawn as a seed and a few special cells, and built by `random.Random`: two hundred draws a report would cost more
than reading it. What shrinks is the list of special cells, so that a counterexample names few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from attrs import evolve, field, frozen
from hypothesis import strategies as st

from govreport.forms import CellSpec, FormSpec, builtin_forms
from govreport.model import Report
from govreport.testing.build import form_named, make_report
from govreport.testing.damage import OPERATORS, Damage
from govreport.testing.regimes import BLANKS, REGIMES, Shown, Values, blank, dice, values_for

__all__ = ["Sample", "blanks", "damages", "forms", "issuers", "reports", "samples", "seeds", "special_cells"]

BODIES = ("水务局", "民政局", "应急管理局", "人民政府", "人民政府办公室", "经济开发区管理委员会", "街道办事处", "镇")
PLACES = ("青梧", "临岚", "和川", "松泽", "云阜", "石浦")
SPAN = (2019, 2025)


def seeds() -> st.SearchStrategy[int]:
    """What everything else is built from."""
    return st.integers(0, 2**32 - 1)


def forms() -> st.SearchStrategy[FormSpec]:
    """One of the built-in forms."""
    return st.sampled_from(builtin_forms())


def issuers() -> st.SearchStrategy[str]:
    """The name of an invented body."""
    return st.builds("{}{}{}".format, st.sampled_from(PLACES), st.sampled_from("县市区"), st.sampled_from(BODIES))


def blanks() -> st.SearchStrategy[str]:
    """A mark that shows an empty cell."""
    return st.sampled_from(BLANKS)


def special_cells(form: FormSpec, marks: Sequence[str] = BLANKS, most: int = 6) -> st.SearchStrategy[Values]:
    """A few cells out of the ordinary: blank in any way, far longer than the rest, decimal or signed where they may be."""
    kinds = st.tuples(st.sampled_from(_SPECIAL), st.integers(0, 7))
    drawn = st.dictionaries(st.sampled_from(sorted(form.cells)), kinds, max_size=most)
    return drawn.map(lambda chosen: {key: special(form.cells[key], step, marks) for key, (special, step) in chosen.items()})


@frozen(kw_only=True)
class Sample:
    """What a report is built from, short enough to be printed: form, regime, seed, share and mark of blanks, special cells.

    `Sample(...).report` builds it again.
    """

    form: str
    regime: str
    seed: int
    share: float = 0.0
    mark: str = ""
    special: Mapping[str, Shown] = field(factory=dict)
    issuer: str = "青梧县水务局"
    year: int = 2023

    @property
    def report(self) -> Report:
        """The report."""
        rng, form = dice(self.seed), form_named(self.form)
        values = values_for(form, self.regime, rng)
        values = blank(values, rng, self.share, self.mark, zeros_only=self.regime != "unique")
        return make_report(form, values | dict(self.special), issuer=self.issuer, year=self.year)


@st.composite
def samples(
    draw: st.DrawFn,
    *,
    form: str | FormSpec | None = None,
    regime: str | None = None,
    special: bool = True,
    marks: Sequence[str] = BLANKS,
) -> Sample:
    """What to build a report from: a form and a regime, or any; `special` adds odd values and blanks, those of `marks`."""
    spec = draw(forms()) if form is None else form_named(form)
    kind = draw(st.sampled_from(sorted(REGIMES))) if regime is None else regime
    plain = Sample(form=spec.name, regime=kind, seed=draw(seeds()), issuer=draw(issuers()), year=draw(st.integers(*SPAN)))
    if not special:
        return plain
    odd = draw(special_cells(spec, marks)) if kind == "unique" else {}
    share = draw(st.sampled_from((0.0, 0.0, 0.1, 0.5)))
    return evolve(plain, share=share, mark=draw(st.sampled_from(marks)), special=odd)


def reports(
    *, form: str | FormSpec | None = None, regime: str | None = None, special: bool = True, marks: Sequence[str] = BLANKS
) -> st.SearchStrategy[Report]:
    """Reports built from `samples`; where a failure should print what it was built from, draw those."""
    return samples(form=form, regime=regime, special=special, marks=marks).map(lambda sample: sample.report)


def damages(most: int = 3, among: Sequence[Damage] = OPERATORS) -> st.SearchStrategy[tuple[Damage, ...]]:
    """One to `most` different damages, in the order in which they happen."""
    return st.lists(st.sampled_from(among), min_size=1, max_size=most, unique_by=lambda d: d.name).map(tuple)


def _blank(_: CellSpec, step: int, marks: Sequence[str]) -> Shown:
    return marks[step % len(marks)]


def _long(_: CellSpec, step: int, _marks: Sequence[str]) -> Shown:
    return 10_000_019 + 1_000_003 * step


def _by_kind(spec: CellSpec, step: int, _: Sequence[str]) -> Shown:
    kinds: dict[str, Shown] = {"amount": Decimal(40_007 + step).scaleb(-4), "change": -1 - step}
    return kinds.get(spec.kind, step)


_SPECIAL: tuple[Callable[[CellSpec, int, Sequence[str]], Shown], ...] = (_blank, _long, _by_kind)
