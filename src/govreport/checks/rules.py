"""What a rule is, and how what it yields becomes findings in two languages.

A rule is a small generator over a `Case` (a report with the forms it was read by). It yields `found(…)` for what does not hold
and `skip(…)` for what it could not look at; everything else, the texts above all, is done here::

    @rule(
        "structure.section_empty",
        severity=Severity.WARNING,
        source="《政府信息公开条例》第五十条",
        zh="{section}没有内容。",
        en="Section {section} is empty.",
    )
    def section_empty(case: Case) -> Iterator[Outcome]:
        for section in case.report.sections:
            if not section.text:
                yield found(place=section.place, section=section.number)

In a template `{name}` is a parameter of `found`: a string or number as it is, a `Cell` described as a person sees it, a `Place`
likewise, a `Both` in the language asked for, a tuple of these joined. `{year}` and, in a series, `{prior}` are always known.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeVar

from attrs import field, frozen

from govreport.errors import expect
from govreport.forms import CellSpec, FormSpec
from govreport.model import Cell, Finding, Place, Report, Severity, Skipped, Status
from govreport.wording import Lang

__all__ = [
    "Both",
    "Case",
    "Found",
    "Line",
    "Outcome",
    "Over",
    "Rule",
    "Skip",
    "describe",
    "found",
    "rule",
    "skip",
]

Over = Literal["report", "series", "hierarchy"]
Line = Literal["cell", "row", "column"]
T = TypeVar("T")


@frozen
class Both:
    """A piece of a message in Chinese and in English."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The piece in one of the languages."""
        return self.zh if lang == "zh" else self.en


@frozen(kw_only=True)
class Found:
    """What a rule found; make it with `found`."""

    cells: tuple[str, ...] = ()
    expected: int | Decimal | str | None = None
    actual: int | Decimal | str | None = None
    place: Place | None = None
    assumed_zero: tuple[str, ...] = ()
    suggestion: tuple[str, int | Decimal] | None = None
    severity: Severity | None = None
    params: Mapping[str, object] = field(factory=dict)


@frozen
class Skip:
    """What a rule could not look at; make it with `skip`."""

    cells: tuple[str, ...]
    why: Both


Outcome = Found | Skip


def found(
    *,
    cells: Iterable[str | Cell] = (),
    expected: int | Decimal | str | None = None,
    actual: int | Decimal | str | None = None,
    place: Place | None = None,
    assumed_zero: Iterable[str] = (),
    suggestion: tuple[str, int | Decimal] | None = None,
    severity: Severity | None = None,
    **params: object,
) -> Found:
    """Something that does not hold. `cells` are keys or cells; `params` (and expected, actual) fill the rule's templates.

    Without a `place` the finding stands at the first of its cells that has one; `severity` overrides the rule's own.
    """
    return Found(
        cells=tuple(c if isinstance(c, str) else c.key for c in cells),
        expected=expected,
        actual=actual,
        place=place,
        assumed_zero=tuple(assumed_zero),
        suggestion=suggestion,
        severity=severity,
        params={"expected": expected, "actual": actual} | params,
    )


def skip(cells: Iterable[str | Cell], why: Both) -> Skip:
    """Something that could not be looked at, and why, in one line."""
    return Skip(tuple(c if isinstance(c, str) else c.key for c in cells), why)


@frozen
class Case:
    """A report under examination: its cells by key, and the forms that give them meaning.

    In a series `before` is the report that precedes it; in a hierarchy `children` are those of the bodies below.
    """

    report: Report
    forms: Mapping[str, FormSpec]
    before: Case | None = field(default=None, repr=False)
    children: tuple[Case, ...] = field(default=(), repr=False)
    cells: dict[str, Cell] = field(init=False, eq=False, repr=False)
    _memo: dict[object, object] = field(init=False, eq=False, repr=False, factory=dict)

    @cells.default
    def _by_key(self) -> dict[str, Cell]:
        expect(self.report, Report, "check")
        return {cell.key: cell for table in self.report.tables for cell in table.cells}

    @property
    def name(self) -> str:
        """How to call the report among others: its issuer, else its title."""
        return "".join((self.report.issuer or self.report.title or "?").split())

    @functools.cached_property
    def used(self) -> frozenset[str]:
        """The names of the forms that any cell was read by."""
        return frozenset(cell.form for cell in self.cells.values())

    @functools.cached_property
    def doubted(self) -> frozenset[str]:
        """The keys of the cells whose reading is in doubt."""
        return frozenset(key for doubt in self.report.doubts if doubt.code.startswith("reading.") for key in doubt.cells)

    def spec(self, cell: Cell) -> CellSpec | None:
        """What the form says of a cell; None where the form is not known here."""
        form = self.forms.get(cell.form)
        return form.cells.get(cell.key) if form else None

    def once(self, function: Callable[[Case], T]) -> T:
        """The result of a function of this case, worked out once however many rules ask."""
        if function not in self._memo:
            self._memo[function] = function(self)
        return self._memo[function]  # type: ignore[return-value]  # stored two lines above under its own function


