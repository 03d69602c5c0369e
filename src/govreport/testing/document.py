"""A document that can be damaged: its text in parts, and what every cell shows and says.

Damage changes the text; what it takes away from the text it takes away from the truth as well, so that the truth is always what
a careful person reads in the damaged document. Where damage destroys information (two numbers glued), the truth stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import cast

from attrs import evolve, field, frozen

from govreport.forms import Block, CellSpec, FormSpec, TableSpec
from govreport.labels import skeleton, strip_number
from govreport.model import Report
from govreport.testing.build import PREAMBLE, Layout, Part, form_named, make_report, parts_of
from govreport.values import Kind, classify

__all__ = ["Document", "Edit", "Span"]

_EDGES = frozenset("|│┃║<>")
_TAG = re.compile("<[^<>]*>")
"""What may stand beside a number, apart from white space, for it to be the whole of a cell."""


@frozen
class Span:
    """Where something stands: the index of the part, start and end in its text."""

    part: int
    start: int
    end: int


@frozen
class Edit:
    """A span and what shall stand in its place."""

    span: Span
    text: str


@frozen(kw_only=True)
class Document:
    """The text of a report in parts, with `shown`, the text of each cell by key, and `truth`, its number or None.

    A key that `shown` lacks is a cell whose text can no longer be told from its surroundings. `encoding` is None for a document
    that is handed over as text; `applied` names the damage done. `copied` are the cells of tables that stand there twice: what
    is taken from one copy, the other still says. `moved` says that cells no longer stand in the order of the form.
    """

    parts: tuple[Part, ...]
    form: FormSpec
    shown: Mapping[str, str]
    truth: Mapping[str, str | None]
    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    encoding: str | None = None
    newline: str = "\n"
    applied: tuple[str, ...] = field(default=())
    copied: frozenset[str] = frozenset()
    moved: bool = False

    @classmethod
    def of(cls, report: Report, layout: Layout | Mapping[str, Layout], *, gap: str = "\n") -> Document:
        """A report, written in a layout."""
        return cls(
            parts=parts_of(report, layout, gap=gap),
            form=form_named(report.form or ""),
            shown={cell.key: cell.raw or "" for cell in report.cells},
            truth={cell.key: None if cell.value is None else str(cell.value) for cell in report.cells},
            title=report.title,
            issuer=report.issuer,
            year=report.year,
            moved=not all(_keeps_order(cast("Hashable", each), report.form or "") for each in _layouts(layout)),
        )

    @classmethod
    def of_text(cls, text: str, form: str | FormSpec, truth: Mapping[str, str | None]) -> Document:
        """A text with the truth of its cells by label path; its parts are told by the headings of the form."""
        spec = form_named(form)
        by_key = {key: truth.get(cell.label) for key, cell in spec.cells.items()}
        return cls(parts=tuple(_parts(text, spec)), form=spec, shown={k: v or "" for k, v in by_key.items()}, truth=by_key)

    @property
    def text(self) -> str:
        """The whole text, with the line ends of the document."""
        return "".join(part.text for part in self.parts).replace("\n", self.newline)

    @property
    def data(self) -> bytes:
        """The whole text as bytes."""
        return self.text.encode(self.encoding or "utf-8")

    @property
    def by_label(self) -> dict[str, str | None]:
        """The truth by label path, as `judge` takes it."""
        return {self.form.cells[key].label: value for key, value in self.truth.items()}

    @property
    def tables(self) -> Iterator[tuple[int, TableSpec]]:
        """The index of each part that holds a table, with the table's specification."""
        specs = {table.section: table for table in self.form.tables}
        return ((i, specs[part.number]) for i, part in enumerate(self.parts) if part.kind == "table" and part.number in specs)

    @property
    def rows(self) -> Iterator[tuple[CellSpec, ...]]:
        """The cells of each row of each table that the document still has."""
        for _, table in self.tables:
            for block in table.blocks:
                yield from rows_of(block)

    def positions(self) -> dict[str, Span]:
        """Where each number stands, for the cells that can be told: all in order, or else each that stands only once."""
        return {key: span for index, table in self.tables for key, span in _located(self, index, table).items()}

    def edited(self, edits: Iterable[Edit], shown: Mapping[str, str] | None = None) -> Document:
        """With these edits made; `shown` says what cells show after them."""
        texts = [part.text for part in self.parts]
        for edit in sorted(edits, key=lambda e: (e.span.part, e.span.start), reverse=True):
            old = texts[edit.span.part]
            texts[edit.span.part] = old[: edit.span.start] + edit.text + old[edit.span.end :]
        return evolve(self.with_texts(texts), shown={**self.shown, **(shown or {})})

    def with_texts(self, texts: Iterable[str]) -> Document:
        """With other texts in its parts."""
        return evolve(self, parts=tuple(evolve(p, text=t) for p, t in zip(self.parts, texts, strict=True)))

    def without(self, keys: Iterable[str], *, truth: bool) -> Document:
        """With cells whose text is no longer to be found; if `truth` is set they now say nothing."""
        gone = set(keys)
        shown = {key: text for key, text in self.shown.items() if key not in gone}
        return evolve(self, shown=shown, truth={**self.truth, **dict.fromkeys(gone - self.copied if truth else ())})


