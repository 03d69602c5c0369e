"""The same reports as web page, Word file, spreadsheet and PDF, written by the libraries' own writers."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from csv import writer
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from making.bodies import Body, Rows, grid
from making.texts import document, full, html_table, markdown

if TYPE_CHECKING:
    from docx.document import Document as Word
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["CONTAINERS"]

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_政府信息公开</title>
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{published}">
<meta name="ContentSource" content="{issuer}">
</head>
<body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/gk/">政务公开</a> &gt; <a href="/gk/nb/">政府信息公开年报</a></div>
<h1>{title}</h1>
<p class="info">发布日期：{published}　来源：{issuer}</p>
<div class="article">
{article}
</div>
<div class="footer">主办：{issuer}　网站标识码：0000000000</div>
</body>
</html>
"""


def html(body: Body) -> bytes:
    """A page of a government site: navigation, article, footer, and its metadata."""
    blocks = [f"<p>{escape(text)}</p>" for text in body.prose.get("前言", [])]
    for heading, paragraphs, spec in body.parts():
        blocks += [f"<p><strong>{escape(heading)}</strong></p>", *(f"<p>{escape(text)}</p>" for text in paragraphs)]
        blocks += [html_table(body.table(spec))] if spec else []
    return PAGE.format(title=body.title, published=body.published, issuer=body.issuer, article="\n".join(blocks)).encode()


def md(body: Body) -> bytes:
    """Markdown, the tables in pipes."""
    return document(body, markdown).encode()


def csv(body: Body) -> bytes:
    """Comma-separated values as a spreadsheet saves them: every record as wide as the widest, and the mark that Excel wants."""
    records = [[body.title], *([text] for text in body.prose.get("前言", []))]
    for heading, paragraphs, spec in body.parts():
        records += [[heading], *([text] for text in paragraphs)]
        records += full(body.table(spec)) if spec else []
    width = max(map(len, records))
    out = io.StringIO()
    writer(out, lineterminator="\r\n").writerows(record + [""] * (width - len(record)) for record in records)
    return out.getvalue().encode("utf-8-sig")


def docx(body: Body) -> bytes:
    """A Word file with merged cells."""
    from docx import Document  # noqa: PLC0415 - only this container needs it

    word = Document()
    word.add_heading(body.title, 0)
    for text in body.prose.get("前言", []):
        word.add_paragraph(text)
    for heading, paragraphs, spec in body.parts():
        for text in (heading, *paragraphs):
            word.add_paragraph(text)
        if spec:
            _word_table(word, body.table(spec))
    return _saved(word.save)


def _word_table(word: Word, rows: Rows) -> None:
    slots = grid(rows)
    table = word.add_table(len(slots), len(slots[0]), style="Table Grid")
    for y, row in enumerate(slots):
        for x, (cell, first) in enumerate(row):
            if first:
                corner = table.cell(y, x)
                whole = corner.merge(table.cell(y + cell.rowspan - 1, x + cell.colspan - 1))
                whole.text = cell.text


def xlsx(body: Body) -> bytes:
    """A workbook of one sheet: prose in the first column, tables with merged cells, counts as numbers."""
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    sheet.title = "年度报告"
    for text in (body.title, *body.prose.get("前言", [])):
        sheet.append([text])
    for heading, paragraphs, spec in body.parts():
        for text in (heading, *paragraphs):
            sheet.append([text])
        if spec:
            _sheet_table(sheet, body.table(spec))
    return _saved(book.save)


def _sheet_table(sheet: Worksheet, rows: Rows) -> None:
    top = sheet.max_row + 1
    for y, row in enumerate(grid(rows), top):
        for x, (cell, first) in enumerate(row, 1):
            if first:
                sheet.cell(y, x, int(cell.text) if cell.value and cell.text.lstrip("-").isdigit() else cell.text)
                if cell.rowspan * cell.colspan > 1:
                    sheet.merge_cells(
                        start_row=y, start_column=x, end_row=y + cell.rowspan - 1, end_column=x + cell.colspan - 1
                    )


def odt(body: Body) -> bytes:
    """The Word file as LibreOffice saves it in its own way."""
    return _by_office(body, "odt")


def rtf(body: Body) -> bytes:
    """The Word file as RTF."""
    return _by_office(body, "rtf")


def pdf(body: Body) -> bytes:
    """The Word file as LibreOffice prints it: ruled tables that break over pages."""
    return _by_office(body, "pdf")


def _by_office(body: Body, kind: str) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit(f"the {kind} is made by LibreOffice, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(docx(body))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
        return source.with_suffix(f".{kind}").read_bytes()


def _saved(save: Callable[[Any], Any]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


CONTAINERS: dict[str, Callable[[Body], bytes]] = {make.__name__: make for make in (html, md, csv, docx, odt, rtf, xlsx, pdf)}
