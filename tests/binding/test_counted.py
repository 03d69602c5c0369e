"""A column that counts the rows, between their labels and their values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest

import govreport

ROW = {
    "markdown": (r"(?<=\| )(?=\d+(?: \| \d+){6} \|$)", " | "),
    "tabs": (r"(?<=\t)(?=\d+(?:\t\d+){6}$)", "\t"),
    "lines": (r"(?<=\n\n)(?=\d+(?:\n\n\d+){6}\n\n[^\n]*[^\d\n])", "\n\n"),
    "joined": (r"(?<= )(?=\d+(?: \d+){6}$)", " "),
}
"""Where the values of a row begin, and what parts them."""


def counted(text: str, layout: str, rows: int = 25, step: int = 1) -> str:
    """The text with a number before the values of the first rows of table 三."""
    start, numbers, (pattern, gap) = text.index("一、本年新收"), itertools.count(1, step), ROW[layout]
    made, count = re.subn(pattern, lambda _: f"{next(numbers)}{gap}", text[start:], count=rows, flags=re.MULTILINE)
    assert count == rows
    return text[:start] + made


@pytest.mark.parametrize("layout", ROW)
def test_they_are_no_values(written: Callable[..., str], layout: str) -> None:
    text = written(layout)
    report = govreport.loads(counted(text, layout))
    assert report.values() == govreport.loads(text).values()
    assert not report.unbound
    assert not report.doubts


@pytest.mark.parametrize("changed", [{"rows": 9}, {"step": 4}])
def test_a_few_prove_nothing(written: Callable[..., str], changed: dict[str, int]) -> None:
    report = govreport.loads(counted(written("markdown"), "markdown", **changed))
    assert report["requests.new.natural_person"] is None
