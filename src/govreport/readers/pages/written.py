"""Pages of characters and drawn lines → a Source, whatever file they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govreport.errors import SourceError
from govreport.model import Place
from govreport.readers.bounds import scanned
from govreport.readers.flow import Flow
from govreport.readers.pages.flow import Block, PageContent, page_content
from govreport.readers.pages.join import joined, without_running_lines
from govreport.readers.pages.page import Page
from govreport.readers.pages.sheets import pages_of
from govreport.readers.pages.text import TextLine, join_paragraphs
from govreport.source import Limits, Source

__all__ = ["written"]

_UNMAPPED = 0.3
_UNKNOWN = re.compile("[\ue000-\uf8ff\N{REPLACEMENT CHARACTER}]")
"""No character, or one for private use, of which only the font knows what it shows."""


def written(pages: Iterable[Page], container: str, limits: Limits) -> Source:
    """Ruled tables as grids, also over page breaks, and the rest as lines; SourceError if there is no text.

    Pages are read one by one: of each only its blocks and what it says are kept.
    """
    flow, said, contents = Flow(limits), list[str](), list[PageContent]()
    for sheet in pages:
        said += "".join([word.text for word in sheet.words]).split()
        contents += [_counted(page_content(page), flow) for page in pages_of(sheet)]
    _check_text("".join(said), container)
    _write(joined(without_running_lines(contents)), flow)
    return flow.source(container)


def _counted(content: PageContent, flow: Flow) -> PageContent:
    for block in content.blocks:
        flow.count(len(block.table.cells) if block.table else 0)
    return content


def _check_text(text: str, container: str) -> None:
    if not text:
        raise scanned(container)
    if len(_UNKNOWN.findall(text)) > _UNMAPPED * len(text):
        msg = "the fonts of the {container} file do not tell which characters they show; run OCR over it first"
        raise SourceError(msg, container=container)


def _write(contents: list[PageContent], flow: Flow) -> None:
    """Blocks in order; running text is joined over page breaks too, up to the next table."""
    margins = {content.number: content.right for content in contents}
    pending: list[TextLine] = []
    for content in contents:
        for block in content.blocks:
            if block.line is not None:
                pending.append(block.line)
            else:
                _write_text(pending, margins, flow)
                pending = []
                _write_table(block, content.number, flow)
    _write_text(pending, margins, flow)


def _write_text(lines: list[TextLine], margins: dict[int, float], flow: Flow) -> None:
    for line in join_paragraphs(lines, margins):
        flow.line(line.text, Place(page=line.page))


def _write_table(block: Block, page: int, flow: Flow) -> None:
    if block.table is not None:
        flow.grid(block.table.grid_cells(), page=page)
