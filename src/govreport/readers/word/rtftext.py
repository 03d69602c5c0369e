"""RTF as a run of texts and signs: control words interpreted as far as they say what is shown, and in which characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from attrs import define, field

from govreport.apart import MOVED, PLAIN, Look, switched
from govreport.readers.word.fields import uncounted

__all__ = ["Sign", "signs"]

Sign = tuple[str, int | Look]
"""A control word of paragraphs or tables with its number, or a text with its look."""

_LAYOUT = """
par line tab sect page pard intbl itap trowd trleft cellx clvmgf clvmrg clmgf clmrg cell row nestcell nestrow
"""
_TABLES = frozenset(_LAYOUT.split())
_CHARACTERS: Mapping[str, str] = MappingProxyType(
    {
        "emdash": "—",
        "endash": "–",
        "lquote": "‘",
        "rquote": "’",
        "ldblquote": "“",
        "rdblquote": "”",
        "bullet": "•",
        "emspace": "\u2003",
        "enspace": "\u2002",
    }
)
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_ELSEWHERE = """
fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid
atnauthor listtable listoverridetable revtbl rsidtbl themedata datastore xmlnstbl latentstyles generator fldinst nonesttables
nonshppict objdata objclass bkmkstart bkmkend sp sn sv tc xe ftnsep ftnsepc aftnsep aftnsepc pnseclvl upr rxe template private
"""
_HIDDEN = frozenset(_ELSEWHERE.split())
_SHOWN = frozenset({"shpinst", "shptxt", "nesttableprops", "fldrslt", "shppict", "ud"})
"""Destinations that are marked as ignorable, and hold what is shown all the same."""
_BOXES = frozenset({"shpinst"})
"""Where only a text box inside shows anything."""
_NUMBERS = frozenset({"listtext", "pntext"})
_CODECS = {0: "cp1252", 77: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950"}
"""The charset of a font → codec."""
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 932: "cp932", 949: "cp949", 10008: "gb18030"}
_HEIGHTS = {"super": Look.RAISED, "up": Look.RAISED, "sub": Look.LOWERED, "dn": Look.LOWERED, "nosupersub": PLAIN}
_STRUCK = frozenset({"strike", "striked"})
_PICTURES = frozenset({"pict", "objdata"})
_DEEPEST = 10_000
_STATES = frozenset({"u", "uc", "v", "cf", "deleted", "plain", "field", "ansicpg", "f", "fcharset", "fonttbl", "bin"})
_TOLD = frozenset().union(_TABLES, _CHARACTERS, _HIDDEN, _SHOWN, _BOXES, _NUMBERS, _HEIGHTS, _STRUCK, _PICTURES, _STATES)
"""The words that mean something here; of a hundred that a program writes for each cell three are among them."""


def _one_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, with their first letters asked for only once."""
    by_letter = groupby(sorted(words), key=itemgetter(0))
    return "|".join(f"{letter}(?:{'|'.join(word[1:] for word in same)})" for letter, same in by_letter)


_TOKEN = re.compile(
    rb"((?:\\(?!(?:%b)(?![A-Za-z]))[a-z]{1,32}(?![A-Za-z])(?:-?[0-9]{1,32})? ?[\r\n\0]*)+)"  # words that mean nothing here
    rb"|\\([A-Za-z]{1,32})(-?[0-9]{1,32})? ?|\\'([0-9a-fA-F]{2})|\\([^A-Za-z'\r\n])|([{}])|(\\[\r\n])|[\r\n\0]+"
    rb"|([^\\{}\r\n\0]+)|\\" % _one_of(_TOLD).encode()
)

_COLOURS = re.compile(rb"\{\\colortbl\b([^{}]*)\}")
_WHITE = re.compile(rb"(?=.*\\red255\b)(?=.*\\green255\b)(?=.*\\blue255\b)", re.DOTALL)


@define
class _State:
    """What a group inherits: whether it shows anything, its charset, and how many characters stand in for one of Unicode."""

    shown: bool = True
    numbers: bool = False
    fonts: bool = False
    codec: str | None = None
    stand_in: int = 1
    vanished: bool = False
    deleted: bool = False
    look: Look = PLAIN
    code: bool = False
    begun: int | None = None
    """Of a field: how much text was there when it began."""

    def inside(self) -> _State:
        """That of a group in the group."""
        return _State(
            self.shown,
            self.numbers,
            self.fonts,
            self.codec,
            self.stand_in,
            self.vanished,
            self.deleted,
            self.look,
            self.code,
        )


