"""Values with their labels on the line are read by these, however they are written."""

from __future__ import annotations

import pytest

from govreport.formats.keyed import KeyedFormat
from govreport.formats.keys import runs
from govreport.formats.sketch import sketch
from govreport.model import Role
from govreport.source import Source, SourceSection

ROWS, COLUMNS = ("予以公开", "部分公开", "不予公开"), ("自然人", "商业企业", "总计")
VALUES = (("3", "0", "3"), ("1", "", "1"), ("/", "1,207", "-5"))


def section(text: str) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(number="三", heading=None, lines=lines, source=Source(lines=lines))


def rows(text: str) -> list[tuple[str, ...]]:
    """What stands in each row, empty places between labels left out."""
    found = [piece for piece in KeyedFormat().read(section(text)) if piece.row is not None]
    last = max(piece.column or 0 for piece in found)
    cells = [p for p in found if p.text or p.column == last]
    return [
        tuple(p.text for p in cells if p.row is not None and p.row <= row < p.row + (p.rowspan or 1))
        for row in sorted({piece.row or 0 for piece in found})
    ]


EXPECTED = [(r, c, v) for r, values in zip(ROWS, VALUES, strict=True) for c, v in zip(COLUMNS, values, strict=True)]


def flat(between: str, equals: str) -> str:
    return "\n".join(f"{row}{between}{column}{equals}{value}" for row, column, value in EXPECTED)


def several(line: str, item: str, between: str) -> str:
    made = (between.join(item.format(c, v) for c, v in zip(COLUMNS, values, strict=True)) for values in VALUES)
    return "\n".join(line.format(row, items) for row, items in zip(ROWS, made, strict=True))


def nested(row: str, item: str) -> str:
    lists = ([row.format(label), *map(item.format, COLUMNS, values)] for label, values in zip(ROWS, VALUES, strict=True))
    return "\n".join(line for lines in lists for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        flat("/", "："),
        flat(" / ", ": "),
        flat(" > ", " = "),
        flat("-", "="),
        flat("→", "："),
        flat("：", "："),
        flat("_", " -> "),
        flat(".", ": "),
        flat("\u3000", "："),
        flat("】【", "："),
        flat("/", "：").replace("商业企业：\n", "商业企业：\xa0\n"),
        nested("{}:", '  {}: "{}"').replace('""', '"\u3000"'),
        "\n\n".join(flat("/", "：").split("\n")),
        several("{}：{}", "{} {}", "，"),
        several("{}：{}", "{}：{}", "；"),
        several("- **{}**: {}", "{}={}", ", "),
        nested("{}:", "  {}: {}"),
        nested("- {}:", "  - {}: {}"),
        nested("### {}", "- {}：{}"),
        nested('  "{}": {{', '    "{}": "{}",'),
        nested("**{}**", "{}：{}"),
    ],
)
def test_rows_are_paths_and_values(text: str) -> None:
    assert rows(text) == EXPECTED
    claim = KeyedFormat().claim(section(text), sketch(section(text)))
    assert claim is not None
    assert claim.confidence > 0.95


@pytest.mark.parametrize(
    "text",
    [
        "全年收到申请3件，其中自然人2件，法人1件。\n办结率：100%\n" * 3,
        "规章\n3\n0\n12\n" * 5,
        "| 规章 | 3 |\n| 办法 | 5 |\n" * 5,
        "发布日期：2024\n浏览次数：12\n字号：大",
    ],
    ids=["prose", "lines", "pipes", "metadata"],
)
def test_other_sections_are_not_claimed(text: str) -> None:
    assert KeyedFormat().claim(section(text), sketch(section(text))) is None


def test_what_is_no_number_stands_in_its_place() -> None:
    text = flat("/", "：").replace("1,207", "1 207")
    assert rows(text) == [(r, c, "1 207" if v == "1,207" else v) for r, c, v in EXPECTED]


def test_a_number_right_below_a_value_may_be_its_rest() -> None:
    found = rows(flat("/", "：").replace("1,207", "12\n07"))
    assert found == [(r, c, "12\n07" if v == "1,207" else v) for r, c, v in EXPECTED]


