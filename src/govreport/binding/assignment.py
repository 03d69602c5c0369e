"""Pieces and forms → the cells of one table, each with a status, and the findings that go with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field

from govreport.binding.alignment import Match
from govreport.binding.cells import missing_cell, printed_cell, read_cell
from govreport.binding.columns import keeps_blanks, solve
from govreport.binding.disorder import (
    depends,
    doubt_halves,
    doubt_headless,
    doubt_order,
    doubt_scrambled,
    doubt_steps,
    in_disorder,
    scrambled,
)
from govreport.binding.doubts import doubt_shifted
from govreport.binding.forms import belied, rival_cells, union_cells, unread_rivals
from govreport.binding.gutters import Head, named_columns
from govreport.binding.headers import choose, column_order, grid_columns, header_score, text_head, whole_headers
from govreport.binding.heads import headed_range, header_range, header_text
from govreport.binding.inference import Evidence
from govreport.binding.leftovers import leftovers
from govreport.binding.margins import END, Margins, learn, of_unlabelled
from govreport.binding.neighbours import Neighbour, compare
from govreport.binding.notes import note, row_name
from govreport.binding.pace import out_of_step
from govreport.binding.panels import regroup
from govreport.binding.readings import proven
from govreport.binding.records import mark_misnumbered, mark_open, mark_uneven
from govreport.binding.rows import Found, own_rows
from govreport.binding.sheet import Line, Sheet
from govreport.binding.solution import How, RowSlots, Solution
from govreport.binding.spans import is_text_column
from govreport.binding.stream import Stream, swallowed
from govreport.binding.vocabulary import TableWords, covered_labels, row_class
from govreport.binding.weakness import in_grid, overfull, unheld, unread, weakness
from govreport.binding.weighing import evidence, weigh
from govreport.binding.wraps import wrapped
from govreport.forms import Block, CellSpec, Row, TableSpec
from govreport.labels import NUMERALS
from govreport.model import Cell, Finding, Place, Role

__all__ = ["Bound", "bind_table"]


_TORN = ("表头拆散，次序与表样不同", "the headers are broken and stand in another order than the form's")


@define
class Bound:
    """A table bound: its cells by block, the forms chosen, the roles of its pieces, and findings."""

    words: TableWords
    stream: Stream
    layout: str
    cells: list[Cell] = field(factory=list)
    forms: dict[str, str | None] = field(factory=dict)
    doubts: list[Finding] = field(factory=list)
    found: float = 0.0
    margins: Margins = field(factory=Margins)
    disorder: bool = False
    """Whether the table's rows are in such disorder that none of them is believed."""
    shuffled: bool = False
    """Whether its headers are in no order, and no geometry says what its rows are: then the whole text may be shuffled."""
    wrapped: frozenset[int] = frozenset()
    """The pieces whose parts are one number, broken at the width of its cell."""


def bind_table(
    words: TableWords,
    stream: Stream,
    matches: dict[int, Match],
    default: str | None,
    others: Callable[[], Sequence[Bound]] = tuple,
    *,
    layout: str,
    blanks: bool,
    shuffled: bool = False,
) -> Bound:
    """Bind one table; `default` is the form where its own labels do not decide, `others` gives the tables bound before.

    `layout` is the name of its layout, which keeps `blanks` or does not; `shuffled` says that another table's text is.
    """
    bound = Bound(words, stream, layout, wrapped=wrapped(stream))
    rows = own_rows(words, stream, matches)
    bound.found = len(rows) / max(len(words.rows), 1)
    chosen: list[_Chosen] = []
    for number, block in enumerate(words.blocks):
        found = {key: row for (b, key), row in rows.items() if b == number}
        start, stop = header_range(words, matches, number, stream) if words.rows else headed_range(stream, rows)
        filled = {key: bool(row.slots) for key, row in found.items()}
        said = header_text(words, block, stream.text, start, stop)
        form = choose(block, filled, said, default)
        likely = None if form is None else belied(block, form, found, said, default)
        if form is not None and likely is None:
            chosen.append((block.forms[form], form, found, (start, stop)))
        elif default is None or likely is not None:
            _doubt_form(bound, union_cells(block, likely), block.item or words.title)
    for spec, form, found, _ in chosen:
        _doubt_form(bound, rival_cells(words.blocks[_number(words, spec)], form, found), words.title)
    _regroup(bound, matches, chosen, blanks=blanks)
    mark_open([found.get(row.key) for block, _, found, _ in chosen for row in block.rows], stream)
    mark_misnumbered(
        [(row.label, found[row.key]) for block, _, found, _ in chosen for row in block.rows if row.key in found], stream
    )
    for spec, form, found, _ in chosen:
        if shuffled or scrambled(stream.text, words.blocks[_number(words, spec)].headers[form]):
            bound.shuffled = doubt_scrambled(stream, found.values()) or bound.shuffled
    slots = [_row_slots(stream, block, found, last=block is chosen[-1][0]) for block, _, found, _ in chosen]
    owned = [(row, len(block.columns)) for (block, *_), own in zip(chosen, slots, strict=True) for row in own.values()]
    whole = keeps_blanks(owned, blanks=blanks)
    bound.disorder = in_disorder(owned, stream.pieces) or swallowed(stream)
    compare(
        stream,
        [
            Neighbour(
                found[key],
                row,
                number,
                len(block.columns),
                lined=any(stream.pieces[s.piece].row is not None for s in row.slots),
            )
            for number, ((block, _, found, _), own) in enumerate(zip(chosen, slots, strict=True))
            for key, row in own.items()
        ],
    )
    _mark_out_of_step(bound, chosen, slots)
    mark_uneven([list(found.values()) for _, _, found, _ in chosen], stream, labelled=bool(words.rows))
    bound.margins = _margins(bound, owned, others)
    for (spec, form, found, header), own in zip(chosen, slots, strict=True):
        _bind_block(bound, spec, form, found, own, header, others, blanks=whole)
        printed = header_text(words, words.blocks[_number(words, spec)], stream.text, *header)
        _doubt_form(bound, unread_rivals(words.blocks[_number(words, spec)], form, bound.cells, printed), words.title)
    _label(words, stream)
    if words.name in stream.copies:
        bound.doubts.append(note("structure.duplicate", section=words.section))
    emptied = any(doubt.code == "reading.row_empty" for doubt in bound.doubts)
    bound.doubts += leftovers(bound.cells, stream, words.section, emptied=emptied)
    return bound


