"""`govreport compare`: what differs between two reports."""

from __future__ import annotations

import argparse

from govreport import default_engine
from govreport.cli import common
from govreport.cli.streams import emit, say
from govreport.comparison import Comparison, compare
from govreport.serialize import json_text, plain

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Show what differs between two reports, cell by cell and section by
section: a draft and what was published, or two years. Exit code 1 if
anything differs.
"""
EXAMPLES = """
govreport compare draft.docx published.html
govreport compare 2022.pdf 2023.pdf --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `compare`."""
    parser.add_argument("before", metavar="A", help="a report in any form")
    parser.add_argument("after", metavar="B", help="another")
    parser.add_argument("--format", choices=list(_FORMATS), default="text", metavar="FORMAT", help="text (default), json, html")


def run(args: argparse.Namespace) -> int:
    """Compare the two."""
    files = common.Files([args.before, args.after])
    reports = [report for _, report in files]
    if len(reports) < 2:  # noqa: PLR2004 - it takes two
        return 2
    difference = compare(reports[0], reports[1], forms={form.name: form for form in default_engine().forms})
    _FORMATS[args.format](difference)
    return int(bool(difference))


def _text(difference: Comparison) -> None:
    say(str(difference))


def _json(difference: Comparison) -> None:
    parts = {name: plain(getattr(difference, name)) for name in ("fields", "cells", "sections", "incomparable")}
    emit(json_text({"schema_version": 1, "same": difference.same, **parts}).encode())


def _html(difference: Comparison) -> None:
    table = difference._repr_html_()
    page = f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"></head><body>{table}</body></html>\n'
    emit(page.encode("utf-8", "xmlcharrefreplace"))


_FORMATS = {"text": _text, "json": _json, "html": _html}
