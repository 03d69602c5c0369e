"""Pieces and forms → the cells of one table, each with a status, and the findings that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from govreport.binding.blocks import bind_block
from govreport.binding.bound import Against, Bound
from govreport.binding.chosen import Chosen, choose_blocks
from govreport.binding.doubting.disorder import doubt_scrambled, in_disorder, scrambled
from govreport.binding.doubting.doubts import repeated_totals
from govreport.binding.doubting.neighbour import Neighbour
from govreport.binding.doubting.neighbours import compare
from govreport.binding.doubting.pace import out_of_step
from govreport.binding.doubting.records import mark_close, mark_joined, mark_misnumbered, mark_open, mark_uneven
from govreport.binding.labels.alignment import Match
from govreport.binding.labels.forms import unread_rivals
from govreport.binding.labels.heads import header_text
from govreport.binding.leftovers import leftovers
from govreport.binding.notes import note
from govreport.binding.panels.counted import drop_column_numbers, drop_counts
from govreport.binding.panels.readings import proven
from govreport.binding.panels.regrouping import regroup
from govreport.binding.panels.sheet import Line, Sheet
from govreport.binding.placing.columns import keeps_blanks
from govreport.binding.placing.foreign import drop_foreign, drop_unnamed
from govreport.binding.placing.margins import END, Margins, learn, of_unlabelled
from govreport.binding.placing.surplus import drop_surplus
from govreport.binding.placing.twins import times_printed
from govreport.binding.placing.wraps import wrapped
from govreport.binding.rows.found import ANOTHER, Found
from govreport.binding.rows.owned import own_rows
from govreport.binding.solution import RowSlots
from govreport.binding.stream import Stream, swallowed
from govreport.binding.vocabulary import TableWords, covered_labels, row_class
from govreport.forms import Block
from govreport.labels import NUMERALS
from govreport.model import Role

__all__ = ["bind_table"]

_Slots = Sequence[dict[str, RowSlots]]
"""Of each block the slots of the rows that were found, by key."""


def bind_table(
    words: TableWords,
    stream: Stream,
    matches: dict[int, Match],
    default: str | None,
    others: Callable[[], Sequence[Bound]] = tuple,
    *,
    layout: str,
    blanks: bool,
    against: Against,
) -> Bound:
    """Bind one table; `default` is the form where its own labels do not decide, `others` gives the tables bound before.

    `layout` is the name of its layout, which keeps `blanks` or does not; `against` is what the rest of the document says.
    """
    bound = Bound(words, stream, layout, wrapped=wrapped(stream))
    rows = own_rows(words, stream, matches)
    bound.found = len(rows) / max(len(words.rows), 1)
    blocks = choose_blocks(bound, matches, rows, default)
    drop_foreign(stream, blocks, words.known)
    for block in blocks:
        drop_counts(stream, block.found.values(), block.count)
        drop_column_numbers(stream, block.header, block.found.values(), block.count)
        drop_unnamed(stream, block, words.relations[block.form])
        drop_surplus(stream, block, words.relations[block.form])
    _regroup(bound, matches, blocks, blanks=blanks)
    _doubt_rows(bound, blocks, against)
    slots = [_row_slots(stream, block, last=block is blocks[-1]) for block in blocks]
    owned = [(row, block.count) for block, own in zip(blocks, slots, strict=True) for row in own.values()]
    whole = keeps_blanks(owned, blanks=blanks)
    _compare(bound, blocks, slots, owned)
    _mark_strangers(bound, blocks, slots, against.strangers)
    bound.margins = _margins(bound, owned, others)
    forms = Counter(block.form for block in blocks)
    for block, own in zip(blocks, slots, strict=True):
        bind_block(bound, block, own, others, blanks=whole)
        usual = 2 * forms[block.form] > forms.total() or block.form == default
        _doubt_rivals(bound, block, usual=usual)
    _close(bound)
    return bound


def _doubt_rivals(bound: Bound, block: Chosen, *, usual: bool) -> None:
    """Say what another form may have had there; where no other block is of this one, its header may be another block's."""
    doubted = {key for doubt in bound.doubts for key in doubt.cells}
    sure = [cell for cell in bound.cells if cell.key not in doubted]
    printed = header_text(bound.words, block.words, bound.stream.text, *block.header) if usual else ""
    bound.doubt_form(unread_rivals(block.words, block.form, sure, printed), bound.words.title)


