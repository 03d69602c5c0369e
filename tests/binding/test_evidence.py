"""Where evidence is missing there is doubt: rows whose pieces are not explained exactly, labels that are lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

import govreport
from govreport.binding.doubting.pace import out_of_step
from govreport.binding.placing.margins import END, Extent, Margins, learn, of_unlabelled
from govreport.binding.stream import make_stream
from govreport.forms import builtin_forms
from govreport.model import Piece, Place
from govreport.testing import dice, judge, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.testing.regimes import Shown
from govreport.testing.verdict import truth_of

FORM = builtin_forms()[-1]
ROW = "requests.granted"
COLUMNS = tuple(key.rpartition(".")[2] for key in FORM.cells if key.startswith(f"{ROW}."))
SEVEN = dict(zip(COLUMNS, (1111, 2222, 3333, 4444, 5555, 6666, 7777), strict=True))
ROWS = tuple(dict.fromkeys(key.rpartition(".")[0] for key in FORM.cells if key.startswith("requests.")))
ZEROS: dict[str, Shown] = dict.fromkeys(FORM.cells, 0)

Damage = Callable[[str], str]


def silent(
    layout: str, damage: Damage, changed: Mapping[str, Shown] | None = None, said: Mapping[str, Shown] | None = None
) -> int:
    """How many cells of a damaged text are wrong or missing without a word; 予以公开 has 1111 to 7777 and what is `changed`.

    `said` is what the damaged text says otherwise.
    """
    values = (
        values_for(FORM, "unique", dice(7)) | {f"{ROW}.{name}": shown for name, shown in SEVEN.items()} | dict(changed or {})
    )
    text = text_of(make_report(FORM, values), subjects((layout,))[0])
    damaged = damage(text)
    assert damaged != text
    read = govreport.loads(damaged)
    return len(judge(truth_of(make_report(FORM, values | dict(said or {}))), read, govreport.check(read)).silent)


def replaced(*pairs: tuple[str, str]) -> Damage:
    """A damage that puts other text in the place of some, once each."""

    def damage(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return damage


def test_a_record_longer_than_its_header_is_doubted_though_all_columns_are_filled() -> None:
    blanks: dict[str, Shown] = {f"{row}.total": "" for number, row in enumerate(ROWS) if number % 4 or row == ROW}
    assert not silent("pipe_rows", replaced(("5555 | 6666 |", "5555 | 5555 | 6666 |")), blanks)


def test_a_number_out_of_step_may_be_none_of_a_row_with_empty_cells() -> None:
    texts = ["规章", "5", "", "12", "8", "", "33", "规范性文件", *map(str, range(50, 70))]
    places = [0, 3, *range(5, 53, 2)]
    pieces = [Piece(text, place=Place(line=line)) for text, line in zip(texts, places, strict=False)]
    stream = make_stream(pieces)
    values = [slot for slot in stream.slots if slot.solid]
    assert out_of_step(stream, [(values[:4], False), (values[4:], True)]) == [True, False]


@pytest.mark.parametrize(("shown", "value"), [("21/3", 21), ("3/21", 3)])
def test_what_no_page_can_be_and_what_stands_on_a_line_with_others_is_no_number_of_a_page(shown: str, value: int) -> None:
    said: dict[str, Shown] = {"disclosure.licensing.decisions": value}
    assert not silent("tabs_one_line", replaced(("行政许可\t1553\t", f"行政许可\t{shown}\t")), said=said)


def test_values_behind_the_end_of_a_row_without_a_label_are_astray() -> None:
    assert not silent("aligned", replaced(("5120      1418", "51\n[图片1]\n20  1418")))


def test_numbers_outside_of_all_rows_are_none_of_a_row_without_a_label() -> None:
    head = "\t结果维持\n\t结果纠正\n\t其他结果\n\t尚未审结\n\t总计\n\t结果维持"
    pages = ((head, f"\n10\n\n{head}"), ("\t7645\n", "\n11\n\n\t7645\n"))
    words = (("\t7938\n", "\t未统计\n"), ("\t1418\n", "\t■\n"))
    lost: dict[str, Shown] = {f"disputes.litigation_after_reconsideration.{name}": "" for name in ("other", "total")}
    assert not silent("tabbed_lines", replaced(*pages, *words), said=lost)


def test_a_damaged_group_label_is_no_header_that_it_holds() -> None:
    damage = replaced(("法人或其他组织", "法\ufffd或其他组织"), ("\t其他\t", "\t其\ufffd\t"), ("\t3954\t", "\t3954"))
    assert not silent("tabs", damage)


def test_a_label_of_one_table_is_none_of_another() -> None:
    def damage(text: str) -> str:
        start, stop = text.index("本列数据的勾稽关系"), text.index("四、政府信息公开行政复议")
        return text[:start] + "\n" + text[stop:].replace("0\t" * 15, "0\t" * 14, 1)

    lost: dict[str, Shown] = {key: "" for key in FORM.cells if key.startswith("requests.")}
    last: dict[str, Shown] = {"disputes.litigation_after_reconsideration.total": ""}
    assert not silent("tabs_ended", damage, ZEROS, lost | last)


def test_an_empty_cell_that_shows_itself_is_one_however_wide_the_gap() -> None:
    blanks: dict[str, Shown] = {f"{ROW}.research": "\xa0", f"{ROW}.total": "\xa0"}
    assert not silent("gapped", replaced(("774 9131", "774  9131")), blanks)


def test_a_wide_blank_beside_a_number_widens_no_gap() -> None:
    rows = (ROW, "requests.partial", "requests.refused.state_secret", "requests.refused.deliberative")
    wide: dict[str, Shown] = {f"{row}.{'total' if row == ROW else 'company'}": "" for row in rows}
    assert not silent("gapped", replaced(("5555 6666", "5555 \u20036666")), wide)


def test_numbers_and_numerals_in_one_cell_are_values_that_nobody_can_read() -> None:
    damage = replaced(("5316 |\n2482 |\n6479 |", "5316 二千四百八十二 6479 |"))
    assert not silent("pipe_cells", damage)


def test_numbers_glued_together_are_doubted_where_no_container_keeps_cells_apart() -> None:
    assert not silent("ruled", replaced(("5316                  2482          6479", "531624826479")))


def test_nothing_stands_unexplained_behind_rows_that_end_before_their_last_column() -> None:
    short = Extent(1, "a", 1, 7, 6, 6, 0, 5)
    whole = Extent(1, "a", 2, 7, 7, 7, 0, 6)
    odd = Extent(1, "b", 0, 7, 8, 6, 1, 6)
    assert learn([short, whole, odd]).window(odd) == (0, False)
    assert learn([whole, whole, odd]).window(odd) == (0, True)


def test_margins_of_other_tables_explain_the_end_of_a_row_or_it_is_not_sure() -> None:
    row = Extent(0, END, END, 15, 20, 4, 10, 17)
    assert of_unlabelled([Margins({}, {}, {0: 3})]).window(row) == (3, False)
    assert of_unlabelled([Margins({}, {}, {0: 3, END: 2})]).window(row) == (3, True)


@pytest.mark.parametrize(
    ("layout", "old", "new"),
    [
        ("drifting", "5555    6666  7777", "\xa0    \xa0  7777"),
        ("aligned", "5555          6666  7777", "\xa0          \xa0  7777"),
    ],
)
def test_a_row_that_shows_as_many_cells_as_columns_is_doubted_where_it_stands_otherwise(
    layout: str, old: str, new: str
) -> None:
    nothing: dict[str, Shown] = {f"{ROW}.legal_service": "", f"{ROW}.other": ""}
    assert not silent(layout, replaced((old, new)), said=nothing)


def test_zeros_are_counted_only_where_no_row_was_lost() -> None:
    label = "行政强制\n\n第二十条第（六）项\n\n信息内容\n\n本年处理决定数量\n\n0\n\n0\n"
    damage = replaced((label, label.removesuffix("\n0\n")), ("行政许可\n\n", ""))
    assert not silent("columns_apart", damage, ZEROS, {"disclosure.penalties.decisions": ""})


def test_a_copy_whose_columns_collapsed_is_a_copy() -> None:
    def damage(text: str) -> str:
        start, stop = text.index("--------"), text.index("三、收到和处理")
        table = text[start:stop]
        lines = (" ".join(line.split()) for line in table.splitlines())
        other = table.translate(str.maketrans("123456789", "468135792"))
        return f"{text[:start]}2024年度：\n\n" + "\n".join(lines) + f"\n2023年度：\n\n{other}{text[stop:]}"

    assert not silent("ruled", damage)


@pytest.mark.parametrize("values", [("/", 0, "/", "/", 0, 0), (0, 0, "/", 0, "/", 0), ("/", "/", 0, 0, 0, 0)])
def test_an_empty_cell_shown_before_a_whole_row_makes_it_one_too_many(values: tuple[Shown, ...]) -> None:
    marks: dict[str, Shown] = {f"{row}.{name}": "/" for row in ROWS for name in COLUMNS}
    own: dict[str, Shown] = {f"{ROW}.{name}": shown for name, shown in zip(COLUMNS[1:], values, strict=True)}
    printed = " ".join(map(str, values))
    damage = replaced((f"予以公开 {printed}", f"予以公开 \xa0 {printed} {values[-1]}"))
    assert not silent("joined", damage, marks | own | {f"{ROW}.natural_person": ""})


def test_words_behind_a_whole_row_may_be_its_last_value() -> None:
    damage = replaced(("2222\n\n3333", "2222\n\n2222\n\n3333"), ("7777", "未统计"))
    assert not silent("lines_gaps", damage, said={f"{ROW}.total": ""})


def test_an_empty_cell_alone_in_a_row_behind_a_whole_one_may_be_its_last() -> None:
    assert not silent("separated_lines", replaced(("6666\n\n\t\n\n", "6666\n\n\t\n\n8\n\n\n")), {f"{ROW}.total": "\xa0"})


def test_a_row_off_the_dashes_of_its_rule_is_doubted() -> None:
    damage = replaced(("2023      1900", "\xa0      \xa0"))
    lost: dict[str, Shown] = {"disputes.litigation_direct.pending": "", "disputes.litigation_direct.total": ""}
    assert not silent("ruled", damage, said=lost)


def test_a_header_broken_over_lines_tells_no_other_order_of_its_columns() -> None:
    form = builtin_forms()[0]
    text = text_of(make_report(form, dict(zip(form.cells, range(10, 300), strict=False))), subjects(("aligned",))[0])
    text = re.sub(r"(本年新公开数量) +(对外公开总数量)", r"\1\n   \2", text)
    text = re.sub(r"^(规章|规范性文件 +\d+) +", rf"\1\n{' ' * 13}", text, flags=re.MULTILINE)
    report = govreport.loads(text)
    assert [report[f"disclosure.rules.{name}"] for name in ("made", "newly_disclosed", "total_disclosed")] == [10, 11, 12]


def test_a_missing_cell_of_which_nothing_tells_the_form_is_called_as_in_the_other_tables() -> None:
    form = builtin_forms()[0]
    text = text_of(make_report(form, dict.fromkeys(form.cells, 0)), subjects(("tabbed_lines",))[0])
    head, _, tail = text.partition("第二十条第（六）项")
    damaged = head + "第二十条第（六）项" + tail.replace("上一年项目数量", "�������", 1).replace("本年增/减", "�����", 1)
    cell = next(cell for cell in govreport.loads(damaged).cells if cell.key == "disclosure.penalties.decisions")
    assert (cell.status, cell.form) == (govreport.Status.MISSING, form.name)