def _doubt_form(bound: Bound, cells: Sequence[Cell], title: str) -> None:
    """Say that these cells, of a form that nothing decides, may have been there."""
    if cells:
        bound.cells += cells
        bound.doubts.append(note("reading.form", cells=[c.key for c in cells], section=bound.words.section, title=title))


_Chosen = tuple[Block, str, dict[str, Found], tuple[int, int]]


def _regroup(bound: Bound, matches: dict[int, Match], chosen: Sequence[_Chosen], *, blanks: bool) -> None:
    """Give rows whose values do not stand behind their labels those that counting, headers or relations prove their own."""
    if all(_entire(f, len(b.columns)) for b, _, found, _ in chosen for f in found.values()):
        return
    words, width = bound.words, {n: len(block.columns) for n, (block, _, _, _) in enumerate(chosen)}
    rows = [(n, i, block, row.key, found) for n, (block, _, found, _) in enumerate(chosen) for i, row in enumerate(block.rows)]
    lines = [
        Line(n, tuple(c.key for c in block.cells[i * width[n] : (i + 1) * width[n]]), found.get(key))
        for n, i, block, key, found in rows
    ]
    headers = {n: words.blocks[_number(words, block)].headers[form] for n, (block, form, _, _) in enumerate(chosen)}
    relations = list(dict.fromkeys(r for form in {form for _, form, _, _ in chosen} for r in words.relations[form]))
    start = min((m.start for m in matches.values()), default=0) if words.items else 0
    sheet = Sheet(bound.stream, lines, headers, words.captions, relations, start, blanks)
    for at, row in regroup(sheet):
        _, _, _, key, found = rows[at]
        found[key] = row


