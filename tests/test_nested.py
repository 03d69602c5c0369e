"""Lists of rows that programs write are read as rows of cells."""

from __future__ import annotations

import pytest

from govreport.formats.nested import NestedFormat
from govreport.formats.sketch import sketch
from govreport.source import Source, SourceSection

ROWS = (("内容", "制发", "有效"), ("规章", "3", ""), ("行政规范性文件", "-5", "12"), ("办法", "0", "7"))


def section(text: str) -> SourceSection:
    lines = tuple(text.split("\n"))
    return SourceSection(number="二", heading=None, lines=lines, source=Source(lines=lines))


def rows(text: str) -> list[tuple[str, ...]]:
    found = [piece for piece in NestedFormat().read(section(text)) if piece.row is not None]
    numbers = sorted({piece.row for piece in found if piece.row is not None})
    return [tuple(piece.text for piece in found if piece.row == number) for number in numbers]


def claimed(text: str) -> bool:
    return NestedFormat().claim(section(text), sketch(section(text))) is not None


def quoted(cells: tuple[str, ...]) -> list[str]:
    return [text if text.lstrip("-").isdigit() else f'"{text}"' if text else "NULL" for text in cells]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("VALUES (" + ", ".join(quoted(row)).replace('"', "'") + ");" for row in ROWS),
        "c(\n" + "\n".join(f"  c({', '.join(quoted(row))})," for row in ROWS) + "\n)",
        "{\n" + "\n".join("  {" + ", ".join(quoted(row)) + "}," for row in ROWS) + "\n}",
        "(" + "\n ".join(f"({' '.join(quoted(row))})" for row in ROWS) + ")",
        "\n".join(" ".join(f'"{text}"' for text in row) for row in ROWS),
        "\n".join("".join(f"“{text}”" for text in row) for row in ROWS),
        "rows:\n" + "\n".join("- - " + "\n  - ".join(quoted(row)) for row in ROWS),
        "\n".join("-\n  - " + "\n  - ".join(quoted(row)) for row in ROWS),
        "[\n" + "\n".join("  [\n    " + ",\n    ".join(quoted(row)) + "\n  ]," for row in ROWS) + "\n]",
    ],
)
def test_lists_of_lists_are_rows(text: str) -> None:
    assert rows(text) == list(ROWS)
    assert claimed(text)


def test_quotation_marks_within_a_cell() -> None:
    row = ['3.危及"三安全一稳定"', "1", "0"]
    for text in (
        "\n".join(["c(" + ", ".join(f'"{cell}"' for cell in row) + "),"] * 3),
        "\n".join([" ".join(f'"{cell}"' for cell in row)] * 3),
        "\n".join(["c(" + ", ".join('"' + cell.replace('"', '\\"') + '"' for cell in row) + "),"] * 3),
    ):
        assert rows(text) == [tuple(row)] * 3


def test_two_rows_on_a_line_are_none() -> None:
    assert rows("VALUES ('甲', 1, 2), ('乙', 3, 4);\nVALUES ('丙', 1, 2), ('丁', 3, 4);") == []


def test_a_small_table_beside_a_whole_one() -> None:
    whole, small = ("\n".join(" ".join(f'"{text}"' for text in row) for row in each) for each in (ROWS, ROWS[2:]))
    assert rows(small) == []
    assert rows(f"{whole}\n说明\n{small}") == [*ROWS, *ROWS[2:]]


@pytest.mark.parametrize(
    "text", ['他说"好"。\n“一”与“二”\n“三”和“四”\n- 一\n- 二', '"甲","乙","丙"\n"丁","3","4"\n"戊","5","6"']
)
def test_what_is_no_table_is_not_claimed(text: str) -> None:
    assert rows(text) == []
    assert not claimed(text)


def test_dashes_in_empty_cells_are_no_lists() -> None:
    assert not claimed("上年结转\n4\n-\n0\n2\n-\n3\n0\n9\n-\n1\n5\n-\n0\n6\n4\n4\n19\n-\n-\n部分公开\n-\n0\n")


def test_a_row_behind_a_line_that_is_none_is_a_row() -> None:
    items = [[f'- "{text}"' for text in row] for row in (*ROWS, ("名录", "6", "8", ""))]
    lists = "\n".join("- " + "\n  ".join(row) for row in items)
    assert rows(lists.replace('- - "名录"', '第2页\n- - "名录"'))[-1] == ("名录", "6", "8", "")
