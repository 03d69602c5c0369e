"""Files as they are handed over: read whole, whatever their size is said to be, and never more than the limit."""

from __future__ import annotations

import os
import threading
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("limit", [len(TEXT), len(TEXT) - 1])
def test_a_pipe_has_no_size_and_is_read_all_the_same(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(TEXT), daemon=True)
    writer.start()
    engine = Engine(limits=Limits(bytes=limit))
    if limit == len(TEXT):
        assert engine.load(path).year == 2023
    else:
        with pytest.raises(SourceError, match="larger than"):
            engine.load(path)
    writer.join(timeout=10)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory"):
        Engine().load(tmp_path)
