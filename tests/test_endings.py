"""Line ends that are written out are lines again; what only looks like one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import govreport
from govreport.clearing.characters import spelled
from govreport.clearing.endings import lined
from govreport.source import Source

SAMPLE = (Path(__file__).parent / "samples/separated/full.txt").read_text("utf-8")


@pytest.mark.parametrize("end", ["\\n", "\\r\\n", "\\r"])
def test_a_text_that_is_one_string_has_lines_and_tabs(end: str) -> None:
    escaped = SAMPLE.replace("\t", "\\t").replace("\n", end)
    assert govreport.loads(escaped).values() == govreport.loads(SAMPLE).values()


def test_places_are_those_of_the_string() -> None:
    found = lined(Source(lines=("\\n".join(map(str, range(20))),)))
    assert found.lines[:3] == ("0", "1", "2")
    assert [(place.line, place.column) for place in (found.places or ())[:3]] == [(1, 1), (1, 4), (1, 7)]


@pytest.mark.parametrize("text", ["\\noindent 甲\n" * 20, "C:\\\\new\n" * 20, "\\n" * 11])
def test_what_is_no_such_string_stays(text: str) -> None:
    source = Source(lines=tuple(text.split("\n")))
    assert lined(source) is source


@pytest.mark.parametrize(("before", "behind"), [("", "<br>"), ("", " <BR/>"), ("", "¶"), ("", "↵"), ('"', '"'), ('  "', '",')])
def test_marks_that_all_lines_end_with_are_left_out(before: str, behind: str) -> None:
    texts = [f"规章 {number}" for number in range(12)]
    found = lined(Source(lines=("", *(f"{before}{text}{behind}" for text in texts))))
    assert found.lines == ("", *texts)
    assert found.place(1).column == len(before) + 1


def test_marks_that_some_lines_end_with_stay() -> None:
    source = Source(lines=tuple([f"规章 {number}<br>" for number in range(10)] + [f"规章 {number}" for number in range(10)]))
    assert lined(source) is source


def test_both_bytes_of_a_space_read_as_characters() -> None:
    assert spelled(Source(lines=("规章\u00c2\u00a03",))).lines == ("规章\u00a03",)
