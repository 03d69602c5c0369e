"""The markup of a page, parsed within bounds, as lines and grids."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from govreport.errors import MissingDependencyError, SourceError
from govreport.readers.web.arranged import as_tables
from govreport.readers.web.marks import mark
from govreport.readers.web.records import as_rows, is_xml
from govreport.readers.web.repeated import repeated
from govreport.readers.web.seen import marked_if_cut, reveal
from govreport.readers.web.setapart import set_apart
from govreport.readers.web.shown import Flow, show
from govreport.readers.web.within import open_texts, unfold
from govreport.source import Limits

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Element", "parse", "parse_bare", "walk"]

_TAGS_A_CELL = 5  # tags that a page may have for each cell that the limits allow
_TOO_MUCH = "the page is beyond what its parser takes: elements nested more than 256 deep, or one text of more than 10 MB"
_TOO_MUCH_IN = f"{_TOO_MUCH}, in line {{line}}"
_ATTRIBUTES = 1_000  # libxml2 appends attributes in quadratic time
_GUARD_FROM = 262_144  # bytes; below, even the worst tag costs seconds at most
_CROWDED_TAG = re.compile(
    rb"<[A-Za-z][^\s/>]*+(?:[\s/]*+[^\s/>=]=?[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+){%d}"
    % _ATTRIBUTES
)
_NO_TEXT_BEGINS = tuple(map(re.compile, (rb"\x00", rb"&#", rb"\xef\xb7")))
"""A search for each is many times faster than one for all."""
_NO_TEXT = re.compile(rb"\x00|\xef\xb7[\x90-\xaf]|&#(?:0*6497[6-9]|0*649[89]\d|0*6500[0-7]|[xX]0*[fF][dD][dDeE][\da-fA-F]);?")
"""What is no character of a text: NUL, and those of which marks are made."""


class Element(Protocol):
    """What the readers of pages use of an element of lxml, which publishes no types."""

    tag: str
    text: str | None
    sourceline: int

    def get(self, name: str) -> str | None:
        """The attribute, or None."""

    def itersiblings(self) -> Iterator[Element]:
        """Those that follow it."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """The element and all below it that have one of the tags."""


def parse(page: bytes, limits: Limits) -> Element | None:
    """The root element of a UTF-8 page, or None where there is none; SourceError where it exceeds what libxml2 may be given."""
    root = parse_bare(page, limits)
    if root is not None:
        parser = functools.partial(parse_bare, limits=limits)
        unfold(root, parser)
        if is_xml(page):
            open_texts(root, parser)
        reveal(page, root)
        set_apart(page, root)
        as_tables(page, root)
        if is_xml(page):
            as_rows(root)
        repeated(page, root)
    return root


def parse_bare(page: bytes, limits: Limits) -> etree._Element | None:
    """The same as it stands in the page."""
    try:
        from lxml import etree  # noqa: PLC0415 - the library is optional
    except ImportError as error:
        raise MissingDependencyError("HTML needs the package lxml: pip install 'govreport[html]'", extra="html") from error
    _guard(page, limits)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(marked_if_cut(_texts_only(page)), parser)
    except etree.LxmlError as error:
        raise SourceError(_TOO_MUCH) from error
    last = parser.error_log.last_error
    if last is not None and last.level == etree.ErrorLevels.FATAL:
        raise SourceError(_TOO_MUCH_IN, line=last.line)
    return root


def _texts_only(page: bytes) -> bytes:
    return _NO_TEXT.sub(b"", page) if any(begun.search(page) for begun in _NO_TEXT_BEGINS) else page


def _guard(page: bytes, limits: Limits) -> None:
    if len(page) > limits.bytes:
        raise SourceError("the page has {size:,} bytes, more than the limit of {most:,}", size=len(page), most=limits.bytes)
    if len(page) > _GUARD_FROM:
        if page.count(b"<") > limits.cells * _TAGS_A_CELL:
            raise SourceError("the page has more than {most:,} tags", most=limits.cells * _TAGS_A_CELL)
        if _CROWDED_TAG.search(page):
            raise SourceError("a tag of the page has more than {most:,} attributes", most=_ATTRIBUTES)


def walk(root: Element | None, limits: Limits, above: int = 0) -> Flow:
    """Everything that the element shows; `above` are the lines of the source before it."""
    if root is None:
        return Flow()
    if _deeper(limits.depth)(root):
        raise SourceError("the page nests elements more than {most:,} deep", most=limits.depth)
    return show(mark(root, above), limits)


@functools.lru_cache(maxsize=8)
def _deeper(depth: int) -> Callable[[Element], bool]:
    """Whether any element has so many around it."""
    from lxml import etree  # noqa: PLC0415 - the library is optional

    find: Callable[[Element], bool] = etree.XPath(f"boolean(/*{'/*' * depth})")
    return find
