"""Rows whose values do not stand behind their labels: tables that were read column by column, or whose labels were displaced.

Many PDF tools write a table in panels: the labels of some rows, then the values of these rows, column after column, or row
after row. A panel is told by counts alone, as many values as its rows have cells and none left over; how it is to be read
is told by the headers that stand over its columns, or by the relations of the form, or by nothing: then it is not read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import define, evolve, field, frozen

from govreport.binding import scoring
from govreport.binding.rows import Found
from govreport.binding.stream import Slot, Stream
from govreport.forms import Relation
from govreport.values import Kind

__all__ = ["Line", "Sheet", "regroup"]

WEAK = ("标签与数值分离，按数值个数对应", "labels and values stand apart and were matched by counting")
SHIFTED = ("行标签与数值错位", "its label and the values got out of step")
_PASSES = 2
"""What one panel reads may confirm another: each is looked at again when all have been."""
ADDED = ("标签与数值分离，按勾稽关系对应", "labels and values stand apart and were matched by what adds up")


@define(eq=False)
class Line:
    """A row of the table, in the form's order: its block, its cells' keys, and what was found of it (None if nothing)."""

    block: int
    cells: tuple[str, ...]
    found: Found | None

    @property
    def plain(self) -> bool:
        """Whether as many values stand behind its label as it has cells."""
        return self.found is not None and len(_solid(self.found.slots)) == len(self.cells) and not self.found.stray


@frozen
class Sheet:
    """A table as panels are looked for in it.

    `headers` maps a block to the skeletons of each of its columns' headers, `captions` are labels that are none; the table's
    values stand from `start` on; `blanks`: an empty cell is shown.
    """

    stream: Stream
    lines: Sequence[Line]
    headers: Mapping[int, Sequence[tuple[str, ...]]]
    captions: Sequence[str]
    relations: Sequence[Relation]
    start: int
    blanks: bool

    @property
    def slots(self) -> list[Slot]:
        """All cells of the table, in the order of the text."""
        slots = self.stream.between(self.start - 1, len(self.stream.text))
        return slots if self.blanks else _solid(slots)


@frozen
class _Panel:
    """Rows of the form and the values that stand among their labels, as many as they have cells."""

    lines: Sequence[Line]
    slots: Sequence[Slot]

    @property
    def even(self) -> bool:
        """Whether behind each label stand the values of whole rows: as many as it has cells, none, or so many times as many."""
        size = len(self.lines[0].cells)
        runs = [len(list(run)) for _, run in itertools.groupby(self.slots, key=lambda s: _owner(self.lines, s))]
        return all(len(line.cells) == size for line in self.lines) and all(run % size == 0 for run in runs)


Reading = dict[str, Slot]
"""Key of a cell → the slot it is given."""


@define
class _Weighed:
    """A reading and how many relations (of those that are not merely zeros) hold and fail under it."""

    reading: Reading
    holds: int = 0
    fails: int = 0

    @property
    def proven(self) -> bool:
        """Whether so many relations hold, and all, that it is no chance."""
        return self.fails == 0 and self.holds >= scoring.PROOFS

    @property
    def adds_up(self) -> bool:
        """Whether relations hold, but for the slip or two that reports have."""
        return self.holds > 0 and self.holds >= scoring.HOLDING * self.fails


def _solid(slots: Iterable[Slot]) -> list[Slot]:
    return [s for s in slots if s.kind is not Kind.EMPTY]


def _owner(lines: Sequence[Line], slot: Slot) -> int:
    """Which of the lines the slot stands behind; -1 if before all of them."""
    starts = [i for i, line in enumerate(lines) if line.found is not None and line.found.match.start < slot.position]
    return max(starts, default=-1)


def regroup(sheet: Sheet) -> list[tuple[int, Found]]:
    """Each line, by its index, that a panel gave its values, with these in the order of its cells."""
    if all(line.plain or line.found is None for line in sheet.lines) or _in_rows(sheet):
        return []
    plain = [line for line in sheet.lines if line.plain]
    orderly = len(plain) >= scoring.FULL_ROWS and 2 * len(plain) >= len(sheet.lines)
    known = {key: s for line in plain if orderly for key, s in zip(line.cells, _values(line), strict=True)}
    control = _weigh(known, sheet.relations, {})
    given: dict[int, Found] = {}
    panels = list(_gaps(sheet) if orderly else _balanced(sheet))
    for _ in range(_PASSES):
        for panel in panels:
            mine = {key for line in panel.lines for key in line.cells}
            others = {key: slot for key, slot in known.items() if key not in mine}
            chosen = _by_rows(sheet, panel, others, control) if orderly else _by_columns(sheet, panel, others)
            rows = {} if chosen is None else dict(_given(sheet, panel, chosen))
            given = {at: row for at, row in given.items() if sheet.lines[at] not in panel.lines} | rows
            known = others if chosen is None else others | chosen.reading
    return [*given.items(), *((at, row) for at, row in _shifted(sheet) if at not in given)]


def _shifted(sheet: Sheet) -> Iterator[tuple[int, Found]]:
    """Plain rows that may have their neighbour's values: labels and values got out of step before them, and in step after them.

    Out of step by whole rows, or by any number in the rows on both sides.
    """
    steps = list(_steps(sheet))
    for at, (line, before) in enumerate(steps):
        after = [balance for _, balance in steps[at + 1 :]]
        alone = 0 < at < len(steps) - 1 and not steps[at - 1][0].plain and not steps[at + 1][0].plain and 0 in after[1:2]
        if line.plain and line.found and before and 0 in after and (before % len(line.cells) == 0 or alone):
            yield sheet.lines.index(line), evolve(line.found, weak=SHIFTED)


def _steps(sheet: Sheet) -> Iterator[tuple[Line, int]]:
    """Each row as it stands in the text, and by how many the values before its label are more than the cells before it.

    The table's end counts as a row without cells.
    """
    cells, slots = 0, sheet.slots
    for line in _in_text(sheet):
        start = line.found.match.start if line.found else 0
        yield line, sum(s.position <= start for s in slots) - cells
        cells += len(line.cells)
    yield Line(-1, (), None), len(slots) - cells


def _in_text(sheet: Sheet) -> list[Line]:
    """The rows that were found, as they stand in the text."""
    return sorted((line for line in sheet.lines if line.found is not None), key=lambda x: x.found.match.start if x.found else 0)


def _values(line: Line) -> list[Slot]:
    return _solid(line.found.slots) if line.found is not None else []


def _in_rows(sheet: Sheet) -> bool:
    """Whether the layout carries rows: then no value is far from its label."""
    return any(sheet.stream.pieces[s.piece].row is not None for s in sheet.slots)


def _given(sheet: Sheet, panel: _Panel, choice: _Choice) -> Iterator[tuple[int, Found]]:
    last = next(line.found for line in panel.lines if line.found is not None)
    for line in panel.lines:
        last = line.found or last
        if all(key in choice.reading for key in line.cells):
            weak = None if choice.proven and _alike(line, choice.reading, sheet.relations) else choice.weak
            slots = [choice.reading[key] for key in line.cells]
            yield sheet.lines.index(line), Found(last.match, slots, [], weak=weak, by_header=choice.by_header)


def _alike(line: Line, reading: Reading, relations: Sequence[Relation]) -> bool:
    """Whether all cells of a row say the same, but for the sum of the others.

    Relations prove which row a value belongs to, and which of a row's values is their sum; not in which order columns stand.
    """
    cells = set(line.cells)
    sums = {key for r in relations if cells.issuperset(r.left + r.right) and len(r.right) == 1 for key in r.right}
    return len({_says(reading[key]) for key in cells - sums}) <= 1


# --- which rows and values belong together -----------------------------------------------------------------------------------


def _gaps(sheet: Sheet) -> Iterator[_Panel]:
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
                yield _Panel(lines, mine)


def _between(sheet: Sheet, above: Line | None, below: Line | None) -> list[Slot]:
    """The values after those of one plain row and before the label of the next."""
    own = above.found.slots if above is not None and above.found is not None else []
    start = max((s.piece for s in own), default=-1)
    stop = below.found.match.start if below is not None and below.found is not None else len(sheet.stream.text)
    return [s for s in sheet.slots if s.piece > start and s.position <= stop]


def _balanced(sheet: Sheet) -> Iterator[_Panel]:
    """Cut the table wherever as many values stand before a place as the rows before it have cells."""
    lines = sorted(
        (line for line in sheet.lines if line.found is not None), key=lambda x: x.found.match.start if x.found else 0
    )
    slots = sheet.slots
    done = used = seen = 0
    for count, line in enumerate(lines, 1):
        seen += len(line.cells)
        stop = lines[count].found if count < len(lines) else None
        there = len(slots) if stop is None else sum(s.position <= stop.match.start for s in slots)
        if there == seen:
            yield _Panel(lines[done:count], slots[used:there])
            done, used = count, there


# --- how a panel is read -----------------------------------------------------------------------------------------------------


@frozen
class _Choice:
    """How a panel was read. `weak` says why its cells are not certain; where the reading is `proven`, cells may be yet."""

    reading: Reading
    weak: tuple[str, str] | None
    proven: bool = False
    by_header: bool = False


def _by_rows(sheet: Sheet, panel: _Panel, known: Reading, control: _Weighed) -> _Choice | None:
    """In a table whose other rows stand whole, values whose labels were displaced follow one another row by row."""
    if _same(panel):
        return _Choice(_row_by_row(panel), None)
    read = _weigh(_row_by_row(panel), sheet.relations, known)
    if read.adds_up:
        return _Choice(read.reading, ADDED)
    ahead = _owner(panel.lines, panel.slots[0]) < 0
    untold = read.holds + read.fails == 0 or not control.adds_up
    whole = (ahead and _together(panel)) if len(panel.lines) == 1 else panel.even and not ahead
    return _Choice(read.reading, WEAK) if untold and whole else None


def _by_columns(sheet: Sheet, panel: _Panel, known: Reading) -> _Choice | None:
    """In a table out of order: column by column if the headers say so, else whichever reading the relations confirm."""
    filled, whole = _fill(sheet, panel)
    if whole:
        return _Choice(filled, None, by_header=True)
    if len(panel.lines) == 1:
        return _Choice(_row_by_row(panel), WEAK) if _together(panel) and not panel.lines[0].plain else None
    if _same(panel):
        return _Choice(filled, None)
    readings = [_weigh(r, sheet.relations, known) for r in _distinct((filled, _column_by_column(panel), _row_by_row(panel)))]
    if not any(r.holds + r.fails for r in readings):
        return _by_heads(sheet, panel, filled)
    fitting = [r for r in readings if r.adds_up]
    return _Choice(fitting[0].reading, ADDED, proven=fitting[0].proven) if len(fitting) == 1 else _in_parts(sheet, panel)


def _same(panel: _Panel) -> bool:
    """Whether all values say the same, so that their order does not matter."""
    return len({_says(s) for s in panel.slots}) == 1


def _together(panel: _Panel) -> bool:
    """Whether no label stands between the values."""
    return panel.slots[0].position == panel.slots[-1].position


def _in_parts(sheet: Sheet, panel: _Panel) -> _Choice | None:
    """Column by column, but first some rows and then the others, kept apart by a taller row, where only one cut adds up."""
    if len({line.block for line in panel.lines}) > 1:
        return None
    found = []
    for cut in range(2, len(panel.lines) - 1):
        filled, _ = _fill(sheet, panel, cut)
        top, bottom = (
            _weigh({k: filled[k] for line in lines for k in line.cells}, sheet.relations, {})
            for lines in (panel.lines[:cut], panel.lines[cut:])
        )
        if top.adds_up and top.holds >= scoring.PROOFS:
            found.append(top.reading | bottom.reading if bottom.adds_up else top.reading)
    return _Choice(found[0], ADDED) if len(found) == 1 else None


def _by_heads(sheet: Sheet, panel: _Panel, filled: Reading) -> _Choice | None:
    """Where nothing adds up: headers before the row labels are those of a table read in rows, after them of one in columns."""
    first = min(line.found.match.start for line in panel.lines if line.found)
    last = max(line.found.match.end for line in panel.lines if line.found)
    text, values = sheet.stream.text, panel.slots[0].position
    named = [v for line in panel.lines for column in sheet.headers[line.block] for v in column]
    before = any(v in text[sheet.start : first] for v in named)
    after = any(v in text[last:] for v in named)
    if before == after or values < last:
        return None
    return _Choice(_row_by_row(panel) if before else filled, WEAK)


def _row_by_row(panel: _Panel) -> Reading:
    return dict(zip((key for line in panel.lines for key in line.cells), panel.slots, strict=True))


def _column_by_column(panel: _Panel) -> Reading:
    return dict(zip(_column_keys(panel.lines), panel.slots, strict=True))


def _column_keys(lines: Sequence[Line]) -> Iterator[str]:
    for _, rows in itertools.groupby(lines, key=lambda line: line.block):
        yield from itertools.chain.from_iterable(zip(*(line.cells for line in rows), strict=True))


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that differ in what any cell says."""
    found: list[Reading] = []
    for reading in readings:
        if not any(all(_says(reading[k]) == _says(other[k]) for k in reading) for other in found):
            found.append(reading)
    return found


