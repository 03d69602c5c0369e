"""A source → a report: outline, identity, layouts and binding put together."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Sequence

import attrs

from govreport.binding import scoring
from govreport.binding.notes import note
from govreport.binding.tables import Reading, bind_tables, form_claims, majority
from govreport.binding.vocabulary import TableWords, Words, make_words
from govreport.binding.whole.exact import Exact
from govreport.forms import FormSpec, vocabulary
from govreport.hookspecs import Format
from govreport.identity import Identity, identify
from govreport.model import Cell, Claim, Finding, Paragraph, Piece, Report, Role, Section, Status, Table
from govreport.outline import PREAMBLE, Outline, outline
from govreport.pictures import pictures_at
from govreport.pieces import Pieces
from govreport.regions import Regions, claims
from govreport.source import Source, SourceSection

__all__ = ["assemble", "section_claims"]


def section_claims(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> list[Claim]:
    """Every layout's claim to every section that may hold a table, surest first within a section."""
    regions = Regions(outline(source, forms), _numbers(_words(tuple(forms))), formats)
    return [attrs.evolve(c, section=s.number) for s in regions.sections for c in claims(s, formats)]


def assemble(source: Source, forms: Sequence[FormSpec], formats: Sequence[Format]) -> Report | None:
    """The report in a source, or None where there is none: no title of the kind and fewer than two of its sections."""
    words = _words(tuple(forms))
    view = outline(source, forms)
    identity = identify(view)
    regions = Regions(view, _numbers(words), formats, identity.year)
    bound = bind_tables(words, regions)
    headed = sum(h.sure > 1 for h in view.headings) >= 2  # noqa: PLR2004 - two headings make a report
    if not (identity.title or headed or any(b.table.found >= scoring.TABLE_FOUND for b in bound.values())):
        return None
    return _report(view, identity, words, regions, bound)


@functools.lru_cache(maxsize=8)
def _words(forms: tuple[FormSpec, ...]) -> Words:
    return make_words(forms)


def _numbers(words: Words) -> frozenset[str]:
    return frozenset(table.section for table in words.tables)


def _report(view: Outline, identity: Identity, words: Words, regions: Regions, bound: dict[str, Reading]) -> Report:
    form = majority(bound)
    doubts: list[Finding] = []
    told = form is not None and not any(reading.undecided for reading in bound.values())
    names = [form] if form and told else _likely_last(words.forms, form, identity.year)
    tables = tuple(_table(t, bound.get(t.name), names, view, doubts) for t in words.tables)
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
        claims=(*regions.claims(), *form_claims(bound, words)),
        doubts=tuple(doubts),
        container=view.source.container,
        vocabulary=vocabulary(words.forms),
    )


def _likely_last(forms: Sequence[FormSpec], most: str | None, year: int | None) -> list[str]:
    """All forms, last the one of most cells, else that in force in the year: what is left of no table is called as it says."""
    return [form.name for form in sorted(forms, key=lambda f: (f.name == most, year is None or f.since <= year, f.since))]


def _table(words: TableWords, bound: Reading | None, names: Sequence[str], view: Outline, doubts: list[Finding]) -> Table:
    known = [name for name in names if name in words.forms] or list(words.forms)
    spec = words.forms[known[0]] if len(known) == 1 else next(iter(words.forms.values()))
    if bound is None or not bound.table.found:
        cells = _missing(words, known)
        doubts.append(_lost(words, cells, pictures_at(view, words.section)))
        return Table(name=words.name, section=words.section, title=spec.title, cells=cells)
    table, pieces = bound.table, bound.region.pieces
    given = {"name": words.name, "section": words.section, "title": spec.title, "layout": bound.region.format.name}
    if isinstance(table, Exact):
        return Table.later({"cells": table.cells, "pieces": lambda: _told(pieces, table.roles())}, **given)
    doubts += table.doubts
    cells = tuple(table.cells) if bound.forms and not bound.undecided else _called(words, known, table.cells)
    return Table(cells=cells, pieces=_told(pieces, table.stream.roles), **given)


def _lost(words: TableWords, cells: Iterable[Cell], pictures: int) -> Finding:
    """Why a table is missing."""
    return note(
        "structure.table_missing",
        cells=[cell.key for cell in cells],
        section=words.section,
        title=words.title,
        why_zh=f"该处有{pictures}张图片，图中的文字读不出，可先作文字识别（OCR）" if pictures else "文中没有这张表的行标签",
        why_en=f"pictures stand in its place ({pictures}), whose text cannot be read without OCR"
        if pictures
        else "none of its row labels stands in the document",
    )


def _called(words: TableWords, names: Sequence[str], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, those that are missing because nothing at all tells the form as the last of these forms has them."""
    own = {cell.key: cell for cell in _missing(words, names)}
    return tuple(own.get(cell.key, cell) if cell.status is Status.MISSING else cell for cell in cells)


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
    prose = tuple if not section.number or section.number in tables else functools.partial(_paragraphs, section)
    return Section.later({"paragraphs": prose}, number=section.number or PREAMBLE, heading=section.heading, place=place)


def _paragraphs(section: SourceSection) -> tuple[Paragraph, ...]:
    filled = ((index, text) for index, line in enumerate(section.lines) if (text := line.strip()))
    return tuple(Paragraph(text=text, place=section.place(index)) for index, text in filled)
