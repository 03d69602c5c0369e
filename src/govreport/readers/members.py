"""The one document among the files inside another: those of an archive, or what a mail carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.readers import surest
from govreport.source import Limits, Source

__all__ = ["NOTE", "Member", "Refusal", "read_only"]

NOTE = 1_000
"""Bytes; a text of fewer is a note about the files beside it, and no report."""
_LEAST = 0.1  # what is claimed with less is known, but no document
_NAMED = 5  # candidates that an error names
_TEXT = "text"


@frozen
class Member:
    """A file inside another, by its name there."""

    name: str
    data: bytes


@frozen
class Refusal:
    """What is said where no member is a document, or where several are, of which `count` and `names` tell."""

    none: str
    several: str


def read_only(members: Iterable[Member], readers: Sequence[Reader], limits: Limits, refusal: Refusal) -> Source:
    """The one member that is a document, by the reader that claims it most surely; SourceError where there is not one."""
    member, reader = _only([*_recognised(members, readers)], refusal)
    source = reader.read(member.data, limits)
    return evolve(source, metadata={**source.metadata, "member": member.name})


def _recognised(members: Iterable[Member], readers: Sequence[Reader]) -> Iterator[tuple[Member, Reader]]:
    for member in members:
        found = surest(readers, member.data, member.name)
        if found is not None and found[1].confidence >= _LEAST:
            yield member, found[0]


def _only(found: Sequence[tuple[Member, Reader]], refusal: Refusal) -> tuple[Member, Reader]:
    if len(found) > 1:
        found = [(m, reader) for m, reader in found if reader.name != _TEXT or len(m.data) >= NOTE] or found
    if not found:
        raise SourceError(refusal.none)
    if len(found) > 1:
        names = ", ".join(member.name for member, _ in found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
        raise SourceError(refusal.several, count=len(found), names=names)
    return found[0]
