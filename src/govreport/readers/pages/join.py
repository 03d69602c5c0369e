"""What a page break did: running headers and page numbers between the text, tables, rows and cells cut in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from govreport.readers.pages.flow import Block, PageContent, TableBlock, TableCell
from govreport.readers.pages.text import TextLine, is_wrapped, join_cell, starts_paragraph

__all__ = ["joined", "without_running_lines"]

_MARGIN = 0.12  # the share of the page height at its top and bottom in which headers, footers and page numbers stand
_DASHED_NUMBER = re.compile(
    r"\s*(?:[—–\-－·~～]{1,2}\s*\d{1,4}\s*[—–\-－·~～]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s*/\s*\d{1,4})?\s*")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-+－＋]?[\d,.，．\s]+")
_EDGE = 4.0  # points: column edges of two pages closer than this are one
_SHARED = 0.5  # the share of column edges that the parts of one table have in common, at least


def without_running_lines(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages without page numbers, and without the headers and footers that several pages repeat at one height."""
    repeated = _repeated(pages)
    return [
        page.with_blocks(b for b in page.blocks if b.line is None or not _is_running(b.line, page, pages, repeated))
        for page in pages
    ]


def _in_margin(line: TextLine, page: PageContent) -> bool:
    """At the very top or bottom, and first or last of its page."""
    inside = _MARGIN * page.height < line.y < (1 - _MARGIN) * page.height
    return not inside and any(page.blocks[end].line is line or _beyond(line, page.blocks[end]) for end in (0, -1))


def _beyond(line: TextLine, block: Block) -> bool:
    return block.line is not None and abs(block.line.y - line.y) <= 3 * line.size


def _key(line: TextLine) -> tuple[int, str]:
    return round(line.y / 4), _DIGITS.sub("#", line.text)


def _repeated(pages: Sequence[PageContent]) -> set[tuple[int, str]]:
    counted = Counter(k for page in pages for k in {_key(b.line) for b in page.blocks if b.line and _in_margin(b.line, page)})
    return {key for key, count in counted.items() if count > 1 and count * 2 > len(pages)}


def _is_running(line: TextLine, page: PageContent, pages: Sequence[PageContent], repeated: set[tuple[int, str]]) -> bool:
    if not _in_margin(line, page):
        return False
    if _DASHED_NUMBER.fullmatch(line.text) or (len(pages) > 1 and _key(line) in repeated):
        return True
    bare = _BARE_NUMBER.fullmatch(line.text)
    return bare is not None and _counts_pages(int(bare[1]) - page.number, pages)


def _counts_pages(offset: int, pages: Sequence[PageContent]) -> bool:
    """Whether most pages carry a bare number in the margin that differs from the page's own by the same offset.

    One page alone decides only if the number is its own.
    """
    hits = 0
    for page in pages:
        numbers = (_BARE_NUMBER.fullmatch(b.line.text) for b in page.blocks if b.line and _in_margin(b.line, page))
        hits += any(n is not None and int(n[1]) - page.number == offset for n in numbers)
    return hits * 2 > len(pages) and (hits > 1 or offset == 0)


def joined(pages: Sequence[PageContent]) -> list[PageContent]:
    """Tables that a page break cut are put together again, on the page where they begin."""
    out: list[PageContent] = []
    last: TableBlock | None = None  # the table that ends the text so far, if a table does
    for page in pages:
        blocks = list(page.blocks)
        first = blocks[0].table if blocks else None
        if last is not None and first is not None and _same_columns(last, first):
            _append(last, first)
            del blocks[0]
        out.append(page.with_blocks(blocks))
        if blocks:
            last = blocks[-1].table
    return out


def _same_columns(upper: TableBlock, lower: TableBlock) -> bool:
    if abs(upper.xs[0] - lower.xs[0]) > _EDGE or abs(upper.xs[-1] - lower.xs[-1]) > _EDGE:
        return False
    if upper.open_bottom or lower.open_top:
        return True
    near = sum(1 for x in lower.xs if any(abs(x - other) <= _EDGE for other in upper.xs))
    some = min(len(lower.xs), len(upper.xs))
    return near >= _SHARED * max(len(lower.xs), len(upper.xs)) or near == some > 2  # noqa: PLR2004 - more than the two sides


def _append(upper: TableBlock, lower: TableBlock) -> None:
    """Add the rows of `lower` to `upper`, less a header that it repeats, and mend the row and the cells that were cut."""
    _drop_header(lower, _repeated_header(upper, lower))
    _share_columns(upper, lower)
    pairs = _pairs(upper, lower)
    split = _row_is_split(upper, lower, pairs)
    shift = upper.rows - (1 if split else 0)
    for cell in lower.cells:
        cell.row, cell.bottom = cell.row + shift, cell.bottom + shift
    going_on = pairs if split else [pair for pair in pairs if _continues(*pair, lower)]
    for above, below in going_on:
        _extend(upper, above, below)
    gone = {id(below) for _, below in going_on}
    upper.cells += [cell for cell in lower.cells if id(cell) not in gone]
    upper.rows = shift + lower.rows


