"""A report as Markdown: headings, paragraphs, and the tables as pipe tables in the geometry of the form."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from govreport.display.drawing import by_section, draw, full_grid, heading
from govreport.model import Report, Section, Table

__all__ = ["MarkdownWriter", "to_markdown"]


class MarkdownWriter:
    """A readable text of the whole report; `govreport.load` of it gives the same cells."""

    name = "markdown"
    suffix = ".md"

    def write(self, report: Report) -> bytes:
        """The report in UTF-8."""
        return to_markdown(report).encode("utf-8", "replace")


def to_markdown(report: Report) -> str:
    """The whole report as Markdown; what merged cells hide is empty."""
    title = [f"# {_line(report.title)}"] if report.title else []
    parts = (_section(section, tables) for section, tables in by_section(report))
    return "\n\n".join([*title, *itertools.chain.from_iterable(parts)]) + "\n"


def _section(section: Section | None, tables: Sequence[Table]) -> Iterator[str]:
    if section is not None and section.heading:
        yield f"## {_line(heading(section))}"
    for paragraph in section.paragraphs if section else ():
        yield paragraph.text.strip("\n")
    for table in tables:
        if section is None:
            yield f"## {table.section}、{_line(table.title)}"
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    """The table, cut at the rows that are one label across: that label as a line, what is under it as a pipe table."""
    for banner, run in itertools.groupby(draw(table), key=lambda row: len(row) == 1 and row[0].scope == "colgroup"):
        rows = list(run)
        if banner:
            yield from (_line(row[0].text) for row in rows)
        else:
            first, *others = full_grid(table, rows)
            yield "\n".join([_row(first), "|" + " --- |" * len(first), *map(_row, others)])


def _row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(_line(text).replace("|", "\\|") for text in texts) + " |"


def _line(text: str) -> str:
    return " ".join(text.split())