def _bind_block(  # noqa: PLR0917 - a block's spec, its text and its slots, each once
    bound: Bound,
    block: Block,
    form: str,
    found: dict[str, Found],
    slots: dict[str, RowSlots],
    header: tuple[int, int],
    others: Callable[[], Sequence[Bound]],
    *,
    blanks: bool,
) -> None:
    stream, count = bound.stream, len(block.columns)
    text = stream.text[header[0] : header[1]]
    labels = bound.words.blocks[_number(bound.words, block)].headers[form]
    printed = column_order(text, block.columns, labels, bound.words.captions)
    order: Sequence[int] = range(count) if printed is None else printed
    if list(order) != list(range(count)) and not whole_headers(stream, header, labels):
        same = order if len(set(labels)) == count else range(count)  # where headers come again, nothing tells one from the next
        for f in found.values():
            f.weak = f.weak or (_TORN if depends(f, same) else None)
        order = range(count)
    if header_score(stream.text, labels) <= 0:
        doubt_headless(found.values())
    doubt_order(stream, list(found.values()), order)
    if bound.wrapped:
        doubt_halves([found[row.key] for row in block.rows if row.key in found], count)
    doubt_steps(stream, [found[row.key] for row in block.rows if row.key in found], count)
    table = bound.words.forms[form]
    rows = list(slots.values())
    plain = all(len(row.values) == count and _without_columns(stream, row) for row in rows)
    grid = None if plain else _fitting(grid_columns(stream, header, labels), rows, stream)
    head = text_head(stream, header, labels, bound.words.known) if _in_text_columns(stream, rows) else Head()
    order = named_columns([row.values for row in rows], count, stream.pieces, head) or order
    solved = solve(rows, count, stream.pieces, grid, head=head, margins=bound.margins, blanks=blanks)
    solutions = dict(zip(slots, solved, strict=True))
    for key, solution in solutions.items():
        solution.by_header |= found[key].by_header
    complete = all(any(v in text for v in own) for own in labels)
    doubt_shifted(solved, rows, count, stream.pieces, named=grid is not None, whole=complete)
    relations = bound.words.relations[form]
    if relations and not bound.disorder and any(s.how is How.NONE and s.left for s in solutions.values()):
        sure = {key: s for key, s in solutions.items() if weakness(stream, s, found[key]) is None}
        elsewhere = sum((evidence(b.cells, b.words.relations) for b in others()), start=Evidence())
        weigh(block, relations, sure, order, elsewhere)
    for number, row in enumerate(block.rows):
        cells = block.cells[number * count : (number + 1) * count]
        if row.key not in solutions:
            bound.cells += [missing_cell(spec, form) for spec in cells]
            bound.doubts.append(
                note("structure.row_missing", cells=[c.key for c in cells], section=table.section, row=row_name(table, row))
            )
        else:
            solution = solutions[row.key]
            solution.doubtful |= printed is None and not in_grid(solution, stream)
            _bind_row(bound, table, row, form, cells, solution, found[row.key], order)


def _mark_out_of_step(bound: Bound, chosen: Sequence[_Chosen], slots: Sequence[dict[str, RowSlots]]) -> None:
    """The whole rows with a number that stands otherwise than all others, if they do not add up."""
    rows = [
        (found[row.key], spec.cells[i * len(spec.columns) :][: len(spec.columns)], own[row.key].values, form)
        for (spec, form, found, _), own in zip(chosen, slots, strict=True)
        for i, row in enumerate(spec.rows)
        if row.key in own and len(own[row.key].values) == len(spec.columns)
    ]
    for (found, cells, values, form), off in zip(rows, out_of_step(bound.stream, [row[2] for row in rows]), strict=True):
        found.odd |= off and not proven({c.key: s for c, s in zip(cells, values, strict=True)}, bound.words.relations[form])


def _row_slots(stream: Stream, block: Block, found: dict[str, Found], *, last: bool) -> dict[str, RowSlots]:
    """The slots of the rows that were found, by key; `last`: the block ends the table."""
    rows, count = {}, len(block.columns)
    for index, row in enumerate(block.rows):
        own = found.get(row.key)
        if own is None:
            continue
        if len(own.slots) < count and len([s for s in own.slots if s.solid]) + len(own.lone) == count:
            own.slots = [*own.slots, *own.lone]  # a line was broken before its last value
        following = covered_labels(block, index + 1) if index + 1 < len(block.rows) else END if last else None
        rows[row.key] = RowSlots(own.slots, (row_class(block, index), following), _label_column(stream, own))
    return rows


def _entire(found: Found, count: int) -> bool:
    """Whether a row has all its values in one place, and nothing astray."""
    return len(found.slots) == count and not found.stray and found.slots[0].position == found.slots[-1].position


def _margins(bound: Bound, owned: Sequence[tuple[RowSlots, int]], others: Callable[[], Sequence[Bound]]) -> Margins:
    """The margins that the table's rows teach; where all have their values, none are asked for."""
    if bound.words.rows or all(len(row.values) == count for row, count in owned):
        return learn([row.extent(count) for row, count in owned])
    return of_unlabelled([other.margins for other in others() if other.layout == bound.layout])


def _without_columns(stream: Stream, row: RowSlots) -> bool:
    """Whether columns can say no more of a complete row than its order does: no cell is empty, none spans several."""
    first = stream.pieces[row.values[0].piece]
    return first.rowspan is None and (first.column is None or len(row.slots) == len(row.values))


def _in_text_columns(stream: Stream, rows: Sequence[RowSlots]) -> bool:
    return any(is_text_column(stream.pieces[row.values[0].piece]) for row in rows if row.values)


def _label_column(stream: Stream, found: Found) -> int | None:
    return stream.pieces[stream.piece_at(found.match.end - 1)].column if found.match.end else None


