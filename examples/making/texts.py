"""How published pages and third-party extractors write a table down as text: one function a habit, and the page around it."""

from __future__ import annotations

import csv
import io
import itertools
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from making.bodies import Body, Drawn, Rows, grid

__all__ = ["TEXTS", "Text", "document", "full", "html_table"]

Text = Callable[[Rows], str]


def lines(rows: Rows, between: str = "\n\n") -> str:
    """One cell a line, an empty line between; an empty cell is an nbsp, as browsers copy it."""
    return between.join(cell.text or "\xa0" for row in rows for cell in row)


def tight_lines(rows: Rows) -> str:
    """One cell a line and nothing between."""
    return lines(rows, "\n")


def repeated_lines(rows: Rows) -> str:
    """One cell a line, a merged label repeated for every column that it covers."""
    return "\n\n".join(
        cell.text or "\xa0" for row in rows for cell in row for _ in range(cell.colspan if not cell.value else 1)
    )


def dropped_lines(rows: Rows) -> str:
    """One cell a line, empty cells gone without a trace."""
    return "\n\n".join(cell.text for row in rows for cell in row if cell.text)


def word_tabs(rows: Rows) -> str:
    """A tab before each cell, an empty line after each row: what is left of a Word table."""
    return "\n\n".join("\n".join(f"\t{cell.text}" for cell in row) for row in rows)


def tab_lines(rows: Rows) -> str:
    """Cell and tab on lines of their own, an empty line after each row."""
    return "\n\n".join("\n\t\n".join(cell.text for cell in row) for row in rows)


def pipe_lines(rows: Rows) -> str:
    """Cell and pipe on lines of their own."""
    return "\n".join("|\n" + "\n|\n".join(cell.text for cell in row) + "\n|" for row in rows)


def tabs(rows: Rows) -> str:
    """Tab-separated, every cell in its column, hidden ones empty."""
    return "\n".join("\t".join(row) for row in full(rows))


def shifted_tabs(rows: Rows) -> str:
    """Tab-separated, cells hidden by a merged one left out: what follows starts further left."""
    return "\n".join("\t".join(cell.text for cell in row) for row in rows)


def repeated_tabs(rows: Rows) -> str:
    """Tab-separated, a merged cell repeated in every column and row it covers."""
    return "\n".join("\t".join(cell.text for cell, _ in row) for row in grid(rows))


def commas(rows: Rows) -> str:
    """Comma-separated, every cell in its column; quoted where a comma, a quotation mark or a line feed stands in it."""
    return _comma_separated(full(rows))


def shifted_commas(rows: Rows) -> str:
    """Comma-separated, cells hidden by a merged one left out."""
    return _comma_separated([[cell.text for cell in row] for row in rows])


