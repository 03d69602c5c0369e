"""Pieces as two merged streams: the run of label characters, and the values, each knowing how many characters came before it.

Line breaks, pipes, wrapped labels and group labels in the middle of their rows stop mattering: a row owns the values
between its label and the next one's.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, field

from govreport.binding import scoring
from govreport.labels import NUMERALS, skeleton
from govreport.legible import ZEROS
from govreport.model import Piece, Role
from govreport.values import Kind, Reading, classify, read_value

__all__ = [
    "Slot",
    "Stream",
    "continues_number",
    "ends_in_number",
    "holds_values",
    "is_gap",
    "is_garbled",
    "is_numbering",
    "label_text",
    "make_stream",
    "numbers_a_label",
    "only_numerals",
    "swallowed",
]

_PAGE = re.compile(
    r"[-—–－―\s]*[-—–－―][-—–－―\s]*\d{1,3}\s*[-—–－―][-—–－―\s]*|第\s*\d{1,3}\s*页.{0,8}|\d{1,3}\s*/\s*\d{1,3}\s*页?|(?i:page)\s*\d+.{0,9}"
)
_OF_PAGES = re.compile(r"(\d{1,3})(\s*)/\s*(\d{1,3})")
"""A page among how many: no page comes behind the last."""
_AFTER_NUMBER = re.compile(r"[\s“”\"‘’「」]*[、.．,，:：）)](?!\d)|\s*位小数|\s*位")
_NUMBER_AT_END = re.compile(r"[\u4e00-\u9fff](?=[^\u4e00-\u9fff]*+$)(?:[）)”」]?\s*[-+]?\d[\d,.]*\s*$|.*?\d{2})", re.DOTALL)
"""A number behind a label, or of two digits and markup around it."""
_VALUE_WITHIN = re.compile(r"[\s:：=]\d+(?:[.,]\d+)*+[^\d\s]{0,3}[ \t]*+[，,；;|│┃║]")
"""A number set off from the words before it, and what parts it from those behind."""
_NUMBERING = re.compile(rf"[（(【\[]?\s*(?:[0-3]?\d\s*[）)】\]、.．,，:：]*|[{NUMERALS}]{{2,3}})")
"""What may number a label: no list is longer than 39."""
_LINES = "".join(map(chr, range(0x2500, 0x2580))) + "-+=_|:. ＋－＝＿｜"
"""What lines are drawn with."""
_SCANNED = re.compile(r"[OoQDlI|iSsBZzGgqb.,]{2,}")
"""Letters that scanners take digits for."""
_ZEROS = ZEROS | frozenset("Ｏｏ")
_ROUND = _ZEROS | {"l", "I"}
"""What is typed for 0, or read by a scanner, in any alphabet; and for 1."""
_COUNTING = NUMERALS + "〇零百千万两壹贰叁肆伍陆柒捌玖拾佰仟"
"""Characters that numbers are written with."""
_OPEN, _CLOSE = "（(", "）)"


@define
class Slot:
    """A value, a printed nothing or an empty cell at `position` of the label run; `piece` is its index."""

    kind: Kind
    position: int
    piece: int
    reading: Reading | None = None

    @property
    def solid(self) -> bool:
        """Whether something is printed."""
        return self.kind is not Kind.EMPTY

    @property
    def unread(self) -> bool:
        """Whether a value is printed that nobody can read."""
        return self.kind is Kind.NUMBER and self.reading is None


@define
class Stream:
    """`text` is the label run; `starts[i]` the position at which text piece `texts[i]` begins in it."""

    pieces: Sequence[Piece]
    text: str
    starts: list[int]
    texts: list[int]
    slots: list[Slot]
    positions: list[int]
    roles: list[Role] = field(factory=list)
    copies: dict[str, list[tuple[int, int]]] = field(factory=dict)
    """Table that stands there more than once → where in the run its copies begin and end, the one that is read first."""
    foreign: set[int] = field(factory=set)
    """Pieces in columns that are none of the form's, as their headers say."""
    year: int | None = None
    """That of the report."""

    def piece_at(self, position: int) -> int:
        """Index of the piece that a character of the run stands in."""
        return self.texts[bisect.bisect_right(self.starts, position) - 1]

    def index_at(self, position: int) -> int:
        """Which text piece, counted among text pieces, that character stands in."""
        return bisect.bisect_right(self.starts, position) - 1

    def bounds(self, position: int) -> tuple[int, int]:
        """Where the piece of that character begins and ends in the run."""
        at = bisect.bisect_right(self.starts, position) - 1
        return self.starts[at], self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)

    def label_at(self, position: int) -> str:
        """What the piece of that character says, without its numbering."""
        return self.text[slice(*self.bounds(position))].lstrip(NUMERALS)

    @functools.cached_property
    def repeated(self) -> list[str]:
        """What several pieces say, longest first: labels, the heads and feet of pages, words printed across all of them."""
        often = Counter(map(self.label_at, self.starts))
        return sorted((text for text, count in often.items() if text and count >= scoring.REPEATED), key=len, reverse=True)

    def between(self, start: int, stop: int) -> list[Slot]:
        """The slots after the character at `start` and not after the one at `stop`."""
        return self.slots[bisect.bisect_right(self.positions, start) : bisect.bisect_right(self.positions, stop)]


