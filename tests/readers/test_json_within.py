"""Tables in JSON among the lines of a text are read as tables; what only looks like JSON stays text."""

from __future__ import annotations

import json
import time

import pytest

from govreport.readers.text import TextReader
from govreport.source import Limits, Source

ROWS: list[list[str | int | None]] = [
    ["信息内容", "本年制发件数", "本年废止件数"],
    ["规章", 3, None],
    ["行政规范性文件", 1207, 5],
]
CELLS = ["信息内容", "本年制发件数", "本年废止件数", "规章", "3", "", "行政规范性文件", "1207", "5"]


def read(text: str) -> Source:
    return TextReader().read(text.encode(), Limits())


def records() -> list[dict[str, object]]:
    return [{str(column): cell for column, cell in enumerate(row)} for row in ROWS]


def said(value: object, **given: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=given.get("indent"))


@pytest.mark.parametrize(
    "table",
    [
        said(ROWS),
        said(records()),
        said(records(), indent=2),
        "\n".join(map(said, records())),
        said({"columns": [0, 1, 2], "index": [0, 1, 2], "data": ROWS}),
        said({"tables": [ROWS]}, indent=1),
    ],
    ids=["rows", "records", "over lines", "record a line", "frame", "within"],
)
def test_a_table_between_lines(table: str) -> None:
    source = read(f"二、公开情况\n\n```json\n{table}\n```\n三、申请情况")
    assert source.lines == ("二、公开情况", "", "```json", "```", "三、申请情况")
    (grid,) = source.grids
    assert grid.at == 3
    assert [cell.text for cell in grid.cells] == CELLS
    assert source.place(4).line == table.count("\n") + 6


@pytest.mark.parametrize("text", ["[1] 参见{办法}", "{\n甲\n}", '["规章", 3, 5]', "[[目录]]", '{"a": 1}', "[{" + "甲" * 60])
def test_other_brackets_are_text(text: str) -> None:
    source = read(f"一、总体情况\n{text}\n完")
    assert not source.grids
    assert source.lines == ("一、总体情况", *text.split("\n"), "完")


def test_many_brackets_cost_little() -> None:
    start = time.process_time()
    assert not read('[{"甲": ' + "乙" * 40 + "\n" + f'[{{"甲": {"乙" * 40}\n' * 20_000).grids
    assert time.process_time() - start < 2
