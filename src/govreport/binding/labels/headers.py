"""What the header of a block says: which form it is of, and in which order its columns stand."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from govreport.binding import scoring
from govreport.binding.labels.alignment import Anchor, rescue
from govreport.binding.placing.gutters import Head, Heading
from govreport.binding.placing.spans import METRICS, Metric, Span, is_text_column, span
from govreport.binding.stream import Stream, only_numerals
from govreport.binding.vocabulary import BlockWords
from govreport.forms import Column
from govreport.labels import skeleton
from govreport.model import Piece

__all__ = [
    "choose",
    "column_order",
    "grid_columns",
    "groups_of",
    "header_pieces",
    "header_score",
    "is_disordered",
    "is_header",
    "is_one_row_disordered",
    "label_run",
    "label_runs",
    "made_of_labels",
    "text_head",
    "whole_headers",
]

Labels = Sequence[tuple[str, ...]]
_RUN_GAP = 24
"""Most characters between two labels of one header: a group label or two."""


def header_score(text: str, labels: Labels) -> float:
    """Header labels found less those not found: the form with all its labels there wins over one that shares a few.

    What a label with lost characters left of itself beside the others is no proof of it, and none against it.
    """
    lost = [variants for variants in labels if not any(v in text for v in variants)]
    found = len(labels) - len(lost)
    if not found or not lost:
        return float(found)
    rest = _without(text, labels)
    return found - 0.5 * sum(not _remains(variants[0], rest) for variants in lost)


def _without(text: str, labels: Labels) -> str:
    for variant in sorted({v for variants in labels for v in variants}, key=len, reverse=True):
        text = text.replace(variant, "\n")
    return text


def _remains(label: str, text: str) -> bool:
    """Whether half of a label or more stands there in one piece."""
    size = max(2, (len(label) + 1) // 2)
    return any(label[at : at + size] in text for at in range(len(label) - size + 1))


def choose(block: BlockWords, filled: Mapping[str, bool], header: str, default: str | None) -> str | None:
    """The form whose header and rows are there; `default` where they do not decide.

    `filled` are the keys of the rows that were found, and whether they hold values.
    """
    scores = {form: _score(block, form, filled, header) for form in block.forms}
    best = sorted(scores.items(), key=lambda item: -item[1])
    if best[0][1] > 0 and (len(best) == 1 or best[0][1] - best[1][1] >= scoring.FORM_MARGIN):
        return best[0][0]
    return default if default in block.forms else None


def _score(block: BlockWords, form: str, filled: Mapping[str, bool], header: str) -> float:
    """Header labels, and rows that not every form has: a row decides as two headers do.

    What only this form has and is not there counts against it.
    """
    keys = {row.key for row in block.forms[form].rows}
    there = [key for key in block.telling if key in filled and (filled[key] or key not in block.captioned)]
    rows = sum(2.0 if key in keys else -2.0 for key in there)
    lost = sum(key in keys for key in block.telling if key not in filled) if filled else 0
    return header_score(header, block.headers[form]) + rows - 0.5 * lost


def column_order(text: str, columns: Sequence[Column], labels: Labels, captions: Sequence[str]) -> Sequence[int] | None:
    """Position in the text → column of the form. The form's own order, unless the header clearly prints another.

    Columns trade places only within their group, and only if the header prints every label of the group as often as the form
    does: a broken header proves nothing, and 总计 often stands a line above its place. Where each is in one, and labels come
    again from group to group, they stand in any order. None if what is left of it says that columns did trade places, but not
    which.
    """
    order = list(range(len(labels)))
    for caption in captions:
        text = text.replace(caption, "\n") if caption in text else _without_damaged(text, caption, labels)
    text = _header_only(text, labels)
    found = dict[int, int]()
    for group in _groups(columns):
        twins = [j for j in range(len(labels)) if labels[j] == labels[group[0]]]
        places = [_nth(text, labels[j], twins.index(group[0]), len(twins)) for j in group]
        known = [(p, j) for p, j in zip(places, group, strict=True) if p is not None]
        found |= {j: p for p, j in known}
        if len(known) == len(group):
            for position, (_, column) in zip(group, sorted(known), strict=True):
                order[position] = column
        elif _traded(text, known, group, labels):
            return None
    if len(found) == len(labels) > len(set(labels)) and all(column.group for column in columns):
        return sorted(found, key=found.__getitem__)
    return order


def groups_of(column: Column) -> tuple[str, ...]:
    """The skeletons of what stands over a column, the innermost last."""
    return () if column.group is None else tuple(map(skeleton, column.group.split("|")))


def is_disordered(rows: tuple[str, ...], columns: tuple[Column, ...], labels: tuple[tuple[str, ...], ...]) -> bool:
    """Whether in a row of a grid's header something stands in another order than in the form.

    What stands over columns, or a label that is under no other behind one that follows it, or behind what is over that one; or
    the last label, under no other, between one and what stands over others: alone before them all it is a line above its place,
    perhaps. The rows of a header come again in many documents: cached.
    """
    over = list(map(groups_of, columns))
    if not any(over):
        return False
    groups = dict.fromkeys(itertools.chain.from_iterable(over))
    named = [(*variants, *above) for variants, above in zip(labels, over, strict=True)]
    return any(_is_disordered(row, groups, named, [not above for above in over]) for row in rows)


def _is_disordered(row: str, groups: Iterable[str], named: Labels, alone: Sequence[bool]) -> bool:
    order = [at for name in groups if (at := row.find(name)) >= 0]
    places = [_first(row, names) for names in named]
    behind = (0 <= place < own for at, own in enumerate(places) if alone[at] for place in places[at + 1 :])
    between = alone[-1] and any(0 <= place < places[-1] for place in places[:-1]) and places[-1] < max(order, default=-1)
    return order != sorted(order) or between or any(behind)


def is_one_row_disordered(rows: tuple[str, ...], columns: tuple[Column, ...], labels: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one row of a grid's header names all columns, and nothing that is over some, in another order than the form's."""
    over = set(itertools.chain.from_iterable(map(groups_of, columns)))
    if not over or len(set(labels)) < len(labels):
        return False
    found = ([_first(row, names) for names in labels] for row in rows if not any(name in row for name in over))
    return any(-1 not in places and places != sorted(places) for places in found)


