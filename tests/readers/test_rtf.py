"""RTF: what is shown and in which characters, and tables whose columns are told by where their cells end."""

from __future__ import annotations

import pytest

from govreport.errors import SourceError
from govreport.readers.word.rtf import RtfReader
from govreport.source import Limits, Source

READER = RtfReader()
Cell = tuple[str, int, int, int, int]
COLOURS = "{\\colortbl;\\red0\\green0\\blue255;\\red255\\green255\\blue255;}"


def gb(text: str) -> str:
    """Text as Word writes it in its old way, byte by byte."""
    return "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gb18030")) for c in text)


def read(body: str, head: str = "\\ansi\\ansicpg936", limits: Limits | None = None) -> Source:
    data = f"{{\\rtf1{head} {body}}}".encode("latin-1")
    claim = READER.claim(data, "报告.doc")
    assert claim is not None
    assert claim.confidence == 1.0
    return READER.read(data, limits or Limits())


def row(*cells: tuple[str, str, int]) -> str:
    """A row of cells: text, flags, and where each ends."""
    return (
        "\\trowd"
        + "".join(f"{flags}\\cellx{right}" for _, flags, right in cells)
        + "".join(f"\\pard\\intbl {gb(text)}\\cell" for text, *_ in cells)
        + "\\row\n"
    )


def cells(*rows: str) -> list[Cell]:
    (grid,) = read("".join(rows) + "\\pard").grids
    return [cell[:5] for cell in grid.cells]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (gb("规章"), "规章"),
        ("\\u35268\\'3f\\u31456?", "规章"),
        ("\\uc2\\u-30268\\'b9\\'e6{\\uc0\\u31456}", "规章"),
        ("\\u55357?\\u56836?", "\U0001f604"),
        ("a\\u56836?b", "a\ufffdb"),
        ("a\\~b\\_c\\-d\\\\\\{\\}\\emdash\\tab e", "a\xa0b-cd\\{}—\te"),
        ("a{\\v 9}b{\\deleted 9}c\\v 9\\v0 d\\v 9\\plain e", "abcde"),
        ("a{\\footnote 9}{\\*\\unknown 9}{\\pict 9}{\\header 9}b", "ab"),
        ("a{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}", "a7"),
        ("{\\listtext\\pard " + gb("一、") + "\\tab}" + gb("总体"), "一、 总体"),
        ("{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 9}}{\\shptxt a}}}", "a"),
        ("a\\bin4 }{}{b", "ab"),
        ("a\nb\r\nc", "abc"),
        ("a\\line b", "a\nb"),
        ("12{\\super 1}3", "12¹3"),
        ("12\\sub 1\\nosupersub 3", "12₁3"),
        ("12{\\up6 1}\\up0 3", "12¹3"),
        ("{\\super 12}", "12"),
        ("{\\strike 9}12\\striked1 5\\striked0 6\\strike 7\\plain 8", "9\u0336125\u033667\u03368"),
        (f"{COLOURS}12{{\\cf2 1}}", "12 1 "),
        (f"{COLOURS}12{{\\cf1 1}}", "121"),
        (f"{COLOURS}\\cf2 12\\cf2 1", "121"),
        (f"{COLOURS}12\\cf2 1\\cf0 3\\cf2 4\\plain 5", "12 1 3 4 5"),
        ("{\\field{\\*\\fldinst  =SUM(LEFT) }}", "=SUM(LEFT)"),
        ("{\\field{\\*\\fldinst =SUM(LEFT)}{\\fldrslt }}", "=SUM(LEFT)"),
        ("{\\field{\\*\\fldinst =SUM(LEFT)}{\\fldrslt 7}}", "7"),
        ("a{\\field{\\*\\fldinst PAGE}}b", "ab"),
        ("\\unknown99999999999999999999 a\\'zz", "a'zz"),
        ("{a}}}b", "ab"),
    ],
)
def test_what_is_shown(written: str, text: str) -> None:
    assert "\n".join(read(written).lines) == text


