"""A page as a `Source`: its charset, what it says of itself, and how much of a text is markup at all.

Shared by the readers of containers that hold HTML.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from govreport.model import Place
from govreport.readers import sniff
from govreport.readers.web import markup
from govreport.readers.web.scripted import article
from govreport.source import Limits, Source

__all__ = ["SAMPLE", "as_utf8", "begins_as_page", "is_ruled", "markup_share", "read_page"]

SAMPLE = 262_144
"""Bytes that are looked at to tell what a file is."""

_HEAD = 4096
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?>(?:<\?xml[^>]{,200}>|<!--.{,2000}?-->)\s*+)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TABLES = re.compile(rb"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_BLOCKS = re.compile(
    rb"</?(?:html|body|div|p|h[1-6]|li|ul|ol|span|br|td|tr|table|row|cell|center|font|section|article|main|doc|tei)\b",
    re.IGNORECASE,
)
_LEADING_TAG = re.compile(rb"^[ \t]*<[a-z!?/]", re.IGNORECASE | re.MULTILINE)
_FEW_TAGS = 2  # one may be named in prose
_RULE = re.compile(rb"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*\r?$", re.MULTILINE)
"""Under the header of a Markdown table: there lines are lines, however many tags stand around them."""
_LINES = re.compile(rb"[^\s][^\r\n]*")

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


def begins_as_page(data: bytes) -> bool:
    """Whether the first thing is a document type, html, head or body: then it is a page, whatever else it looks like."""
    return _BEGINNING.match(data, 0, SAMPLE) is not None


def is_ruled(data: bytes) -> bool:
    """Whether the text holds a Markdown table."""
    return b"--" in data and _RULE.search(data, 0, SAMPLE) is not None


def markup_share(data: bytes) -> tuple[float, int]:
    """How much of the text outside tables is HTML, and how many tags there are; Markdown may hold tables and some tags."""
    return _share(data[:SAMPLE])


@functools.lru_cache(maxsize=2)
def _share(data: bytes) -> tuple[float, int]:
    """The same of the sample: several readers ask for it."""
    tags = len(_BLOCKS.findall(data))
    if tags < _FEW_TAGS or b"</" not in data or not _LEADING_TAG.search(data) or is_ruled(data):
        return 0.0, tags
    closed = data.lower().rfind(b"</table")  # a search behind the last would run to the end from every tag
    rest = _TABLES.sub(b"", data[: closed + 10]) + data[closed + 10 :]
    lines = len(_LINES.findall(rest))
    return (1.0 if lines == 0 else min(1.0, len(_BLOCKS.findall(rest)) / lines)), tags


def read_page(data: bytes, limits: Limits, charset: str | None = None) -> Source:
    """A page of which a container around it may know the charset."""
    page, encoding = as_utf8(data, charset)
    root = markup.parse(page, limits)
    flow = markup.walk(root, limits)
    if not flow.grids and b"<script" in page and (hidden := article(page, sum(map(len, flow.lines)))) is not None:
        flow = markup.walk(markup.parse(hidden[0], limits), limits, hidden[1])
    return Source(
        lines=tuple(flow.lines),
        grids=tuple(flow.grids),
        places=tuple(map(Place, flow.numbers)),
        container="html",
        encoding=encoding,
        metadata={} if root is None else _metadata(root),
    )


def as_utf8(data: bytes, charset: str | None = None) -> tuple[bytes, str]:
    """Most pages are UTF-8 already and are passed on as they are."""
    declared = _CHARSET.search(data[:_HEAD])
    decoded = sniff.decode(data, charset or (declared.group(1).decode("ascii", "replace") if declared else None))
    if decoded.encoding == "utf-8" and not decoded.broken:
        return data, decoded.encoding
    return decoded.text.encode("utf-8", "replace"), decoded.encoding


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
