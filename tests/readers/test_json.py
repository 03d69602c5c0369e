"""JSON of many makes: what is text, what is a table, and what belongs to the program that wrote it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence

import pytest

import govreport
from govreport.errors import SourceError
from govreport.readers.json.reader import JsonReader
from govreport.source import Limits, Source

READER = JsonReader()
ROWS = [["信息内容", "制发", "废止"], ["规章", "3", ""], ["规范性文件", "1,207", "5"]]
TABLE = "<table><tr><td>规章</td><td>3</td></tr><tr><td>文件</td><td>&nbsp;5</td></tr></table>"
CELLS = [cell for row in ROWS for cell in row]


def read(value: object) -> Source:
    data = json.dumps(value, ensure_ascii=False).encode()
    claim = READER.claim(data, None)
    assert claim is not None
    assert claim.confidence == 1.0
    return READER.read(data, Limits())


def cell(row: int, column: int, **more: object) -> dict[str, object]:
    return {"rowIndex": row, "columnIndex": column, "content": ROWS[row][column], **more}


@pytest.mark.parametrize(
    "table",
    [
        ROWS,
        [["信息内容", "制发", "废止"], ["规章", 3, None], ["规范性文件", "1,207", 5.0]],
        [[{"text": text, "top": 1.5, "left": 2} for text in row] for row in ROWS],
        [[[text] for text in row] for row in ROWS],
        [{str(column): text for column, text in enumerate(row)} for row in ROWS],
        [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]],
        [{"index": number, **dict(zip(ROWS[0], row, strict=True))} for number, row in enumerate(ROWS[1:])],
        {str(column): {str(row): ROWS[row][column] for row in range(3)} for column in range(3)},
        {name: [ROWS[1][column], ROWS[2][column]] for column, name in enumerate(ROWS[0])},
        {"columns": ROWS[0], "index": [0, 1], "data": ROWS[1:]},
        {"header": ROWS[0], "rows": ROWS[1:]},
        {"headers": ROWS[0], "body": [{"label": label, "values": values} for label, *values in ROWS[1:]]},
        [cell(row, column) for row in range(3) for column in range(3)],
        [{"type": "table_row", "table_row": {"cells": [[{"text": {"content": text}}] for text in row]}} for row in ROWS],
        {str(r): {str(c): {"v": text, "t": 1} for c, text in enumerate(row)} for r, row in enumerate(ROWS)},
        [{"r": r, "c": c, "v": {"v": text, "m": text}} for r, row in enumerate(ROWS) for c, text in enumerate(row)],
    ],
    ids=[
        *(
            "rows",
            "values",
            "described",
            "paragraphs",
            "records",
            "named",
            "indexed",
            "frame",
            "columns",
            "split",
            "headed",
            "labelled",
            "located",
        ),
        *("rows in objects", "by numbers", "objects"),
    ],
)
def test_a_table(table: object) -> None:
    source = read({"text": "二、主动公开", "table": table, "after": "三、收到"})
    (grid,) = source.grids
    assert [c.text for c in grid.cells] == CELLS
    assert source.lines == ("二、主动公开", "三、收到")
    assert grid.at == 1


def test_cells_keep_their_spans() -> None:
    source = read([cell(0, 0, rowSpan=2), cell(0, 1, columnSpan=2), cell(1, 1), cell(1, 2)])
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in source.grids[0].cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
    ]


@pytest.mark.parametrize(
    "told",
    [
        lambda r, c, down, across: {"row_start": r, "row_end": r + down, "col_start": c, "col_end": c + across},
        lambda r, c, down, across: {"RowTl": r, "RowBr": r + down, "ColTl": c, "ColBr": c + across},
        lambda r, c, down, across: {"ysc": r, "yec": r + down - 1, "xsc": c, "xec": c + across - 1},
    ],
)
def test_cells_may_say_where_they_end(told: Callable[[int, int, int, int], dict[str, int]]) -> None:
    """The points of their outlines are no table, and no text."""
    places = [("规章", 0, 0, 2, 1), ("3", 0, 1, 1, 2), ("", 1, 1, 1, 1), ("5", 1, 2, 1, 1)]
    source = read([{**told(*own), "words": text, "pos": [{"x": 1, "y": 2}, {"x": 3, "y": 2}]} for text, *own in places])
    assert not source.lines
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in source.grids[0].cells] == places


def test_blocks_that_name_the_blocks_within_them() -> None:
    """A table stands where the lines of its cells are, which are no other text; merged cells are one."""

    def block(kind: str, name: str, *within: str, merged: Sequence[str] = (), **more: object) -> dict[str, object]:
        relations = [{"Type": "CHILD", "Ids": list(within)}, {"Type": "MERGED_CELL", "Ids": list(merged)}]
        return {"BlockType": kind, "Id": name, "Relationships": relations, **more}

    lines = [block("LINE", f"l{i}", f"w{i}", Text=text) for i, text in enumerate(("一、总体", "规章", "3", "五、问题"))]
    words = [block("WORD", f"w{i}", Text=text) for i, text in enumerate(("一、总体", "规章", "3", "五、问题"))]
    cells = [
        block("CELL", "c1", "w1", RowIndex=1, ColumnIndex=1),
        block("CELL", "c2", RowIndex=1, ColumnIndex=2),
        block("CELL", "c3", "w2", RowIndex=1, ColumnIndex=3),
        block("MERGED_CELL", "m", "c1", "c2", RowIndex=1, ColumnIndex=1, ColumnSpan=2),
    ]
    table = block("TABLE", "t", "c1", "c2", "c3", merged=["m"])
    source = read({"Blocks": [*lines, *words, table, *cells]})
    assert source.lines == ("一、总体", "五、问题")
    assert source.grids[0].at == 1
    assert [(c.text, c.column, c.colspan) for c in source.grids[0].cells] == [("规章", 0, 2), ("3", 2, 1)]


def test_objects_may_be_the_cells_of_a_table() -> None:
    """By names of a program's, labels as texts or as paths; what has other names stands beside."""
    cells = [
        {"table": "三、收到", "row": ["不予公开", label], "column": column, "value": value}
        for label in ("国家秘密", "行政查询")
        for column, value in zip(("自然人", "商业企业", "其他", "总计"), (1, "", 2, 3), strict=True)
    ]
    source = read([{"title": "年度报告"}, *cells])
    assert source.lines == ("年度报告",)
    texts = [cell.text for cell in source.grids[0].cells]
    assert texts[:8] == ["三、收到", "不予公开 > 国家秘密", "自然人", "1", "三、收到", "不予公开 > 国家秘密", "商业企业", ""]
    assert not read([{"title": f"文件{i}", "kind": "通知", "views": i, "id": i * 7} for i in range(9)]).grids
    assert not read([{"name": str(i), "type": "string", "dtype": "str"} for i in range(9)]).grids


