"""Settings: `[tool.govreport]` in pyproject.toml, or govreport.toml, found upwards from where one stands.

govreport.toml wins over pyproject.toml in the same directory; the first directory upwards that has settings is the one that
counts. Keys::

    select = ["arithmetic", "structure"]   # codes or their beginnings: only these
    ignore = ["form.outdated"]             # not these
    lang = "zh"                            # or "en"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from govreport.errors import InvalidDocumentError

__all__ = ["Settings", "find_settings", "load_settings"]


@frozen(kw_only=True)
class Settings:
    """What may be set; the command line wins over it. `source` is the file they come from, None for the defaults."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lang: Literal["zh", "en"] | None = None
    source: Path | None = None


def load_settings(start: Path | None = None) -> Settings:
    """The settings that hold in a directory (the current one by default), or the defaults.

    Raises:
        InvalidDocumentError: a settings file is not TOML, has unknown keys or values of the wrong kind; `problems` lists all.
    """
    found = find_settings(start or Path.cwd())
    return Settings() if found is None else _settings(*found)


def find_settings(start: Path) -> tuple[Path, dict[str, Any]] | None:
    """The nearest file upwards that has settings, with them."""
    for directory in (start.resolve(), *start.resolve().parents):
        for path, table in _tables(directory):
            return path, table
    return None


def _tables(directory: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    own, shared = directory / "govreport.toml", directory / "pyproject.toml"
    if own.is_file():
        yield own, _parse(own)
    if shared.is_file() and (table := _parse(shared).get("tool", {}).get("govreport")) is not None:
        yield shared, table


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidDocumentError(
            "{path} is not TOML: {cause}", problems=(str(error),), path=str(path), cause=str(error)
        ) from error


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    problems = tuple(_problems(table))
    if problems:
        raise InvalidDocumentError("settings in {path}: {all}", problems=problems, path=str(path), all="; ".join(problems))
    lists = {name: tuple(table[name]) for name in ("select", "ignore") if name in table}
    return Settings(**lists, lang=table.get("lang"), source=path)


def _problems(table: object) -> Iterator[str]:
    if not isinstance(table, dict):
        yield "expected a table of settings"
        return
    for name, value in table.items():
        if name in ("select", "ignore"):
            if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
                yield f"{name}: expected a list of codes, not {value!r}"
        elif name == "lang":
            if value not in ("zh", "en"):
                yield f'lang: expected "zh" or "en", not {value!r}'
        else:
            yield f"{name}: unknown key; known are select, ignore, lang"
