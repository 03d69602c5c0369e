"""Rows that are not what they seem: a page's number among the values, numbers torn or glued, a table that is there twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.binding.doubting import doubted, named

import govreport
from govreport.forms import builtin_forms
from govreport.model import Report, Status
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.values import read_value

FORM = builtin_forms()[-1]
ROW = "requests.granted"
COLUMNS = tuple(key.rpartition(".")[2] for key in FORM.cells if key.startswith(f"{ROW}."))

Write = Callable[..., str]


def row(report: Report) -> list[object]:
    """The values of the row."""
    return [report[f"{ROW}.{name}"] for name in COLUMNS]


SEVEN = dict(zip(COLUMNS, (1111, 2222, 3333, 4444, 5555, 6666, 7777), strict=True))


def test_the_row_is_read_as_it_stands(written: Write) -> None:
    for layout in ("lines", "tabs", "joined", "pipe_cells", "boxed", "separated_lines"):
        report = govreport.loads(written(layout, **SEVEN))
        assert row(report) == list(SEVEN.values())
        assert not doubted(report)


@pytest.mark.parametrize("layout", ["lines", "separated_lines", "tabbed_lines", "tab_cell_lines"])
def test_a_row_before_a_lost_one_may_hold_its_values(written: Write, layout: str) -> None:
    text = written(layout, **SEVEN)
    report = govreport.loads(text)
    following = str(report["requests.partial.total"])
    cut = govreport.loads(text[: text.index("7777")] + text[text.index(following) :])
    assert row(cut)[-1] == report["requests.partial.total"]
    assert doubted(cut)


@pytest.mark.parametrize("layout", ["lines", "pipe_alone", "separated_lines", "tab_cell_lines"])
def test_a_page_number_beside_an_empty_cell_is_doubted(written: Write, layout: str) -> None:
    text = written(layout, **SEVEN | {"research": ""})
    assert doubted(govreport.loads(re.sub(r"(?m)^(\s*)(?=4444\b)", "\n5\n\n\\1", text, count=1)))


@pytest.mark.parametrize("layout", ["lines_gaps", "lines_dropped"])
def test_a_gap_that_no_empty_cell_leaves_is_doubted(written: Write, layout: str) -> None:
    text = written(layout, **SEVEN | {"research": ""})
    assert doubted(govreport.loads(re.sub(r"(?m)^(?=4444$)", "\n5\n\n", text, count=1)))


def test_a_wall_lost_in_a_box_is_doubted(written: Write) -> None:
    text = written("boxes_wrapped", **SEVEN)
    assert doubted(govreport.loads(re.sub(r"2222\s*\|\s*3333", "22223333", text)))


def test_a_total_printed_twice_beside_an_empty_cell_is_doubted(written: Write) -> None:
    text = written("tabs_shifted", **SEVEN | {"natural_person": ""})
    assert doubted(govreport.loads(text.replace("6666\t7777", "6666\t7777\t7777")))


@pytest.mark.parametrize("layout", ["lines", "tabs", "pipe_rows"])
def test_of_two_copies_the_first_is_read_and_rows_that_differ_are_doubted(written: Write, layout: str) -> None:
    first, second = written(layout, **SEVEN), written(layout, **SEVEN | {"company": 2223})
    table = second[second.index("\n三、") : second.index("\n四、政府")]
    at = first.index("\n四、政府")
    report = govreport.loads(first[:at] + table + first[at:])
    assert row(report) == list(SEVEN.values())
    assert doubted(report)
    assert not doubted(report, "requests.partial")
    assert "structure.duplicate" in {finding.code for finding in govreport.check(report)}


@pytest.mark.parametrize("layout", ["lines", "tabs"])
def test_columns_traded_under_a_broken_header_are_doubted(written: Write, layout: str) -> None:
    text = written(layout, **SEVEN).replace("商业企业", "?").replace("科研机构", "商业企业").replace("?", "科研机构")
    assert row(govreport.loads(text))[1:3] == [3333, 2222]
    assert doubted(govreport.loads(text.replace("社会公益组织", "社会")))


@pytest.mark.parametrize(("layout", "sure"), [("lines", False), ("tabs", True)])
def test_headers_traded_where_no_columns_confirm_it_are_doubted(written: Write, layout: str, *, sure: bool) -> None:
    text = written(layout, **SEVEN).replace("商业企业", "?").replace("科研机构", "商业企业").replace("?", "科研机构")
    assert doubted(govreport.loads(text)) is not sure


def test_values_a_label_behind_their_own_are_doubted(written: Write) -> None:
    before, start, rest = written("lines", **SEVEN).partition("一、本年新收政府信息公开申请数量")
    table, last, behind = rest.partition("四、结转下年度继续办理")
    values, heading, disputes = behind.partition("四、政府信息公开行政复议")
    report = govreport.loads(f"{before}{values.strip()}\n\n{start}{table}{last}\n\n{heading}{disputes}")
    assert doubted(report)


def test_a_value_behind_each_label_but_one_is_doubted(written: Write) -> None:
    before, _, table = written("columns", **SEVEN).rpartition("行政复议\n结果维持")
    report = govreport.loads(before + "行政复议\n结果维持" + re.sub(r"\n总计\n\d+", "\n总计", table, count=1))
    cells = [cell for cell in report.cells if cell.key.startswith("disputes.")]
    assert all(cell.status in (Status.INFERRED, Status.MISSING) for cell in cells)


@pytest.mark.parametrize(("text", "value"), [("12①", 12), ("12¹", 12), ("12*", 12), ("12[1]", 12), ("- 1", -1), ("12注1", 12)])
def test_marks_beside_a_number_are_none_of_its_digits(text: str, value: int) -> None:
    reading = read_value(text)
    assert reading is not None
    assert (reading.value, reading.sure) == (Decimal(value), False)


def test_raised_digits_are_no_number() -> None:
    assert read_value("①") is None
    assert read_value("1²3") is None


def test_torn_numbers_with_punctuation_do_not_raise(written: Write) -> None:
    report = govreport.loads(written("lines", **SEVEN).replace("5555", "55 55，"))
    assert report[f"{ROW}.legal_service"] in (None, 5555)


@pytest.mark.parametrize("layout", ["tabs", "pipe_padded", "lines"])
def test_the_number_of_a_line_is_no_value(written: Write, layout: str) -> None:
    lines = written(layout, **SEVEN | {"research": ""}).split("\n")
    report = govreport.loads("\n".join(f"{i}\t{line}" if line else line for i, line in enumerate(lines, 1)))
    told = {key for finding in govreport.check(report) for key in finding.cells}
    for name, want in (SEVEN | {"research": None}).items():
        assert report[f"{ROW}.{name}"] == want or f"{ROW}.{name}" in told


def test_a_table_is_not_found_by_a_row_that_looks_like_one_of_its_own(written: Write) -> None:
    text = written("tabs", **SEVEN)
    gone = text[: text.index("\n三、")] + text[text.index("\n四、政府") :]
    report = govreport.loads(gone)
    assert row(report) == [None] * len(COLUMNS)
    assert "structure.table_missing" in {finding.code for finding in govreport.check(report)}


def test_a_number_two_digits_longer_beside_an_empty_cell_is_doubted(written: Write) -> None:
    """As 810 and 2867 are, glued: no total is two digits longer than the longest of its terms."""
    report = govreport.loads(written("pipe_alone", **SEVEN | {"other": 8102867, "total": ""}))
    assert doubted(report)
    assert not doubted(govreport.loads(written("pipe_alone", **SEVEN | {"other": 81028, "total": ""})))


def test_headers_that_come_again_do_not_move_the_columns() -> None:
    """Some labels of a header a second time, before the values: then each may stand as often as the form has it."""
    values = values_for(FORM, "unique", dice(7))
    text = text_of(make_report(FORM, values), subjects(("pipe_cells",))[0])
    first = "disputes.reconsideration.upheld"
    before, after = text.split(f"\n{values[first]} |")
    again = "|||||\n结果维持 |\n结果纠正 |\n其他结果 |"
    header = before[before.index("四、") :].replace("\n|", "")
    report = govreport.loads(f"{before[: before.index('四、')]}{header}\n{again}\n{values[first]} |{after}")
    assert report[first] == values[first]


@pytest.mark.parametrize(("layout", "separator"), [("tabs", "\t"), ("pipe_rows", "|"), ("markdown", "|"), ("separated", ",")])
def test_a_record_without_one_of_its_separators_has_lost_its_columns(written: Write, layout: str, separator: str) -> None:
    """Where cells are empty; that of a record with all its values, or all its separators, is read."""
    text = written(layout, **SEVEN | {"company": "", "research": "", "total": ""})
    record = next(line for line in text.split("\n") if "1111" in line)
    assert not doubted(govreport.loads(text))
    start, _, end = record.partition(f"{separator}4444")
    for broken in (f"{start}4444{end}", f"{start}{separator}{separator}4444{end}"):
        assert doubted(govreport.loads(text.replace(record, broken)))


def test_a_row_that_begins_in_one_record_and_goes_on_in_the_next_is_doubted(written: Write) -> None:
    text = written("tabs", **SEVEN | {"natural_person": "", "company": ""})
    assert doubted(govreport.loads(text.replace("\t3333", "\n\t3333")))


@pytest.mark.parametrize("layout", ["aligned", "gapped", "tabs", "pipe_rows", "drifting"])
@pytest.mark.parametrize(("printed", "garbled"), [("1111", "O"), ("4444", "l"), ("4444", "4l44"), ("6666", "八")])
def test_words_among_the_values_of_a_row_are_no_empty_cell(written: Write, layout: str, printed: str, garbled: str) -> None:
    """A digit that was taken for a letter, or a number in words: the cell is doubted, others are right or doubted."""
    text = written(layout, **SEVEN)
    assert not doubted(govreport.loads(text))
    report = govreport.loads(text.replace(printed, garbled.ljust(len(printed))))
    named = {key for finding in govreport.check(report) if finding.code.startswith("reading.") for key in finding.cells}
    for name, value in SEVEN.items():
        assert f"{ROW}.{name}" in named or (report[f"{ROW}.{name}"] == value and str(value) != printed)


@pytest.mark.parametrize("layout", ["lines", "lines_gaps", "lines_rows", "separated_lines", "tabbed_lines", "tab_cell_lines"])
@pytest.mark.parametrize("column", range(7))
def test_a_line_that_is_lost_is_no_empty_cell(written: Write, layout: str, column: int) -> None:
    """What is left is a gap; one alone does not say that a cell was empty."""
    lost = list(SEVEN.items())[column]
    lines = written(layout, **SEVEN).split("\n")
    lines.remove(next(line for line in lines if line.strip() == str(lost[1])))
    report = govreport.loads("\n".join(lines))
    named = {key for finding in govreport.check(report) if finding.code.startswith("reading.") for key in finding.cells}
    assert f"{ROW}.{lost[0]}" in named
    for name, value in SEVEN.items():
        assert report[f"{ROW}.{name}"] == value or f"{ROW}.{name}" in named


def test_numbers_that_no_cell_took_name_the_rows_that_seem_empty() -> None:
    """Gaps between the words of a header look like its empty cells, the values stand below."""
    values = values_for(FORM, "unique", dice(7))
    before, header, after = text_of(make_report(FORM, values), subjects(("lines_tight",))[0]).partition(
        "四、政府信息公开行政复议"
    )
    lines = after.split("\n")
    first = lines.index(str(values["disputes.reconsideration.upheld"]))
    labels = "\n\n".join(part for line in lines[1:first] if line.strip() for part in (line[:2], line[2:]) if part)
    report = govreport.loads("\n".join([f"{before}{header}{lines[0]}", labels, *lines[first:]]))
    named = {key for finding in govreport.check(report) for key in finding.cells}
    for cell in report.tables[2].cells:
        assert cell.value == values[cell.key] or cell.key in named


def test_a_row_that_seems_empty_beside_rows_that_lost_their_values_is_named() -> None:
    """In TeX, whose rows end in two strokes: what stands there is no evidence of an empty cell."""
    first = "{规章} & {3} & {0} & {9}\n\\\\\n{行政规范性文件} & {1} & {2} & {4}\n\\\\\n"
    rows = f"{first}第二十条第（五）项\n信息内容 本年处理决定数量\n{{行政许可}} & {{0}}\n\\\\\n"
    report = govreport.loads(f"某县2023年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n{rows}三、其他\n")
    named = {key for finding in govreport.check(report) for key in finding.cells}
    assert all(cell.value is not None or cell.key in named for cell in report.tables[0].cells)


def test_a_number_on_the_line_after_the_label_of_an_empty_cell_is_doubted(written: Write) -> None:
    text = written("drifting")
    value = govreport.loads(text).cell("disclosure.penalties.decisions")
    assert value is not None
    assert value.raw
    text = re.sub(rf"行政处罚\s+{value.raw}", "行政处罚\n6", text)
    report = govreport.loads(text.replace("行政规范性文件", "行政规范性丈件"))
    assert "disclosure.penalties.decisions" in named(report)


def test_a_damaged_label_with_another_number_may_be_another_rows(written: Write) -> None:
    text = written("tabs")
    assert "1.本机关不掌握相关政府信息" in text
    report = govreport.loads(text.replace("1.本机关不掌握相关政府信息", "5.属于三类掌握相关政府信息"))
    assert doubted(report, "requests.unavailable.not_held")


@pytest.mark.parametrize("number", [1, 178])
def test_the_numbers_of_lines_are_no_beginnings_of_numbers(written: Write, number: int) -> None:
    report = govreport.loads(written("tabs"))
    cells = [cell for cell in report.cells if cell.key.startswith("disputes.")]
    text = written("tabs")
    for step, cell in enumerate(cells):
        text = text.replace(f"\t{cell.raw}", f"\t{number + 4 * step} {cell.raw}", 1)
    again = govreport.loads(text)
    assert not any(cell.status is Status.READ for cell in again.cells if cell.key.startswith("disputes."))


def test_a_drawing_whose_row_has_a_cell_more_keeps_its_cells_in_order(written: Write) -> None:
    text = written("drawn", **SEVEN)
    report = govreport.loads(text.replace("1111 ", "1111 | 9 ", 1))
    assert row(report) == list(SEVEN.values()) or doubted(report)


def test_three_zeros_behind_a_point_may_be_thousands(written: Write) -> None:
    report = govreport.loads(written("tabs", **SEVEN).replace("\t1111\t", "\t1.000\t", 1))
    assert f"{ROW}.natural_person" in named(report)


@pytest.mark.parametrize("layout", ["lines_tight", "lines_rows"])
def test_a_number_in_two_parts_beside_two_in_one_are_doubted(written: Write, layout: str) -> None:
    text = written(layout, **{**SEVEN, COLUMNS[0]: 9001})
    assert doubted(govreport.loads(text.replace("9001\n", "9\n001\n", 1).replace("4444\n5555", "44445555", 1)))


def test_an_empty_cell_that_begins_a_row_behind_two_numbers_is_doubted(written: Write) -> None:
    text = written("tidy_pipes", **SEVEN)
    following = str(govreport.loads(text)["requests.partial.natural_person"])
    report = govreport.loads(text.replace(" 7777 |", f" 7777 {following} |", 1).replace(f"| {following} |", "|  |", 1))
    assert report["requests.partial.natural_person"] is None
    assert {f"{ROW}.total", "requests.partial.natural_person"} <= named(report, "reading.value")


@pytest.mark.parametrize("mark", ["，", "  |"])
def test_a_label_that_holds_values_is_doubted(written: Write, mark: str) -> None:
    text = written("joined", **SEVEN)
    line = next(line for line in text.split("\n") if "1111" in line)
    report = govreport.loads(text.replace(line, line.replace(" 1111", f"：自然人 11{mark} 商业企业 22{mark} 其他 1111")))
    assert doubted(report)
