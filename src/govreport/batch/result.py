"""What became of one document: its report with the findings, or the error."""

from __future__ import annotations

import hashlib
import io
import time
import traceback
from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from govreport.errors import GovReportError, SourceError
from govreport.model import CheckResult, Finding, Report

__all__ = [
    "DocumentTimeoutError",
    "Loader",
    "Result",
    "UnexpectedError",
    "WorkerDiedError",
    "as_error",
    "default_loader",
    "lost_error",
    "read_one",
]

Loader: TypeAlias = Callable[[bytes, str], tuple[Report, CheckResult]]
"""Makes a report and its findings from the bytes of a document and its name (a hint at most).

It crosses a process boundary: it must be a function of a module.
"""


class WorkerDiedError(SourceError):
    """The process that read this document died: a crash in a library, or killed by the system for its memory."""


class DocumentTimeoutError(SourceError):
    """Reading this document took longer than the limit; `seconds` says which."""


class UnexpectedError(GovReportError):
    """Reading this document failed in a way that nobody foresaw; `kind` and `traceback` say how."""


@frozen(kw_only=True)
class Result:
    """One document of many: `report` with `check`, or `error`.

    `path` is the path as it was given, `digest` the SHA-256 of the content (None where it could not be had), `seconds` what
    reading and checking took.
    """

    path: str
    report: Report | None = None
    check: CheckResult | None = None
    error: GovReportError | None = None
    digest: str | None = None
    seconds: float = 0.0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings on the report; none where there is only an error."""
        return () if self.check is None else self.check.findings

    def unwrap(self) -> Report:
        """The report, or its error raised."""
        if self.report is None:
            raise self.error or UnexpectedError(
                "{kind}: {cause}", kind="Result", cause=f"{self.path}: neither report nor error", traceback=""
            )
        return self.report


class _Named(io.BytesIO):
    """Bytes that know the name of their file."""

    name = ""


def default_loader(data: bytes, name: str) -> tuple[Report, CheckResult]:
    """Read and check with the default engine."""
    import govreport  # noqa: PLC0415 - the engine must not be loaded before it is asked for

    file = _Named(data)
    file.name = name
    report = govreport.load(file)
    return report, govreport.check(report)


def read_one(path: str, fetch: Callable[[], bytes], load: Loader) -> Result:
    """Read one document; whatever goes wrong becomes its `error`. `fetch` gives the bytes."""
    start = time.perf_counter()
    digest = None
    try:
        data = fetch()
        digest = hashlib.sha256(data).hexdigest()
        report, check = load(data, path)
    except Exception as error:  # noqa: BLE001 - one document must not stop the others; it is recorded whole
        return Result(path=path, error=as_error(error), digest=digest, seconds=time.perf_counter() - start)
    return Result(path=path, report=report, check=check, digest=digest, seconds=time.perf_counter() - start)


def as_error(error: Exception) -> GovReportError:
    """The error itself if it is ours, a `SourceError` for what the system refused, else an `UnexpectedError`."""
    if isinstance(error, GovReportError):
        return error
    if isinstance(error, OSError):
        return SourceError("cannot be read: {cause}", errno=error.errno, cause=error.strerror or str(error))
    trace = "".join(traceback.format_exception(error))
    return UnexpectedError("{kind}: {cause}", kind=type(error).__name__, cause=str(error), traceback=trace)


def lost_error(why: str, detail: str, limit: float | None) -> GovReportError:
    """The error of a document whose worker was lost; `why` is "timeout" or "died"."""
    if why == "timeout":
        return DocumentTimeoutError("not read in time" if limit is None else "not read within {seconds:g} s", seconds=limit)
    return WorkerDiedError("the process that read it died ({detail})", detail=detail)
