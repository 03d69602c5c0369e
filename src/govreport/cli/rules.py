"""`govreport rules`: every rule of the checks, with what grounds it."""

from __future__ import annotations

import argparse

from govreport import default_engine
from govreport.checks.rules import Rule
from govreport.cli import common
from govreport.cli.streams import emit, say
from govreport.display import terminal_width
from govreport.serialize import json_text
from govreport.textwidth import wrap

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
List the rules of check, series and hierarchy: code, severity, what it
says, and the notice or article that grounds it. The codes are what
--select and --ignore take, whole or by family (arithmetic).
"""
EXAMPLES = """
govreport rules
govreport rules arithmetic
govreport rules --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `rules`."""
    parser.add_argument("family", nargs="?", default="", metavar="FAMILY", help="only codes that begin so")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or json")
    common.add_lang(parser)
    common.add_width(parser)


def run(args: argparse.Namespace) -> int:
    """Print the rules."""
    rules = [rule for rule in default_engine().rules if rule.code.startswith(args.family)]
    if args.format == "json":
        emit(json_text([_data(rule) for rule in rules]).encode())
    else:
        lang, width = common.language(args), args.width or terminal_width()
        say("\n".join(line for rule in rules for line in _lines(rule, lang, width)))
    return 0


def _data(rule: Rule) -> dict[str, object]:
    forms = sorted(rule.forms) if rule.forms else None
    shown = {"code": rule.code, "severity": rule.severity.value, "over": rule.over, "title": rule.title, "source": rule.source}
    return {**shown, "zh": rule.zh, "en": rule.en, "forms": forms}


def _lines(rule: Rule, lang: str, width: int) -> list[str]:
    template = rule.zh if lang == "zh" else rule.en
    indent = "    "
    return [
        f"{rule.code}  ({rule.severity.value})",
        *wrap(template, width, indent=indent),
        *wrap(rule.source, width, indent=indent),
    ]
