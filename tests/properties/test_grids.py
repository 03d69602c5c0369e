"""After a damage to the cells of a web page's table every printed cell is right, or doubted, or missing with a finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

import govreport
from govreport.model import Report
from govreport.testing import dice
from govreport.testing.regimes import REGIMES
from govreport.testing.strategies import Sample
from govreport.testing.verdict import judge, truth_of
from govreport.writers.html import to_html

pytest.importorskip("lxml")

Rows = list[list[str]]
"""The cells of a table, each from its tag to the end of it, hidden ones left out."""

Damage = Callable[[Random, Rows], None]
FORMS = ("2019", "2021")
EXAMPLES = 60
"""Reports that each damage is done to, always the same."""
_TABLE = re.compile(r"<table[^>]*>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])\b[^>]*>(.*?)</\1>", re.DOTALL)
_SPAN = re.compile(r' (?:row|col)span="?\d+"?')


def said(cell: str) -> str:
    found = _CELL.fullmatch(cell)
    assert found is not None
    return found[2]


def is_number(cell: str) -> bool:
    return said(cell).replace(".", "").lstrip("-").isdigit()


def valued(rows: Rows) -> list[list[str]]:
    """The rows that hold a number, of which there is at least one."""
    return [row for row in rows if any(map(is_number, row))]


def cell_lost(rng: Random, rows: Rows) -> None:
    row = rng.choice(valued(rows))
    row.pop(rng.randrange(len(row)))


def cell_twice(rng: Random, rows: Rows) -> None:
    row = rng.choice(valued(rows))
    at = rng.randrange(len(row))
    row.insert(at, row[at])


def cell_added(rng: Random, rows: Rows) -> None:
    row = rng.choice(valued(rows))
    row.insert(rng.randrange(len(row) + 1), "<td></td>")


def cells_glued(rng: Random, rows: Rows) -> None:
    row = rng.choice(valued(rows))
    at = rng.randrange(max(len(row) - 1, 1))
    row[at : at + 2] = [f"<td>{rng.choice(('', ' ')).join(map(said, row[at : at + 2]))}</td>"]


def number_cut(rng: Random, rows: Rows) -> None:
    row = rng.choice(valued(rows))
    at = rng.choice([i for i, cell in enumerate(row) if is_number(cell)])
    text = said(row[at])
    cut = rng.randrange(1, max(len(text), 2))
    row[at : at + 1] = [f"<td>{text[:cut]}</td>", *([f"<td>{text[cut:]}</td>"] if text[cut:] else [])]


def row_lost(rng: Random, rows: Rows) -> None:
    rows.pop(rng.randrange(len(rows)))


def row_twice(rng: Random, rows: Rows) -> None:
    at = rng.randrange(len(rows))
    rows.insert(at, [*rows[at]])


def row_broken(rng: Random, rows: Rows) -> None:
    at = rows.index(rng.choice(valued(rows)))
    cut = rng.randrange(len(rows[at]))
    rows[at : at + 1] = [rows[at][:cut], rows[at][cut:]]


def column_lost(rng: Random, rows: Rows) -> None:
    behind = rng.randrange(1, 3)
    for row in valued(rows):
        del row[max(len(row) - behind, 0)]


def numbered(_: Random, rows: Rows) -> None:
    for number, row in enumerate(valued(rows), 1):
        row.insert(0, f"<td>{number}</td>")


def unmerged(_: Random, rows: Rows) -> None:
    for row in rows:
        row[:] = [_SPAN.sub("", cell) for cell in row]


DAMAGES: tuple[Damage, ...] = (
    cell_lost,
    cell_twice,
    cell_added,
    cells_glued,
    number_cut,
    row_lost,
    row_twice,
    row_broken,
    column_lost,
    numbered,
    unmerged,
)


def page(rng: Random, report: Report, damage: Damage) -> bytes:
    """The page of a report with one of its tables damaged."""
    text = to_html(report)
    table = rng.choice([found for found in _TABLE.finditer(text) if valued(_rows(found[1]))])
    rows = _rows(table[1])
    damage(rng, rows)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"{text[: table.start(1)]}{body}{text[table.end(1) :]}".encode()


def _rows(body: str) -> Rows:
    return [[cell[0] for cell in _CELL.finditer(row[1])] for row in _ROW.finditer(body)]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_grid_is_not_silent(damage: Damage) -> None:
    for seed in range(EXAMPLES):
        rng = dice(seed)
        form, regime, share = rng.choice(FORMS), rng.choice(sorted(REGIMES)), rng.choice((0.0, 0.1, 0.5))
        report = Sample(form=form, regime=regime, seed=seed, share=share).report
        read = govreport.load(page(rng, report, damage))
        assert not judge(truth_of(report), read, govreport.check(read)).silent, seed