@frozen(kw_only=True)
class Rule:
    """A check with all that a reader may want to know of it.

    `source` is the paragraph or notice that grounds it; `forms` limits it to reports of these forms; `over` says
    what it looks at: one report, a report beside the one before, or one beside those below. `zh` and `en` are its templates.
    """

    code: str
    severity: Severity
    source: str
    zh: str
    en: str
    function: Callable[[Case], Iterable[Outcome]] = field(repr=False, eq=False)
    forms: frozenset[str] | None = None
    over: Over = "report"

    @property
    def title(self) -> str:
        """The first line of the function's docstring."""
        return (self.function.__doc__ or self.code).strip().partition("\n")[0]

    def applies(self, case: Case) -> bool:
        """Whether the report is of a form that the rule is meant for."""
        return self.forms is None or case.report.form in self.forms

    def examine(self, case: Case) -> Iterator[Finding | Skipped]:
        """Run over one report."""
        for outcome in self.function(case):
            if isinstance(outcome, Skip):
                yield Skipped(code=self.code, cells=outcome.cells, message=outcome.why.zh, english=outcome.why.en)
            else:
                yield self.finding(outcome, case)

    def finding(self, outcome: Found, case: Case) -> Finding:
        """What was found, in words."""
        before = case.before
        params = {"year": case.report.year, "prior": before and before.report.year, **outcome.params}
        return Finding(
            code=self.code,
            severity=outcome.severity or self.severity,
            message=_fill(self.zh, params, case, "zh"),
            english=_fill(self.en, params, case, "en"),
            cells=outcome.cells,
            expected=outcome.expected,
            actual=outcome.actual,
            place=outcome.place or _first_place(outcome.cells, case),
            assumed_zero=outcome.assumed_zero,
            suggestion=outcome.suggestion,
        )


def rule(
    code: str,
    *,
    severity: Severity,
    source: str,
    zh: str,
    en: str,
    forms: Iterable[str] | None = None,
    over: Over = "report",
) -> Callable[[Callable[[Case], Iterable[Outcome]]], Rule]:
    """Make a rule of a generator over a `Case`; see the module's example."""

    def make(function: Callable[[Case], Iterable[Outcome]]) -> Rule:
        scope = None if forms is None else frozenset(forms)
        return Rule(code=code, severity=severity, source=source, zh=zh, en=en, function=function, forms=scope, over=over)

    return make


# --- words -------------------------------------------------------------------------------------------------------------------


def describe(cell: Cell, spec: CellSpec | None = None, *, of: Line = "cell") -> Both:
    """Where a cell stands, as a person sees it: 表三“（一）予以公开”行“自然人”列（第2页）; `of` asks for one line.

    Labels come from the cell's path; with `spec` its row is told from its column where a path alone does not (table 四 has no
    row labels). English quotes the printed labels and gives the meaning of the key beside them.
    """
    section, row, column = _row_and_column(cell, spec)
    row, column = (row if of != "column" else ""), (column if of != "row" or not row else "")
    keys = (spec.row.key, spec.column.key) if spec else ("", "")
    zh = f"表{section}" + (f"“{row}”行" if row else "") + (f"“{column}”列" if column else "")
    parts = (_english("row", row, keys[0]), _english("column", column, keys[1]))
    en = ", ".join((f"Table {section}", *filter(None, parts)))
    page = cell.place.page if cell.place else None
    return Both(zh, en) if page is None else Both(f"{zh}（第{page}页）", f"{en} (page {page})")


def _row_and_column(cell: Cell, spec: CellSpec | None) -> tuple[str, str, str]:
    """Section, row and column of a cell; a row under 三、本年度办理结果 is known without that outermost group."""
    section, *parts = cell.label.split("|")
    rows, columns = (spec.row.path.split("|"), spec.column.path.split("|")) if spec else (parts[:-1], parts[-1:])
    return section, "·".join(rows[1:] if len(rows) > 1 else rows), "·".join(columns)


def _english(what: str, label: str, key: str) -> str:
    gloss = key.replace(".", ": ").replace("_", " ")
    return f"{what} “{label}”" + (f" ({gloss})" if gloss else "") if label else ""


def _where(place: Place) -> Both:
    """A place in words: page, table, row and column of a grid, or line and column of a text."""
    named = (("page", "第{}页", "page {}"), ("table", "第{}个表格", "table {}"), ("line", "第{}行", "line {}"))
    cell = (("row", "第{}行", "row {}"), ("column", "第{}列", "column {}"))
    known = [
        (zh.format(n), en.format(n)) for name, zh, en in named + (cell if place.table else ()) if (n := getattr(place, name))
    ]
    return Both("".join(zh for zh, _ in known), ", ".join(en for _, en in known))


def _fill(template: str, params: Mapping[str, object], case: Case, lang: Lang) -> str:
    return template.format_map({name: _word(value, case, lang) for name, value in params.items()})


def _word(value: object, case: Case, lang: Lang) -> object:
    """A parameter as it reads in a message."""
    if isinstance(value, Both):
        return value.text(lang)
    if isinstance(value, Cell):
        return describe(value, case.spec(value)).text(lang)
    if isinstance(value, Place):
        return _where(value).text(lang)
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else "; ").join(str(_word(item, case, lang)) for item in value)
    return value


def _first_place(cells: tuple[str, ...], case: Case) -> Place | None:
    known = (case.cells[key] for key in cells if key in case.cells)
    return next((cell.place for cell in known if cell.place and cell.status is not Status.MISSING), None)
