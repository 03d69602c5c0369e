"""Electronic books (EPUB), as converters make them of a document: pages in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.flow import Flow
from govreport.readers.ooxml import Package, member_names
from govreport.readers.web.page import read_page
from govreport.source import Limits, Source

__all__ = ["BookReader"]

_CONTAINER = "META-INF/container.xml"


class BookReader:
    """Reads .epub; needs lxml (extra `html`)."""

    name = "epub"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for a zip with the part that says where a book begins."""
        if _CONTAINER not in member_names(data):
            return None
        return Claim(self.name, 1.0, (f"a zip with {_CONTAINER}",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """All of its pages, one behind the other."""
        book, flow = Package(data, limits, kind=self.name, extra="html"), Flow(limits)
        for name in _pages(book):
            flow.include(read_page(book.read(name), limits))
        return flow.source(self.name)


def _pages(book: Package) -> Iterator[str]:
    """The names of the pages in their order."""
    root = next((element.get("full-path", "") for element in book.xml(_CONTAINER).iter("{*}rootfile")), "")
    if root not in book.names:
        raise SourceError("the {container} file is damaged: it does not say which pages it has", container="epub")
    package = book.xml(root)
    parts = {item.get("id"): unquote(item.get("href", "")) for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        name = posixpath.normpath(posixpath.join(posixpath.dirname(root), parts.get(reference.get("idref"), "")))
        if name in book.names:
            yield name
