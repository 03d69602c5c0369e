"""Columns told apart by spaces: aligned by a fixed-width font, or a row's values joined by single spaces.

For example, an empty cell having left nothing, or a wider gap:

    aligned                           joined                          gapped
    信息内容  本年制发件数  现行有效  信息内容 本年制发件数 现行有效  信息内容 本年制发件数 现行有效
    规章      3             12        规章 3 12                       规章 3 12
    办法                    5         办法 5                          办法  5
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from govreport.formats import canvas
from govreport.formats.pages import page_lines
from govreport.formats.sketch import Sketch
from govreport.formats.tokens import tokens
from govreport.model import Claim, Table
from govreport.pieces import Pieces
from govreport.source import Mark, SourceSection
from govreport.values import Kind, classify

__all__ = ["SPACED_FORMATS", "SpacedFormat"]

_WHOLE_ROWS = 4
_WHOLE_SHARE = 0.04
"""Rows that keep their values on one line, beside lines of one value: as many as no layout of one cell a line has by chance."""
_RULE = re.compile(r"[\s\-=─]+")
_PAGE = re.compile(r"\s*[-—–－―]+ ?\d{1,3} ?[-—–－―]+\s*")
"""A page number alone on its line: where columns are aligned, a row of values has a label on its line, or wider gaps."""


_NUMBERS = re.compile(r"(?<![^ ])[-+]?\d[\d,.]*(?: +[-+]?\d[\d,.]*)+(?![^ ])")
_GAP = re.compile(" +")
_BLANK = re.compile("(?<= )\xa0(?= |$)")
"""An nbsp where a value would stand: an empty cell."""
_BLANK_COLUMN = re.compile("(?<=  )\xa0(?=  |$)")
"""The same between columns: beside single spaces it may be one of many that fill a column up."""
_SHOWN = re.compile("(?<= )\xa0(?: |$)")
"""The same with what parts it from the next cell."""
_WIDE = "\xa0\u2000-\u200a\u3000"
_BESIDE = re.compile(f"(?<= )[{_WIDE}](?=\\S)|(?<=\\S)[{_WIDE}](?= )")
"""An nbsp, or a wide blank, that a value brought along: it widens no gap."""
_FEWEST_GAPS = 3
"""Wide gaps that may not stand by chance."""
_USUAL = 0.6
"""Share of gaps between numbers that are one space, where nothing else parts them."""
_FEW = 0.25
"""Share of lines up to which a single space between two numbers is an accident."""
_TORN = re.compile(r"[?？]|[-+]?\d[\d ,.]*")
"""What a single space parts from the rest of its number."""
_WIDEST_STEP = 2
"""Spaces by which an empty cell widens a gap: one for what parts it from the next, and one for itself."""


@frozen
class SpacedFormat:
    """What spaces tell, by `name`.

    In `aligned` columns each piece keeps the column (in half widths) at which it stands; `joined` pieces keep only their order;
    `gapped`, a gap wider than the usual one stands for empty cells.
    """

    name: str

    @property
    def carries(self) -> frozenset[str]:
        """Aligned columns keep rows and columns, not blanks as such; wide gaps keep rows and blanks; joined values order."""
        kept = {"aligned": ("rows", "columns"), "gapped": ("rows", "blanks")}
        return frozenset(kept.get(self.name, ()))

    def claim(self, section: SourceSection, sketch: Sketch) -> Claim | None:
        """Counted: lines with gaps of two spaces or more, lines in which values follow one another."""
        aligned = self.name == "aligned"
        mine = sketch.gaps if aligned else sketch.series
        if not mine or (self.name == "gapped" and not _step(section)):
            return Claim(self.name, 0.1, ("lines of text",)) if sketch.lines and self.name == "joined" else None
        alone = 0 if aligned else _alone(section, sketch)
        mine += alone
        others = sketch.tab_rows + sketch.pipe_rows + sketch.pipe_cells + sketch.boxed + (sketch.numbers - alone) / 3
        others += sketch.addressed
        rest = sketch.series - sketch.gaps if aligned else 0 if self.name == "gapped" else sketch.gaps
        share = mine / (mine + others + max(rest, 0))
        return Claim(
            self.name,
            round(0.8 * share, 3),
            (f"{sketch.gaps} lines with gaps, {sketch.series} with values in a row", f"{len(section.lines)} lines"),
        )

    def read(self, section: SourceSection) -> Pieces:
        """A piece a value, and a piece for each label between values."""
        return section.pieces(_READ[self.name](section))

    def render(self, table: Table) -> str:
        """Aligned columns, or values joined by single spaces."""
        if self.name != "aligned":
            empty = self.name == "gapped"
            return canvas.flat(" ".join(t.replace("\n", "") for t in row if t or empty) for row in canvas.rows(table))
        texts = [[t.replace("\n", "") for t in row] for row in canvas.owners(table)]
        widths = [max(map(canvas.width, column)) for column in zip(*texts, strict=True)]
        return canvas.flat(
            "  ".join(t + " " * (w - canvas.width(t)) for t, w in zip(row, widths, strict=True)).rstrip() for row in texts
        )


SPACED_FORMATS = (SpacedFormat("aligned"), SpacedFormat("gapped"), SpacedFormat("joined"))


def _step(section: SourceSection) -> int:
    """By how much an empty cell widens the single space between two numbers; 0 where gaps do not tell empty cells."""
    plain = [_SHOWN.sub("", _BESIDE.sub("", line)).replace("\xa0", " ") for line in section.lines]
    runs = [run for line in plain for run in _NUMBERS.findall(line)]
    gaps = [len(gap) for run in runs for gap in _GAP.findall(run)]
    wide = [gap - 1 for gap in gaps if gap > 1]
    lines = sum(_NUMBERS.search(line) is not None for line in plain)
    shown = any(_BLANK.search(line) and _NUMBERS.search(text) for line, text in zip(section.lines, plain, strict=True))
    if (len(wide) < _FEWEST_GAPS and not shown) or gaps.count(1) < _USUAL * len(gaps) or len(runs) > lines or _padded(runs):
        return 0
    wide = wide or [_WIDEST_STEP]
    return min(wide) if min(wide) <= _WIDEST_STEP and all(size % min(wide) == 0 for size in wide) else 0


def _padded(runs: Sequence[str]) -> bool:
    """Whether short numbers stand beside wide gaps: then spaces fill columns up."""
    numbers = [
        (len(run.split()[i]), max(a, b)) for run in runs for i, (a, b) in enumerate(pairwise(map(len, _GAP.findall(run))), 1)
    ]
    longest = max((size for size, _ in numbers), default=0)
    short = [gap for size, gap in numbers if size < longest]
    return short.count(1) < _USUAL * len(short)


def _gapped(section: SourceSection) -> Iterator[Mark]:
    step = _step(section)
    for row, line in enumerate(section.lines):
        ended, column = 0, 0
        for text, start in tokens(line.replace("\xa0", " ")):
            for at in range(ended + 1, ended + 1 + _empty(line, ended, start, step)) if ended else ():
                yield "", row, column, row, at
                column += 1
            yield text, row, column, row, start
            ended, column = start + len(text), column + 1
        for blank in _BLANK.finditer(line, ended) if column else ():
            yield "", row, column, row, blank.start()
            column += 1


def _empty(line: str, ended: int, start: int, step: int) -> int:
    """How many empty cells stand between two texts: those that show themselves, and those that only the gap tells of."""
    brought, shown = len(_BESIDE.findall(line, ended - 1, start + 1)), len(_SHOWN.findall(line, ended, start + 1))
    return shown + max(0, (start - ended - brought - 2 * shown - 1) // step)


def _alone(section: SourceSection, sketch: Sketch) -> int:
    """Lines of one value that are rows broken by a narrow page: all, where other rows are whole and no empty cell shows."""
    broken = sketch.series >= _WHOLE_ROWS and sketch.series >= _WHOLE_SHARE * sketch.numbers
    return sketch.numbers if broken and not any("\xa0" in line and not line.strip() for line in section.lines) else 0


def _aligned(section: SourceSection) -> Iterator[Mark]:
    """A piece covers as many half widths as it is long."""
    pages = page_lines(section)
    lines = {row: _cells(line) for row, line in enumerate(section.lines) if row not in pages}
    whole = {row: list(_whole(section.lines[row], found)) for row, found in lines.items()}
    usual = Counter(_values(found) for row, found in lines.items() if len(whole[row]) == len(found))
    close = sum(len(whole[row]) < len(found) for row, found in lines.items())
    few = close <= _FEW * sum(_values(found) > 1 for found in lines.values())
    for row, line in enumerate(section.lines):
        if row in pages:
            yield line.strip(), None, None, row, 0
            continue
        torn = few and not usual[_values(lines[row])] and usual[_values(whole[row])] > 1
        at = column = 0
        for text, start in _with_blanks(line, _BLANK_COLUMN, whole[row] if torn else lines[row]):
            column, at = column + canvas.width(line[at:start]), start
            yield text, row, column, row, start, canvas.width(text)


def _cells(line: str) -> list[tuple[str, int]]:
    return [(line.strip(), len(line) - len(line.lstrip()))] if _PAGE.fullmatch(line) else list(_found(line))


def _values(found: Sequence[tuple[str, int]]) -> int:
    return sum(classify(text) is not Kind.TEXT for text, _ in found)


def _whole(line: str, found: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The cells of a line if a single space parts no two numbers: what it parts is one, torn or with a mark before it."""
    held: tuple[str, int] | None = None
    for text, start in found:
        if held is None:
            held = text, start
        elif start == held[1] + len(held[0]) + 1 and text[:1].isdigit() and _TORN.fullmatch(held[0]):
            held = line[held[1] : start + len(text)], held[1]
        else:
            yield held
            held = text, start
    if held is not None:
        yield held


def _joined(section: SourceSection) -> Iterator[Mark]:
    pages = page_lines(section)
    for row, line in enumerate(section.lines):
        found = [(line.strip(), 0)] if row in pages else _with_blanks(line, _BLANK, _found(line))
        yield from ((text, None, None, row, start) for text, start in found)


def _with_blanks(line: str, blank: re.Pattern[str], found: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """The texts of a line and between them the empty cells that show themselves."""
    if "\xa0" not in line:
        return found
    return sorted([*found, *(("", each.start()) for each in blank.finditer(line))], key=lambda item: item[1])


_READ = {"aligned": _aligned, "gapped": _gapped, "joined": _joined}


def _found(line: str) -> Iterator[tuple[str, int]]:
    return iter(()) if not line.strip(" \u3000\t\r") or _RULE.fullmatch(line) else tokens(line)
