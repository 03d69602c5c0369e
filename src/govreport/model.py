"""The document model: what a report says, cell by cell, and how surely it was read.

Everything here is frozen, keyword-only and made of tuples; change a report with `attrs.evolve`. This module imports nothing of
govreport: readers, layouts, forms, checks and writers all speak in its terms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Self

from attrs import field, frozen

if TYPE_CHECKING:
    from govreport.wording import Lang

__all__ = [
    "Cell",
    "CheckResult",
    "Claim",
    "Evidence",
    "Fact",
    "Finding",
    "Paragraph",
    "Piece",
    "Place",
    "Report",
    "Role",
    "Section",
    "Severity",
    "Skipped",
    "Status",
    "Table",
    "Value",
]

Value = int | Decimal | None
"""What a cell says: an int for counts, a Decimal for amounts, None where it says nothing."""


class Status(StrEnum):
    """How surely a cell was read."""

    READ = "read"  # the evidence is unambiguous
    INFERRED = "inferred"  # bound on weaker evidence; a `reading.*` finding says why
    BLANK = "blank"  # the document has the cell and shows nothing, a dash, a slash or 无 in it; `raw` says which
    MISSING = "missing"  # no such cell was found; a finding covers it


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Role(StrEnum):
    """What became of a piece of a table section."""

    LABEL = "label"
    VALUE = "value"
    REMARK = "remark"
    UNBOUND = "unbound"


@frozen
class Place:
    """Where something stands, counted from 1 as a person counts.

    `line` and `column` for text (for HTML the line of its source); `table`, `row` and `column` for grids, with `page` where the
    container has pages.
    """

    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None


@frozen
class Piece:
    """One cell of a layout as it stands: its text and as much geometry as the layout carries (None for what it does not).

    `row` and `column` count from 0. An empty `text` is a cell that the layout shows to be empty.
    """

    text: str
    row: int | None = None
    column: int | None = None
    rowspan: int | None = None
    colspan: int | None = None
    place: Place | None = None
    role: Role | None = None


@frozen
class Claim:
    """A plugin's claim to a document, a section or a table: `confidence` is 0..1, `reasons` say what was counted."""

    name: str
    confidence: float = field()
    reasons: tuple[str, ...] = ()
    section: str | None = None

    @confidence.validator
    def _in_range(self, _: object, value: float) -> None:
        if not 0.0 <= value <= 1.0:
            msg = f"confidence must be between 0 and 1, not {value!r}"
            raise ValueError(msg)


class _Later:
    """Lets fields of a frozen object be made when they are first looked at, from what the object was given when it was made.

    Nothing is read then and nothing can fail: two hundred cells are worth making only for those who look at them.
    """

    __slots__ = ("_makers",)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - fields of any type
        make = object.__getattribute__(self, "_makers").get(name)
        if make is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        made = make()
        object.__setattr__(self, name, made)
        return made

    @classmethod
    def later(cls, makers: Mapping[str, Callable[[], object]], **given: object) -> Self:
        """An object with the fields `given`, whose other fields `makers` make."""
        made = object.__new__(cls)
        for name, value in given.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_makers", makers)
        return made


@frozen(kw_only=True)
class Cell:
    """One cell of the statutory form.

    `key` is its English name, `label` its path of official labels joined by `|`, `form` the form that gave it its meaning.
    `raw` is the text as it stands (None if there is none), `value` the printed number in `unit`, never converted.
    """

    key: str
    label: str
    form: str
    raw: str | None = None
    value: Value = None
    unit: str | None = None
    status: Status = Status.MISSING
    place: Place | None = None


@frozen(kw_only=True)
class Table(_Later):
    """One of the statutory tables: `name` is `disclosure`, `requests` or `disputes`; `section` its numeral, 二, 三 or 四.

    `pieces` are all pieces of the section in reading order, each with the role it was given; none is lost.
    """

    name: str
    section: str
    title: str
    cells: tuple[Cell, ...]
    pieces: tuple[Piece, ...] = ()
    layout: str | None = None

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def _repr_html_(self) -> str:
        from govreport import display  # noqa: PLC0415 - display knows the forms; the model must not until asked

        return display.table_html(self)


@frozen(kw_only=True)
class Paragraph:
    """A paragraph of prose with the place where it starts."""

    text: str
    place: Place | None = None


@frozen(kw_only=True)
class Section(_Later):
    """A section of the report: `number` is its numeral (一…六, or 七 where there is one; 前言 before the first)."""

    number: str
    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    place: Place | None = None

    @property
    def text(self) -> str:
        """The paragraphs joined by line feeds."""
        return "\n".join(p.text for p in self.paragraphs)


@frozen(kw_only=True)
class Evidence:
    """What the document says of itself: `field` (title, year, issuer, published, contact.phone, …) and `value`.

    `text` is what it was taken from, `reason` why we think so.
    """

    field: str
    value: str
    text: str
    reason: str
    place: Place | None = None


