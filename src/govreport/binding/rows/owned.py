"""Which slots each row of a table owns: those between its label and the next one's, less what is proven not its own."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable

from govreport.binding import scoring
from govreport.binding.labels.alignment import Bonus, Match, align, rescue
from govreport.binding.rows.captions import of_this_year
from govreport.binding.rows.copies import copies
from govreport.binding.rows.found import ANOTHER, Found, differs
from govreport.binding.rows.headed import headed
from govreport.binding.rows.shortened import shortened
from govreport.binding.rows.unchained import unchained
from govreport.binding.stream import Slot, Stream, only_numerals
from govreport.binding.vocabulary import BlockWords, TableWords
from govreport.labels import NUMERALS, skeleton
from govreport.model import Role
from govreport.values import Kind

__all__ = ["filled_rows", "in_rows", "locate", "own_rows"]

_FEW_WORDS = 12
"""More characters than these in a cell are a note, not a value."""
_LONGEST = 120
"""Characters of the longest label, numbering and all: longer texts are none, and need not be looked at for each within them."""


def locate(words: TableWords, stream: Stream) -> dict[int, Match]:
    """Where the table's labels stand in the stream; of several copies of the table, in the first complete one."""
    _give_back(words, stream)
    spans = copies(words, stream)
    if len(spans) > 1:
        filled = {span: filled_rows(words, stream, _within(words, stream, span), span[1]) for span in spans}
        spans = sorted(of_this_year(words, stream, spans), key=lambda span: (-filled[span][0], -filled[span][1]))
        stream.copies[words.name] = spans
    matches = _within(words, stream, spans[0])
    if len(matches) == len(words.anchors):
        return matches
    return _rescue(words, stream, unchained(words, stream, _beside_items(words, stream, matches), spans[0]))


def _within(words: TableWords, stream: Stream, span: tuple[int, int]) -> dict[int, Match]:
    """Where the labels stand in a stretch of the run."""
    text = stream.text if span[1] == len(stream.text) else stream.text[: span[1]]
    cut = (match for match in shortened(words, stream) if span[0] <= match.start and match.end <= span[1])
    return align(text, words.anchors, _bonus(words, stream), span[0], cut)


def _bonus(words: TableWords, stream: Stream) -> Bonus:
    """What a place adds to a label: that it fills its cell, or begins it, and that a value follows.

    Part of another label of the form, as 其他 is of （六）其他处理, is no place for it. Where such a label is the rest of the
    cell, the value that follows is its own.
    """

    def bonus(start: int, end: int) -> float:
        first, last = stream.bounds(start)
        weight = 0.0
        if end < last <= first + _LONGEST and (
            stream.label_at(start) in words.labels or _goes_on(words.labels, stream.text, start, end)
        ):
            return scoring.ELSEWHERE
        if start <= first + _LONGEST and only_numerals(stream.text[first:start]):
            weight = scoring.WHOLE_PIECE if end == last else scoring.PIECE_START
        own = end == last or stream.text[end:last].lstrip(NUMERALS) not in words.labels
        return weight + (scoring.VALUE_NEXT if own and stream.between(end - 1, last) else 0)

    return bonus


def _goes_on(labels: frozenset[str], text: str, start: int, end: int) -> bool:
    """Whether a longer label stands there, too."""
    return any(text.startswith(longer, start) for longer in _longer(labels, text[start:end]))


@functools.lru_cache(maxsize=256)
def _longer(labels: frozenset[str], label: str) -> tuple[str, ...]:
    return tuple(sorted(longer for longer in labels if longer != label and longer.startswith(label)))


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
        slots = next((len(found.slots) for found in headed(words, stream).values()), 0)
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

    A row with two for each is not the form's, and what cannot be read as one number is no value. Rows of one column do not
    count, if there are others; where rows have no label, it is the longest run of values on a line that counts.
    """
    if not words.rows:
        longest, width = _longest_run(stream), _width(words.blocks[0])
        return 1.0, min(longest / width, 1.0) if longest < 2 * width else 0.0
    widths = {anchor: _width(words.blocks[block]) for anchor, (block, _) in words.rows.items()}
    most = {anchor: 2 * _width(words.blocks[block], max) for anchor, (block, _) in words.rows.items()}
    wide = {anchor for anchor, width in widths.items() if width > 1} or widths.keys()
    own = {anchor: match for anchor, match in matches.items() if anchor in wide}
    behind = Counter(slot.position for slot in stream.slots if not slot.unread)
    sizes = {anchor: behind[stream.bounds(match.end - 1)[1]] for anchor, match in own.items()}
    return len(own) / len(wide), sum(widths[anchor] <= size < most[anchor] for anchor, size in sizes.items()) / max(len(own), 1)


def _longest_run(stream: Stream) -> int:
    """How many slots stand on one line, with no label between them, from the first value on."""
    runs: dict[tuple[int, int | None], int] = {}
    for slot in stream.slots:
        run = slot.position, stream.pieces[slot.piece].row
        if (slot.solid or run in runs) and not slot.unread:
            runs[run] = runs.get(run, 0) + 1
    return max(runs.values(), default=0)


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
        start = stream.starts[at]
        if stream.pieces[stream.texts[at]].row != line or start >= stop:
            break
        text = stream.label_at(start)
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
        return _is_repeated(text, words, stream)
    return not any(label in rest for label in words.known if len(label) > 1)


def _is_repeated(text: str, words: TableWords, stream: Stream) -> bool:
    """Whether text among the values of a row is what pages say over and again, and no part of a label."""
    for said in stream.repeated:
        if said in text and not any(said in label or label in said for label in words.known):
            text = text.replace(said, "")
    return only_numerals(text)


def own_rows(words: TableWords, stream: Stream, matches: dict[int, Match]) -> dict[tuple[int, str], Found]:
    """(block, row key) → the row as it stands in the text, for each row that was found."""
    rows = _labelled(words, stream, matches)
    for span in stream.copies.get(words.name, ())[1:]:
        again = _labelled(words, stream, _within(words, stream, span))
        differing = {
            key
            for key, other in again.items()
            if key in rows and differs(stream, rows[key], other, _width(words.blocks[key[0]]))
        }
        if 2 * len(differing) >= len(again.keys() & rows.keys()):
            differing = {*rows}  # another year's, perhaps: what it does not say does not confirm this one
        for key in differing:
            rows[key].weak = ANOTHER
    return rows or headed(words, stream)
