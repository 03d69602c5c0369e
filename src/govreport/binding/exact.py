"""The cheap path: a table in which every label of one form stands in its place with just as many values behind it.

What a form's table looks like as a run of characters is one regular expression, made from the form; it matches the whole of a
section or nothing at all. What it does not match (a label too many, a value too few, numbers in a label, a broken header)
goes the long way, through alignment. In a grid some cells may be empty: there each row must have its label, as many cells as
the form has columns, and no more.
"""

from __future__ import annotations

import bisect
import collections
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from attrs import frozen

from govreport.binding.cells import printed_cell
from govreport.binding.doubting.beneath import UnderHeader, are_beneath
from govreport.binding.doubting.sound import is_sound
from govreport.binding.doubting.together import number_in, together
from govreport.binding.labels.headers import choose, column_order, header_score, is_disordered, is_one_row_disordered
from govreport.binding.labels.leading import adds_up, leading_order, parted_order, read_rows, stands_first
from govreport.binding.labels.standing import foreign, lines_of
from govreport.binding.run import CONTINUES, EMPTY, MARKS, NUMBERED, ODD, ROW_END, VALUE, Run, ended, run_of
from govreport.binding.sums.empties import are_blanks
from govreport.binding.sums.sliding import RowSums, row_sums, rows_add_up, slid
from govreport.binding.vocabulary import BlockWords, RowClass, TableWords, row_class, variants
from govreport.forms import Block, Relation, TableSpec
from govreport.labels import NUMERALS
from govreport.model import Cell, Role
from govreport.pieces import Pieces
from govreport.values import read_value

__all__ = ["Exact", "match_table"]

_TEXT: Final = f"[^{VALUE}{ODD}]*"
"""Text before, between and after the rows."""
_TWO_EMPTY: Final = [EMPTY, EMPTY]
_CELLS: Final = frozenset({VALUE, EMPTY})


@frozen(eq=False)
class _Block:
    """A block as it is expected: its words, its form, and what its header must say."""

    words: BlockWords
    spec: Block
    form: str
    labels: tuple[tuple[str, ...], ...]
    captions: tuple[str, ...]
    items: tuple[str, ...]


_Lines: TypeAlias = tuple[int | None, ...]
_RowKind: TypeAlias = tuple[int, RowClass, RowClass | None]
"""How many columns the row of a table has, its class and that of the next one."""


@frozen(eq=False)
class _Expected:
    """What the table of one form looks like: how many values, and groups `header0`, `rows0`, `header1`… , a pair a block."""

    count: int
    form: str
    spec: TableSpec
    pattern: re.Pattern[str]
    blocks: tuple[_Block, ...]
    rows: tuple[slice, ...]
    """Which of the values are those of each row."""
    kinds: tuple[_RowKind, ...]
    """What each row has in common with some others, which have empty cells where it has."""
    sums: RowSums

    @functools.cached_property
    def rowwise(self) -> re.Pattern[str]:
        """The pattern with a mark behind each row, and cells that may be empty: made for the first grid with any."""
        return _pattern(self.spec, rowwise=True)


@frozen(eq=False)
class Exact:
    """A table that was matched: its form, and for each of its cells the piece that it is read from."""

    words: TableWords
    form: str
    pieces: Pieces
    values: tuple[int, ...]
    texts: list[str]
    """What each of them says."""
    rows: tuple[tuple[int, int], ...]
    """Where the rows of each block begin and end in the run of the pieces."""
    found: float = 1.0
    """The share of the table's rows that were found: all of them."""

    def cells(self) -> tuple[Cell, ...]:
        """The cells, in the order of the form."""
        specs, pieces = self.words.forms[self.form].cells, tuple(self.pieces)
        return tuple(
            printed_cell(spec, self.form, pieces[at], read_value(pieces[at].text))
            for spec, at in zip(specs, self.values, strict=True)
        )

    def roles(self) -> Iterator[Role]:
        """What became of each piece."""
        tokens = run_of(self.pieces.texts).tokens
        values = {*self.values}
        for at, (end, token) in enumerate(zip(itertools.accumulate(map(len, tokens)), tokens, strict=True)):
            if at in values:
                yield Role.VALUE
            else:
                yield Role.LABEL if token.strip(MARKS) and self._labels(token, end) else Role.REMARK

    def _labels(self, token: str, end: int) -> bool:
        """Whether a text stands among the rows, is a label of the table, or holds the label of a block."""
        plain = token.strip(MARKS)
        return (
            any(start < end and end - len(token) < stop for start, stop in self.rows)
            or plain.lstrip(NUMERALS) in self.words.known
            or any(label in plain for n in self.words.items for label in self.words.anchors[n].variants)
        )


