"""Words with places → lines, the text of a cell, paragraphs. Lines are joined only where the geometry proves a wrap."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from govreport.apart import Look, changed
from govreport.readers.pages.rows import WholeRow, lies_over, whole_rows
from govreport.readers.pages.words import Word, apart

__all__ = ["TextLine", "is_wrapped", "join_cell", "join_paragraphs", "starts_paragraph", "text_columns", "text_lines"]

_BASELINE, _LEFT = attrgetter("y"), attrgetter("x0")
_LARGER = 2.0  # times the usual size of a line: within words that are larger there may be gaps that are wide beside the others
_SAME_LINE = 0.4  # of the height of a character: how far baselines of one line may differ
_GLYPH_TWICE = 0.3  # of its width: a character drawn again this near is the same one, made bold
_TOUCH = -0.05  # of the height: characters side by side lie no further over each other
_SPACE = 0.15  # of the height: a gap as wide as this between Latin characters or digits is a space (not every PDF holds them)
_CJK_SPACE = 0.9  # between Chinese characters it takes more, since justified lines are stretched
_LEVEL = 0.08  # of the height: how far digits of one number differ in their baselines
_SMALL = 0.7  # of the height: what is smaller is no digit of the same number
_NOTE = 0.9  # of the height: what is smaller and off the baseline is a digit of a note
_TAB = 2.5  # a gap as wide as this separates columns
_COLUMN_GAPS = 1  # a line with a gap before one place, and so many more that begin there, show a column of text
_COLUMN_LINES = 5
_NEW_PARAGRAPH = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十⼀⼆⼋⼗]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[章节条])"
)
_TIGHT = 0.8  # points of slack when asking whether one more character would have fitted
_INDENT = 0.5  # of the height: what starts further right than this begins a paragraph
_ALIKE = 0.35  # of the height: how much lines of one paragraph may differ in it
_APART = 2.6  # times the height: lines of one paragraph are no further apart


class TextLine(NamedTuple):
    """A line as printed: text, left and right, baseline, height of its characters, width of its first character or word."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    page: int = 0


def text_lines(words: Sequence[Word], page: int = 0) -> list[TextLine]:
    """The lines that these words form, top to bottom; wide gaps inside them are tabs."""
    if len(words) <= 1:  # nearly every cell
        return [_alone(word, page) for word in words if not word.text.isspace()]
    return [_whole(pieces) for pieces in _rows(words, page)]


def text_columns(words: Sequence[Word], page: int) -> list[tuple[float, TextLine]]:
    """The lines of a page with their tops, a column beside the text (a menu) taken out and put before it.

    A column begins where many lines begin and many others have a wide gap before it.
    """
    held, rest = whole_rows(words)
    rows = _rows(rest, page)
    if held:
        return [*((row.y, _line(row, page)) for row in held), *((pieces[0].y, _whole(pieces)) for pieces in rows)]
    edge = _column_edge(rows)
    if edge is None:
        return [(pieces[0].y, _whole(pieces)) for pieces in rows]
    sides = [([p for p in row if p.x0 < edge], [p for p in row if p.x0 >= edge]) for row in rows]
    start = min(left[0].y for left, right in sides if left and right)
    out = [(right[0].y, _whole(right)) for _, right in sides if right]
    beside = [left for left, _ in sides if left]
    # what is wider than the column beside the text is no part of it
    return out + [(start - 1 if left[-1].x1 <= edge and left[0].y >= start else left[0].y, _whole(left)) for left in beside]


def _line(row: WholeRow, page: int) -> TextLine:
    return TextLine("\t".join(row.texts), row.x0, row.x1, row.y, row.size, row.size, page)


def _column_edge(rows: Sequence[Sequence[TextLine]]) -> float | None:
    starts = Counter(round(row[0].x0) for row in rows)
    gaps = Counter(round(piece.x0) for row in rows for piece in row[1:])
    found = [x for x, count in gaps.items() if count >= _COLUMN_GAPS and starts[x] >= _COLUMN_LINES]
    return min(found) - 1 if found else None


def _rows(words: Sequence[Word], page: int) -> list[list[TextLine]]:
    """Line by line the pieces between wide gaps."""
    return [pieces for row in _levels(words) if (pieces := _pieces(row, page))]