def _first(text: str, names: Sequence[str]) -> int:
    """Where one of them stands first; -1 if none does."""
    return min((at for name in names if (at := text.find(name)) >= 0), default=-1)


def _without_damaged(text: str, caption: str, labels: Labels) -> str:
    """The text without what is left of a damaged caption, if a label is part of it: 其他 of 法或其他组织 is no header."""
    if not any(v in caption for variants in labels for v in variants):
        return text
    found = rescue(text, Anchor(caption, (caption,)), 0, len(text))
    return text if found is None else f"{text[: found.start]}\n{text[found.end :]}"


def _header_only(text: str, labels: Labels) -> str:
    """The part of the text that is the header: the longest run of its labels."""
    run = label_run(text, {v for variants in labels for v in variants})
    return text[run[0][0] : run[-1][1]] if run else text


def _traded(text: str, known: Sequence[tuple[int, int]], group: Sequence[int], labels: Labels) -> bool:
    """Whether the labels of a group that are left stand in another order, or what is left of one stands in another's place."""
    ordered = sorted(known)
    if ordered != sorted(known, key=lambda k: k[1]):
        return True
    pairs = (((a, i), (b, j)) for (a, i), (b, j) in itertools.pairwise(ordered) if group.index(j) == group.index(i) + 1)
    return any(skeleton(text[a:b]) not in labels[i] for (a, i), (b, _) in pairs)


def whole_headers(stream: Stream, header: tuple[int, int], labels: Labels) -> bool:
    """Whether each label of a header stands on one piece, and all of them in cells of a grid or none.

    Where labels are broken, their parts stand by their height on the page, a short one between taller ones; one that lost its
    cell stands before the grid: in which order the columns stand, they do not tell.
    """
    text, gridded = stream.text[: header[1]], set[bool]()
    for label in {v for variants in labels for v in variants}:
        at = text.find(label, header[0])
        while at >= 0:
            if stream.index_at(at) != stream.index_at(at + len(label) - 1):
                return False
            gridded.add(stream.pieces[stream.piece_at(at)].column is not None)
            at = text.find(label, at + 1)
    return len(gridded) == 1


def _groups(columns: Sequence[Column]) -> list[list[int]]:
    """Columns that may trade places in a run of text: those under one label, or all where there is none above them."""
    groups: dict[str | None, list[int]] = {}
    for number, column in enumerate(columns):
        groups.setdefault(column.group, []).append(number)
    return [group for name, group in groups.items() if name is not None or len(groups) == 1]


def _nth(text: str, variants: tuple[str, ...], number: int, count: int) -> int | None:
    """Where the label stands for the `number`-th time, if it stands there just `count` times."""
    for variant in variants:
        if text.count(variant) == count:
            at = -1
            for _ in range(number + 1):
                at = text.find(variant, at + 1)
            return at
    return None


@functools.lru_cache(maxsize=16)
def _any_of(labels: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, labels), key=len, reverse=True)))


def label_run(text: str, labels: Collection[str]) -> list[tuple[int, int]]:
    """The longest run of labels with little between them: (start, end) of each."""
    return max(label_runs(text, labels), key=len)


def label_runs(text: str, labels: Collection[str]) -> list[list[tuple[int, int]]]:
    """Every run of labels with little between them, in order; an empty one if there is none."""
    pattern = _any_of(frozenset(labels))
    runs: list[list[tuple[int, int]]] = [[]]
    for match in pattern.finditer(text):
        if runs[-1] and match.start() - runs[-1][-1][1] > _RUN_GAP:
            runs.append([])
        runs[-1].append(match.span())
    return runs


