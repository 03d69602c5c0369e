"""Cells that say where they stand are read in their places."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import govreport
from govreport.formats.addressed import AddressedFormat
from govreport.formats.sketch import sketch
from govreport.hookspecs import Format
from govreport.source import Source, SourceSection

ROWS = (("内容", "制发", "有效"), ("规章", "3", ""), ("行政规范性文件", "-5", "12"), ("办法", "0", "7"))
PLUGIN = Path(__file__).resolve().parent.parent / "examples" / "third_party_format" / "src"

Address = Callable[[int, int, str], str]


def section(text: str) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(number="二", heading=None, lines=lines, source=Source(lines=lines))


def rows(text: str) -> list[tuple[str, ...]]:
    found = [piece for piece in AddressedFormat().read(section(text)) if piece.row is not None]
    numbers = sorted({piece.row for piece in found if piece.row is not None})
    return [tuple(piece.text for piece in found if piece.row == number) for number in numbers]


def confidence(text: str) -> float:
    found = AddressedFormat().claim(section(text), sketch(section(text)))
    return found.confidence if found else 0.0


@pytest.mark.parametrize(
    "address",
    [
        lambda row, column, text: f"{'ABC'[column]}{row + 1}={text}",
        lambda row, column, text: f"${'ABC'[column]}${row + 5}: {text}",
        lambda row, column, text: f"R{row + 1}C{column + 1}: {text}",
        lambda row, column, text: f"[{row},{column}] {text}",
        lambda row, column, text: f"({row}, {column}): {text}",
        lambda row, column, text: f'cell[{row}][{column}] = "{text}"',
        lambda row, column, text: f'rows[{row}].cells[{column}]="{text}"',
        lambda row, column, text: f'$.tables[1].rows[{row}][{column}] = "{text}";',
        lambda row, column, text: f"row {row + 1}, column {column + 1}: {text}",
        lambda row, column, text: f"第{row + 1}行第{column + 1}列：{text}",
        lambda row, column, text: (f"R{row}\n" if column == 0 else "") + f"  C{column}: {text}",
    ],
)
def test_cells_stand_where_they_say(address: Address) -> None:
    lines = [address(row, column, text) for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    assert rows("\n".join(lines)) == list(ROWS)
    assert rows("\n\n".join(["说明", *lines, "完"])) == list(ROWS)
    assert confidence("\n".join(lines)) > 0.9 > confidence("\n".join([*lines, *["说明。"] * 3]))


def test_what_nothing_is_said_of_is_empty() -> None:
    cells = [*ROWS, ("目录", "", "4"), ("指南", "6", "")]
    lines = [f"{'ABC'[column]}{row}: {text}" for row, each in enumerate(cells) for column, text in enumerate(each) if text]
    assert rows("\n".join(lines)) == cells


def test_what_follows_a_cell_belongs_to_it_and_another_table_begins_anew() -> None:
    lines = [f"R{row}C{column} {text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    wrapped = [line.replace("行政规范性文件", "行政规范性\n文件") for line in lines]
    expected = [*ROWS[:2], ("行政规范性\n文件", *ROWS[2][1:]), ROWS[3]]
    assert rows("\n".join((*wrapped, "三、另一表", *wrapped))) == [*expected, *expected]


def test_a_small_table_beside_a_whole_one() -> None:
    whole = [f"R{row}C{column} {text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    small = [f"R{row}C{column} {text}" for row, cells in enumerate(ROWS[2:]) for column, text in enumerate(cells)]
    assert rows("\n".join(small)) == []
    assert rows("\n".join([*whole, "", *small])) == [*ROWS, *ROWS[2:]]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"A{number}: 事项" for number in range(1, 30)),
        "\n".join(f"({number}, 2) 事项" for number in range(1, 30)),
        "R1C1 一\nR1C2 二\nR2C1 三\nR2C2 四",
    ],
)
def test_what_is_no_table_is_not_claimed(text: str) -> None:
    assert confidence(text) == 0.0
    assert rows(text) == []


@pytest.mark.parametrize(("one", "to"), [("A1", "C1"), ("R1C1", "R1C3"), ("$A$1", "$C$1")])
def test_a_cell_that_covers_others_names_the_last_of_them(one: str, to: str) -> None:
    spot = "R{row}C{column}" if "R" in one else "{letter}{row}"
    cells = [(row, column, text) for row, each in enumerate(ROWS, 2) for column, text in enumerate(each, 1)]
    lines = [f"{spot.format(row=row, column=column, letter=' ABC'[column])}={text}" for row, column, text in cells]
    first, *others = AddressedFormat().read(section("\n".join([f"{one}:{to}=公开情况", *lines])))
    assert (first.text, first.row, first.column, first.rowspan, first.colspan) == ("公开情况", 0, 0, 1, 3)
    assert [piece.text for piece in others] == [text for *_, text in cells]
    assert first.place == govreport.Place(line=1, column=len(f"{one}:{to}=") + 1)


def test_a_layout_of_others_wins_what_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example plugin reads some of these addresses and is surer of them."""
    monkeypatch.syspath_prepend(PLUGIN)
    text = "\n".join(f"R{row}C{column}={text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells))
    theirs: Format = importlib.import_module("govreport_addresses").AddressFormat()
    own = section(f"R0C0:R0C2=公开情况\n{text}\n注：以上。")
    claims = [claim for layout in (AddressedFormat(), theirs) if (claim := layout.claim(own, sketch(own)))]
    assert [claim.name for claim in sorted(claims, key=lambda claim: claim.confidence)] == ["addressed", "addresses"]
    sys.modules.pop("govreport_addresses")


def test_a_number_under_a_number_may_be_that_of_a_page() -> None:
    lines = [f"R{row}C{column}={text}" for row, cells in enumerate(ROWS) for column, text in enumerate(cells)]
    found = AddressedFormat().read(section("\n".join(lines).replace("=3\n", "=3\n4\n")))
    assert [(piece.row, piece.column) for piece in found if piece.text in ("3", "4")] == [(1, 1), (1, None)]