def match_table(words: TableWords, pieces: Pieces, default: str | None, *, grid: bool = False) -> Exact | None:
    """The table, if the pieces are one whole table of one form; `default` is the form where several are alike.

    In a `grid`, whose rows and cells are those of its container, cells may be empty.
    """
    if pieces.roles:
        return None  # some of the numbers are no values
    run = run_of(pieces.texts)
    if ODD in run.text:
        return None
    count = run.text.count(VALUE)
    full = (_full(words, e, run, pieces, default) for e in _expected(words) if e.count == count)
    found = next(filter(None, full), None)
    if found is not None and _stands_otherwise(found, run, grid=grid):
        return None
    if not grid or EMPTY not in run.text:
        return found
    if found is not None:
        return None if _adds_a_cell(found.values, run.tokens, pieces.rows) else found
    parted = ended(run, pieces.rows)
    partly = (_partly(words, e, parted, pieces, default) for e in _expected(words) if e.count > count)
    found = next(filter(None, partly), None)
    return None if found is None or _stands_otherwise(found, run, grid=True) else found


def _stands_otherwise(found: Exact, run: Run, *, grid: bool) -> bool:
    """Whether columns may stand in another order than the form's, or beside others, or a row a cell off: by header and sums."""
    expected, pieces, first = next(e for e in _expected(found.words) if e.form == found.form), found.pieces, found.values[0]
    top = pieces.lines[0] or 0
    lines = tuple([None if line is None else line - top for line in pieces.lines[:first]])
    header = _header(found.words, expected.blocks[0], tuple(run.tokens[:first]), tuple(pieces.rows[:first]), lines, grid=grid)
    if header.reordered or (grid and any((pieces[at].column or 0) > (pieces[first].column or 0) for at in header.foreign)):
        return True
    numbers = _numbers(found.texts)
    if rows_add_up(expected.sums, numbers):
        return False
    if any(slid(expected.sums, numbers)):
        return True
    if header.leading is None:
        return False
    rows = read_rows(expected.spec.cells, _rowwise(expected, found.values), pieces.texts)
    return adds_up(rows, found.words.relations[found.form], header.leading) is True


class _Header(NamedTuple):
    """What the header of a table that was matched says, and how."""

    reordered: bool
    """Whether its columns stand otherwise than in the form: see `is_disordered`, `parted_order` and `stands_first`."""
    foreign: list[int]
    """Those of its texts in rows of the layout that are no label of the table."""
    leading: tuple[int, ...] | None
    """See `leading_order`."""


@functools.lru_cache(maxsize=256)
def _header(words: TableWords, block: _Block, tokens: tuple[str, ...], rows: _Lines, lines: _Lines, *, grid: bool) -> _Header:
    """What the pieces of a header say, given their rows of the layout and their lines; it comes again in many: cached."""
    texts, columns, labels = [token.strip(MARKS) for token in tokens], block.spec.columns, block.labels
    text, said = "".join(texts), tuple(lines_of(texts, rows))
    reordered = is_disordered(said, columns, labels) or (grid and is_one_row_disordered(said, columns, labels))
    reordered = reordered or parted_order(text, columns, labels, range(len(labels))) is not None
    leading = leading_order(text, columns, labels, block.captions)
    first = leading is not None and stands_first(zip(texts, rows, lines, strict=False), labels)
    return _Header(reordered or first, list(foreign(words.known, texts, rows)), leading)


def _numbers(texts: Sequence[str]) -> Sequence[int | Decimal]:
    """What cells say, a blank as 0."""
    if all(texts) and "".join(texts).isdecimal():
        return [*map(int, texts)]
    return [0 if (reading := read_value(text)) is None else reading.value for text in texts]


def _adds_a_cell(values: Sequence[int], tokens: Sequence[str], rows: Sequence[int | None]) -> bool:
    """Whether one row of a grid has more cells behind its label than any other, an empty one among them: that was added."""
    behind = dict[int | None, str]()
    for row, token in zip(rows, tokens, strict=True):
        behind[row] = behind.get(row, "") + token if token in _CELLS else ""
    longest = max((behind[row] for row in {rows[at] for at in values}), key=len)
    alone = sum(len(cells) >= len(longest) for cells in behind.values()) == 1
    return alone and EMPTY in longest


