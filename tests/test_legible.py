"""What a person takes a cell for that says a number and more."""

from __future__ import annotations

import pytest

from govreport.legible import likely
from govreport.values import read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.", 12),
        ("：12", 12),
        ("12、", 12),
        ("**12**", 12),
        ("【12】", 12),
        ("①12", 12),
        ("&nbsp;12", 12),
        ("<b>12</b>", 12),
        ("约12余", 12),
        ("共计12件", 12),
        ("12 34.5%", 12),
        ("1.2E+03", 1200),
        ("1'234", 1234),
        ("0012", 12),
        ("1O2", 102),
        ("l2", 12),
        ("○", 0),
    ],
)
def test_one_number_and_more(text: str, value: int) -> None:
    assert likely(text) == value


@pytest.mark.parametrize(
    "text", ["3/5", "3、5", "12→15", "1²3", "3-5", "见附件", "#REF!", "=SUM(A1:A3)", "2023-03-05", "", "12 34"]
)
def test_two_numbers_or_none(text: str) -> None:
    assert likely(text) is None


@pytest.mark.parametrize("text", ["零", "〇"])
def test_nothing_in_words_is_a_number(text: str) -> None:
    reading = read_value(text)
    assert reading is not None
    assert (int(reading.value), reading.sure) == (0, True)


def test_numbers_far_apart_are_not_one() -> None:
    assert likely(f"1{' ' * 4_000}2x") is None