def test_a_value_that_a_function_is_called_with() -> None:
    data = f"/*O_o*/\ncallback.show_1({json.dumps(ROWS, ensure_ascii=False)});\n".encode()
    assert READER.claim(data, None) is not None
    assert [c.text for c in READER.read(data, Limits()).grids[0].cells] == CELLS


def test_a_page_may_be_escaped_within_its_string() -> None:
    (grid,) = read({"content": html.escape(TABLE)}).grids
    assert [c.text for c in grid.cells][:2] == ["规章", "3"]


def test_cells_with_places_may_stand_in_their_rows() -> None:
    """The places in an object of their own, as trees of documents have them."""
    rows = [
        {
            "type": "row",
            "children": [{"text": text, "metadata": {"row": row, "col": column}} for column, text in enumerate(own)],
        }
        for row, own in enumerate(ROWS)
    ]
    rows[0] = {"type": "row", "children": [{"text": "信息内容", "metadata": {"row": 0, "col": 0, "colSpan": 3}}]}
    (grid,) = read({"type": "table", "children": rows}).grids
    assert [(c.text, c.row, c.column, c.colspan) for c in grid.cells][:3] == [
        ("信息内容", 0, 0, 3),
        ("规章", 1, 0, 1),
        ("3", 1, 1, 1),
    ]


@pytest.mark.parametrize("name", ["cell", "address"])
def test_cells_with_addresses_are_sheets(name: str) -> None:
    """What is no table is text before it; a cell that has nothing may be left out."""
    cells = [{name: "A1", "value": "二、主动公开政府信息情况"}] + [
        {name: f"{'ABC'[column]}{row + 2}", "value": text}
        for row, own in enumerate(ROWS)
        for column, text in enumerate(own)
        if text
    ]
    source = read({"cells": [{"sheet": "表", **cell} for cell in cells]})
    assert source.lines == ("二、主动公开政府信息情况",)
    (grid,) = source.grids
    assert [c.text for c in grid.cells] == CELLS