def _full(words: TableWords, expected: _Expected, run: Run, pieces: Pieces, default: str | None) -> Exact | None:
    """A table without empty cells."""
    match = expected.pattern.fullmatch(run.text)
    if match is None or not _headed(expected, match, default):
        return None
    values = tuple([i for i, token in enumerate(run.tokens) if token == VALUE])
    texts = [pieces.texts[i] for i in values]
    if not is_sound(expected.spec, _rowwise(expected, values), pieces, texts) or not _even(expected, values, run, pieces):
        return None
    return Exact(words, expected.form, pieces, values, texts, tuple(_spans(expected, match)))


def _partly(words: TableWords, expected: _Expected, run: Run, pieces: Pieces, default: str | None) -> Exact | None:
    """A table of a grid with empty cells, which are proven to be blanks."""
    match = expected.rowwise.fullmatch(run.text)
    if match is None or not _headed(expected, match, default):
        return None
    spans = list(_spans(expected, match))
    values = tuple(_last_cells(expected.spec, spans, run.tokens))
    texts = ["" if run.tokens[i].startswith(EMPTY) else pieces.texts[i] for i in values]
    if not is_sound(expected.spec, _rowwise(expected, values), pieces, texts):
        return None
    decided = are_blanks(expected.spec, words.relations[expected.form], texts)
    if not decided and not are_beneath(list(_beneath_headers(expected, spans, values, run, pieces))):
        return None
    if not decided and _holds_two(expected.spec, words.relations[expected.form], texts):
        return None
    rows = tuple((start - run.text.count(ROW_END, 0, start), stop - run.text.count(ROW_END, 0, stop)) for start, stop in spans)
    return Exact(words, expected.form, pieces, values, texts, rows)


def _holds_two(spec: TableSpec, relations: Sequence[Relation], texts: Sequence[str]) -> bool:
    """Whether two numbers may stand in one cell, beside an empty one."""
    numbers = iter(zip((cell.key for cell in spec.cells), map(number_in, texts), strict=True))
    blocks = ([dict(itertools.islice(numbers, len(block.columns))) for _ in block.rows] for block in spec.blocks)
    return any(any(together(rows, relations)) for rows in blocks)


def _beneath_headers(
    expected: _Expected, spans: Sequence[tuple[int, int]], values: tuple[int, ...], run: Run, pieces: Pieces
) -> Iterator[UnderHeader]:
    """The blocks with their headers, which begin where the rows of the block before them end."""
    starts = [*itertools.accumulate(map(len, run.tokens), initial=0)]
    bounds = [bisect.bisect_left(starts, at) for span in spans for at in span]
    rows = iter(_rowwise(expected, values))
    for block, first, last in zip(expected.blocks, [0, *bounds[1::2]], bounds[::2], strict=False):
        cells = [[pieces[at] for at in row] for row in itertools.islice(rows, len(block.spec.rows))]
        yield UnderHeader(pieces[first:last], block.labels, cells)


