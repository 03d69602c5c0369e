"""What the rows of a table say of each other, and what a value must be to be one: each doubt on one small report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.binding.doubting import doubted, named

import govreport
from govreport.forms import builtin_forms
from govreport.model import Cell, Report, Status
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.testing.regimes import Shown

FORM = builtin_forms()[-1]
ROW, NEXT, OTHER = "requests.granted", "requests.partial", "requests.refused.deliberative"
COLUMNS = tuple(key.rpartition(".")[2] for key in FORM.cells if key.startswith(f"{ROW}."))
SEVEN = dict(zip(COLUMNS, (1111, 2222, 3333, 4444, 5555, 6666, 7777), strict=True))

Write = Callable[..., str]


@pytest.fixture
def written() -> Write:
    """The text of a report whose cells all differ, in a layout; 予以公开 has 1111 to 7777, `changed` what is given."""

    def write(layout: str, changed: dict[str, Shown] | None = None, form: str = FORM.name) -> str:
        spec = next(f for f in builtin_forms() if f.name == form)
        values = values_for(spec, "unique", dice(7)) | {f"{ROW}.{name}": shown for name, shown in SEVEN.items()}
        return text_of(make_report(spec, values | (changed or {})), subjects((layout,))[0])

    return write


def values(report: Report, row: str = ROW) -> list[object]:
    return [report[f"{row}.{name}"] for name in COLUMNS]


def cell(report: Report, key: str) -> Cell:
    found = report.cell(key)
    assert found is not None
    return found


def certain(report: Report) -> bool:
    return not any(cell.status is Status.INFERRED for cell in report.cells)


@pytest.mark.parametrize("garbled", ["33l3", "3333a", "三千三百三十三", "lOOl", "33/33"])
@pytest.mark.parametrize("layout", ["tabs", "aligned", "drifting", "pipe_rows"])
def test_a_value_that_nobody_can_read_leaves_its_place_to_no_other(written: Write, layout: str, garbled: str) -> None:
    text = written(layout)
    report = govreport.loads(text.replace("3333", garbled.ljust(4) if layout in ("aligned", "drifting") else garbled, 1))
    assert report[f"{ROW}.research"] in (3313, None)
    assert cell(report, f"{ROW}.research").status is not Status.READ
    assert report[f"{ROW}.company"] in (2222, None)
    assert report[f"{ROW}.total"] in (7777, None)


@pytest.mark.parametrize("layout", ["lines", "joined"])
def test_where_nothing_keeps_rows_apart_what_cannot_be_read_may_be_no_cell(written: Write, layout: str) -> None:
    assert doubted(govreport.loads(written(layout).replace("3333", "33l3", 1)))


def test_words_in_the_row_of_a_table_without_row_labels_are_cells(written: Write) -> None:
    clean = govreport.loads(written("aligned"))
    value = next(c for c in clean.cells if c.key.startswith("litigation") or c.key.startswith("disputes"))
    report = govreport.loads(written("aligned").replace(value.raw or "", f"约{value.raw}", 1))
    assert cell(report, value.key).status is not Status.BLANK


@pytest.mark.parametrize("shown", ["3.333", "-3333"])
@pytest.mark.parametrize("layout", ["lines", "tabs", "grid"])
def test_a_count_has_no_fraction_and_is_not_negative(written: Write, layout: str, shown: str) -> None:
    report = govreport.loads(written(layout).replace("3333", shown, 1))
    assert cell(report, f"{ROW}.research").status is Status.INFERRED
    assert cell(report, f"{ROW}.company").status is Status.READ


def test_characters_of_no_width_stand_in_no_number(written: Write) -> None:
    report = govreport.loads(written("aligned").replace("3333", "3\u200b333", 1))
    assert values(report) == [*SEVEN.values()]
    assert doubted(report) or cell(report, f"{ROW}.research").status is Status.INFERRED


def test_a_single_space_within_wide_columns_tears_a_number(written: Write) -> None:
    report = govreport.loads(written("aligned").replace("3333 ", "3 333", 1))
    assert report[f"{ROW}.research"] == 3333
    assert cell(report, f"{ROW}.research").status is Status.INFERRED
    assert report[f"{ROW}.public_interest"] == 4444


@pytest.mark.parametrize("layout", ["aligned", "drifting"])
def test_a_row_off_the_columns_of_the_others_is_doubted(written: Write, layout: str) -> None:
    text = written(layout, {f"{ROW}.company": ""})
    assert doubted(govreport.loads(text.replace("3333 ", "33  33", 1)))


def test_a_value_off_the_edge_of_its_column_is_doubted(written: Write) -> None:
    text = written("aligned")
    start = text.index("1111")
    shifted = text[:start] + text[text.index("2222") :]
    assert doubted(govreport.loads(shifted))


@pytest.mark.parametrize("layout", ["lines", "pipe_cells"])
def test_a_complete_row_that_begins_with_an_empty_cell_has_one_that_is_not_its_own(written: Write, layout: str) -> None:
    text = written(layout, {f"{OTHER}.natural_person": "\xa0", f"{OTHER}.other": 6666, f"{ROW}.other": 6665})
    printed = "6666 |" if layout == "pipe_cells" else "6666"
    assert doubted(govreport.loads(text.replace(printed, f"{printed}\n{printed.replace('6666', '2023')}", 1)), OTHER)


def test_what_a_row_lacks_its_neighbour_may_have(written: Write) -> None:
    text = written("pipe_cells", {f"{NEXT}.natural_person": ""})
    report = govreport.loads(text.replace("7777 |", "7777 |\n8888 |", 1))
    assert doubted(report, NEXT)


def test_the_only_complete_row_is_doubted(written: Write) -> None:
    totals: dict[str, Shown] = {key: "" for key in FORM.cells if key.startswith("requests.") and key.endswith(".total")}
    text = written("lines_rows", totals)
    report = govreport.loads(text.replace("3333\n", "33\n33\n", 1))
    assert doubted(report)


def test_numbers_run_together_over_the_end_of_a_row_are_doubted(written: Write) -> None:
    text = written("tabs")
    first = str(govreport.loads(text)[f"{NEXT}.natural_person"])
    report = govreport.loads(text.replace(f"\t{first}\t", "\t\t", 1).replace("7777", f"7777{first}", 1))
    assert doubted(report)
    assert doubted(report, NEXT)


def test_two_rows_in_one_box_are_no_wrapped_numbers(written: Write) -> None:
    lines = written("boxes_wrapped").split("\n")
    at = next(i for i, line in enumerate(lines) if "1111" in line)
    border = next(i for i in range(at, len(lines)) if lines[i].startswith("+"))
    report = govreport.loads("\n".join(lines[:border] + lines[border + 1 :]))
    assert not any(cell.status is Status.READ and cell.value and cell.value > 10**6 for cell in report.cells)


def test_pages_numbered_between_records_are_no_part_of_their_numbers(written: Write) -> None:
    lines = [line for line in written("separated").split("\n") if line]
    first = next(number for number, line in enumerate(lines) if line.endswith(",7777"))
    for page, after in ((4, 15), (3, 9), (2, 1)):
        lines[first + after : first + after] = ["", str(page), ""]
    report = govreport.loads("\n".join(lines))
    assert not any(cell.status is Status.READ and cell.value and cell.value > 10**4 for cell in report.cells)


def test_the_same_digits_under_several_numbers_are_no_part_of_them(written: Write) -> None:
    text = written("tab_cell_lines")
    for number in ("1111", "3333", "5555"):
        text = text.replace(f"\t{number}\n", f"\t{number}\n88\n", 1)
    report = govreport.loads(text)
    assert not any(
        cell(report, f"{ROW}.{name}").status is Status.READ for name in ("natural_person", "research", "legal_service")
    )


def test_a_table_without_row_labels_that_stands_there_again_with_other_values_is_doubted(written: Write) -> None:
    text = written("tabs_repeated")
    start = text.index("四、政府信息公开行政复议")
    table = text[text.index("\n", start) : text.index("五、存在")]
    again = table.translate(str.maketrans("123456789", "987654321"))
    report = govreport.loads(text.replace(table, f"2020年度：{again}\n2021年度：{table}", 1))
    named = {key for finding in report.doubts + tuple(govreport.check(report)) for key in finding.cells}
    disputes = next(t for t in report.tables if t.name == "disputes")
    assert {cell.key for cell in disputes.cells} <= named


@pytest.mark.parametrize("page", ["— 2 —", "第2页"])
def test_a_page_number_between_two_values_leaves_no_empty_cell(written: Write, page: str) -> None:
    report = govreport.loads(written("lines").replace("4444\n", f"4444\n\n\n{page}\n\n\n", 1))
    assert values(report) == [*SEVEN.values()]


def test_a_form_that_every_row_belies_is_not_chosen(written: Write) -> None:
    text = written("tabs", form="2019")
    item = text.index("第二十条第（六）项")
    broken = text[:item] + text[item:].replace("上一年项目数量\t本年增/减\t处理决定数量", "本年处理决定数量", 1)
    report = govreport.loads(broken)
    findings = [f for f in govreport.check(report) if f.code == "reading.form"]
    assert any("disclosure.penalties.decisions" in f.cells or "disclosure.enforcement.decisions" in f.cells for f in findings)


def test_a_thin_space_parts_thousands_and_no_cells(written: Write) -> None:
    report = govreport.loads(written("joined").replace("3333", "3\u202f333", 1))
    assert values(report) == [*SEVEN.values()]


def test_a_note_on_a_number_is_no_label(written: Write) -> None:
    report = govreport.loads(written("gapped").replace("3333", "3333注1", 1))
    assert values(report) == [*SEVEN.values()]


def test_the_index_of_a_data_frame_is_told_under_an_empty_line(written: Write) -> None:
    text = written("data_frame")
    assert certain(govreport.loads(text.replace("\n", "\n\n")))


def test_a_number_that_no_pipe_ends_goes_on_in_the_next_line(written: Write) -> None:
    report = govreport.loads(written("pipe_cells").replace("3333 |", "33\n33 |", 1))
    assert values(report) == [*SEVEN.values()]
    assert cell(report, f"{ROW}.research").status is Status.INFERRED


def test_a_box_whose_line_was_broken_has_lost_its_columns(written: Write) -> None:
    text = written("boxed")
    line = next(x for x in text.split("\n") if "现行有效件数" in x)
    cut = line.index("│ 本年废止件数")
    report = govreport.loads(text.replace(line, f"{line[:cut].rstrip()}\n{line[cut:]}", 1))
    clean = govreport.loads(text)
    for key in ("issued", "repealed", "in_force"):
        found = cell(report, f"disclosure.normative_documents.{key}")
        assert found.value in (None, clean[found.key])


def test_the_report_of_another_body_behind_this_one_is_not_read(written: Write) -> None:
    text = written("aligned", {f"{ROW}.company": ""})
    other = text.translate(str.maketrans("123456789", "357924681"))
    assert govreport.loads(text + other)[f"{ROW}.total"] == 7777


def test_a_table_cut_in_two_by_its_columns_has_no_empty_cells(written: Write) -> None:
    text = written("tabs")
    start, stop = text.index("三、收到"), text.index("四、政府信息公开行政复议")
    rows = text[start:stop].split("\n")
    left = ["\t".join(row.split("\t")[:-3]) for row in rows]
    right = ["\t".join(row.split("\t")[:3] + row.split("\t")[-3:]) for row in rows[1:]]
    report = govreport.loads(text[:start] + "\n".join(left + right) + "\n" + text[stop:])
    assert not any(cell(report, f"{ROW}.{name}").status in (Status.READ, Status.BLANK) for name in ("other", "total"))


def test_a_lost_cell_in_a_row_behind_a_group_is_doubted(written: Write) -> None:
    lines = written("pipe_padded").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("（七）总计"))
    del lines[at + 1]
    assert doubted(govreport.loads("\n".join(lines)), "requests.concluded")


def test_a_header_wrapped_under_another_column_does_not_trade_them(written: Write) -> None:
    text = written("aligned", form="2019")
    head = next(x for x in text.split("\n") if "采购总金额" in x)
    cut = head.index("采购总金额")
    report = govreport.loads(text.replace(head, f"{head[:cut].rstrip()}\n   {head[cut:]}", 1))
    clean = govreport.loads(text)
    amount = cell(report, "disclosure.procurement.amount")
    assert amount.status is not Status.READ or amount.value == clean["disclosure.procurement.amount"]


def test_values_behind_two_labels_in_one_piece_may_be_those_of_the_first(written: Write) -> None:
    text = written("joined")
    label = "（一）予以公开"
    start, stop = text.index(f"{label} 1111"), text.index("（二）部分公开")
    report = govreport.loads(text[:start] + label + text[stop:])
    cell = report.cell(f"{NEXT}.total")
    assert cell is not None
    assert cell.status is not Status.READ


def test_a_row_longer_than_all_others_that_begins_with_an_empty_cell_may_have_one_too_many(written: Write) -> None:
    """Which of its empty cells is the one that was added, nothing tells."""
    text = written("tabs_shifted", {f"{ROW}.natural_person": None})
    assert certain(govreport.loads(text))
    assert doubted(govreport.loads(text.replace("4444\t", "4444\t\t", 1)), ROW)


def test_numbers_broken_in_two_ways_are_no_wrapped_ones(written: Write) -> None:
    """A narrow cell breaks all of them alike; some with a space between and some on two lines are several numbers in a cell."""
    text = written("tab_cell_lines")
    for number, more in (("1111", " 22"), ("3333", "\n44"), ("5555", "\n7")):
        text = text.replace(f"\t{number}\n", f"\t{number}{more}\n")
    assert {f"{ROW}.{name}" for name in COLUMNS[:5:2]} <= named(govreport.loads(text))
