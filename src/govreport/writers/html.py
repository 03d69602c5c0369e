"""A report as one plain web page: headings, paragraphs, tables with merged cells; no script, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from govreport.display.drawing import by_section, heading, html_rows, shown
from govreport.model import Cell, Report, Section, Table

__all__ = ["HtmlWriter", "to_html"]

_STYLE = """
body{max-width:60em;margin:2em auto;padding:0 1em;font-family:system-ui,sans-serif;line-height:1.6}
h1{text-align:center;font-size:1.4em}h2{font-size:1.15em}
table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{border:1px solid;padding:.2em .4em;font-weight:normal}td{text-align:right}
[data-status=inferred]{background:#fff3bf;color:#000}[data-status=missing]{background:#ffe3e3;color:#000}
@media print{body{max-width:none;margin:0}}
""".replace("\n", "")


class HtmlWriter:
    """A clean, semantic page in UTF-8; `govreport.load` of it gives the same cells."""

    name = "html"
    suffix = ".html"

    def write(self, report: Report) -> bytes:
        """The page."""
        return to_html(report).encode("utf-8", "xmlcharrefreplace")


def to_html(report: Report) -> str:
    """The whole report as a page; cells carry their key and status as `data-key` and `data-status`."""
    body = [f"<h1>{_text(report.title)}</h1>"] if report.title else []
    for section, tables in by_section(report):
        body.append("<section>")
        body += _section(section, tables)
        body.append("</section>")
    return "\n".join(["<!DOCTYPE html>", '<html lang="zh-CN">', *_head(report), "<body>", *body, "</body>", "</html>", ""])


def _head(report: Report) -> Iterator[str]:
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    facts = {"ArticleTitle": report.title, "ContentSource": report.issuer, "PubDate": report.published}
    for name, value in facts.items():
        if value is not None:
            yield f'<meta name="{name}" content="{_text(str(value))}">'
    yield f"<title>{_text(report.title or '')}</title><style>{_STYLE}</style></head>"


def _section(section: Section | None, tables: Sequence[Table]) -> Iterator[str]:
    if section is not None and section.heading:
        yield f"<h2>{_text(heading(section))}</h2>"
    for paragraph in section.paragraphs if section else ():
        yield f"<p>{_text(paragraph.text)}</p>"
    for table in tables:
        if section is None:
            yield f"<h2>{_text(f'{table.section}、{table.title}')}</h2>"
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f'<table data-table="{_text(table.name)}">'
    yield from html_rows(table, _said, _text)
    yield "</table>"


def _said(cell: Cell) -> tuple[str, str]:
    """The attributes of a cell, and what stands in it."""
    return f' data-key="{_text(cell.key)}" data-status="{cell.status.value}"', shown(cell)


def _text(text: str) -> str:
    """Escaped, without the control characters that no web page may hold."""
    return escape("".join(c for c in text if c.isprintable() or c in "\n\t\u3000\xa0"))
