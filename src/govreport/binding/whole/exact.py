"""The cheap path: a table in which every label of one form stands in its place with just as many values behind it.

What a form's table looks like as a run of characters is one regular expression, made from the form; it matches the whole of a
section or nothing at all. What it does not match (a label too many, a value too few, numbers in a label, a broken header)
goes the long way, through alignment. In a grid some cells may be empty: there each row must have its label, as many cells as
the form has columns, and no more.
"""

from __future__ import annotations

import bisect
import collections
import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from govreport.binding.cells import printed_cell
from govreport.binding.doubting.beneath import UnderHeader, are_beneath
from govreport.binding.doubting.sound import is_sound
from govreport.binding.doubting.together import number_in, together
from govreport.binding.labels.leading import adds_up, read_rows
from govreport.binding.sums.empties import are_blanks
from govreport.binding.sums.sliding import rows_add_up, slid
from govreport.binding.vocabulary import TableWords
from govreport.binding.whole.expected import Expected, RowKind, expected_tables
from govreport.binding.whole.header import decides, header_of
from govreport.binding.whole.run import EMPTY, MARKS, ODD, ROW_END, VALUE, Run, ended, run_of
from govreport.forms import Relation, TableSpec
from govreport.labels import NUMERALS
from govreport.model import Cell, Role
from govreport.pieces import Pieces
from govreport.values import read_value

__all__ = ["Exact", "match_table"]

_TWO_EMPTY: Final = [EMPTY, EMPTY]
_CELLS: Final = frozenset({VALUE, EMPTY})


@frozen(eq=False)
class Exact:
    """A table that was matched: its form, and for each of its cells the piece that it is read from."""

    words: TableWords
    expected: Expected
    pieces: Pieces
    values: tuple[int, ...]
    texts: list[str]
    """What each of them says."""
    rows: tuple[tuple[int, int], ...]
    """Where the rows of each block begin and end in the run of the pieces."""
    found: float = 1.0
    """The share of the table's rows that were found: all of them."""

    @property
    def form(self) -> str:
        """The name of the form."""
        return self.expected.form

    def cells(self) -> tuple[Cell, ...]:
        """The cells, in the order of the form."""
        specs, pieces = self.expected.spec.cells, tuple(self.pieces)
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
    full = (_full(words, e, run, pieces, default) for e in expected_tables(words) if e.count == count)
    found = next(filter(None, full), None)
    if found is not None and _stands_otherwise(found, run, grid=grid):
        return None
    if not grid or EMPTY not in run.text:
        return found
    if found is not None:
        return None if _adds_a_cell(found.values, run.tokens, pieces.rows) else found
    parted = ended(run, pieces.rows)
    partly = (_partly(words, e, parted, pieces, default) for e in expected_tables(words) if e.count > count)
    found = next(filter(None, partly), None)
    return None if found is None or _stands_otherwise(found, run, grid=True) else found


def _stands_otherwise(found: Exact, run: Run, *, grid: bool) -> bool:
    """Whether columns may stand in another order than the form's, or beside others, or a row a cell off: by header and sums."""
    expected, pieces, first = found.expected, found.pieces, found.values[0]
    top = pieces.lines[0] or 0
    lines = tuple([None if line is None else line - top for line in pieces.lines[:first]])
    header = header_of(found.words, expected.blocks[0], tuple(run.tokens[:first]), tuple(pieces.rows[:first]), lines, grid=grid)
    if header.reordered or (grid and any((pieces[at].column or 0) > (pieces[first].column or 0) for at in header.foreign)):
        return True
    numbers = _numbers(found.texts)
    if rows_add_up(expected.sums, numbers):
        return False
    if any(slid(expected.sums, numbers)):
        return True
    if header.leading is None:
        return False
    rows = read_rows(expected.spec.cells, expected.by_row(found.values), pieces.texts)
    return adds_up(rows, found.words.relations[found.form], header.leading) is True


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


def _full(words: TableWords, expected: Expected, run: Run, pieces: Pieces, default: str | None) -> Exact | None:
    """A table without empty cells."""
    match = expected.pattern.fullmatch(run.text)
    if match is None or not _headed(expected, match, default):
        return None
    values = tuple([i for i, token in enumerate(run.tokens) if token == VALUE])
    texts = [pieces.texts[i] for i in values]
    if not is_sound(expected.spec, expected.by_row(values), pieces, texts) or not _even(expected, values, run, pieces):
        return None
    return Exact(words, expected, pieces, values, texts, tuple(_spans(expected, match)))