def _says(slot: Slot) -> tuple[Kind, Decimal | None]:
    return slot.kind, None if slot.reading is None else slot.reading.value


def _weigh(reading: Reading, relations: Sequence[Relation], known: Reading) -> _Weighed:
    """Weigh the relations of the reading's cells, with what is known of other rows; a printed nothing counts as 0."""
    numbers = {k: Decimal(0) if s.reading is None else s.reading.value for k, s in (known | reading).items()}
    weighed = _Weighed(reading)
    for relation in relations:
        keys = relation.left + relation.right
        if any(k in reading for k in keys) and all(k in numbers for k in keys) and any(numbers[k] for k in keys):
            equal = sum(numbers[k] for k in relation.left) == sum(numbers[k] for k in relation.right)
            weighed.holds += equal
            weighed.fails += not equal
    return weighed


# --- column by column, with what stands beside its label or under its header put there first --------------------------------


@define
class _Filling:
    """A panel being filled: the cells taken so far, and the values that nothing places yet."""

    lines: Sequence[Line]
    cells: Reading = field(factory=dict)
    rest: list[Slot] = field(factory=list)

    def column(self, block: int, column: int, run: Sequence[Slot]) -> bool:
        """Put a run under the header of a column."""
        keys = [line.cells[column] for line in self.lines if line.block == block]
        if len(keys) != len(run) or any(key in self.cells for key in keys):
            return False
        self.cells.update(zip(keys, run, strict=True))
        return True

    def beside(self, lines: Sequence[Line], run: Sequence[Slot]) -> bool:
        """Put a run beside the labels it follows, one value a label, all in the same column."""
        free = [next((j for j, key in enumerate(line.cells) if key not in self.cells), -1) for line in lines]
        if len(lines) != len(run) or len(set(free)) != 1 or free[0] < 0:
            return False
        self.cells.update(zip((line.cells[free[0]] for line in lines), run, strict=True))
        return True


