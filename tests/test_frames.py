"""Data frames that were written with their index: its numbers are no values."""

from __future__ import annotations

import pytest
from tests.binding.doubting import doubted

import govreport
from govreport.formats import canvas
from govreport.model import Report
from govreport.testing import dice, values_for
from govreport.testing.build import form_named, make_report, text_of
from govreport.testing.extracts import Extract, blocks


def frame(first: int, *, header: bool, separator: str) -> Extract:
    """Tables with an index that begins with a number, and with numbers over the columns."""

    def render(table: object) -> str:
        grid = [["", *map(str, range(50))]] if header else []
        rows = canvas.owners(table)  # type: ignore[arg-type]  # of a layout
        width = max(map(len, rows))
        grid = [row[: width + 1] for row in grid] + [[str(first + number), *row] for number, row in enumerate(rows)]
        widths = [max(canvas.width(row[column]) for row in grid) for column in range(width + 1)]
        fill = (lambda t, w: " " * (w - canvas.width(t)) + t) if separator == "  " else (lambda t, _: t)
        return "\n".join(separator.join(map(fill, row, widths)) for row in grid) + "\n"

    return Extract("frame", render, frozenset())


def written(**shape: object) -> tuple[str, Report]:
    found = make_report("2021", values_for(form_named("2021"), "unique", dice(5)))
    return text_of(found, frame(**shape)), found  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("separator", ["  ", "\t", ","])
@pytest.mark.parametrize(("first", "header"), [(0, True), (57, False)])
def test_the_index_of_a_frame_is_no_value(first: int, header: bool, separator: str) -> None:  # noqa: FBT001 - a parameter of a test
    text, found = written(first=first, header=header, separator=separator)
    report = govreport.loads(text)
    assert {c.key: c.value for c in report.cells} == {c.key: c.value for c in found.cells}


def test_half_a_number_that_is_the_number_of_the_next_row_is_no_index() -> None:
    text, found = written(first=0, header=True, separator=" | ")
    total = str(found["requests.partial.total"])
    number = next(line for line in text.split("\n") if "1.属于国家秘密" in line).split(" ", 1)[0]
    torn = text.replace(f" | {total}\n", f" | {total[:-1]}\n{number} |\n", 1)
    assert torn != text
    assert "requests.partial.total" in {key for doubt in govreport.loads(torn).doubts for key in doubt.cells}


def under_labels(table: object) -> str:
    """Tables in commas; the last with a header that names all columns but that of the number before its row."""
    header, rows = blocks(table)[-1]  # type: ignore[arg-type]  # of a layout
    if len(rows) > 1 or rows[0][0]:
        return str(canvas.flat(",".join(row) for row in canvas.owners(table)))  # type: ignore[arg-type]
    names = dict.fromkeys(header[-10:])
    return f"行政复议,行政诉讼\n,{','.join([*names] * 3)}\n0,{','.join(rows[0][1])}\n"


def without_last_value(number: str) -> tuple[str, Report]:
    """The row has as many values as the table has columns, with the number before it."""
    values = values_for(form_named("2021"), "unique", dice(5)) | {"disputes.litigation_after_reconsideration.total": None}
    found = make_report("2021", values)
    text = text_of(found, Extract("frame", under_labels, frozenset()))
    row = next(line for line in text.split("\n") if line.startswith("0,"))
    return text.replace(row, f"{number}{row[1:]}"), found


def test_the_index_of_a_single_row_is_no_value() -> None:
    text, found = without_last_value("0")
    assert [c.value for c in govreport.loads(text).tables[2].cells] == [c.value for c in found.tables[2].cells]


def test_a_value_that_stands_beside_the_columns_of_the_header_is_doubted() -> None:
    text, _ = without_last_value("1")
    assert doubted(govreport.loads(text), "disputes")


def test_an_index_from_0_before_headers_and_one_row_is_no_value() -> None:
    """The last cell is empty: without the index the row has as many values as the table has columns."""
    text, found = without_last_value("2")
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("2,"))
    lines[at - 2 : at] = [f"0,{lines[at - 2]}", f"1{lines[at - 1]}"]
    assert [c.value for c in govreport.loads("\n".join(lines)).tables[2].cells] == [c.value for c in found.tables[2].cells]


def test_lines_of_a_wrapped_header_have_no_index_of_their_own() -> None:
    """Nor has a row without anything values."""
    text, found = without_last_value("57")
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("57,"))
    names = lines[at - 1].removeprefix(",").split(",")
    halves = ["55,,,,,,,,,,,,,,,", f"56,{','.join(name[:2] for name in names)}", f",{','.join(name[2:] for name in names)}"]
    lines[at - 2 : at] = [f"54,{lines[at - 2]}", *halves]
    lines.insert(at + 3, "58,nan")
    assert [c.value for c in govreport.loads("\n".join(lines)).tables[2].cells] == [c.value for c in found.tables[2].cells]
