"""Boxes so narrow that labels and numbers are broken at each character."""

from __future__ import annotations

import itertools
import re

import pytest

from govreport.formats.boxed import BoxFormat
from govreport.source import Source, SourceSection


def pieces(text: str) -> list[list[str]]:
    lines = tuple(text.split("\n"))
    found = BoxFormat().read(SourceSection(number="三", heading=None, lines=lines, source=Source(lines=lines)))
    rows = itertools.groupby(found, key=lambda piece: piece.row)
    return [[re.sub(r"(?<!\d)\n|\n(?!\d)", "", piece.text) for piece in row] for _, row in rows]


def boxed(rows: list[list[str]], *, bordered: bool = True) -> str:
    """Columns as narrow as one Chinese character."""
    rule = "+" + "----+" * len(rows[0])
    lines = [rule]
    for number, row in enumerate(rows):
        cells = [cell.split("/") for cell in row]
        lines += ["|" + "|".join(f" {text:<3}" for text in line) + "|" for line in itertools.zip_longest(*cells, fillvalue="")]
        lines += [rule] if bordered or number in (0, len(rows) - 1) else []
    return "\n".join(lines)


HEAD = ["项/目", "个/人", "单/位"]


@pytest.mark.parametrize("broken", [("12/3", "45/67", "8"), ("1/23", "45/67", "8")])
def test_a_number_is_what_stands_from_above_to_below(broken: tuple[str, str, str]) -> None:
    first, second, third = broken
    rows = [
        HEAD,
        ["新/收/申/请", first, second],
        ["结/转/申/请", second, third],
        ["办/理", third, first],
        ["结/果/几/何", second, first],
    ]
    bare = [[cell.replace("/", "") for cell in row] for row in rows]
    assert pieces(boxed(rows)) == bare


def test_numbers_that_break_anywhere_are_not_joined() -> None:
    rows = [HEAD, ["新/收/申", "12/3", "4/56"], ["结/转/申", "7/89", "12/3"], ["办/理/申", "1/2", "3"]]
    assert not {"123", "456", "789"} & {text for row in pieces(boxed(rows)) for text in row}


def test_single_digits_of_several_rows_are_not_joined() -> None:
    rows = [HEAD, *([label, "3", "5"] for label in "甲乙丙丁戊己")]
    found = pieces(boxed(rows, bordered=False))
    assert not {"333333", "555555"} & {text for row in found for text in row}
