"""Attributes behind and around words are taken away, and columns stay where they are."""

from __future__ import annotations

import pytest

from govreport.clearing.styles import unstyled
from govreport.engine import loads
from govreport.source import Source


def lines(*texts: str) -> tuple[str, ...]:
    return unstyled(Source(lines=texts)).lines


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('二、[公开]{.a}情况[]{lang="EN-US"}', "二、公开情况"),
        ('  规章[]{lang="zh"}   [0]{lang="EN-US"}  [12]{.b}', "  规章                0                  12"),
        ("| [[3]{.a}]{.b} | [x](y) |", "| 3             | [x](y) |"),
        ("## 二、公开 {#anchor .unnumbered}", "## 二、公开"),
        ('::: {.content id="a"}', ""),
        (":::", ""),
        ("| 12<sup>1</sup> | <del class='a'>9</del>12 |", "| 12¹            | 9\u033612                      |"),
        ("见附件[1]{注}，[2]", "见附件[1]{注}，[2]"),
        ("\\[0]{.a}", "\\[0]{.a}"),
    ],
)
def test_words_stay_where_they_were(text: str, bare: str) -> None:
    assert lines(text) == (bare,)


def test_code_and_tags_that_come_again_and_again() -> None:
    assert lines(*["| `规章```{lang: en} |"] * 3)[0] == "| 规章               |"
    assert lines(*["| <class name='a'>规章</class><class></class> |"] * 3)[0].split() == ["|", "规章", "|"]
    assert lines("a `b`{lang: en}", "<x>1</x>") == ("a `b`{lang: en}", "<x>1</x>")
    assert lines(*["<td>1</td>"] * 4)[0] == "<td>1</td>"


def test_a_wrapped_cell_of_a_box_is_put_together() -> None:
    row = (
        '| [规章]{lang="E | [3]{lang="E | [0]{lang="E | [12]{lang="E |',
        '| N-US"}         | N-US"}      | N-US"}      | N-US"}       |',
    )
    rule = "+----------------+-------------+-------------+--------------+"
    head = "| 信息内容       |本年制发件数 |本年废止件数 |现行有效件数  |"
    box = "\n".join((rule, head, rule, *row, rule, *(line.replace("规章", "办法") for line in row), rule))
    report = loads(
        f"某某局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n\n二、主动公开政府信息情况\n\n{box}\n\n三、收到和处理\n"
    )
    assert [report[f"disclosure.rules.{key}"] for key in ("issued", "repealed", "in_force")] == [3, 0, 12]
