"""Web pages, and the many files that are web pages under another name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govreport.model import Claim, Place
from govreport.readers import markup, sniff
from govreport.source import Grid, Limits, Source

__all__ = ["HtmlReader", "markup_share", "read_page"]

_HEAD = 4096
_SAMPLE = 262_144  # bytes that a claim is counted in
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{,200}>\s*|<!--.{,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_TABLES = re.compile(rb"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_BLOCKS = re.compile(
    rb"</?(?:html|body|div|p|h[1-6]|li|ul|ol|span|br|td|tr|table|center|font|section|article)\b", re.IGNORECASE
)
_LEADING_TAG = re.compile(rb"^[ \t]*<[a-z!?/]", re.IGNORECASE | re.MULTILINE)
_FEW_TAGS = 2  # one may be named in prose
_LINES = re.compile(rb"[^\s][^\r\n]*")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BINARY = frozenset({"zip", "ole", "pdf", "rtf", "png", "jpeg", "gif", "tiff", "rar", "7z", "gzip", "parquet", "sqlite"})

# What content systems call the page's own title, date and source, the surest first.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("articletitle", "og:title", "dc.title", "doctitle", "twitter:title"),
    "published": (
        "pubdate",
        "publishdate",
        "publishtime",
        "publish_time",
        "article:published_time",
        "og:release_date",
        "dc.date",
        "dc.date.issued",
        "firstpublishedtime",
        "createdate",
    ),
    "publisher": ("contentsource", "source", "articlesource", "docsource", "dc.source", "dc.publisher", "publisher"),
}


class HtmlReader:
    """HTML and XHTML, whole pages or fragments, recognised by their tags."""

    name = "html"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - content decides, not the name
        """1.0 for a page that begins as one; else the share of its lines that are markup, outside tables."""
        if sniff.kind(data) in _BINARY:
            return None
        if b"\x00" in data[:_HEAD]:
            data = sniff.decode(data).text.encode("utf-8", "replace")
        if _BEGINNING.match(data, 0, _SAMPLE):
            return Claim(self.name, 1.0, ("begins with a document type, html, head or body",))
        share, tags = markup_share(data)
        if share < _SHARE:
            return None
        return Claim(self.name, min(0.95, share), (f"{tags} tags of blocks or tables; {share:.0%} of the lines are markup",))

    def read(self, data: bytes, limits: Limits) -> Source:
        """The page as lines and grids, with the metadata that it gives itself."""
        return read_page(data, limits)


_SHARE = 0.5


def markup_share(data: bytes) -> tuple[float, int]:
    """How much of the text outside tables is HTML, and how many tags there are; Markdown may hold tables and some tags."""
    data = data[:_SAMPLE]
    tags = len(_BLOCKS.findall(data))
    if tags < _FEW_TAGS or b"</" not in data or not _LEADING_TAG.search(data):
        return 0.0, tags
    rest = _TABLES.sub(b"", data)
    lines = len(_LINES.findall(rest))
    return (1.0 if lines == 0 else min(1.0, len(_BLOCKS.findall(rest)) / lines)), tags


def read_page(data: bytes, limits: Limits, charset: str | None = None) -> Source:
    """A page of which a container around it may know the charset."""
    page, encoding = _as_utf8(data, charset)
    root = markup.parse(page, limits)
    source = _from_flow(markup.walk(root, limits))
    metadata = {} if root is None else _metadata(root)
    return Source(
        lines=source.lines, grids=source.grids, places=source.places, container="html", encoding=encoding, metadata=metadata
    )


def _as_utf8(data: bytes, charset: str | None) -> tuple[bytes, str]:
    """Most pages are UTF-8 already and are passed on as they are."""
    declared = _CHARSET.search(data[:_HEAD])
    decoded = sniff.decode(data, charset or (declared.group(1).decode("ascii", "replace") if declared else None))
    if decoded.encoding == "utf-8" and not decoded.broken:
        return data, decoded.encoding
    return decoded.text.encode("utf-8", "replace"), decoded.encoding


def _from_flow(flow: markup.Flow) -> Source:
    """A walked page as a `Source`."""
    grids = (Grid(cells, at, number) for number, (at, cells) in enumerate(flow.grids, 1))
    return Source(lines=tuple(flow.lines), grids=tuple(grids), places=tuple(Place(line=n) for n in flow.numbers))


def _metadata(root: markup.Element) -> dict[str, str]:
    given: dict[str, str] = {}
    for element in root.iter("meta", "title"):
        if element.tag == "title":
            given.setdefault("<title>", " ".join((element.text or "").split()))
            continue
        key, value = element.get("name") or element.get("property"), element.get("content")
        if key and value and value.strip():
            given.setdefault(key.strip().lower(), value.strip())
    found = {field: next((given[key] for key in keys if key in given), "") for field, keys in _META.items()}
    found["page_title"] = given.get("<title>", "")
    return {field: value for field, value in found.items() if value}
