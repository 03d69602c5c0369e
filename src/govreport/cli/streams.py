"""What the commands write to: a console of whatever code page, a pipe that may close, a file."""

from __future__ import annotations

import os
import sys

from govreport.cli.spoken import speak, spoken
from govreport.errors import GovReportError

__all__ = ["complain", "debugging", "discard_stdout", "emit", "fail", "prepare", "say", "why"]


_UNFORESEEN = "{kind}: {cause} (this should not happen; set GOVREPORT_DEBUG=1 to see where)"


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


def complain(text: str, **facts: object) -> None:
    """One line on the error stream, in the language of the command."""
    print(f"govreport: {' '.join(speak(text, **facts).split())}", file=sys.stderr)


def fail(error: Exception) -> int:
    """Say why the command could not do its work, on one line, and return its exit code."""
    complain(why(error))
    return 2 if isinstance(error, (GovReportError, OSError)) else 70


def why(error: Exception) -> str:
    """An error in a line: what a user can help in its own words, what no one foresaw with a way to find out more."""
    if isinstance(error, GovReportError):
        text = error.text(spoken())
    elif isinstance(error, OSError):
        text = f"{error.filename}: {error.strerror}" if error.filename is not None else str(error)
    else:
        text = speak(_UNFORESEEN, kind=type(error).__name__, cause=error)
    return " ".join(text.split())


def debugging() -> bool:
    """Whether the user would rather see tracebacks."""
    return bool(os.environ.get("GOVREPORT_DEBUG"))


def discard_stdout() -> None:
    """Send what is left to nowhere, or the interpreter complains about the broken pipe when it flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
