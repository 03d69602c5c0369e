"""Which slots each row of a table owns: those between its label and the next one's, less what is proven not its own."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from attrs import define, field

from govreport.binding import scoring
from govreport.binding.copies import copies
from govreport.binding.labels.alignment import Bonus, Match, align, rescue
from govreport.binding.labels.headers import label_runs
from govreport.binding.stream import Slot, Stream, only_numerals
from govreport.binding.vocabulary import BlockWords, TableWords
from govreport.labels import NUMERALS, skeleton
from govreport.model import Role
from govreport.values import Kind

__all__ = ["ANOTHER", "Found", "filled_rows", "in_rows", "locate", "own_rows"]

_FEW_WORDS = 12
"""More characters than these in a cell are a note, not a value."""

ANOTHER = ("文中另一份同样的表与此不同", "another copy of the table says something else")


@define
class Found:
    """A row of the form that stands in the text: its anchor and the slots it owns."""

    match: Match
    slots: list[Slot]
    stray: list[Slot]
    lone: list[Slot] = field(factory=list)
    """Numbers on lines of their own, which are nobody's."""
    short: bool = False
    """Whether it has fewer cells than the table's other rows: two of its numbers were glued, perhaps."""
    robbed: bool = False
    """Whether what it lacks a row beside it may have: that one has too many values, or one that cannot be read."""
    uneven: bool = False
    """Whether its record has not as many fields as the others."""
    wider: bool = False
    """Whether its record has more fields than the header above the first row."""
    odd: bool = False
    """Whether its values are set otherwise than those of the table's other rows."""
    weak: tuple[str, str] | None = None
    """Why its values are not certain to be its own, in Chinese and English."""
    by_header: bool = False
    """Whether each value stands under the header of its column, so that the slots are in the form's order."""


def locate(words: TableWords, stream: Stream) -> dict[int, Match]:
    """Where the table's labels stand in the stream; of several copies of the table, in the first complete one."""
    _give_back(words, stream)
    spans = copies(words, stream)
    if len(spans) > 1:
        filled = {span: filled_rows(words, stream, _within(words, stream, span), span[1]) for span in spans}
        spans.sort(key=lambda span: (-filled[span][0], -filled[span][1]))
        stream.copies[words.name] = spans
    matches = _within(words, stream, spans[0])
    return matches if len(matches) == len(words.anchors) else _rescue(words, stream, _beside_items(words, stream, matches))


def _within(words: TableWords, stream: Stream, span: tuple[int, int]) -> dict[int, Match]:
    """Where the labels stand in a stretch of the run."""
    text = stream.text if span[1] == len(stream.text) else stream.text[: span[1]]
    return align(text, words.anchors, _bonus(words, stream), span[0])


def _bonus(words: TableWords, stream: Stream) -> Bonus:
    """What a place adds to a label: that it fills its cell, or begins it, and that a value follows.

    Part of a cell that is another label of the form, as 其他 is of （六）其他处理, is no place for it.
    """

    def bonus(start: int, end: int) -> float:
        first, last = stream.bounds(start)
        weight = 0.0
        if end < last and stream.text[first:last].lstrip(NUMERALS) in words.labels:
            return scoring.ELSEWHERE
        if only_numerals(stream.text[first:start]):
            weight = scoring.WHOLE_PIECE if end == last else scoring.PIECE_START
        return weight + (scoring.VALUE_NEXT if stream.between(end - 1, last) else 0)

    return bonus


def _give_back(words: TableWords, stream: Stream) -> None:
    """Take for label what reads as a printed nothing, 无 of 无法提供, and is a character that a label was broken at."""
    for slot in [s for s in stream.slots if s.kind is Kind.MARK and stream.pieces[s.piece].text.strip().isalpha()]:
        text = stream.text[max(slot.position - _FEW_WORDS, 0) : slot.position + _FEW_WORDS]
        at = min(slot.position, _FEW_WORDS)
        mark = skeleton(stream.pieces[slot.piece].text)
        whole = text[:at] + mark + text[at:]
        if any(mark in v and whole.find(v, max(at - len(v) + 1, 0), at + len(v)) >= 0 for v in words.known):
            stream.roles[slot.piece] = Role.LABEL
            stream.slots.remove(slot)
            stream.positions.remove(slot.position)


