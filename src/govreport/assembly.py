"""A source → a report: outline, layouts, binding and identity put together."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs
from attrs import field, frozen

from govreport.binding import scoring
from govreport.binding.alignment import Match
from govreport.binding.assignment import Bound, bind_table
from govreport.binding.exact import Exact, match_table
from govreport.binding.notes import note
from govreport.binding.rows import filled_rows, locate
from govreport.binding.stream import Stream, make_stream
from govreport.binding.vocabulary import TableWords, Words, make_words
from govreport.errors import PluginError
from govreport.formats.sketch import sketch
from govreport.forms import FormSpec, vocabulary
from govreport.hookspecs import Format
from govreport.identity import Identity, identify
from govreport.model import Cell, Claim, Finding, Paragraph, Piece, Report, Role, Section, Table
from govreport.outline import PREAMBLE, Outline, outline
from govreport.pieces import Pieces
from govreport.plugins import guarded
from govreport.source import Source, SourceSection

__all__ = ["assemble", "section_claims"]


@frozen(eq=False)
class _Read:
    """A section read by the layout that claimed it."""

    section: SourceSection
    claim: Claim
    format: Format
    pieces: Pieces

    @functools.cached_property
    def stream(self) -> Stream:
        """Labels and values told apart: what is not whole needs it."""
        return make_stream(tuple(self.pieces))


@functools.lru_cache(maxsize=8)
def _words(forms: tuple[FormSpec, ...]) -> Words:
    return make_words(forms)


def section_claims(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> list[Claim]:
    """Every layout's claim to every section that may hold a table, surest first within a section."""
    view = outline(source, forms)
    words = _words(tuple(forms))
    return [attrs.evolve(c, section=s.number) for s in _regions(view, words) for c in _claims(s, formats)]


