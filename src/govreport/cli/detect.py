"""`govreport detect`: every claim to a document, with its reasons."""

from __future__ import annotations

import argparse

from govreport import detect
from govreport.cli import common
from govreport.cli.spoken import spoken
from govreport.cli.streams import say
from govreport.display import terminal_width
from govreport.model import Claim
from govreport.textwidth import wrap
from govreport.wording import retold

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Say how a document would be read: every claim of a reader to the file,
of a layout to each table section and of a form to each table, from the
surest down, with what was counted.
"""
EXAMPLES = """
govreport detect report.html
curl -s URL | govreport detect -
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `detect`."""
    parser.add_argument("file", metavar="FILE", help="a document of any kind; - is stdin")
    common.add_width(parser)


def run(args: argparse.Namespace) -> int:
    """Print the claims."""
    claims = detect(common.document(args.file))
    width = args.width or terminal_width()
    say("\n".join(line for claim in claims for line in _lines(claim, width)))
    return 0


def _lines(claim: Claim, width: int) -> list[str]:
    where = f"  {claim.section}" if claim.section else ""
    told = (retold(reason, spoken()) for reason in claim.reasons)
    reasons = [line for reason in told for line in wrap(reason, width, indent="      ", hanging="        ")]
    return [f"{claim.confidence:4.2f}  {claim.name}{where}", *reasons]
