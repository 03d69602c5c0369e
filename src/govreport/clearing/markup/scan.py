"""A text with tables in some markup language → where each stands, and its cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from govreport.clearing.markup.dialects import Dialect

__all__ = ["Block", "Given", "blocks"]

_FEWEST = 4
"""Cells of the smallest table."""
_TIMES = re.compile(r"\s*(\d{1,3})\*")


@frozen
class Given:
    """A cell as it is written: at which character it begins, what it says, and what it covers: 0 if it is covered."""

    at: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    last: bool = False
    """Whether a line feed follows."""


@frozen
class Block:
    """A table from one character to another, its rows, and how many columns it has where that alone tells them."""

    start: int
    stop: int
    rows: list[list[Given]]
    columns: int
    shown: bool


def blocks(text: str, dialect: Dialect) -> Iterator[Block]:
    """The tables of a text; of tables within each other the inner ones."""
    masked = dialect.mask(text)
    begins = [*dialect.begin.finditer(masked), None]
    stopped = 0
    for begin, following in itertools.pairwise(begins):
        if begin is None or begin.start() < stopped:
            continue
        within = following.end() if dialect.nested and following else len(masked)
        end = dialect.end.search(masked, begin.end(), within)
        if end is None and not dialect.nested:
            return
        if end is None:
            continue
        rows = _rows(masked, begin.end(), end.start(), dialect)
        if sum(map(len, rows)) >= _FEWEST:
            stopped = end.end()
            yield Block(begin.start(), stopped, rows, _columns(begin[0], rows, dialect), dialect.shown)


def _columns(begin: str, rows: list[list[Given]], dialect: Dialect) -> int:
    """How many columns there are, where nothing else parts rows: as it is said, else those of the first line."""
    if dialect.columns is None:
        return 0
    found = dialect.columns.search(begin)
    if found is None:
        return sum(given.colspan for given in itertools.takewhile(lambda given: not given.last, rows[0])) + 1
    if found["n"]:
        return int(found["n"])
    listed = found["list"].split(",")
    return sum(map(_repeated, filter(str.strip, listed))) or len(listed)


def _repeated(column: str) -> int:
    """For how many columns this description stands."""
    times = _TIMES.match(column)
    return int(times[1]) if times else 1


def _rows(text: str, start: int, stop: int, dialect: Dialect) -> list[list[Given]]:
    rows: list[list[Given]] = [[]]
    at, mark, open_ = start, "", dialect.mark.groupindex.keys() >= {"both"} and "row" not in dialect.mark.groupindex
    for found in [*dialect.mark.finditer(text, start, stop), None]:
        end = found.start() if found else stop
        if open_:
            rows[-1].append(_cell(at, mark, text[at:end], dialect))
        if found is None:
            break
        if found.lastgroup in ("row", "both"):
            rows.append([])
        at, mark, open_ = found.end(), found[0], found.lastgroup != "row"
    rows = [row for row in rows if len(row) > 1 or any(given.text for given in row)]
    return list(_covering(rows)) if dialect.beside else rows


def _covering(rows: Sequence[Sequence[Given]]) -> Iterator[list[Given]]:
    """The cells without the places that others cover."""
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        for column, given in enumerate(cells):
            over = (row - 1, column) if not given.rowspan else (row, column - 1) if not given.colspan else None
            corners[row, column] = corners.get(over or (row, column), (row, column))
    lasts = {corner: place for place, corner in corners.items()}
    for row, cells in enumerate(rows):
        ends = [(given, lasts.get((row, column)), column) for column, given in enumerate(cells)]
        yield [evolve(given, rowspan=end[0] - row + 1, colspan=end[1] - at + 1) for given, end, at in ends if end]


def _cell(at: int, mark: str, raw: str, dialect: Dialect) -> Given:
    covered = dialect.beside.fullmatch(mark) if dialect.beside else None
    if covered:
        return Given(at, "", *((0, 1) if covered["up"] else (1, 0)))
    spans = (_span(dialect.down, mark, raw), _span(dialect.across, mark, raw))
    closed = dialect.close.search(raw) if dialect.close else None
    text = dialect.clean(raw[: closed.start()] if closed else raw)
    return Given(at + len(raw) - len(raw.lstrip()), text, *spans, last=raw.endswith("\n"))


def _span(pattern: re.Pattern[str], mark: str, raw: str) -> int:
    found = pattern.search(mark) or pattern.search(raw)
    return int(found[found.lastindex or 0]) if found else 1
