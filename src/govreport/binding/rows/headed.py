"""A table whose one row has no label: its values stand under, or between, the labels of its header."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from govreport.binding import scoring
from govreport.binding.labels.alignment import Match
from govreport.binding.labels.headers import label_runs
from govreport.binding.rows.captions import of_this_year
from govreport.binding.rows.found import ANOTHER, Found, differs
from govreport.binding.rows.turned import turn_back
from govreport.binding.stream import Slot, Stream, only_numerals
from govreport.binding.vocabulary import TableWords
from govreport.values import Kind

__all__ = ["headed"]


def headed(words: TableWords, stream: Stream) -> dict[tuple[int, str], Found]:
    """A table whose one row has no label: its values stand under, or between, the labels of its header.

    Where it stands there again with other values, nothing tells which are this report's.
    """
    labels = {v for block in words.blocks for form in block.headers.values() for column in form for v in column}
    width = max((len(form) for block in words.blocks for form in block.headers.values()), default=0)
    runs = [part for run in label_runs(stream.text, labels) for part in _parted(stream, run, width)]
    runs = _of_this_year(words, stream, runs, width)
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
    turn_back(words.blocks[0], stream, run, found)
    size = min(len(run), width)  # a page's end may have parted each header in the same way
    others = [other for other in runs if len(other) >= size and other[-1] != run[-1]]
    if others:
        stream.copies[words.name] = [(each[0][0], each[-1][1]) for each in runs if len(each) >= size]
        again = (_under(stream, other, width, sure) for other in others)
        least = scoring.COPIED_SHARE * width
        if any(sum(s.solid for s in other.slots) >= least and differs(stream, found, other, width) for other in again):
            found.weak = ANOTHER
    return {(0, words.blocks[0].rows[0]): found}


def _of_this_year(
    words: TableWords, stream: Stream, runs: list[list[tuple[int, int]]], width: int
) -> list[list[tuple[int, int]]]:
    """The runs of labels without those of another year's table."""
    most = min(max(map(len, runs)), width)
    spans = {(run[0][0], run[-1][1]): run for run in runs if run and len(run) >= most}
    if len(spans) < 2:  # noqa: PLR2004 - there is no other
        return runs
    others = spans.keys() - {*of_this_year(words, stream, [*spans])}
    return [run for run in runs if not run or (run[0][0], run[-1][1]) not in others]


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
        slots = _on_line(stream, [s for s in slots if s.solid or s.position >= match.end])
    whole = sum(s.solid for s in slots) >= width
    return Found(match, _with_cells(stream, slots, match.end, stop), [] if whole else stream.between(stop, stop + scoring.NEAR))


def _on_line(stream: Stream, slots: list[Slot]) -> list[Slot]:
    """The slots without the empty cells of other lines, where all the values stand on one: a header's, or an empty row's."""
    lines = {stream.pieces[s.piece].row for s in slots if s.solid}
    one = len(lines) == 1 and None not in lines and sum(s.solid for s in slots) > 1
    return [s for s in slots if s.solid or stream.pieces[s.piece].row in {*lines, None}] if one else slots


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
