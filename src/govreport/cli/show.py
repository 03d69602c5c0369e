"""`govreport show`: a report as tables, or one cell with what surrounds it in the source."""

from __future__ import annotations

import argparse
import difflib
import itertools
from collections.abc import Iterator

from govreport import display
from govreport.cli import common
from govreport.cli.streams import complain, say
from govreport.model import Cell, Piece, Place, Report, Table

__all__ = ["add_arguments", "run"]

DESCRIPTION = """
Print a report: title, year, issuer, its tables, and what was doubtful.

In the tables 12? is a number read on weak evidence and · a cell that
was not found; a blank cell shows what the document shows.
"""
EXAMPLES = """
govreport show report.html
curl -s URL | govreport show -
govreport show report.pdf --source requests.new.total
"""
_AROUND = 2  # lines or rows shown before and after the cell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `show`."""
    parser.add_argument("file", metavar="FILE", help="a report in any form; - is stdin")
    parser.add_argument("--source", metavar="KEY", help="print this cell (its key or label path) with what surrounds it")
    common.add_lang(parser)
    common.add_width(parser)


def run(args: argparse.Namespace) -> int:
    """Print the report, or one cell of it."""
    report = common.load(args.file)
    if args.source is None:
        say(display.report_text(report, args.width, common.language(args)))
        return 0
    found = _cell(report, args.source)
    if found is None:
        return 2
    say("\n".join(_lines(*found)))
    return 0


def _cell(report: Report, name: str) -> tuple[Table, Cell] | None:
    cells = [(table, cell) for table in report.tables for cell in table.cells]
    for table, cell in cells:
        if name in {cell.key, cell.label}:
            return table, cell
    if name in report.vocabulary:
        complain("{key}: only another form has this cell; this report's is {form}", key=name, form=report.form)
        return None
    known = [key for _, cell in cells for key in (cell.key, cell.label)]
    close = difflib.get_close_matches(name, known, n=3)
    missing = "{key}: no such cell; did you mean {close}?" if close else "{key}: no such cell"
    complain(missing, key=name, close=", ".join(close))
    return None


def _lines(table: Table, cell: Cell) -> Iterator[str]:
    printed = "nothing" if cell.raw is None else repr(cell.raw)
    unit = f" {cell.unit}" if cell.unit and cell.value is not None else ""
    yield cell.key
    yield cell.label
    yield f"value {cell.value}{unit}, {cell.status.value}, printed {printed}"
    yield f"form {cell.form}, layout {table.layout or 'unknown'}"
    if cell.place is not None:
        yield f"at {_where(cell.place)}"
        yield ""
        yield from _surroundings(table.pieces, cell.place)


def _where(place: Place) -> str:
    names = ("page", "table", "row", "line", "column")
    return ", ".join(f"{name} {getattr(place, name)}" for name in names if getattr(place, name) is not None)


def _surroundings(pieces: tuple[Piece, ...], place: Place) -> Iterator[str]:
    """The lines or rows about the place, the one where the cell stands marked with `>`, the cell itself in brackets."""
    rows = [(key, list(run)) for key, run in itertools.groupby((p for p in pieces if p.place), key=_row)]
    here = next((index for index, (key, _) in enumerate(rows) if key == _row_of(place)), None)
    if here is None:
        return
    for index, (key, run) in list(enumerate(rows))[max(0, here - _AROUND) : here + _AROUND + 1]:
        texts = (f"[{piece.text}]" if piece.place == place else piece.text for piece in run)
        yield f"{'>' if index == here else ' '} {key[-1]:>4}  {' | '.join(' '.join(text.split()) for text in texts)}"


def _row(piece: Piece) -> tuple[int | None, ...]:
    return _row_of(piece.place or Place())


def _row_of(place: Place) -> tuple[int | None, ...]:
    return (place.table, place.row) if place.row is not None else (place.line,)
