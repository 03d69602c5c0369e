"""What PDF tools do to lines: page numbers among the rows, numbers and labels broken by narrow cells, rows half on one line."""

from __future__ import annotations

import pytest

import govreport
from govreport.formats.columnar import ColumnFormat
from govreport.formats.pages import page_lines
from govreport.formats.sketch import sketch
from govreport.formats.spaced import SpacedFormat
from govreport.model import Report, Status
from govreport.source import Source, SourceSection
from govreport.testing.build import form_named, make_report, text_of
from govreport.testing.matrix import subjects
from govreport.testing.regimes import dice, values_for

JOINED = SpacedFormat("joined")


def section(text: str) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(number="二", heading=None, lines=lines, source=Source(lines=lines))


def texts(text: str) -> list[str]:
    return [piece.text for piece in JOINED.read(section(text))]


def report(regime: str = "unique") -> Report:
    return make_report("2021", values_for(form_named("2021"), regime, dice(5)))


def written(layout: str, found: Report) -> str:
    return text_of(found, subjects((layout,))[0])


def assert_same(text: str, found: Report) -> None:
    read = govreport.loads(text)
    assert {c.key: c.value for c in read.cells} == {c.key: c.value for c in found.cells}
    assert {c.status for c in read.cells} == {Status.READ}
    assert not read.doubts


@pytest.mark.parametrize("dash", ["-", "—", "－"])
def test_a_page_number_among_joined_values_is_one_piece(dash: str) -> None:
    assert texts(f"规章 3 0 1\n{dash} 1 {dash}\n办法 2 0 0") == [
        "规章",
        "3",
        "0",
        "1",
        f"{dash} 1 {dash}",
        "办法",
        "2",
        "0",
        "0",
    ]


def test_pages_count_up_and_a_row_of_three_cells_does_not() -> None:
    assert page_lines(section("— 1 —\n规章\n— 6 —\n—2—\n- 3 -\n办法\n— 3 —")) == {0, 3, 4}


def test_page_numbers_between_rows_change_nothing() -> None:
    found = report()
    lines = written("joined", found).split("\n")
    numbered = [line for i, line in enumerate(lines) for line in ((line, f"— {i // 20} —") if i and i % 20 == 0 else (line,))]
    assert_same("\n".join(numbered), found)


def test_rows_broken_into_lines_of_one_value_are_read_with_those_that_are_whole() -> None:
    found = report()
    lines = written("joined", found).split("\n")
    assert_same("\n".join("\n".join(line.split(" ")) if i % 2 else line for i, line in enumerate(lines)), found)


def test_a_label_broken_at_a_character_that_means_nothing_by_itself() -> None:
    found = report()
    text = (
        written("joined", found)
        .replace("（四）无法提供", "（四）\n无\n法提供")
        .replace("4.无正当理由大量反复申请", "4.\n无\n正当理由大量反复申请")
    )
    assert_same(text, found)


def test_the_number_of_a_label_before_its_quotes_is_no_value() -> None:
    found = report()
    text = written("lines_tight", found)
    label = next(line for line in text.split("\n") if line.startswith("3.危及"))
    bare = label.removeprefix("3.").translate(str.maketrans("", "", '“”"「」'))
    assert_same(text.replace(label, f"3\n“\n”\n、{bare}"), found)


def wrapped(text: str, width: int) -> str:
    """Numbers broken as cells of that width break them."""
    return " ".join(text[i : i + width] for i in range(0, len(text), width)) if text.isdigit() else text


def broken_cells(found: Report, width: int) -> str:
    lines = written("tabs", found).split("\n")
    return "\n".join("\t".join(wrapped(cell, width) for cell in line.split("\t")) if "\t" in line else line for line in lines)


@pytest.mark.parametrize("width", [2, 3])
def test_numbers_that_all_break_at_the_width_of_their_cells_are_whole(width: int) -> None:
    found = report()
    read = govreport.loads(broken_cells(found, width))
    assert {c.key: c.value for c in read.cells if c.key.startswith("requests")} == {
        c.key: c.value for c in found.cells if c.key.startswith("requests")
    }
    assert {c.status for t in read.tables if t.name == "requests" for c in t.cells} == {Status.READ}


@pytest.mark.parametrize("width", [1, 2])
def test_numbers_are_doubted_where_another_stands_whole(width: int) -> None:
    lines = broken_cells(report(), width).split("\n")
    whole = [line.replace(" ", "") if "国家秘密" in line or "其他法律" in line else line for line in lines]
    read = govreport.loads("\n".join(whole))
    assert Status.INFERRED in {c.status for c in read.cells if c.key.startswith("requests.granted")}


def test_columns_are_claimed_by_how_values_and_labels_alternate() -> None:
    by_columns, by_rows = (
        section(text) for text in ("\n".join("规办章程") + "\n数\n3\n0\n1\n2\n额\n7\n9\n8\n6", "规\n1\n2\n办\n3\n4\n章\n5\n6")
    )
    claims = [ColumnFormat().claim(s, sketch(s)) for s in (by_columns, by_rows)]
    assert [claim is not None and claim.confidence > 0.8 for claim in claims] == [True, False]


def test_a_run_longer_than_any_row_is_a_column() -> None:
    found = section("规\n办\n" + "\n".join(map(str, range(40))))
    claim = ColumnFormat().claim(found, sketch(found))
    assert claim is not None
    assert claim.confidence > 0.8
