"""How far a run is: a line that rewrites itself on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from govreport.batch.jobs import ReadPart
from govreport.cli.spoken import speak

__all__ = ["Progress"]

_BAR = 24
_EVERY = 0.2
"""Seconds between two drawings."""


class Progress:
    """Counts documents; draws them where `stream` is a terminal (and `quiet` is not asked for)."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._visible = not quiet and self._stream.isatty()
        self._begun = self._drawn = time.monotonic()
        self._running: dict[int, int] = {}
        self.total: int | None = None
        self.read = self.skipped = self.errors = 0

    @property
    def seconds(self) -> float:
        """How long the run takes so far."""
        return time.monotonic() - self._begun

    def start(self, total: int | None) -> None:
        """The inputs are counted."""
        self.total = total
        self.note("starting")

    def step(self, job: object, position: int) -> None:
        """A worker begins with a document."""
        if isinstance(job, ReadPart):
            self._running[job.number] = position
        self._draw()

    def skip(self) -> None:
        """A document is done already."""
        self.skipped += 1
        self._draw()

    def lost(self, job: ReadPart) -> None:
        """A part must be read again."""
        self._running.pop(job.number, None)

    def done(self, job: ReadPart, read: int, errors: int) -> None:
        """A part is in the data set."""
        self._running.pop(job.number, None)
        self.read += read
        self.errors += errors
        self._draw()

    def note(self, what: str) -> None:
        """Say what goes on beside reading."""
        if self._visible:
            self._write(f"{self._line()} {speak(what)}")

    def finish(self) -> None:
        """Clear the line."""
        if self._visible:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw(self) -> None:
        if self._visible and time.monotonic() - self._drawn > _EVERY:
            self._drawn = time.monotonic()
            self._write(self._line())

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()

    def _line(self) -> str:
        read = self.read + sum(self._running.values())
        rate = read / self.seconds if self.seconds else 0.0
        done = read + self.skipped
        told = [
            f"{done:,}/{self.total:,}" if self.total is not None else f"{done:,}",
            f"{rate:.0f}/s",
            speak("{count:,} errors", count=self.errors),
        ]
        if self.total is not None and rate:
            told.append(speak("{time} left", time=_clock((self.total - done) / rate)))
        return f"{_bar(done, self.total)} {' · '.join(told)}"


def _bar(done: int, total: int | None) -> str:
    filled = _BAR * done // total if total else 0
    return f"[{'#' * filled}{'.' * (_BAR - filled)}]"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(max(0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
