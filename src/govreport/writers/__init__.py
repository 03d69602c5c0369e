"""Writers: a report as JSON, CSV, Markdown, HTML or Word.

`write(report, "report.docx")` chooses by the suffix; a writer is an object with `name`, `suffix` and `write(report) -> bytes`.
What the readable formats show reads back equal: `govreport.load` of it gives the same cells. A cell that was not found is
written `·`, which reads back as no number and never as a blank. Doubts are written as JSON only: the other formats say what was
read, and of an inferred number no more than HTML's `data-status`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from govreport.errors import expect
from govreport.model import Report

if TYPE_CHECKING:
    from govreport.hookspecs import Writer

__all__ = ["builtin_writers", "write", "writer_for"]


def builtin_writers() -> tuple[Writer, ...]:
    """The writers that come with the library; where two share a suffix, the first is meant by it."""
    from govreport.writers.csv import CsvWriter  # noqa: PLC0415 - writers are made when someone writes
    from govreport.writers.docx import DocxWriter  # noqa: PLC0415 - as above
    from govreport.writers.html import HtmlWriter  # noqa: PLC0415 - as above
    from govreport.writers.json import JsonWriter  # noqa: PLC0415 - as above
    from govreport.writers.markdown import MarkdownWriter  # noqa: PLC0415 - as above

    return (JsonWriter(), CsvWriter(), MarkdownWriter(), HtmlWriter(), DocxWriter())


def writer_for(name: str, writers: Iterable[Writer] | None = None) -> Writer:
    """The writer of that name, or that the suffix of a path means; ValueError, naming the known ones, if there is none."""
    known = tuple(builtin_writers() if writers is None else writers)
    suffix = Path(name).suffix.lower()
    for writer in known:
        if writer.name == name or (suffix and writer.suffix == suffix):
            return writer
    raise ValueError(f"no writer for {name!r}; known are {', '.join(f'{w.name} ({w.suffix})' for w in known)}")


def write(
    report: Report,
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    writers: Iterable[Writer] | None = None,
) -> Path:
    """Write the report to a file, in the format that its suffix means, and return the path.

    An existing file is refused with `FileExistsError` unless `overwrite`; nothing is written if the writer fails.
    """
    expect(report, Report, "write")
    target = Path(path)
    data = writer_for(target.name, writers).write(report)
    with target.open("wb" if overwrite else "xb") as file:
        file.write(data)
    return target
