"""Columns beside the form's, under headers of their own, are left out; a row that lacks a cell beside them is doubted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.binding.doubting import doubted, named
from tests.binding.grids import REPORT, WAYS, Write, as_page, cells_of, read

import govreport
from govreport import Status
from govreport.testing import text_of
from govreport.testing.turns import TURNS

HEADER = 3
"""Rows above the first values of the tables of requests and of disputes."""
END = 15
"""No table has more columns."""

written = pytest.mark.parametrize("write", WAYS)


def with_column(number: int, at: int, name: str, shown: Callable[[int], str]) -> list[list[str]]:
    """A table of the report with one column more, before that one, or behind the last."""
    rows = cells_of(REPORT.tables[number])
    return [[*row[:at], name if n < HEADER else shown(n), *row[at:]] for n, row in enumerate(rows)]


@written
@pytest.mark.parametrize(
    ("at", "name", "shown"),
    [
        (END, "备注", lambda _: "-"),
        (END, "备注", lambda n: "见附件" if n % 4 == 0 else ""),
        (END, "上年总计", str),
        (0, "序号", str),
        (9, "小计", lambda n: str(n * 11)),
    ],
)
def test_a_column_under_a_header_of_its_own_is_left_out(at: int, name: str, shown: Callable[[int], str], write: Write) -> None:
    report = read({1: with_column(1, at, name, shown)}, write)
    assert report.values() == REPORT.values()
    assert not [f for f in govreport.check(report) if f.code.startswith("reading.") and "requests.new.total" in f.cells]


@pytest.mark.parametrize("shown", [lambda _: "件", lambda n: "含上年结转" if n % 4 == 0 else ""])
@written
def test_words_in_it_are_no_values_beside_labels_that_cover_several_columns(shown: Callable[[int], str], write: Write) -> None:
    """Where what a label hides are empty cells, and a row has a blank."""
    rows = with_column(1, END, "备注", shown)
    rows = [["" if n and text == row[n - 1] and not text.isdigit() else text for n, text in enumerate(row)] for row in rows]
    rows[-1][6] = ""
    report = read({1: rows}, write)
    assert {key: value for key, value in report.values().items() if REPORT.values()[key] != value} == {
        "requests.carried_out.public_interest": None
    }
    assert not [f for f in govreport.check(report) if f.code.startswith("reading.")]


@written
def test_a_row_that_lost_a_cell_is_not_made_whole_by_an_empty_one_behind_the_remarks(write: Write) -> None:
    rows = [[*row, ""] for row in with_column(1, END, "备注", str)]
    row = next(row for row in rows if any("予以公开" in text for text in row))
    del row[5]
    assert doubted(read({1: rows}, write), "requests.granted")


@written
def test_a_row_that_lost_a_cell_is_not_made_whole_by_a_remark(write: Write) -> None:
    rows = with_column(1, END, "备注", str)
    row = next(row for row in rows if any("予以公开" in text for text in row))
    del row[5]
    assert doubted(read({1: rows}, write), "requests.granted")


@written
@pytest.mark.parametrize("at", [3, END])
def test_where_a_column_has_no_header_the_rows_are_doubted(at: int, write: Write) -> None:
    report = read({1: with_column(1, at, "", lambda n: str(n * 7 % 50))}, write)
    assert report.values() == REPORT.values()
    assert doubted(report, "requests")


def spread(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same with each label once, and empty cells where it was merged over others, as converters write it."""
    above: Sequence[str] = ()
    written = []
    for row in rows:
        beside = zip(row, ["", *row], [*above, *[""] * len(row)], strict=False)
        again = [text in (before, over) for text, before, over in beside]
        written.append(["" if known and not text.isdecimal() else text for text, known in zip(row, again, strict=True)])
        above = row
    return written


@written
def test_a_column_under_a_header_of_its_own_is_left_out_where_labels_are_not_repeated(write: Write) -> None:
    report = read({1: spread(with_column(1, END, "上年总计", str))}, write)
    assert report.values() == REPORT.values()
    assert not [f for f in govreport.check(report) if f.code.startswith("reading.")]


@written
@pytest.mark.parametrize("lost", ["natural_person", "research", "total"])
def test_a_column_lost_with_its_header_is_missing_and_the_others_are_doubted(lost: str, write: Write) -> None:
    rows = cells_of(REPORT.tables[1])
    keys = [key.rpartition(".")[2] for key in REPORT.values() if key.startswith("requests.new.")]
    at = len(rows[0]) - len(keys) + keys.index(lost)
    report = read({1: [[*row[:at], *row[at + 1 :]] for row in rows]}, write)
    gone = {key for key in REPORT.values() if key.startswith("requests.") and key.endswith(f".{lost}")}
    assert {key: report[key] for key in REPORT.values()} == REPORT.values() | dict.fromkeys(gone)
    status = {key: cell.status for key in REPORT.values() if key.startswith("requests.") and (cell := report.cell(key))}
    assert status == {key: Status.MISSING if key in gone else Status.INFERRED for key in status}


@pytest.mark.parametrize("at", [0, END])
def test_the_only_row_of_a_table_is_doubted_if_it_lacks_the_cell_beside(at: int) -> None:
    rows = with_column(2, at, "备注", lambda _: "3")
    assert not doubted(read({2: rows}, as_page), "disputes")
    del rows[HEADER][4]
    assert doubted(read({2: rows}, as_page), "disputes")


@written
@pytest.mark.parametrize("number", [1, 2])
def test_numbers_of_columns_are_no_values(number: int, write: Write) -> None:
    rows = cells_of(REPORT.tables[number])
    labels = sum(not text.isdigit() for text in rows[-1])
    numbered = [*rows[:HEADER], [*[""] * labels, *map(str, range(1, len(rows[0]) - labels + 1))], *rows[HEADER:]]
    report = read({number: numbered}, write)
    assert report.values() == REPORT.values()
    assert [p.text for p in report.unbound if p.text.isdigit()] == []


@written
def test_empty_rows_part_nothing(write: Write) -> None:
    rows = [line for row in cells_of(REPORT.tables[2]) for line in (row, [""] * len(row))]
    assert read({2: rows}, write).values() == REPORT.values()


def test_columns_of_another_year_are_not_beside() -> None:
    """Nor is this year's column, whose label is damaged, left out and the other's read for it."""
    text = text_of(REPORT, next(layout for layout in TURNS if layout.name == "twice_tabs"))
    assert govreport.loads(text)["requests.new.legal_service"] == REPORT["requests.new.legal_service"]
    report = govreport.loads(text.replace("法律服务机构", "法律服构务机", 1))
    assert report["requests.new.legal_service"] in {REPORT["requests.new.legal_service"], None} or doubted(
        report, "requests.new"
    )


@written
def test_a_damaged_header_is_not_that_of_another_column(write: Write) -> None:
    rows, key = cells_of(REPORT.tables[0]), "disclosure.licensing.decisions"
    number, header = next((n, row) for n, row in enumerate(rows) if "本年处理决定数量" in row)
    header[1] = "本年处理决定\ufffd量"
    assert read({0: rows}, write)[key] == REPORT[key]
    rows[number + 1][2:] = ["", ""]
    assert key in named(read({0: rows}, write))