def _repeated_header(upper: TableBlock, lower: TableBlock) -> int:
    """How many rows at the top of `lower` say, cell by cell, what the top rows of `upper` say."""
    rows = 0
    for row in range(min(upper.rows, lower.rows)):
        above, below = ([(c.text, c.bottom - c.row) for c in t.cells if c.row == row] for t in (upper, lower))
        if above != below or not any(text for text, _ in below):
            break
        rows = row + 1
    texts = [c.text.strip() for c in lower.cells if c.row < rows]
    whole = not any(c.row < rows < c.bottom for c in lower.cells)
    return rows if whole and any(text and not _NUMBER.fullmatch(text) for text in texts) else 0


def _drop_header(table: TableBlock, rows: int) -> None:
    table.cells = [c for c in table.cells if c.row >= rows]
    table.rows -= rows
    for cell in table.cells:
        cell.row, cell.bottom = cell.row - rows, cell.bottom - rows


def _share_columns(upper: TableBlock, lower: TableBlock) -> None:
    """Give both parts the column edges of both."""
    edges = sorted([*upper.xs, *(x for x in lower.xs if all(abs(x - other) > _EDGE for other in upper.xs))])
    for table in (upper, lower):
        places = [_nearest(edges, x) for x in table.xs]
        for cell in table.cells:
            cell.column, cell.right = places[cell.column], places[cell.right]
        table.xs = edges


def _nearest(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - x))


def _pairs(upper: TableBlock, lower: TableBlock) -> list[tuple[TableCell, TableCell]]:
    """The cells that end `upper` with those below them that begin `lower`, where both have the same columns; left to right."""
    ends = {(c.column, c.right): c for c in upper.cells if c.bottom == upper.rows}
    firsts = sorted((c for c in lower.cells if c.row == 0), key=lambda c: c.column)
    return [(above, below) for below in firsts if (above := ends.get((below.column, below.right))) is not None]


def _row_is_split(upper: TableBlock, lower: TableBlock, pairs: list[tuple[TableCell, TableCell]]) -> bool:
    """Whether the last row of `upper` and the first of `lower` are one row that the page break cut.

    Then some of its texts stand on one side only, and all others are proven to be wrapped rests of what stands above. Programs
    that draw borders at the break too leave this as the only evidence; others leave the row open, which is enough with either.
    """
    if len(pairs) < sum(1 for c in lower.cells if c.row == 0):
        return False
    leaves = [(above, below) for above, below in pairs if above.row == upper.rows - 1 and below.bottom == 1]
    if not leaves or starts_paragraph(leaves[0][1].text):
        return False
    partial = any(bool(above.text) != bool(below.text) for above, below in leaves)
    written = [(above, below) for above, below in leaves if below.text]
    proven = all(_wraps(upper, above, below) for above, below in written)
    if all(above.open_bottom and below.open_top for above, below in leaves):
        return partial or proven
    labelled = leaves[0][0].text and (not leaves[0][1].text or leaves[0] in written)
    return bool(partial and labelled and proven)


def _wraps(table: TableBlock, above: TableCell, below: TableCell) -> bool:
    if not above.lines:
        return True  # centred in its cell, the text came to stand in the lower part of it
    numbers = _NUMBER.fullmatch(below.text) is None or _NUMBER.fullmatch(above.text) is not None
    return numbers and is_wrapped(above.lines[-1], below.lines[0], table.room(above))


def _continues(above: TableCell, below: TableCell, table: TableBlock) -> bool:
    """Whether a cell goes on over the page break while its neighbours do not: a merged one, open or empty below.

    An empty cell is the rest of a merged one only to the left of a label; elsewhere it is simply empty.
    """
    if above.open_bottom and below.open_top:
        return True
    merged = max(above.bottom - above.row, below.bottom - max(below.row, 0)) > 1
    texts = [c.text for c in sorted(table.cells, key=lambda c: c.column) if c.row == below.row and c.column >= below.column]
    label = next(filter(None, texts), "")
    return merged and bool(above.text) and not below.text and bool(label) and _NUMBER.fullmatch(label) is None


def _extend(table: TableBlock, above: TableCell, below: TableCell) -> None:
    above.bottom = max(above.bottom, below.bottom)
    above.lines += below.lines
    above.text = join_cell(above.lines, table.room(above))
    above.open_bottom = below.open_bottom