def header_pieces(stream: Stream, header: tuple[int, int]) -> Iterator[Piece]:
    """The pieces of text of a header, and the one before it, of which its first label may be the rest."""
    first, last = (bisect.bisect_left(stream.starts, at) for at in header)
    return (stream.pieces[at] for at in stream.texts[max(first - 1, 0) : last])


def grid_columns(header: Iterable[Piece], labels: Labels) -> dict[int, int] | None:
    """Grid column → column of the form, where each label of the header fills a cell of its own.

    A label repeated for each column that it was merged over names all of these. None if a label is missing, or if one stands
    in two places; or if columns of the same label do not stand in their order: one is that of another table, then.
    """
    found: dict[int, int] = {}
    for piece in header:
        if piece.column is None:
            continue
        plain = skeleton(piece.text)
        column = next((j for j, variants in enumerate(labels) if is_header(plain, variants) and j not in found.values()), None)
        if column is None and found.get(piece.column - 1) is not None and is_header(plain, labels[found[piece.column - 1]]):
            column = found[piece.column - 1]
        if column is not None and piece.column not in found:
            found[piece.column] = column
    twins = itertools.combinations(found.items(), 2)
    crossed = any((a - b) * (j - k) < 0 and labels[j] == labels[k] for (a, j), (b, k) in twins)
    return found if len(set(found.values())) == len(labels) and not crossed else None


def text_head(stream: Stream, header: tuple[int, int], labels: Labels, known: Collection[str]) -> Head:
    """Where in a line the label of each column stands, by metric, in the order of the line.

    A label may be wrapped: what stands over and under each other belongs together. Other labels of the table that are
    `known`, those over several columns, do not count. Labels in another order than the form's that begin on several lines tell
    nothing: the line was broken, perhaps.
    """
    pieces = tuple(p for p in header_pieces(stream, header) if is_text_column(p))
    others = {*known}.difference(*labels)
    own = [p for p in pieces if skeleton(p.text) not in others]
    found = {metric: _named(own, labels, metric) for metric in METRICS} if own else {}
    named = {metric: columns for metric, columns in found.items() if columns and _is_one_line(columns)}
    return Head(pieces, {metric: _heading(columns, pieces, metric) for metric, columns in named.items()})


def _is_one_line(found: Mapping[int, tuple[Span, int | None]]) -> bool:
    """Whether the labels stand in the order of the form, or all of them begin on one line."""
    return sorted(found) == sorted(found, key=lambda j: found[j][0]) or len({row for _, row in found.values()}) == 1


def _named(pieces: Sequence[Piece], labels: Labels, metric: Metric) -> dict[int, tuple[Span, int | None]] | None:
    """Where the label of each column stands, and on which line it begins, if each is there."""
    found: dict[int, tuple[Span, int | None]] = {}
    for lot in _stacked(pieces, metric):
        for parts in (lot[at:] for at in range(len(lot))):  # foreign text may stand above a label
            plain = skeleton("".join(p.text for _, p in parts))
            column = next((j for j, variants in enumerate(labels) if j not in found and is_header(plain, variants)), None)
            if column is not None:
                found[column] = (min(s[0] for s, _ in parts), max(s[1] for s, _ in parts)), parts[0][1].row
                break
    return found if len(found) == len(labels) else None


def _heading(found: dict[int, tuple[Span, int | None]], pieces: Sequence[Piece], metric: Metric) -> Heading:
    order = sorted(found, key=lambda j: found[j][0])
    start, row = found[order[0]][0][0], found[order[0]][1]
    before = [s for p in pieces if p.row == row and (s := span(p, metric)) and s[1] < start]
    return Heading(tuple(order), tuple(found[j][0] for j in order), max(before, default=None))


def _stacked(pieces: Sequence[Piece], metric: Metric) -> list[list[tuple[Span, Piece]]]:
    """Pieces that stand over and under each other, from left to right, each lot from the top."""
    lots: list[list[tuple[Span, Piece]]] = []
    for where, piece in sorted(((s, p) for p in pieces if (s := span(p, metric))), key=lambda item: item[0]):
        if lots and where[0] <= max(s[1] for s, _ in lots[-1]):
            lots[-1].append((where, piece))
        else:
            lots.append([(where, piece)])
    return [sorted(lot, key=lambda item: item[1].row or 0) for lot in lots]


def made_of_labels(labels: Collection[str], text: str) -> bool:
    """Whether a text is one of these labels, or several of them, one over the other."""
    if text in labels:
        return True
    for label in sorted((label for label in labels if label in text), key=len, reverse=True):
        text = text.replace(label, "")
    return only_numerals(text)


def is_header(plain: str, variants: tuple[str, ...]) -> bool:
    """Whether a cell is that label, with a unit or a note after it if it is a long one."""
    return plain in variants or any(len(v) > 3 and plain.startswith(v) for v in variants)  # noqa: PLR2004 - 其他结果 is not 其他