def _layouts(layout: Layout | Mapping[str, Layout]) -> Iterable[Layout]:
    return layout.values() if isinstance(layout, Mapping) else (layout,)


@functools.lru_cache(maxsize=256)
def _keeps_order(subject: Hashable, form: str) -> bool:
    """Whether a layout writes cells in the order of the form: where several say the same, nothing else tells which is which."""
    spec, layout = form_named(form), cast("Layout", subject)
    shown = {key: str(number) for number, key in enumerate(spec.cells, 1001)}
    parts = parts_of(make_report(spec, shown), layout)
    tables = [(i, t) for t in spec.tables for i, p in enumerate(parts) if p.kind == "table" and p.number == t.section]
    return all(_in_order(parts[i].text, i, [(cell.key, shown[cell.key]) for cell in table.cells]) for i, table in tables)


def rows_of(block: Block) -> Iterator[tuple[CellSpec, ...]]:
    """The cells of a block, row by row."""
    width = len(block.columns)
    return (block.cells[i : i + width] for i in range(0, len(block.cells), width))


def _located(document: Document, index: int, table: TableSpec) -> dict[str, Span]:
    text = document.parts[index].text
    wanted = [(cell.key, document.shown.get(cell.key, "")) for cell in table.cells]
    numbers = [(key, shown) for key, shown in wanted if classify(shown) is Kind.NUMBER]
    found = _in_order(text, index, numbers)
    if (
        not document.moved
        and len(found) == len(numbers)
        and _numbers_in(text) == sum(len(shown.split()) for _, shown in numbers)
    ):
        return found
    counts = {shown: list(_occurrences(text, shown)) for _, shown in numbers if _standing(text, shown) == 1}
    return {key: Span(index, counts[s][0], counts[s][0] + len(s)) for key, s in numbers if len(counts.get(s, ())) == 1}


def _in_order(text: str, index: int, numbers: list[tuple[str, str]]) -> dict[str, Span]:
    found, at = {}, 0
    for key, shown in numbers:
        start = next(_occurrences(text, shown, at), -1)
        if start < 0:
            return {}
        at = start + len(shown)
        found[key] = Span(index, start, at)
    return found


def _occurrences(text: str, shown: str, at: int = 0) -> Iterator[int]:
    while (start := text.find(shown, at)) >= 0:
        at = start + len(shown)
        if _edge(text, start - 1) and _edge(text, at):
            yield start


def _standing(text: str, shown: str) -> int:
    """How often the number stands in the text, beside whatever but other digits: a page may have the number of a cell."""
    return len(re.findall(rf"(?<![\d.]){re.escape(shown)}(?![\d.]*\d)", text))


def _edge(text: str, index: int) -> bool:
    return not 0 <= index < len(text) or text[index].isspace() or text[index] in _EDGES


def _numbers_in(text: str) -> int:
    text = _TAG.sub(" ", text)
    for mark in _EDGES:
        text = text.replace(mark, " ")
    return sum(classify(token) is Kind.NUMBER for token in text.split())


def _parts(text: str, form: FormSpec) -> Iterator[Part]:
    lines = text.splitlines(keepends=True)
    at = list(_headings(lines, form))
    tables = {table.section for table in form.tables}
    yield Part("prose", PREAMBLE, "".join(lines[: at[0][0]] if at else lines))
    for (line, number), (following, _) in pairwise([*at, (len(lines), "")]):
        yield Part("heading", number, lines[line])
        yield Part("table" if number in tables else "prose", number, "".join(lines[line + 1 : following]))


def _headings(lines: list[str], form: FormSpec) -> Iterator[tuple[int, str]]:
    """(line, numeral) of the headings, in the order of the form."""
    at = 0
    for number, heading, aliases, *_ in form.sections:
        known = {skeleton(text) for text in (heading, *aliases)}
        line = next((i for i in range(at, len(lines)) if skeleton(strip_number(lines[i])) in known), None)
        if line is not None:
            at = line + 1
            yield line, number
