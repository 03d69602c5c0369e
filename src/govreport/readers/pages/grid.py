"""Lines drawn on a page → tables with merged cells. Pure geometry: nothing here knows what stands in a cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product, repeat
from typing import NamedTuple

from attrs import define, frozen

from govreport.readers.pages.page import Ruling

__all__ = ["RuledCell", "RuledTable", "find_tables"]

_SNAP = 3.0  # points; lines closer than this are one (double borders, cells with a border each)
_SAME = 0.6  # points; lines this close are one and the same, drawn in pieces
_ALIGNED = 1.5  # points; edges of the rows of one table differ by less
_NEARBY = 50
_GAP = 3.5  # a line goes on behind a gap as small as this (dashes, borders drawn cell by cell)
_SHORT = 6.0  # shorter lines are ornaments
_COVERED = 0.6  # the share of a cell's edge that a line must cover to be its border
_LARGEST = 40_000  # elementary cells of one table; more is a drawing
_MOST_LINES = 3_000


class RuledCell(NamedTuple):
    """A cell by its rows and columns, last ones excluded; open where no line ends it at the top or bottom of its table."""

    row: int
    column: int
    bottom: int
    right: int
    open_top: bool = False
    open_bottom: bool = False


@define
class RuledTable:
    """A table: the positions of its lines, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[RuledCell]

    def cell_at(self, x: float, y: float) -> RuledCell | None:
        """The cell that holds a point."""
        if not (self.ys[0] <= y < self.ys[-1] and self.xs[0] <= x < self.xs[-1]):
            return None
        return self._owners().get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def box(self, cell: RuledCell) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell."""
        return self.xs[cell.column], self.ys[cell.row], self.xs[cell.right], self.ys[cell.bottom]

    def touches(self, box: tuple[float, float, float, float]) -> bool:
        """Whether it lies in part, or all of it, within a box."""
        left, top, right, bottom = box
        return left < self.xs[-1] and self.xs[0] < right and top < self.ys[-1] and self.ys[0] < bottom

    _index: dict[tuple[int, int], RuledCell] | None = None

    def _owners(self) -> dict[tuple[int, int], RuledCell]:
        if self._index is None:
            self._index = {
                (r, c): cell
                for cell in self.cells
                for r in range(cell.row, cell.bottom)
                for c in range(cell.column, cell.right)
            }
        return self._index


def find_tables(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> list[RuledTable]:
    """The tables of a page, smaller ones first, so that a table in a frame is found before its frame."""
    rows, columns = _snapped(horizontal, _SAME), _snapped(vertical, _SAME)
    if len(rows) + len(columns) > _MOST_LINES:
        return []
    tables = [_table(h, v) for h, v in _connected(rows, columns)]
    found = [t for t in tables if t is not None and len(t.cells) > 1]
    return sorted(found, key=lambda t: (t.xs[-1] - t.xs[0]) * (t.ys[-1] - t.ys[0]))


def _snapped(rulings: Iterable[Ruling], snap: float) -> list[Ruling]:
    """Lines at one position, joined where they touch."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        # measured from the first, so that a ladder of lines does not become one
        if groups and ruling.at - groups[-1][0].at <= snap:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [line for group in groups for line in _merged(group)]


def _paired(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Double lines made one: those that run side by side. Lines of two tables above each other may be as near and are not."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        near = (g for g in reversed(groups[-_NEARBY:]) if ruling.at - g[0].at <= _SNAP and any(_beside(ruling, r) for r in g))
        found = next(near, None)
        if found is None:
            groups.append([ruling])
        else:
            found.append(ruling)
    return [line for group in groups for line in _merged(group)]


def _beside(one: Ruling, other: Ruling) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start)


def _merged(group: list[Ruling]) -> list[Ruling]:
    if len(group) == 1:
        return group if group[0].end - group[0].start >= _SHORT else []
    at = sum([r.at for r in group]) / len(group)
    return [Ruling(at, start, end) for start, end in _joined([(r.start, r.end) for r in group]) if end - start >= _SHORT]


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + _GAP:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _crosses(h: Ruling, v: Ruling) -> bool:
    return h.start - _GAP <= v.at <= h.end + _GAP and v.start - _GAP <= h.at <= v.end + _GAP