def _comma_separated(texts: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(texts)
    return text.getvalue().removesuffix("\n")


def trailing_pipes(rows: Rows) -> str:
    """`a | b |`, no pipe at the front."""
    return "\n".join(" | ".join(row) + " |" for row in full(rows))


def pipe_cells(rows: Rows) -> str:
    """`cell |` a line; merged columns leave a line of pipes, an empty cell a lone one."""
    return "\n".join(itertools.chain.from_iterable(_piped(cell) for row in rows for cell in row))


def _piped(cell: Drawn) -> Iterator[str]:
    yield f"{cell.text} |".lstrip()
    if cell.colspan > 1:
        yield "|" * (cell.colspan - 1)


def markdown(rows: Rows) -> str:
    """Markdown's table, its rule under the first row."""
    first, *others = [f"| {' | '.join(row)} |" for row in full(rows)]
    return "\n".join([first, "|" + " --- |" * (first.count("|") - 1), *others])


def single_spaces(rows: Rows) -> str:
    """The cells of a row joined by one space, empty ones gone: text taken from a PDF."""
    return "\n".join(" ".join(cell.text for cell in row if cell.text) for row in rows)


def columns(rows: Rows) -> str:
    """The labels of the rows, then column after column with its header: text that a PDF tool took for columns."""
    width = min(j for row in grid(rows) for j, (cell, _) in enumerate(row) if cell.value)
    labels = [cell for row in grid(rows) for cell, first in row[:width] if first]
    across = [cell for column in zip(*grid(rows), strict=True) for cell, first in column if first]
    known = {id(cell) for cell in labels}
    return lines([[*labels, *(cell for cell in across if id(cell) not in known)]])


def spaces_kept(rows: Rows) -> str:
    """The cells of a row joined by one space, empty ones too: text of a page without its tags."""
    return "\n".join(" ".join(cell.text for cell in row).rstrip() for row in rows)


def drifting(rows: Rows) -> str:
    """Columns lined up by spaces, a Chinese character counted as one and spans ignored: a web page shown on a terminal."""
    texts = [[cell.text for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in itertools.zip_longest(*texts, fillvalue="")]
    return "\n".join("  ".join(text.center(w) for text, w in zip(row, widths, strict=False)).rstrip() for row in texts)


def aligned(rows: Rows) -> str:
    """Columns lined up by spaces, a Chinese character as wide as two digits."""
    return "\n".join("  ".join(row).rstrip() for row in _padded(rows))


def boxes(rows: Rows) -> str:
    """A table drawn with lines, as a terminal shows it."""
    padded = _padded(rows)
    runs = ["─" * (_width(text) + 2) for text in padded[0]]
    rules = [left + middle.join(runs) + right for left, middle, right in ("┌┬┐", "├┼┤", "└┴┘")]
    body = f"\n{rules[1]}\n".join(f"│ {' │ '.join(row)} │" for row in padded)
    return f"{rules[0]}\n{body}\n{rules[2]}"


def ruled(rows: Rows) -> str:
    """Columns lined up by spaces between two rules of dashes, as converters set simple tables."""
    padded = _padded(rows)
    rule = "  ".join("-" * max(2, _width(text)) for text in padded[0])
    return "\n".join([rule, *("  ".join(row).rstrip() for row in padded), rule])


def addresses(rows: Rows) -> str:
    """A line a cell with its place in a sheet; a merged one names the last place that it covers."""
    return "\n".join(
        f"{_span(i, j, cell)}: {cell.text}" for i, row in enumerate(grid(rows)) for j, (cell, first) in enumerate(row) if first
    )


def _span(row: int, column: int, cell: Drawn) -> str:
    first = f"{chr(ord('A') + column)}{row + 1}"
    last = f"{chr(ord('A') + column + cell.colspan - 1)}{row + cell.rowspan}"
    return first if first == last else f"{first}:{last}"


def nested(rows: Rows) -> str:
    """A list of lists, as a program writes it that knows neither commas nor tabs between cells."""
    return "(" + "\n ".join("(" + " ".join(f'"{text}"' for text in row) + ")" for row in full(rows)) + ")"


def items(rows: Rows) -> str:
    """The same in YAML, a cell a line."""
    return "\n".join("- - " + "\n  - ".join(text or '""' for text in row) for row in full(rows))


def _padded(rows: Rows) -> list[list[str]]:
    texts = full(rows)
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    return [[text + " " * (w - _width(text)) for text, w in zip(row, widths, strict=True)] for row in texts]


def html_table(rows: Rows) -> str:
    """An HTML table with its spans."""
    return "\n".join(["<table>", *(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows), "</table>"])


def _td(cell: Drawn) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    return f"<td{spans}>{cell.text or '&nbsp;'}</td>"


def wiki(rows: Rows) -> str:
    """A table of a wiki, with its spans."""
    return "\n".join(['{| class="wikitable"', "\n|-\n".join("\n".join(map(_wiki, row)) for row in rows), "|}"])


def _wiki(cell: Drawn) -> str:
    spans = " ".join(f'{name}="{n}"' for name, n in (("rowspan", cell.rowspan), ("colspan", cell.colspan)) if n > 1)
    return f"| {spans} | {cell.text}" if spans else f"| {cell.text}"


def tex(rows: Rows) -> str:
    """A table of TeX, every position between two marks."""
    lines = [" & ".join(f"{{{text}}}" for text in row) + " \\\\" for row in full(rows)]
    return "\n".join(
        [f"\\begin{{tabular}}{{{'l' * len(grid(rows)[0])}}}", "\\toprule", *lines, "\\bottomrule", "\\end{tabular}"]
    )


def full(rows: Rows) -> list[list[str]]:
    """Every position of the table as text; what a merged cell covers beyond its corner is empty."""
    return [[cell.text if first else "" for cell, first in row] for row in grid(rows)]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


TEXTS: dict[str, Text] = {
    text.__name__: text
    for text in (
        lines,
        tight_lines,
        repeated_lines,
        dropped_lines,
        word_tabs,
        tab_lines,
        pipe_lines,
        tabs,
        shifted_tabs,
        repeated_tabs,
        commas,
        shifted_commas,
        trailing_pipes,
        pipe_cells,
        markdown,
        single_spaces,
        columns,
        aligned,
        boxes,
        html_table,
    )
}


def document(body: Body, *layouts: Text, gap: str = "\n\n", top: Sequence[str] = (), end: Sequence[str] = ()) -> str:
    """The whole page: title, date, prose and headings, the tables in `layouts` (one for all, or one each)."""
    choice = itertools.chain(layouts, itertools.repeat(layouts[-1]))
    blocks = [*top, body.title, f"发布日期：{body.published}", *body.prose.get("前言", [])]
    for heading, paragraphs, spec in body.parts():
        blocks += [heading, *paragraphs]
        if spec is not None:
            blocks.append(next(choice)(body.table(spec)))
    return gap.join([*blocks, *end]) + "\n"
