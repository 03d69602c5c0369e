"""Every report, set as a table of every markup language that says where its cells are, reads back whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from attrs import frozen
from hypothesis import given, note

from govreport.formats import canvas
from govreport.model import Piece, Status, Table
from govreport.testing.document import Document
from govreport.testing.matrix import read
from govreport.testing.strategies import Sample, samples

Row = list[canvas.Slot]
CARRIES = frozenset({"rows", "columns", "spans", "blanks"})


@frozen
class Language:
    """What stands around a table, before and behind a row, and how a cell is written; `hidden` is one that a span covers."""

    name: str
    table: tuple[str, str]
    row: tuple[str, str]
    cell: Callable[[Piece, int, int], str]
    between: str = ""
    hidden: str | None = None
    carries: frozenset[str] = CARRIES

    def render(self, table: Table) -> str:
        """The table in this language."""
        grid = canvas.matrix(table)
        width = len(grid[0]) if grid else 0
        rows = "".join(
            f"{self.row[0]}{self.between.join(self._cells(row, number))}{self.row[1]}" for number, row in enumerate(grid)
        )
        return f"{self.table[0].replace('WIDTH', str(width))}{rows}{self.table[1]}\n"

    def _cells(self, row: Row, number: int) -> Iterator[str]:
        for column, slot in enumerate(row):
            if slot is None:
                yield self.cell(Piece(""), 1, 1)
            elif slot[1]:
                yield self.cell(slot[0], slot[0].rowspan or 1, slot[0].colspan or 1)
            elif self.hidden is not None and slot[0].column == column and (slot[0].row or 0) < number:
                yield self.cell(Piece(self.hidden), 1, slot[0].colspan or 1)


def attributes(down: int, across: int, quote: str = '"', before: str = " ") -> str:
    spans = (("rowspan", down), ("colspan", across))
    return "".join(f"{before}{name}={quote}{size}{quote}" for name, size in spans if size > 1)


def plain(piece: Piece) -> str:
    return piece.text.replace("\n", " ")


def wiki(piece: Piece, down: int, across: int) -> str:
    given = attributes(down, across).strip()
    return f"| {given + ' | ' if given else ''}{piece.text}\n"


def tex(piece: Piece, down: int, across: int) -> str:
    text = re.sub(r"([&%#_{}$])", r"\\\1", plain(piece))
    text = f"\\multirow{{{down}}}{{*}}{{\\textbf{{{text}}}}}" if down > 1 else text
    return f"\\multicolumn{{{across}}}{{|c|}}{{{text}}}" if across > 1 else text


def context(piece: Piece, down: int, across: int) -> str:
    return f"\\startxcell[ny={down},nx={across}] {plain(piece)} \\stopxcell\n"


def board(piece: Piece, down: int, across: int) -> str:
    return f"[td={across},{down}][b]{plain(piece)}[/b][/td]"


def source(piece: Piece, down: int, across: int) -> str:
    text = piece.text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<td{attributes(down, across)}>{text}</td>".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def ascii_doc(piece: Piece, down: int, across: int) -> str:
    span = f"{across if across > 1 else ''}{f'.{down}' if down > 1 else ''}"
    return f"{span + '+' if span else ''}|{piece.text}\n"


def typst(piece: Piece, down: int, across: int) -> str:
    text = re.sub(r"([\[\]*_#])", r"\\\1", plain(piece))
    given = attributes(down, across, "", ", ").replace("=", ": ").removeprefix(", ")
    return f"  table.cell({given})[{text}],\n" if given else f"  [{text}],\n"


LANGUAGES = (
    Language("mediawiki", ('{| class="wikitable"\n|+ 表\n', "|}"), ("|-\n", ""), wiki),
    Language("latex", ("\\begin{tabular}{|c|c|}\n\\hline\n", "\\end{tabular}"), ("", " \\\\ \\hline\n"), tex, " & ", ""),
    Language("context", ("\\startxtable\n", "\\stopxtable"), ("\\startxrow\n", "\\stopxrow\n"), context),
    Language("bbcode", ("[table=98%]\n", "[/table]"), ("[tr]", "[/tr]\n"), board),
    Language("page", ("&lt;table border=1&gt;\n", "&lt;/table&gt;"), ("&lt;tr&gt;", "&lt;/tr&gt;\n"), source),
    Language("asciidoc", ('[cols="WIDTH*"]\n|===\n', "|==="), ("", "\n"), ascii_doc),
    Language("typst", ("#table(\n  columns: WIDTH,\n", ")"), ("", ""), typst),
)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
@given(sample=samples(marks=("", "-", "/"), special=False))
def test_a_report_in_a_markup_language_reads_back_whole(language: Language, sample: Sample) -> None:
    document = Document.of(sample.report, language)
    note(document.text)
    reading = read(document)
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 0
    assert reading.report is not None
    assert {table.layout for table in reading.report.tables} == {"grid"}
    shown = {cell.key: (cell.raw or "").strip() for cell in reading.report.cells if cell.status is Status.BLANK}
    assert shown == {key: text for key, text in document.shown.items() if document.truth[key] is None}