def test_a_sheet_may_have_its_cells_by_address() -> None:
    named = {
        f"{'ABC'[column]}{row + 1}": {"t": "s", "v": text} for row, own in enumerate(ROWS) for column, text in enumerate(own)
    }
    (grid,) = read({"表": {"!ref": "A1:C3", **named}}).grids
    assert [c.text for c in grid.cells] == CELLS
    assert not read({"季度": {"Q1": 5, "Q2": 7, "Q3": 9}}).grids


def test_records_may_leave_out_what_is_empty() -> None:
    """The order of columns is that of the numbers in their names, and between them that of any record."""
    source = read([{"三": "甲", "__EMPTY_1": 1}, {"__EMPTY": 2, "__EMPTY_2": 3}, {"三": "乙", "__EMPTY": 4, "__EMPTY_1": 5}])
    (grid,) = source.grids
    assert [c.text for c in grid.cells] == ["甲", "", "1", "", "", "2", "", "3", "乙", "4", "5", ""]


def test_numbers_for_names_are_a_row() -> None:
    """One that was taken for the header; where these stand in their order, a program may have put the columns so."""
    names = ("规范性文件", "19", "3", "8")
    (grid,) = read(["一", [dict(zip(names, ("规章", "5", "7", "9"), strict=True))] * 2]).grids
    assert [c.text for c in grid.cells][:8] == [*names, "规章", "5", "7", "9"]
    assert not read(["一", [dict(zip(("规范性文件", "3", "8", "19"), ("规章", "5", "7", "9"), strict=True))] * 2]).grids
    assert not read(["一", {"3": ["5", "6"], "8": ["7", "8"], "19": ["9", "10"]}]).grids


@pytest.mark.parametrize("first", [2, 3])
def test_names_before_numbers_that_a_program_put_first(first: int) -> None:
    """A header that is shorter than its rows: the numbers count the cells behind it, from 0 or from 1."""
    numbers = (str(first), str(first + 1))
    rows = [("规章", "5", "7", "9"), ("文件", "6", "8", "10")]
    records = [dict(zip((*numbers, "信息", "制发"), (*row[2:], *row[:2]), strict=True)) for row in rows]
    (grid,) = read(["一", records]).grids
    assert [c.text for c in grid.cells] == ["信息", "制发", "", "", *rows[0], *rows[1]]


@pytest.mark.parametrize("names", [("4", "5", "信息", "制发"), ("2", "4", "信息", "制发"), ("1", "2", "3", "总计")])
def test_numbers_that_count_something_else_are_no_columns(names: tuple[str, ...]) -> None:
    """In which order the columns stood, nothing tells."""
    records = [dict(zip(names, ("7", "9", "规章", "5"), strict=True)), dict(zip(names, ("8", "10", "文件", "6"), strict=True))]
    assert not read(["一", records]).grids


def test_the_program_s_own_is_left_out() -> None:
    element = {
        "type": "Title",
        "id": "a1f0",
        "text": "一、总体情况",
        "metadata": {"languages": ["zho"], "page": 3, "box": [1.5, 20]},
    }
    assert read([element, {"type": "Text", "text": "12"}]).lines == ("一、总体情况", "12")


def test_chinese_names_are_text() -> None:
    assert read({"一、总体情况": "公开信息", "规章": 3}).lines == ("一、总体情况", "公开信息", "规章", "3")


def test_a_string_may_be_a_page_or_markdown() -> None:
    html = f"<html><body><p>二、主动公开</p>{TABLE}</body></html>"
    source = read({"html": html})
    assert [c.text for c in source.grids[0].cells] == ["规章", "3", "文件", "\xa05"]
    assert source.lines[source.grids[0].at - 1] == "二、主动公开"


COLUMNS = {"自然人": 3, "企业": None, "总计": 3}
PATHS = [
    ("结果", "公开", "自然人", "3"),
    ("企业",),
    ("总计", "3"),
    ("不予", "1.机密", "自然人", "3"),
    ("企业",),
    ("总计", "3"),
]


def rows_of(source: Source) -> list[tuple[str, ...]]:
    """What the rows of the only grid say."""
    (grid,) = source.grids
    return [tuple(c.text for c in grid.cells if c.row == row and c.text) for row in range(grid.cells[-1].row + 1)]


def flat(separator: str) -> dict[str, int | None]:
    return {
        separator.join(("结果", *row, name)): count
        for row in (("公开",), ("不予", "1.机密"))
        for name, count in COLUMNS.items()
    }


