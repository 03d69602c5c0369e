"""Plugins: the built-in ones and those of other packages, all through the same hooks, each guarded on its own."""

from __future__ import annotations

import importlib.metadata
import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import pluggy

from govreport import hookspecs
from govreport.errors import PluginError
from govreport.hookspecs import Format, Reader, hookimpl
from govreport.model import Claim

__all__ = ["BLOCK_VARIABLE", "GROUP", "PluginWarning", "claimed", "collect", "make_manager"]

GROUP = "govreport"
BLOCK_VARIABLE = "GOVREPORT_BLOCK_PLUGINS"
"""Names of plugins, separated by commas, that are not loaded; `*` blocks all but the built-in ones."""


class PluginWarning(UserWarning):
    """A plugin is broken and was left out."""


class _Builtins:
    """The readers, layouts, forms, rules and writers of the library itself."""

    @hookimpl
    def govreport_readers(self) -> Iterable[object]:
        from govreport.readers import builtin_readers  # noqa: PLC0415 - each kind is imported when it is asked for

        return builtin_readers()

    @hookimpl
    def govreport_formats(self) -> Iterable[object]:
        from govreport.formats import builtin_formats  # noqa: PLC0415 - as above

        return builtin_formats()

    @hookimpl
    def govreport_forms(self) -> Iterable[object]:
        from govreport.forms import builtin_forms  # noqa: PLC0415 - as above

        return builtin_forms()

    @hookimpl
    def govreport_checks(self) -> Iterable[object]:
        from govreport.checks import builtin_rules  # noqa: PLC0415 - as above

        return builtin_rules()

    @hookimpl
    def govreport_writers(self) -> Iterable[object]:
        from govreport.writers import builtin_writers  # noqa: PLC0415 - as above

        return builtin_writers()


def make_manager(plugins: Iterable[object], block: Iterable[str], *, entry_points: bool = True) -> pluggy.PluginManager:
    """A plugin manager with the built-ins, the given plugins and, guarded one by one, those of installed packages."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    blocked = {*block, *filter(None, os.environ.get(BLOCK_VARIABLE, "").replace(" ", "").split(","))}
    for name in blocked - {"*"}:
        manager.set_blocked(name)
    manager.register(_Builtins(), "builtin")
    if entry_points and "*" not in blocked:
        for entry in importlib.metadata.entry_points(group=GROUP):
            _load(manager, entry)
    for plugin in plugins:
        _register(manager, plugin, None)
    return manager


def _load(manager: pluggy.PluginManager, entry: importlib.metadata.EntryPoint) -> None:
    if manager.is_blocked(entry.name) or manager.has_plugin(entry.name):
        return
    try:
        plugin = entry.load()
    except Exception as error:  # noqa: BLE001 - whatever a stranger's module raises must not break the others
        warnings.warn(
            f"plugin {entry.name!r} ({entry.value}) could not be loaded and is left out: {error!r}", PluginWarning, stacklevel=2
        )
        return
    _register(manager, plugin, entry.name)


def _register(manager: pluggy.PluginManager, plugin: object, name: str | None) -> None:
    """Register one plugin and make sure that its hooks are ours; one that misspells them is left out with a warning."""
    try:
        registered = manager.register(plugin, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        if manager.is_registered(plugin):
            manager.unregister(plugin)
        warnings.warn(f"plugin {name or plugin!r} does not fit and is left out: {error}", PluginWarning, stacklevel=3)
        return
    if registered is not None and not manager.get_hookcallers(plugin):
        warnings.warn(f"plugin {registered!r} implements no hook of govreport", PluginWarning, stacklevel=3)


def collect(manager: pluggy.PluginManager, hook: str, needs: tuple[str, ...], key: str = "name") -> tuple[Any, ...]:
    """What all plugins return for a hook; an object without the attributes it needs is left out with a warning."""
    needs, found = (key, *needs), dict[str, Any]()
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        for item in _call(implementation, hook):
            problem = _problem(item, needs, found)
            if problem:
                warnings.warn(f"plugin {implementation.plugin_name!r}: {problem}; left out", PluginWarning, stacklevel=3)
            else:
                found[getattr(item, key)] = item
    return tuple(found.values())


def _problem(item: object, needs: tuple[str, ...], found: Mapping[str, object]) -> str | None:
    """Why an object cannot be used: it lacks some of what it needs, or its name, the first of that, is taken."""
    missing = [name for name in needs if not hasattr(item, name)]
    if missing:
        return f"{item!r} has no {', '.join(missing)}"
    name = getattr(item, needs[0])
    return f"the name {name!r} is taken" if name in found else None


def _call(implementation: pluggy.HookImpl, hook: str) -> Iterable[Any]:
    try:
        made: Any = implementation.function()
        return tuple(made or ())
    except Exception as error:
        if implementation.plugin_name == "builtin":
            raise PluginError("the built-in {hook} failed: {cause}", plugin="builtin", hook=hook, cause=repr(error)) from error
        warnings.warn(
            f"plugin {implementation.plugin_name!r} failed in {hook} and is left out: {error!r}", PluginWarning, stacklevel=4
        )
        return ()


def claimed(plugins: Iterable[Reader | Format], *args: Any) -> list[Claim]:
    """The claims that plugins make, surest first; `PluginError` naming the plugin that fails to make one."""
    found, plugin = list[Claim](), None
    try:
        for plugin in plugins:
            if (made := plugin.claim(*args)) is not None:
                found.append(made)
    except Exception as error:
        name = "" if plugin is None else plugin.name
        raise PluginError("plugin {plugin} failed while claiming: {cause}", plugin=name, cause=repr(error)) from error
    return sorted(found, key=lambda claim: (-claim.confidence, claim.name))
