"""The errors of govreport: an exception means that no report exists.

Every error that a user can meet derives from `GovReportError`, keeps its facts as attributes and survives pickling, so that it
can cross a process boundary whole. `str(error)` is English, `error.text("zh")` the same in Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govreport import wording
    from govreport.model import Claim

__all__ = [
    "GovReportError",
    "InvalidDocumentError",
    "MissingDependencyError",
    "NotAReportError",
    "PluginError",
    "SourceError",
    "WrongTypeError",
    "expect",
]


class GovReportError(Exception):
    """The root of all errors of this library; `message` may name `facts` in braces, as `{path}` or `{size:,}`."""

    def __init__(self, message: str, **facts: Any) -> None:
        from govreport import wording  # noqa: PLC0415 - importing the package imports next to nothing

        super().__init__(wording.filled(message, facts))
        self.message = message
        self.facts = facts

    def text(self, lang: wording.Lang = "en") -> str:
        """What is wrong, in English (`en`) or Chinese (`zh`)."""
        from govreport import wording  # noqa: PLC0415 - as above

        return wording.said(self.message, lang, self.facts)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a fact may be anything
        if not name.startswith("__") and name in self.__dict__.get("facts", {}):
            return self.facts[name]
        raise AttributeError(name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.facts)


def _rebuild(kind: type[GovReportError], message: str, facts: dict[str, Any]) -> GovReportError:
    return kind(message, **facts)


class SourceError(GovReportError):
    """The container cannot be read: damaged, encrypted, of an unknown kind, or over the limits."""


class WrongTypeError(GovReportError, TypeError):
    """An argument is not of a type that the function takes."""


class MissingDependencyError(SourceError, ImportError):
    """The container needs an optional package or program; `extra` names what to install."""

    def __init__(self, message: str, *, extra: str | None = None, **facts: Any) -> None:
        super().__init__(message, extra=extra, **facts)


class NotAReportError(GovReportError, LookupError):
    """The document was read, but nothing in it is an annual report; `claims` says what was tried."""

    def __init__(self, message: str, *, claims: tuple[Claim, ...] = (), **facts: Any) -> None:
        super().__init__(message, claims=claims, **facts)


class PluginError(GovReportError):
    """A plugin failed where its answer was needed; the cause is chained, `plugin` names it."""

    def __init__(self, message: str, *, plugin: str | None = None, **facts: Any) -> None:
        super().__init__(message, plugin=plugin, **facts)


class InvalidDocumentError(GovReportError, ValueError):
    """JSON that does not fit the model; `problems` lists every one with its path."""

    def __init__(self, message: str, *, problems: tuple[str, ...] = (), **facts: Any) -> None:
        super().__init__(message, problems=problems, **facts)


def expect(value: object, kind: type, function: str) -> None:
    """Raise `WrongTypeError`, naming the function, if a value is not of the kind that it takes."""
    if not isinstance(value, kind):
        message = "{function} takes a {kind}, not {given}"
        raise WrongTypeError(message, function=function, kind=kind.__name__, given=type(value).__name__)
