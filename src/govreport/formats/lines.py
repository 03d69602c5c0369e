"""One cell a line: what most web pages become when their tables are lost.

What stands between the cells differs: nothing, an empty line, a tab before each cell, a line with only a tab. An empty cell
is a line of nbsp, a lone tab, more empty lines than usual, or gone. (⇥ is a tab.)

    plain       tabbed      separated
    规章        ⇥规章       规章
    3           ⇥3          ⇥
    0           ⇥0          3
"""

from __future__ import annotations

import collections
import itertools
import operator
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.sketch import Sketch
from govreport.model import Claim, Role, Table
from govreport.pieces import Pieces
from govreport.source import Mark, SourceSection
from govreport.values import Kind, classify

__all__ = ["LINE_FORMATS", "LineFormat"]

_BLANKS = " \u3000"
_SELDOM = 0.1
"""Share of gaps below which a size is an accident."""
_MOST_EMPTY = 16
"""No more empty cells stand in a row of table 四; a wider gap is a gap between tables."""


@frozen
class LineFormat:
    """One cell a line; `style` is what tells cells apart.

    `plain` lines, `tabbed` (a tab before each cell, an empty line after each row) or `separated` (a line with a tab between the
    cells of a row).
    """

    name: str
    style: str

    @property
    def carries(self) -> frozenset[str]:
        """Plain lines keep nothing but order and nbsp; the others keep rows and blanks."""
        return frozenset() if self.style == "plain" else frozenset({"rows", "blanks"})

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:  # noqa: ARG002 - the counts decide
        """Counted: lines that are one value, and what stands before or between them."""
        if not sketch.numbers:
            return None
        style = _style(sketch, sketch.lone_tabs)
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + sketch.series + sketch.gaps
        others += sketch.addressed + sketch.records
        share = sketch.numbers / (sketch.numbers + 3 * others)
        fit = 1.0 if style == self.style else 0.4
        return Claim(
            self.name,
            round(0.85 * share * fit, 3),
            (f"{sketch.numbers} lines are one value", f"{others} lines hold more", f"cells are {style}"),
        )

    def read(self, section: SourceSection) -> Pieces:
        """A piece a line, or a cell of several lines where tabs tell."""
        roles: dict[int, Role] = {}
        if self.style == "plain":
            return section.pieces(_plain(section, roles), roles)
        return section.pieces({"tabbed": _tabbed, "separated": _separated}[self.style](section.lines))

    def render(self, table: Table) -> str:
        """Cells line by line; the plain style shows an empty cell as nbsp."""
        rows = canvas.rows(table) if self.style == "plain" else canvas.owners(table)
        return canvas.flat(_RENDER[self.style](row) for row in rows)


LINE_FORMATS = (LineFormat("lines", "plain"), LineFormat("tabbed_lines", "tabbed"), LineFormat("separated_lines", "separated"))


def _style(sketch: Sketch, alone: int) -> str:
    if sketch.tab_cells - alone > sketch.numbers / 2:
        return "tabbed"
    return "separated" if alone > sketch.numbers / 2 else "plain"


_RENDER = {
    "plain": lambda row: "\n\n".join(text or "\xa0" for text in row) + "\n",
    "tabbed": lambda row: "\n".join(f"\t{text}" for text in row) + "\n",
    "separated": lambda row: "\n\n\t\n\n".join(text or "\xa0" for text in row) + "\n\n",
}


def _plain(section: SourceSection, roles: dict[int, Role]) -> list[Mark]:
    """The cells; a remark, into `roles`, before a gap of which nothing else says that it is that of an empty cell."""
    texts = _bare(section.lines)
    usual, unit, odd, wide = _gaps(section, texts)
    torn = _torn(texts) if usual else frozenset[int]()
    marks = list[Mark]()
    gap = cell = 0
    for index, text in enumerate(texts):
        if not text:
            gap += 1
            continue
        if index in torn:
            cell += 1
            continue
        if cell in odd:
            roles[len(marks)] = Role.REMARK
            marks.append(("", None, None, index, 0))
        if cell and gap > usual:
            marks += itertools.repeat(("", None, None, index, 0), _empty(gap, wide.get(cell, usual), unit))
        whole = f"{text}\n{texts[index + 1]}" if index + 1 in torn else text
        marks.append((whole.strip(), None, None, index, 0))
        gap, cell = 0, cell + 1
    last = ("", None, None, len(texts) - 1, 0)
    if cell in odd:
        roles[len(marks)] = Role.REMARK
        marks.append(last)
    marks += itertools.repeat(last, _empty(gap, usual, unit))  # before a heading: cells, or none
    return marks


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.strip(_BLANKS) for line in lines]


def _torn(texts: Sequence[str]) -> frozenset[int]:
    """The lines that are the rest of a number: digits right under digits, where cells stand apart but for a few."""
    digits = [text.isdecimal() for text in texts]
    under = [index for index, both in enumerate(map(operator.and_, digits, digits[1:]), 1) if both]
    return frozenset(under) if len(under) <= _SELDOM * sum(digits) else frozenset()