def assemble(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> Report | None:
    """The report in a source, or None where there is none: no title of the kind and fewer than two of its sections."""
    words = _words(tuple(forms))
    view = outline(source, forms)
    identity = identify(view)
    reads = _Reads(list(_regions(view, words)), formats)
    bound = _bind(words, reads)
    headed = sum(h.sure > 1 for h in view.headings) >= 2  # noqa: PLR2004 - two headings make a report
    if not (identity.title or headed or any(b.table.found >= scoring.TABLE_FOUND for b in bound.values())):
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


def _regions(view: Outline, words: Words) -> Iterator[SourceSection]:
    """The sections that tables stand in first, then the others: a heading may be lost, and the table then be anywhere."""
    numbers = {table.section for table in words.tables}
    yield from (s for s in view.sections if s.number in numbers)
    yield from (s for s in view.sections if s.number not in numbers)


def _claims(section: SourceSection, formats: Sequence[Format]) -> list[Claim]:
    shape = sketch(section)
    claims = [c for c in (guarded(f, section, shape) for f in formats) if c is not None]
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
    found = pieces if isinstance(pieces, Pieces) else Pieces.of(pieces)
    return _Read(section, attrs.evolve(claims[0], section=section.number), chosen, found)


# --- binding -----------------------------------------------------------------------------------------------------------------


@frozen
class _Bound:
    """A table with its cells, matched whole or aligned row by row, and where it was read."""

    table: Exact | Bound
    read: _Read
    matches: dict[int, Match] = field(factory=dict)

    @property
    def forms(self) -> Counter[str]:
        """How many cells are of which form, for certain."""
        if isinstance(self.table, Exact):
            return Counter({self.table.form: len(self.table.values)})
        undecided = self.undecided
        return Counter(cell.form for cell in self.table.cells if cell.key not in undecided)

    @property
    def undecided(self) -> set[str]:
        """The keys of cells of which nothing in their own table tells the form."""
        doubts = () if isinstance(self.table, Exact) else self.table.doubts
        return {key for doubt in doubts if doubt.code == "reading.form" for key in doubt.cells}


def _bind(words: Words, reads: _Reads) -> dict[str, _Bound]:
    """Bind each table where most of its labels and values stand; what one table says of its form helps the others."""
    telling = sorted(words.tables, key=lambda t: not t.telling)
    bound: dict[str, _Bound] = {}
    for table in telling:
        if (found := _whole(table, reads, _majority(bound))) is not None:
            bound[table.name] = found
    taken = [b.read for b in bound.values()]
    for table in telling:
        if table.name in bound:
            continue
        if (found := _aligned(table, bound, *_best(table, reads, taken))) is not None:
            bound[table.name] = found
    for table in words.tables:
        if table.name in bound and bound[table.name].undecided:
            again = _aligned(table, bound, bound[table.name].read, bound[table.name].matches)
            bound[table.name] = again or bound[table.name]
    return {table.name: bound[table.name] for table in words.tables if table.name in bound}


def _whole(table: TableWords, reads: _Reads, default: str | None) -> _Bound | None:
    """The table if its own section is all of it and nothing else."""
    read = next(reads.of(table), None)
    found = match_table(table, read.pieces, default) if read is not None and read.section.number == table.section else None
    return None if read is None or found is None else _Bound(found, read)


def _aligned(table: TableWords, bound: dict[str, _Bound], read: _Read | None, matches: dict[int, Match]) -> _Bound | None:
    """The table row by row."""
    if read is None:
        return None
    others = functools.cache(functools.partial(_others, table, bound))
    name, blanks = read.format.name, "blanks" in read.format.carries
    found = bind_table(table, read.stream, matches, _majority(bound), others, layout=name, blanks=blanks)
    return _Bound(found, read, matches)


def _others(table: TableWords, bound: dict[str, _Bound]) -> tuple[Bound, ...]:
    """The other tables row by row: what these say of margins and of sums may tell rows of this one."""
    known = (b for name, b in bound.items() if name != table.name)
    return tuple(b.table if isinstance(b.table, Bound) else _again(b.table, b.read) for b in known)


def _again(table: Exact, read: _Read) -> Bound:
    """A table that was matched whole, row by row."""
    name, blanks = read.format.name, "blanks" in read.format.carries
    matches = locate(table.words, read.stream)
    return bind_table(table.words, read.stream, matches, table.form, layout=name, blanks=blanks)


def _best(table: TableWords, reads: _Reads, taken: Sequence[_Read]) -> tuple[_Read | None, dict[int, Match]]:
    """Its own section if the table's values are there and rows have as many as columns, else where most of it is.

    A section that is `taken` is one whole table and nothing else.
    """
    candidates, labels = [], 0
    for i, read in enumerate(r for r in reads.of(table) if r not in taken):
        matches = locate(table, read.stream)
        filled, whole = filled_rows(table, read.stream, matches)
        own = read.section.number == table.section
        worth = filled * (1 + whole if filled >= scoring.TABLE_FOUND else 1)  # few rows prove nothing: prose may name them
        labels = max(labels, len(matches) if own else 0)
        if not own and filled < scoring.TABLE_FOUND and len(matches) < labels:
            continue  # nor where more labels stand in its own section
        candidates.append((worth, len(matches), -i, read, matches))
        if own and filled >= scoring.TABLE_FOUND and whole >= scoring.TABLE_WHOLE:
            break
    if not candidates:
        return None, {}
    best = max(candidates, key=lambda c: c[:3])
    return best[3], best[4]


def _form_claims(bound: dict[str, _Bound], words: Words) -> Iterator[Claim]:
    """For each table the forms that its blocks turned out to be of, by their share of its cells."""
    for table in words.tables:
        counts = bound[table.name].forms if table.name in bound else Counter[str]()
        for form, count in counts.most_common():
            reason = f"{count} of {counts.total()} cells, by the labels of their blocks"
            yield Claim(f"form {form}", round(count / counts.total(), 3), (reason,), section=table.section)


def _majority(bound: dict[str, _Bound]) -> str | None:
    counts = sum((b.forms for b in bound.values()), Counter[str]())
    return counts.most_common(1)[0][0] if counts else None


# --- the report --------------------------------------------------------------------------------------------------------------


def _report(view: Outline, identity: Identity, words: Words, reads: _Reads, bound: dict[str, _Bound]) -> Report:
    form = _majority(bound)
    doubts: list[Finding] = []
    names = [form] if form else _in_force(words.forms, identity.year)
    tables = tuple(_table(t, bound.get(t.name), names, doubts) for t in words.tables)
    if form is None:
        doubts.append(note("form.unknown"))
    doubts += [note("reading.identity", chinese=chinese, english=english) for chinese, english in identity.unknown]
    return Report(
        title=identity.title,
        issuer=identity.issuer,
        year=identity.year,
        form=form,
        published=identity.published,
        sections=tuple(_section(s, {t.section for t in words.tables}) for s in view.sections),
        tables=tables,
        meta=tuple(identity.evidence),
        claims=(*reads.claims(), *_form_claims(bound, words)),
        doubts=tuple(doubts),
        container=view.source.container,
        vocabulary=vocabulary(words.forms),
    )


def _in_force(forms: Sequence[FormSpec], year: int | None) -> list[str]:
    """All forms, last the one in force in that year: where nothing is left of a table, its cells are called as it says."""
    return [form.name for form in sorted(forms, key=lambda f: (year is None or f.since <= year, f.since))]


def _table(words: TableWords, bound: _Bound | None, names: Sequence[str], doubts: list[Finding]) -> Table:
    known = [name for name in names if name in words.forms] or list(words.forms)
    spec = words.forms[known[0]] if len(known) == 1 else next(iter(words.forms.values()))
    if bound is None or not bound.table.found:
        cells = _missing(words, known)
        doubts.append(note("structure.table_missing", cells=[c.key for c in cells], section=words.section, title=words.title))
        return Table(name=words.name, section=words.section, title=spec.title, cells=cells)
    table, pieces = bound.table, bound.read.pieces
    given = {"name": words.name, "section": words.section, "title": spec.title, "layout": bound.read.format.name}
    if isinstance(table, Exact):
        return Table.later({"cells": table.cells, "pieces": lambda: _told(pieces, table.roles())}, **given)
    doubts += table.doubts
    return Table(cells=tuple(table.cells), pieces=_told(pieces, table.stream.roles), **given)


def _missing(words: TableWords, names: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of a table that is not there, as these forms have them, the last of them if several have one."""
    cells = {c.key: Cell(key=c.key, label=c.label, form=name, unit=c.unit) for name in names for c in words.forms[name].cells}
    return tuple(cells.values())


def _told(pieces: Pieces, roles: Iterable[Role]) -> tuple[Piece, ...]:
    """The pieces with the roles that they were given."""
    return tuple(
        Piece(p.text, p.row, p.column, p.rowspan, p.colspan, p.place, role) for p, role in zip(pieces, roles, strict=True)
    )


def _section(section: SourceSection, tables: Collection[str]) -> Section:
    """A section with its prose; where a table stands, or where no heading tells tables from prose, there is none."""
    place = section.place(0) if section.lines else None
    prose = () if not section.number or section.number in tables else enumerate(section.lines)
    paragraphs = tuple(Paragraph(text=text, place=section.place(i)) for i, line in prose if (text := line.strip()))
    return Section(number=section.number or PREAMBLE, heading=section.heading, paragraphs=paragraphs, place=place)
