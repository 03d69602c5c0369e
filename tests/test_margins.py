"""What a mail, a program, a log or a comparison sets before every line is taken off; what belongs to a table stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import govreport
from govreport.clearing.margins import unmargined
from govreport.source import Source

SAMPLE = (Path(__file__).parent / "samples/tabs/full.txt").read_text("utf-8")
MARGINS: dict[str, Callable[[int, str], str]] = {
    "mail": lambda _, line: f"> {line}",
    "mail without spaces at ends": lambda _, line: f">> {line}".rstrip(" "),
    "line numbers": lambda number, line: f"{number:5}\t{line}",
    "line numbers and a wall": lambda number, line: f"{number:03} | {line}",
    "comments": lambda _, line: f"# {line}".rstrip(" "),
    "times": lambda number, line: f"[2024-03-01 10:{number // 60:02}:{number % 60:02}] INFO {line}",
    "a comparison": lambda _, line: f"+{line}",
}


@pytest.mark.parametrize("margin", MARGINS)
def test_a_report_with_a_margin_reads_as_without(margin: str) -> None:
    text = "\n".join(MARGINS[margin](number, line) for number, line in enumerate(SAMPLE.rstrip("\n").split("\n"), 1))
    report, plain = govreport.loads(text), govreport.loads(SAMPLE)
    assert (report.title, report.issuer, report.year) == (plain.title, plain.issuer, plain.year)
    assert report.values() == plain.values()
    assert not report.doubts
    place, before = (cell.place for r in (report, plain) if (cell := r.cell("requests.granted.total")))
    assert place is not None
    assert before is not None
    assert place.line == before.line
    assert (place.column or 0) > (before.column or 0)


@pytest.mark.parametrize(
    "line",
    [
        "| 规章 | {number}",  # a wall before rows
        "    第{number}项工作",  # an indentation
        "本局第{number}项工作",  # words
        '"项", {number}',
    ],
)
def test_what_a_table_or_a_sentence_begins_with_is_no_margin(line: str) -> None:
    source = Source(lines=tuple(line.format(number=number) for number in range(40)))
    assert unmargined(source) is source


def test_numbers_that_do_not_count_up_are_no_margin() -> None:
    source = Source(lines=tuple(f"{number} 件" for number in (3, 1, 2) * 8))
    assert unmargined(source) is source


def test_one_line_without_it_and_there_is_no_margin() -> None:
    source = Source(lines=(*(f"> 第{number}项" for number in range(40)), "完"))
    assert unmargined(source) is source