def _partly(words: TableWords, expected: Expected, run: Run, pieces: Pieces, default: str | None) -> Exact | None:
    """A table of a grid with empty cells, which are proven to be blanks."""
    match = expected.rowwise.fullmatch(run.text)
    if match is None or not _headed(expected, match, default):
        return None
    spans = list(_spans(expected, match))
    values = tuple(_last_cells(expected.spec, spans, run.tokens))
    texts = ["" if run.tokens[i].startswith(EMPTY) else pieces.texts[i] for i in values]
    if not is_sound(expected.spec, expected.by_row(values), pieces, texts):
        return None
    decided = are_blanks(expected.spec, words.relations[expected.form], texts)
    if not decided and not are_beneath(list(_beneath_headers(expected, spans, values, run, pieces))):
        return None
    if not decided and _holds_two(expected.spec, words.relations[expected.form], texts):
        return None
    rows = tuple((start - run.text.count(ROW_END, 0, start), stop - run.text.count(ROW_END, 0, stop)) for start, stop in spans)
    return Exact(words, expected, pieces, values, texts, rows)


def _holds_two(spec: TableSpec, relations: Sequence[Relation], texts: Sequence[str]) -> bool:
    """Whether two numbers may stand in one cell, beside an empty one."""
    numbers = iter(zip((cell.key for cell in spec.cells), map(number_in, texts), strict=True))
    blocks = ([dict(itertools.islice(numbers, len(block.columns))) for _ in block.rows] for block in spec.blocks)
    return any(any(together(rows, relations)) for rows in blocks)


def _beneath_headers(
    expected: Expected, spans: Sequence[tuple[int, int]], values: tuple[int, ...], run: Run, pieces: Pieces
) -> Iterator[UnderHeader]:
    """The blocks with their headers, which begin where the rows of the block before them end."""
    starts = [*itertools.accumulate(map(len, run.tokens), initial=0)]
    bounds = [bisect.bisect_left(starts, at) for span in spans for at in span]
    rows = iter(expected.by_row(values))
    for block, first, last in zip(expected.blocks, [0, *bounds[1::2]], bounds[::2], strict=False):
        cells = [[pieces[at] for at in row] for row in itertools.islice(rows, len(block.spec.rows))]
        yield UnderHeader(pieces[first:last], block.labels, cells)


def _headed(expected: Expected, match: re.Match[str], default: str | None) -> bool:
    return all(decides(b, match[f"header{n}"].replace(ROW_END, ""), default) for n, b in enumerate(expected.blocks))


def _spans(expected: Expected, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    return (match.span(f"rows{n}") for n in range(len(expected.blocks)))


def _last_cells(spec: TableSpec, spans: Sequence[tuple[int, int]], tokens: Sequence[str]) -> Iterator[int]:
    """The indices of the last cells of each row, as many as its block has columns."""
    starts = itertools.accumulate(map(len, tokens), initial=0)
    last = [(at, start) for at, (start, token) in enumerate(zip(starts, tokens, strict=False)) if token.endswith(ROW_END)]
    for block, (start, stop) in zip(spec.blocks, spans, strict=True):
        for at, begun in last:
            if start <= begun < stop:
                yield from range(at - len(block.columns) + 1, at + 1)


def _even(expected: Expected, values: tuple[int, ...], run: Run, pieces: Pieces) -> bool:
    """Whether no row has empty cells that others of its kind, or all, have not; rows of the layout tell the former."""
    if EMPTY not in run.text:
        return True
    tokens = run.tokens
    begun = sum(tokens[values[row.start] - 1] == EMPTY for row in expected.rows)
    if begun == 1 < len(expected.rows):
        return False
    if pieces.rows[values[0]] is not None:
        return True
    seen: dict[RowKind, set[tuple[bool, bool]]] = collections.defaultdict(set)
    for kind, row in zip(expected.kinds, expected.rows, strict=True):
        first, last = values[row.start], values[row.stop - 1]
        seen[kind].add((tokens[last + 1 : last + 3] == _TWO_EMPTY, tokens[first - 1] == EMPTY))
    return all(len(shapes) == 1 for shapes in seen.values())
