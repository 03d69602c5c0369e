"""Files as they are handed over: read whole, whatever their size is said to be, and never more than the limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport import Engine, Limits, SourceError

TEXT = "青梧县水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n一切平稳。\n".encode()


def test_a_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT)
    assert Engine(limits=Limits(bytes=len(TEXT))).load(path).year == 2023
    with pytest.raises(SourceError, match="larger than"):
        Engine(limits=Limits(bytes=len(TEXT) - 1)).load(path)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory"):
        Engine().load(tmp_path)
