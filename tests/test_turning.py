"""Tables whose geometry is turned are read as the form has them, in whatever container; without that they are not."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

import govreport
from govreport.model import Piece, Place, Report, Role, Status
from govreport.pieces import Pieces
from govreport.testing import dice, make_report, values_for
from govreport.testing.build import form_named, text_of
from govreport.testing.matrix import subjects
from govreport.testing.turns import TURNS
from govreport.turning import turned
from govreport.turning.banded import banded
from govreport.turning.joined import joined
from govreport.turning.pivoted import pivoted
from govreport.turning.sheets import Tables, Turn
from govreport.turning.transposed import transposed
from govreport.turning.unpacked import unpacked
from govreport.turning.unrolled import unrolled
from govreport.turning.yearly import of_one_year, yearly

Rows = list[list[str]]


def pieces_of(*tables: Rows) -> Pieces:
    """Tables as the cells of grids, one after the other."""
    made, base = list[Piece](), 0
    for number, rows in enumerate(tables, 1):
        for row, texts in enumerate(rows):
            made += (Piece(text, base + row, column, 1, 1, Place(table=number)) for column, text in enumerate(texts))
        base += len(rows)
    return Pieces.of(made)


def rows_of(pieces: Pieces | None) -> Rows:
    """What each row says, labels that come again left out."""
    assert pieces is not None
    cells = [piece for piece in pieces if piece.row is not None]
    return [[piece.text for piece in cells if piece.row == row] for row in sorted({piece.row or 0 for piece in cells})]


def laid(pieces: Pieces, turn: Turn) -> Pieces | None:
    """The pieces as a turn reads the tables among them."""
    tables = Tables(pieces)
    return tables.laid(turn(tables.sheets))


def test_rows_and_columns_change_places_with_their_spans() -> None:
    pieces = Pieces.of(
        [
            Piece("申请人", 0, 0, 1, 1),
            Piece("新收", 0, 1, 1, 2),
            Piece("自然人", 1, 0, 1, 1),
            Piece("3", 1, 1, 1, 1),
            Piece("", 1, 2, 1, 1),
        ]
    )
    found = laid(pieces, transposed)
    assert rows_of(found) == [["申请人", "自然人"], ["新收", "3"], [""]]
    assert [(piece.rowspan, piece.colspan) for piece in found or ()][2] == (2, 1)


def test_what_is_not_rectangular_has_no_other_reading() -> None:
    assert not list(turned(pieces_of([["申请人", "新收", "结转"], ["自然人", "3"], ["总计", "3", "0"]])))
    assert not list(turned(pieces_of([["规章", "3"]])))


def test_halves_with_the_same_rows_are_put_beside_each_other() -> None:
    first = [["", "自然人", "商业企业"], ["新收", "3", "1"], ["结转", "0", "2"]]
    second = [["", "总计"], ["新收", "4"], ["结转", "2"]]
    found = laid(pieces_of(first, second), joined)
    assert rows_of(found) == [["", "自然人", "商业企业", "总计"], ["新收", "3", "1", "4"], ["结转", "0", "2", "2"]]
    assert [piece.text for piece in found or () if piece.role is Role.REMARK] == ["", "新收", "结转"]


@pytest.mark.parametrize(
    "other",
    [
        [["", "自然人"], ["新收", "4"], ["结转", "2"]],
        [["", "总计"], ["新收", "4"], ["办结", "2"]],
        [["", "总计"], ["新收", "4"]],
    ],
    ids=["the same columns", "other rows", "fewer rows"],
)
def test_another_table_is_no_half(other: Rows) -> None:
    first = [["", "自然人", "商业企业"], ["新收", "3", "1"], ["结转", "0", "2"]]
    assert laid(pieces_of(first, other), joined) is None


def test_a_row_for_each_cell_becomes_rows_and_columns() -> None:
    labels = [("不予公开", "秘密"), ("不予公开", "案卷"), ("其他处理",)]
    rows = [[*[*label, ""][:2], column, f"{i}{j}"] for i, label in enumerate(labels) for j, column in enumerate("甲乙")]
    found = laid(pieces_of([["一级", "二级", "栏", "值"], *rows]), pivoted)
    assert rows_of(found) == [
        ["甲", "乙"],
        ["不予公开", "秘密", "00", "01"],
        ["案卷", "10", "11"],
        ["其他处理", "20", "21"],
    ]


@pytest.mark.parametrize("mark", [" / ", "_", "-", "·", ".", "\\", "】【"])
def test_labels_that_stand_in_one_cell_are_parted_where_most_are(mark: str) -> None:
    cells = [(row, column) for row in "子丑" for column in "甲乙"]
    rows = [[mark.join(("1.公开", *labels)), str(number)] for number, labels in enumerate(cells)]
    assert rows_of(laid(pieces_of([["项目", "值"], *rows]), pivoted)) == [
        ["1.公开"],
        ["甲", "乙"],
        ["子", "0", "1"],
        ["丑", "2", "3"],
    ]


def test_two_columns_that_were_taken_for_one_are_two() -> None:
    """Where whole rows stand so; a number torn in two stands alone."""
    report = make_report("2021", values_for(form_named("2021"), "unique", dice(5)))
    rows = [line.split("\t") for line in text_of(report, subjects(("tabs_repeated",))[0]).split("\n")]
    packed = [
        [*row[:-4], " ".join(row[-4:-2]), " ".join(row[-2:])] if row[-4:-3] and row[-1].isdigit() else row for row in rows
    ]
    found = govreport.loads("\n".join(f"| {' | '.join(row)} |" if len(row) > 1 else row[0] for row in packed))
    assert [cell.value for cell in found.tables[1].cells] == [cell.value for cell in report.tables[1].cells]
    assert unpacked(pieces_of([["新收", "2 0"], ["结转", "1"]])) is None


def test_parts_under_headers_of_their_own_are_put_beside_each_other() -> None:
    one, other = [["复议", "复议"], ["维持", "纠正"], ["1", "0"]], [["诉讼", "诉讼"], ["维持", "纠正"], ["2", ""]]
    beside = [["复议", "复议", "诉讼", "诉讼"], ["维持", "纠正", "维持", "纠正"], ["1", "0", "2", ""]]
    assert rows_of(laid(pieces_of(one + other), banded)) == beside
    assert rows_of(laid(pieces_of(one, other), banded)) == beside
    assert rows_of(laid(pieces_of(one, other[1:]), banded)) == [["复议", "复议"], *beside[1:]]


def test_rows_with_labels_are_no_parts() -> None:
    assert laid(pieces_of([["信息内容", "制发"], ["规章", "1"], ["信息内容", "废止"], ["规章", "2"]]), banded) is None


def test_a_row_whose_cells_are_there_twice_is_not_the_widest() -> None:
    """It has more cells than the row below it, and fewer columns."""
    cells = [("新收", column) for column in "甲乙甲乙"] + [("结转", column) for column in "甲乙丙"]
    found = laid(pieces_of([["行", "栏", "值"], *([*each, f"{number}"] for number, each in enumerate(cells))]), pivoted)
    assert rows_of(found) == [["甲", "乙", "丙"], ["新收", "0", "1", "2", "3"], ["结转", "4", "5", "6"]]


def test_a_small_table_becomes_one_row() -> None:
    found = laid(pieces_of([["", "维持", "纠正"], ["复议", "1", "0"], ["诉讼", "2", "3"]]), unrolled)
    assert rows_of(found) == [["复议", "诉讼"], ["维持", "纠正", "维持", "纠正"], ["1", "0", "2", "3"]]


@pytest.mark.parametrize(
    ("header", "stays"),
    [
        ([["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "上年"]], "13"),
        ([["", "甲", "", "乙", ""], ["", "去年", "今年", "去年", "今年"]], "24"),
        ([["", "甲", "甲", "乙", "乙"], ["", "2023年", "2022年", "2023年", "2022年"]], "13"),
        ([["", "本期", "", "上年同期", ""], ["", "甲", "乙", "甲", "乙"]], "12"),
        ([["", "2022", "2022", "2023", "2023"], ["", "甲", "乙", "甲", "乙"]], "34"),
        ([["", "甲", "同比增减（%）", "乙", "同比增减（%）"]], "13"),
        ([["", "甲", "上年", "乙", "上年"]], "13"),
        ([["", "甲", "甲", "甲", "甲"], ["", "上年", "本年", "增减", "增幅"]], "2"),
    ],
)
def test_of_several_years_this_one_stays(header: Rows, stays: str) -> None:
    rows = [["新收", "1", "2", "3", "4"], ["结转", "1", "2", "3", "4"]]
    found = laid(pieces_of([*header, *rows]), yearly)
    assert rows_of(found)[-2:] == [["新收", *stays], ["结转", *stays]]
    assert {*"甲乙"[: len(stays)]} <= {text for row in rows_of(found) for text in row}
    assert sorted(piece.text for piece in found or ()) == sorted(text for row in [*header, *rows] for text in row)
    assert all(piece.role is Role.REMARK for piece in found or () if piece.row is None)


@pytest.mark.parametrize(
    "header",
    [
        [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "增减"]],
        [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "上年", "本年"]],
        [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", ""]],
        [["", "甲", "甲", "乙", "乙"], ["", "2023年", "2021年", "2023年", "2021年"]],
        [["", "甲", "甲", "乙", "乙"], ["", "上年", "增减", "上年", "增减"]],
        [["", "本年", "上年", "本年", "上年"], ["", "新收", "结转", "新收", "结转"]],
        [["", "本年", "本年", "本年", "上年"], ["", "甲", "乙", "丙", "丁"]],
        [["", "本年新收", "上年结转", "本年新收", "上年结转"]],
        [["", "上一年项目数量", "增减", "处理决定数量", "总计"]],
        [["", "甲", "乙", "丙", "同比"]],
        [["", "甲", "乙", "甲", "乙"]],
    ],
)
def test_what_no_header_tells_regularly_is_of_one_year(header: Rows) -> None:
    assert laid(pieces_of([*header, ["新收", "1", "2", "3", "4"], ["结转", "1", "2", "3", "4"]]), yearly) is None


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (["结转", "1", "3", "4", ""], ["结转"]),
        (["结转", "", "", "3", "4"], ["结转", "", "3"]),
        (["结转", "/", "2", "3", "4"], ["结转", "/", "3"]),
    ],
)
def test_a_row_that_lost_a_cell_has_no_values(row: list[str], left: list[str]) -> None:
    header = [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "上年"]]
    found = of_one_year(Tables(pieces_of([*header, ["新收", *"1234"], ["办结", *"1234"], row])))
    assert [piece.text for piece in found or () if piece.role is None][-len(left) - 3 :] == ["办结", "1", "3", *left]


@pytest.mark.parametrize("row", [["结转", "1", "3", "4"], ["结转", "1", "2"]])
def test_a_row_of_another_width_leaves_the_table_as_it_stands(row: list[str]) -> None:
    header = [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "上年"]]
    assert of_one_year(Tables(pieces_of([*header, ["新收", *"1234"], row]))) is None


def test_of_two_tables_with_the_same_rows_none_is_of_one_year() -> None:
    rows = [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "上年"], ["新收", *"1234"], ["办结", *"1234"]]
    assert of_one_year(Tables(pieces_of(rows, [*rows[:2], ["新收", *"5678"]]))) is None
    assert of_one_year(Tables(pieces_of(rows, [*rows[:2], ["结转", *"5678"]]))) is not None


def test_another_table_with_its_header_stays() -> None:
    header = [["", "甲", "甲", "乙", "乙"], ["", "本年", "上年", "本年", "上年"]]
    found = of_one_year(Tables(pieces_of([*header, ["新收", *"1234"]], [["维持", "纠正", "总计"], ["1", "2", "3"]])))
    assert rows_of(found)[-3:] == [["新收", "1", "3"], ["维持", "纠正", "总计"], ["1", "2", "3"]]


def test_two_numbers_may_look_like_years() -> None:
    assert of_one_year(Tables(pieces_of([["", "甲", "乙"], ["收费", "2022", "2023"], ["其他", "1", "2"]]))) is None


def test_a_block_with_other_labels_below_is_of_one_year() -> None:
    rows = [["", "本年", "上年", "本年", "上年"], ["规章", "1", "2", "3", "4"], ["", "甲", "乙", "丙", "丁"], ["许可", *"5678"]]
    assert rows_of(laid(pieces_of(rows), yearly))[1:] == [
        ["规章", "1", "3"],
        ["", "甲", "乙", "丙", "丁"],
        ["许可", *"5678"],
    ]


@pytest.mark.parametrize("turn", [transposed, pivoted, unrolled], ids=lambda turn: turn.__name__)
def test_numbers_between_rows_stay(turn: Turn) -> None:
    rows = [["不予公开", column, str(number)] for number, column in enumerate("甲乙", 1)]
    more = [["予以公开", column, str(number)] for number, column in enumerate("甲乙", 3)]
    cells = pieces_of(rows + more)
    with_page = Pieces.of([*cells[:6], Piece("17"), *cells[6:]])
    found = laid(with_page, turn)
    assert found is None or [piece.text for piece in found if piece.row is None and piece.role is None] == ["17"]


def report(form: str) -> Report:
    return make_report(form, values_for(form_named(form), "unique", dice(7)))


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", [*TURNS, *subjects(["keyed"])], ids=lambda layout: layout.name)
def test_every_cell_is_read(layout: object, form: str) -> None:
    written = report(form)
    read = govreport.loads(text_of(written, layout))  # type: ignore[arg-type]  # one of two kinds of layouts
    assert read.values() == written.values()
    assert {cell.status for cell in read.cells} == {Status.READ}
    assert not read.doubts


def as_docx(tables: list[Rows], headings: list[str]) -> bytes:
    docx = pytest.importorskip("docx")
    word = docx.Document()
    for heading, rows in zip(headings, tables, strict=True):
        word.add_paragraph(heading)
        table = word.add_table(len(rows), len(rows[0]))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    return saved(word.save)


def as_xlsx(tables: list[Rows], headings: list[str]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for heading, rows in zip(headings, tables, strict=True):
        book.active.append([heading])
        for texts in rows:
            book.active.append([int(text) if text.isdecimal() else text for text in texts])
    return saved(book.save)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


@pytest.mark.parametrize("write", [as_docx, as_xlsx])
@pytest.mark.parametrize("name", ["transposed_tabs", "twice_tabs", "beside_tabs"])
def test_every_container_profits(write: Callable[[list[Rows], list[str]], bytes], name: str) -> None:
    written = report("2021")
    headings = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    tabs = next(layout for layout in TURNS if layout.name == name)
    tables = [[line.split("\t") for line in tabs.render(table).rstrip("\n").split("\n")] for table in written.tables]
    read = govreport.load(write(tables, headings))
    assert read.values() == written.values()
    assert not [finding for finding in read.doubts if finding.cells]


def test_as_it_stands_such_a_table_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(report("2021"), next(layout for layout in TURNS if layout.name == "transposed_pipes"))
    monkeypatch.setattr("govreport.regions.turned", lambda _: iter(()))
    assert not any(cell.status is Status.READ for cell in govreport.loads(text).cells if cell.key.startswith("requests"))