def _fitting(grid: dict[int, int] | None, rows: list[RowSlots], stream: Stream) -> dict[int, int] | None:
    """The header's columns, unless values stand beside them.

    Then cells were left out, and columns of different rows are not the same.
    """
    if grid is None:
        return None
    values = [stream.pieces[s.piece] for row in rows for s in row.values]
    beside = sum(p.column not in grid for p in values)
    return grid if beside * 10 <= len(values) else None


def _number(words: TableWords, block: Block) -> int:
    return next(i for i, b in enumerate(words.blocks) if block in b.forms.values())


def _bind_row(  # noqa: PLR0917 - a row's spec, its text and its solution, each once
    bound: Bound,
    table: TableSpec,
    row: Row,
    form: str,
    cells: Sequence[CellSpec],
    solution: Solution,
    found: Found,
    order: Sequence[int],
) -> None:
    stream = bound.stream
    solution.doubtful |= (bound.disorder and not in_grid(solution, stream)) or unheld(bound.words, stream, solution, found)
    solution.doubtful |= overfull(cells, solution, order) or unread(solution, bound.wrapped)
    weak = weakness(stream, solution, found)
    if (
        weak is None
        and solution.how is How.COUNT
        and not solution.by_header
        and all(s is not None and s.reading is not None and s.reading.sure for s in solution.cells)
        and all(cells[j].fits(s.reading.value) for j, s in zip(order, solution.cells, strict=True) if s and s.reading)
    ):
        _bind_plain(bound, form, cells, solution, order)
        return
    keys = [c.key for c in cells]
    where = {"section": table.section, "row": row_name(table, row)}
    place = stream.pieces[stream.piece_at(found.match.start)].place
    if solution.how is How.NONE:
        bound.cells += [missing_cell(spec, form) for spec in cells]
        raws = "、".join(stream.pieces[s.piece].text for s in solution.left)
        code = "reading.row_values" if solution.left else "reading.row_empty"
        bound.doubts.append(
            note(code, cells=keys, place=place, expected=len(cells), actual=len(solution.left), raw=raws, **where)
        )
        return
    for twin in solution.twins:
        stream.roles[twin.piece] = Role.VALUE if twin.solid else Role.REMARK
    by_column = {j if solution.by_header else order[j]: slot for j, slot in enumerate(solution.cells)}
    unsure = []
    untold = {order[j] for j in solution.untold}
    doubted = weak is not None or solution.how is How.SUMS
    for j, spec in enumerate(cells):
        if j in untold:
            bound.cells.append(missing_cell(spec, form))
            continue
        slot = by_column[j]
        cell, fine = read_cell(spec, form, slot, stream.pieces, bound.wrapped, weak=doubted)
        bound.cells.append(cell)
        if slot is not None:
            stream.roles[slot.piece] = Role.VALUE
        if not fine and slot is not None:
            unsure.append(
                note("reading.value", cells=[spec.key], place=cell.place, column=spec.column.header, raw=cell.raw, **where)
            )
    if solution.how is How.SUMS:
        bound.doubts.append(_by_sums(stream, solution, keys, place, **where))
    elif weak is not None:
        bound.doubts.append(note("reading.inferred", cells=keys, place=place, why_zh=weak[0], why_en=weak[1], **where))
    bound.doubts += unsure


def _by_sums(stream: Stream, solution: Solution, keys: list[str], place: Place | None, **where: str) -> Finding:
    told = [slot for slot in solution.cells if slot is not None]
    raw = "、".join(stream.pieces[s.piece].text for s in sorted([*told, *solution.left], key=lambda s: s.piece))
    actual = len(told) + len(solution.left)
    return note("reading.sums", cells=keys, place=place, expected=len(keys), actual=actual, raw=raw, told=len(told), **where)


def _bind_plain(bound: Bound, form: str, cells: Sequence[CellSpec], solution: Solution, order: Sequence[int]) -> None:
    """The row that most rows are: every cell with a number that nothing speaks against."""
    stream = bound.stream
    slots = dict(zip(order, solution.cells, strict=True))
    for j, spec in enumerate(cells):
        slot = slots[j]
        if slot is not None and slot.reading is not None:
            bound.cells.append(printed_cell(spec, form, stream.pieces[slot.piece], slot.reading))
            stream.roles[slot.piece] = Role.VALUE


def _label(words: TableWords, stream: Stream) -> None:
    """Pieces that are a label of the form and nothing else are labels, wherever they stand."""
    ends = [*stream.starts[1:], len(stream.text)][: len(stream.starts)]
    for at, start, end in zip(stream.texts, stream.starts, ends, strict=True):
        if stream.text[start:end].lstrip(NUMERALS) in words.known:
            stream.roles[at] = Role.LABEL