def _connected(rows: list[Ruling], columns: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    left_rows, left_columns = set(range(len(rows))), set(range(len(columns)))
    parts = []
    while left_rows:
        hs, vs = _component(rows, columns, left_rows, left_columns)
        if vs:
            parts.append(([rows[i] for i in hs], [columns[i] for i in vs]))
    for across, down in parts:
        # A merged cell as high as the page has no line across: its outer side is known by its length.
        alone = [columns[i] for i in left_columns if any(_same_extent(columns[i], v) for v in down)]
        # Snapped only now, since two tables of a page need not have their columns in common.
        yield _snapped(_paired(across), _ALIGNED), _snapped(_paired(down + alone), _ALIGNED)


def _component(
    rows: list[Ruling], columns: list[Ruling], left_rows: set[int], left_columns: set[int]
) -> tuple[list[int], list[int]]:
    """Lines that cross each other, directly or through others, from any one that is left; takes them out of the left ones."""
    first = left_rows.pop()
    hs, vs, edge = [first], list[int](), [(True, first)]
    while edge:
        is_row, index = edge.pop()
        if is_row:
            new = [i for i in left_columns if _crosses(rows[index], columns[i])]
            left_columns.difference_update(new)
            vs += new
        else:
            new = [i for i in left_rows if _crosses(rows[i], columns[index])]
            left_rows.difference_update(new)
            hs += new
        edge += [(not is_row, i) for i in new]
    return hs, vs


def _same_extent(one: Ruling, other: Ruling) -> bool:
    return abs(one.start - other.start) <= _SNAP and abs(one.end - other.end) <= _SNAP


def _positions(rulings: list[Ruling]) -> list[float]:
    return sorted({r.at for r in rulings})


def _ends(across: list[Ruling], along: list[Ruling]) -> Iterator[tuple[float, list[Ruling]]]:
    """The first and last position that lines across reach (that of an edge drawn nearby, if one is), and which do."""
    at = _positions(along)
    first, last = min(r.start for r in across), max(r.end for r in across)
    yield (first if first < at[0] - _SNAP else at[0]), sorted(r for r in across if r.start - first <= _SNAP)
    yield (last if last > at[-1] + _SNAP else at[-1]), sorted(r for r in across if last - r.end <= _SNAP)


def _cut_edges(columns: list[Ruling], rows: list[Ruling]) -> list[Ruling]:
    """The top and bottom of a table that a page break cut: not drawn, but its columns reach there.

    Where the sides are not drawn either, the edge reaches as far as the rows do.
    """
    start, end = min(r.start for r in rows), max(r.end for r in rows)
    open_sided = start < columns[0].at - _SNAP and columns[-1].at + _SNAP < end
    edges = [
        Ruling(edge, *((start, end) if open_sided else (reaching[0].at, reaching[-1].at)))
        for edge, reaching in _ends(columns, rows)
        if len(reaching) > 1 or open_sided
    ]
    return [edge for edge in edges if not any(_covers(row, edge) for row in rows)]


def _covers(one: Ruling, other: Ruling) -> bool:
    return one.at == other.at and one.start <= other.start + _SNAP and one.end >= other.end - _SNAP


def _open_sides(rows: list[Ruling], columns: list[Ruling]) -> list[Ruling]:
    """The left and right side of a table drawn without: between rows that reach as far, unless one between them does not."""
    order = sorted(rows)
    return [
        Ruling(edge, upper.at, lower.at)
        for edge, reaching in _ends(rows, columns)
        for upper, lower in pairwise(order)
        if upper in reaching and lower in reaching
    ]


def _table(rows: list[Ruling], columns: list[Ruling]) -> RuledTable | None:
    cut = _cut_edges(columns, rows)
    drawn, rows = rows, rows + cut
    columns = columns + _open_sides(rows, columns)
    xs, ys = _positions(columns), _positions(rows)
    if min(len(xs), len(ys)) < 2 or len(xs) * len(ys) > _LARGEST:  # noqa: PLR2004 - two lines enclose a cell
        return None
    real = _borders(drawn, ys, xs)
    cells = _cells(_Lattice(real | _borders(cut, ys, xs), _borders(columns, xs, ys), len(ys) - 1, len(xs) - 1))
    last = len(ys) - 1
    return RuledTable(xs, ys, [_opened(c, real, last) if c.row == 0 or c.bottom == last else c for c in cells])


def _opened(cell: RuledCell, real: set[tuple[int, int]], rows: int) -> RuledCell:
    """The cell with what is known of its outer edges: at the top and bottom of the table some may not be drawn."""

    def missing(line: int) -> bool:
        return any((line, step) not in real for step in range(cell.column, cell.right))

    top, bottom = cell.row == 0 and missing(0), cell.bottom == rows and missing(rows)
    return cell._replace(open_top=top, open_bottom=bottom) if top or bottom else cell


def _borders(rulings: list[Ruling], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(index of the line, index of the step along it) for each step that a line covers."""
    found = set[tuple[int, int]]()
    last = len(along) - 1
    for at, start, end in rulings:
        line = bisect_left(across, at)
        if line == len(across) or across[line] != at:
            continue
        first, stop = bisect_left(along, start), bisect_right(along, end) - 1
        found.update(zip(repeat(line), range(first, stop), strict=False))
        for step in (first - 1, stop):  # of these it may cover a part
            if 0 <= step < last and _is_border(start, end, along[step], along[step + 1]):
                found.add((line, step))
    return found


def _is_border(start: float, end: float, begun: float, ended: float) -> bool:
    """Whether a line covers enough of a step."""
    return min(ended, end) - max(begun, start) >= _COVERED * (ended - begun)


_Steps = set[tuple[int, int]]
"""Row and column; or the index of a line and that of a step along it."""


@frozen
class _Lattice:
    """The spaces between all lines of a table, and which of their sides are drawn."""

    across: _Steps
    down: _Steps
    rows: int
    columns: int

    def holds(self, space: tuple[int, int]) -> bool:
        return 0 <= space[0] < self.rows and 0 <= space[1] < self.columns

    def reached(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """The neighbours that no line divides from a space; they may lie outside."""
        if (row, column) not in self.across:
            yield row - 1, column
        if (row + 1, column) not in self.across:
            yield row + 1, column
        if (column, row) not in self.down:
            yield row, column - 1
        if (column + 1, row) not in self.down:
            yield row, column + 1


def _cells(lattice: _Lattice) -> Iterator[RuledCell]:
    """Spaces with no line between them are one cell; what is open to the outside is none."""
    seen: _Steps = set()
    across, down = lattice.across, lattice.down
    for first in product(range(lattice.rows), range(lattice.columns)):
        row, column = first
        enclosed = first in across and (column, row) in down and (row + 1, column) in across and (column + 1, row) in down
        if enclosed:
            yield RuledCell(row, column, row + 1, column + 1)
        elif first not in seen:
            area, outside = _area(first, lattice)
            seen |= area
            if not outside:
                yield from _rectangles(area)


def _area(first: tuple[int, int], lattice: _Lattice) -> tuple[_Steps, bool]:
    area, edge, outside = {first}, [first], False
    while edge:
        for there in lattice.reached(*edge.pop()):
            if not lattice.holds(there):
                outside = True
            elif there not in area:
                area.add(there)
                edge.append(there)
    return area, outside


def _rectangles(area: set[tuple[int, int]]) -> Iterator[RuledCell]:
    rows, columns = [r for r, _ in area], [c for _, c in area]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if len(area) == (bottom - top) * (right - left):
        yield RuledCell(top, left, bottom, right)
        return
    # A border is missing somewhere: no rectangle, so rows that extend alike are taken together.
    shapes = [(row, row + 1, tuple(_stretches(sorted(c for r, c in area if r == row)))) for row in range(top, bottom)]
    for start, end, stretches in _alike(shapes):
        yield from (RuledCell(start, first, end, last) for first, last in stretches)


_Shape = tuple[int, int, tuple[tuple[int, int], ...]]
"""First and last row, and the stretches of columns that they cover."""


def _stretches(columns: list[int]) -> Iterator[tuple[int, int]]:
    breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(columns)) if b - a > 1), len(columns)]
    return ((columns[a], columns[b - 1] + 1) for a, b in pairwise(breaks))


def _alike(shapes: list[_Shape]) -> list[_Shape]:
    out: list[_Shape] = []
    for shape in shapes:
        if out and out[-1][2] == shape[2]:
            out[-1] = (out[-1][0], shape[1], shape[2])
        else:
            out.append(shape)
    return out
