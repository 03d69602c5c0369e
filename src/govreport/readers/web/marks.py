"""What a browser would show of a page, as one text with marks where lines, tables, rows and cells begin and end.

A stylesheet does the walk, in C: three hundred cells cost a tenth of a millisecond. The marks are noncharacters of Unicode,
which no text may hold; a page that holds them all the same loses them.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from govreport.readers.web.markup import Element

__all__ = [
    "BREAK",
    "CELL",
    "CELL_END",
    "END",
    "FEED",
    "GROUP",
    "ROW",
    "ROW_END",
    "SPAN",
    "TABLE",
    "TABLE_END",
    "VERBATIM",
    "Marked",
    "mark",
]

BREAK, END = "\ufdd0", "\ufdd1"
"""A line ends, and the next one begins with an element that has a source line; a line ends, and no more."""
TABLE, TABLE_END, GROUP, ROW, ROW_END, CELL, CELL_END = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6", "\ufdd7", "\ufdd8"
"""A group is begun and ended by the same mark."""
SPAN = "\ufdd9"
"""After `CELL`, three of these around its attributes rowspan and colspan, if it has one of them."""
FEED = "\ufdda"
"""A line feed of preformatted text: a line ends, and the next one begins a line further down in the source."""
VERBATIM = {"\ufddb": " ", "\ufddc": "\t"}
"""White space of preformatted text, kept from collapsing."""

_BLOCKS = """
address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
h5 h6 head header hgroup html legend li main menu nav ol optgroup option p search section select summary ul br hr
"""
_PRE = "listing plaintext pre xmp"
# Besides what no browser shows: `rt` and `rp` are the pinyin over a character, `xml` an island of Word's own settings.
_UNSEEN = """
audio canvas colgroup embed iframe math noembed noframes noscript object rp rt script style svg template textarea video xml
"""
# `row` and `cell` are what TEI calls them, which text extractors write as well.
_SHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:strip-space elements="table tbody thead tfoot tr row"/>
  <xsl:template match="{{blocks}}">{BREAK}<xsl:apply-templates/>{END}</xsl:template>
  <xsl:template match="table">{TABLE}<xsl:apply-templates/>{TABLE_END}</xsl:template>
  <xsl:template match="tbody|thead|tfoot">{GROUP}<xsl:apply-templates/>{GROUP}</xsl:template>
  <xsl:template match="tr|row">{ROW}<xsl:apply-templates/>{ROW_END}</xsl:template>
  <xsl:template match="td|th|cell">{CELL}<xsl:apply-templates/>{CELL_END}</xsl:template>
  <xsl:template match="td[@rowspan|@colspan]|th[@rowspan|@colspan]" priority="1">
    <xsl:value-of select="concat('{CELL}{SPAN}', @rowspan, '{SPAN}', @colspan, '{SPAN}')"/><xsl:apply-templates/>
    <xsl:text>{CELL_END}</xsl:text>
  </xsl:template>
  <xsl:template match="title"/>
  <xsl:template match="{{pre}}">{BREAK}<xsl:apply-templates mode="pre"/>{END}</xsl:template>
  <xsl:template match="{{blocks}}" mode="pre">{BREAK}<xsl:apply-templates mode="pre"/>{END}</xsl:template>
  <xsl:template match="table" mode="pre"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="text()" mode="pre">
    <xsl:value-of select="translate(., ' &#9;&#10;&#13;', '{"".join(VERBATIM)}{FEED}')"/>
  </xsl:template>
</xsl:stylesheet>
"""


@frozen
class Marked:
    """The text, and the source line of each `BREAK`, `TABLE` and `CELL` in it, in their order."""

    text: str
    lines: list[int]


def mark(root: Element, above: int = 0) -> Marked:
    """Everything that the element shows; what it does not show is taken out of it. `above` are the lines before its first."""
    from lxml import etree  # noqa: PLC0415 - the library is optional

    lines: list[int] = []
    for top in (root, *root.itersiblings()):  # of a broken page: what follows its end
        etree.strip_elements(top, *_UNSEEN.split(), with_tail=False)
        lines += [above + element.sourceline for element in top.iter(*_numbered())]
    return Marked(str(_stylesheet()(root)), lines)


@functools.cache
def _numbered() -> tuple[str, ...]:
    return (*_BLOCKS.split(), *_PRE.split(), "table", "td", "th", "cell")


@functools.cache
def _stylesheet() -> Any:  # noqa: ANN401 - lxml publishes no types
    from lxml import etree  # noqa: PLC0415 - the library is optional

    sheet = _SHEET.format(blocks="|".join(_BLOCKS.split()), pre="|".join(_PRE.split()))
    return etree.XSLT(etree.fromstring(sheet), access_control=etree.XSLTAccessControl.DENY_ALL)
