"""Web pages, and the many files that are web pages under another name."""

from __future__ import annotations

from govreport.model import Claim
from govreport.readers import sniff
from govreport.readers.web.page import begins_as_page, markup_share, read_page
from govreport.readers.web.records import is_xml
from govreport.source import Limits, Source

__all__ = ["HtmlReader"]

_HEAD = 4096
_BINARY = frozenset({"zip", "ole", "pdf", "rtf", "png", "jpeg", "gif", "tiff", "rar", "7z", "gzip", "parquet", "sqlite"})
_SHARE = 0.5  # of the lines; with fewer it is a text that holds some tags
_PAGE = 0.99
"""Less than of any reader that makes more of a page than a browser shows: words with places, say."""


class HtmlReader:
    """HTML and XHTML, whole pages or fragments, recognised by their tags."""

    name = "html"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """For a page that begins as one next to all; else the share of its lines that are markup, outside tables."""
        if sniff.kind(data) in _BINARY:
            return None
        if b"\x00" in data[:_HEAD]:
            data = sniff.decode(data).text.encode("utf-8", "replace")
        if begins_as_page(data):
            return Claim(self.name, _PAGE, ("begins with a document type, html, head or body",))
        share, tags = markup_share(data)
        if share < _SHARE and is_xml(data):
            return Claim(self.name, _SHARE, ("an XML document",))
        if share < _SHARE:
            return None
        return Claim(self.name, min(0.95, share), (f"{tags} tags of blocks or tables; {share:.0%} of the lines are markup",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The page as lines and grids, with the metadata that it gives itself."""
        return read_page(data, limits)
