"""What may stand where a file should: each is named, none is waited for."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import govreport
from govreport.errors import SourceError


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(path)
    return path


def refused(path: Path, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        govreport.load(path)


def test_a_named_pipe_is_not_waited_for(pipe: Path) -> None:
    start = time.monotonic()
    refused(pipe, "pipe or device")
    assert time.monotonic() - start < 60  # nobody will ever write


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_devices(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"this system has no {device}")
    refused(Path(device), "pipe or device")


def test_directories_and_what_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path, "directory")
    refused(tmp_path / "gone.html", "cannot be read")
    refused(tmp_path / "a\0b.html", "cannot be read|null")
    refused(tmp_path / ("长" * 300), "cannot be read")


def test_a_file_that_vanishes_or_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "gone.html")
    refused(link, "cannot be read")
    link.unlink()
    link.symlink_to(link)
    refused(link, "cannot be read")
    path = tmp_path / "report.txt"
    path.write_text("x", "utf-8")

    def vanished(_: Path, *_args: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "open", vanished)
    refused(path, "No such file")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b" \r\n\t", "white space"), (b"\xef\xbb\xbf", "white space|no reader|annual report")],
)
def test_files_that_hold_nothing(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    with pytest.raises(govreport.GovReportError, match=words):
        govreport.load(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("x", "utf-8")
    path.chmod(0)
    refused(path, "Permission denied")
