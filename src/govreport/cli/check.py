"""`govreport check`: what does not add up."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from govreport import check
from govreport.cli import common, findings
from govreport.cli.streams import complain

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Check reports: what was doubtful while reading, what is missing, what
does not add up. A document's own numbers are never corrected; the
message says what is printed and what its parts give.
"""
EXAMPLES = """
govreport check report.html
govreport check *.docx --lang en
govreport check draft.docx --select arithmetic --ignore reading
govreport check report.pdf --html report-checked.html
govreport check *.html --format json > findings.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    common.add_files(parser)
    findings.add_selection(parser)
    findings.add_output(parser)
    parser.add_argument("--html", metavar="OUT", help="also write a page to look at, with every finding beside its cell")
    parser.add_argument("--force", action="store_true", help="overwrite that page if it exists")


def run(args: argparse.Namespace) -> int:
    """Check every file that can be read."""
    files = common.Files(args.files)
    chosen = findings.selection(args)
    checked = []
    for name, report in files:
        result = files.attempt(name, functools.partial(check, report, **chosen))
        if result is not None:
            checked.append(findings.Checked(name, report, result))
    code = findings.tell(args, checked, files.errors)
    return 2 if args.html and not _page(args, checked) else code


def _page(args: argparse.Namespace, checked: list[findings.Checked]) -> bool:
    from govreport.writers.page import page  # noqa: PLC0415 - only where it is asked for

    text = page([(item.name, item.report, item.result) for item in checked], lang=common.language(args))
    try:
        with Path(args.html).open("wb" if args.force else "xb") as file:
            file.write(text.encode("utf-8", "xmlcharrefreplace"))
    except FileExistsError:
        complain("{path}: exists already; --force overwrites it", path=args.html)
        return False
    return True
