"""What lies between cells of a line each: gaps that are empty cells, and those that only part labels."""

from __future__ import annotations

from govreport.formats.lines import LINE_FORMATS
from govreport.formats.pipes import PIPE_FORMATS
from govreport.formats.sketch import sketch
from govreport.formats.spaced import SPACED_FORMATS
from govreport.source import Source, SourceSection


def section(*lines: str) -> SourceSection:
    return SourceSection(number="四", heading=None, lines=lines, source=Source(lines=lines))


def texts(name: str, *lines: str) -> list[str]:
    layout = next(f for f in (*LINE_FORMATS, *PIPE_FORMATS, *SPACED_FORMATS) if f.name == name)
    return [piece.text for piece in layout.read(section(*lines))]


def test_labels_that_stand_farther_apart_than_values_leave_no_empty_cells() -> None:
    labels = [line for label in "甲乙丙丁戊己" for line in (label, "")]
    read = texts("lines", *labels, "-", "1", "-", "2", "3", "-")
    assert read[:6] == [*"甲乙丙丁戊己"]
    assert read[-6:] == ["-", "1", "-", "2", "3", "-"]


def test_the_number_of_a_label_widens_no_gap_by_an_empty_cell() -> None:
    def row(number: int, *values: str) -> list[str]:
        return ["", "", "", str(number), "．项", *(line for value in values for line in ("", "", value))]

    rows = [*row(1, "11", "12", "13"), *row(2, "21", "22", "23"), *row(3, "31", "", "", "33"), *row(4, "41", "42", "43")]
    read = texts("lines", "项", *rows)
    assert read[read.index("31") : read.index("33") + 1].count("") in (1, 2)
    gap = ["", "", "", "", ""]  # two between cells, and three for an empty one
    rows = [*row(1, "11", "12", "13"), *row(2, "21"), *gap, "23", *row(3, "31"), *gap, "33", *row(4, "41", "42", "43")]
    read = texts("lines", "项", *rows)
    assert read[read.index("21") : read.index("23") + 1].count("") in (1, 2)  # with a remark, where it is the only one


def test_between_two_pipes_only_an_nbsp_is_an_empty_cell() -> None:
    lines = ("|", "|规章|", "|", "|3|", "|", "|\xa0|", "|", "|", "|12|", "|")
    assert texts("pipe_cells", *lines) == ["规章", "3", "\xa0", "12"]
    assert sketch(section(*lines)).pipe_cells


def test_where_no_cell_stands_between_pipes_a_lone_pipe_is_an_empty_one() -> None:
    assert texts("pipe_cells", "规章", "|", "3", "|", "|", "12", "|") == ["规章", "3", "", "12"]


def test_pipes_in_pairs_part_cells_as_single_ones_do() -> None:
    labels = [f"项{number}" for number in range(15)]
    read = texts("markdown", "||" + "||".join(labels) + "||", "|" + "|".join(map(str, range(15))) + "|")
    assert read == [*labels, *map(str, range(15))]


def test_an_nbsp_that_a_value_brought_along_is_no_empty_cell() -> None:
    rows = [f"项{number} 1 2  4 5 6" for number in range(4)]
    assert texts("gapped", *rows, "项 1 \xa02 3\xa0 4 5 6")[-7:] == ["项", "1", "2", "3", "4", "5", "6"]
    assert texts("gapped", *rows, "项 1 \xa02  4 5 6")[-7:] == ["项", "1", "2", "", "4", "5", "6"]
