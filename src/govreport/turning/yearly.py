"""A table that has last year's value, or the change, beside each value, or all columns twice: with this year's alone.

     | 自然人      | 商业企业             | 自然人      | 商业企业
     | 本年 | 上年 | 本年 | 上年    →    | 本年        | 本年
新收 | 3    | 5    | 1    | 0      新收 | 3           | 1

A header row tells it that says the same few words over and again. What stays stays in its column.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from attrs import evolve, frozen

from govreport.model import Piece
from govreport.pieces import Pieces
from govreport.turning.sheets import Laid, Sheet, Tables, tells
from govreport.values import Kind, classify

__all__ = ["of_one_year", "yearly"]


class _Word(Enum):
    """What a word of a header says of the numbers below it."""

    THIS = re.compile(r"(?:本|今|当|本报告)年度?数?|(?:本|当|本报告)期数?")
    LAST = re.compile(r"(?:(?:上一?|去|前)年度?|上一?期|往年)(?:同期)?数?|同期数?")
    CHANGE = re.compile(
        r"(?:(?:同比|环比|(?:较|比)(?:上一?|去)年(?:度|同期)?)(?:增减|增长|变化)?|增减|增长|增幅|变化|变动)"
        r"(?:数|额|值|率|量|幅度|情况)?"
    )


_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?数?")
_UNIT = re.compile(r"\((?:%|件|数量|个|条|万元)\)$|%$")
"""What may stand behind a word."""
_TELLING = 2
"""How often the words come again for them to be no label of the table that happens to be one of them."""


@frozen
class _Head:
    """A header row that tells years: its number, and for each of its columns the one of this year, itself if it is such."""

    row: int
    twins: Mapping[int, int]
    words: frozenset[str]
    sure: bool
    """Whether it tells by itself."""


def of_one_year(tables: Tables) -> Pieces | None:
    """The pieces with such tables laid anew; None if there are none, or not whole.

    A row with numbers that is of no table with a header may be of two years as well, and some of them lost; of tables that have
    the same rows one may be another year's.
    """
    sheets, laid = tables.sheets, yearly(tables.sheets)
    told = {at for n, sheet in enumerate(sheets) if n in laid or _is_headed(sheet) for at in range(sheet.start, sheet.stop)}
    apart = any(piece.row is not None and at not in told and _counts(piece) for at, piece in enumerate(tables.pieces))
    rows = Counter(row for index in laid for row in _rows(sheets[index]))
    return None if apart or any(count > 1 for count in rows.values()) else tables.laid(laid)


def _rows(sheet: Sheet) -> set[tuple[str, ...]]:
    """The labels of each row with values, those of the first row if it has none."""
    own = (tuple(_plain(cell.text) for cell in row if tells(cell)) for row in sheet.at if any(map(_counts, row)))
    return {labels or tuple(cell.text for cell in sheet.at[0]) for labels in own}


def _counts(piece: Piece) -> bool:
    """Whether it may be a value."""
    return bool(piece.text.strip()) and not tells(piece)


def _is_headed(sheet: Sheet) -> bool:
    """Whether its first row has no values."""
    return all(tells(piece) for piece in sheet.at[0] if piece.text.strip())


def yearly(sheets: Sequence[Sheet]) -> Mapping[int, Laid]:
    """The tables with such headers."""
    found = ((index, sheet, list(_heads(sheet))) for index, sheet in enumerate(sheets))
    return {index: _laid(sheet, heads) for index, sheet, heads in found if heads}


def _heads(sheet: Sheet) -> Iterator[_Head]:
    """Those that tell by themselves, and those that have no words but theirs."""
    found = [head for row in range(sheet.height) if (head := _head(sheet, row)) is not None]
    sure = frozenset[str]().union(*(head.words for head in found if head.sure))
    return (head for head in found if head.words <= sure)


def _head(sheet: Sheet, number: int) -> _Head | None:
    texts = [_plain(cell.text) for cell in sheet.at[number]]
    words = _words(texts)
    named = [at for at, word in enumerate(words) if word is not None]
    if not named:
        return None
    this = any(words[at] is _Word.THIS for at in named)
    left = named[0] if this else max(named[0] - 1, 0)
    stop = max(at + 1 for at, text in enumerate(texts) if text)
    rule = _said if this else _unnamed
    twins = {left + at: left + twin for at, twin in enumerate(rule(words[left:stop], texts[left:stop], sheet.width - left))}
    sure = this or len(set(twins.values())) >= _TELLING
    head = _Head(number, twins, frozenset(texts[at] for at in named), sure)
    return head if twins and all(_fits(sheet, row, head) for row in _header(sheet, head)) else None


@functools.lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    return _UNIT.sub("", "".join(text.split()).replace("（", "(").replace("）", ")").replace("％", "%"))


def _words(texts: Sequence[str]) -> list[_Word | None]:
    """What each cell says; of years, the greatest is this one, if they follow one another."""
    years = {int(match[1]) for text in texts if (match := _YEAR.fullmatch(text))}
    if len(years) > 1 and max(years) - min(years) == len(years) - 1:
        said = {str(year): _Word.THIS if year == max(years) else _Word.LAST for year in years}
        return [said[match[1]] if (match := _YEAR.fullmatch(text)) else _word(text) for text in texts]
    return [_word(text) for text in texts]


@functools.lru_cache(maxsize=1 << 12)
def _word(text: str) -> _Word | None:
    return next((word for word in _Word if word.value.fullmatch(text)), None)


def _said(words: Sequence[_Word | None], texts: Sequence[str], width: int) -> list[int]:
    """Runs of the same word, each as long as the others, the same words over and again: what is of this year for each.

    Of a merged cell the first column says the word, and the others may say nothing.
    """
    starts = [at for at, text in enumerate(texts) if text and (at == 0 or text != texts[at - 1])]
    steps = {stop - start for start, stop in itertools.pairwise(starts)}
    if len(steps) != 1 or None in (words[at] for at in starts):
        return []
    step, said = steps.pop(), [texts[at] for at in starts]
    unit = said[: said.index(said[0], 1)] if said[0] in said[1:] else said
    names = [words[at] for at in starts[: len(unit)]]
    regular = len(set(unit)) == len(unit) and said == unit * (len(said) // len(unit))
    if not regular or names.count(_Word.THIS) != 1 or not len(texts) <= len(said) * step <= width:
        return []
    if len(unit) == len(said) * step and classify(said[0]) is Kind.NUMBER:
        return []  # two values that look like years
    this = names.index(_Word.THIS)
    return [(run - run % len(unit) + this) * step + at for run in range(len(said)) for at in range(step)]


def _unnamed(words: Sequence[_Word | None], texts: Sequence[str], _: int) -> list[int]:
    """A label, and behind it the words of what is beside it, over and again: the place of the label for each."""
    count = next((at for at in range(1, len(words)) if words[at] is None), len(words))
    units = [(words[at], tuple(texts[at + 1 : at + count])) for at in range(0, len(words), count)]
    if len(words) % count or units != [(None, tuple(texts[1:count]))] * len(units) or not all(texts[::count]):
        return []
    return [at - at % count for at in range(len(words))]


def _laid(sheet: Sheet, heads: Sequence[_Head]) -> Laid:
    """The pieces that stand in a column that stays, and those that are in none."""
    stay: dict[int, tuple[int, int]] = {}
    ruling = {row: head for head in heads for row in _ruled(sheet, head)}
    for row, cells in enumerate(sheet.at):
        for piece, at in zip(cells, _places(sheet, row, ruling.get(row)), strict=True):
            if at is not None:
                stay.setdefault(id(piece), (row, at))
    pieces = [piece for _, _, piece in sheet.corners()]
    kept = [evolve(piece, row=place[0], column=place[1]) for piece in pieces if (place := stay.get(id(piece)))]
    kept.sort(key=lambda piece: (piece.row or 0, piece.column or 0))
    return Laid(kept, [piece for piece in pieces if id(piece) not in stay])


def _places(sheet: Sheet, row: int, head: _Head | None) -> Iterator[int | None]:
    """Where each place of a row stays: its own column, or that of this year where a label of both stands over the other."""
    if head is None:
        yield from range(sheet.width)
        return
    texts, first = [cell.text.strip() for cell in sheet.at[row]], min(head.twins)
    told, header = row == head.row, _is_header(sheet, row, head)
    torn = not header and _is_torn(sheet, row, head)
    yield from range(first)
    for column in range(first, sheet.width):
        twin = head.twins.get(column, column)
        if torn:
            yield None
        elif twin == column:
            yield column
        else:
            yield twin if header and not told and texts[column] and not texts[twin] else None


def _ruled(sheet: Sheet, head: _Head) -> Iterator[int]:
    """The rows of a header and those below, up to one that has other labels for what is not of this year."""
    header = _header(sheet, head)
    yield from header
    below = range(header.stop, sheet.height)
    yield from itertools.takewhile(lambda row: not _is_header(sheet, row, head) or _fits(sheet, row, head), below)


def _header(sheet: Sheet, head: _Head) -> range:
    """The rows of labels around the one that tells."""
    start = stop = head.row
    while start and _is_header(sheet, start - 1, head):
        start -= 1
    while stop < sheet.height and _is_header(sheet, stop, head):
        stop += 1
    return range(start, stop)


def _fits(sheet: Sheet, row: int, head: _Head) -> bool:
    """Whether what is not of this year has no other label in a row than what is."""
    texts = [_plain(cell.text) for cell in sheet.at[row]]
    return row == head.row or all(texts[at] in ("", texts[twin]) or not texts[twin] for at, twin in head.twins.items())


def _is_torn(sheet: Sheet, row: int, head: _Head) -> bool:
    """Whether a value has none beside it: a cell was lost, perhaps, and those behind it moved up; then no column is sure."""
    cells = sheet.at[row]
    return any(bool(cells[at].text.strip()) != bool(cells[twin].text.strip()) for at, twin in head.twins.items())


def _is_header(sheet: Sheet, row: int, head: _Head) -> bool:
    """Whether the columns of values hold labels in a row, and no values."""
    if row == head.row:
        return True  # years are numbers
    said = [sheet.at[row][at] for at in head.twins if sheet.at[row][at].text.strip()]
    return bool(said) and all(map(tells, said))