def _fill(sheet: Sheet, panel: _Panel, cut: int = 0) -> tuple[Reading, bool]:
    """The panel column by column, the rows before `cut` first, and whether headers placed every value of it."""
    filling, whole = _Filling(panel.lines), True
    tags = _Tags(sheet, panel)
    before = -1
    for run in _runs(sheet, panel):
        if tags.place(filling, run):
            before = _owner(panel.lines, run[0])
            continue
        whole = False
        at = _owner(panel.lines, run[0])
        pending = panel.lines[before + 1 : at + 1]
        before = at
        if not filling.beside(pending, run) and not (_glued(sheet.stream, run[0]) and filling.beside([panel.lines[at]], run)):
            filling.rest += run
    keys = itertools.chain(_column_keys(panel.lines[:cut]), _column_keys(panel.lines[cut:]))
    filling.cells.update(zip([k for k in keys if k not in filling.cells], filling.rest, strict=True))
    return filling.cells, whole


def _runs(sheet: Sheet, panel: _Panel) -> Iterator[list[Slot]]:
    """Values with no label between them; one on the line of its label is a run of its own."""
    for _, slots in itertools.groupby(panel.slots, key=lambda s: s.position):
        run = list(slots)
        if len(run) > 1 and _glued(sheet.stream, run[0]):
            yield run[:1]
            run = run[1:]
        yield run


