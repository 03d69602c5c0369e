"""Sections of a document: where each heading stands, told from navigation, tables of contents and prose that names headings.

Headings may be renumbered, unnumbered, glued to a paragraph, inside a table, or lost; a table is then found by its own labels.
"""

from __future__ import annotations

import collections
import itertools
import re
import sys
from collections.abc import Iterator, Sequence

import attrs
from attrs import frozen

from govreport.clearing import cleared
from govreport.forms import FormSpec
from govreport.headings import BEGUN, GUESSED, LONGEST, SHORT, TITLE, WITHIN, Titles, titles_of
from govreport.labels import NUMERALS
from govreport.source import PICTURE, Grid, GridCell, Source, SourceSection

__all__ = ["PREAMBLE", "Heading", "Outline", "outline"]

PREAMBLE = "前言"
_SAME_PAGE = 80
"""Characters that must follow a heading before the next one: a table of contents and a sentence of headings have fewer."""
_SHORTEST = 4
"""No line with a heading is shorter."""
_LABELS = 4
"""Lines one below the other that begin with the same title, from which on it is their label."""
_REPORTED = 3
"""Sections with something in them, by more of which a report is known: its three tables."""
_ITEM = re.compile(r"(?:^|\s)\d{0,2}(?P<mark>[.)、．]|-{1,2}|[*•·●■◆])$")
_MARKS = frozenset(".)、．-*•·●■◆")
"""What makes a heading an item of a list, on its line or the one above."""
_ITEMS = 4
"""Headings with such a mark that make a list: before some of them no table stands, whose last cell it may be."""
_NEXT_LINE = 3
"""A heading broken over two lines goes on within so many lines."""


@frozen
class Heading:
    """A place that reads like a heading of section `number`, from `column` of `line` to `end` of the line `last`.

    `sure` is 4 for number and title, 3 for the title, 2 within a line, 1 for a short form, 0 for a number alone.
    """

    number: str
    line: int
    column: int
    last: int
    end: int
    sure: int
    text: str


@frozen
class Outline:
    """The sections in document order, the preamble first if there is one."""

    source: Source
    sections: tuple[SourceSection, ...]
    headings: tuple[Heading, ...]
    repeated: bool = False
    """Whether a section's title stands there twice with something behind it: of another report, perhaps."""

    def section(self, number: str) -> SourceSection | None:
        """The section of that numeral."""
        return next((s for s in self.sections if s.number == number), None)


def outline(source: Source, forms: Sequence[FormSpec]) -> Outline:
    """Find the headings, choose one for each section, and cut the source there."""
    titles = titles_of(tuple(forms))
    source = _open_grids(cleared(source), titles)
    found, stop = _first_report(source, _without_labels(list(_headings(source.lines, titles)), source.lines))
    chosen = _choose(source, [h for h in found if h.sure > GUESSED])
    guessed = [h for h in found if h.sure == GUESSED]
    if guessed:
        chosen = _with_guesses(chosen, guessed, forms)
    cuts = _with_marks(chosen, source.lines)
    return Outline(source, tuple(_cut(source, cuts, stop)), tuple(chosen), _repeats(source, found))


def _headings(lines: Sequence[str], titles: Titles) -> Iterator[Heading]:
    marks = titles.marks
    for index, found in [(i, m) for i, line in enumerate(lines) if len(line) >= _SHORTEST and (m := marks(line))]:
        for number, column, end, sure in found:
            if sure != BEGUN:
                yield Heading(number, index, column, index, end, sure, lines[index][column:end].strip())
            elif whole := _broken(lines, index, titles):
                yield whole
                break


