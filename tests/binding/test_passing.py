"""Rows that pass for whole: a watermark, half a number, a neighbour's value or a lost column among their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.binding.doubting import doubted, named

import govreport
from govreport.binding.panels.readings import weigh
from govreport.binding.stream import Slot
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.values import Kind, read_value

FORM = builtin_forms()[-1]
ROW = "requests.granted"
COLUMNS = tuple(key.rpartition(".")[2] for key in FORM.cells if key.startswith(f"{ROW}."))
SEVEN = dict(zip(COLUMNS, (1111, 2222, 3333, 4444, 5555, 6666, 7777), strict=True))

Write = Callable[..., str]


def first_line(text: str, label: str) -> str:
    return next(line for line in text.split("\n") if label in line)


@pytest.mark.parametrize("layout", ["lines_dropped", "lines_tight_dropped"])
def test_a_watermark_makes_no_row_whole(written: Write, layout: str) -> None:
    text = written(layout, **SEVEN | {"natural_person": None})
    for label in ("（二）部分公开", "8.属于行政查询事项", "（七）总计"):
        text = text.replace(f"{label}\n", f"{label}\n\n2023\n" if "\n\n" in text else f"{label}\n2023\n")
    assert not doubted(govreport.loads(written(layout, **SEVEN)))
    report = govreport.loads(text.replace("2222\n", "2222\n2023\n"))
    assert report[f"{ROW}.total"] is None or doubted(report)


def test_the_marks_of_notes_at_several_labels_are_no_values() -> None:
    values = values_for(FORM, "unique", dice(7)) | {"disclosure.normative_documents.issued": None}
    text = text_of(make_report(FORM, values), subjects(("joined",))[0])
    report = govreport.loads(text.replace("行政规范性文件 ", "行政规范性文件1 ").replace("行政强制 ", "行政强制2 "))
    assert doubted(report, "disclosure.normative_documents")


def test_a_single_row_that_ends_in_its_total_twice_has_lost_a_cell(written: Write) -> None:
    for layout in ("grid", "markdown", "tabs"):
        text = written(layout, **SEVEN | {"other": 7777})
        assert doubted(govreport.loads(text))


def test_the_second_half_of_a_number_on_the_next_row_s_line(written: Write) -> None:
    text = written("tabs_ended", **SEVEN)
    assert text.count("\t7777\t") == 1
    assert doubted(govreport.loads(text.replace("\t7777\t", "\t7\n777\t")))


def test_words_in_the_last_cell_of_a_block_are_no_note() -> None:
    values = values_for(FORM, "unique", dice(7))
    text = text_of(make_report(FORM, values), subjects(("separated",))[0])
    line = first_line(text, "行政规范性文件")
    report = govreport.loads(text.replace(line, f"{line},保密"))
    assert doubted(report, "disclosure.normative_documents") or report["disclosure.normative_documents.in_force"] is None


def test_a_label_with_the_number_of_the_row_before_that_is_missing(written: Write) -> None:
    text = written("tabs")
    lost, own = first_line(text, "7.属于行政执法案卷"), first_line(text, "8.属于行政查询事项")
    changed = lost.replace("7.属于行政执法案卷", "7.属于行政查询事项")
    assert doubted(
        govreport.loads(text.replace(f"{own}\n", "").replace(lost, changed)), "requests.refused.administrative_inquiry"
    )


def test_a_row_s_own_sum_does_not_tell_whose_the_row_is() -> None:
    rows = ("requests.granted", "requests.partial", "requests.new", "requests.carried_in")
    numbers = dict(zip(COLUMNS, (1, 0, 2, 0, 0, 0, 3), strict=True))
    reading = {f"{row}.{c}": Slot(Kind.NUMBER, 0, 0, read_value(str(n))) for row in rows for c, n in numbers.items()}
    weighed = weigh(reading, FORM.relations, {})
    assert weighed.holds == len(rows)
    assert not weighed.proven


def test_a_number_left_over_names_the_cells_that_seem_empty(written: Write) -> None:
    text = written("aligned", **SEVEN | {"total": None})
    report = govreport.loads(text.replace("\n四、结转下年度", "\n\n     7777\n四、结转下年度"))
    assert f"{ROW}.total" in named(report)


def test_one_value_over_all_columns_under_a_header_of_one_is_of_that_form() -> None:
    values = values_for(FORM, "unique", dice(7))
    text = text_of(make_report(FORM, values), subjects(("data_frame",))[0])
    text = re.sub(r"(?s)\n三、.*", "", text.replace("本年收费金额（万元）", "金额").replace("本年制发件数", "本年新制作数量"))
    report = govreport.loads(text.replace("现行有效件数", "对外公开总数量").replace("本年废止件数", "本年新公开数量"))
    label = FORM.cells["disclosure.licensing.decisions"].label
    assert label in {cell.label for cell in report.cells}


def test_a_header_that_swallowed_the_first_value_is_not_whole() -> None:
    values = values_for(FORM, "unique", dice(7))
    first, last = (
        str(values[f"disputes.{key}"]) for key in ("reconsideration.upheld", "litigation_after_reconsideration.total")
    )
    text = text_of(make_report(FORM, values), subjects(("tabs_ended",))[0])
    assert f"总计\t{first}\t" in text
    report = govreport.loads(text.replace(f"总计\t{first}\t", f"总计 {first}\t").replace(f"\t{last}\t", f"\t{last}\t99\t"))
    assert all(cell.value is None or cell.key in named(report) for cell in report.cells if cell.key.startswith("disputes."))


def test_the_one_number_of_a_row_far_longer_than_all_others() -> None:
    values = values_for(FORM, "unique", dice(7))
    text = text_of(make_report(FORM, values), subjects(("aligned",))[0])
    line = first_line(text, "行政规范性文件")
    numbers = re.findall(r"\d+", line)
    assert len(numbers) == 3
    glued = f"{line[: line.index(numbers[0])]}{''.join(numbers)}"
    assert doubted(govreport.loads(text.replace(line, glued)), "disclosure.normative_documents")


def test_a_number_that_another_cell_of_its_row_may_hold() -> None:
    old = builtin_forms()[0]
    values = values_for(old, "unique", dice(7)) | {"disclosure.fees.prior_items": None, "disclosure.fees.change": -52}
    text = text_of(make_report(old, values), subjects(("lines_dropped",))[0])
    report = govreport.loads(text.replace("\n-52\n", "\n-52\n\n88\n"))
    assert "disclosure.fees.change" in named(report)


def test_a_gap_where_all_rows_lack_a_value_is_no_empty_cell() -> None:
    totals = {key: None for key in FORM.cells if key.startswith("requests.") and key.endswith(".total")}
    values = values_for(FORM, "unique", dice(7)) | totals
    text = text_of(make_report(FORM, values), subjects(("lines",))[0])
    fourth = values[f"{ROW}.public_interest"]
    assert text.count(f"\n{fourth}\n") == 1
    report = govreport.loads(text.replace(f"\n{fourth}\n", f"\n\n{fourth}\n"))
    assert report[f"{ROW}.total"] is None or doubted(report)


def test_what_a_record_lacks_may_have_gone_to_the_next() -> None:
    values = values_for(FORM, "unique", dice(7)) | {"disclosure.normative_documents.in_force": None}
    text = text_of(make_report(FORM, values), subjects(("pipe_rows",))[0])
    above, below = first_line(text, "规章"), first_line(text, "行政规范性文件")
    value = str(values["disclosure.rules.repealed"])
    lacking = above.replace(f"| {value} ", "", 1)
    given = re.sub(r"\|", f"| {value} |", below, count=1)
    assert lacking != above
    report = govreport.loads(text.replace(above, lacking).replace(below, given))
    assert doubted(report, "disclosure.normative_documents")


def test_rows_of_the_next_copy_do_not_stand_for_those_that_lost_their_labels() -> None:
    old = builtin_forms()[0]
    report = make_report(old, values_for(old, "unique", dice(7)))
    text = text_of(report, subjects(("pipe_cells",))[0])
    start, stop = text.index("第二十条第（五）项"), text.index("\n三、")
    table = text[text.index("第二十条第（一）项") : stop]
    lines = text[start:stop].split("\n")
    bare = "\n".join(" |" if re.match(r"(?!第二十条|信息内容)[\u4e00-\u9fff]", line) else line for line in lines)
    read = govreport.loads(f"{text[:start]}{bare}\n{table.translate(str.maketrans('123456789', '357924681'))}{text[stop:]}")
    told = named(read)
    keys = [key for key in old.cells if key.startswith("disclosure.")]
    assert all(read[key] in (report[key], None) or key in told for key in keys)