def _glued(stream: Stream, slot: Slot) -> bool:
    """Whether a value stands on the line of the label before it."""
    here, label = stream.pieces[slot.piece].place, stream.pieces[slot.piece - 1] if slot.piece else None
    return label is not None and label.place is not None and here is not None and label.place.line == here.line


class _Tags:
    """The headers of the panel's columns, each with the runs that may stand under it."""

    def __init__(self, sheet: Sheet, panel: _Panel) -> None:
        self._sheet, self._panel = sheet, panel
        self._blocks = sorted({line.block for line in panel.lines})
        self._after = self._sheet.start

    def place(self, filling: _Filling, run: Sequence[Slot]) -> bool:
        """Put a run under its header, if exactly one stands between it and the run or label before."""
        position = run[0].position
        ends = (line.found.match.end for line in self._panel.lines if line.found and line.found.match.end <= position)
        text = self._sheet.stream.text[max(self._after, *ends, self._sheet.start) : position]
        self._after = position
        named = self._named(text)
        return any(filling.column(block, column, run) for block, column in named) if len({*named.values()}) == 1 else False

    def _named(self, text: str) -> dict[tuple[int, int], str]:
        """(block, column) → the label by which the text names it, for each column that it may name."""
        for caption in self._sheet.captions:
            text = text.replace(caption, "\n")
        said = ((b, j, v) for b in self._blocks for j, vs in enumerate(self._sheet.headers[b]) for v in vs if v in text)
        named: dict[tuple[int, int], str] = {}
        for block, column, label in said:
            named.setdefault((block, column), label)  # the longest comes first
        return {k: v for k, v in named.items() if not any(v != w and v in w for w in named.values())}
