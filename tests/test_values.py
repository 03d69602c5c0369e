"""What a cell says where no number can be read: something is there, and nobody can say which."""

from __future__ import annotations

import pytest

from govreport.values import Kind, classify, read_value


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A1:B2)",
        "=…",
        "=-A1",
        "=$C$4+1",
        "#REF!",
        "#DIV/0!",
        "#N/A",
        "#####",
        "1\u03362\u0336",
        "9\u033612",
        "129\u0336",
        "\ufffc",
    ],
)
def test_a_number_that_nobody_can_tell(text: str) -> None:
    assert classify(text) is Kind.NUMBER
    assert read_value(text) is None


@pytest.mark.parametrize("text", ["=====", "= 12", "#", "##", "#1", "规\u0336", "=甲", "***", "*12", "：", "共12页", "共12"])
def test_what_is_no_such_number(text: str) -> None:
    assert classify(text) is Kind.TEXT


@pytest.mark.parametrize(
    ("text", "value", "sure"),
    [
        ("\u200e12\u200f", 12, True),
        ("\u2066-3\u2069", -3, True),
        ("1\u200e2", 12, False),
        ("1\u202f234\u202f567.5", "1234567.5", True),
    ],
)
def test_marks_that_nobody_sees(text: str, value: object, sure: bool) -> None:  # noqa: FBT001 - a value of the table above
    """Inside a number they may part two."""
    reading = read_value(text)
    assert reading is not None
    assert str(reading.value) == str(value)
    assert reading.sure is sure


@pytest.mark.parametrize("text", ["\u202e21\u202c", "1\u202f23", "12\u2009345"])
def test_digits_that_may_be_read_otherwise(text: str) -> None:
    """Turned around, or parted by what is no mark of thousands."""
    assert read_value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "'12",
        "'12'",
        "’12",
        '="12"',
        "=12",
        '"12"',
        "“12”",
        "**12**",
        "_12_",
        "`12`",
        "$12$",
        "：12",
        ": 12",
        "共12件",
        "共 12 条",
    ],
)
def test_a_number_held_as_it_was_typed(text: str) -> None:
    reading = read_value(text)
    assert reading is not None
    assert (int(reading.value), reading.sure, classify(text)) == (12, True, Kind.NUMBER)


@pytest.mark.parametrize("text", ["'", '""', "“规章”", "'甲'"])
def test_what_is_quoted_and_no_number(text: str) -> None:
    assert classify(text) is Kind.TEXT


@pytest.mark.parametrize("text", ["0/0", "0 / 0", "０／０"])
def test_nothing_more_and_nothing_less(text: str) -> None:
    found = read_value(text)
    assert classify(text) is Kind.NUMBER
    assert found is not None
    assert found.value == 0
    assert not found.sure
    assert read_value("1/2") is None


@pytest.mark.parametrize("text", ["NA", "N/A", "undefined", "NaN", "None", "null"])
def test_what_programs_write_for_nothing(text: str) -> None:
    assert classify(text) is Kind.EMPTY


def test_a_question_mark_at_a_number_may_be_a_digit() -> None:
    readings = [read_value(text) for text in ("? 12", "？12", "?12")]
    assert [reading is not None and reading.sure for reading in readings] == [True, False, False]