def _levels(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each line, top to bottom."""
    rows: list[list[Word]] = []
    row: list[Word] = []
    for word in sorted(words, key=_BASELINE):
        # no character counts as lower than a point, and most of a line have one baseline
        if row and (word.y - row[-1].y <= _SAME_LINE or _same_line(row[-1], word)):
            row.append(word)
        else:
            row = [word]
            rows.append(row)
    return rows


def _same_line(above: Word, below: Word) -> bool:
    return below.y - above.y <= _SAME_LINE * max(above.size, below.size)


def _pieces(level: list[Word], page: int) -> list[TextLine]:
    if len(level) == 1:
        return [_alone(word, page) for word in level if not word.text.isspace()]
    ink = [word for word in level if not word.text.isspace()]
    if not ink:
        return []
    size = _usual_size(ink)
    row = sorted(level, key=_LEFT)
    if _is_mixed(row, size):
        row = sorted(apart(level), key=_LEFT)
    if len(ink) == len(level) and _is_unbroken(row, size):
        return [_piece_of("".join([word.text for word in _set_apart(row, size)]), row, size, page)]
    return [_piece(words, size, page) for words in _parted(row, size)]


def _alone(word: Word, page: int) -> TextLine:
    end = word.head if _is_wide(word.text) else word.x1
    size = word.size if word.length == 1 else _usual_size((word,))
    return TextLine(word.text, word.x0, word.x1, word.y, size, end - word.x0, page)


def _usual_size(words: Sequence[Word]) -> float:
    sizes = sorted([size for word in words for size in word.sizes])
    return sizes[len(sizes) // 2]


def _is_mixed(row: Sequence[Word], size: float) -> bool:
    """Whether it matters where single characters stand: words lie over each other, or are of several sizes or levels."""
    if all(word.length == 1 for word in row):
        return False
    lapped = any(word.x0 - before.x1 <= _TOUCH * size or word.x0 < before.tail for before, word in pairwise(row))
    digits = [word for word in row if word.text.isdigit()]
    return lapped or max([word.size for word in row]) > _LARGER * size or not _are_level(digits, size)


def _parted(row: Iterable[Word], size: float) -> Iterator[list[Word]]:
    """The words between wide gaps, white space apart."""
    piece: list[Word] = []
    end = math.inf
    for word in row:
        if word.text.isspace():
            piece += [word] if piece else []
            continue
        if word.x0 - end > _TAB * size:
            yield piece
            piece = []
        end = max(end, word.x1) if piece else word.x1
        piece.append(word)
    yield piece


def _is_unbroken(row: Sequence[Word], size: float) -> bool:
    """Whether each word begins where the one before ends, as most do: then there is nothing between them."""
    gaps = [word.x0 - before.x1 for before, word in pairwise(row)]
    return not gaps or (max(gaps) <= _SPACE * size and min(gaps) > _TOUCH * size)


def _piece(words: list[Word], size: float, page: int) -> TextLine:
    ink = [word for word in words if not word.text.isspace()]
    return _piece_of("".join(_spaced(_set_apart(words, size), size)), ink, size, page)


def _piece_of(text: str, ink: list[Word], size: float, page: int) -> TextLine:
    return TextLine(text.strip(), ink[0].x0, max([w.x1 for w in ink]), ink[0].y, size, _first_width(ink, size), page)


def _set_apart(words: list[Word], size: float) -> list[Word]:
    """Digits above or below the others, or much smaller, are those of a note or of something written over them."""
    digits = [word for word in words if word.text.isdigit()]
    if _are_level(digits, size):
        return words
    main = max(digits, key=lambda word: round(word.bottom - word.top, 1))
    return [_looking(word, main, size) if word.text.isdigit() else word for word in words]


def _are_level(digits: Sequence[Word], size: float) -> bool:
    if len(digits) < 2:  # noqa: PLR2004 - one is level
        return True
    baselines, heights = [d.y for d in digits], [d.bottom - d.top for d in digits]
    return max(baselines) - min(baselines) <= _LEVEL * size and min(heights) >= _SMALL * max(heights)


def _looking(digit: Word, main: Word, size: float) -> Word:
    if _are_level((digit, main), size):
        return digit
    smaller = digit.bottom - digit.top < _NOTE * (main.bottom - main.top) and abs(digit.y - main.y) > _LEVEL * size
    look = Look.WHITE if not smaller else Look.RAISED if digit.y < main.y else Look.LOWERED
    return digit._replace(text=changed(digit.text, look))


def _whole(pieces: Sequence[TextLine]) -> TextLine:
    if len(pieces) == 1:
        return pieces[0]
    return pieces[0]._replace(text="\t".join([p.text for p in pieces]), x1=pieces[-1].x1)


def _spaced(row: list[Word], size: float) -> Iterator[str]:
    before: Word | None = None
    for word in row:
        if before is not None and not _TOUCH * size < word.x0 - before.x1 <= _SPACE * size and not word.text.isspace():
            if word.text == before.text and word.x0 - before.x0 < _GLYPH_TWICE * (before.x1 - before.x0):
                continue
            yield _gap(before, word, size)
        yield word.text
        before = word


def _gap(before: Word, word: Word, size: float) -> str:
    gap = word.x0 - before.x1
    if gap < 0:
        return " " if lies_over(before, word) else ""
    wide = _CJK_SPACE if _is_wide(before.text) or _is_wide(word.text) else _SPACE
    return " " if gap > wide * size and not before.text.isspace() else ""


def _is_wide(text: str) -> bool:
    return text >= "\u2e80"


def _first_width(ink: list[Word], size: float) -> float:
    """How wide the first unbreakable piece is: a Chinese character, or a run of Latin ones and digits."""
    if _is_wide(ink[0].text):
        return ink[0].head - ink[0].x0
    end = ink[0].x1
    for before, word in pairwise(ink):
        if _is_wide(word.text) or word.x0 - before.x1 > _SPACE * size:
            break
        end = word.x1
    return end - ink[0].x0


def join_cell(lines: Sequence[TextLine], room: float) -> str:
    """The text of a cell that leaves `room` points for it: wrapped lines joined, other line ends kept."""
    out = ""
    for index, line in enumerate(lines):
        if index:
            out += _joint(lines[index - 1], line, room)
        out += line.text
    return out


def _joint(above: TextLine, below: TextLine, room: float) -> str:
    return "" if is_wrapped(above, below, room) else "\n"


def is_wrapped(above: TextLine, below: TextLine, room: float) -> bool:
    """Whether a line ends because what begins the next one did not fit into `room` points."""
    inside_word = _is_word(above.text[-1:]) and _is_word(below.text[:1])
    # A word or number is cut only where not even its next character fits.
    needed = below.first / max(1, _run(below.text)) if inside_word else below.first
    return above.x1 - above.x0 + needed > room - _TIGHT


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum()


def starts_paragraph(text: str) -> bool:
    """Whether a text begins as a heading or a numbered paragraph does."""
    return _NEW_PARAGRAPH.match(text) is not None


def _run(text: str) -> int:
    found = re.match(r"[!-~]+", text)
    return len(found[0]) if found else 1


def join_paragraphs(lines: Sequence[TextLine], margins: Mapping[int, float]) -> list[TextLine]:
    """Lines of running text with certain wraps undone; `margins` says of each page how far full lines reach.

    A wrap is certain where the line above has no room for what the next one begins with, and the next one neither is indented
    nor starts as a heading or a numbered paragraph does.
    """
    out: list[TextLine] = []
    last: TextLine | None = None
    for line in lines:
        if last is not None and _continues(last, line, margins[last.page]):
            out[-1] = out[-1]._replace(text=out[-1].text + _between(last, line) + line.text, x1=line.x1)
        else:
            out.append(line)
        last = line
    return out


def _continues(above: TextLine, below: TextLine, right: float) -> bool:
    if "\t" in above.text or "\t" in below.text or starts_paragraph(below.text):
        return False
    same_block = above.page != below.page or below.y - above.y <= _APART * above.size
    full = above.x1 + below.first > right + _TIGHT
    flush = below.x0 - above.x0 <= _INDENT * above.size
    alike = abs(above.size - below.size) <= _ALIKE * above.size
    return same_block and full and flush and alike


def _between(above: TextLine, below: TextLine) -> str:
    latin = above.text[-1:].isascii() and above.text[-1:].isalpha() and below.text[:1].isascii() and below.text[:1].isalpha()
    return " " if latin else ""
