"""Sections are found whatever became of their headings: renumbered, reworded, broken, glued, listed, converted, lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from govreport.formats import builtin_formats
from govreport.forms import builtin_forms
from govreport.outline import PREAMBLE, Outline, outline
from govreport.source import Cells, Grid, GridCell, Source
from govreport.testing import make_report
from govreport.testing.build import parts_of

FORM = builtin_forms()[1]
TITLES = {number: heading for number, heading, *_ in FORM.sections}
NUMERALS = "".join(TITLES)
ARABIC = {numeral: str(i) for i, numeral in enumerate(NUMERALS, 1)}
PARTS = parts_of(
    make_report(FORM, {key: i + 11 for i, key in enumerate(FORM.cells)}),
    next(f for f in builtin_formats() if f.name == "lines"),
)
MARKS = dict(
    zip(NUMERALS, ("坚持以公开为常态", "规范性文件", "不予公开", "尚未审结", "一是解读形式", "未发出收费通知"), strict=True)
)
"""What stands in each section and nowhere else."""


def text_with(headings: Mapping[str, str] = {}, *, glued: str = "", lost: str = "", before: str = "") -> str:
    """A report with these headings, some glued to the text before, some lost, and something before the first."""
    text = ""
    for part in PARTS:
        if part.kind == "heading":
            text += before if part.number == "一" else ""
            if part.number in lost:
                continue
            text = text.rstrip("\n") if part.number in glued else text
            text += headings.get(part.number, part.text.strip()) + "\n\n"
        else:
            text += part.text
    return text


def read(text: str) -> Outline:
    return outline(Source(lines=tuple(text.split("\n"))), builtin_forms())


def assert_whole(text: str, numbers: str = NUMERALS) -> None:
    """The sections are these, in this order, and each holds what belongs to it."""
    sections = [section for section in read(text).sections if section.number != PREAMBLE]
    assert "".join(section.number for section in sections) == numbers
    for section in sections:
        assert MARKS[section.number] in "".join(section.lines)


@pytest.mark.parametrize(
    "style",
    [
        *(
            "{n}、{t}",
            "{a}、{t}",
            "{a}、 {t}",
            "{a}. {t}",
            "{a}．{t}",
            "{n}．{t}",
            "{n}，{t}",
            "{n} {t}",
            "（{n}）{t}",
            "{n}）{t}",
        ),
        *(
            "第{n}部分 {t}",
            "第{n}部分：{t}",
            "第{a}部分 {t}",
            "第{n}章 {t}",
            "{t}",
            "## {n}、{t}",
            "**{n}、{t}**",
            "{n}、{t}：",
        ),
        *(
            "【{n}】{t}",
            "1. {t}",
            "{a}\\. {t}",
            "- {t}",
            "| {n}、{t} | |",
            "\u3000\u3000{n} 、 {t}",
            "{n}、\t{t}",
            "{k}、{t}",
            "{c} {t}",
        ),
    ],
)
def test_headings_numbered_in_any_way(style: str) -> None:
    kangxi, enclosed = "⼀⼆三四五六", "㈠㈡㈢㈣㈤㈥"
    numbered = {n: {"n": n, "a": ARABIC[n], "k": kangxi[i], "c": enclosed[i]} for i, n in enumerate(NUMERALS)}
    assert_whole(text_with({n: style.format(t=TITLES[n], **numbered[n]) for n in NUMERALS}))


@pytest.mark.parametrize(
    ("number", "title"), [(s[0], title) for form in builtin_forms() for s in form.sections for title in (*s[2], *s[3])]
)
def test_headings_in_other_words_of_the_forms(number: str, title: str) -> None:
    assert_whole(text_with({number: f"{number}、{title}"}))


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("一", "概况"),
        ("一", "工作情况"),
        ("五", "存在不足及下一步工作打算"),
        ("五", "下一步打算"),
        ("六", "其他"),
        ("六", "附注"),
    ],
)
@pytest.mark.parametrize("others", [{}, TITLES])
def test_a_section_of_prose_in_words_of_its_own_is_told_by_its_number(
    number: str, title: str, others: Mapping[str, str]
) -> None:
    assert_whole(text_with({**others, number: f"{number}、{title}"}))


def test_a_numbered_line_is_no_heading_where_its_neighbours_are_not() -> None:
    assert "五" not in [
        s.number for s in read("一、总体情况\n平稳。\n五、做好培训\n很好。\n二、主动公开政府信息情况\n无\n").sections
    ]


@pytest.mark.parametrize(
    ("number", "title"), [("三", "行政机关收到和处理政府信息\n公开申请情况"), ("四", "政府信息公开行政复议、\n\n行政诉讼情况")]
)
def test_a_heading_broken_over_lines(number: str, title: str) -> None:
    text = text_with({number: f"{number}、{title}"})
    assert_whole(text)
    section = next(s for s in read(text).sections if s.number == number)
    assert section.heading == f"{number}、{''.join(title.split())}"
    assert title.rsplit("\n", maxsplit=1)[-1] not in section.lines


def test_headings_misnumbered() -> None:
    assert_whole(text_with({n: f"{'一一二三四五'[i]}、{TITLES[n]}" for i, n in enumerate(NUMERALS)}))
    assert_whole(text_with() + "七、附件\n\n统计口径说明。\n")


@pytest.mark.parametrize("style", ["{n}、{t}", "{a}、{t}", "{t}"])
def test_headings_glued_to_the_paragraph_before(style: str) -> None:
    headings = {n: style.format(n=n, a=ARABIC[n], t=TITLES[n]) for n in NUMERALS}
    assert_whole(text_with(headings, glued="一二六"))


@pytest.mark.parametrize("style", ["{n}、{t}", "{t}"])
def test_a_number_glued_to_a_heading_is_a_value_of_the_table_before(style: str) -> None:
    headings = {n: style.format(n=n, t=TITLES[n]) for n in NUMERALS}
    text = text_with(headings, glued="三五")
    assert_whole(text)
    sections = {s.number: s for s in read(text).sections}
    assert [sections[n].lines[-1] for n in "二四"] == ["20", "210"]
    assert [sections[n].heading for n in "三五"] == [headings[n] for n in "三五"]


@pytest.mark.parametrize(("mark", "together"), [("1. ", True), ("1--\n", False), ("--\n", False), ("• ", True)])
def test_what_makes_headings_items_of_a_list_is_in_no_section(mark: str, together: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """On their line, in a document of one, or on the line above."""
    text = text_with({number: f"{mark}{number}、{title.lstrip(NUMERALS + '、')}" for number, title in TITLES.items()})
    found = read(" ".join(text.split()) if together else text)
    for number in "二三":
        section = found.section(number)
        assert section is not None
        assert section.lines[-1].split()[-1:] != mark.split()
        assert mark.strip() not in section.lines
    text = text_with({number: f"{'1--' * (number in '三四')}\n{title}" for number, title in TITLES.items()})
    assert any("1--" in section.lines for section in read(text).sections)


def test_numbers_behind_a_heading_stay_in_its_section() -> None:
    section = read(
        "一、总体情况\n平稳。\n二、主动公开政府信息情况 规章 3 4 5\n三、收到和处理政府信息公开申请情况 3 4 5\n"
    ).section("三")
    assert section is not None
    assert section.lines[0].split() == ["3", "4", "5"]


@pytest.mark.parametrize(
    "before",
    [
        f"本报告由{'、'.join(TITLES.values())}等六部分组成。\n\n",
        f"本报告包括：{'；'.join(f'{n}、{t}' for n, t in TITLES.items())}。\n\n",
        "目录\n" + "".join(f"{n}、{t}\n" for n, t in TITLES.items()) + "\n",
        "目  录\n" + "".join(f"{n}、{t}……………{ARABIC[n]}\n" for n, t in TITLES.items()) + "\n",
    ],
)
@pytest.mark.parametrize("style", ["{n}、{t}", "{t}", "{a}. {t}"])
def test_headings_that_are_listed_are_not_the_headings(before: str, style: str) -> None:
    assert_whole(text_with({n: style.format(n=n, a=ARABIC[n], t=TITLES[n]) for n in NUMERALS}, before=before))


@pytest.mark.parametrize("first", ["{n}、{t}", "{t}"])
def test_another_report_behind_it_is_none_of_its_sections(first: str) -> None:
    short = text_with({n: first.format(n=n, t=TITLES[n]) for n in NUMERALS})
    long = text_with().replace("平稳", "十分平稳" * 40)
    sections = read(f"{short}\n乙镇政府信息公开工作年度报告\n{long}").sections
    assert [(s.number, s.heading, s.lines[:3]) for s in sections if s.number != PREAMBLE][:5] == [
        (s.number, s.heading, s.lines[:3]) for s in read(short).sections if s.number != PREAMBLE
    ][:5]
    assert sum(s.number in NUMERALS for s in sections) == len(NUMERALS)


@pytest.mark.parametrize("number", list(NUMERALS))
def test_one_heading_lost(number: str) -> None:
    text = text_with(lost=number)
    assert "".join(s.number for s in read(text).sections if s.number != PREAMBLE) == NUMERALS.replace(number, "")


def test_short_forms_out_of_order_are_headings_within_a_section() -> None:
    subheadings = "1、主动公开情况\n很多。\n2、依申请公开情况\n也多。\n（二）平台建设"
    sections = read(text_with(lost="三").replace("（二）平台建设", subheadings)).sections
    assert "".join(s.number for s in sections if s.number != PREAMBLE) == "一二四五六"
    assert "移动端页面同步更新" in "".join(sections[1].lines)


TRADITIONAL = str.maketrans("总体况动开处报诉讼议题进项", "總體況動開處報訴訟議題進項")


@pytest.mark.parametrize(
    "changed",
    [
        lambda title: title.translate(TRADITIONAL),
        lambda title: title.translate(TRADITIONAL).replace("信息", "資訊"),
        lambda title: re.sub("[\u4e00-\u9fff]", lambda m: f"{m[0]}zhèng", title.translate(TRADITIONAL)),
        lambda title: re.sub("[\u4e00-\u9fff]", lambda m: f"{m[0]}（zhèng）", title),
        lambda title: title.translate(str.maketrans("一二人行大中", "⼀⼆⼈⾏⼤中")),
        " ".join,
    ],
    ids=["traditional", "converted", "pinyin", "pinyin in brackets", "radicals", "spaced"],
)
def test_headings_in_other_characters(changed: Callable[[str], str]) -> None:
    assert_whole(text_with({n: changed(f"{n}、{t}") for n, t in TITLES.items()}))


def test_a_title_that_begins_line_after_line_is_a_label_of_each() -> None:
    """Its section begins with the first of them, and has the label on all of its lines."""
    lines = [
        f"{number}、{TITLES[number]} > 第{i}行 > 第{j}列: {10 * i + j}" for number in "二三" for i in range(3) for j in range(4)
    ]
    found = outline(Source(lines=("某局2023年政府信息公开工作年度报告", *lines)), [FORM])
    assert [(section.number, section.lines) for section in found.sections[1:]] == [
        ("二", tuple(lines[:12])),
        ("三", tuple(lines[12:])),
    ]


def test_a_grid_is_cut_where_the_title_on_each_of_its_rows_changes() -> None:
    """The rows stay, with their label."""
    rows = [(f"{number}、{TITLES[number]}", f"第{i}行", str(i)) for number in "二三" for i in range(5)]
    cells = [GridCell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    found = outline(
        Source(lines=("某局2023年政府信息公开工作年度报告",), grids=(Grid(Cells.of(cells), at=1, number=1),)), [FORM]
    )
    assert [(section.number, len(grid.cells)) for section in found.sections for grid in section.grids] == [
        ("二", 15),
        ("三", 15),
    ]
