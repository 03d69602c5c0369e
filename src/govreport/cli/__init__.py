"""The command `govreport`: one module a command, imported when it is called.

A command module has `DESCRIPTION`, `EXAMPLES`, `add_arguments(parser)` and `run(args) -> exit code`. Exit codes are the same
everywhere: 0 clean, 1 findings or differences, 2 something could not be read (or was asked for wrongly), 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from govreport.cli import spoken, streams

__all__ = ["main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "show": ("govreport.cli.show", "print a report as tables, or one cell with its source"),
    "check": ("govreport.cli.check", "say what does not add up, what is missing, what is doubtful"),
    "detect": ("govreport.cli.detect", "say how a document would be read, and why"),
    "convert": ("govreport.cli.convert", "write reports as JSON, CSV, Markdown, HTML, Word"),
    "compare": ("govreport.cli.compare", "show what differs between two reports"),
    "series": ("govreport.cli.series", "check the reports of one body over the years"),
    "hierarchy": ("govreport.cli.hierarchy", "check a report against those of its subordinates"),
    "batch": ("govreport.batch.command", "read thousands of documents into a data set"),
    "rules": ("govreport.cli.rules", "list the rules of check, with their sources"),
    "plugins": ("govreport.cli.plugins", "list readers, layouts, forms, rules, writers"),
}
"""Every command with its module and its line in the help."""

_ABOUT = """\
Read annual reports on government information disclosure
(政府信息公开工作年度报告), cell by cell, and say what does not add up.
"""
_MORE = """\
examples:
  govreport show report.html
  govreport check *.docx
  govreport convert reports/*.pdf --to csv -o all.csv
  govreport COMMAND --help

exit codes: 0 clean, 1 findings, 2 could not read, 130 interrupted.

Findings are in Chinese; --lang en, or GOVREPORT_LANG=en, for English.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; never a traceback, unless GOVREPORT_DEBUG is set."""
    words = list(sys.argv[1:] if argv is None else argv)
    streams.prepare()
    spoken.choose(words)
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output, `head` perhaps, has had enough
        streams.discard_stdout()
        return 141
    except KeyboardInterrupt:
        streams.complain("interrupted")
        return 130
    except Exception as error:
        if streams.debugging():
            raise
        return streams.fail(error)
    return code


def _dispatch(argv: list[str]) -> int:
    args = _parser(next((word for word in argv if word in COMMANDS), None)).parse_args(argv)
    result: int = args.run(args)
    return result


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser of the whole line; only the chosen command is imported, so that `--help` answers at once."""
    parser = argparse.ArgumentParser(prog="govreport", description=_ABOUT, epilog=_MORE, formatter_class=spoken.Help)
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, line) in COMMANDS.items():
        if name == chosen:
            _add_command(commands, name, module, line)
        else:
            commands.add_parser(name, help=line)
    return parser


def _add_command(commands: Any, name: str, module: str, line: str) -> None:  # noqa: ANN401 - argparse keeps the type private
    command = importlib.import_module(module)
    examples = getattr(command, "EXAMPLES", "")
    parser = commands.add_parser(
        name,
        help=line,
        description=getattr(command, "DESCRIPTION", line),
        epilog=f"examples:\n{textwrap.indent(textwrap.dedent(examples).strip(), '  ')}" if examples else None,
        formatter_class=spoken.Help,
    )
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


class _Version(argparse.Action):
    """Print the version; looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help="print the version")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from govreport import __version__  # noqa: PLC0415 - looked up only here

        print(f"govreport {__version__}")
        parser.exit()
