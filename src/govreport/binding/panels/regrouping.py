"""Rows whose values do not stand behind their labels: tables that were read column by column, or whose labels were displaced.

Many PDF tools write a table in panels: the labels of some rows, then the values of these rows, column after column, or row
after row. A panel is told by counts alone, as many values as its rows have cells and none left over; how it is to be read
is told by the headers that stand over its columns, or by the relations of the form, or by nothing: then it is not read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import evolve

from govreport.binding import scoring
from govreport.binding.panels.filling import fill
from govreport.binding.panels.readings import Choice, alike, by_columns, by_rows, weigh
from govreport.binding.panels.sheet import Line, Panel, Sheet, solid
from govreport.binding.rows.found import Found
from govreport.binding.stream import Slot

__all__ = ["regroup"]

_MORE = ("表中数值多于单元格，行标签与数值分离", "the table has more values than cells, and labels stand apart from them")
SHIFTED = ("行标签与数值错位", "its label and the values got out of step")
_PASSES = 2
"""What one panel reads may confirm another: each is looked at again when all have been."""


def regroup(sheet: Sheet) -> list[tuple[int, Found]]:
    """Each line, by its index, that a panel gave its values, with these in the order of its cells."""
    if _in_rows(sheet):
        return []
    split = dict(_split(sheet))
    if all(line.plain or line.found is None for line in sheet.lines):
        return list(split.items())
    plain = [line for line in sheet.lines if line.plain]
    orderly = len(plain) >= scoring.FULL_ROWS and 2 * len(plain) >= len(sheet.lines)
    known = {key: s for line in plain if orderly for key, s in zip(line.cells, line.own, strict=True)}
    control = weigh(known, sheet.relations, {})
    given: dict[int, Found] = {}
    panels = list(_gaps(sheet) if orderly else _balanced(sheet))
    more = len(solid(sheet.slots)) > sum(len(line.cells) for line in sheet.lines)
    for _ in range(_PASSES):
        for panel in panels:
            mine = {key for line in panel.lines for key in line.cells}
            others = {key: slot for key, slot in known.items() if key not in mine}
            chosen = by_rows(sheet, panel, others, control) if orderly else by_columns(sheet, panel, others)
            if chosen is not None and chosen.weak is None and more:
                chosen = evolve(chosen, weak=_MORE, proven=False)
            rows = {} if chosen is None else dict(_given(sheet, panel, chosen))
            given = {at: row for at, row in given.items() if sheet.lines[at] not in panel.lines} | rows
            known = others if chosen is None else others | chosen.reading
    return list((split | dict(_shifted(sheet)) | given).items())


def _split(sheet: Sheet) -> Iterator[tuple[int, Found]]:
    """Plain rows whose values labels keep apart: each under its own header, or else doubted where they do not add up."""
    for at, line in enumerate(sheet.lines):
        if line.found and line.plain and line.own[0].position != line.own[-1].position:
            reading, whole = fill(sheet, Panel([line], line.own))
            if whole:
                yield at, evolve(line.found, slots=[reading[key] for key in line.cells], by_header=True)
            elif weigh(dict(zip(line.cells, line.own, strict=True)), sheet.relations, {}).fails:
                yield at, evolve(line.found, weak=SHIFTED)


def _shifted(sheet: Sheet) -> Iterator[tuple[int, Found]]:
    """Plain rows that may have their neighbour's values: labels and values got out of step before them, and in step after them.

    Out of step by whole rows, or by any number in the rows on both sides.
    """
    steps = list(_steps(sheet))
    for at, (line, before) in enumerate(steps):
        after = [balance for _, balance in steps[at + 1 :]]
        alone = 0 < at < len(steps) - 1 and not steps[at - 1][0].plain and not steps[at + 1][0].plain and 0 in after[1:2]
        if line.plain and line.found and before and (alone or _whole_rows(len(line.cells), before, after)):
            yield sheet.lines.index(line), evolve(line.found, weak=SHIFTED)


def _whole_rows(size: int, before: int, after: Sequence[int]) -> bool:
    """Whether labels and values are whole rows out of step and come back by one of them, or all of it but a value."""
    back = max(size - 1, 1)
    return before % size == 0 and (min(after) <= before - back if before > 0 else max(after) >= before + back)


def _steps(sheet: Sheet) -> Iterator[tuple[Line, int]]:
    """Each row as it stands in the text, and by how many the values before its label are more than the cells before it.

    The table's end counts as a row without cells.
    """
    cells, slots = 0, solid(sheet.slots)
    for line in _in_text(sheet):
        start = line.found.match.start if line.found else 0
        yield line, sum(s.position <= start for s in slots) - cells
        cells += len(line.cells)
    yield Line(-1, (), None), len(slots) - cells


def _in_text(sheet: Sheet) -> list[Line]:
    """The rows that were found, as they stand in the text."""
    return sorted((line for line in sheet.lines if line.found is not None), key=lambda x: x.found.match.start if x.found else 0)


def _in_rows(sheet: Sheet) -> bool:
    """Whether the layout carries rows: then no value is far from its label."""
    return any(sheet.stream.pieces[s.piece].row is not None for s in sheet.slots)


def _given(sheet: Sheet, panel: Panel, choice: Choice) -> Iterator[tuple[int, Found]]:
    last = next(line.found for line in panel.lines if line.found is not None)
    for line in panel.lines:
        last = line.found or last
        if all(key in choice.reading for key in line.cells):
            weak = None if choice.proven and alike(line, choice.reading, sheet.relations) else choice.weak
            slots = [choice.reading[key] for key in line.cells]
            yield sheet.lines.index(line), Found(last.match, slots, [], weak=weak, by_header=choice.by_header)


def _gaps(sheet: Sheet) -> Iterator[Panel]:
    """The rows between two plain ones, and the values there, if they are as many as these rows have cells."""
    at = 0
    for plain, run in itertools.groupby(sheet.lines, key=lambda line: line.plain):
        lines = list(run)
        before, at = at, at + len(lines)
        if not plain and any(line.found for line in lines):
            mine = _between(
                sheet, sheet.lines[before - 1] if before else None, sheet.lines[at] if at < len(sheet.lines) else None
            )
            if len(mine) == sum(len(line.cells) for line in lines):
                yield Panel(lines, mine)


def _between(sheet: Sheet, above: Line | None, below: Line | None) -> list[Slot]:
    """The values after those of one plain row and before the label of the next."""
    own = above.found.slots if above is not None and above.found is not None else []
    start = max((s.piece for s in own), default=-1)
    stop = below.found.match.start if below is not None and below.found is not None else len(sheet.stream.text)
    return [s for s in sheet.slots if s.piece > start and s.position <= stop]


def _balanced(sheet: Sheet) -> Iterator[Panel]:
    """Cut the table wherever as many values stand before a place as the rows before it have cells."""
    lines, slots = _in_text(sheet), sheet.slots
    done = used = seen = 0
    for count, line in enumerate(lines, 1):
        seen += len(line.cells)
        stop = lines[count].found if count < len(lines) else None
        there = len(slots) if stop is None else sum(s.position <= stop.match.start for s in slots)
        if there == seen:
            yield Panel(lines[done:count], slots[used:there])
            done, used = count, there
