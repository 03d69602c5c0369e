"""A panel filled column by column: first what stands beside its label or under its header, then what is left, in its order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import define, field

from govreport.binding.panels.sheet import Line, Panel, Reading, Sheet, column_keys, owner
from govreport.binding.stream import Slot, Stream

__all__ = ["fill"]


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


def fill(sheet: Sheet, panel: Panel, cut: int = 0) -> tuple[Reading, bool]:
    """The panel column by column, the rows before `cut` first, and whether headers placed every value of it."""
    filling, whole = _Filling(panel.lines), True
    tags = _Tags(sheet, panel)
    before = -1
    for run in _runs(sheet, panel):
        if tags.place(filling, run):
            before = owner(panel.lines, run[0])
            continue
        whole = False
        at = owner(panel.lines, run[0])
        pending = panel.lines[before + 1 : at + 1]
        before = at
        beside = at >= 0 and _glued(sheet.stream, run[0])
        if not filling.beside(pending, run) and not (beside and filling.beside([panel.lines[at]], run)):
            filling.rest += run
    keys = itertools.chain(column_keys(panel.lines[:cut]), column_keys(panel.lines[cut:]))
    filling.cells.update(zip([k for k in keys if k not in filling.cells], filling.rest, strict=True))
    return filling.cells, whole


def _runs(sheet: Sheet, panel: Panel) -> Iterator[list[Slot]]:
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

    def __init__(self, sheet: Sheet, panel: Panel) -> None:
        self._sheet, self._panel = sheet, panel
        self._blocks = sorted({line.block for line in panel.lines})
        self._after = self._sheet.start

    def place(self, filling: _Filling, run: Sequence[Slot]) -> bool:
        """Put a run under its header, if exactly one stands between it and the run or label before."""
        position = run[0].position
        labelled = self._panel.lines if len(self._sheet.lines) > 1 else ()  # a table of one row has its headers for a label
        ends = (line.found.match.end for line in labelled if line.found and line.found.match.end <= position)
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