@define
class _Reader:
    state: _State = field(factory=_State)
    stack: list[_State] = field(factory=list)
    codec: str = "gb18030"
    fonts: dict[int, str] = field(factory=dict)
    whites: frozenset[int] = frozenset()
    font: int = 0
    pending: bytearray = field(factory=bytearray)
    skip: int = 0
    ignorable: bool = False
    shown: int = 0
    code: bytearray = field(factory=bytearray)

    def text(self) -> Sign:
        """The bytes so far as text: a character may be spread over several tokens."""
        found = self.pending.decode(self.state.codec or self.codec, "replace")
        self.shown += 1
        self.pending.clear()
        return found, self.state.look

    @property
    def shows(self) -> bool:
        state = self.state
        return state.shown and not (state.vanished or state.deleted)

    def put(self, data: bytes) -> None:
        """Bytes of text, less those that stand in for a character of Unicode."""
        skipped = min(self.skip, len(data))
        self.skip -= skipped
        if self.shows:
            self.pending += data[skipped:]
        elif self.state.code:
            self.code += data[skipped:]

    def group(self, brace: bytes) -> Iterator[Sign]:
        """A group begins, with the state of the one around it, or ends; a field that has no result yet says so."""
        self.skip, self.ignorable = 0, False
        if brace == b"{":
            if len(self.stack) < _DEEPEST:
                self.stack.append(self.state)
                self.state = self.state.inside()
        elif self.stack:
            ended, self.state = self.state, self.stack.pop()
            if ended.begun == self.shown and self.shows:
                code = bytes(self.code).decode("ascii", "replace").strip()
                yield uncounted(code), PLAIN

    def destination(self, word: str) -> bool:
        """Whether the word says where the text of its group belongs; what nobody sees is left out."""
        ignorable, self.ignorable = self.ignorable, False
        state = self.state
        if word == "fonttbl":
            state.fonts = True
        if word in _HIDDEN or word in _BOXES or (ignorable and word not in _SHOWN):
            state.shown, state.code = False, word == "fldinst"
            if state.code:
                self.code.clear()
        elif word == "shptxt":
            state.shown = True
        elif word in _NUMBERS:
            state.numbers = True
        else:
            return word in _SHOWN
        return True

    def word(self, word: str, number: int | None) -> Iterator[Sign]:
        """A control word that is no destination."""
        state = self.state
        if word == "u" and number is not None:
            if self.shows:
                yield _character(number), state.look
                self.shown += 1
            self.skip = state.stand_in
        elif word in _CHARACTERS:
            if self.shows:
                yield _CHARACTERS[word], state.look
                self.shown += 1
        elif word in _TABLES:
            if state.shown or word not in {"par", "line", "tab"}:
                yield from _table_sign(word, number, numbers=state.numbers)
        elif word in _STRUCK or word in _HEIGHTS:
            self._look(word, on=number != 0)
        else:
            self._set(word, number)

    def _look(self, word: str, *, on: bool) -> None:
        state = self.state
        if word in _STRUCK:
            state.look = switched(state.look, Look.STRUCK, on=on)
        else:
            state.look = state.look & ~MOVED | (_HEIGHTS[word] if on else PLAIN)

    def _set(self, word: str, number: int | None) -> None:
        state, on = self.state, number != 0
        if word == "uc":
            state.stand_in = min(max(number or 0, 0), 9)
        elif word == "v":
            state.vanished = on
        elif word == "cf":
            state.look = switched(state.look, Look.WHITE, on=number in self.whites)
        elif word == "deleted":
            state.deleted = on
        elif word == "plain":
            state.vanished = state.deleted = False
            state.look = PLAIN
        elif word == "field":
            state.begun = self.shown
        elif word == "ansicpg":
            self.codec = _PAGES.get(number or 0, self.codec)
        elif word == "f":
            self.font = number or 0
            state.codec = None if state.fonts else self.fonts.get(self.font)
        elif word == "fcharset" and state.fonts and number in _CODECS and number:
            self.fonts[self.font] = _CODECS[number]


def _whites(data: bytes) -> frozenset[int]:
    """The numbers of the colours that nobody sees on paper."""
    table = _COLOURS.search(data)
    colours = table[1].split(b";") if table else []
    return frozenset(number for number, colour in enumerate(colours) if _WHITE.match(colour))


def _table_sign(word: str, number: int | None, *, numbers: bool) -> Iterator[Sign]:
    if word == "tab":
        yield (" " if numbers else "\t"), PLAIN  # the tab behind a list number parts no cells
    elif word == "line":
        yield "\n", PLAIN
    else:
        yield word, number if number is not None else 1


def _character(number: int) -> str:
    """Numbers are signed 16 bits; surrogates come in pairs of which the second completes the first."""
    return chr(number % 0x10000)


def signs(data: bytes) -> Iterator[Sign]:
    """The texts and the control words of paragraphs and tables, in order; a text has its look for a number."""
    reader, binary = _Reader(whites=_whites(data)), 0
    for token in _TOKEN.finditer(data):
        if token.start() < binary:
            continue
        dull, word, number, code, _, _, _, plain = token.groups()
        if plain or code:
            reader.put(plain or bytes([int(code, 16)]))
            continue
        if reader.pending and token.lastindex:
            yield reader.text()
        if dull:
            reader.destination("")
        elif word == b"bin":
            binary = token.end() + max(int(number or 0), 0)
        elif word:
            yield from _word(reader, word.decode("ascii").lower(), None if number is None else int(number))
        else:
            yield from _mark(reader, token)
    if reader.pending:
        yield reader.text()


def _mark(reader: _Reader, token: re.Match[bytes]) -> Iterator[Sign]:
    """A token without letters: a brace, the end of a line that counts, or a symbol."""
    _, _, _, _, symbol, brace, newline, _ = token.groups()
    if brace:
        yield from reader.group(brace)
    elif newline:
        yield "par", 1
    elif symbol:
        yield from _symbol(reader, symbol)


def _word(reader: _Reader, word: str, number: int | None) -> Iterator[Sign]:
    if word in _PICTURES and reader.shows:
        yield "pict", 1
    if not reader.destination(word):
        yield from reader.word(word, number)


def _symbol(reader: _Reader, symbol: bytes) -> Iterator[Sign]:
    if symbol == b"*":
        reader.ignorable = True
    elif symbol in _SYMBOLS and reader.skip:
        reader.skip -= 1
    elif symbol in _SYMBOLS and reader.shows:
        yield _SYMBOLS[symbol], reader.state.look
