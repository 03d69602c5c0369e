"""Word 97 documents (.doc, .wps): LibreOffice makes a .docx of them, and that is read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from govreport.errors import MissingDependencyError, SourceError
from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.ole import OLE2_SIGNATURE, first_stream
from govreport.readers.word.wordml import read_docx
from govreport.source import Limits, Source

__all__ = ["Word97Reader"]

_STREAMS = ("WordDocument", "Workbook", "Book", "EncryptedPackage")
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120
_PROFILE = "profile"
_LARGEST_PROFILE = 5_000_000  # bytes; usually half a megabyte
_SURE, _UNKNOWN_OLE2 = 1.0, 0.2
_FIB_FLAGS = 10  # offset of the flags in the header of a WordDocument stream
_FIB_MAGIC = b"\xec\xa5"
_ENCRYPTED = 0x01  # of the second byte of the flags

Profile = Mapping[str, bytes]
"""The files of a LibreOffice profile. One that exists already halves the time of a start; copies of it are small."""


class Word97Reader:
    """Reads .doc and .wps; needs LibreOffice on the path, and lxml (extra `docx`)."""

    name = "word97"

    def __init__(self) -> None:
        self._profile: Profile = {}

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """An OLE2 file with a WordDocument stream, or an encrypted Office document."""
        if not data.startswith(OLE2_SIGNATURE):
            return None
        stream = first_stream(data, *_STREAMS)
        if stream in {"WordDocument", "EncryptedPackage"}:
            return Claim(self.name, _SURE, (f"an OLE2 file with the stream {stream}",))
        return Claim(self.name, _UNKNOWN_OLE2, ("an OLE2 file",)) if stream is None else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """What LibreOffice makes of it, read as a .docx."""
        check_size(data, limits, "doc")
        _check_readable(data)
        converted, profile = _converted(data, self._profile)
        self._profile = self._profile or profile
        return evolve(read_docx(converted, limits), container="doc")


def _check_readable(data: bytes) -> None:
    stream = first_stream(data, *_STREAMS)
    if stream == "EncryptedPackage" or _is_encrypted_word(data):
        raise SourceError("the Office document is encrypted; save it without a password", container="doc", encrypted=True)
    if stream != "WordDocument":
        raise SourceError("the OLE2 file is damaged or no Word document: it has no stream WordDocument", container="doc")


def _is_encrypted_word(data: bytes) -> bool:
    """The flag in the header of the WordDocument stream, which starts on a sector of its own."""
    at = data.find(_FIB_MAGIC, len(OLE2_SIGNATURE))
    while at >= 0 and at % 512:
        at = data.find(_FIB_MAGIC, at + 1)
    return 0 <= at < len(data) - _FIB_FLAGS - 1 and bool(data[at + _FIB_FLAGS + 1] & _ENCRYPTED)


def _converted(data: bytes, profile: Profile) -> tuple[bytes, Profile]:
    """The document as .docx, and the profile that LibreOffice left behind, if it started without one."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise MissingDependencyError(
            "reading .doc and .wps needs LibreOffice: install it (apt install libreoffice-writer, "
            "https://www.libreoffice.org) so that `soffice` is on the path, or save the document as .docx",
            extra=None,
            program="soffice",
        )
    # LibreOffice refuses a second instance on one profile, so that each conversion brings its own.
    with tempfile.TemporaryDirectory(prefix="govreport-", ignore_cleanup_errors=True) as folder:
        document = Path(folder, "document.doc")
        document.write_bytes(data)
        _write_profile(document.parent / _PROFILE, profile)
        said = _run(program, document)
        converted = document.with_suffix(".docx")
        if not converted.exists():
            raise SourceError("LibreOffice could not read the document: {cause}", container="doc", cause=said or "?")
        return converted.read_bytes(), {} if profile else _read_profile(document.parent / _PROFILE)


def _write_profile(folder: Path, profile: Profile) -> None:
    for name, data in profile.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read_profile(folder: Path) -> Profile:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    if sum(path.stat().st_size for path in paths) > _LARGEST_PROFILE:
        return {}
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def _run(program: str, document: Path) -> str:
    profile = document.parent / _PROFILE
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(document.parent), str(document)]
    with tempfile.TemporaryFile(dir=document.parent) as said:
        # A group of its own, since soffice is a script that starts the program proper: both must end.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)  # noqa: S603 - no shell
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise SourceError(
                "LibreOffice did not finish within {seconds} seconds; the document may be damaged",
                container=document.suffix[1:],
                seconds=_SECONDS,
            ) from error
        finally:
            _end(process)
        said.seek(0)
        return said.read().decode("utf-8", "replace").strip()[-200:]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