def _rowwise(expected: _Expected, values: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The values of each row."""
    return [values[row] for row in expected.rows]


def _headed(expected: _Expected, match: re.Match[str], default: str | None) -> bool:
    return all(_decides(b, match[f"header{n}"].replace(ROW_END, ""), default) for n, b in enumerate(expected.blocks))


def _spans(expected: _Expected, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    return (match.span(f"rows{n}") for n in range(len(expected.blocks)))


def _last_cells(spec: TableSpec, spans: Sequence[tuple[int, int]], tokens: Sequence[str]) -> Iterator[int]:
    """The indices of the last cells of each row, as many as its block has columns."""
    starts = itertools.accumulate(map(len, tokens), initial=0)
    last = [(at, start) for at, (start, token) in enumerate(zip(starts, tokens, strict=False)) if token.endswith(ROW_END)]
    for block, (start, stop) in zip(spec.blocks, spans, strict=True):
        for at, begun in last:
            if start <= begun < stop:
                yield from range(at - len(block.columns) + 1, at + 1)


@functools.lru_cache(maxsize=64)
def _expected(words: TableWords) -> tuple[_Expected, ...]:
    return tuple(
        _Expected(
            count=_count(spec),
            form=form,
            spec=spec,
            pattern=_pattern(spec),
            blocks=tuple(_blocks(words, form, spec)),
            rows=tuple(_rows(spec)),
            kinds=tuple(_kinds(spec)),
            sums=row_sums([cell.key for cell in spec.cells], _rows(spec), words.relations[form]),
        )
        for form, spec in words.forms.items()
    )


def _count(spec: TableSpec) -> int:
    return sum(len(block.columns) * len(block.rows) for block in spec.blocks)


def _blocks(words: TableWords, form: str, spec: TableSpec) -> Iterator[_Block]:
    for block in spec.blocks:
        own = next(b for b in words.blocks if b.forms.get(form) is block)
        items = variants([block.item, *block.aliases]) if block.item else ()
        yield _Block(own, block, form, own.headers[form], words.captions, items)


def _pattern(spec: TableSpec, *, rowwise: bool = False) -> re.Pattern[str]:
    """Header and rows of each block, and text.

    What is matched is never given back: a table that does not fit is known as such in one pass.
    """
    skipped = f"[{EMPTY}{CONTINUES}{NUMERALS}]"
    between = rf"(?:{skipped}|{_any(variants(spec.captions))})*+"
    parts = []
    for n, block in enumerate(spec.blocks):
        values = rf"{EMPTY}*+(?:{VALUE}{EMPTY}*+){{{len(block.columns)}}}(?!{CONTINUES})"
        if rowwise:
            values = f"[{VALUE}{EMPTY}]{{{len(block.columns)}}}{ROW_END}"
        rows = [variants([row.label, *row.aliases]) for row in block.rows]
        # what may stand before a row is looked at once, and not again from each of its characters
        start = f"(?<={ROW_END})" if rowwise else f"(?<!{skipped if rows[0] else f'[{EMPTY}{NUMBERED}]'})"
        parts.append(
            rf"(?P<header{n}>{_TEXT}?){start}(?P<rows{n}>{''.join(_row(labels, between) + values for labels in rows)})"
        )
    return re.compile("".join(parts) + _TEXT)


def _row(labels: tuple[str, ...], between: str) -> str:
    """A row's label, as often as it was merged over cells; nothing for a row without one."""
    return f"(?:{between}{_any(labels)})++" if labels else ""


def _any(labels: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(labels)})"


@functools.lru_cache(maxsize=256)
def _decides(block: _Block, header: str, default: str | None) -> bool:
    """Whether the header prints every column of this form, in the form's order, and no other form's as well.

    A header is statutory text and comes again in many documents: cached.
    """
    for item in block.items:
        header = header.rpartition(item)[2]
    twins = {labels: block.labels.count(labels) for labels in block.labels}
    if any(n > 1 and not any(header.count(v) == n for v in labels) for labels, n in twins.items()):
        return False
    if header_score(header, block.labels) < len(block.labels):
        return False
    order = column_order(header, block.spec.columns, block.labels, block.captions)
    if order is None or [*order] != [*range(len(block.labels))]:
        return False
    return choose(block.words, dict.fromkeys((row.key for row in block.spec.rows), True), header, default) == block.form


def _even(expected: _Expected, values: tuple[int, ...], run: Run, pieces: Pieces) -> bool:
    """Whether no row has empty cells that others of its kind, or all, have not; rows of the layout tell the former."""
    if EMPTY not in run.text:
        return True
    tokens = run.tokens
    begun = sum(tokens[values[row.start] - 1] == EMPTY for row in expected.rows)
    if begun == 1 < len(expected.rows):
        return False
    if pieces.rows[values[0]] is not None:
        return True
    seen: dict[_RowKind, set[tuple[bool, bool]]] = collections.defaultdict(set)
    for kind, row in zip(expected.kinds, expected.rows, strict=True):
        first, last = values[row.start], values[row.stop - 1]
        seen[kind].add((tokens[last + 1 : last + 3] == _TWO_EMPTY, tokens[first - 1] == EMPTY))
    return all(len(shapes) == 1 for shapes in seen.values())


def _kinds(spec: TableSpec) -> Iterator[_RowKind]:
    for block in spec.blocks:
        for number in range(len(block.rows)):
            following = row_class(block, number + 1) if number + 1 < len(block.rows) else None
            yield len(block.columns), row_class(block, number), following


def _rows(spec: TableSpec) -> Iterator[slice]:
    """Which of the values are those of each row."""
    counts = [len(block.columns) for block in spec.blocks for _ in block.rows]
    return (slice(stop - count, stop) for count, stop in zip(counts, itertools.accumulate(counts), strict=True))
