"""Characters with places → lines, the text of a cell, paragraphs. Lines are joined only where the geometry proves a wrap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from govreport.readers.apart import Look, changed
from govreport.readers.pages.page import Char
from govreport.readers.pages.rows import WholeRow, lies_over, whole_rows

__all__ = ["TextLine", "is_wrapped", "join_cell", "join_paragraphs", "starts_paragraph", "text_columns", "text_lines"]

_BASELINE, _LEFT = attrgetter("y"), attrgetter("x0")
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


def _size(char: Char) -> float:
    # The box of a flat character such as 一 is flat; its width tells the size of the font.
    return max(char.bottom - char.top, char.x1 - char.x0, 1.0)


def text_lines(chars: Sequence[Char], page: int = 0) -> list[TextLine]:
    """The lines that these characters form, top to bottom; wide gaps inside them are tabs."""
    return [_whole(pieces) for pieces in _rows(chars, page)]


def text_columns(chars: Iterable[Char], page: int) -> list[tuple[float, TextLine]]:
    """The lines of a page with their tops, a column beside the text (a menu) taken out and put before it.

    A column begins where many lines begin and many others have a wide gap before it.
    """
    held, rest = whole_rows(list(chars))
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


def _rows(chars: Sequence[Char], page: int) -> list[list[TextLine]]:
    """Line by line the pieces between wide gaps."""
    return [pieces for row in _levels(chars) if (pieces := _pieces(row, page))]


def _levels(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters of each line from left to right, top to bottom."""
    if len(chars) < 2:  # noqa: PLR2004 - most values have one digit
        return [list(chars)]
    rows: list[list[Char]] = []
    row: list[Char] = []
    for char in sorted(chars, key=_BASELINE):
        # no character counts as lower than a point, and most of a line have one baseline
        if row and (char.y - row[-1].y <= _SAME_LINE or _same_line(row[-1], char)):
            row.append(char)
        else:
            row = [char]
            rows.append(row)
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def _same_line(above: Char, below: Char) -> bool:
    return below.y - above.y <= _SAME_LINE * max(_size(above), _size(below))


def _pieces(row: list[Char], page: int) -> list[TextLine]:
    ink = [c for c in row if not c.text.isspace()]
    if not ink:
        return []
    if len(row) == 1:
        text, x0, x1, y, _, _ = row[0]
        return [TextLine(text, x0, x1, y, _size(row[0]), x1 - x0, page)]
    size = sorted([_size(c) for c in ink])[len(ink) // 2]
    if len(ink) == len(row) and _is_unbroken(row, size):
        return [_piece_of("".join([c.text for c in _set_apart(row, size)]), row, size, page)]
    return [_piece(chars, size, page) for chars in _parted(row, ink[0].x0, size)]


def _parted(row: Iterable[Char], start: float, size: float) -> Iterator[list[Char]]:
    """The characters between wide gaps, white space apart."""
    piece: list[Char] = []
    end = start
    for char in row:
        if char.text.isspace():
            piece += [char] if piece else []
            continue
        if char.x0 - end > _TAB * size:
            yield piece
            piece = []
        piece.append(char)
        end = max(end, char.x1)
    yield piece


def _is_unbroken(row: Sequence[Char], size: float) -> bool:
    """Whether each character begins where the one before ends, as most do: then there is nothing between them."""
    gaps = [char.x0 - before.x1 for before, char in pairwise(row)]
    return not gaps or (max(gaps) <= _SPACE * size and min(gaps) > _TOUCH * size)


def _piece(chars: list[Char], size: float, page: int) -> TextLine:
    ink = [c for c in chars if not c.text.isspace()]
    return _piece_of("".join(_spaced(_set_apart(chars, size), size)), ink, size, page)


def _piece_of(text: str, ink: list[Char], size: float, page: int) -> TextLine:
    return TextLine(text.strip(), ink[0].x0, max([c.x1 for c in ink]), ink[0].y, size, _first_width(ink, size), page)


def _set_apart(chars: list[Char], size: float) -> list[Char]:
    """Digits above or below the others, or much smaller, are those of a note or of something written over them."""
    digits = [c for c in chars if c.text.isdigit()]
    if len(digits) < 2 or _are_level(digits, size):  # noqa: PLR2004 - one is level
        return chars
    main = max(digits, key=lambda c: round(c.bottom - c.top, 1))
    return [_looking(c, main, size) if c.text.isdigit() else c for c in chars]


def _are_level(digits: Sequence[Char], size: float) -> bool:
    baselines, heights = [c.y for c in digits], [c.bottom - c.top for c in digits]
    return max(baselines) - min(baselines) <= _LEVEL * size and min(heights) >= _SMALL * max(heights)


def _looking(char: Char, main: Char, size: float) -> Char:
    if _are_level((char, main), size):
        return char
    smaller = char.bottom - char.top < _NOTE * (main.bottom - main.top) and abs(char.y - main.y) > _LEVEL * size
    look = Look.WHITE if not smaller else Look.RAISED if char.y < main.y else Look.LOWERED
    return char._replace(text=changed(char.text, look))


def _whole(pieces: Sequence[TextLine]) -> TextLine:
    if len(pieces) == 1:
        return pieces[0]
    return pieces[0]._replace(text="\t".join([p.text for p in pieces]), x1=pieces[-1].x1)


def _spaced(row: list[Char], size: float) -> Iterator[str]:
    before: Char | None = None
    for char in row:
        if before is not None and not _TOUCH * size < char.x0 - before.x1 <= _SPACE * size and not char.text.isspace():
            if char.text == before.text and char.x0 - before.x0 < _GLYPH_TWICE * (before.x1 - before.x0):
                continue
            yield _gap(before, char, size)
        yield char.text
        before = char


def _gap(before: Char, char: Char, size: float) -> str:
    gap = char.x0 - before.x1
    if gap < 0:
        return " " if lies_over(before, char) else ""
    wide = _CJK_SPACE if _is_wide(before.text) or _is_wide(char.text) else _SPACE
    return " " if gap > wide * size and not before.text.isspace() else ""


def _is_wide(text: str) -> bool:
    return text >= "\u2e80"


def _first_width(ink: list[Char], size: float) -> float:
    """How wide the first unbreakable piece is: a Chinese character, or a run of Latin ones and digits."""
    end = ink[0].x1
    if not _is_wide(ink[0].text):
        for before, char in pairwise(ink):
            if _is_wide(char.text) or char.x0 - before.x1 > _SPACE * size:
                break
            end = char.x1
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