def _without_labels(found: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """The headings, but for a title that begins line after line: there it is a label, and its section begins with the first."""
    if max(collections.Counter(h.number for h in found).values(), default=0) < _LABELS:
        return found  # as in nearly every document
    said = {line: next((at for at, char in enumerate(lines[line]) if char.isalnum()), 0) for line in {h.line for h in found}}
    begins = [h for h in found if h.sure >= WITHIN and h.column <= said[h.line]]
    lots = itertools.groupby(enumerate(begins), key=lambda item: (item[1].number, item[1].line - item[0]))
    labels = [lot for _, each in lots if len(lot := [heading for _, heading in each]) >= _LABELS]
    within = {heading.line for lot in labels for heading in lot}
    begun = [attrs.evolve(lot[0], column=0, end=0) for lot in labels]
    return sorted([*begun, *(h for h in found if h.line not in within)], key=_position) if labels else found


def _first_report(source: Source, found: list[Heading]) -> tuple[list[Heading], tuple[int, int]]:
    """The headings up to where another report begins, and where that is: most sections again, from the first one on."""
    sure = [h for h in found if h.sure >= TITLE]
    starts = [i for i, h in enumerate(sure) if h.number == NUMERALS[0]]
    if len(starts) > 1:
        rooms = [h.number if _roomy(source, h, after) else "" for h, after in itertools.zip_longest(sure, sure[1:])]
        for start in starts[1:]:
            if len({*rooms[:start]} & {*rooms[start:]} - {""}) > _REPORTED:
                return [h for h in found if _position(h) < _position(sure[start])], _position(sure[start])
    return found, (len(source.lines), 0)


def _repeats(source: Source, found: list[Heading]) -> bool:
    sure = [h for h in found if h.sure >= TITLE]
    if len({h.number for h in sure}) == len(sure):
        return False  # as in most documents
    roomy = [h.number for h, following in itertools.zip_longest(sure, sure[1:]) if _roomy(source, h, following)]
    return len(set(roomy)) < len(roomy)


def _broken(lines: Sequence[str], index: int, titles: Titles) -> Heading | None:
    """A heading that goes on in the next line that is not empty."""
    last = next((i for i in range(index + 1, min(index + _NEXT_LINE, len(lines))) if lines[i].strip()), None)
    mark = next(iter(titles.marks(lines[index] + lines[last])), None) if last else None
    if last is None or mark is None or mark.sure < TITLE:
        return None
    return Heading(mark.number, index, 0, last, len(lines[last]), mark.sure, f"{lines[index].strip()}{lines[last].strip()}")


def _choose(source: Source, found: list[Heading]) -> list[Heading]:
    """One heading for each section: the surest that has something behind it.

    Of equals it is the first, for a report may be there twice. Where none has anything behind it, it is the last title,
    numbered or not, for a table of contents comes first.
    """
    best: dict[str, tuple[int, Heading]] = {}
    for heading, following in itertools.zip_longest(found, found[1:]):
        roomy = _roomy(source, heading, following)
        quality = heading.sure + TITLE if roomy else min(heading.sure, TITLE)
        held = best.get(heading.number)
        if held is None or quality > held[0] or (quality == held[0] and not roomy):
            best[heading.number] = (quality, heading)
    return _in_order(sorted((h for _, h in best.values()), key=_position))


def _in_order(chosen: list[Heading]) -> list[Heading]:
    """Without short forms out of order: the prose of section 一 has headings of its own that are called like the others."""
    sure = [h for h in chosen if h.sure > SHORT]
    return [h for h in chosen if h.sure > SHORT or all(_follow(h, s) for s in sure)]


def _follow(one: Heading, other: Heading) -> bool:
    """Whether two headings stand in the order of their numbers."""
    return (NUMERALS.index(one.number) < NUMERALS.index(other.number)) == (_position(one) < _position(other))


def _position(heading: Heading) -> tuple[int, int]:
    return heading.line, heading.column


def _roomy(source: Source, heading: Heading, following: Heading | None) -> bool:
    """Whether what stands between a heading and the next is as much as a section has at least; a table is enough."""
    lines = source.lines
    stop, column = (following.line, following.column) if following else (len(lines), 0)
    if any(heading.line < grid.at <= stop for grid in source.grids) or stop - heading.last > _SAME_PAGE:
        return True
    if stop == heading.last:
        return column - heading.end >= _SAME_PAGE
    between = sum(map(len, lines[heading.last : stop])) + stop - heading.last
    return between - heading.end + column >= _SAME_PAGE


def _with_guesses(chosen: list[Heading], guessed: list[Heading], forms: Sequence[FormSpec]) -> list[Heading]:
    """Sections of prose whose heading was reworded: a numbered line between the headings of the numbers before and after."""
    placed = {heading.number: heading for heading in chosen}
    numbers = list(dict.fromkeys(number for form in forms for number, *_ in form.sections))
    tabular = {table.section for form in forms for table in form.tables}
    for before, number, after in zip(["", *numbers], numbers, [*numbers[1:], ""], strict=False):
        if number in placed or number in tabular or not {before, after} - {""} <= placed.keys():
            continue
        start = placed[before].line if before else -1
        stop = placed[after].line if after else sys.maxsize
        between = [h for h in guessed if h.number == number and start < h.line < stop]
        if between:
            placed[number] = between[-1 if before else 0]
    return sorted(placed.values(), key=_position)


def _with_marks(headings: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """The headings from where the marks begin that make them items of one list, if they are: they are of no section."""
    marked = [(heading, _mark(heading, lines)) for heading in headings]
    kinds = collections.Counter(mark[0] for _, mark in marked if mark is not None)
    kind, times = kinds.most_common(1)[0] if kinds else ("", 0)
    if times < _ITEMS:
        return headings
    return [attrs.evolve(h, line=mark[1], column=mark[2]) if mark and mark[0] == kind else h for h, mark in marked]


def _mark(heading: Heading, lines: Sequence[str]) -> tuple[str, int, int] | None:
    """The mark before a heading, and the line and the character at which it begins."""
    line = heading.line
    if not heading.column:
        line = next((at for at in range(line - 1, max(line - _NEXT_LINE, -1), -1) if lines[at].strip()), line)
    text = (lines[line][: heading.column] if line == heading.line else lines[line]).rstrip(" \t")
    found = _ITEM.search(text) if text[-1:] in _MARKS else None
    if found is None or (line != heading.line and found.start()):
        return None
    return found["mark"], line, found.start()


def _cut(source: Source, headings: list[Heading], end: tuple[int, int]) -> Iterator[SourceSection]:
    first = headings[0] if headings else None
    if first is None or first.line or first.column:
        stop = _position(first) if first else end
        yield _section(source, PREAMBLE if headings else "", None, (0, 0), stop)
    for heading, following in itertools.zip_longest(headings, headings[1:]):
        stop = _position(following) if following else end
        yield _section(source, heading.number, heading.text, (heading.last, heading.end), stop)


def _section(source: Source, number: str, heading: str | None, start: tuple[int, int], stop: tuple[int, int]) -> SourceSection:
    line, column = start
    if line < len(source.lines) and (heading or column) and not source.lines[line][column:].strip():
        line, column = line + 1, 0
    lines = source.lines[line : stop[0]]
    if stop[1]:
        lines = (*lines, source.lines[stop[0]][: stop[1]])
    if lines and column:
        lines = (lines[0][column:], *lines[1:])
    grids = _grids(source, start, line, stop[0], len(lines), preamble=heading is None) if source.grids else ()
    pictures = lines.count(PICTURE)
    if pictures:
        lines = tuple("" if text == PICTURE else text for text in lines)
    return SourceSection(
        number=number,
        heading=heading,
        lines=lines,
        grids=grids,
        offset=line,
        indent=column,
        pictures=pictures,
        source=source,
    )


def _grids(source: Source, start: tuple[int, int], line: int, stop: int, size: int, *, preamble: bool) -> tuple[Grid, ...]:
    last = stop if stop < len(source.lines) else len(source.lines) + 1
    inside = (g for g in source.grids if _inside(g, start, line, last, preamble))
    return tuple(attrs.evolve(g, at=min(max(g.at - line, 0), size)) for g in inside)


def _inside(grid: Grid, start: tuple[int, int], line: int, last: int, preamble: bool) -> bool:  # noqa: FBT001 - a private predicate
    after = grid.at >= 0 if preamble else grid.at > start[0]
    return after and grid.at <= last and (grid.at >= line or grid.at > start[0])


def _open_grids(source: Source, titles: Titles) -> Source:
    """Cut grids at rows that hold a heading, so that three tables in one become three, each under its own."""
    cuts = [_cuts(grid, titles) for grid in source.grids]
    if not any(cuts):
        return source
    lines, places, grids = list[str](), [], list[Grid]()
    done = 0
    for grid, rows in zip(source.grids, cuts, strict=True):
        lines += source.lines[done : grid.at]
        places += [source.place(i) for i in range(done, grid.at)]
        done = grid.at
        for part, cut in itertools.zip_longest(_parts(grid, rows), rows):
            if part.cells:
                grids.append(attrs.evolve(part, at=len(lines)))
            if cut is not None:
                lines.append(cut.heading.text)
                places.append(grid.place(cut.heading))
    lines += source.lines[done:]
    places += [source.place(i) for i in range(done, len(source.lines))]
    return attrs.evolve(source, lines=tuple(lines), places=tuple(places), grids=tuple(grids))


@frozen
class _Cut:
    """A heading in a grid, and whether its row is one of the table under it: one that has it as a label, as those below."""

    heading: GridCell
    label: bool = False


def _cuts(grid: Grid, titles: Titles) -> list[_Cut]:
    texts, rows = grid.cells.texts, grid.cells.rows
    is_title = titles.is_title
    named = [index for index, text in enumerate(texts) if _SHORTEST <= len(text) <= LONGEST and is_title(text)]
    filled = collections.Counter(row for row, text in zip(rows, texts, strict=True) if text.strip()) if named else {}
    alone = {rows[index]: _Cut(grid.cells[index]) for index in named if filled[rows[index]] == 1}
    begun = {rows[index]: _Cut(grid.cells[index], label=True) for index in _labels(texts, rows, named)}
    return [cut for _, cut in sorted((begun | alone).items())]


def _labels(texts: Sequence[str], rows: Sequence[int], named: Sequence[int]) -> Iterator[int]:
    """The first of titles that come again row after row."""
    for _, run in itertools.groupby(enumerate(named), key=lambda item: (texts[item[1]], rows[item[1]] - item[0])):
        lot = [index for _, index in run]
        if len(lot) >= _LABELS:
            yield lot[0]


def _parts(grid: Grid, cuts: Sequence[_Cut]) -> Iterator[Grid]:
    starts = [0, *(cut.heading.row + (not cut.label) for cut in cuts)]
    stops = [*(cut.heading.row for cut in cuts), 1 << 30]
    for start, stop in zip(starts, stops, strict=True):
        yield attrs.evolve(grid, cells=tuple(c for c in grid.cells if start <= c.row < stop))
