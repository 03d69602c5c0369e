"""Read China's government-information-disclosure annual reports, whatever layout they were left in.

import govreport
report = govreport.load("yuanping-2023.txt")
report["requests.granted.total"]
govreport.check(report)
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from govreport.engine import Engine
from govreport.errors import (
    GovReportError,
    InvalidDocumentError,
    MissingDependencyError,
    NotAReportError,
    PluginError,
    SourceError,
)
from govreport.hookspecs import hookimpl
from govreport.model import (
    Cell,
    CheckResult,
    Claim,
    Evidence,
    Fact,
    Finding,
    Piece,
    Place,
    Report,
    Section,
    Severity,
    Status,
    Table,
)
from govreport.source import Limits

if TYPE_CHECKING:
    from govreport.batch import load_many
    from govreport.checks import check_hierarchy, check_series
    from govreport.comparison import compare
    from govreport.serialize import from_json, to_json
    from govreport.writers import write

__all__ = [
    "Cell",
    "CheckResult",
    "Claim",
    "Engine",
    "Evidence",
    "Fact",
    "Finding",
    "GovReportError",
    "InvalidDocumentError",
    "Limits",
    "MissingDependencyError",
    "NotAReportError",
    "Piece",
    "Place",
    "PluginError",
    "Report",
    "Section",
    "Severity",
    "SourceError",
    "Status",
    "Table",
    "check",
    "check_hierarchy",
    "check_series",
    "compare",
    "default_engine",
    "detect",
    "from_json",
    "hookimpl",
    "load",
    "load_many",
    "loads",
    "to_json",
    "write",
]

__version__ = "0.1.0"

_LATER = {
    "check_hierarchy": "govreport.checks",
    "check_series": "govreport.checks",
    "compare": "govreport.comparison",
    "from_json": "govreport.serialize",
    "load_many": "govreport.batch",
    "to_json": "govreport.serialize",
    "write": "govreport.writers",
}
"""Public names that are imported when they are first used: reading one report needs none of them."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        msg = f"module 'govreport' has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(_LATER[name]), name)
    globals()[name] = found
    return found


@functools.cache
def default_engine() -> Engine:
    """The engine behind the module's functions, made on first use."""
    return Engine()


def load(source: str | os.PathLike[str] | bytes | IO[bytes]) -> Report:
    """Read the report in a file, an open binary file, or bytes; see `Engine.load`."""
    return default_engine().load(source)


def loads(text: str) -> Report:
    """Read the report in a text; see `Engine.loads`."""
    return default_engine().loads(text)


def detect(source: str | os.PathLike[str] | bytes | IO[bytes]) -> tuple[Claim, ...]:
    """Every claim of every plugin with its reasons; see `Engine.detect`."""
    return default_engine().detect(source)


def check(report: Report, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> CheckResult:
    """What does not add up, and what could not be read; see `Engine.check`."""
    return default_engine().check(report, select=select, ignore=ignore)