def _beside_items(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[int, Match]:
    """Add the rows that stand once between their neighbours among rows, though on the wrong side of an item's label.

    Column by column the labels of rows follow one another, and the items stand wherever their merged cells were met.
    """
    found = dict(matches)
    for index in words.rows.keys() - matches.keys() if words.items else ():
        start = max((m.end for i, m in found.items() if i < index and i in words.rows), default=0)
        stop = min((m.start for i, m in found.items() if i > index and i in words.rows), default=len(stream.text))
        for variant in words.anchors[index].variants:
            if stream.text.count(variant, start, stop) == 1:
                at = stream.text.find(variant, start, stop)
                found[index] = Match(index, at, at + len(variant), float(len(variant)))
                break
    return found


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


def filled_rows(words: TableWords, stream: Stream, matches: dict[int, Match], limit: int | None = None) -> tuple[float, float]:
    """The share of the table's rows that have a value behind their label, and of these the share with one for each column.

    Blocks of one column do not count for the second, if there are others: numbers that stand glued fill them, too. Where labels
    stand apart from values, there need only be enough of these. The table ends at `limit`, or with the text.
    """
    if not words.rows:
        slots = next((len(found.slots) for found in _headed(words, stream).values()), 0)
        return float(slots > 0), min(slots / _width(words.blocks[0]), 1.0)
    order = sorted(matches.values(), key=lambda m: m.start)
    stop = len(stream.text) if limit is None else limit
    ends = [*(m.start for m in order[1:]), stop][: len(order)]
    sizes = [
        (_width(words.blocks[words.rows[m.anchor][0]]), len(stream.between(m.start, end)))
        for m, end in zip(order, ends, strict=True)
        if m.anchor in words.rows
    ]
    filled, apart = sum(size > 0 for _, size in sizes) / len(words.rows), _apart(words, stream, order, stop) / len(words.rows)
    if apart > filled:
        return apart, 1.0
    wide = [size >= width for width, size in sizes if size and width > 1]
    return filled, sum(wide) / len(wide) if wide else filled


def in_rows(words: TableWords, stream: Stream, matches: dict[int, Match]) -> tuple[float, float]:
    """The share of the table's rows that are there, and of these the share with a value for each column right behind the label.

    A row with two for each is not the form's. Rows of one column do not count, if there are others; where rows have no label,
    it is the longest run of values that counts.
    """
    if not words.rows:
        runs = Counter(stream.positions)
        longest, width = max(runs.values(), default=0), _width(words.blocks[0])
        return 1.0, min(longest / width, 1.0) if longest < 2 * width else 0.0
    widths = {anchor: _width(words.blocks[block]) for anchor, (block, _) in words.rows.items()}
    most = {anchor: 2 * _width(words.blocks[block], max) for anchor, (block, _) in words.rows.items()}
    wide = {anchor for anchor, width in widths.items() if width > 1} or widths.keys()
    own = {anchor: match for anchor, match in matches.items() if anchor in wide}
    behind = Counter(stream.positions)
    sizes = {anchor: behind[stream.bounds(match.end - 1)[1]] for anchor, match in own.items()}
    return len(own) / len(wide), sum(widths[anchor] <= size < most[anchor] for anchor, size in sizes.items()) / max(len(own), 1)


def _width(block: BlockWords, of: Callable[[Iterable[int]], int] = min) -> int:
    """Of how many columns the block has at least, or at most."""
    return of(len(form.columns) for form in block.forms.values())


def _apart(words: TableWords, stream: Stream, order: list[Match], stop: int) -> int:
    """How many rows are there whose labels stand apart from their values, as where columns follow one another."""
    rows = [words.rows[m.anchor] for m in order if m.anchor in words.rows]
    fewest = sum(min(len(form.columns) for form in words.blocks[block].forms.values()) for block, _ in rows)
    return len(rows) if rows and len(stream.between(order[0].start, stop)) >= fewest else 0


def _labelled(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[tuple[int, str], Found]:
    """Give each row the slots between its label and the next label that was found."""
    order = sorted(matches.values(), key=lambda m: m.start)
    lines = Counter(stream.pieces[stream.piece_at(m.end - 1)].row for m in order)
    del lines[None]  # no row of the layout: nothing stands on one line with a label there
    spans = stream.copies.get(words.name, ())
    limit = next((stop for start, stop in spans if order and start <= order[0].start < stop), len(stream.text))
    rows = {}
    for match, following in itertools.zip_longest(order, order[1:]):
        stop = following.start if following else limit
        _mark(stream, match)
        if match.anchor in words.rows:
            rows[words.rows[match.anchor]] = _cut(words, stream, match, stop, lines)
    return rows


def _headed(words: TableWords, stream: Stream) -> dict[tuple[int, str], Found]:
    """A table whose one row has no label: its values stand under, or between, the labels of its header.

    Where it stands there again with other values, nothing tells which are this report's.
    """
    labels = {v for block in words.blocks for form in block.headers.values() for column in form for v in column}
    width = max((len(form) for block in words.blocks for form in block.headers.values()), default=0)
    runs = [part for run in label_runs(stream.text, labels) for part in _parted(stream, run, width)]
    run = max(runs, key=len)
    run = run[len(run) % width :] if width and len(run) > width else run  # 总计 of the table before may stand close
    if words.rows:
        return {}
    sure = 1.0
    if len(run) < 3:  # noqa: PLR2004 - two labels may stand in any prose
        run, sure = _fragments(words, stream, labels), scoring.BROKEN_HEADER
    if not run:
        return {}
    found = _under(stream, run, width, sure)
    size = min(len(run), width)  # a page's end may have parted each header in the same way
    others = [other for other in runs if len(other) >= size and other[-1] != run[-1]]
    if others:
        stream.copies[words.name] = [(each[0][0], each[-1][1]) for each in runs if len(each) >= size]
        again = (_under(stream, other, width, sure) for other in others)
        least = scoring.COPIED_SHARE * width
        if any(sum(s.solid for s in other.slots) >= least and _differ(stream, found, other, width) for other in again):
            found.weak = ANOTHER
    return {(0, words.blocks[0].rows[0]): found}


def _parted(stream: Stream, run: list[tuple[int, int]], width: int) -> Iterator[list[tuple[int, int]]]:
    """A run of labels, parted where a whole row of values stands between two of them: another table begins there."""
    start = 0
    for at, ((_, end), (begin, _)) in enumerate(itertools.pairwise(run), 1):
        if width and sum(s.solid for s in stream.between(end - 1, begin)) >= width:
            yield run[start:at]
            start = at
    yield run[start:]


def _under(stream: Stream, run: list[tuple[int, int]], width: int, sure: float) -> Found:
    """The row under, or between, a run of labels."""
    match = Match(0, run[0][0], run[-1][1], float(len(run)), sure)
    stop = next((s for s in stream.starts if s >= match.end and _ends(stream, match, s)), len(stream.text))
    slots = stream.between(match.start, stop)
    if not len(slots) == len({s.position for s in slots}) == width:  # else each header has its cell behind it, empty or not
        slots = [s for s in slots if s.solid or s.position >= match.end]
    whole = sum(s.solid for s in slots) >= width
    return Found(match, _with_cells(stream, slots, match.end, stop), [] if whole else stream.between(stop, stop + scoring.NEAR))


def _with_cells(stream: Stream, slots: list[Slot], start: int, stop: int) -> list[Slot]:
    """The slots of a row without a label, and what else its line says: words behind its first value, or with digits in them."""
    first = next((s.piece for s in slots if s.solid), None)
    row = None if first is None else stream.pieces[first].row
    if row is None or first is None:
        return slots
    texts = [
        (at, p) for at, p in zip(stream.starts, stream.texts, strict=True) if start <= at < stop and stream.pieces[p].row == row
    ]
    words = [Slot(Kind.NUMBER, at, p) for at, p in texts if p > first or any(map(str.isdigit, stream.pieces[p].text))]
    return sorted([*slots, *words], key=lambda s: s.piece)


def _fragments(words: TableWords, stream: Stream, labels: set[str]) -> list[tuple[int, int]]:
    """The longest run of pieces that are parts of labels, as wrapped labels leave them, if each label may be made of them."""
    whole = {*labels, *words.captions}
    runs: list[list[tuple[int, int]]] = [[]]
    for start in stream.starts:
        where = stream.bounds(start)
        text = stream.text[slice(*where)]
        if len(text) > 1 and any(text in label for label in whole):
            runs[-1].append(where)
        elif runs[-1]:
            runs.append([])
    run = max(runs, key=len)
    return run if run and not {*"".join(labels)} - {*stream.text[run[0][0] : run[-1][1]]} else []


def _ends(stream: Stream, match: Match, position: int) -> bool:
    """Whether text at this position comes after the first values, not on their line, and is more than numbering."""
    first, last = stream.bounds(position)
    before = stream.between(match.start, first)
    if not before or only_numerals(stream.text[first:last]):
        return False
    row = stream.pieces[before[-1].piece].row
    return row is None or stream.pieces[stream.piece_at(position)].row != row


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
        said = stream.roles[slot.piece] is Role.REMARK and slot.kind is Kind.NUMBER  # 见附件 in a cell is that cell's
        reach = max(reach, stream.bounds(slot.position)[1] if said else slot.position)
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
        if (
            (len(text) <= _FEW_WORDS or stream.pieces[stream.texts[at]].text[:2].isdigit())
            and not any(label in text for label in words.known if label == text or len(label) > 2)  # noqa: PLR2004 - 总计, 其他
            and not any(text in v for v in words.anchors[match.anchor].variants)
        ):
            slots.append(Slot(Kind.NUMBER, start, stream.texts[at]))
    return sorted(slots, key=lambda s: s.piece)


def _in_rows(stream: Stream, match: Match, slots: list[Slot], lines: Counter[int | None]) -> tuple[list[Slot], list[Slot]]:
    """The slots of the row, and those that rows of the layout prove not to be its own.

    Not its own: what stands on the line of another label (the index of a data frame), a number alone on its line while
    the label's line holds values (a page number), or outside of all lines while that shows an empty cell, and the empty cells
    of lines that hold nothing (a row was lost there).
    """
    line = stream.pieces[stream.piece_at(match.end - 1)].row
    if line is None:
        return slots, []
    pieces = stream.pieces
    if all(pieces[s.piece].row == line for s in slots):
        return slots, []
    held = Counter(pieces[s.piece].row for s in slots if s.kind is not Kind.EMPTY)
    shown = any(pieces[s.piece].row == line and not s.solid for s in slots)
    kept = {
        row for row, count in held.items() if lines[row] == (row == line) and (count > 1 or row == line or not held[line])
    } - ({None} if shown else set()) | {line}
    return [s for s in slots if stream.pieces[s.piece].row in kept], [
        s for s in slots if s.solid and stream.pieces[s.piece].row not in kept and not lines[stream.pieces[s.piece].row]
    ]


def _own_text(  # noqa: PLR0917 - two streams, a label and a slot of it
    text: str, own: tuple[str, ...], words: TableWords, stream: Stream, match: Match, slot: Slot, *, started: bool
) -> bool:
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


def own_rows(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[tuple[int, str], Found]:
    """(block, row key) → the row as it stands in the text, for each row that was found."""
    rows = _labelled(words, stream, matches)
    for span in stream.copies.get(words.name, ())[1:]:
        again = _labelled(words, stream, _within(words, stream, span))
        differing = {
            key
            for key, other in again.items()
            if key in rows and _differ(stream, rows[key], other, _width(words.blocks[key[0]]))
        }
        if 2 * len(differing) >= len(again.keys() & rows.keys()):
            differing = {*rows}  # another year's, perhaps: what it does not say does not confirm this one
        for key in differing:
            rows[key].weak = ANOTHER
    return rows or _headed(words, stream)


def _differ(stream: Stream, row: Found, other: Found, width: int) -> bool:
    """Whether a row of another copy says something that this one does not; it may have lost some of its values.

    Where this one has not all its values, those of the other may be just these.
    """
    own, others = ([stream.pieces[s.piece].text for s in found.slots if s.solid] for found in (row, other))
    left = iter(own)
    return not all(text in left for text in others) or (len(own) < width and bool(others) and own != others)
