"""Sections of a document: where each heading stands, told from navigation, tables of contents and prose that names headings.

Headings may be renumbered, unnumbered, glued to a paragraph, inside a table, or lost; a table is then found by its own labels.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence

import attrs
from attrs import frozen

from govreport.forms import FormSpec
from govreport.labels import NUMERALS, ratio, skeleton
from govreport.source import Grid, GridCell, Source, SourceSection
from govreport.unboxing import unbox

__all__ = ["PREAMBLE", "Heading", "Outline", "outline"]

PREAMBLE = "前言"
_SUB = re.compile(r"\s*[（(【\[]")
_NUMBERED = re.compile(r"[一二三四五六⼀⼆⼗]\s*[、.．,，:：]")
"""A heading within a line is told by its number; prose without one need not be looked at further."""
_LONG = 40
"""A line longer than this is not a heading by itself; a heading may stand in it."""
_ALIKE = 0.75
"""Likeness at which a numbered line is taken for a title with a typo: one character in four may differ."""
_SUREST = 4
"""`Heading.sure` of an official title under its own number."""
_TITLE = 3
"""`Heading.sure` of an official title, and what a heading with something behind it gains."""
_SAME_PAGE = 80
"""Characters that must follow a heading before the next one: a table of contents and a sentence of headings have fewer."""


@frozen
class Heading:
    """A place that reads like a heading of section `number`.

    `sure` is 4 for number and title, 3 for the title, 2 within a line, 1 for a short form.
    """

    number: str
    line: int
    column: int
    end: int
    sure: int
    text: str
    numeral: str | None = None


@frozen
class Outline:
    """The sections in document order, the preamble first if there is one."""

    source: Source
    sections: tuple[SourceSection, ...]
    headings: tuple[Heading, ...]

    def section(self, number: str) -> SourceSection | None:
        """The section of that numeral."""
        return next((s for s in self.sections if s.number == number), None)


@frozen
class _Titles:
    """Section titles of all forms as skeletons."""

    exact: dict[str, tuple[str, int]]
    inner: re.Pattern[str]
    by_number: dict[str, tuple[str, ...]]


@functools.lru_cache(maxsize=8)
def _titles(sections: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]) -> _Titles:
    exact: dict[str, tuple[str, int]] = {}
    inner, by_number = [], {}
    for number, heading, aliases, weak in sections:
        strong = tuple(dict.fromkeys(skeleton(x) for x in (heading, *aliases)))
        by_number[number] = strong
        for title in strong:
            exact[title] = (number, _TITLE)
            for numeral in NUMERALS:
                sure = _SUREST if numeral == number else _TITLE
                exact[numeral + title] = exact[f"第{numeral}部分{title}"] = (number, sure)
            inner.append(f"{number}{title}")
        for title in map(skeleton, weak):
            exact.setdefault(number + title, (number, _TITLE))
            exact.setdefault(title, (number, 1))
    pattern = re.compile("|".join(sorted(inner, key=len, reverse=True)))
    return _Titles(exact, pattern, by_number)


def outline(source: Source, forms: Sequence[FormSpec]) -> Outline:
    """Find the headings, choose one for each section, and cut the source there."""
    known = dict.fromkeys(s for form in forms for s in form.sections)
    titles = _titles(tuple(known))
    source = _open_grids(unbox(source), titles)
    found = list(_headings(source, titles))
    chosen = _choose(source, found)
    return Outline(source, tuple(_cut(source, chosen)), tuple(chosen))


def _headings(source: Source, titles: _Titles) -> Iterator[Heading]:
    for index, line in enumerate(source.lines):
        if len(line) < 4:  # noqa: PLR2004 - no title is shorter
            continue
        if len(line) > _LONG * 2 and not _NUMBERED.search(line):
            continue
        plain = skeleton(line)
        if len(line) <= _LONG * 2:
            hit = titles.exact.get(plain)
            if hit is not None:
                yield _heading(index, line, plain, *hit)
                continue
            if 4 <= len(plain) <= _LONG and plain[0] in NUMERALS and not _SUB.match(line):  # noqa: PLR2004 - as above
                likely = _likely(plain, titles)
                if likely:
                    yield Heading(likely, index, 0, len(line), 2, line.strip(), plain[0])
                    continue
        if len(plain) > 6:  # noqa: PLR2004 - number and shortest title
            yield from _inner(index, line, plain, titles)


def _heading(index: int, line: str, plain: str, number: str, sure: int) -> Heading:
    if _SUB.match(line):
        sure = min(sure, 1)
    return Heading(number, index, 0, len(line), sure, line.strip(), plain[0] if plain[0] in NUMERALS else None)


def _likely(plain: str, titles: _Titles) -> str | None:
    """A numbered line whose title is much like an official one: a typo, a word more or less."""
    bare = plain.lstrip(NUMERALS)
    letters = set(bare)
    alike = (t for t in titles.by_number.get(plain[0], ()) if len(letters & set(t)) >= _ALIKE * len(set(t)))
    return plain[0] if any(ratio(bare, title) >= _ALIKE for title in alike) else None


def _inner(index: int, line: str, plain: str, titles: _Titles) -> Iterator[Heading]:
    for match in titles.inner.finditer(plain):
        start, end = _raw_span(line, match.start(), match.end())
        before = line[:start].rstrip()[-1:]
        after_number = line[start + 1 : start + 3].strip()[:1]
        if (before and before in "（(第") or after_number in "）)":
            continue
        yield Heading(match[0][0], index, start, end, 2, line[start:end].strip(), match[0][0])


def _raw_span(line: str, start: int, end: int) -> tuple[int, int]:
    """The part of a line that a part of its skeleton comes from."""
    lengths = list(itertools.accumulate(len(skeleton(c)) for c in line))
    return bisect.bisect_left(lengths, start + 1), bisect.bisect_left(lengths, end) + 1


def _choose(source: Source, found: list[Heading]) -> list[Heading]:
    """One heading for each section: the surest that has something behind it, the first among equals."""
    lengths = [0, *itertools.accumulate(len(line) + 1 for line in source.lines)]
    offsets = [lengths[h.line] + h.column for h in found]
    weights = [0] * (len(source.lines) + 1)
    for grid in source.grids:
        weights[grid.at] += _SAME_PAGE
    filled = [0, *itertools.accumulate(weights)]
    best: dict[str, tuple[int, Heading]] = {}
    for at, heading in enumerate(found):
        stop = offsets[at + 1] if at + 1 < len(found) else lengths[-1]
        last = found[at + 1].line if at + 1 < len(found) else len(source.lines)
        room = (
            stop
            - offsets[at]
            - (heading.end - heading.column)
            + filled[last + 1 if last < len(source.lines) else last]
            - filled[heading.line + 1]
        )
        quality = heading.sure + (_TITLE if room >= _SAME_PAGE else 0)
        if heading.number not in best or quality > best[heading.number][0]:
            best[heading.number] = (quality, heading)
    return sorted((h for _, h in best.values()), key=lambda h: (h.line, h.column))


def _cut(source: Source, headings: list[Heading]) -> Iterator[SourceSection]:
    first = headings[0] if headings else None
    if first is None or first.line or first.column:
        yield _section(
            source, PREAMBLE if headings else "", None, (0, 0), (first.line, first.column) if first else (len(source.lines), 0)
        )
    for heading, following in itertools.zip_longest(headings, headings[1:]):
        stop = (following.line, following.column) if following else (len(source.lines), 0)
        yield _section(source, heading.number, heading.text, (heading.line, heading.end), stop)


def _section(source: Source, number: str, heading: str | None, start: tuple[int, int], stop: tuple[int, int]) -> SourceSection:
    line, column = start
    if line < len(source.lines) and column >= len(source.lines[line].rstrip()) and (heading or column):
        line, column = line + 1, 0
    lines = list(source.lines[line : stop[0] + (stop[1] > 0)])
    if stop[1] and lines:
        lines[-1] = source.lines[stop[0]][: stop[1]]
    if lines and column:
        lines[0] = lines[0][column:]
    last = stop[0] if stop[0] < len(source.lines) else len(source.lines) + 1
    grids = tuple(
        attrs.evolve(g, at=min(max(g.at - line, 0), len(lines)))
        for g in source.grids
        if _inside(g, start, line, last, heading is None)
    )
    return SourceSection(
        number=number, heading=heading, lines=tuple(lines), grids=grids, offset=line, indent=column, source=source
    )


def _inside(grid: Grid, start: tuple[int, int], line: int, last: int, preamble: bool) -> bool:  # noqa: FBT001 - a private predicate
    after = grid.at >= 0 if preamble else grid.at > start[0]
    return after and grid.at <= last and (grid.at >= line or grid.at > start[0])


def _open_grids(source: Source, titles: _Titles) -> Source:
    """Cut grids at rows that hold a heading, so that three tables in one become three, each under its own."""
    if not any(_heading_rows(g, titles) for g in source.grids):
        return source
    lines, places, grids = list[str](), [], list[Grid]()
    done = 0
    for grid in source.grids:
        lines += source.lines[done : grid.at]
        places += [source.place(i) for i in range(done, grid.at)]
        done = grid.at
        rows = _heading_rows(grid, titles)
        for part, row in itertools.zip_longest(_parts(grid, sorted(rows)), sorted(rows)):
            if part.cells:
                grids.append(attrs.evolve(part, at=len(lines)))
            if row is not None:
                lines.append(rows[row].text)
                places.append(grid.place(rows[row]))
    lines += source.lines[done:]
    places += [source.place(i) for i in range(done, len(source.lines))]
    return attrs.evolve(source, lines=tuple(lines), places=tuple(places), grids=tuple(grids))


def _heading_rows(grid: Grid, titles: _Titles) -> dict[int, GridCell]:
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            by_row.setdefault(cell.row, []).append(cell)
    return {row: cells[0] for row, cells in by_row.items() if len(cells) == 1 and _is_heading(cells[0].text, titles)}


def _is_heading(text: str, titles: _Titles) -> bool:
    hit = titles.exact.get(skeleton(text))
    return hit is not None and hit[1] >= _TITLE and not _SUB.match(text) and len(text) <= _LONG


def _parts(grid: Grid, rows: list[int]) -> Iterator[Grid]:
    edges = [-1, *rows, 1 << 30]
    for above, below in itertools.pairwise(edges):
        yield attrs.evolve(grid, cells=tuple(c for c in grid.cells if above < c.row < below))
