"""Pieces and forms → the cells of one table, each with a status, and the findings that go with them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import define, field

from govreport.binding import scoring
from govreport.binding.alignment import Match, align, rescue
from govreport.binding.columns import How, RowSlots, Solution, in_disorder, keeps_blanks, solve
from govreport.binding.headers import column_order, grid_columns, header_score, label_run
from govreport.binding.notes import note, row_name
from govreport.binding.stream import Slot, Stream, only_numerals
from govreport.binding.vocabulary import BlockWords, TableWords, row_class
from govreport.forms import Block, CellSpec, Row, TableSpec
from govreport.model import Cell, Finding, Piece, Role, Status, Value
from govreport.labels import NUMERALS
from govreport.values import Kind, is_split

__all__ = ["Bound", "bind_table", "filled_rows", "locate"]


_FEW_WORDS = 12
"""More characters than these in a cell are a note, not a value."""
_NUMBER_IN_LABEL = re.compile(r"[\u4e00-\u9fff][）)”」]?\s*[-+]?\d[\d,.]*\s*$")
"""A label that ends in a number has swallowed a value, or a part of one."""


@define
class Bound:
    """A table bound: its cells by block, the forms chosen, the roles of its pieces, and findings."""

    words: TableWords
    stream: Stream
    cells: list[Cell] = field(factory=list)
    forms: dict[str, str | None] = field(factory=dict)
    doubts: list[Finding] = field(factory=list)
    found: float = 0.0
    disorder: bool = False
    """Whether the table's rows are in such disorder that none of them is believed."""


@define
class Found:
    """A row of the form that stands in the text: its anchor and the slots it owns."""

    match: Match
    slots: list[Slot]
    stray: list[Slot]
    lone: list[Slot] = field(factory=list)
    """Numbers on lines of their own, which are nobody's."""


def locate(words: TableWords, stream: Stream) -> dict[int, Match]:
    """Where the table's labels stand in the stream."""

    def bonus(start: int, end: int) -> float:
        first, last = stream.bounds(start)
        weight = 0.0
        if only_numerals(stream.text[first:start]):
            weight = scoring.WHOLE_PIECE if end == last else scoring.PIECE_START
        return weight + (scoring.VALUE_NEXT if stream.between(end - 1, last) else 0)

    matches = align(stream.text, words.anchors, bonus)
    return matches if len(matches) == len(words.anchors) else _rescue(words, stream, matches)