def _empty(gap: int, usual: int, unit: int) -> int:
    """How many empty cells a gap is wide enough for."""
    return min(max(gap - usual, 0) // unit, _MOST_EMPTY)


def _gaps(section: SourceSection, texts: Sequence[str]) -> tuple[int, int, Collection[int], Mapping[int, int]]:
    """How many empty lines stand between two cells, how many more an empty cell adds, and the cells before which that is odd.

    Last the cells before which more stand as a rule: labels under labels.

    Before a value there is never the end of a row, so that the smallest gaps before values are those between cells. An empty
    cell adds what the smallest wider gap between two values does, if it is there twice. Where there is none: its own line and
    one more gap if cells are lines of their own, only the gap if it left nothing; the sizes of the wider gaps tell which of the
    two.
    """
    sizes, values = _cells(texts)
    gaps = collections.Counter(sizes)
    if len(gaps) < 2:  # noqa: PLR2004 - all gaps are alike, and that behind the last cell says nothing
        return next(iter(gaps), 0), 1, {len(sizes) + 1}, {}
    before = collections.Counter(itertools.compress(sizes, values[1:])) or gaps
    usual = min(size for size, n in before.items() if n >= _SELDOM * before.total())
    unit = _unit(sizes, values, usual)
    return usual, unit, _odd(section, sizes, values, usual, unit), _under_labels(sizes, values, usual)


def _under_labels(sizes: Sequence[int], values: Sequence[bool], usual: int) -> Mapping[int, int]:
    """What stands between two labels, where most are farther apart than values are: that is no empty cell."""
    cells = [cell for cell, (a, b) in enumerate(itertools.pairwise(values), 1) if not (a or b)]
    common, often = collections.Counter(sizes[cell - 1] for cell in cells).most_common(1)[0] if cells else (0, 0)
    return dict.fromkeys(cells, common) if common > usual and often * 2 > len(cells) else {}


def _cells(texts: Sequence[str]) -> tuple[list[int], list[bool]]:
    """The gaps between the lines that say something, and which of these are values."""
    filled = "".join(["x" if text else " " for text in texts])
    sizes = list(map(len, filled.split("x")[1:-1]))
    if len(set(sizes)) < 2:  # noqa: PLR2004 - nobody will ask
        return sizes, []
    values = [classify(text) is not Kind.TEXT for text in texts if text]
    return sizes, values if min(itertools.compress(sizes, values[1:]), default=0) == 0 else _counted(sizes, values)


def _counted(sizes: Sequence[int], values: Sequence[bool]) -> list[bool]:
    """The values without the numbers of labels, of which the rest follows at once where cells stand apart."""
    return [
        value and bool(size or after) for value, size, after in itertools.zip_longest(values, sizes, values[1:], fillvalue=True)
    ]


def _unit(sizes: Sequence[int], values: Sequence[bool], usual: int) -> int:
    """How many empty lines an empty cell adds."""
    between = collections.Counter(
        size - usual for size in itertools.compress(sizes, map(operator.and_, values, values[1:])) if size > usual
    )
    if wide := {excess for excess, n in between.items() if n > 1} or set(between):
        return min(wide) if all(excess % min(wide) == 0 for excess in wide) else 1
    wider = collections.Counter(size - usual for size in sizes if size > usual)
    whole = sum(n for excess, n in wider.items() if excess % (usual + 1) == 0)
    return usual + 1 if whole * 2 > wider.total() else 1


def _odd(section: SourceSection, sizes: Sequence[int], values: Sequence[bool], usual: int, unit: int) -> set[int]:
    """The cells before which a gap is wider by no empty cell, or by one of which no other gap of its kind says that it is one.

    A value may be lost there.
    """
    kinds: dict[tuple[bool, bool], list[int]] = collections.defaultdict(list)
    for cell, kind in enumerate(itertools.pairwise(values), 1):
        kinds[kind].append(cell)
    odd = set[int]()
    for kind, cells in kinds.items():
        common = collections.Counter(sizes[cell - 1] for cell in cells).most_common(1)[0][0]
        own = usual if all(kind) else max(usual, common)
        wide = [cell for cell in cells if sizes[cell - 1] > own]
        fitting = [cell for cell in wide if (sizes[cell - 1] - own) % unit == 0]
        odd.update(set(wide).difference(fitting))
        if len(fitting) == 1 and not _elsewhere(section, usual, unit):
            odd.update(fitting)
    return odd


def _elsewhere(section: SourceSection, usual: int, unit: int) -> bool:
    """Whether gaps between values that are as wide are found in the other sections."""
    own = range(section.offset, section.offset + len(section.lines))
    others = [line for index, line in enumerate(section.source.lines) if index not in own]
    sizes, values = _cells(_bare(others))
    between = itertools.compress(sizes, map(operator.and_, values, values[1:]))
    return any(size > usual and (size - usual) % unit == 0 for size in between)


def _tabbed(lines: tuple[str, ...]) -> Iterator[Mark]:
    row, column = 0, 0
    cell: list[str] = []
    start = 0
    for index, line in enumerate((*lines, "")):
        if (line.startswith("\t") or not line.strip()) and cell:
            yield "\n".join(cell).strip(" \t"), row, column, start, 0
            cell, column = [], column + 1
        if line.startswith("\t"):
            cell, start = [line], index
        elif not line.strip():
            row, column = row + (column > 0), 0
        elif cell:
            cell.append(line)
        else:
            yield line.strip(), None, None, index, 0


def _separated(lines: tuple[str, ...]) -> Iterator[Mark]:
    row, column, waiting, expecting = 0, 0, False, False
    for index, line in enumerate(lines):
        text = line.strip(_BLANKS)
        if text.strip("\t\xa0") == "" and "\t" in text:
            if expecting:
                yield "", row, column, index, 0
                column += 1
            waiting, expecting = True, True
        elif text:
            if not waiting:
                row, column = row + 1, 0
            else:
                column += 1
            yield text.strip(), row, column, index, 0
            waiting = expecting = False
