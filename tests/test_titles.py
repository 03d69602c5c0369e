"""Titles as pages print them: in every order, broken, with pinyin, in another vocabulary, among and glued to other words."""

from __future__ import annotations

import re
import time

import pytest

from govreport.forms import builtin_forms
from govreport.identity import Identity, identify
from govreport.outline import outline
from govreport.source import Source

BODY = "青梧县水务局"
TITLE = "青梧县水务局2023年政府信息公开工作年度报告"
REST = "\n\n一、总体情况\n\n一切平稳。\n\n二、主动公开政府信息情况\n\n规章 0 0 0\n\n六、其他需要报告的事项\n\n无。\n"


def identity(text: str, **metadata: str) -> Identity:
    return identify(outline(Source(lines=tuple(text.split("\n")), metadata=metadata), builtin_forms()))


def read(head: str, *, one_line: bool = False, rest: str = REST) -> tuple[str | None, str | None, int | None]:
    text = head + rest
    found = identity(" ".join(text.split()) if one_line else text)
    return found.title, found.issuer, found.year


@pytest.mark.parametrize(
    "title",
    [
        "2023年青梧县水务局政府信息公开工作年度报告",
        "2023年度青梧县水务局政府信息公开年度报告",
        "青梧县水务局政府信息公开工作2023年度报告",
        "青梧县水务局政府信息公开2023年年度报告",
        "青梧县水务局政府信息公开年度报告（2023年）",
        "青梧县水务局政府信息公开工作年度报告(2023年度)",
        "青梧县水务局政府信息公开年报（2023）",
        "青梧县水务局2023年政府信息公开年报",
        "青梧县水务局政府信息公开年报〔2023〕",
        "青梧县水务局〔2023〕年度政府信息公开工作报告",
        "青梧县水务局【2023】政府信息公开年报",
        "青梧县水务局2023年政务公开工作年度报告",
        "青梧县水务局2023年度政府信息公开年度工作报告",
        "青梧县水务局2023年政府信息公开工作报告",
        "青梧县水务局2023年信息公开年度报告",
        "2023年青梧县水务局信息公开年报",
        "青梧县水务局关于2023年政府信息公开工作情况的报告",
        "关于青梧县水务局2023年度政府信息公开工作年度报告",
        "青梧县水务局二〇二三年政府信息公开工作年度报告",
        "青梧县水务局２０２３年政府信息公开工作年度报告",
        "青梧县水务局 2023 年政府信息公开工作 年度报告",
        "青梧县水务局2023年政府信息公开工作年度报告（公开稿）",
        "青梧县水务局2023年法治政府建设暨政府信息公开工作年度报告",
        "青梧縣水務局2023年政府資訊公開工作年度報告",
        "⻘梧县⽔务局2023年政府信息公开⼯作年度报告",
    ],
)
@pytest.mark.parametrize("before", ["", "首页 > 政务公开 > 信息公开年报\n发布时间：2024-01-20 来源：县政府办\n"])
def test_year_and_body_in_any_order(before: str, title: str) -> None:
    assert read(f"{before}{title}\n索引号：X-1") == (title, BODY, 2023)
    for cut in range(2, len(title) - 1, 3):
        broken = f"{title[:cut].rstrip()}\n{title[cut:].lstrip()}"
        assert read(before + broken) == (broken, BODY, 2023)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("柳溪镇2023年政府信息公开工作年度报告", "柳溪镇"),
        ("柳溪镇政府2023年政府信息公开工作年度报告", "柳溪镇政府"),
        ("2023年柳溪镇人民政府信息公开工作年度报告", "柳溪镇人民政府"),
        ("中共青梧县委宣传部2023年政府信息公开工作年度报告", "中共青梧县委宣传部"),
        ("中共青梧县委机构编制委员会办公室2023年政府信息公开工作年度报告", "中共青梧县委机构编制委员会办公室"),
        ("青梧县互联网信息办公室2023年政府信息公开工作年度报告", "青梧县互联网信息办公室"),
        ("青梧县政务服务和数据管理局2023年政府信息公开工作年度报告", "青梧县政务服务和数据管理局"),
        ("青梧县水务局（河长办）2023年政府信息公开工作年度报告", "青梧县水务局（河长办）"),
    ],
)
def test_the_body_is_what_the_title_calls_it(title: str, body: str) -> None:
    assert read(title) == (title, body, 2023)


