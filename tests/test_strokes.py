"""Strokes in twos and threes are one mark where no stroke stands alone."""

from __future__ import annotations

import pytest

from govreport.clearing.strokes import single
from govreport.source import Source


@pytest.mark.parametrize("mark", ["||", "|||"])
def test_they_are_one_mark(mark: str) -> None:
    lines = [f"规章{mark}{mark}3{mark}0"] * 12
    one = "|" + " " * (len(mark) - 1)
    assert single(Source(lines=("一、情况", *lines))).lines == ("一、情况", *[f"规章{one}{one}3{one}0"] * 12)


@pytest.mark.parametrize("lines", [["规章||3||0"] * 11, [*["规章||3||0"] * 12, "办法|3"], ["规章||3|||0"] * 12])
def test_each_counts_where_one_stands_alone_or_lines_are_few(lines: list[str]) -> None:
    source = Source(lines=tuple(lines))
    assert single(source) is source
