"""The sections of a document as layouts read them: claimed by all, read by the surest, each when it is first asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import attrs
from attrs import frozen

from govreport.binding.stream import Stream, make_stream
from govreport.errors import PluginError
from govreport.formats.frames import without_index
from govreport.formats.sketch import sketch
from govreport.hookspecs import Format
from govreport.model import Claim
from govreport.outline import Outline
from govreport.pieces import Pieces
from govreport.plugins import claimed
from govreport.source import SourceSection
from govreport.turning import turned

__all__ = ["Region", "Regions", "claims"]


@frozen(eq=False)
class Region:
    """A section read by the layout that claimed it."""

    section: SourceSection
    claim: Claim
    format: Format
    pieces: Pieces

    year: int | None = None
    """That of the report, if it is known."""
    written: Pieces | None = None
    """The pieces as they are written, where these are turned."""

    def turned(self) -> Iterator[Region]:
        """The other readings of the geometry of its tables: what is none of a form as it stands needs them."""
        return (attrs.evolve(self, pieces=pieces, written=self.pieces) for pieces in turned(self.pieces))

    @functools.cached_property
    def stream(self) -> Stream:
        """Labels and values told apart: what is not whole needs it."""
        return make_stream(tuple(self.pieces), self.year)


class Regions:
    """All sections, those first in which tables stand: prose is only looked at where a table is missing.

    `numbers` are those of the sections of tables. A heading may be lost, and the table then be anywhere. `year` is its own.
    """

    def __init__(self, view: Outline, numbers: frozenset[str], formats: Sequence[Format], year: int | None = None) -> None:
        self.sections = sorted(view.sections, key=lambda section: section.number not in numbers)
        self.repeated = view.repeated
        self._formats, self._year = formats, year
        self._done: dict[int, Region | None] = {}

    def of(self, number: str) -> Iterator[Region]:
        """The sections of that number, then the others."""
        for index, section in sorted(enumerate(self.sections), key=lambda item: item[1].number != number):
            if index not in self._done:
                self._done[index] = _read(section, self._formats, self._year)
            region = self._done[index]
            if region is not None:
                yield region

    def claims(self) -> tuple[Claim, ...]:
        """The winning claims of what was read, in the order of the document."""
        return tuple(region.claim for _, region in sorted(self._done.items()) if region is not None)


def claims(section: SourceSection, formats: Sequence[Format]) -> list[Claim]:
    """What each layout says of a section, surest first."""
    return claimed(formats, section, sketch(section))


def _read(section: SourceSection, formats: Sequence[Format], year: int | None) -> Region | None:
    claim = next(iter(claims(section, formats)), None)
    if claim is None:
        return None
    chosen = next(f for f in formats if f.name == claim.name)
    try:
        pieces = chosen.read(section)
    except Exception as error:
        raise PluginError("the layout {plugin} failed while reading: {cause}", plugin=chosen.name, cause=repr(error)) from error
    told = without_index(pieces if isinstance(pieces, Pieces) else Pieces.of(pieces))
    return Region(section, Claim(claim.name, claim.confidence, claim.reasons, section.number), chosen, told, year)
