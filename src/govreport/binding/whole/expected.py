"""What the table of a form looks like as a run of characters: one regular expression, made from the form."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import frozen

from govreport.binding.sums.sliding import RowSums, row_sums
from govreport.binding.vocabulary import BlockWords, RowClass, TableWords, row_class, variants
from govreport.binding.whole.run import CONTINUES, EMPTY, NUMBERED, ODD, ROW_END, VALUE
from govreport.forms import Block, TableSpec
from govreport.labels import NUMERALS

__all__ = ["Expected", "ExpectedBlock", "RowKind", "expected_tables"]

_TEXT: Final = f"[^{VALUE}{ODD}]*"
"""Text before, between and after the rows."""


@frozen(eq=False)
class ExpectedBlock:
    """A block as it is expected: its words, its form, and what its header must say."""

    words: BlockWords
    spec: Block
    form: str
    labels: tuple[tuple[str, ...], ...]
    captions: tuple[str, ...]
    items: tuple[str, ...]


RowKind: TypeAlias = tuple[int, RowClass, RowClass | None]
"""How many columns the row of a table has, its class and that of the next one."""


@frozen(eq=False)
class Expected:
    """What the table of one form looks like: how many values, and groups `header0`, `rows0`, `header1`… , a pair a block."""

    count: int
    form: str
    spec: TableSpec
    pattern: re.Pattern[str]
    blocks: tuple[ExpectedBlock, ...]
    rows: tuple[slice, ...]
    """Which of the values are those of each row."""
    kinds: tuple[RowKind, ...]
    """What each row has in common with some others, which have empty cells where it has."""
    sums: RowSums

    @functools.cached_property
    def rowwise(self) -> re.Pattern[str]:
        """The pattern with a mark behind each row, and cells that may be empty: made for the first grid with any."""
        return _pattern(self.spec, rowwise=True)

    def by_row(self, values: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The values of each row."""
        return [values[row] for row in self.rows]


@functools.lru_cache(maxsize=64)
def expected_tables(words: TableWords) -> tuple[Expected, ...]:
    """The table as each of its forms has it."""
    return tuple(
        Expected(
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


def _blocks(words: TableWords, form: str, spec: TableSpec) -> Iterator[ExpectedBlock]:
    for block in spec.blocks:
        own = next(b for b in words.blocks if b.forms.get(form) is block)
        items = variants([block.item, *block.aliases]) if block.item else ()
        yield ExpectedBlock(own, block, form, own.headers[form], words.captions, items)


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


def _kinds(spec: TableSpec) -> Iterator[RowKind]:
    for block in spec.blocks:
        for number in range(len(block.rows)):
            following = row_class(block, number + 1) if number + 1 < len(block.rows) else None
            yield len(block.columns), row_class(block, number), following


def _rows(spec: TableSpec) -> Iterator[slice]:
    """Which of the values are those of each row."""
    counts = [len(block.columns) for block in spec.blocks for _ in block.rows]
    return (slice(stop - count, stop) for count, stop in zip(counts, itertools.accumulate(counts), strict=True))
