"""Cells with a pipe behind them: on their line, or on the next."""

from __future__ import annotations

import pytest

from govreport.formats.pipes import PIPE_FORMATS
from govreport.source import Source, SourceSection

NUMBERS = [*map(str, range(11, 40))]


@pytest.mark.parametrize("pipe", [" |", "\n|"])
def test_a_number_without_its_pipe_belongs_to_the_cell_that_follows(pipe: str) -> None:
    text = pipe.join(["规章", *NUMBERS, ""]).replace(f"{pipe}23{pipe}", f"{pipe}\n5\n\n23{pipe}").replace("|", "|\n").strip()
    lines = tuple(text.split("\n"))
    section = SourceSection(number="二", heading=None, lines=lines, source=Source(lines=lines))
    found = [piece.text for piece in PIPE_FORMATS[0].read(section)]
    assert found == ["规章", *NUMBERS[:12], "5\n23", *NUMBERS[13:]]