@pytest.mark.parametrize(
    "tree",
    [
        {"结果": {"公开": COLUMNS, "不予": {"1.机密": COLUMNS}}, "结转": COLUMNS},
        {**flat("/"), **{f"结转/{name}": count for name, count in COLUMNS.items()}},
        {**flat(" > "), **{f"结转 > {name}": count for name, count in COLUMNS.items()}},
        {**flat("."), **{f"结转.{name}": count for name, count in COLUMNS.items()}},
        [
            {"name": "结果", "id": 7, "rows": [{"项": "公开", "values": COLUMNS}, {"项": "不予", "1.机密": COLUMNS}]},
            {"name": "结转", "values": COLUMNS},
        ],
    ],
    ids=["within", "slashes", "arrows", "points", "named"],
)
def test_labels_as_names_are_a_row_a_value(tree: object) -> None:
    assert rows_of(read(["三、收到", tree]))[:6] == PATHS


def test_what_is_no_row_stands_beside_the_table() -> None:
    source = read({"年度": 2023, "公开": COLUMNS, "说明": "均为现行有效", "不予": COLUMNS})
    assert source.lines == ("年度", "2023", "说明", "均为现行有效")
    assert len(rows_of(source)) == 6


def test_other_columns_are_another_table() -> None:
    """Their labels stand over them as headings."""
    other = {
        "复议": {"维持": 1, "纠正": 2, "总计": 3},
        "诉讼": {"维持": 1, "纠正": 2, "总计": 3},
        "合计": {"维持": 2, "总计": 6},
    }
    three = {"公开": COLUMNS, "不予": COLUMNS, "结转": COLUMNS}
    source = read({"三、收到": three, "四、复议": other})
    assert source.lines == ("三、收到", "四、复议")
    assert [grid.cells[-1].row + 1 for grid in source.grids] == [9, 8]


@pytest.mark.parametrize(
    "columns",
    [dict(sorted({"企业": 1, "总计": 3, "自然人": 2}.items())), {"总计": 3, "自然人": 2, "企业": 1}],
    ids=["sorted", "a total before its parts"],
)
def test_names_that_stand_in_no_order_are_no_columns(columns: dict[str, int]) -> None:
    """As lines, each value still stands behind its name."""
    columns_by_row = {"不予": columns, "公开": columns}
    source = read(["一", columns_by_row])
    assert not source.grids
    assert source.lines.count("总计") == 2


def test_rows_whose_names_trade_places_are_no_table() -> None:
    assert not read(["一", {"公开": COLUMNS, "不予": dict(reversed(COLUMNS.items()))}]).grids


def test_a_note_for_a_value_stands_in_its_place() -> None:
    assert rows_of(read(["一", {"公开": {**COLUMNS, "企业": "见附件"}, "不予": COLUMNS}]))[1] == ("企业", "见附件")


@pytest.mark.parametrize(
    "value",
    [
        {"公开": {"自然人": {"页": [1, 2]}}, "不予": COLUMNS},
        [{"项": "公开", "今年": {"自然人": 1, "总计": 1}}, {"项": "公开", "去年": {"自然人": 2, "总计": 2}}],
        [{"项": "公开", "now": COLUMNS, "before": COLUMNS}, {"项": "不予", "now": COLUMNS, "before": COLUMNS}],
        {"公开/自然人": 1, "公开": 2, "公开/总计": 3, "不予/自然人": 4, "不予/总计": 5},
    ],
    ids=["a list", "a row twice", "columns twice", "a label that has a value"],
)
def test_labels_that_tell_no_place_are_no_table(value: object) -> None:
    assert not any(grid.cells[-1].row > 5 for grid in read(["一", value]).grids)


def test_of_copies_the_one_with_most_shape_is_kept() -> None:
    words = "二、主动公开政府信息情况及其他需要说明的事项 规章 3 文件 5"
    html = f"<p>二、主动公开政府信息情况及其他需要说明的事项</p>{TABLE}"
    source = read(
        [{"text": words, "metadata": {"text_as_html": html}}, {"textContent": words, "content": html, "excerpt": words[:25]}]
    )
    assert len(source.grids) == 2
    assert [line for line in source.lines if line] == ["二、主动公开政府信息情况及其他需要说明的事项"] * 2
    table = [cell(row, column) for row in range(3) for column in range(3)]
    assert len(read({"cells": table, "grid": [[{"text": text} for text in row] for row in ROWS]}).grids) == 1


