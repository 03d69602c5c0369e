"""What the commands share: files to reports, the language, arguments that mean the same everywhere."""

from __future__ import annotations

import argparse
import functools
import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar, cast

from govreport import default_engine
from govreport.cli.streams import complain, debugging, why
from govreport.config import Settings, load_settings
from govreport.errors import GovReportError, SourceError
from govreport.model import Report
from govreport.wording import Lang

__all__ = ["Files", "add_files", "add_lang", "add_width", "document", "file_names", "language", "load", "settings"]

T = TypeVar("T")
STDIN = "-"
_OWN_JSON = b'"schema_version"'
_HEAD = 200


def add_files(parser: argparse.ArgumentParser) -> None:
    """The documents of a command, one or more."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a report in any form (html, docx, xlsx, pdf, txt, …); - is stdin"
    )


def add_lang(parser: argparse.ArgumentParser) -> None:
    """The language of messages about a report."""
    parser.add_argument("--lang", choices=["zh", "en"], help="language of messages (default: GOVREPORT_LANG, settings, zh)")


def add_width(parser: argparse.ArgumentParser) -> None:
    """The width to draw for."""
    parser.add_argument("--width", type=int, metavar="N", help="columns to draw for (default: the terminal's, 80 in a pipe)")


def language(args: argparse.Namespace) -> Lang:
    """The language asked for by option, by GOVREPORT_LANG, by the settings, in this order; else Chinese."""
    asked = (args.lang, os.environ.get("GOVREPORT_LANG", "").lower()[:2], settings().lang)
    return cast("Lang", next((lang for lang in asked if lang in {"zh", "en"}), "zh"))


@functools.cache
def settings() -> Settings:
    """The settings that hold where the command is called: govreport.toml, or [tool.govreport] in pyproject.toml."""
    return load_settings()


def file_names(patterns: Iterable[str]) -> Iterator[str]:
    """The files named; patterns that the shell left alone (as on Windows) are expanded here."""
    for pattern in patterns:
        found = [] if os.path.exists(pattern) else sorted(glob.glob(pattern))  # noqa: PTH110, PTH207 - any text is allowed here
        yield from found or [pattern]


def load(name: str) -> Report:
    """The report in a file, or on stdin for `-`; also one that govreport wrote as JSON."""
    if name == STDIN:
        return _from_bytes(sys.stdin.buffer.read())
    path = Path(name)
    if path.suffix.lower() == ".json" and path.is_file():
        return _from_bytes(path.read_bytes())
    return default_engine().load(path)


def document(name: str) -> Path | bytes:
    """What `govreport.detect` takes: the path, or the bytes that stdin holds."""
    return sys.stdin.buffer.read() if name == STDIN else Path(name)


def _from_bytes(data: bytes) -> Report:
    from govreport.serialize import from_json  # noqa: PLC0415 - only where a report comes as JSON

    engine = default_engine()
    return from_json(_text(data), engine.vocabulary) if _OWN_JSON in data[:_HEAD] else engine.load(data)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("JSON must be UTF-8: {cause}", cause=str(error)) from error


class Files:
    """The reports of many files, one after another; what cannot be read is told on stderr and counted, the rest goes on."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.names = tuple(file_names(patterns))
        self.errors: dict[str, str] = {}

    def __iter__(self) -> Iterator[tuple[str, Report]]:
        for name in self.names:
            report = self.attempt(name, functools.partial(load, name))
            if report is not None:
                yield name, report

    def attempt(self, name: str, work: Callable[[], T]) -> T | None:
        """What `work` gives; None if it fails, which is told and counted against the file."""
        try:
            return work()
        except Exception as error:
            if not isinstance(error, (GovReportError, OSError)) and debugging():
                raise
            self.errors[name] = why(error)
            complain(self.errors[name] if name in self.errors[name] else ": ".join((name, self.errors[name])))
            return None
