"""`govreport batch`: thousands of documents into a Parquet data set."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from govreport.batch.page import page
from govreport.batch.pool import available_cores
from govreport.batch.progress import Progress
from govreport.batch.run import Plan
from govreport.batch.run import run as run_plan
from govreport.batch.summary import Summary, collect, text
from govreport.cli.spoken import speak, spoken

__all__ = ["DESCRIPTION", "EXAMPLES", "add_arguments", "run"]

DESCRIPTION = """
Read many documents and fill a folder with Parquet tables, partitioned
by year: cells, reports, findings, facts; errors has a row for each
document that could not be read. IN is a file, a folder (with all below
it), a glob, @LIST (a file with one name a line), a zip archive, or a
WARC file. Run it again to go on after an interruption, or to add what
is new: what was read before and has not changed is not read again.
"""
EXAMPLES = """
govreport batch pages/ --out data/
govreport batch crawl.warc.gz reports.zip @more.txt --out data/
govreport batch pages/ --out data/ --include '*.html' --workers 8
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `batch`."""
    parser.add_argument("inputs", nargs="+", metavar="IN", help="file, folder, glob, @LIST, zip archive or WARC file")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="the folder of the data set; made if it is not there"
    )
    parser.add_argument(
        "--workers", type=_positive, default=available_cores(), metavar="N", help="processes (default: one a core)"
    )
    parser.add_argument("--include", metavar="GLOB", help="only files of this name, as '*.html'")
    parser.add_argument(
        "--timeout", type=float, default=120.0, metavar="S", help="seconds for one document (default: 120; 0: no limit)"
    )
    parser.add_argument("--retry-errors", action="store_true", help="read again what could not be read the last time")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar, no summary on stdout")


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("it takes at least one")
    return number


def run(args: argparse.Namespace) -> int:
    """Fill the folder; 2 if it lacks any document that could not be read."""
    plan = Plan(
        inputs=tuple(args.inputs),
        out=args.out,
        workers=args.workers,
        include=args.include,
        timeout=args.timeout or None,
        retry_errors=args.retry_errors,
    )
    progress = Progress(quiet=args.quiet)
    run_plan(plan, progress)
    summary = collect(args.out)
    _write(args.out, summary)
    if not args.quiet:
        sys.stdout.write(
            f"{_told(progress)}\n{text(summary, spoken())}\n{speak('see {path}', path=args.out / 'summary.html')}\n"
        )
    return 2 if summary.errors else 0


def _told(progress: Progress) -> str:
    rate = progress.read / progress.seconds if progress.seconds else 0
    return speak(
        "{read:,} read in {seconds:g} s ({rate:g}/s), {known:,} known or named twice",
        read=progress.read,
        seconds=round(progress.seconds, 1),
        rate=round(rate),
        known=progress.skipped,
    )


def _write(folder: Path, summary: Summary) -> None:
    made = dt.datetime.now().astimezone()
    (folder / "summary.txt").write_text(text(summary, spoken()), "utf-8")
    (folder / "summary.html").write_text(page(summary, spoken(), title=f"govreport: {folder.name}", made=made), "utf-8")
