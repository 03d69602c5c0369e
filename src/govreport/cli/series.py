"""`govreport series`: the reports of one body over the years."""

from __future__ import annotations

import argparse

from govreport.checks import check_series
from govreport.cli import common, findings

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Check the reports of one body against each other, year by year: what is
carried over must arrive, and what jumps beyond reason is said. The
order of the files does not matter.
"""
EXAMPLES = """
govreport series 2021.html 2022.docx 2023.pdf
govreport series bureau/*.html --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `series`."""
    common.add_files(parser)
    findings.add_selection(parser)
    findings.add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Check the years that can be read."""
    files = common.Files(args.files)
    reports = dict(files)
    if not reports:
        return 2
    result = check_series(tuple(reports.values()), **findings.with_rules(args))
    newest = max(reports.values(), key=lambda report: report.year or 0)
    return findings.tell(args, [findings.Checked(" + ".join(reports), newest, result)], files.errors)
