"""A source → a report: outline, layouts, binding and identity put together."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs
from attrs import define

from govreport.binding import scoring
from govreport.binding.alignment import Match
from govreport.binding.assignment import Bound, bind_table
from govreport.binding.notes import note
from govreport.binding.rows import filled_rows, locate
from govreport.binding.stream import Stream, make_stream
from govreport.binding.vocabulary import TableWords, Words, make_words
from govreport.errors import PluginError
from govreport.formats.sketch import sketch
from govreport.forms import FormSpec, vocabulary
from govreport.hookspecs import Format
from govreport.identity import Identity, identify
from govreport.model import Cell, Claim, Finding, Paragraph, Piece, Report, Section, Table
from govreport.outline import PREAMBLE, Outline, outline
from govreport.plugins import guarded
from govreport.source import Source, SourceSection

__all__ = ["assemble", "section_claims"]


@define
class _Read:
    """A section read by the layout that claimed it."""

    section: SourceSection
    claim: Claim
    format: Format
    stream: Stream


@functools.lru_cache(maxsize=8)
def _words(forms: tuple[FormSpec, ...]) -> Words:
    return make_words(forms)


def section_claims(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> list[Claim]:
    """Every layout's claim to every section that may hold a table, surest first within a section."""
    view = outline(source, forms)
    words = _words(tuple(forms))
    return [claim for section in _regions(view, words) for claim in _claims(section, formats)]


