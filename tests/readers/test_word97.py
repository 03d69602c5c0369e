"""Word 97 documents: recognised by content, converted by LibreOffice, refused with a reason."""

from __future__ import annotations

import io
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

import pytest
from attrs import evolve

from govreport.errors import MissingDependencyError, SourceError
from govreport.readers import word97
from govreport.readers.docx import DocxReader
from govreport.readers.ole import OLE2_SIGNATURE, first_stream
from govreport.readers.word97 import Word97Reader
from govreport.source import Limits

READER = Word97Reader()
OFFICE = which("soffice") or which("libreoffice")
RTF = rb"{\rtf1\ansi\ansicpg936 \u19968?\u12289?\u24635?\u20307?\par \trowd\cellx2000\cellx4000\intbl 12\cell 34\cell\row\pard}"


def compound(*streams: str) -> bytes:
    """The directory of an OLE2 file with these streams, and nothing in them."""
    entries = b"".join(_entry(name) for name in ("Root Entry", *streams))
    return OLE2_SIGNATURE + bytes(512 - len(OLE2_SIGNATURE)) + entries


def _entry(name: str) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + bytes(62)


DOC = compound("WordDocument", "1Table")
"""Enough for everything but LibreOffice itself."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Three real ones, with a number each."""
    folder = tmp_path_factory.mktemp("documents")
    sources = [folder / f"{number}.rtf" for number in (31, 32, 33)]
    for path in sources:
        path.write_bytes(RTF.replace(b"12", path.stem.encode()))
    _convert(folder, *sources)
    return [path.with_suffix(".doc").read_bytes() for path in sources]


def _convert(folder: Path, *sources: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97", "--outdir"]
    subprocess.run([*command, str(folder), *map(str, sources)], check=True, capture_output=True, timeout=120)


def test_the_directory_tells_what_a_file_is() -> None:
    data = compound("WordDocument", "Workbook")
    assert first_stream(data, "Workbook", "WordDocument") == "WordDocument"
    assert first_stream(compound("Data"), "Workbook") is None
    assert first_stream(b"WordDocument", "WordDocument") is None


@pytest.mark.parametrize(
    ("data", "confidence"),
    [
        (compound("WordDocument", "1Table"), 1.0),
        (compound("EncryptionInfo", "EncryptedPackage"), 1.0),
        (compound("Something"), 0.2),
        (compound("Workbook"), None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_claims_by_content(data: bytes, confidence: float | None) -> None:
    claim = READER.claim(data, "report.doc")
    assert (None if claim is None else claim.confidence) == confidence


def test_a_password_is_named() -> None:
    with pytest.raises(SourceError, match="encrypted"):
        READER.read(compound("EncryptionInfo", "EncryptedPackage"), Limits())
    header = b"\xec\xa5" + bytes(9) + b"\x01"
    with pytest.raises(SourceError, match="encrypted"):
        READER.read(compound("WordDocument").ljust(1536, b"\0") + header + bytes(500), Limits())


def test_an_ole2_file_that_is_no_document() -> None:
    with pytest.raises(SourceError, match="no stream WordDocument"):
        READER.read(compound("Something"), Limits())


def test_limits() -> None:
    with pytest.raises(SourceError, match="bytes"):
        READER.read(DOC, evolve(Limits(), bytes=10))


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(MissingDependencyError, match="LibreOffice"):
        READER.read(DOC, Limits())


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("script", "message"),
    [("sleep 60", "did not finish"), ("echo broken >&2; exit 1", "broken")],
)
def test_a_conversion_that_hangs_or_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, message: str) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(word97, "_SECONDS", 1)
    with pytest.raises(SourceError, match=message):
        READER.read(DOC, Limits())


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_conversions_at_the_same_time_do_not_disturb_each_other(documents: list[bytes]) -> None:
    """Two instances on one profile would: the second hands its document to the first and ends."""
    with ThreadPoolExecutor(3) as threads:
        sources = list(threads.map(lambda data: READER.read(data, Limits()), documents))
    assert [source.grids[0].cells[0].text for source in sources] == ["31", "32", "33"]


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_each_conversion_has_a_profile_of_its_own_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/profiles\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    for _ in range(2):
        with pytest.raises(SourceError, match="could not read"):
            READER.read(DOC, Limits())
    profiles = (tmp_path / "profiles").read_text("utf-8").splitlines()
    assert len(set(profiles)) == 2
    assert not any(Path(profile.partition("file://")[2]).parent.exists() for profile in profiles)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_what_a_hanging_program_started_ends_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """soffice is a script around the program proper."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(word97, "_SECONDS", 1)
    with pytest.raises(SourceError, match="did not finish"):
        READER.read(DOC, Limits())
    child = Path("/proc", (tmp_path / "child").read_text("ascii").strip(), "stat")
    end = time.monotonic() + 5
    while child.exists() and ") Z " not in child.read_text("utf-8") and time.monotonic() < end:
        time.sleep(0.05)
    assert not child.exists() or ") Z " in child.read_text("utf-8")


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_doc_reads_as_the_docx_it_was(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(rows=2, cols=3)
    for index, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = str(index)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "题"
    document.add_paragraph("二、后文")  # as Word has it: no document ends with a table
    out = io.BytesIO()
    document.save(out)
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    _convert(tmp_path, path)
    data = (tmp_path / "a.doc").read_bytes()
    expected, found = DocxReader().read(out.getvalue(), Limits()), READER.read(data, Limits())
    assert found.grids == expected.grids
    assert [line for line in found.lines if line] == [line for line in expected.lines if line]
    assert found.container == "doc"


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_conversions_at_the_same_time_do_not_meet(documents: list[bytes]) -> None:
    """Each has a profile of its own, whether it is new or the copy of one that was kept."""
    reader = Word97Reader()
    for _ in range(2):
        with ThreadPoolExecutor(3) as pool:
            sources = list(pool.map(lambda data: reader.read(data, Limits()), documents))
        assert [source.grids[0].cells[0].text for source in sources] == ["31", "32", "33"]
