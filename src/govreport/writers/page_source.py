"""The source text of the HTML page: paragraphs and table pieces as they stand, each at a place that a cell can point to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from govreport.display.drawing import by_section
from govreport.model import Piece, Place, Report, Role, Section, Table
from govreport.writers.markup import Html, both, tag

__all__ = ["Anchors", "source_view"]


@frozen
class Anchors:
    """The ids of all places of one report. `prefix` keeps the documents of a page apart."""

    report: Report
    prefix: str
    _exact: dict[Place, str] = field(init=False, repr=False, eq=False)
    _near: dict[object, str] = field(init=False, repr=False, eq=False)

    @_exact.default
    def _number(self) -> dict[Place, str]:
        places = itertools.chain.from_iterable((_section_places(self.report), _piece_places(self.report)))
        return {place: f"{self.prefix}p{number}" for number, place in enumerate(dict.fromkeys(places))}

    @_near.default
    def _by_line(self) -> dict[object, str]:
        near: dict[object, str] = {}
        for place, anchor in self._exact.items():
            for key in _neighbourhoods(place):
                near.setdefault(key, anchor)
        return near

    def own(self, place: Place | None, taken: set[str]) -> str | None:
        """The id for the element that stands at a place, given once."""
        anchor = self._exact.get(place) if place else None
        if anchor is None or anchor in taken:
            return None
        taken.add(anchor)
        return anchor

    def of(self, place: Place | None, section: str | None = None) -> str:
        """Where a place is to be seen: itself, the line or row it is in, else the section, else the source as a whole."""
        if place is not None:
            near = (self._near.get(key) for key in _neighbourhoods(place))
            if anchor := self._exact.get(place) or next(filter(None, near), None):
                return anchor
        known = any(table.section == section for table in self.report.tables)
        return self.table(section) if section and known else f"{self.prefix}source"

    def table(self, section: str) -> str:
        """The id of the source of the table in that section."""
        return f"{self.prefix}source-{section}"


def _section_places(report: Report) -> Iterator[Place]:
    for section in report.sections:
        yield from (p.place for p in section.paragraphs if p.place)


def _piece_places(report: Report) -> Iterator[Place]:
    yield from (piece.place for table in report.tables for piece in table.pieces if piece.place)


def _neighbourhoods(place: Place) -> Iterator[object]:
    """What a place lies in, from narrow to wide: its cell, its row, its line."""
    if place.table is not None:
        yield "cell", place.page, place.table, place.row, place.column
        yield "row", place.page, place.table, place.row
    if place.line is not None:
        yield "line", place.line


def source_view(anchors: Anchors) -> Html:
    """The whole source in the order of the document."""
    taken: set[str] = set()
    sections = [_section(section, tables, anchors, taken) for section, tables in by_section(anchors.report)]
    title = tag("h3", both("原文", "Source"))
    return tag("section", title, sections, class_="source", id=f"{anchors.prefix}source", aria_label="原文 Source")


def _section(section: Section | None, tables: Sequence[Table], anchors: Anchors, taken: set[str]) -> Html:
    heading = section.heading if section else None
    paragraphs = section.paragraphs if section else ()
    return tag(
        "div",
        tag("h4", heading) if heading else None,
        [tag("p", p.text, id=anchors.own(p.place, taken)) for p in paragraphs],
        [_pieces(table, anchors, taken) for table in tables],
        class_="part",
    )


def _pieces(table: Table, anchors: Anchors, taken: set[str]) -> Html:
    """The pieces of a table, a line for each line or row of the source."""
    lines = [list(run) for _, run in itertools.groupby(table.pieces, key=_line_of)]
    empty = tag("p", both("（没有找到这张表）", "(this table was not found)"), class_="none") if not lines else None
    body = [_line(line, anchors, taken) for line in lines]
    return tag("div", empty, body, class_="pieces", id=anchors.table(table.section), tabindex="-1")


def _line(pieces: Sequence[Piece], anchors: Anchors, taken: set[str]) -> Html:
    told = tag("div", [_piece(piece, anchors, taken) for piece in pieces])
    return tag("div", _gutter(pieces[0].place), told, class_="line")


def _line_of(piece: Piece) -> object:
    place = piece.place
    if piece.row is not None or place is None:
        return "row", piece.row, place and place.table, place and place.page
    return "line", place.line, place.row


def _gutter(place: Place | None) -> Html:
    """The number by which a person finds the line: of the row in its table, else of the line in the text."""
    if place is None:
        return tag("span", class_="gutter", aria_hidden="true")
    text = f"{place.table}:{place.row}" if place.table is not None and place.row is not None else str(place.line or "")
    return tag("span", text, class_="gutter", aria_hidden="true")


def _piece(piece: Piece, anchors: Anchors, taken: set[str]) -> Html:
    role = piece.role or Role.REMARK
    return tag("span", " ".join(piece.text.split()), class_=f"piece {role.value}", id=anchors.own(piece.place, taken))
