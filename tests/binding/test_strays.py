"""Numbers that are nobody's where empty cells vanish, and what else makes a row look whole: such rows are doubted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.binding.doubting import doubted, named

import govreport
from govreport.binding.stream import make_stream
from govreport.formats.separators import is_record
from govreport.forms import builtin_forms
from govreport.model import Piece, Place, Status
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.build import parts_of
from govreport.testing.damage import BY_NAME, apply
from govreport.testing.document import Document
from govreport.testing.matrix import example, read, subjects

FORM = builtin_forms()[-1]
OLD = builtin_forms()[0]
ROW = "requests.granted"
COLUMNS = tuple(key.rpartition(".")[2] for key in FORM.cells if key.startswith(f"{ROW}."))
SEVEN = dict(zip(COLUMNS, (1111, 2222, 3333, 4444, 5555, 6666, 7777), strict=True))

Write = Callable[..., str]


@pytest.mark.parametrize(
    ("layout", "before", "after"),
    [
        ("lines_dropped", "7777\n\n", "7777\n\n8\n"),  # the number of the next row
        ("pipe_alone", "2222\n", "2222\n\n\n8\n\n\n"),  # a page's
    ],
)
def test_a_number_out_of_step_makes_no_row_whole(written: Write, layout: str, before: str, after: str) -> None:
    whole = govreport.loads(written(layout, **SEVEN))
    assert whole[f"{ROW}.total"] == 7777
    assert not doubted(whole)
    text = written(layout, **SEVEN | {"natural_person": None})
    assert text.count(before) == 1
    assert doubted(govreport.loads(text.replace(before, after)))


def test_a_number_below_an_empty_line_of_its_cell_is_doubted(written: Write) -> None:
    text = re.sub(r"(（二）部分公开\n)\t\d+\n", r"\1", written("tab_cell_lines", **SEVEN))  # a table that is not whole
    assert text.count("\t4444\n") == 1
    assert doubted(govreport.loads(text.replace("4444", "\xa0\n4444")))


def test_a_row_with_an_empty_cell_and_a_cell_too_many(written: Write) -> None:
    text = written("lines", **SEVEN | {"natural_person": "\xa0", "total": "\xa0"})
    assert text.count("3333\n") == 1
    assert doubted(govreport.loads(text.replace("3333\n", "3333\n\n88\n")))


def test_numbers_of_rows_before_some_labels_are_no_values(written: Write) -> None:
    labels = [
        "部分公开",
        "其他法律行政法规",
        "危及",
        "保护第三方",
        "三类内部",
        "四类过程性",
        "行政执法案卷",
        "行政查询",
        "没有现成",
        "补正后",
    ]
    lines, count = written("lines_dropped", **SEVEN | {"natural_person": None}).split("\n"), 0
    for at, line in enumerate(lines):
        if any(label in line for label in labels):
            count += 1
            lines[at] = f"{count}\n\n{line}"
    assert count == len(labels)
    assert doubted(govreport.loads("\n".join(lines)))


@pytest.mark.parametrize("seed", [4, 35, 46])
def test_gaps_of_two_lines_among_numbers_of_pages_are_not_two_cells(seed: int) -> None:
    rng, values = dice(seed), values_for(FORM, "unique", dice(7))
    values |= {key: None for key in sorted(values) if rng.random() < 0.4}
    report = make_report(FORM, values)
    document = apply(dice(seed), Document.of(report, subjects(("lines_gaps",))[0]), [BY_NAME["bare_page_numbers"]])
    assert not read(document).judgement.silent


def test_the_mark_of_a_note_at_a_label_is_no_value(written: Write) -> None:
    text = written("joined", **SEVEN | {"natural_person": None}).replace(" 3633", "", 1)  # a table that is not whole
    assert "3633" not in text
    assert doubted(govreport.loads(text.replace("（一）予以公开 ", "（一）予以公开1 ")))


@pytest.mark.parametrize("layout", ["grid", "markdown"])
def test_rows_that_end_in_their_total_twice_have_lost_a_column(layout: str) -> None:
    values = values_for(FORM, "unique", dice(7))
    rows = {key.rpartition(".")[0] for key in values if key.startswith("requests.")}
    values |= {f"{row}.other": values[f"{row}.total"] for row in rows}
    assert doubted(govreport.loads(text_of(make_report(FORM, values), subjects((layout,))[0])))


@pytest.mark.parametrize("layout", ["aligned"])
def test_zeros_of_a_table_in_two_halves_are_not_lost_silently(layout: str) -> None:
    report = make_report(FORM, dict.fromkeys(FORM.cells, 0))
    document = apply(dice(0), Document.of(report, subjects((layout,))[0]), [BY_NAME["columns_parted"]])
    assert document.applied
    assert not read(document).judgement.silent


def test_a_total_with_the_next_row_s_first_number_behind_it(written: Write) -> None:
    small = dict(zip(COLUMNS, (1101, 1102, 1103, 1104, 1105, 1106, 811763), strict=True))
    text = written("grid", **small)
    text = re.sub(r"(（二）部分公开</td><td[^>]*>)\d+", r"\1", text)
    assert doubted(govreport.loads(text))


def test_a_row_s_last_number_with_the_next_row_s_first_one_behind_it() -> None:
    values = values_for(FORM, "unique", dice(7)) | {
        f"disclosure.{row}": number
        for row, number in {
            "rules.issued": 15,
            "rules.repealed": 52,
            "rules.in_force": 4653,
            "normative_documents.issued": None,
            "normative_documents.repealed": 11,
            "normative_documents.in_force": 46,
        }.items()
    }
    report = govreport.loads(text_of(make_report(FORM, values), subjects(("grid",))[0]))
    assert doubted(report, "disclosure.rules")


def test_the_columns_of_a_second_copy_are_not_named_by_the_end_of_the_first_one_s_header() -> None:
    report = make_report(FORM, values_for(FORM, "unique", dice(7)))
    parts = parts_of(report, subjects(("comma_separated",))[0])
    last = max(i for i, part in enumerate(parts) if part.kind == "table")
    table = parts[last].text
    broken = table.replace("结果维持,", "结果,", 1)
    again = govreport.loads("".join(f"{broken}\n{table}" if i == last else part.text for i, part in enumerate(parts)))
    assert [again[key] for key in FORM.cells if key.startswith("disputes.")] == [
        report[key] for key in FORM.cells if key.startswith("disputes.")
    ]


def test_a_second_row_under_half_a_label_is_another_s(written: Write) -> None:
    text = written("joined_wrapped", **SEVEN)
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("二、上年结转政"))
    again = [lines[at], lines[at + 1], "其中：网上申请", lines[at], "71 72 73 74 75 76 77"]
    report = govreport.loads("\n".join([*lines[:at], *again, *lines[at + 2 :]]))
    assert report["requests.carried_in.total"] != 77 or doubted(report, "requests.carried_in")


def test_a_form_that_only_a_share_of_its_header_names_is_that_of_the_report() -> None:
    values = values_for(OLD, "unique", dice(7))
    text = text_of(make_report(OLD, values), subjects(("tab_cell_lines",))[0])
    head, item, rest = text.partition("第二十条第（六）项")
    report = govreport.loads(head + item + rest.replace("\t上一年项目数量\n", "", 1).replace("\t本年增/减\n", "", 1))
    key = "disclosure.penalties.decisions"
    assert [cell.label for cell in report.cells if cell.key == key] == [OLD.cells[key].label]
    assert report[key] == values[key] or any(key in finding.cells for finding in govreport.check(report))


def test_empty_cells_of_nbsp_are_not_parted_by_strokes() -> None:
    assert not is_record("规章 \xa0/ \xa0/ \xa0/ 3 / 4", "/")
    assert not is_record("- 6 - 4595 - 8957 159 3549 - 258 - 5920 - - 8205", " - ")


def test_where_cells_are_in_another_order_equal_numbers_are_not_told_apart() -> None:
    report = make_report(FORM, dict.fromkeys(FORM.cells, 0))
    assert not Document.of(report, subjects(("columns",))[0]).positions()
    assert Document.of(report, subjects(("lines",))[0]).positions()


def test_a_column_of_line_numbers_shifts_empty_cells(written: Write) -> None:
    text = written("markdown", **SEVEN)
    lines = [
        re.sub(r"\d+ \|$", " |", re.sub("^\\| ", f"| {n} | ", line)) if re.search(r"\d{2,} \|$", line) else line
        for n, line in enumerate(text.split("\n"))
    ]
    assert doubted(govreport.loads("\n".join(lines)))


@pytest.mark.parametrize(
    ("layout", "damages", "seed"),
    [
        ("columns_apart", "extra_row", 418065),  # more values than cells, and labels displaced
        ("aligned", "nbsp_few,letters_lost,extra_row", 584426),  # a lost letter moves what stands behind it
        ("drifting", "with_units,slash_many", 485118),  # whole rows do not stand under each other
        ("boxed", "lines_broken,first_cell_lost", 841927),  # a row whose walls are on two lines
        ("ruled", "other_year_before,labels_lost", 1),  # the labels left are those of the other year
    ],
)
def test_a_draw_that_was_silent_once(layout: str, damages: str, seed: int) -> None:
    document = example(subjects((layout,))[0], [BY_NAME[name] for name in damages.split(",")], seed=seed)
    assert not read(document).judgement.silent


def test_a_number_outside_a_box_is_not_what_its_empty_cell_says(written: Write) -> None:
    text = written("drawn")
    line = next(line for line in text.split("\n") if "行政事业性" in line)
    value = re.search(r"\d[\d.]*", line)
    assert value
    emptied = line.replace(value[0], " " * len(value[0]))
    report = govreport.loads(text.replace(line, f"6\n{emptied}\n6" if "收费" in line else f"{emptied}\n6"))
    cell = report.cell("disclosure.fees.amount")
    assert cell
    assert cell.value is None


def pieces_of(*lines: tuple[str, ...]) -> list[Piece]:
    return [
        Piece(text, row, place=Place(row + 1, 9 * at + 1)) for row, line in enumerate(lines) for at, text in enumerate(line)
    ]


def test_a_row_s_last_value_numbers_no_label_that_goes_on_below_it() -> None:
    """A number before a mark on the next line is the label's own only where it stands behind no other."""
    ends = make_stream(pieces_of(("按收费通知要求缴纳", "3", "4", "5"), ("、行政机关不再处理",)))
    assert [ends.pieces[slot.piece].text for slot in ends.slots] == ["3", "4", "5"]
    numbers = make_stream(pieces_of(("不予公开",), ("3", "、属于国家秘密")))
    assert not numbers.slots


