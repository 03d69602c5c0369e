r"""Marks between the cells of a row, other than tabs and pipes, and what tells a row set with them from prose.

,  规章,3,0,12                   ;  规章;3;0;12             、  规章、3、0、12
&  规章 & 3 & 0 & 12               /  规章 / 3 / 0 / 12       [] ['规章', 3, 0, None]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport.values import Kind, classify

__all__ = ["COMMA", "SEPARATORS", "bare", "headed", "is_record", "listed", "opened", "parts", "separator"]

COMMA = ","
SEPARATORS = (
    *(COMMA, ";", "；", "、", "，", "｜", "¦", "&", "#", "^", "~", "：", ":", "·", "•", "→", "\x01", "\x1e", "\x1f"),
    *("∣", "❘", "⎮", "︱", "।", "§", "■", "@", "$", "\\t", "\t", " / ", " - ", " > ", " + ", "][", "】【", "」「", "}{"),
    *("!", "%", "=", "…", "\\", "><", ") (", " * ", "/", "_"),
)
"""The more usual first. Tabs are a layout of their own, but for cells in quotation marks; a stroke or a dash, which may also be
what is printed for nothing, has spaces around it."""
_QUOTED = re.compile(r"\"\t|\t\"")
"""A tab beside a quoted cell."""
_ANY = re.compile("|".join(map(re.escape, SEPARATORS)))
_BETWEEN = {"][": "[]", "】【": "【】", "」「": "「」", "}{": "{}", "><": "<>", ") (": "()"}
"""What stands around a row where brackets part its cells."""
_GROUPED = re.compile(r"[^\d,.+\-\"]\d{1,3},\d{3}(?!\d)")
"""A number with grouped digits behind a word: there the comma belongs to the number."""
_LIST = re.compile(r"(?:- )?(?:\[\[?|\()(?=[\s\d'\"\-N])(.*?)(?:\]\]?|\)),?")
"""A list or tuple, as programs print one."""
_NESTED = re.compile(r"\s*\[[\[(]")
_NEXT = re.compile(r"(?<=[\])])\s*,\s*(?=[\[(])")
_HEADED = re.compile(r"(?P<label>[^：:=]*[\u3400-\u9fff）)】」”\"'][ \t]*)[：:=][ \t]*(?P<value>[^：:=]*)")
_LABELLED = re.compile(r"(?P<label>[^\[\]：:=]*[\u3400-\u9fff）)】」”\"'])[ \t]*[：:=][ \t]*\[(?P<cells>[^\[\]]*)\][ \t]*,?")
"""A label, and a list of its values."""
_BRACKETED = re.compile(r"（[^（）]*）")
_HELD = "\ufdd0"
_MANY = 5
"""Numbers between strokes of which no date and no ratio has so many."""
_FEWEST = 2
_VALUED = 0.3
"""Share of values and empty cells in a record; a clause of prose between commas is seldom one number."""


def separator(text: str) -> str | None:
    """The mark that parts the cells of a row, None where the text is none."""
    if "\t" in text:
        return "\t" if _QUOTED.search(text) else None
    found = _ANY.findall(text) if len(text) > _FEWEST else ()
    if len(found) < _FEWEST:
        return None
    if len(rows := listed(text)) > 1:
        return next((mark for row in rows if (mark := separator(row)) is not None), None)
    usual = sorted(set(found), key=lambda mark: (-found.count(mark), SEPARATORS.index(mark)))
    return next((mark for mark in usual if is_record(text, mark)), None)


def is_record(text: str, mark: str) -> bool:
    """Whether these marks stand around values and empty cells: not those of prose, nor those that group digits."""
    text = opened(text, mark)
    if text.count(mark) < _FEWEST or (mark == COMMA and _GROUPED.search(text)):
        return False
    cells = [bare(cell) for cell in text.split(mark)]
    if classify(mark.strip()) is Kind.MARK and _stands_for_nothing(cells):
        return False
    shown = sum(not cell or (" " not in cell and classify(cell) is not Kind.TEXT) for cell in cells)
    return shown >= max(_FEWEST, len(cells) * _VALUED)


def _stands_for_nothing(cells: Sequence[str]) -> bool:
    """Whether what a stroke or a dash seems to part are cells set with spaces, some of which hold nothing but such a mark."""
    kinds = [classify(words[-1]) if (words := cell.split()) else Kind.EMPTY for cell in cells]
    spaced = any(" " in cell and kind is not Kind.TEXT for cell, kind in zip(cells, kinds, strict=True))
    if not spaced and len(kinds) >= _MANY and {*kinds} == {Kind.NUMBER}:
        return False
    return spaced or kinds[0] is not Kind.TEXT or Kind.EMPTY in kinds or Kind.MARK in kinds


def listed(line: str) -> list[str]:
    """The rows of a table that stands on one line as a list of lists; any other line is one row."""
    return _NEXT.split(line) if _NESTED.match(line) else [line]


def opened(line: str, mark: str) -> str:
    """A row without the brackets around its cells, or around the list that it is."""
    if mark in _BETWEEN:
        return line.strip().removeprefix(_BETWEEN[mark][0]).removesuffix(_BETWEEN[mark][1])
    found = _LIST.fullmatch(line.strip()) if line.lstrip()[:1] in ("[", "(", "-") else None
    if found is None and line.rstrip().endswith(("]", "],")) and (labelled := _LABELLED.fullmatch(line.strip())):
        return f"{labelled['label']}{mark}{labelled['cells']}"
    return found[1] if found else line


def parts(row: str, mark: str) -> list[str]:
    """What stands between the marks of a row, those within brackets aside."""
    if "（" not in row:
        return row.split(mark)
    held = _BRACKETED.sub(lambda found: found[0].replace(mark, _HELD), row)
    return [cell.replace(_HELD, mark) for cell in held.split(mark)]


def headed(cell: str) -> list[str]:
    """What stands before the first mark of a row: its label, and a value behind a colon of its own."""
    found = _HEADED.fullmatch(cell)
    if found is None or classify(bare(found["value"]) or "?") is Kind.TEXT:
        return [cell]
    return [found["label"], found["value"]]


def bare(cell: str) -> str:
    """A cell without quotes."""
    return cell.strip(" \"'")
