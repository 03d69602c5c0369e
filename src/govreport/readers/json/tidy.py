"""Objects in JSON each of which is one cell of a table: labels of its row and column by names of a program's, and its value.

{"table": "三", "row": ["不予公开", "国家秘密"], "column": "自然人", "value": 3}     三 | 不予公开 > 国家秘密 | 自然人 | 3
{"table": "三", "row": ["不予公开", "国家秘密"], "column": "总计", "value": 3}   →  三 | 不予公开 > 国家秘密 | 总计   | 3
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from govreport.readers.json.tables import Node, Rows, printed
from govreport.values import Kind, classify

__all__ = ["cells"]

_CHINESE = re.compile("[\u3400-\u9fff]")
_FEWEST = 8
"""Cells of the smallest table."""
_LABELS = 2
"""Members with labels, at least: of the row and of the column."""
_PARTING = " > "


def cells(records: Sequence[Mapping[str, Node]]) -> Rows | None:
    """A row for each object: its labels and its value; None where these objects, all with the same names, are no cells."""
    if len(records) < _FEWEST:
        return None
    columns = [[_text(record[name]) for record in records] for name in records[0]]
    said = [[text for text in column if text is not None] for column in columns]
    labels = [column for column in said if all(classify(text) is Kind.TEXT and _CHINESE.search(text) for text in column)]
    values = [column for column in said if column not in labels and not any(classify(text) is Kind.TEXT for text in column)]
    whole = all(len(column) == len(records) for column in said) and len(labels) + len(values) == len(columns)
    if not whole or len(labels) < _LABELS or len(values) != 1 or all(len(set(column)) == len(column) for column in labels):
        return None
    return [list(row) for row in zip(*labels, *values, strict=True)]


def _text(node: Node) -> str | None:
    """What a member says: a scalar, or the labels of a path."""
    if isinstance(node, Sequence) and not isinstance(node, str):
        path = [part for part in node if isinstance(part, str)]
        return _PARTING.join(path) if len(path) == len(node) else None
    return printed(node)