def test_a_number_broken_off_at_the_end_of_a_line_is_doubted(written: Write) -> None:
    """Its other half stands before the label that follows on the next line."""
    text, row = written("tabs_ended"), "disclosure.normative_documents"
    whole = govreport.loads(text)
    assert not doubted(whole, row)
    value = str(whole[f"{row}.in_force"])
    assert doubted(govreport.loads(text.replace(f"\t{value}", f"\t{value[:2]}\n{value[2:]}", 1)), row)


def test_the_beginning_of_a_longer_label_is_no_place_for_a_short_one(written: Write) -> None:
    """A damaged label behind （六）其他处理 leaves its row without one: its values are not those of the row 其他."""
    text = (
        written("tabs_repeated")
        .replace("\t", " ")
        .replace("缴纳费用、行政机关不再处理其政府", "缴纳费用、行政机关不再处理其政\ufffd")
    )
    row = "requests.other.other"
    report, whole = govreport.loads(text), govreport.loads(written("tabs_repeated"))
    keys = [cell.key for cell in whole.cells if cell.key.startswith(f"{row}.")]
    assert (
        [report[key] for key in keys] == [whole[key] for key in keys]
        or doubted(report, row)
        or set(keys) <= named(report, "structure.")
    )


@pytest.mark.parametrize("words", ["征求意见稿", "张三 10:32", "2024/1/25 下午3:22"])
@pytest.mark.parametrize("layout", ["lines", "lines_dropped", "pipe_cells"])
def test_words_of_pages_among_values_end_no_row(written: Write, layout: str, words: str) -> None:
    lines = [line for line in written(layout).split("\n") if line]
    first = next(at for at, line in enumerate(lines) if "自然人" in line)
    last = next(at for at, line in enumerate(lines) if "四、政府" in line)
    strewn = [*lines[:first], *(text for at in range(first, last, 9) for text in (*lines[at : min(at + 9, last)], words))]
    found = govreport.loads("\n".join([*strewn, *lines[last:]]))
    assert found.values() == govreport.loads(written(layout)).values()


def test_other_words_among_values_do(written: Write) -> None:
    text = written("lines", **SEVEN)
    found = govreport.loads(text.replace("3333", "3333\n\n征求意见稿"))
    assert found[f"{ROW}.total"] is None
    assert f"{ROW}.total" in {key for finding in govreport.check(found) for key in finding.cells}


@pytest.mark.parametrize("letter", ["O", "о", "Ｏ", "○", "口"])
@pytest.mark.parametrize("layout", ["lines", "pipe_cells", "tabs", "pipe_rows"])
def test_a_letter_in_the_place_of_a_number_is_an_inferred_zero(written: Write, layout: str, letter: str) -> None:
    found = govreport.loads(written(layout, **SEVEN).replace("3333", letter))
    values = {name: found[f"{ROW}.{name}"] for name in COLUMNS}
    assert values == {name: 0 if value == 3333 else value for name, value in SEVEN.items()}
    cell = found.cell(f"{ROW}.{COLUMNS[2]}")
    assert cell is not None
    assert cell.status is Status.INFERRED
