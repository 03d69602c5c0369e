"""`govreport convert`: reports in another format."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from govreport import default_engine
from govreport.cli import common
from govreport.cli.streams import complain, emit
from govreport.hookspecs import Writer
from govreport.model import Report
from govreport.writers import writer_for
from govreport.writers.csv import to_csv

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Write reports in another format. One report goes to stdout or to the
file that -o names; several go into the folder that -o names, a file
each. CSV puts all reports into one file, with one row a cell or
(--rows report) one row a report.
"""
EXAMPLES = """
govreport convert report.pdf --to json
govreport convert report.html -o report.docx
govreport convert *.html --to csv --rows report -o all.csv
govreport convert *.docx --to markdown -o texts/
"""
_TABLE = "csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `convert`."""
    common.add_files(parser)
    parser.add_argument("--to", metavar="FORMAT", help="json, csv, markdown, html, docx, or a plugin's (see govreport plugins)")
    parser.add_argument("-o", "--out", metavar="OUT", help="file or folder to write (default: stdout)")
    parser.add_argument("--rows", choices=["cell", "report"], default="cell", help="csv: one row a cell (default) or a report")
    parser.add_argument("--force", action="store_true", help="overwrite files that exist")


def run(args: argparse.Namespace) -> int:
    """Convert every file that can be read; 2 if any could not, or if nothing could be written."""
    writer = _writer(args)
    files = common.Files(args.files)
    if writer is None or not _sensible(args, writer, len(files.names)):
        return 2
    if writer.name == _TABLE:
        written = _table(args, files)
    elif len(files.names) > 1:
        written = _folder(args, files, writer)
    else:
        written = all(_put(args, data, args.out) for _, data in _written(files, writer))
    return 2 if files.errors or not written else 0


def _writer(args: argparse.Namespace) -> Writer | None:
    if args.to is None and args.out is None:
        complain("say what to write with --to FORMAT, or name a file with -o")
        return None
    try:
        return writer_for(args.to or Path(args.out).name, default_engine().writers)
    except ValueError as error:
        complain(str(error))
        return None


def _sensible(args: argparse.Namespace, writer: Writer, count: int) -> bool:
    if args.out is None and count > 1 and writer.name != _TABLE:
        complain("{count} files: name a folder for them with -o", count=count)
        return False
    if args.out is None and writer.name == "docx" and sys.stdout.isatty():
        complain("a Word file does not go to a terminal: name a file with -o")
        return False
    return True


def _table(args: argparse.Namespace, files: Iterable[tuple[str, Report]]) -> bool:
    """All reports in one CSV; a file gets the mark by which Excel knows UTF-8, a pipe does not."""
    text = to_csv(files, args.rows)
    return _put(args, text.encode("utf-8-sig" if args.out else "utf-8", "replace"), args.out)


def _written(files: common.Files, writer: Writer) -> Iterator[tuple[str, bytes]]:
    for name, report in files:
        data = files.attempt(name, functools.partial(writer.write, report))
        if data is not None:
            yield name, data


def _folder(args: argparse.Namespace, files: common.Files, writer: Writer) -> bool:
    folder = Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    done: set[Path] = set()
    fine = True
    for name, data in _written(files, writer):
        target = _free(folder / f"{Path(name).stem if name != common.STDIN else 'stdin'}{writer.suffix}", done)
        done.add(target)
        fine = _put(args, data, target) and fine
    return fine


def _free(path: Path, done: set[Path]) -> Path:
    """The path, or with a number where an earlier file of this run took it: a.html and a.docx are two reports."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, len(done) + 3))
    return next(candidate for candidate in (path, *numbered) if candidate not in done)


def _put(args: argparse.Namespace, data: bytes, target: str | Path | None) -> bool:
    if target is None:
        emit(data)
        return True
    try:
        with Path(target).open("wb" if args.force else "xb") as file:
            file.write(data)
    except FileExistsError:
        complain("{path}: exists already; --force overwrites it", path=target)
        return False
    return True
