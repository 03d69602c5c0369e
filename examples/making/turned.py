"""Tables written another way round: rows for columns, in halves, one cell a line with its labels."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator
from typing import Any

from making.bodies import Body, Drawn, Rows, grid

__all__ = ["continued", "html_beside", "html_transposed", "key_list", "keys", "records", "several", "transposed", "tree"]

Texts = list[list[str]]


def _repeated(rows: Rows) -> Texts:
    """Every position as text, labels in all that they cover."""
    return [[cell.text if first or not cell.value else "" for cell, first in row] for row in grid(rows)]


def _markdown(texts: Texts) -> str:
    first, *others = [f"| {' | '.join(row)} |" for row in texts]
    return "\n".join([first, "|" + " --- |" * len(texts[0]), *others])


def transposed(rows: Rows) -> str:
    """Markdown, rows for columns."""
    return _markdown([list(row) for row in zip(*_repeated(rows), strict=True)])


def html_transposed(rows: Rows) -> str:
    """HTML, rows for columns, with the spans turned."""
    places = grid(rows)
    turned = [[places[y][x] for y in range(len(places))] for x in range(len(places[0]))]
    return "<table>" + "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in turned) + "</table>"


def _td(place: tuple[Drawn, bool]) -> str:
    cell, first = place
    return _cell(cell.text, cell.colspan, cell.rowspan) if first else ""


def html_beside(rows: Rows) -> str:
    """HTML, last year's number beside each value, which a row below each header tells apart."""
    places, lines = grid(rows), list[str]()
    first = min(x for row in places for x, (cell, _) in enumerate(row) if cell.value)
    for row, above in zip(places, [places[0], *places], strict=False):
        values = [cell for cell, begun in row if begun and cell.value]
        if values and not any(cell.value for cell, _ in above):
            years = (_cell(year, 1, cell.colspan) for cell in values for year in ("2023年", "2022年"))
            lines.append("".join([_cell("", 1, first), *years]))
        lines.append("".join(_two(cell, first - x) for x, (cell, begun) in enumerate(row) if begun))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _two(cell: Drawn, labels: int) -> str:
    """A value and last year's; a label as wide as both, but for the columns of labels that it covers."""
    if cell.value:
        last = str(int(cell.text) + 4) if cell.text.isdecimal() else cell.text
        return "".join(_cell(text, cell.rowspan, cell.colspan) for text in (cell.text, last))
    return _cell(cell.text, cell.rowspan, 2 * cell.colspan - min(max(labels, 0), cell.colspan))


def _cell(text: str, rowspan: int, colspan: int) -> str:
    return f'<td rowspan="{rowspan}" colspan="{colspan}">{text}</td>' if colspan else ""


def continued(rows: Rows) -> str:
    """Markdown, the columns of a wide table in two halves, each behind the labels of rows."""
    texts, left = _repeated(rows), min(x for row in grid(rows) for x, (cell, _) in enumerate(row) if cell.value)
    middle = (left + len(texts[0])) // 2
    halves = [[row[:middle] for row in texts], [row[:left] + row[middle:] for row in texts]]
    return "\n\n（续表）\n\n".join(map(_markdown, halves)) if left else _markdown(texts)


def keys(rows: Rows) -> str:
    """A line a value, its labels before it."""
    return "\n".join(f"{'/'.join([*own, *over])}：{text}" for own, over, text in _cells(rows))


def records(rows: Rows) -> str:
    """Comma-separated, a record a value."""
    return "\n".join(["项目,栏目,数值", *(f"{' / '.join(own)},{' / '.join(over)},{text}" for own, over, text in _cells(rows))])


def several(rows: Rows) -> str:
    """A line a row, each value behind the label of its column."""
    lines = (("，".join(own), "，".join(f"{name}{text}件" for name, text in cells)) for own, cells in _grouped(rows))
    return "\n".join(map("：".join, lines))


def key_list(rows: Rows) -> str:
    """A list of lists: rows, and the values of each."""
    items = (["- " + "，".join(own), *(f"  - {name}: {text}" for name, text in cells)] for own, cells in _grouped(rows))
    return "\n".join(itertools.chain.from_iterable(items))


def tree(body: Body) -> str:
    """JSON, every label within the one before it."""
    made: dict[str, Any] = {"标题": body.title, "发布日期": body.published}
    for heading, paragraphs, spec in body.parts():
        made[heading] = {} if spec else "\n".join(paragraphs)
        for own, over, text in _cells(body.table(spec)) if spec else ():
            *above, last = [label for label, _ in itertools.groupby([*own, *over])]
            functools.reduce(lambda within, label: within.setdefault(label, {}), above, made[heading])[last] = text
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _grouped(rows: Rows) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
    cells = [(own or over[:-1], over[-1], text) for own, over, text in _cells(rows)]
    for own, group in itertools.groupby(cells, key=lambda cell: cell[0]):
        yield own, [(name, text) for _, name, text in group]


def _cells(rows: Rows) -> Iterator[tuple[list[str], list[str], str]]:
    """Of every value the labels of its row and its column, and what it says."""
    places = grid(rows)
    for y, row in enumerate(places):
        for x, (cell, first) in enumerate(row):
            if cell.value and first:
                column = [line[x][0] for line in places[:y]]
                runs = [list(run) for value, run in itertools.groupby(column, key=lambda each: each.value) if not value]
                over = [each for each in dict.fromkeys(runs[-1]) if each.colspan < len(row)]
                wide = [each.text for each in dict.fromkeys(runs[-1]) if each.colspan == len(row)]
                own = [each.text for each, _ in row[:x] if not each.value]
                yield [*wide, *dict.fromkeys(own)], list(dict.fromkeys(each.text for each in over)), cell.text
