"""The hooks of govreport, and what the objects they return must look like.

A plugin package names a module in the entry-point group `govreport`; the module implements any of these hooks with
`@govreport.hookimpl`. The built-in readers, layouts, forms, rules and writers come through the same hooks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import pluggy

if TYPE_CHECKING:
    from govreport.checks.rules import Rule
    from govreport.formats.sketch import Sketch
    from govreport.forms import FormSpec
    from govreport.model import Claim, Piece, Report, Table
    from govreport.source import Limits, Source, SourceSection

hookspec = pluggy.HookspecMarker("govreport")
hookimpl = pluggy.HookimplMarker("govreport")


class Reader(Protocol):
    """Turns a container into a `Source`."""

    @property
    def name(self) -> str:
        """How it is called in claims, messages and settings; unique among its kind."""

    def claim(self, data: bytes, name: str | None) -> Claim | None:
        """How surely these bytes are of this kind; by content, the file's name is a hint at most."""

    def read(self, data: bytes, limits: Limits) -> Source:
        """Read it, or raise `SourceError`."""


class Format(Protocol):
    """A layout: how a table lies in the text. Knows geometry, nothing of meaning."""

    @property
    def name(self) -> str:
        """How it is called in claims, messages and settings; unique among its kind."""

    @property
    def carries(self) -> frozenset[str]:
        """What the layout preserves: any of `rows`, `columns`, `spans`, `blanks`."""

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """How surely this section is in this layout, computed from counts; None if not at all."""

    def read(self, section: SourceSection) -> Sequence[Piece]:
        """All that stands in the section, in reading order, with the geometry that the layout carries."""

    def render(self, table: Table) -> str:
        """The table in this layout."""


class Writer(Protocol):
    """Writes a report in some format."""

    @property
    def name(self) -> str:
        """How it is called in claims, messages and settings; unique among its kind."""

    @property
    def suffix(self) -> str:
        """The ending of its files, with the dot."""

    def write(self, report: Report) -> bytes:
        """The whole document."""


@hookspec
def govreport_readers() -> Iterable[Reader]:  # type: ignore[empty-body]  # a specification has no body
    """Called when an engine starts: the readers of containers that this plugin brings."""


@hookspec
def govreport_formats() -> Iterable[Format]:  # type: ignore[empty-body]  # as above
    """Called when an engine starts: the layouts that this plugin brings."""


@hookspec
def govreport_forms() -> Iterable[FormSpec]:  # type: ignore[empty-body]  # as above
    """Called when an engine starts: the statutory forms that this plugin brings."""


@hookspec
def govreport_checks() -> Iterable[Rule]:  # type: ignore[empty-body]  # as above
    """Called when an engine starts: the rules that this plugin brings."""


@hookspec
def govreport_writers() -> Iterable[Writer]:  # type: ignore[empty-body]  # as above
    """Called when an engine starts: the writers that this plugin brings."""