def _regroup(bound: Bound, matches: dict[int, Match], blocks: Sequence[Chosen], *, blanks: bool) -> None:
    """Give rows whose values do not stand behind their labels those that counting, headers or relations prove their own."""
    if all(_entire(found, block.count) for block in blocks for found in block.found.values()):
        return
    words = bound.words
    rows = [(number, block, row, cells) for number, block in enumerate(blocks) for row, cells, _ in block.rows()]
    lines = [Line(n, tuple(c.key for c in cells), block.found.get(row.key)) for n, block, row, cells in rows]
    headers = {number: block.labels for number, block in enumerate(blocks)}
    relations = list(dict.fromkeys(r for form in {block.form for block in blocks} for r in words.relations[form]))
    start = min((m.start for m in matches.values()), default=0) if words.items else 0
    for at, found in regroup(Sheet(bound.stream, lines, headers, words.captions, relations, start, blanks)):
        _, block, row, _ = rows[at]
        block.found[row.key] = found


def _doubt_rows(bound: Bound, blocks: Sequence[Chosen], against: Against) -> None:
    """What speaks against rows before anybody looks at their values together."""
    stream = bound.stream
    for found in (found for block in blocks for found in block.found.values() if against.disputed):
        found.weak = ANOTHER
    mark_open([found for block in blocks for _, _, found in block.rows()], stream)
    mark_joined([found for block in blocks for _, _, found in block.rows()], stream)
    mark_close([found for block in blocks for found in block.found.values()], stream)
    mark_misnumbered([(row.label, found) for block in blocks for row, _, found in block.rows()], stream)
    for block in blocks:
        if against.shuffled or scrambled(stream.text, block.labels):
            bound.shuffled = doubt_scrambled(stream, block.found.values()) or bound.shuffled


def _row_slots(stream: Stream, block: Chosen, *, last: bool) -> dict[str, RowSlots]:
    """The slots of the rows that were found, by key; `last`: the block ends the table."""
    slots, spec = {}, block.spec
    for index, (row, _, own) in enumerate(block.rows()):
        if own is None:
            continue
        if len(own.slots) < block.count and len([s for s in own.slots if s.solid]) + len(own.lone) == block.count:
            own.slots = [*own.slots, *own.lone]  # a line was broken before its last value
        kind = row_class(spec, index), _following(spec, index, last)
        slots[row.key] = RowSlots(own.slots, kind, _label_column(stream, own))
    return slots


def _following(spec: Block, index: int, last: bool) -> int | str | None:  # noqa: FBT001 - a private predicate
    """What stands behind a row: how many labels of the next one are merged over it, or the end of the table."""
    return covered_labels(spec, index + 1) if index + 1 < len(spec.rows) else END if last else None


def _compare(bound: Bound, blocks: Sequence[Chosen], slots: _Slots, owned: Sequence[tuple[RowSlots, int]]) -> None:
    """What the rows of the table say of each other."""
    stream = bound.stream
    bound.disorder = in_disorder(owned, stream.pieces) or swallowed(stream) or _strewn(bound, blocks, owned)
    lines = Counter(piece.row for piece in stream.pieces if piece.row is not None)
    beside = [
        Neighbour(block.found[key], row, number, block.count, _line(stream, row, lines))
        for number, (block, own) in enumerate(zip(blocks, slots, strict=True))
        for key, row in own.items()
    ]
    compare(stream, beside, bound.words.labels)
    bound.totals = repeated_totals(_once_each(stream, blocks, slots))
    _mark_out_of_step(bound, blocks, slots)
    mark_uneven([list(block.found.values()) for block in blocks], stream, labelled=bool(bound.words.rows))


def _once_each(stream: Stream, blocks: Sequence[Chosen], slots: _Slots) -> Iterator[tuple[RowSlots, int]]:
    """The rows of blocks in which no value is repeated for each of the columns that its label was merged over."""
    for block, own in zip(blocks, slots, strict=True):
        if not times_printed(stream, block.header, block.labels):
            yield from ((row, block.count) for row in own.values())


