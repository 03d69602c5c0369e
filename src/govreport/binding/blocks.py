"""A block in its form → its cells: the columns in the order of the text, the rows solved together, each row bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from govreport.binding.blockcells import doubt_over_ends, doubt_together
from govreport.binding.bound import Bound
from govreport.binding.chosen import Chosen
from govreport.binding.doubting.disorder import depends, doubt_halves, doubt_headless, doubt_order, doubt_steps
from govreport.binding.doubting.doubts import doubt_shifted
from govreport.binding.doubting.moved import holds_moved_cells
from govreport.binding.doubting.weakness import in_grid, weakness
from govreport.binding.labels.headers import (
    column_order,
    grid_columns,
    header_pieces,
    header_score,
    is_disordered,
    text_head,
    whole_headers,
)
from govreport.binding.labels.leading import adds_up, header_texts, leading_order, parted_order, stands_first
from govreport.binding.labels.standing import lines_of
from govreport.binding.placing.columns import solve
from govreport.binding.placing.gutters import Head, named_columns
from govreport.binding.placing.lost import columns_left
from govreport.binding.placing.spans import is_text_column
from govreport.binding.placing.twins import once, times_printed, with_twins
from govreport.binding.rowcells import Solved, bind_row, miss_row
from govreport.binding.solution import How, RowSlots, Solution
from govreport.binding.stream import Stream, label_text
from govreport.binding.sums.inference import Evidence
from govreport.binding.sums.weighing import doubt_slid, evidence, weigh
from govreport.model import Piece

__all__ = ["bind_block"]

_LED = ("总计的表头在其他列之前", "the header of the total stands before the others")
_PARTED = ("表头各组的次序与表样不同", "what is over columns stands in another order than the form's")
_TORN = ("表头拆散，次序与表样不同", "the headers are broken and stand in another order than the form's")


def bind_block(
    bound: Bound, block: Chosen, slots: dict[str, RowSlots], others: Callable[[], Sequence[Bound]], *, blanks: bool
) -> None:
    """Its cells, row by row; `others` are the tables beside, `blanks` says whether the layout keeps empty cells."""
    printed = column_order(_header(bound.stream, block), block.spec.columns, block.labels, bound.words.captions)
    order = _order(bound, block, printed)
    solved = _solved(bound, block, slots, order, blanks=blanks)
    unsure = len(set(block.labels)) < block.count or not solved.headed
    moved = unsure and is_disordered(_header_rows(bound.stream, block), block.spec.columns, block.labels)
    if bound.words.relations[block.form] and not bound.disorder and any(_is_open(s) for s in solved.solutions.values()):
        _weigh(bound, block, solved, others)
    doubt_slid(block.spec, bound.words.relations[block.form], solved.solutions, solved.order)
    first = len(bound.cells)
    for row, cells, found in block.rows():
        solution = solved.solutions.get(row.key)
        if solution is None or found is None:
            miss_row(bound, block.form, row, cells)
        else:
            solution.doubtful |= moved or (printed is None and not in_grid(solution, bound.stream))
            bind_row(bound, Solved(block.form, row, cells, found, solution, solved.order))
    doubt_together(bound, block, first)
    doubt_over_ends(bound, block.count, first)


@frozen(eq=False)
class _Settled:
    """What became of each row, by key, and the order of the form's columns in the text."""

    solutions: dict[str, Solution]
    order: Sequence[int]
    headed: bool
    """Whether each label stands over a column of the grid, which tells whose the values are."""


def _header(stream: Stream, block: Chosen) -> str:
    start, stop = block.header
    return stream.text[start:stop]


def _across(header: Iterable[Piece]) -> str:
    """What a header says in a grid, column by column: what stands over the first column may stand a row below the others."""
    placed = [piece for piece in header if piece.column is not None]
    return "".join(label_text(piece.text) for piece in sorted(placed, key=lambda piece: (piece.column, piece.row)))


def _header_rows(stream: Stream, block: Chosen) -> tuple[str, ...]:
    """What each row of the header says, where it is one of a grid."""
    own = [p for p in header_pieces(stream, block.header) if p.column is not None and not is_text_column(p)]
    return tuple(lines_of((label_text(piece.text) for piece in own), (piece.row for piece in own)))


def _order(bound: Bound, block: Chosen, printed: Sequence[int] | None) -> Sequence[int]:
    """The order in which the columns stand, as far as the header is to be believed; the rows are doubted where it is not."""
    stream, count, plain = bound.stream, block.count, range(block.count)
    order: Sequence[int] = plain if printed is None else printed
    if list(order) != list(plain) and not whole_headers(stream, block.header, block.labels):
        same = order if len(set(block.labels)) == count else plain  # where headers come again, nothing tells one from the next
        for found in block.found.values():
            found.weak = found.weak or (_TORN if depends(found, same) else None)
        order = plain
    rows = [found for _, found in block.printed()]
    if header_score(stream.text, block.labels) <= 0:
        doubt_headless(rows)
    doubt_order(stream, list(block.found.values()), order)
    if bound.wrapped:
        doubt_halves(rows, count)
    doubt_steps(stream, rows, count)
    return order