def make_stream(pieces: Sequence[Piece], year: int | None = None) -> Stream:
    """Classify each piece and merge the streams; `year` is that of the report."""
    kinds = [classify(p.text) for p in pieces]
    run, starts, texts, slots, roles = list[str](), list[int](), list[int](), list[Slot](), list[Role]()
    length, open_bracket = 0, False
    for index, piece in enumerate(pieces):
        kind = kinds[index]
        if piece.role is not None:  # the layout knows what it is: the numbers over the columns of a data frame
            roles.append(piece.role)
        elif kind is Kind.TEXT and _is_garbled(pieces, index):
            roles.append(Role.UNBOUND)
            slots.append(Slot(Kind.NUMBER, length, index))
        elif kind is Kind.TEXT:
            plain = label_text(piece.text)
            if plain:
                starts.append(length)
                texts.append(index)
                run.append(plain)
                length += len(plain)
            open_bracket = _brackets(piece.text, open_now=open_bracket)
            roles.append(Role.REMARK)
        elif kind is Kind.NUMBER and _numbers_a_label(pieces, kinds, index, open_bracket=open_bracket):
            roles.append(Role.LABEL)
        else:
            roles.append(Role.REMARK if kind is Kind.EMPTY else Role.UNBOUND)
            slots.append(Slot(kind, length, index, read_value(piece.text) if kind is Kind.NUMBER else None))
    paged = {at for i, kind in enumerate(kinds) if kind is Kind.TEXT and _is_page(pieces[i].text) for at in _around(pieces, i)}
    slots = [slot for slot in slots if slot.piece not in paged] if paged else slots
    return Stream(pieces, "".join(run), starts, texts, slots, [s.position for s in slots], roles, year=year)


def _around(pieces: Sequence[Piece], index: int) -> Iterator[int]:
    """The empty cells that only the gaps around a page number tell of: it is the page's end that widened them."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(pieces) and is_gap(pieces, at):
            yield at
            at += step


@functools.lru_cache(maxsize=1 << 13)
def label_text(text: str) -> str:
    """What a text piece adds to the label run: its skeleton, nothing if it is a page number (labels come again: cached)."""
    return "" if _is_page(text) else skeleton(text)


def _is_page(text: str) -> bool:
    if len(text) >= 20 or _PAGE.fullmatch(text.strip()) is None:  # noqa: PLR2004 - no page number is longer
        return False
    return (of := _OF_PAGES.match(text.strip())) is None or int(of[1]) <= int(of[3])


def _is_garbled(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a text is a value that nobody can read; where it may number a label, whether none follows in its row.

    It is a value nevertheless: left out, it would pass for an empty cell, or leave its place to the next value.
    """
    text, row, following = pieces[index].text, pieces[index].row, index + 1
    if (of := _OF_PAGES.fullmatch(text.strip())) and not of[2] and _shares_line(pieces, index):
        return True
    beside = row is not None and index > 0 and pieces[index - 1].row == row
    bare = text.strip()
    numbering = _NUMBERING.fullmatch(bare)
    strange = bare in _ROUND or (len(bare) > 1 and bare.strip(_LINES) and not skeleton(text))
    if is_garbled(text) or (beside and strange and not numbering) or (bare in _ZEROS and row is None and _among(pieces, index)):
        return True
    if not numbering:
        return False
    return following == len(pieces) or not skeleton(pieces[following].text) or pieces[following].row != row


