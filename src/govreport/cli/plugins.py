"""`govreport plugins`: what is installed, the library's own parts and those of other packages."""

from __future__ import annotations

import argparse

from govreport import default_engine
from govreport.cli.streams import say
from govreport.display import terminal_width
from govreport.textwidth import wrap

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
List the readers, layouts, forms, rules and writers that are installed,
those of plugin packages included. A package brings its own through the
entry-point group "govreport"; GOVREPORT_BLOCK_PLUGINS=name,name keeps
plugins from being loaded, * all of them.
"""
EXAMPLES = """
govreport plugins
GOVREPORT_BLOCK_PLUGINS='*' govreport plugins
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `plugins`: none."""
    parser.set_defaults(file=None)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command is called alike
    """Print the parts by kind."""
    engine = default_engine()
    parts = {
        "plugins": engine.plugins(),
        "readers": [reader.name for reader in engine.readers],
        "layouts": [layout.name for layout in engine.formats],
        "forms": [f"{form.name} ({form.notice})" for form in engine.forms],
        "rules": [rule.code for rule in engine.rules],
        "writers": [f"{writer.name} ({writer.suffix})" for writer in engine.writers],
    }
    width = terminal_width()
    for kind, names in parts.items():
        say("\n".join(wrap(f"{kind:<9}{', '.join(names)}", width, hanging=" " * 9)))
    return 0