def _strewn(bound: Bound, blocks: Sequence[Chosen], owned: Sequence[tuple[RowSlots, int]]) -> bool:
    """Whether as many values as half the table has cells stand among its rows and are none of theirs: labels are lost there."""
    starts = [found.match.start for block in blocks for found in block.found.values()]
    own = {slot.piece for row, _ in owned for slot in row.slots}
    among = bound.stream.between(min(starts), max(starts)) if bound.words.rows and starts else []
    return 2 * sum(slot.solid and slot.piece not in own for slot in among) >= sum(count for _, count in owned) > 0


def _mark_strangers(bound: Bound, blocks: Sequence[Chosen], slots: _Slots, strangers: frozenset[str]) -> None:
    """The rows that one of these numbers makes whole, perhaps."""
    texts = [piece.text.strip() for piece in bound.stream.pieces]
    owned = {slot.piece for own in slots for row in own.values() for slot in row.slots}
    lines = Counter(piece.row for piece in bound.stream.pieces)
    loose = (slot.piece for slot in bound.stream.slots if slot.solid and slot.piece not in owned)
    bound.beyond += [
        texts[at] for at in loose if lines[bound.stream.pieces[at].row] == 1 or bound.stream.pieces[at].row is None
    ]
    for block, own in zip(blocks, slots, strict=True):
        for key, row in own.items():
            said = [texts[slot.piece] for slot in row.values]
            one_line = None not in (rows := {bound.stream.pieces[slot.piece].row for slot in row.values}) and len(rows) == 1
            crowded = len(said) > block.count and not one_line
            (bound.beyond if crowded else bound.within).extend(said)
            bound.beyond += [part for text in said for part in text.split("\n")[1:]]
            block.found[key].odd |= not strangers.isdisjoint(said)


def _line(stream: Stream, row: RowSlots, lines: Counter[int]) -> int:
    """How many pieces stand on the line of a row; 0 where the layout has none."""
    return max((lines[at] for s in row.slots if (at := stream.pieces[s.piece].row) is not None), default=0)


def _mark_out_of_step(bound: Bound, blocks: Sequence[Chosen], slots: _Slots) -> None:
    """The rows with a number that stands otherwise than all others, save whole ones that add up."""
    rows = [
        (found, cells, own[row.key].values, bound.words.relations[block.form])
        for block, own in zip(blocks, slots, strict=True)
        for row, cells, found in block.rows()
        if found is not None
    ]
    whole = [len(values) == len(cells) for _, cells, values, _ in rows]
    off = out_of_step(bound.stream, [(row[2], each) for row, each in zip(rows, whole, strict=True)])
    for (found, cells, values, relations), full, own in zip(rows, whole, off, strict=True):
        found.odd |= own and not (full and proven({c.key: s for c, s in zip(cells, values, strict=True)}, relations))


def _close(bound: Bound) -> None:
    """What is left of the text."""
    words, stream = bound.words, bound.stream
    _label(words, stream)
    if words.name in stream.copies:
        bound.doubts.append(note("structure.duplicate", section=words.section))
    emptied = any(doubt.code == "reading.row_empty" for doubt in bound.doubts)
    bound.doubts += leftovers(bound.cells, stream, words.section, emptied=emptied)


def _entire(found: Found, count: int) -> bool:
    """Whether a row has all its values in one place, and nothing astray."""
    return len(found.slots) == count and not found.stray and found.slots[0].position == found.slots[-1].position


def _margins(bound: Bound, owned: Sequence[tuple[RowSlots, int]], others: Callable[[], Sequence[Bound]]) -> Margins:
    """The margins that the table's rows teach; where all have their values, none are asked for."""
    if bound.words.rows or all(len(row.values) == count for row, count in owned):
        return learn([row.extent(count) for row, count in owned])
    return of_unlabelled([other.margins for other in others() if other.layout == bound.layout])


def _label_column(stream: Stream, found: Found) -> int | None:
    return stream.pieces[stream.piece_at(found.match.end - 1)].column if found.match.end else None


def _label(words: TableWords, stream: Stream) -> None:
    """Pieces that are a label of the form and nothing else are labels, wherever they stand."""
    ends = [*stream.starts[1:], len(stream.text)][: len(stream.starts)]
    for at, start, end in zip(stream.texts, stream.starts, ends, strict=True):
        if stream.text[start:end].lstrip(NUMERALS) in words.known:
            stream.roles[at] = Role.LABEL
