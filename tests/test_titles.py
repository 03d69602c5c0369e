"""Titles as pages really print them: with pinyin, in another vocabulary, among other words of one line."""

from __future__ import annotations

import re

import pytest

import govreport

TITLE = "青梧县水务局2023年政府信息公开工作年度报告"
REST = "\n\n一、总体情况\n\n一切平稳。\n\n二、主动公开政府信息情况\n\n规章 0 0 0\n\n六、其他需要报告的事项\n\n无。\n"


def read(head: str, *, one_line: bool = False) -> tuple[str | None, str | None, int | None]:
    text = head + REST
    report = govreport.loads(" ".join(text.split()) if one_line else text)
    return report.title, report.issuer, report.year


@pytest.mark.parametrize("syllable", ["zhèng", "（zhèng）", "(lüè)", "zhe\u0300ng", "zheng"])
def test_pinyin_is_no_part_of_the_issuer_and_stays_in_the_title(syllable: str) -> None:
    title = re.sub("[\u4e00-\u9fff]", lambda m: m[0] + syllable, TITLE)
    assert read(title) == (title, "青梧县水务局", 2023)


def test_another_word_for_information_makes_a_title_too() -> None:
    title = "臨梧縣水務局2023年政府資訊公開工作年度報告"
    assert read(title) == (title, "临梧县水务局", 2023)


@pytest.mark.parametrize("before", ["", "首页 > 2016年 打印 分享 ", "今天是2033年6月9日 星期四 "])
@pytest.mark.parametrize("after", ["", "　根据《条例》第五十条，编制本年度报告。", " 发布日期：2024-01-02 来源：县水务局"])
@pytest.mark.parametrize("one_line", [False, True])
def test_a_title_among_other_words_of_its_line_is_found(before: str, after: str, *, one_line: bool) -> None:
    assert read(before + TITLE + after, one_line=one_line) == (TITLE, "青梧县水务局", 2023)


def test_a_breadcrumb_is_no_title() -> None:
    assert read("首页 > 政务公开 > 2016年政府信息公开年报 > 正文") == (None, None, None)