def _solved(bound: Bound, block: Chosen, slots: dict[str, RowSlots], order: Sequence[int], *, blanks: bool) -> _Settled:
    stream, count = bound.stream, block.count
    text = _header(stream, block)
    parted = parted_order(text, block.spec.columns, block.labels, order)
    led = parted or leading_order(text, block.spec.columns, block.labels, bound.words.captions)
    plain = led is None and all(len(row.values) == count and _without_columns(stream, row) for row in slots.values())
    header = [*header_pieces(stream, block.header)]
    grid = _fitting(grid_columns(header, block.labels), [*slots.values()], stream)
    if plain and grid is not None and [*map(grid.__getitem__, sorted(grid))] == [*range(count)]:
        grid = None
    if grid and parted and len(set(block.labels)) < len(grid) == count:  # labels that come again tell no group from the next
        across = parted_order(_across(header), block.spec.columns, block.labels, order)
        grid = dict(zip(sorted(grid), across, strict=True)) if across else grid
    if grid is None and not plain and (left := columns_left(header, block.labels, slots.values(), stream.pieces)):
        return _without_lost(block, slots, left)
    times = () if plain or grid else times_printed(stream, block.header, block.labels)
    folded = [once(row, times, stream) for row in slots.values()]
    rows = [row for row, _ in folded]
    in_columns = any(is_text_column(stream.pieces[row.values[0].piece]) for row in rows if row.values)
    head = text_head(stream, block.header, block.labels, bound.words.known) if in_columns else Head()
    named = named_columns([row.values for row in rows], count, stream.pieces, head)
    order = named or (led if led and _is_led(bound, block, slots, led, grid, parted=parted is not None) else order)
    solved = solve(rows, count, stream.pieces, grid, head=head, margins=bound.margins, blanks=blanks)
    solutions = {key: with_twins(solution, twins) for key, solution, (_, twins) in zip(slots, solved, folded, strict=True)}
    labelled = bool(bound.words.rows)
    for key, solution in solutions.items():
        solution.by_header |= block.found[key].by_header
        solution.doubtful |= holds_moved_cells(slots[key], block.found[key], count, stream, labelled=labelled)
    complete = all(any(v in text for v in own) for own in block.labels)
    doubt_shifted(solved, rows, count, stream.pieces, bound.totals, named=grid is not None, whole=complete)
    return _Settled(solutions, order, headed=grid is not None or order is led)


def _without_lost(block: Chosen, slots: dict[str, RowSlots], left: Mapping[int, int]) -> _Settled:
    """The rows of a grid that lost columns with their headers: what stood in these is not told, and no row is certain."""
    lost = frozenset(range(block.count)).difference(left.values())
    solutions = {}
    for key, row in slots.items():
        own = dict(zip((left[column] for column in sorted(left)), row.slots[-len(left) :], strict=True))
        cells = [own.get(j) for j in range(block.count)]
        solutions[key] = Solution(cells, How.COLUMNS, doubtful=True, untold=lost, by_header=True)
    return _Settled(solutions, range(block.count), headed=True)


def _is_led(
    bound: Bound,
    block: Chosen,
    slots: Mapping[str, RowSlots],
    led: Sequence[int],
    grid: Mapping[int, int] | None,
    *,
    parted: bool,
) -> bool:
    """Whether columns stand in that order, the total before its parts; rows are doubted where one thing alone says so.

    An order in which groups are `parted` is one that the header tells.
    """
    if grid:
        return grid[min(grid)] == led[0]
    rows = [(cells, [s.reading for s in slots[row.key].values]) for row, cells, _ in block.rows() if row.key in slots]
    told = adds_up(rows, bound.words.relations[block.form], led)
    first = parted or stands_first(header_texts(bound.stream, block.header), block.labels)
    if told is False or not (told or first):
        return False
    for found in block.found.values():
        found.weak = found.weak or ((_PARTED if parted else _LED) if not (told and first) and depends(found, led) else None)
    return True


def _is_open(solution: Solution) -> bool:
    """Whether the row has values, and nothing tells whose."""
    return solution.how is How.NONE and bool(solution.left)


def _weigh(bound: Bound, block: Chosen, solved: _Settled, others: Callable[[], Sequence[Bound]]) -> None:
    """Ask the sums of the form."""
    sure = {
        key: s for key, s in solved.solutions.items() if weakness(bound.stream, s, block.found[key], bound.words.known) is None
    }
    elsewhere = sum((evidence(b.cells, b.words.relations) for b in others()), start=Evidence())
    weigh(block.spec, bound.words.relations[block.form], sure, solved.order, elsewhere)


def _without_columns(stream: Stream, row: RowSlots) -> bool:
    """Whether columns can say no more of a complete row than its order does: no cell is empty, none spans several."""
    first = stream.pieces[row.values[0].piece]
    return first.rowspan is None and (first.column is None or len(row.slots) == len(row.values))


def _fitting(grid: dict[int, int] | None, rows: list[RowSlots], stream: Stream) -> dict[int, int] | None:
    """The header's columns, unless values stand beside them.

    Then cells were left out, and columns of different rows are not the same.
    """
    if grid is None:
        return None
    values = [stream.pieces[s.piece] for row in rows for s in row.values]
    beside = sum(p.column not in grid for p in values)
    return grid if beside * 10 <= len(values) else None
