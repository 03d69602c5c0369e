"""Loaders that stand in for the real one, each with a fault: what it does is said by the first word of the document."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from govreport.errors import NotAReportError
from govreport.model import CheckResult, Finding, Report, Severity


def fake(data: bytes, _: str) -> tuple[Report, CheckResult]:
    """A report whose title is the text; `die`, `hang`, `bug`, `refuse`, `slow` and `print` do so."""
    word, _, rest = data.decode().partition(" ")
    if word in _FAULTS:
        _FAULTS[word](rest)
    finding = Finding(code="prose.total", severity=Severity.WARNING, message="不一致", english="differs")
    year = 2020 + len(data) % 5
    return Report(title=data.decode(), year=year, form="2021"), CheckResult(findings=(finding,))


def _die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_once(marker: str) -> None:
    if not Path(marker).exists():
        Path(marker).touch()
        _die(marker)


def _bug(_: str) -> None:
    message = "nobody thought of this"
    raise ZeroDivisionError(message)


def _refuse(_: str) -> None:
    message = "not a report"
    raise NotAReportError(message)


_FAULTS: dict[str, Callable[[str], None]] = {
    "die": _die,
    "die_once": _die_once,
    "hang": lambda _: time.sleep(1000),
    "slow": lambda _: time.sleep(0.3),
    "bug": _bug,
    "refuse": _refuse,
    "print": print,
}
