"""Lines of any length: what is looked for in a line is looked for in time that grows as the line does."""

from __future__ import annotations

import time

import pytest

import govreport
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects

LENGTH = 20_000
SECONDS = 5.0
"""Hundreds of times what they need; what is squared in the length takes longer."""

ORDINARY = [
    "a",
    "1",
    "1 ",
    "a ",
    "1,",
    "|",
    "| ",
    "+-",
    "-",
    "─",
    "│",
    "(",
    "年",
    "2023年",
    "一",
    "一、",
    "、",
    "规章 1 ",
    "\u3000",
    "<b>",
]


@pytest.mark.parametrize("line", ["{}", "x{}x", "+{}!1"])
@pytest.mark.parametrize("unit", ORDINARY)
def test_a_long_line_takes_no_longer_than_its_length(unit: str, line: str) -> None:
    head = "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    start = time.process_time()
    report = govreport.loads(
        head + line.format(unit * (LENGTH // len(unit))) + "\n三、收到和处理政府信息公开申请情况\n四、其他\n"
    )
    list(govreport.check(report))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(("layout", "unit"), [("keyed_nested", "”"), ("addressed", "\t"), ("aligned", "* "), ("keyed", "\t，")])
def test_nor_does_one_among_the_rows_of_a_table(layout: str, unit: str) -> None:
    form = builtin_forms()[-1]
    lines = text_of(make_report(form, values_for(form, "unique", dice(3))), subjects((layout,))[0]).split("\n")
    row = next(at for at, line in enumerate(lines) if "自然人" in line)
    for line in (unit * (LENGTH // len(unit)), lines[row] + unit * (LENGTH // len(unit)) + "x"):
        start = time.process_time()
        govreport.loads("\n".join([*lines[:row], line, *lines[row:]]))
        assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("unit", "before"),
    [
        ("%" * 50_000 + "一、总体情况" * 8_000, ""),
        ("总计" * 100_000, "自然人"),
        ('{"' * 25_000 + "\\" * 50_000, "自然人"),
        ("¶" + " " * 100_000 + "x", "自然人"),
        ("+" + "-" * 100_000 + "!1", "自然人"),
    ],
)
def test_nor_do_those_that_fill_a_page(unit: str, before: str) -> None:
    form = builtin_forms()[-1]
    text = text_of(make_report(form, values_for(form, "unique", dice(3))), subjects(("lines",))[0])
    start = time.process_time()
    govreport.loads(text.replace(before, f"{unit}\n{before}", 1))
    assert time.process_time() - start < SECONDS