def assemble(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> Report | None:
    """The report in a source, or None where there is none: no title of the kind and fewer than two of its sections."""
    words = _words(tuple(forms))
    view = outline(source, forms)
    identity = identify(view)
    reads = _Reads(list(_regions(view, words)), formats)
    bound = _bind(words, reads)
    headed = sum(h.sure > 1 for h in view.headings) >= 2  # noqa: PLR2004 - two headings make a report
    if not (identity.title or headed or any(b.found >= scoring.TABLE_FOUND for b in bound.values())):
        return None
    return _report(view, identity, words, reads, bound)


# --- regions and layouts -----------------------------------------------------------------------------------------------------


class _Reads:
    """The sections as layouts read them, each when it is first asked for: prose is only looked at where a table is missing."""

    def __init__(self, sections: Sequence[SourceSection], formats: Sequence[Format]) -> None:
        self.sections, self._formats = sections, formats
        self._done: dict[int, _Read | None] = {}

    def of(self, table: TableWords) -> Iterator[_Read]:
        """The table's own sections, then the others."""
        for index, section in sorted(enumerate(self.sections), key=lambda item: item[1].number != table.section):
            if index not in self._done:
                self._done[index] = _read(section, self._formats)
            read = self._done[index]
            if read is not None:
                yield read

    def claims(self) -> tuple[Claim, ...]:
        """The winning claims of what was read, in the order of the document."""
        return tuple(read.claim for _, read in sorted(self._done.items()) if read is not None)

    def named(self, stream: Stream) -> str:
        """The layout that a stream was read by."""
        return next(r.format.name for r in self._done.values() if r is not None and r.stream is stream)


def _regions(view: Outline, words: Words) -> Iterator[SourceSection]:
    """The sections that tables stand in first, then the others: a heading may be lost, and the table then be anywhere."""
    numbers = {table.section for table in words.tables}
    yield from (s for s in view.sections if s.number in numbers)
    yield from (s for s in view.sections if s.number not in numbers)


def _claims(section: SourceSection, formats: Sequence[Format]) -> list[Claim]:
    shape = sketch(section)
    claims = [attrs.evolve(c, section=section.number) for c in (guarded(f, section, shape) for f in formats) if c is not None]
    return sorted(claims, key=lambda c: (-c.confidence, c.name))


def _read(section: SourceSection, formats: Sequence[Format]) -> _Read | None:
    claims = _claims(section, formats)
    if not claims:
        return None
    chosen = next(f for f in formats if f.name == claims[0].name)
    try:
        pieces = chosen.read(section)
    except Exception as error:
        raise PluginError(f"the layout {chosen.name!r} failed while reading: {error!r}", plugin=chosen.name) from error
    return _Read(section, claims[0], chosen, make_stream(pieces))


Located = dict[str, tuple[_Read | None, dict[int, Match]]]


# --- binding -----------------------------------------------------------------------------------------------------------------


def _bind(words: Words, reads: _Reads) -> dict[str, Bound]:
    """Bind each table where most of its labels and values stand; what one table says of its form helps the others."""
    located = {table.name: _best(table, reads) for table in words.tables}
    bound: dict[str, Bound] = {}
    for table in sorted(words.tables, key=lambda t: not t.telling):
        _bind_one(table, located, bound)
    for table in words.tables:
        if table.name in bound and any(d.code == "reading.form" for d in bound[table.name].doubts):
            _bind_one(table, located, bound)
    return {table.name: bound[table.name] for table in words.tables if table.name in bound}


def _bind_one(table: TableWords, located: Located, bound: dict[str, Bound]) -> None:
    read, matches = located[table.name]
    if read is not None:
        others, layout = [b for name, b in bound.items() if name != table.name], read.format
        blanks = "blanks" in layout.carries
        bound[table.name] = bind_table(table, read.stream, matches, _majority(bound), others, layout=layout.name, blanks=blanks)


def _best(table: TableWords, reads: _Reads) -> tuple[_Read | None, dict[int, Match]]:
    """Its own section if the table's values are there, else the section in which most of it is."""
    candidates = []
    for i, read in enumerate(reads.of(table)):
        matches = locate(table, read.stream)
        filled = filled_rows(table, read.stream, matches)
        candidates.append((filled, len(matches), -i, read, matches))
        if read.section.number == table.section and filled >= scoring.TABLE_FOUND:
            break
    if not candidates:
        return None, {}
    best = max(candidates, key=lambda c: c[:3])
    return best[3], best[4]


def _form_claims(bound: dict[str, Bound]) -> Iterator[Claim]:
    """For each table the forms that its blocks turned out to be of, by their share of its cells."""
    for table in bound.values():
        counts = Counter(cell.form for cell in table.cells)
        for form, count in counts.most_common():
            reason = f"{count} of {counts.total()} cells, by the labels of their blocks"
            yield Claim(f"form {form}", round(count / counts.total(), 3), (reason,), section=table.words.section)


def _majority(bound: dict[str, Bound]) -> str | None:
    undecided = {key for b in bound.values() for d in b.doubts if d.code == "reading.form" for key in d.cells}
    counts = Counter(cell.form for b in bound.values() for cell in b.cells if cell.key not in undecided)
    return counts.most_common(1)[0][0] if counts else None


# --- the report --------------------------------------------------------------------------------------------------------------


def _report(view: Outline, identity: Identity, words: Words, reads: _Reads, bound: dict[str, Bound]) -> Report:
    form = _majority(bound)
    doubts: list[Finding] = []
    tables = tuple(_table(t, bound.get(t.name), form, reads, doubts) for t in words.tables)
    if form is None:
        doubts.append(note("form.unknown"))
    return Report(
        title=identity.title,
        issuer=identity.issuer,
        year=identity.year,
        form=form,
        published=identity.published,
        sections=tuple(_section(s) for s in view.sections),
        tables=tables,
        meta=tuple(identity.evidence),
        claims=(*reads.claims(), *_form_claims(bound)),
        doubts=tuple(doubts),
        container=view.source.container,
        vocabulary=vocabulary(words.forms),
    )


def _table(words: TableWords, bound: Bound | None, form: str | None, reads: _Reads, doubts: list[Finding]) -> Table:
    spec = words.forms.get(form or "") or next(iter(words.forms.values()))
    if bound is None or not bound.found:
        names = [form] if form in words.forms else list(words.forms)
        cells = {
            c.key: Cell(key=c.key, label=c.label, form=name, unit=c.unit)
            for name in names
            if name
            for c in words.forms[name].cells
        }
        doubts.append(note("structure.table_missing", cells=cells, section=words.section, title=words.title))
        return Table(name=words.name, section=words.section, title=spec.title, cells=tuple(cells.values()))
    doubts += bound.doubts
    return Table(
        name=words.name,
        section=words.section,
        title=spec.title,
        cells=tuple(bound.cells),
        pieces=_pieces(bound.stream),
        layout=reads.named(bound.stream),
    )


def _pieces(stream: Stream) -> tuple[Piece, ...]:
    """The pieces with the roles that they were given.

    A layout makes its pieces anew for every reading and nobody else has them yet, so the role is written into them: to make
    each piece a second time would cost more than all of binding.
    """
    for piece, role in zip(stream.pieces, stream.roles, strict=True):
        object.__setattr__(piece, "role", role)
    return tuple(stream.pieces)


def _section(section: SourceSection) -> Section:
    place = section.place(0) if section.lines else None
    paragraphs = tuple(
        Paragraph(text=line.strip(), place=section.place(i))
        for i, line in enumerate(section.lines)
        if line.strip() and section.number not in "二三四"
    )
    return Section(number=section.number or PREAMBLE, heading=section.heading, paragraphs=paragraphs, place=place)
