"""`govreport hierarchy`: a body's report against those of the bodies below it."""

from __future__ import annotations

import argparse

from govreport.checks import check_hierarchy
from govreport.cli import common, findings

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Check a report against those of its subordinates: every cell should be
the sum of theirs, where the parent reports for all of them.
"""
EXAMPLES = """
govreport hierarchy county.html towns/*.html
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hierarchy`."""
    parser.add_argument("parent", metavar="PARENT", help="the report of the superior body")
    parser.add_argument("files", nargs="+", metavar="CHILD", help="the reports of its subordinates")
    findings.add_selection(parser)
    findings.add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Check the parent against the children that can be read."""
    above, below = common.Files([args.parent]), common.Files(args.files)
    parents, children = dict(above), dict(below)
    errors = above.errors | below.errors
    if not parents or not children:
        return 2
    ((name, parent),) = parents.items()
    result = check_hierarchy(parent, tuple(children.values()), **findings.with_rules(args))
    return findings.tell(args, [findings.Checked(name, parent, result)], errors)
