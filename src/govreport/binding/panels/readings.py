"""How a panel is read: row by row or column by column, as headers and relations have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import define, frozen

from govreport.binding import scoring
from govreport.binding.panels.filling import fill
from govreport.binding.panels.sheet import Line, Panel, Reading, Sheet, column_keys, owner, says
from govreport.forms import Relation

__all__ = ["Choice", "Weighed", "alike", "by_columns", "by_rows", "weigh"]

WEAK = ("标签与数值分离，按数值个数对应", "labels and values stand apart and were matched by counting")
ADDED = ("标签与数值分离，按勾稽关系对应", "labels and values stand apart and were matched by what adds up")


@define
class Weighed:
    """A reading and how many relations (of those that are not merely zeros) hold and fail under it; `across` rows hold some."""

    reading: Reading
    holds: int = 0
    fails: int = 0
    across: int = 0

    @property
    def proven(self) -> bool:
        """Whether so many relations hold, and all, that it is no chance: a row's own sum does not tell whose the row is."""
        return self.fails == 0 and self.across >= scoring.PROOFS

    @property
    def adds_up(self) -> bool:
        """Whether relations hold, but for the slip or two that reports have."""
        return self.holds > 0 and self.holds >= scoring.HOLDING * self.fails


@frozen
class Choice:
    """How a panel was read. `weak` says why its cells are not certain; where the reading is `proven`, cells may be yet."""

    reading: Reading
    weak: tuple[str, str] | None
    proven: bool = False
    by_header: bool = False


def by_rows(sheet: Sheet, panel: Panel, known: Reading, control: Weighed) -> Choice | None:
    """In a table whose other rows stand whole, values whose labels were displaced follow one another row by row."""
    if _same(panel):
        return Choice(_row_by_row(panel), None)
    read = weigh(_row_by_row(panel), sheet.relations, known)
    if read.adds_up:
        return Choice(read.reading, ADDED)
    ahead = owner(panel.lines, panel.slots[0]) < 0
    untold = read.holds + read.fails == 0 or not control.adds_up
    whole = (ahead and _together(panel)) if len(panel.lines) == 1 else panel.even and not ahead
    return Choice(read.reading, WEAK) if untold and whole else None


def by_columns(sheet: Sheet, panel: Panel, known: Reading) -> Choice | None:
    """In a table out of order: column by column if the headers say so, else whichever reading the relations confirm."""
    filled, whole = fill(sheet, panel)
    if whole:
        return Choice(filled, None, by_header=True)
    if len(panel.lines) == 1:
        return Choice(_row_by_row(panel), WEAK) if _together(panel) and not panel.lines[0].plain else None
    if _same(panel):
        return Choice(filled, _uncounted(sheet))
    readings = [weigh(r, sheet.relations, known) for r in _distinct((filled, _column_by_column(panel), _row_by_row(panel)))]
    if not any(r.holds + r.fails for r in readings):
        return _by_heads(sheet, panel, filled)
    fitting = [r for r in readings if r.adds_up]
    return Choice(fitting[0].reading, ADDED, proven=fitting[0].proven) if len(fitting) == 1 else _in_parts(sheet, panel)


def _same(panel: Panel) -> bool:
    """Whether all values say the same, so that their order does not matter."""
    return len({says(s) for s in panel.slots}) == 1


def _uncounted(sheet: Sheet) -> tuple[str, str] | None:
    """Why even values that all say the same are not certain: a row was lost, and the panel may have some of its values."""
    return None if all(line.found for line in sheet.lines) else WEAK


def _together(panel: Panel) -> bool:
    """Whether no label stands between the values."""
    return panel.slots[0].position == panel.slots[-1].position


def _in_parts(sheet: Sheet, panel: Panel) -> Choice | None:
    """Column by column, but first some rows and then the others, kept apart by a taller row, where only one cut adds up."""
    if len({line.block for line in panel.lines}) > 1:
        return None
    found = []
    for cut in range(2, len(panel.lines) - 1):
        filled, _ = fill(sheet, panel, cut)
        top, bottom = (
            weigh({k: filled[k] for line in lines for k in line.cells}, sheet.relations, {})
            for lines in (panel.lines[:cut], panel.lines[cut:])
        )
        if top.adds_up and top.holds >= scoring.PROOFS:
            found.append(top.reading | bottom.reading if bottom.adds_up else top.reading)
    return Choice(found[0], ADDED) if len(found) == 1 else None


def _by_heads(sheet: Sheet, panel: Panel, filled: Reading) -> Choice | None:
    """Where nothing is there to add up: headers behind the row labels, and none before, are those of a table by columns."""
    first = min(line.found.match.start for line in panel.lines if line.found)
    last = max(line.found.match.end for line in panel.lines if line.found)
    text, values = sheet.stream.text, panel.slots[0].position
    start = max((s.position for s in sheet.slots if s.position <= first), default=sheet.start)
    named = [v for line in panel.lines for column in sheet.headers[line.block] for v in column]
    before, after = (any(v in part for v in named) for part in (text[start:first], text[last:]))
    return Choice(filled, WEAK) if after and not before and values >= last else None


def alike(line: Line, reading: Reading, relations: Sequence[Relation]) -> bool:
    """Whether all cells of a row say the same, but for the sum of the others.

    Relations prove which row a value belongs to, and which of a row's values is their sum; not in which order columns stand.
    """
    cells = set(line.cells)
    sums = {key for r in relations if cells.issuperset(r.left + r.right) and len(r.right) == 1 for key in r.right}
    return len({says(reading[key]) for key in cells - sums}) <= 1


def _row_by_row(panel: Panel) -> Reading:
    return dict(zip((key for line in panel.lines for key in line.cells), panel.slots, strict=True))


def _column_by_column(panel: Panel) -> Reading:
    return dict(zip(column_keys(panel.lines), panel.slots, strict=True))


def _distinct(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that differ in what any cell says."""
    found: list[Reading] = []
    for reading in readings:
        if not any(all(says(reading[k]) == says(other[k]) for k in reading) for other in found):
            found.append(reading)
    return found


def proven(reading: Reading, relations: Sequence[Relation]) -> bool:
    """Whether a row by itself adds up, and not to nothing."""
    own = [r for r in relations if reading.keys() >= {*r.left, *r.right}]
    weighed = weigh(reading, own, {})
    return weighed.holds > 0 and not weighed.fails


def weigh(reading: Reading, relations: Sequence[Relation], known: Reading) -> Weighed:
    """Weigh the relations of the reading's cells, with what is known of other rows; a printed nothing counts as 0."""
    numbers = {k: Decimal(0) if s.reading is None else s.reading.value for k, s in (known | reading).items()}
    weighed = Weighed(reading)
    for relation in relations:
        keys = relation.left + relation.right
        if any(k in reading for k in keys) and all(k in numbers for k in keys) and any(numbers[k] for k in keys):
            equal = sum(numbers[k] for k in relation.left) == sum(numbers[k] for k in relation.right)
            weighed.holds += equal
            weighed.across += equal and len({key.rpartition(".")[0] for key in keys}) > 1
            weighed.fails += not equal
    return weighed
