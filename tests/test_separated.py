"""The layout of tables set with commas and such marks, in other text: what is a record, and what it leaves to others."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

import pytest

import govreport
from govreport.formats.separated import SeparatedFormat
from govreport.formats.separators import COMMA, separator
from govreport.formats.sketch import sketch
from govreport.forms import builtin_forms
from govreport.model import Piece
from govreport.regions import claims
from govreport.source import Source, SourceSection
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects


def section(text: str) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(number="二", heading=None, lines=lines, source=Source(lines=lines))


def read(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(piece.text, piece.row, piece.column) for piece in pieces(text)]


def pieces(text: str) -> tuple[Piece, ...]:
    return SeparatedFormat().read(section(text))


@pytest.mark.parametrize(
    "line", ["规章,3,0,12", "三、办理结果,（一）予以公开,,8,-,0", "办法,,,", "1,2,3,4", "规章, 300, 200", '规章,"1,207",0,5']
)
def test_commas_around_values_make_a_record(line: str) -> None:
    assert separator(line) == COMMA


@pytest.mark.parametrize(
    "line",
    [
        "本年收到,办结,结转,均已登记",
        "2023年,全县公开信息300条,办理12件",
        "行政事业性收费1,234,567",
        "规章 1,234 5,678 9,012",
        "规章\u30001,234,567",
        "办法3,012",
    ],
)
def test_commas_of_prose_and_of_long_numbers_make_none(line: str) -> None:
    assert separator(line) is None


def test_prose_with_half_width_commas_is_not_claimed() -> None:
    prose = section("2023年,本局坚持公开为常态,不公开为例外,扎实推进.\n全年公开1,234条,办理12件,其中3件结转.")
    assert SeparatedFormat().claim(prose, sketch(prose)) is None


def test_a_quoted_cell_holds_commas_and_line_feeds() -> None:
    found = read('注：单位为件\n"规范性\n文件",3,"1,207"\n规章,0,')
    first = [("规范性\n文件", 0, 0), ("3", 0, 1), ("1,207", 0, 2)]
    assert found == [("注：单位为件", None, None), *first, ("规章", 1, 0), ("0", 1, 1), ("", 1, 2)]


def test_a_quotation_mark_of_the_prose_swallows_no_table() -> None:
    found = read('"三公,两不\n规章,3,0\n办法,4,1')
    assert found[1:] == [("规章", 0, 0), ("3", 0, 1), ("0", 0, 2), ("办法", 1, 0), ("4", 1, 1), ("1", 1, 2)]


def test_a_record_broken_without_quotes_is_put_together_where_all_then_fit() -> None:
    found = read("信息内容,制发\n件数,废止件数\n规章,3,0\n办法,4,1")
    assert [text for text, row, _ in found if row == 0] == ["信息内容", "制发\n件数", "废止件数"]


def test_a_line_below_a_whole_record_is_none_of_it() -> None:
    found = read("规章,3,0,12\n第二十条第（五）项\n办法,4,1,2\n以上")
    assert [text for text, row, _ in found if row is None] == ["第二十条第（五）项", "以上"]


def test_a_piece_stands_where_its_text_does() -> None:
    places = {p.text: (p.place.line, p.place.column) for p in pieces('规章,3,0\n"办\n法",44,5') if p.place}
    assert places["3"] == (1, 4)
    assert places["44"] == (3, 4)


SAMPLE = (Path(__file__).parent / "samples/separated/full.txt").read_text("utf-8")
SETTINGS = {
    "semicolons": lambda rows: "\n".join(map(";".join, rows)),
    "wide semicolons": lambda rows: "\n".join(map("；".join, rows)),
    "wide pipes": lambda rows: "\n".join(map("｜".join, rows)),
    "enumeration commas": lambda rows: "\n".join(map("、".join, rows)),
    "bars that look like pipes": lambda rows: "\n".join(map("∣".join, rows)),
    "tabs written as escapes": lambda rows: "\n".join(map("\\t".join, rows)),
    "angles": lambda rows: "\n".join(map(" > ".join, rows)),
    "corners": lambda rows: "\n".join("".join(f"「{cell}」" for cell in row) for row in rows),
    "exclamation marks": lambda rows: "\n".join(map("!".join, rows)),
    "percent signs": lambda rows: "\n".join(map("%".join, rows)),
    "equals signs": lambda rows: "\n".join(map(" = ".join, rows)),
    "dots": lambda rows: "\n".join(map("…".join, rows)),
    "backslashes": lambda rows: "\n".join(map("\\".join, rows)),
    "angle brackets": lambda rows: "\n".join("".join(f"<{cell}>" for cell in row) for row in rows),
    "round brackets": lambda rows: "\n".join(" ".join(f"({cell})" for cell in row) for row in rows),
    "double strokes": lambda rows: "\n".join(map("||".join, rows)),
    "underscores": lambda rows: "\n".join(map("_".join, rows)),
    "hashes": lambda rows: "\n".join(map("#".join, rows)),
    "brackets": lambda rows: "\n".join("".join(f"[{cell}]" for cell in row) for row in rows),
    "quoted tabs": lambda rows: "\n".join("\t".join(f'"{cell}"' for cell in row) for row in rows),
    "bulleted lists": lambda rows: "\n".join("- " + json.dumps(row, ensure_ascii=False) for row in rows),
    "lists": lambda rows: "\n".join(str([cell or None for cell in row]) for row in rows),
    "json lists": lambda rows: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
    "one list": lambda rows: json.dumps(rows, ensure_ascii=False),
}
LAYOUTS = {"double strokes": "pipe_rows", "one list": "grid"}
"""What reads them, where that is not the layout of other marks."""


@pytest.mark.parametrize("setting", SETTINGS)
def test_other_marks_part_cells_as_commas_do(setting: str) -> None:
    blocks = []
    for tabled, lines in itertools.groupby(SAMPLE.split("\n"), key=lambda line: line.count(",") > 1):
        block = list(lines)
        blocks.append(SETTINGS[setting](list(csv.reader(block))) if tabled else "\n".join(block))
    report, expected = govreport.loads("\n".join(blocks)), govreport.loads(SAMPLE)
    assert {c.layout for c in report.tables} == {LAYOUTS.get(setting, "separated")}
    assert report.values() == expected.values()
    assert len(expected.values()) > 100


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("规章 / 3 / 0 / 12", " / "),
        ("规章 / / 0", None),
        ("规章 3 / 0 / 1 /", None),
        ("规章 - - -", None),
        ("办法 - 3 - 0 - 1", " - "),
        ("规章 - \xa0 - 3", None),
        ("规章 / 3 / \xa0 / 1", None),
        ("规章/3/0/12", "/"),
        ("3/0/12/5/1/0", "/"),
        ("2031/3/12", None),
        ("规章/3//1", None),
    ],
)
def test_a_mark_that_may_be_a_printed_nothing_parts_only_numbers(line: str, mark: str | None) -> None:
    assert separator(line) == mark


def test_numbers_on_lines_of_their_own_between_records_are_no_layout() -> None:
    """A page's, or a watermark's."""
    mixed = section("办法,0,0,0\n·3·\n规章,0,0,0\n行政许可,0,,\n10086\n行政处罚,0,,\n10086")
    engine = govreport.Engine()
    assert claims(mixed, engine.formats)[0].name == "separated"


def test_the_mark_is_named_in_the_claim() -> None:
    table = section("规章;3;0;12\n办法;5;0;1")
    claim = SeparatedFormat().claim(table, sketch(table))
    assert claim is not None
    assert "';'" in claim.reasons[0]


def test_walls_as_wide_as_the_characters_are_no_values() -> None:
    """Borders of a table drawn with full-width plus signs and dashes."""
    form = builtin_forms()[-1]
    text = text_of(make_report(form, values_for(form, "unique", dice(7))), subjects(("markdown",))[0])
    border = "\n＋－－－＋－－－＋"
    rows = (f"{line.replace('|', '｜')}{border}" if line.startswith("|") else line for line in text.split("\n"))
    report = govreport.loads("\n".join(row for row in rows if "---" not in row))
    assert {str(cell.status) for cell in report.cells} == {"read"}


@pytest.mark.parametrize("row", ["规章：3，0，12", "规章=3,0,12", "规章: [3, 0, 12]", "规章：3、0、12"])
def test_the_first_value_may_stand_behind_a_sign_at_the_label(row: str) -> None:
    """And one alone on its line, too."""
    found = [text for text, *_ in read(f"{row}\n{row}\n行政许可：209\n{row.replace('规章', '“办法”')}")]
    assert found == ["规章", "3", "0", "12"] * 2 + ["行政许可", "209"] + ["“办法”", "3", "0", "12"]


def test_few_rows_of_several_values_are_enough_where_a_spaced_mark_parts_the_others_too() -> None:
    rows = section("规章 - 3 - 0 - 12\n信息内容 - 本年处理决定数量\n行政许可 - 209\n行政处罚 - 12\n行政强制 - 1\n收费 - 7")
    claim = SeparatedFormat().claim(rows, sketch(rows))
    assert claim is not None
    assert claim.confidence > 0.8
    found = [(piece.text, piece.row) for piece in SeparatedFormat().read(rows)]
    assert found[-4:] == [("行政强制", 4), ("1", 4), ("收费", 5), ("7", 5)]


def test_marks_within_brackets_are_the_label_s() -> None:
    found = read("部分公开（区分的，只计这一，不计其他）：3，0，12\n不予公开，1，2，4")
    assert [text for text, *_ in found] == ["部分公开（区分的，只计这一，不计其他）", "3", "0", "12", "不予公开", "1", "2", "4"]
