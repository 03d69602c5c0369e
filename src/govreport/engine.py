"""The whole line on one screen: bytes → reader → source → outline → layouts → forms → cells → report → findings."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from govreport.errors import NotAReportError, PluginError, SourceError, WrongTypeError, expect
from govreport.model import CheckResult, Claim, Report
from govreport.source import Limits, Source

if TYPE_CHECKING:
    import pluggy

    from govreport.checks.rules import Rule
    from govreport.forms import FormSpec
    from govreport.hookspecs import Format, Reader, Writer

__all__ = ["Engine", "check", "default_engine", "detect", "load", "loads"]

PathLike = str | os.PathLike[str]


class Engine:
    """Readers, layouts, forms, rules and writers, put together once and used for many documents; safe to share among threads.

    `plugins` are added to the installed ones, `block` names those to leave out, `limits` bounds what a document may cost.
    """

    def __init__(
        self,
        *,
        plugins: Iterable[object] = (),
        block: Iterable[str] = (),
        limits: Limits | None = None,
        entry_points: bool = True,
    ) -> None:
        self.limits = Limits() if limits is None else limits
        expect(self.limits, Limits, "Engine(limits=…)")
        self._plugins, self._block, self._entry_points = tuple(plugins), tuple(block), entry_points

    # --- what it is made of --------------------------------------------------------------------------------------------------

    @functools.cached_property
    def _manager(self) -> pluggy.PluginManager:
        from govreport.plugins import make_manager  # noqa: PLC0415 - entry points are looked up on first use

        return make_manager(self._plugins, self._block, entry_points=self._entry_points)

    @functools.cached_property
    def readers(self) -> tuple[Reader, ...]:
        """The readers of containers."""
        return self._collect("govreport_readers", ("name", "claim", "read"))

    @functools.cached_property
    def formats(self) -> tuple[Format, ...]:
        """The layouts."""
        return self._collect("govreport_formats", ("name", "carries", "claim", "read", "render"))

    @functools.cached_property
    def forms(self) -> tuple[FormSpec, ...]:
        """The statutory forms, oldest first."""
        forms: tuple[FormSpec, ...] = self._collect("govreport_forms", ("name", "tables", "relations", "sections"))
        return tuple(sorted(forms, key=lambda form: (form.since, form.name)))

    @functools.cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that `check` runs."""
        return self._collect("govreport_checks", ("code", "severity"), key="code")

    @functools.cached_property
    def writers(self) -> tuple[Writer, ...]:
        """The writers."""
        return self._collect("govreport_writers", ("name", "suffix", "write"))

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Every key of every form with its label path."""
        from govreport.forms import vocabulary  # noqa: PLC0415 - imported on first use

        return vocabulary(self.forms)

    def _collect(self, hook: str, needs: tuple[str, ...], key: str = "name") -> tuple[Any, ...]:
        from govreport.plugins import collect  # noqa: PLC0415 - imported on first use

        return collect(self._manager, hook, needs, key)

    def plugins(self) -> tuple[str, ...]:
        """The names of all plugins in use."""
        return tuple(sorted(name for name, _ in self._manager.list_name_plugin() if self._manager.get_plugin(name) is not None))

    # --- the line ------------------------------------------------------------------------------------------------------------

    def load(self, source: PathLike | bytes | IO[bytes]) -> Report:
        """Read the report in a file, an open binary file, or bytes.

        Raises `SourceError` (damaged, encrypted, unknown, too large; `MissingDependencyError` if a package is needed),
        `NotAReportError`, `PluginError`, or `WrongTypeError`. What could not be read of a report is no error: see
        `Report.doubts`.
        """
        data, name = self._bytes(source)
        return self._report(self.source(data, name), name)

    def loads(self, text: str) -> Report:
        """Read the report in a text; see `load`."""
        if not isinstance(text, str):
            raise WrongTypeError("loads takes a str, not {given}; for bytes or a path use load", given=type(text).__name__)
        return self._report(self.source(text.encode("utf-8", "surrogatepass"), None), None)

    def source(self, data: bytes, name: str | None = None) -> Source:
        """The neutral view of a document: the reader that claims it with most confidence makes it."""
        if not data.strip():
            raise SourceError("the file is empty" if not data else "the file holds nothing but white space")
        claims = self._reader_claims(data, name)
        if not claims:
            raise SourceError("no reader knows this kind of file ({begins}…)", begins=repr(data[:8]))
        reader = next(r for r in self.readers if r.name == claims[0].name)
        try:
            view = reader.read(data, self.limits)
        except (SourceError, NotAReportError):
            raise
        except RecursionError as error:
            raise SourceError("the document is nested too deeply") from error
        except MemoryError as error:
            raise SourceError("the document needs more memory than there is") from error
        except Exception as error:
            raise PluginError("the reader {plugin} failed: {cause}", plugin=reader.name, cause=repr(error)) from error
        if _words(view, most := self.limits.cells * _WORDS_A_CELL) > most:
            raise SourceError("the text has more than {most:,} words", limit="cells", most=most)
        return view

    def detect(self, source: PathLike | bytes | IO[bytes]) -> tuple[Claim, ...]:
        """Every claim of every plugin with its reasons, surest first: readers, layouts of each section, forms of each table."""
        from govreport.assembly import assemble, section_claims  # noqa: PLC0415 - imported on first use

        data, name = self._bytes(source)
        claims = self._reader_claims(data, name)
        view = self.source(data, name)
        sections = section_claims(view, self.forms, self.formats)
        report = assemble(view, self.forms, self.formats)
        forms = tuple(c for c in (report.claims if report else ()) if c.name.startswith("form "))
        return (*claims, *sections, *forms)

    def check(self, report: Report, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> CheckResult:
        """What does not add up, and what could not be read: every rule over one report."""
        from govreport.checks import run  # noqa: PLC0415 - imported on first use

        return run(
            report, self.rules, select=tuple(select), ignore=tuple(ignore), forms={form.name: form for form in self.forms}
        )

    def _reader_claims(self, data: bytes, name: str | None) -> list[Claim]:
        from govreport.plugins import claimed  # noqa: PLC0415 - imported on first use

        return [claim for claim in claimed(self.readers, data, name) if claim.confidence > 0]

    def _report(self, view: Source, name: str | None) -> Report:
        from govreport.assembly import assemble  # noqa: PLC0415 - imported on first use

        report = assemble(view, self.forms, self.formats)
        if report is None:
            message = _LOST if _lost_its_characters(view) else _NO_REPORT
            raise NotAReportError(message, where=f" ({name})" if name else "")
        return report

    def _bytes(self, source: PathLike | bytes | IO[bytes]) -> tuple[bytes, str | None]:
        if isinstance(source, (bytes, bytearray, memoryview)):
            return self._bounded(bytes(source)), None
        if isinstance(source, (str, os.PathLike)):
            return self._file(Path(source))
        read = getattr(source, "read", None)
        if read is None:
            raise WrongTypeError("load takes a path, bytes or an open binary file, not {given}", given=type(source).__name__)
        try:
            data = read(self.limits.bytes + 1)
        except (OSError, ValueError) as error:  # it is closed, or open for writing
            raise SourceError("cannot be read: {cause}", cause=str(error)) from error
        if not isinstance(data, bytes):
            raise WrongTypeError("the file is open as text; open it with mode 'rb'")
        return self._bounded(data), getattr(source, "name", None)

    def _file(self, path: Path) -> tuple[bytes, str]:
        try:
            if path.is_dir():
                raise SourceError("{path} is a directory; give a file, or use load_many for its files", path=str(path))
            if path.exists() and not path.is_file():  # opening a pipe waits for a writer, a device may never end
                raise SourceError(
                    "{path} is a pipe or device, no file; open it yourself and give what it holds", path=str(path)
                )
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size  # to ask for all that the limit allows would first make room for it
                data = file.read(min(size, self.limits.bytes) + 1)
                if len(data) > size:
                    data += file.read(self.limits.bytes + 1 - len(data))
                return self._bounded(data), str(path)
        except (OSError, ValueError) as error:
            cause = getattr(error, "strerror", None) or str(error)
            raise SourceError("{path} cannot be read: {cause}", path=str(path), cause=cause) from error

    def _bounded(self, data: bytes) -> bytes:
        if len(data) > self.limits.bytes:
            raise SourceError(
                "the document is larger than {most:,} bytes; raise Limits(bytes=…) to read it", most=self.limits.bytes
            )
        return data


_NO_REPORT = "this is not an annual report: it has neither a title of the kind nor two of its sections{where}"
_LOST = f"{_NO_REPORT}; its characters are lost: it was saved in a charset without Chinese, which left a question mark for each"
_SHARE_LOST = 5  # a question mark for so many characters, and none that is Chinese


_WORDS_A_CELL = 2  # words of text for each cell that the limits allow: each may be a value


def _words(view: Source, most: int) -> int:
    """How many words a text has, or pipes between words; not counted where they cannot be more than `most`."""
    return 0 if len(view.text) <= most else sum(max(len(line.split()), line.count("|")) for line in view.lines)


def _lost_its_characters(view: Source) -> bool:
    text = "".join((*view.lines, *(text for grid in view.grids for text in grid.cells.texts)))
    return text.count("?") * _SHARE_LOST > len(text) and not any(char > "\u2fff" for char in text)


# --- the functions of the package --------------------------------------------------------------------------------------------


@functools.cache
def default_engine() -> Engine:
    """The engine behind the module's functions, made on first use."""
    return Engine()


def load(source: PathLike | bytes | IO[bytes]) -> Report:
    """Read the report in a file, an open binary file, or bytes; see `Engine.load`."""
    return default_engine().load(source)


def loads(text: str) -> Report:
    """Read the report in a text; see `Engine.loads`."""
    return default_engine().loads(text)


def detect(source: PathLike | bytes | IO[bytes]) -> tuple[Claim, ...]:
    """Every claim of every plugin with its reasons; see `Engine.detect`."""
    return default_engine().detect(source)


def check(report: Report, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> CheckResult:
    """What does not add up, and what could not be read; see `Engine.check`."""
    return default_engine().check(report, select=select, ignore=ignore)
