"""The examples are matched whole: were one taken the long way, every report like it would cost ten times as much."""

from __future__ import annotations

from pathlib import Path

import pytest

import govreport
from govreport.binding import tables

REPORTS = sorted(Path("examples/reports").iterdir())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_an_example_needs_no_alignment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "bind_table", None)
    assert govreport.load(path).tables
