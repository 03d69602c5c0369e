"""The runs of a Word paragraph: its text as it is shown, and the text boxes in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import define, field

from govreport.apart import PLAIN, Look, as_shown
from govreport.readers.word.fields import uncounted
from govreport.readers.word.looks import Looks
from govreport.readers.word.numbering import W

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["ALTERNATE", "Paragraph", "preferred"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = W + "val"
_RUN, _BOX, _SYMBOL = W + "r", W + "txbxContent", W + "sym"
_TEXTS = frozenset({W + "t", _M + "t"})
_MARKS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    # A note's mark would read as a digit of the number before it; the note itself follows at the end.
}
_MATHS = {_M + "den": "/", _M + "sup": "^", _M + "sub": "_", _M + "deg": "√", _M + "e": " ", _M + "lim": " ", _M + "fName": " "}
"""Parts of a formula, of which none runs on with the one before."""
# What was deleted or moved away, properties, field codes, and the reading aids (pinyin) above a character are not the text.
_PROPERTIES = ("rPr", "pPr", "sdtPr", "sdtEndPr", "rubyPr", "customXmlPr", "smartTagPr", "tblPr", "tblGrid", "trPr", "tcPr")
_UNPRINTED = ("del", "moveFrom", "delText", "delInstrText", "rt")
_SKIPPED = frozenset(W + name for name in (*_PROPERTIES, *_UNPRINTED))
_NOTES, _OWN_MARK = frozenset({W + "footnoteReference", W + "endnoteReference"}), W + "customMarkFollows"
_FIELD, _FIELD_TYPE, _CODE = W + "fldChar", W + "fldCharType", W + "instrText"
_SIMPLE_FIELD, _SIMPLE_CODE = W + "fldSimple", W + "instr"
_FIELDS = frozenset({_FIELD, _CODE, _SIMPLE_FIELD})
_CHOICES, _CHOSEN = f"{W}ffData/{W}ddList", W + "result"
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
ALTERNATE, _CHOICE = _MC + "AlternateContent", _MC + "Choice"
# Symbol fonts put their characters at U+F000; these are the boxes and ticks that forms use.
_SYMBOLS = {0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "□", 0xF06F: "□", 0xF0FC: "√", 0xF0D6: "√", 0xF02D: "-", 0xF02B: "+"}
_PRIVATE_USE = range(0xE000, 0xF900)


@define
class _Field:
    """A field that has begun: where its text starts, its code, and what was chosen in it from a list."""

    start: int
    chosen: str = ""
    code: str = ""
    in_code: bool = True


@define
class Paragraph:
    """What a paragraph holds: its text in pieces, and its text boxes; the code of a field is none of it.

    A field may show the results of others in its code (`IF` of a sum), which nobody sees. One that has no end in its paragraph
    is in its result by then, or damaged: no code reaches into the next paragraph.
    """

    texts: list[str]
    boxes: list[etree._Element] = field(factory=list, repr=False)
    _looks: dict[int, Look] = field(factory=dict)
    _fields: list[_Field] = field(factory=list)

    @classmethod
    def of(cls, node: etree._Element, label: str, looks: Looks, style: str | None) -> Paragraph:
        """The paragraph of a `w:p`, after its list number."""
        found = cls([label])
        found._collect(node, looks, looks.of_style(style))
        return found

    @property
    def text(self) -> str:
        """All of its text."""
        if not self._looks:
            return "".join(self.texts)
        return as_shown([(text, self._looks.get(index, PLAIN)) for index, text in enumerate(self.texts)])

    def _collect(self, node: etree._Element, looks: Looks, style: Look) -> None:
        for child in node:
            tag = child.tag
            if tag == _RUN:
                self._run(child, looks, style)
            elif tag in _TEXTS or tag in _MARKS or tag == _SYMBOL:
                self._put(_shown(child))
            elif tag in _NOTES and child.get(_OWN_MARK, "0") not in {"0", "false", "off"}:
                break  # the rest of the run is the mark
            elif tag in _DRAWN:
                self.boxes.extend(_boxes(child))
            elif tag not in _SKIPPED and not self._in_field(child, looks, style):
                self._put(_MATHS.get(tag, ""))
                self._collect(preferred(child) if tag == ALTERNATE else child, looks, style)

    def _in_field(self, node: etree._Element, looks: Looks, style: Look) -> bool:
        """Whether this is part of a field; it is taken care of, then."""
        if node.tag == _FIELD:
            self._turn(node)
        elif node.tag == _CODE and self._fields:
            self._fields[-1].code += node.text or ""
        elif node.tag == _SIMPLE_FIELD:
            begun = _Field(len(self.texts), code=node.get(_SIMPLE_CODE, ""))
            self._collect(node, looks, style)
            self._end(begun)
        return node.tag in _FIELDS

    def _run(self, node: etree._Element, looks: Looks, style: Look) -> None:
        look, start = looks.of(node, style), len(self.texts)
        if not look:
            self._collect(node, looks, style)
        elif not look & Look.HIDDEN:
            self._collect(node, looks, style)
            self._looks.update(dict.fromkeys(range(start, len(self.texts)), look))

    def _put(self, text: str) -> None:
        """A piece of text, if it is shown."""
        if text and not (self._fields and any(begun.in_code for begun in self._fields)):
            self.texts.append(text)

    def _turn(self, node: etree._Element) -> None:
        """A field begins, goes from its code to its result, or ends."""
        kind = node.get(_FIELD_TYPE)
        if kind == "begin":
            self._fields.append(_Field(len(self.texts), _chosen(node)))
        elif self._fields and kind == "separate":
            self._fields[-1].in_code = False
        elif self._fields and kind == "end":
            self._end(self._fields.pop())

    def _end(self, ended: _Field) -> None:
        """What a field shows that has no result: what was chosen, or that there will be one."""
        if not "".join(self.texts[ended.start :]).strip():
            self._put(ended.chosen or uncounted(ended.code.strip()))


def preferred(alternate: etree._Element) -> etree._Element:
    """The one of several contents that a program of today shows."""
    choice = alternate.find(_CHOICE)
    return alternate if choice is None else choice


def _chosen(begun: etree._Element) -> str:
    choices = begun.find(_CHOICES) if len(begun) else None
    if choices is None:
        return ""
    result = choices.find(_CHOSEN)
    index = "0" if result is None else result.get(_VAL, "0")
    entries = [entry.get(_VAL, "") for entry in choices.iterfind(W + "listEntry")]
    return entries[int(index)] if index.isdecimal() and len(index) < 10 and int(index) < len(entries) else ""  # noqa: PLR2004 - more than a list holds


def _symbol(node: etree._Element) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(code, "□" if code in _PRIVATE_USE else chr(code))


def _shown(node: etree._Element) -> str:
    if node.tag in _TEXTS:
        return node.text or ""
    return _symbol(node) if node.tag == _SYMBOL else _MARKS[node.tag]


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, the outermost ones."""
    for child in node:
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(preferred(child) if child.tag == ALTERNATE else child)