def test_fonts_tell_charsets() -> None:
    """Whatever the charset of the document is said to be."""
    fonts = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 SimSun;}{\\f2\\fcharset136 MingLiU;}}"
    big5 = "".join(f"\\'{b:02x}" for b in "報告".encode("cp950"))
    assert read(f"{fonts}\\f1 {gb('规章')}{{\\f2 {big5}}}{gb('件')}", head="\\ansi\\ansicpg1252").lines == ("规章報告件",)


def test_paragraphs() -> None:
    assert read(f"{gb('甲')}\\par{{\\b {gb('乙')}}}\\par\\par {gb('丙')}").lines == ("甲", "乙", "", "丙")


def test_merged_cells_and_edges_that_all_but_meet() -> None:
    assert cells(
        row(("a", "\\clvmgf", 1000), ("b", "", 3005)),
        row(("", "\\clvmrg", 1010), ("c", "", 1990), ("d", "", 3000)),
        row(("e", "\\clmgf", 1000), ("", "\\clmrg", 2000), ("f", "", 3000)),
    ) == [
        ("a", 0, 0, 2, 1),
        ("b", 0, 1, 1, 2),
        ("c", 1, 1, 1, 1),
        ("d", 1, 2, 1, 1),
        ("e", 2, 0, 1, 2),
        ("f", 2, 2, 1, 1),
    ]


def test_tables_stand_where_they_are() -> None:
    table = row(("a", "", 1000), ("b", "", 2000)) * 2
    source = read(f"{gb('甲')}\\par{table}\\pard {gb('乙')}\\par{table}\\pard {gb('丙')}\\par")
    assert source.lines == ("甲", "乙", "丙")
    assert [grid.at for grid in source.grids] == [1, 2]


def test_paragraphs_in_cells() -> None:
    (grid,) = read("\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\par b\\cell c\\cell\\row\\pard").grids
    assert [cell.text for cell in grid.cells] == ["a\nb", "c"]


def nested(outer: str) -> str:
    inner = "\\pard\\intbl\\itap2 {}\\nestcell {}\\nestcell{{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}}"
    table = inner.format("1", "2") + inner.format("3", "4")
    return f"{outer}{table}\\pard\\intbl\\itap1\\cell"


def test_tables_in_tables() -> None:
    """A frame is read for what it frames; a small table inside a cell is read cell by cell."""
    framed = read(nested("\\pard\\intbl a\\par") + "\\trowd\\cellx2000\\row\\pard b\\par")
    assert framed.lines == ("a", "b")
    assert [cell.text for cell in framed.grids[0].cells] == ["1", "2", "3", "4"]
    beside = "".join(f"\\pard\\intbl {text}\\cell" for text in "abcd")
    edges = "".join(f"\\cellx{1000 * n}" for n in range(1, 6))
    (grid,) = read(nested(beside) + f"\\trowd{edges}\\row\\pard").grids
    assert [cell.text for cell in grid.cells] == ["a", "b", "c", "d", "1\n2\n3\n4"]


def test_a_document_cut_off() -> None:
    """The row that is open is read as far as it goes."""
    whole = row(("a", "", 1000), ("b", "", 2000))
    (grid,) = READER.read(("{\\rtf1 " + whole * 2)[: -len("\\row\n")].encode(), Limits()).grids
    assert [cell.text for cell in grid.cells] == ["a", "b", "a", "b"]


def test_limits() -> None:
    with pytest.raises(SourceError, match="cells"):
        read(row(("a", "", 1000)) * 20, limits=Limits(cells=10))
    with pytest.raises(SourceError, match="bytes"):
        read("a" * 100, limits=Limits(bytes=10))
    assert read("{" * 100_000 + "\\itap999999999\\intbl a\\par").lines == ("a",)


def test_a_picture_in_place_of_a_number() -> None:
    written = "\\trowd\\cellx500\\cellx900\\pard\\intbl{\\*\\shppict{\\pict 00}}\\cell 7{\\pict 00}\\cell\\row"
    assert [cell[0] for cell in cells(written)] == ["\ufffc", "7"]