def _rescue(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[int, Match]:
    """Look for labels that were damaged, in what their neighbours leave free and where values follow."""
    found = dict(matches)
    for index, anchor in enumerate(words.anchors):
        if index in matches or index in words.items:
            continue
        before = max((m.end for i, m in found.items() if i < index), default=None)
        after = min((m.start for i, m in found.items() if i > index), default=None)
        if before is None or after is None or after - before < 2:  # noqa: PLR2004 - no label is shorter
            continue
        match = rescue(stream.text, anchor, before, min(after, before + 120))
        if match is not None and stream.between(match.start, after):
            found[index] = Match(index, match.start, match.end, match.weight, match.sure)
    return found


def filled_rows(words: TableWords, stream: Stream, matches: dict[int, Match]) -> float:
    """The share of the table's rows whose label is there with a value behind it: 0..1."""
    order = sorted(matches.values(), key=lambda m: m.start)
    ends = [*(m.start for m in order[1:]), len(stream.text)][: len(order)]
    filled = sum(bool(stream.between(m.start, e)) for m, e in zip(order, ends, strict=True) if m.anchor in words.rows)
    if words.rows:
        return filled / len(words.rows)
    return float(any(found.slots for found in _own_headed(words, stream).values()))


def bind_table(words: TableWords, stream: Stream, matches: dict[int, Match], default: str | None, *, blanks: bool) -> Bound:
    """Bind one table; `default` is the form where its own labels do not decide."""
    bound = Bound(words, stream)
    rows = _own(words, stream, matches) or _own_headed(words, stream)
    bound.found = len(rows) / max(len(words.rows), 1)
    chosen: list[tuple[Block, str, dict[str, Found], tuple[int, int]]] = []
    for number, block in enumerate(words.blocks):
        found = {key: row for (b, key), row in rows.items() if b == number}
        start, stop = _header_range(words, matches, number, stream) if words.rows else _headed_range(rows)
        form = choose(block, found, stream.text[start:stop], default)
        if form is not None:
            chosen.append((block.forms[form], form, found, (start, stop)))
        elif default is None:
            bound.cells += union_cells(block)
            keys = [c.key for c in union_cells(block)]
            bound.doubts.append(note("reading.form", cells=keys, section=words.section, title=block.item or words.title))
    owned = [(RowSlots(row.slots), len(block.columns)) for block, _, found, _ in chosen for row in found.values()]
    whole = keeps_blanks(owned, blanks=blanks)
    bound.disorder = in_disorder(owned)
    for block, form, found, header in chosen:
        _bind_block(bound, block, form, found, header, blanks=whole)
    _label(words, stream)
    _unbound(bound)
    return bound


def _own(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[tuple[int, str], Found]:
    """Give each row the slots between its label and the next label that was found."""
    order = sorted(matches.values(), key=lambda m: m.start)
    lines = Counter(stream.pieces[stream.piece_at(m.end - 1)].row for m in order)
    rows = {}
    for match, following in itertools.zip_longest(order, order[1:]):
        stop = following.start if following else len(stream.text)
        _mark(stream, match)
        if match.anchor in words.rows:
            rows[words.rows[match.anchor]] = _cut(words, stream, match, stop, lines)
    return rows


def _own_headed(words: TableWords, stream: Stream) -> dict[tuple[int, str], Found]:
    """A table whose one row has no label: its values stand under, or between, the labels of its header."""
    labels = {v for block in words.blocks for form in block.headers.values() for column in form for v in column}
    run = label_run(stream.text, labels)
    width = max((len(form) for block in words.blocks for form in block.headers.values()), default=0)
    run = run[len(run) % width :] if width and len(run) > width else run  # 总计 of the table before may stand close
    if len(run) < 3 or words.rows:  # noqa: PLR2004 - two labels may stand in any prose
        return {}
    match = Match(0, run[0][0], run[-1][1], float(len(run)))
    stop = next((s for s in stream.starts if s >= match.end and _ends(stream, match, s)), len(stream.text))
    slots = [s for s in stream.between(match.start, stop) if s.solid or s.position >= match.end]
    return {(0, words.blocks[0].rows[0]): Found(match, slots, [])}


def _ends(stream: Stream, match: Match, position: int) -> bool:
    """Whether text at this position comes after the first values and is more than numbering."""
    first, last = stream.bounds(position)
    return bool(stream.between(match.start, first)) and not only_numerals(stream.text[first:last])


def _mark(stream: Stream, match: Match) -> None:
    first, last = stream.index_at(match.start), stream.index_at(match.end - 1)
    for at in stream.texts[first : last + 1]:
        stream.roles[at] = Role.LABEL


def _cut(words: TableWords, stream: Stream, match: Match, stop: int, lines: Counter[int | None]) -> Found:
    """The row's slots up to where foreign text begins; what stands after it is astray."""
    slots, lone = _in_rows(stream, match, _with_words(words, stream, match, stop), lines)
    if not slots or slots[-1].position <= match.end:
        return Found(match, slots, [], lone)
    own = words.anchors[match.anchor].variants
    reach = match.end
    for number, slot in enumerate(slots):
        text = stream.text[max(reach, match.end) : slot.position]
        if slot.position > match.end and text and not _own_text(text, own, words, stream, match, slot, started=number > 0):
            return Found(match, slots[:number], slots[number:], lone)
        reach = max(reach, slot.position)
    return Found(match, slots, [], lone)


def _with_words(words: TableWords, stream: Stream, match: Match, stop: int) -> list[Slot]:
    """The row's slots; a few words in a cell behind its label, 见附件 or 若干, are what that cell says, and no number."""
    slots = stream.between(match.start, stop)
    line = stream.pieces[stream.piece_at(match.end - 1)].row
    if line is None:
        return slots
    for at in range(stream.index_at(match.end - 1) + 1, len(stream.texts)):
        start, end = stream.starts[at], stream.bounds(stream.starts[at])[1]
        if stream.pieces[stream.texts[at]].row != line or start >= stop:
            break
        text = stream.text[start:end].lstrip(NUMERALS)
        if len(text) <= _FEW_WORDS and text not in words.known and not any(text in v for v in words.anchors[match.anchor].variants):
            slots.append(Slot(Kind.NUMBER, start, stream.texts[at]))
    return sorted(slots, key=lambda s: s.piece)


def _in_rows(stream: Stream, match: Match, slots: list[Slot], lines: Counter[int | None]) -> tuple[list[Slot], list[Slot]]:
    """The slots of the row, and those that rows of the layout prove not to be its own.

    Not its own: what stands on the line of another label (the index of a data frame), a number alone on its line while the label's
    line holds values (a page number), and the empty cells of lines that hold nothing (a row was lost there).
    """
    line = stream.pieces[stream.piece_at(match.end - 1)].row
    if line is None:
        return slots, []
    pieces = stream.pieces
    if all([pieces[s.piece].row == line for s in slots]):
        return slots, []
    held = Counter(pieces[s.piece].row for s in slots if s.kind is not Kind.EMPTY)
    kept = {row for row, count in held.items() if lines[row] == (row == line) and (count > 1 or row == line or not held[line])} | {line}
    return [s for s in slots if stream.pieces[s.piece].row in kept], [s for s in slots if s.solid and stream.pieces[s.piece].row not in kept and not lines[stream.pieces[s.piece].row]]


def _own_text(text: str, own: tuple[str, ...], words: TableWords, stream: Stream, match: Match, slot: Slot, *, started: bool) -> bool:
    """Whether text between a label and its values belongs to the label, or is noise that no label of the form is in."""
    if only_numerals(text) or any(text in v for v in own):
        return True
    rest = text
    for label in own:
        rest = rest.replace(label, "")
    if only_numerals(rest) or stream.bounds(match.end - 1)[1] >= slot.position:
        return True
    if started:
        return False
    return not any(label in rest for label in words.known if len(label) > 1)


def _header_range(words: TableWords, matches: dict[int, Match], number: int, stream: Stream) -> tuple[int, int]:
    """From the end of the row before the block to its first row: where its header stands."""
    mine = [matches[i] for i, (b, _) in words.rows.items() if b == number and i in matches]
    items = [matches[i] for i, b in words.items.items() if b == number and i in matches]
    stop = min((m.start for m in mine), default=len(stream.text))
    earlier = [m.end for i, m in matches.items() if i in words.rows and words.rows[i][0] < number and m.end <= stop]
    start = max([*(m.end for m in items if m.end <= stop), *earlier], default=0)
    return start, stop


def _headed_range(rows: dict[tuple[int, str], Found]) -> tuple[int, int]:
    """The header of a table whose one row has no label is what was found in its stead."""
    return next(((row.match.start, row.match.end) for row in rows.values()), (0, 0))


def union_cells(block: BlockWords) -> list[Cell]:
    """The cells of a block in every form, all missing: what a block may have held whose form nothing tells."""
    return list({spec.key: _cell(spec, form) for form, b in block.forms.items() for spec in b.cells}.values())


def choose(block: BlockWords, found: dict[str, Found], header: str, default: str | None) -> str | None:
    """The form whose header and rows are there; `default` where they do not decide."""
    scores = {form: _score(block, form, found, header) for form in block.forms}
    best = sorted(scores.items(), key=lambda item: -item[1])
    if best[0][1] > 0 and (len(best) == 1 or best[0][1] - best[1][1] >= scoring.FORM_MARGIN):
        return best[0][0]
    return default if default in block.forms else None


def _score(block: BlockWords, form: str, found: dict[str, Found], header: str) -> float:
    """Header labels, and rows that not every form has: a row decides as two headers do. What only this form has and is not there counts against it."""
    keys = {row.key for row in block.forms[form].rows}
    there = [key for key in block.telling if key in found and (found[key].slots or key not in block.captioned)]
    rows = sum(2.0 if key in keys else -2.0 for key in there)
    lost = sum(key in keys for key in block.telling if key not in found) if found else 0
    return header_score(header, block.headers[form]) + rows - 0.5 * lost


def _bind_block(bound: Bound, block: Block, form: str, found: dict[str, Found], header: tuple[int, int], *, blanks: bool) -> None:
    stream, count = bound.stream, len(block.columns)
    text = stream.text[header[0] : header[1]]
    labels = bound.words.blocks[_number(bound.words, block)].headers[form]
    order = column_order(text, block.columns, labels, bound.words.captions)
    table = bound.words.forms[form]
    present = [(i, row, found[row.key]) for i, row in enumerate(block.rows) if row.key in found]
    for _, _, f in present:
        if len(f.slots) < count and len([s for s in f.slots if s.solid]) + len(f.lone) == count:
            f.slots = [*f.slots, *f.lone]  # a line was broken before its last value
    slots = [RowSlots(f.slots, (row_class(block, i), _next_class(block, i)), _label_column(stream, f)) for i, _, f in present]
    plain = all(len(row.values) == count and stream.pieces[row.values[0].piece].rowspan is None for row in slots)
    grid = None if plain else _fitting(grid_columns(stream, header, labels), slots, stream)
    solutions = dict(zip([row.key for _, row, _ in present], solve(slots, count, stream.pieces, grid, blanks=blanks), strict=True))
    for number, row in enumerate(block.rows):
        cells = block.cells[number * count : (number + 1) * count]
        if row.key not in solutions:
            bound.cells += [_cell(spec, form) for spec in cells]
            bound.doubts.append(note("structure.row_missing", cells=[c.key for c in cells], section=table.section, row=row_name(table, row)))
        else:
            _bind_row(bound, table, row, form, cells, solutions[row.key], found[row.key], order)


def _label_column(stream: Stream, found: Found) -> int | None:
    return stream.pieces[stream.piece_at(found.match.end - 1)].column if found.match.end else None


def _fitting(grid: dict[int, int] | None, rows: list[RowSlots], stream: Stream) -> dict[int, int] | None:
    """The header's columns, unless values stand beside them: then cells were left out, and columns of different rows are not the same."""
    if grid is None:
        return None
    values = [stream.pieces[s.piece] for row in rows for s in row.values]
    beside = sum(p.column not in grid for p in values)
    return grid if beside * 10 <= len(values) else None


def _number(words: TableWords, block: Block) -> int:
    return next(i for i, b in enumerate(words.blocks) if block in b.forms.values())


def _next_class(block: Block, index: int) -> object:
    return row_class(block, index + 1) if index + 1 < len(block.rows) else None


def _bind_row(
    bound: Bound, table: TableSpec, row: Row, form: str, cells: Sequence[CellSpec], solution: Solution, found: Found, order: Sequence[int]
) -> None:
    stream = bound.stream
    solution.doubtful |= bound.disorder and not solution.by_header
    weak = _weakness(solution, found, number_in_label=bool(_NUMBER_IN_LABEL.search(stream.pieces[stream.piece_at(found.match.end - 1)].text)))
    if weak is None and solution.how is How.COUNT and not solution.by_header and all(s is not None and s.reading is not None and s.reading.sure for s in solution.cells):
        _bind_plain(bound, form, cells, solution, order)
        return
    keys = [c.key for c in cells]
    where = {"section": table.section, "row": row_name(table, row)}
    place = stream.pieces[stream.piece_at(found.match.start)].place
    if solution.how is How.NONE:
        bound.cells += [_cell(spec, form) for spec in cells]
        raws = "、".join(stream.pieces[s.piece].text for s in solution.left)
        code = "reading.row_values" if solution.left else "reading.row_empty"
        bound.doubts.append(note(code, cells=keys, place=place, expected=len(cells), actual=len(solution.left), raw=raws, **where))
        return
    for twin in solution.twins:
        stream.roles[twin.piece] = Role.VALUE if twin.solid else Role.REMARK
    by_column = {j if solution.by_header else order[j]: slot for j, slot in enumerate(solution.cells)}
    unsure = []
    for j, spec in enumerate(cells):
        slot = by_column[j]
        cell, fine = _read(stream, spec, form, slot, weak=weak is not None)
        bound.cells.append(cell)
        if slot is not None:
            stream.roles[slot.piece] = Role.VALUE
        if not fine and slot is not None:
            unsure.append(note("reading.value", cells=[spec.key], place=cell.place, column=spec.column.header, raw=cell.raw, **where))
    if weak is not None:
        bound.doubts.append(note("reading.inferred", cells=keys, place=place, why_zh=weak[0], why_en=weak[1], **where))
    bound.doubts += unsure


def _bind_plain(bound: Bound, form: str, cells: Sequence[CellSpec], solution: Solution, order: Sequence[int]) -> None:
    """The row that most rows are: every cell with a number that nothing speaks against."""
    stream = bound.stream
    slots = dict(zip(order, solution.cells, strict=True))
    for j, spec in enumerate(cells):
        slot = slots[j]
        if slot is not None and slot.reading is not None:
            piece, value = stream.pieces[slot.piece], slot.reading.value
            number: Value = value if spec.kind == "amount" or value != value.to_integral_value() else int(value)
            unit = slot.reading.unit or spec.unit
            bound.cells.append(
                Cell(key=spec.key, label=spec.label, form=form, raw=piece.text, value=number, unit=unit, status=Status.READ, place=piece.place)
            )
            stream.roles[slot.piece] = Role.VALUE


def _weakness(solution: Solution, found: Found, *, number_in_label: bool) -> tuple[str, str] | None:
    if found.match.sure < 0.8:  # noqa: PLR2004 - a label with one wrong character in five is still that label
        return "行标签残缺", "its label is damaged"
    astray = any(s.solid and s.position - found.match.end <= scoring.NEAR for s in found.stray)
    if solution.doubtful or astray or found.lone or number_in_label:
        return "数值位置或长度异常", "values stand in unusual places or are unusually long"
    return None


def _cell(spec: CellSpec, form: str) -> Cell:
    return Cell(key=spec.key, label=spec.label, form=form, unit=spec.unit)


def _read(stream: Stream, spec: CellSpec, form: str, slot: Slot | None, *, weak: bool) -> tuple[Cell, bool]:
    """One cell from its slot, and whether its text is what such a cell may say."""
    if slot is None:
        return Cell(key=spec.key, label=spec.label, form=form, raw="", unit=spec.unit, status=Status.BLANK), True
    piece = stream.pieces[slot.piece]
    if slot.reading is None:
        return _unread(spec, form, slot, piece)
    value = slot.reading.value
    number: Value = value if spec.kind == "amount" or value != value.to_integral_value() else int(value)
    status = Status.READ if slot.reading.sure and not weak else Status.INFERRED
    cell = Cell(
        key=spec.key, label=spec.label, form=form, raw=piece.text, value=number, unit=slot.reading.unit or spec.unit, status=status, place=piece.place
    )
    return cell, slot.reading.sure


def _unread(spec: CellSpec, form: str, slot: Slot, piece: Piece) -> tuple[Cell, bool]:
    torn = slot.kind is Kind.NUMBER and is_split(piece.text)
    joined: Value = None
    if torn and len(piece.text) <= 12 and any(c.isspace() for c in piece.text):  # noqa: PLR2004 - longer than any number, so several
        digits = "".join(piece.text.split())
        joined = Decimal(digits) if "." in digits else int(digits.replace(",", ""))
    status = Status.BLANK if slot.kind is not Kind.NUMBER else Status.MISSING if joined is None else Status.INFERRED
    cell = Cell(key=spec.key, label=spec.label, form=form, raw=piece.text, value=joined, unit=spec.unit, status=status, place=piece.place)
    return cell, slot.kind is not Kind.NUMBER


def _label(words: TableWords, stream: Stream) -> None:
    """Pieces that are a label of the form and nothing else are labels, wherever they stand."""
    ends = [*stream.starts[1:], len(stream.text)][: len(stream.starts)]
    for at, start, end in zip(stream.texts, stream.starts, ends, strict=True):
        if stream.text[start:end].lstrip(NUMERALS) in words.known:
            stream.roles[at] = Role.LABEL


def _unbound(bound: Bound) -> None:
    """Numbers of the table that no cell took."""
    left = list(_left(bound))
    if left:
        raw = "、".join(p.text for p in left[:8])
        bound.doubts.append(note("reading.unbound", section=bound.words.section, count=len(left), raw=raw, place=left[0].place))


def _left(bound: Bound) -> Iterator[Piece]:
    stream = bound.stream
    return (stream.pieces[s.piece] for s in stream.slots if s.kind is Kind.NUMBER and stream.roles[s.piece] is Role.UNBOUND)