def _among(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a number stands right before a piece, or right behind it."""
    return any(
        classify(piece.text) is Kind.NUMBER for piece in (*pieces[max(index - 1, 0) : index], *pieces[index + 1 : index + 2])
    )


def _shares_line(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the piece before stands on the same line, as none does before the number of a page."""
    own, before = pieces[index].place, pieces[index - 1].place if index else None
    return own is not None and own.line is not None and before is not None and own.line == before.line


@functools.lru_cache(maxsize=1 << 13)
def is_garbled(text: str) -> bool:
    """Whether a text that is no value has digits among other characters, or is a number in words."""
    if not (plain := skeleton(text)):
        digits = any(map(str.isdigit, text)) or _SCANNED.fullmatch(text.strip())
        return bool(digits) and not _is_page(text) and not _NUMBERING.fullmatch(text.strip())
    if "〇" in plain and any(map(str.isdigit, text)):
        return True
    alone = len(plain) == sum(not (character.isdigit() or character.isspace()) for character in text)
    return len(plain) > 1 and not plain.strip(_COUNTING) and bool(plain.strip(NUMERALS)) and alone


def is_numbering(text: str) -> bool:
    """Whether a text is a number with its mark and no more, `7.`: the number of a label, or what stands before a point."""
    return any(map(str.isdigit, text)) and _NUMBERING.fullmatch(text.strip()) is not None


def is_gap(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is an empty cell that only the gap before the next text tells of: it has no place of its own."""
    piece = pieces[index]
    own = not piece.text and piece.row is None and piece.place is not None and index + 1 < len(pieces)
    return own and pieces[index + 1].place == piece.place


def continues_number(text: str) -> bool:
    """Whether a text goes on after a number that stood before it, as `、属于国家秘密` does."""
    return _AFTER_NUMBER.match(text) is not None


def numbers_a_label(text: str) -> bool:
    """Whether a number may number a label."""
    bare = text.strip()
    return bare.isdecimal() and len(bare) <= 2 and int(bare) <= 30  # noqa: PLR2004 - no list is longer


def ends_in_number(text: str) -> bool:
    """Whether a label ends in a number: it has swallowed a value, or a part of one."""
    return _NUMBER_AT_END.search(text) is not None


def holds_values(text: str) -> bool:
    """Whether values stand among the words of a label, each before a mark that parts it from the next words."""
    return _VALUE_WITHIN.search(text) is not None


def swallowed(stream: Stream) -> bool:
    """Whether a piece of several lines holds values below its words, as where a column ran into the cell of its header."""
    texts = (stream.pieces[index].text for index in stream.texts)
    return any(
        sum(classify(line) is Kind.NUMBER for line in text.split("\n")) >= scoring.FULL_ROWS for text in texts if "\n" in text
    )


def _brackets(text: str, *, open_now: bool) -> bool:
    if "（" not in text and "(" not in text and "）" not in text and ")" not in text:
        return open_now
    last_open = max(text.rfind(c) for c in _OPEN)
    last_close = max(text.rfind(c) for c in _CLOSE)
    return last_open > last_close if last_open >= 0 or last_close >= 0 else open_now


def _numbers_a_label(pieces: Sequence[Piece], kinds: list[Kind], index: int, *, open_bracket: bool) -> bool:
    """Whether a number piece is a label's own: `1` before `、属于国家秘密`, `4` inside （保留4位小数）."""
    if index + 1 >= len(pieces) or kinds[index + 1] is not Kind.TEXT or not pieces[index].text.strip().isdigit():
        return False
    if _ends_values(pieces, kinds, index):
        return False
    following = pieces[index + 1].text
    if open_bracket and any(c in following for c in _CLOSE) and kinds[index - 1] is Kind.TEXT:
        return following.lstrip()[:1] not in _OPEN
    if not numbers_a_label(pieces[index].text) or continues_number(following):
        return numbers_a_label(pieces[index].text)
    behind = "".join(pieces[i].text for i in range(index + 1, min(index + 4, len(pieces))) if kinds[i] is Kind.TEXT)
    return _is_quote(following) and continues_number(behind)


def _ends_values(pieces: Sequence[Piece], kinds: Sequence[Kind], index: int) -> bool:
    """Whether a number stands behind another on its line, and the label that goes on on the next: a row's last value."""
    return kinds[index - 1] is Kind.NUMBER and _shares_line(pieces, index) and not _shares_line(pieces, index + 1)


def _is_quote(text: str) -> bool:
    """Whether a text is the quotes of a label that were written apart: 3 “ ” 、危及三安全一稳定."""
    return not text.strip(' \n“”"‘’「」')


def only_numerals(text: str) -> bool:
    """Whether nothing but numbering is left of a text."""
    return not text.strip(NUMERALS)