def test_of_the_kinds_in_which_a_notebook_keeps_a_table_the_page_is_read() -> None:
    page = [f"{line}\n" for line in TABLE.replace("<tr>", "\n<tr>").split("\n")]
    plain = ["          V1  V2\n", "0       规章   3\n", "1       文件   5"]
    shown = {"outputs": [{"data": {"text/plain": plain, "text/html": page}, "output_type": "execute_result"}]}
    source = read({"cells": [{"cell_type": "markdown", "source": ["## 二、主动公开\n", "如下"]}, shown]})
    assert [cell.text for grid in source.grids for cell in grid.cells][:3] == ["规章", "3", "文件"]
    assert source.lines == ("## 二、主动公开", "如下")


def test_references_give_the_order() -> None:
    source = read(
        {
            "body": {"children": [{"$ref": "#/texts/1"}, {"$ref": "#/tables/0"}, {"$ref": "#/texts/0"}]},
            "texts": [{"parent": {"$ref": "#/body"}, "text": "三、收到"}, {"text": "二、公开"}],
            "tables": [{"data": ROWS}],
        }
    )
    assert source.lines == ("二、公开", "三、收到")
    assert source.grids[0].at == 1


def test_pandoc() -> None:
    def words(*parts: str) -> list[dict[str, object]]:
        return [{"t": "Space"} if part == " " else {"t": "Str", "c": part} for part in parts]

    def row(*cells: tuple[int, int, str]) -> list[object]:
        attributes = ["", [], []]
        plain = [
            [attributes, {"t": "AlignDefault"}, down, across, [{"t": "Plain", "c": words(text)}]]
            for down, across, text in cells
        ]
        return [attributes, plain]

    attributes = ["", ["一类"], [["style", "宽"]]]
    head = [attributes, [row((2, 1, "内容"), (1, 2, "件数")), row((1, 1, "制发"), (1, 1, "废止"))]]
    body = [attributes, 0, [], [row((1, 1, "规章"), (1, 1, "3"), (1, 1, "0"))]]
    table = {"t": "Table", "c": [attributes, [None, []], [], head, [body], [attributes, []]]}
    header = {"t": "Header", "c": [2, attributes, words("二、主动", " ", "公开")]}
    page = [attributes, [[attributes, {"t": "AlignDefault"}, 1, 1, [header, {"t": "Div", "c": [attributes, [table]]}]]]]
    around = {
        "t": "Table",
        "c": [attributes, [None, []], [], [attributes, []], [[attributes, 0, [], [page]]], [attributes, []]],
    }
    source = read({"pandoc-api-version": [1, 23], "meta": {}, "blocks": [around]})
    assert source.lines == ("二、主动 公开",)
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in source.grids[0].cells] == [
        ("内容", 0, 0, 2, 1),
        ("件数", 0, 1, 1, 2),
        ("制发", 1, 1, 1, 1),
        ("废止", 1, 2, 1, 1),
        ("规章", 2, 0, 1, 1),
        ("3", 2, 1, 1, 1),
        ("0", 2, 2, 1, 1),
    ]


def test_a_value_a_line() -> None:
    data = '{"text": "一、总体情况"}\r\n\r\n{"text": "二、公开"}\r\n'.encode("gb18030")
    assert READER.claim(data, None) is not None
    assert READER.read(data, Limits()).lines == ("一、总体情况", "二、公开")


def test_metadata() -> None:
    assert read({"title": "某局2023年报告", "date": "2024-01-12", "text": "一、总体情况"}).metadata == {
        "title": "某局2023年报告",
        "published": "2024-01-12",
    }


@pytest.mark.parametrize("text", ["[图片] 一、总体情况", "{\\rtf1 x}", '{"text": "一、总体情况"', "12", "", '["一"] 二'])
def test_no_json(text: str) -> None:
    assert READER.claim(text.encode(), "a.json") is None


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'[["x"],' * 300 + b"1" + b"]" * 300,
        b"[" + b",".join([b"[1,2,3]"] * 150_000) + b"]",
        b'"\\n'.join([b"[", b"1"]) + b"\\n" * 500_000 + b'"]',
    ],
    ids=["deep", "beyond the limit", "cells", "lines"],
)
def test_bombs(data: bytes) -> None:
    with pytest.raises(SourceError):
        govreport.load(data)


def test_wide_records_are_no_table() -> None:
    assert not read([{str(i): 1} for i in range(5_000)]).grids


def test_our_own_is_named() -> None:
    report = govreport.loads("某局2023年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n")
    with pytest.raises(SourceError, match="from_json"):
        govreport.load(govreport.to_json(report).encode())


def test_references_in_a_circle_end() -> None:
    assert read({"body": {"$ref": "#/other"}, "other": {"$ref": "#/body"}, "text": "一、总体情况"}).lines == ("一、总体情况",)
