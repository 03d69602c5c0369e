"""Hypothesis strategies: invented reports of every form and regime, and damage to do to them.

A report is drawn as a seed and a few special cells, and built by `random.Random`: two hundred draws a report would cost more
than reading it. What shrinks is the list of special cells, so that a counterexample names few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from govreport.forms import CellSpec, FormSpec, builtin_forms
from govreport.model import Report
from govreport.testing.build import form_named, make_report
from govreport.testing.damage import OPERATORS, Damage
from govreport.testing.regimes import BLANKS, REGIMES, Shown, Values, blank, dice, values_for

__all__ = ["blanks", "damages", "forms", "issuers", "reports", "seeds", "special_cells"]

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


def special_cells(form: FormSpec, most: int = 6) -> st.SearchStrategy[Values]:
    """A few cells out of the ordinary: blank in any way, far longer than the rest, decimal or signed where they may be."""
    keys = st.sampled_from(sorted(form.cells))
    return st.dictionaries(keys, st.integers(0, len(_SPECIAL) * 8 - 1), max_size=most).map(
        lambda chosen: {key: _special(form.cells[key], number) for key, number in chosen.items()}
    )


@st.composite
def reports(
    draw: st.DrawFn,
    *,
    form: str | FormSpec | None = None,
    regime: str | None = None,
    special: bool = True,
    marks: Sequence[str] = BLANKS,
) -> Report:
    """A report of a form in one of `REGIMES`, or of any; `special` adds blanks and odd values, `marks` says which blanks."""
    spec = draw(forms()) if form is None else form_named(form)
    kind = draw(st.sampled_from(sorted(REGIMES))) if regime is None else regime
    rng = dice(draw(seeds()))
    values = values_for(spec, kind, rng)
    if special:
        values = blank(
            values, rng, draw(st.sampled_from((0.0, 0.0, 0.1, 0.5))), draw(st.sampled_from(marks)), zeros_only=kind != "unique"
        )
        odd = draw(special_cells(spec)) if kind == "unique" else {}
        values |= {key: rng.choice(marks) if shown in BLANKS else shown for key, shown in odd.items()}
    return make_report(spec, values, issuer=draw(issuers()), year=draw(st.integers(*SPAN)))


def damages(most: int = 3, among: Sequence[Damage] = OPERATORS) -> st.SearchStrategy[tuple[Damage, ...]]:
    """One to `most` different damages, in the order in which they happen."""
    return st.lists(st.sampled_from(among), min_size=1, max_size=most, unique_by=lambda d: d.name).map(tuple)


def _special(spec: CellSpec, number: int) -> Shown:
    return _SPECIAL[number % len(_SPECIAL)](spec, number // len(_SPECIAL))


def _long(_: CellSpec, step: int) -> Shown:
    return 10_000_019 + 1_000_003 * step


def _by_kind(spec: CellSpec, step: int) -> Shown:
    kinds: dict[str, Shown] = {"amount": Decimal(40_007 + step).scaleb(-4), "change": -1 - step}
    return kinds.get(spec.kind, step)


_SPECIAL: tuple[Callable[[CellSpec, int], Shown], ...] = (
    lambda _, step: BLANKS[step % len(BLANKS)],
    _long,
    _by_kind,
    lambda _spec, _step: 0,
)