@frozen(kw_only=True)
class Fact:
    """A number stated in prose. `kind` is a dotted name, `value` what is stated, `approximate` for 余/多/近/约.

    `key` is the cell that the fact speaks of, if there is one; `parts` are the kinds and numbers of its breakdown.
    """

    kind: str
    value: int | Decimal
    unit: str | None
    text: str
    section: str
    approximate: bool = False
    key: str | None = None
    parts: tuple[tuple[str, int | Decimal], ...] = ()
    place: Place | None = None


@frozen(kw_only=True)
class Finding:
    """Something that a reader of the report should know.

    `code` is dotted and stable (`arithmetic.row_total`); `message` is one line in Chinese, `text("en")` the same in English;
    both cite row, column and page as a person sees them. `cells` are keys. `assumed_zero` lists blank cells that a sum counted
    as 0; `suggestion` is the one cell, and its value, whose change would satisfy every broken relation of its table.
    """

    code: str
    severity: Severity
    message: str
    english: str = ""
    cells: tuple[str, ...] = ()
    expected: int | Decimal | str | None = None
    actual: int | Decimal | str | None = None
    place: Place | None = None
    assumed_zero: tuple[str, ...] = ()
    suggestion: tuple[str, int | Decimal] | None = None

    def text(self, lang: Lang = "zh") -> str:
        """The message in Chinese (`zh`) or English (`en`)."""
        return self.english if lang == "en" and self.english else self.message


@frozen(kw_only=True)
class Skipped:
    """A relation or rule that could not run; `message` says why in one line of Chinese, `text("en")` the same in English."""

    code: str
    cells: tuple[str, ...]
    message: str
    english: str = ""

    def text(self, lang: Lang = "zh") -> str:
        """The reason in Chinese (`zh`) or English (`en`)."""
        return self.english if lang == "en" and self.english else self.message


@frozen(kw_only=True)
class CheckResult:
    """The findings of one check; `ran` names the rules that ran, `skipped` what could not and why."""

    findings: tuple[Finding, ...]
    ran: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        return bool(self.findings)


@frozen(kw_only=True)
class Report:
    """One annual report, whole. `report["requests.granted.total"]` is the value of a cell.

    `form` is the form of most cells ("2021", "2019", or None where no label decides it). `doubts` are the `reading.*`,
    `structure.*` and `form.*` findings made while reading; `check` adds the rest.
    """

    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    form: str | None = None
    published: dt.date | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    meta: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Finding, ...] = ()
    container: str | None = None
    vocabulary: Mapping[str, str] = field(factory=dict, eq=False, repr=False)
    """Every key of every known form with its label, so that an unknown key is told from one of another form."""
    _index: dict[str, Cell] = field(init=False, eq=False, repr=False, factory=dict)
    _told: list[tuple[Fact, ...]] = field(init=False, eq=False, repr=False, factory=list)

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells of all tables, in the order of the form."""
        return (cell for table in self.tables for cell in table.cells)

    @property
    def unbound(self) -> tuple[Piece, ...]:
        """The pieces of table sections that found no place in the form."""
        return tuple(p for table in self.tables for p in table.pieces if p.role is Role.UNBOUND)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The numbers stated in the prose, typed, each with its place; worked out when first asked for."""
        if not self._told:
            from govreport import facts  # noqa: PLC0415 - what sentences mean is not the model's business

            self._told.append(facts.extract(self.sections, self.year))
        return self._told[0]

    def cell(self, key: str) -> Cell | None:
        """The cell of that key; None if only another form has it; KeyError, with suggestions, if none has."""
        if not self._index:
            self._index.update((cell.key, cell) for cell in self.cells)
        found = self._index.get(key)
        if found is None and key not in self.vocabulary:
            raise KeyError(_unknown(key, self.vocabulary or self._index))
        return found

    def __getitem__(self, key: str) -> Value:
        """The printed number of the cell; see `cell` for keys that this report does not have."""
        found = self.cell(key)
        return None if found is None else found.value

    def values(self, by: Literal["key", "label"] = "key") -> dict[str, Value]:
        """Every cell's value by key, or by label path."""
        if by == "label":
            return {cell.label: cell.value for cell in self.cells}
        return {cell.key: cell.value for cell in self.cells}

    def section(self, number: str) -> Section | None:
        """The first section of that numeral (一…六), or None."""
        return next((s for s in self.sections if s.number == number), None)

    def __str__(self) -> str:
        from govreport import display  # noqa: PLC0415 - as above

        return display.report_text(self)

    def _repr_html_(self) -> str:
        from govreport import display  # noqa: PLC0415 - as above

        return display.report_html(self)


def _unknown(key: str, known: Iterable[str]) -> str:
    import difflib  # noqa: PLC0415 - for a mistake only

    close = difflib.get_close_matches(key, list(known), n=3, cutoff=0.6)
    return f"no form has a cell {key!r}" + (f"; did you mean {', '.join(close)}?" if close else "")