@pytest.mark.parametrize(
    "title",
    [
        "青梧县\n水务局\n2023年政府信息公开\n工作年度报告",
        "青梧县水务局\n2023年\n政府信息公开工作\n年度报告",
        "2023年\n青梧县水务局\n政府信息公开工作年度报告",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_title_over_several_lines(gap: str, title: str) -> None:
    assert read("首页\n" + title.replace("\n", gap)) == (title, BODY, 2023)


@pytest.mark.parametrize("syllable", ["zhèng", "（zhèng）", "(lüè)", "zhe\u0300ng", "zheng"])
def test_pinyin_is_no_part_of_the_issuer_and_stays_in_the_title(syllable: str) -> None:
    title = re.sub("[\u4e00-\u9fff]", lambda m: m[0] + syllable, TITLE)
    assert read(title) == (title, BODY, 2023)


@pytest.mark.parametrize("before", ["", "首页 > 2016年 打印 分享 ", "今天是2033年6月9日 星期四 "])
@pytest.mark.parametrize("after", ["", "　根据《条例》第五十条，编制本年度报告。", " 发布日期：2024-01-02 来源：县水务局"])
@pytest.mark.parametrize("one_line", [False, True])
def test_a_title_among_other_words_of_its_line_is_found(before: str, after: str, *, one_line: bool) -> None:
    assert read(before + TITLE + after, one_line=one_line) == (TITLE, BODY, 2023)


@pytest.mark.parametrize(
    "head",
    [
        f"公开指南公开目录依申请公开\t{TITLE}作者：县水务局　来源：本站",
        f"公开指南公开目录公开年报依申请公开{TITLE}作者：县水务局",
        f"依申请公开 {TITLE}",
        f"政府信息公开年报 {TITLE}",
        f"当前位置：首页>政务公开>{TITLE}",
        f"{TITLE}发布时间：2024-01-02浏览次数：3",
        f"{TITLE}根据《中华人民共和国政府信息公开条例》，编制本报告。",
        f"{TITLE}-青梧县人民政府门户网站",
        f"{TITLE}_青梧县人民政府",
        f"标题：{TITLE}",
        f"名称\t{TITLE}",
        f"| 名 称 | {TITLE} |\n| 索引号 | 1 |",
        f"【年报】{TITLE}",
        f"《{TITLE}》",
        f"**{TITLE}**",
        f"| {TITLE} | Unnamed: 1 | NaN |\n| --- | --- | --- |",
        f"现公布{TITLE}。",
        f"根据《条例》第五十条规定，现将《{TITLE}》公布如下：",
    ],
)
def test_what_a_title_is_glued_to_is_no_part_of_it(head: str) -> None:
    assert read(head) == (TITLE, BODY, 2023)


def test_a_title_broken_inside_one_column_of_a_page() -> None:
    box = (
        "| 公开指南 | 青梧县水务局           |\n| 公开目录 | 2023年政府信息公开工作 |\n| 公开年报 | 年度报告               |\n"
    )
    assert read(box) == ("青梧县水务局\n2023年政府信息公开工作\n年度报告", BODY, 2023)


@pytest.mark.parametrize(
    "head",
    [
        "首页 > 政务公开 > 2016年政府信息公开年报 > 正文",
        "2016年政府信息公开年报\n2015年政府信息公开年报",
        "公开指南\n政府信息公开年报\n依申请公开",
        "关于印发政府信息公开工作年度报告格式的通知",
        "发布机构：青梧县数据局\n公开年报",
    ],
)
def test_a_menu_is_no_title(head: str) -> None:
    assert read(head) == (None, None, None)


@pytest.mark.parametrize(
    "head",
    [
        f"2016年政府信息公开年报\n2015年政府信息公开年报\n{TITLE}\n2024年1月20日",
        f"青梧县水务局2023年年报\n{TITLE}",
        f"青梧县水务局2023年政府信息公开年报\n发布时间：2024-01-02\n{TITLE}",
        f"青梧县2022年政府信息公开工作年度报告\n{TITLE}",
        f"青梧县人民政府\n{TITLE}",
        f"{TITLE}\n按照青梧市人民政府2022年政府信息公开工作年度报告要求，编制本报告。",
        f"{TITLE}\n\n根据《条例》，特向社会公布青梧市人民政府2022年政府信息公开工作年度报告。",
        f"发布机构：青梧县数据局\n{TITLE}",
    ],
)
def test_of_several_titles_it_is_the_documents_own(head: str) -> None:
    assert read(head) == (TITLE, BODY, 2023)


def test_the_year_told_elsewhere_decides_between_titles_of_two_years() -> None:
    other = TITLE.replace("2023", "2022")
    period = "\n\n本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    assert read(f"{TITLE}\n{other}{period}") == (TITLE, BODY, 2023)
    assert read(f"{other}\n{TITLE}{period}") == (TITLE, BODY, 2023)


@pytest.mark.parametrize(
    "cut", ["青梧\n经济技术开发区管理委员会", "青梧经济技\n术开发区管理委员会", "青梧经济技术\n开发区管理委员会"]
)
def test_a_name_that_a_line_break_cut_is_told_by_where_it_stands_whole(cut: str) -> None:
    body = cut.replace("\n", "")
    title = f"{cut}2023年政府信息公开工作年度报告"
    assert read(f"{title}\n根据《条例》规定，{body}编制本年度报告。") == (title, body, 2023)
    traditional = str.maketrans("经济术开发区会员报务", "經濟術開發區會員報務")
    title = title.translate(traditional)
    assert read(f"{title}\n根據《條例》規定，{body.translate(traditional)}編製本年度報告。") == (title, body, 2023)


def test_a_title_without_year_or_body_names_none() -> None:
    assert read("政府信息公开工作年度报告\n（2023年）") == ("政府信息公开工作年度报告\n（2023年）", None, 2023)
    assert read("青梧县水务局政府信息公开工作年度报告")[1:] == (BODY, None)
    assert read("发布机构：青梧县数据局\n政府信息公开工作年度报告") == ("政府信息公开工作年度报告", None, None)


def test_a_body_that_is_not_known_for_one_is_not_named() -> None:
    title = "青梧某某2023年政府信息公开工作年度报告"
    assert read(title) == (title, None, 2023)


def test_the_page_names_the_title_where_the_text_does_not() -> None:
    found = identity(REST, page_title=f"{TITLE}_青梧县人民政府")
    assert (found.title, found.issuer, found.year) == (TITLE, BODY, 2023)


def test_the_place_is_that_of_the_first_character() -> None:
    found = identity(f"首页\n  依申请公开 {TITLE}{REST}")
    place = next(e.place for e in found.evidence if e.field == "title")
    assert place is not None
    assert (place.line, place.column) == (2, 9)


def test_a_page_of_nothing_but_titles_takes_no_time() -> None:
    start = time.process_time()
    identity("政府信息公开年报 " * 20_000)
    identity("政府信息公开年报\u200d \u200d " * 20_000)
    assert time.process_time() - start < 2


def test_a_name_set_with_spaces_is_not_cut() -> None:
    body = "青梧经济技术开发区管理委员会"
    title, issuer, _ = read(f"{' '.join(body)}\n2023年政府信息公开工作年度报告")
    assert issuer == body
    assert title is not None
    assert title.startswith("青 梧 经")


def test_a_body_that_ends_like_a_word_of_titles() -> None:
    assert read("中华人民共和国青梧海关2023年政府信息公开工作年度报告")[1] == "中华人民共和国青梧海关"
    assert read("青梧海关关于2023年政府信息公开工作情况的报告")[1] == "青梧海关"
