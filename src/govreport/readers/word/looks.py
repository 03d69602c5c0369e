"""How the runs of a Word document look, as far as it changes what they say: hidden, raised, struck out, white."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govreport.apart import MOVED, PLAIN, Look, inherited, switched
from govreport.readers.word.numbering import W

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Looks", "is_on"]

_VAL = W + "val"
_PROPERTIES, _STYLE = W + "rPr", W + "rStyle"
_ALIGNED, _POSITION, _COLOUR = W + "vertAlign", W + "position", W + "color"
_WHITE = frozenset({"FFFFFF", "ffffff"})


_SWITCHES = {W + "vanish": Look.HIDDEN, W + "strike": Look.STRUCK, W + "dstrike": Look.STRUCK}
_HEIGHTS = {"superscript": Look.RAISED, "subscript": Look.LOWERED}


def is_on(switch: etree._Element) -> bool:
    """Whether a property that can be on or off is on."""
    return switch.get(_VAL, "1") not in {"0", "false", "off"}


class Looks:
    """The looks that the styles of a document give, and those of its runs."""

    def __init__(self, styles: etree._Element | None, body: etree._Element | None = None) -> None:
        self._styles = {} if styles is None else dict(_read(styles))
        self._same = body is not None and not self._styles and not _has_looks(body)

    def of_style(self, name: str | None) -> Look:
        """The look of all runs of a paragraph or character style."""
        return self._styles.get(name, PLAIN)

    def of(self, run: etree._Element, paragraph: Look) -> Look:
        """The look of a run in a paragraph whose style has a look."""
        if self._same:
            return paragraph
        properties = run[0] if len(run) and run[0].tag == _PROPERTIES else run.find(_PROPERTIES)
        return paragraph if properties is None else _own(properties, paragraph, self._styles)


def _has_looks(body: etree._Element) -> bool:
    """Whether any run of a body looks otherwise than the rest: in most documents none does."""
    if any(next(body.iter(tag), None) is not None for tag in (*_SWITCHES, _ALIGNED, _POSITION)):
        return True
    return any(colour.get(_VAL) in _WHITE for colour in body.iter(_COLOUR))


def _read(styles: etree._Element) -> list[tuple[str | None, Look]]:
    """Every style that changes anything, with what it takes from those that it is based on."""
    nodes = {style.get(W + "styleId"): style for style in styles.iterfind(W + "style")}
    if not any(next(styles.iter(tag), None) is not None for tag in (*_SWITCHES, _ALIGNED)):
        return []
    return [(name, look) for name in nodes if (look := inherited(name, nodes, _parent, _made))]


def _parent(style: etree._Element) -> str | None:
    based = style.find(W + "basedOn")
    return None if based is None else based.get(_VAL)


def _made(style: etree._Element, look: Look) -> Look:
    properties = style.find(_PROPERTIES)
    return look if properties is None else _own(properties, look, {})


def _own(properties: etree._Element, look: Look, styles: Mapping[str | None, Look]) -> Look:
    for setting in properties:
        tag = setting.tag
        if tag == _STYLE:
            look |= styles.get(setting.get(_VAL), PLAIN)
        elif tag in _SWITCHES:
            look = switched(look, _SWITCHES[tag], on=is_on(setting))
        elif tag == _ALIGNED:
            look = look & ~MOVED | _HEIGHTS.get(setting.get(_VAL, ""), PLAIN)
        elif tag == _POSITION:
            look = look & ~MOVED | _height(setting.get(_VAL, "0"))
        elif tag == _COLOUR:
            look = switched(look, Look.WHITE, on=setting.get(_VAL) in _WHITE)
    return look


def _height(position: str) -> Look:
    if not position.strip("0"):
        return PLAIN
    return Look.LOWERED if position.startswith("-") else Look.RAISED
