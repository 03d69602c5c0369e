"""What the commands write to: a console of whatever code page, a pipe that may close, a file."""

from __future__ import annotations

import os
import sys

from govreport.errors import GovReportError

__all__ = ["complain", "discard_stdout", "emit", "fail", "prepare", "say"]


def prepare() -> None:
    r"""Make the console take every character: what its code page does not have is shown as `\u4e2d`, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line, or several, for a person."""
    print(text)


def emit(data: bytes) -> None:
    """A document for a program: its very bytes into a pipe or file, readable text on a console."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None or sys.stdout.isatty():
        sys.stdout.write(data.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:  # with PYTHONUNBUFFERED the buffer is none, and writes no more than the pipe takes
        rest = rest[raw.write(rest) :]
    raw.flush()


def complain(text: str) -> None:
    """One line on the error stream."""
    print(f"govreport: {' '.join(text.split())}", file=sys.stderr)


def fail(error: Exception) -> int:
    """Say why the command could not do its work, on one line."""
    expected = isinstance(error, (GovReportError, OSError))
    if isinstance(error, OSError) and not isinstance(error, GovReportError) and error.filename is not None:
        complain(f"{error.filename}: {error.strerror}")
    elif expected:
        complain(str(error))
    else:
        complain(f"{type(error).__name__}: {error} (this should not happen; set GOVREPORT_DEBUG=1 to see where)")
    return 2 if expected else 70


def discard_stdout() -> None:
    """Send what is left to nowhere, or the interpreter complains about the broken pipe when it flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
