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


@pytest.mark.parametrize("text", ["=====", "= 12", "#", "##", "#1", "规\u0336", "=甲"])
def test_what_is_no_such_number(text: str) -> None:
    assert classify(text) is Kind.TEXT