def test_a_number_on_a_line_of_its_own_is_in_no_column() -> None:
    text = flat("/", "：").replace("1,207", "1,207\n\n17")
    assert [piece.text for piece in KeyedFormat().read(section(text)) if piece.column is None] == ["17"]
    assert rows(text)[7][:3] == EXPECTED[7]


def test_a_value_behind_nothing_but_a_mark_has_no_label() -> None:
    """Nothing in front of a colon but quotation marks is no label, and no reason to fail."""
    lines = ("“”：", '"": 4', *flat("/", "：").split("\n"))
    assert [entry.value.text for entries in runs(lines) for entry in entries] == [value for _, _, value in EXPECTED]


@pytest.mark.parametrize("remark", ["（统计期间：2031年1月1日—12月31日）", "表号：国信公3表　　2031年度　　计量单位：件"])
def test_a_remark_with_a_colon_and_digits_is_no_label_with_its_value(remark: str) -> None:
    assert rows(f"{remark}\n{flat(' / ', '：')}") == EXPECTED


def test_a_long_run_of_spaces_is_read_in_one_way() -> None:
    assert not any(runs([f"标签：{' ' * 2_000}x"] * 3))


@pytest.mark.parametrize("equals", ["：", " "])
def test_torn_numbers_of_a_line_stay_in_their_place(equals: str) -> None:
    text = "\n".join(f"{row}：" + "，".join(f"{c}{equals}{v}" for c, v in zip(COLUMNS, "123", strict=True)) for row in ROWS)
    assert [row for row in rows(text.replace("总计" + equals + "3", "总计" + equals + "3 2 2")) if row[-1] == "3 2 2"] == [
        (row, "总计", "3 2 2") for row in ROWS
    ]


def test_a_colon_in_the_brackets_of_a_label_is_its_own() -> None:
    lines = ("采购项目数量：3", "采购总金额（单位：万元）：12.5", "本年处理决定数量：8", "予以公开：自然人3件，总计3件")
    found = [entry.path[0].text for entries in runs(lines) for entry in entries]
    assert found[:3] == ["采购项目数量", "采购总金额（单位：万元）", "本年处理决定数量"]


@pytest.mark.parametrize(("path", "gap"), [("{}/{}", " "), ("{}·{}", "\u3000"), ("【{}】【{}】", ""), ("{}::{}", " ")])
def test_a_path_with_nothing_but_a_space_before_its_value(path: str, gap: str) -> None:
    said = [(r, c, v or "0") for r, c, v in EXPECTED]
    assert rows("\n".join(path.format(r, c) + gap + v for r, c, v in said)) == said


@pytest.mark.parametrize(
    ("name", "item", "between", "ends"), [("项目：", "{}：{}", "；", ("", "")), ("项目=", "{}={}", ", ", ("{", "}"))]
)
def test_the_label_of_a_row_may_have_a_name_too(name: str, item: str, between: str, ends: tuple[str, str]) -> None:
    made = [between.join(map(item.format, COLUMNS, values)) for values in VALUES]
    texts = [f"{ends[0]}{name}{row}{between}{items}{ends[1]}" for row, items in zip(ROWS, made, strict=True)]
    assert rows("\n".join(texts)) == EXPECTED


def test_a_number_before_a_label_parts_no_items() -> None:
    """Neither in 四、 nor between two words is there a list of labels with values."""
    lines = [f"【三、办理】【{row}】【{column}、】{value or 0}" for row, column, value in EXPECTED if value != "/"]
    lines += [f"四、复议、诉讼 > {row}: 3" for row in ROWS]
    assert [len(entries) for entries in runs(lines)] == [len(lines)]


def test_the_bullet_of_a_line_outside_the_table_is_no_empty_cell() -> None:
    items = "\n".join(f"- 办法{number}：{number}" for number in range(9))
    pieces = KeyedFormat().read(section(f"{items}\n张三 10:57，李四 11:02\n  - 规章: 3\n  - 见附件 4"))
    assert [piece.role for piece in pieces if piece.text == "-"] == [Role.REMARK] * 2
