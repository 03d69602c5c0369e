"""Read China's government-information-disclosure annual reports, whatever layout they were left in.

import govreport
report = govreport.load("yuanping-2023.txt")
report["requests.granted.total"]
govreport.check(report)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from govreport.errors import (
    GovReportError,
    InvalidDocumentError,
    MissingDependencyError,
    NotAReportError,
    PluginError,
    SourceError,
    WrongTypeError,
)
from govreport.hookspecs import hookimpl

if TYPE_CHECKING:
    from govreport.batch import load_many
    from govreport.checks import check_hierarchy, check_series
    from govreport.comparison import compare
    from govreport.engine import Engine, check, default_engine, detect, load, loads
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
    from govreport.serialize import from_json, to_json
    from govreport.source import Limits
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
    "WrongTypeError",
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

_ROOMS = {
    "batch": ("load_many",),
    "checks": ("check_hierarchy", "check_series"),
    "comparison": ("compare",),
    "engine": ("Engine", "check", "default_engine", "detect", "load", "loads"),
    "model": (
        *("Cell", "CheckResult", "Claim", "Evidence", "Fact", "Finding", "Piece"),
        *("Place", "Report", "Section", "Severity", "Status", "Table"),
    ),
    "serialize": ("from_json", "to_json"),
    "source": ("Limits",),
    "writers": ("write",),
}
"""Where each public name lives that is imported when it is first used, so that importing the package costs next to nothing."""
_LATER = {name: f"govreport.{room}" for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:  # a type checker knows the names from above, and finds those that are none

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module 'govreport' has no attribute {name!r}")
        found: object = getattr(import_module(_LATER[name]), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
