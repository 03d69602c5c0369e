"""The findings that reading itself makes: what was bound on weaker evidence, what was not found, what found no place."""

from __future__ import annotations

from collections.abc import Iterable

from govreport.forms import Row, TableSpec
from govreport.model import Finding, Place, Severity

__all__ = ["note", "row_name"]

_TEXTS: dict[str, tuple[Severity, str, str]] = {
    "structure.table_missing": (
        Severity.ERROR,
        "表{section}（{title}）未找到：{why_zh}，各单元格记为缺失",
        "Table {section} ({title}) was not found: {why_en}; its cells are missing",
    ),
    "structure.row_missing": (
        Severity.ERROR,
        "表{section}缺少{row}行：文中没有这一行，各单元格记为缺失",
        "Table {section} has no row {row}: its cells are missing",
    ),
    "structure.duplicate": (
        Severity.WARNING,
        "表{section}在文中出现多次：只读取第一份完整的，其余保留为未绑定内容",
        "Table {section} stands in the document more than once: the first complete one was read, the rest is kept as unbound",
    ),
    "reading.row_values": (
        Severity.WARNING,
        "表{section}{row}行应有{expected}个数，文中为{actual}个（{raw}），无法确定各属哪一列，请核对原文",
        "Table {section}, row {row}: {expected} values expected, {actual} found ({raw}); of which columns, nothing tells",
    ),
    "reading.row_empty": (
        Severity.WARNING,
        "表{section}{row}行有标签而无数值：不能确定是空白还是在转换中丢失",
        "Table {section}, row {row}: the label stands without values; blank or lost on the way, the document does not tell",
    ),
    "reading.sums": (
        Severity.WARNING,
        "表{section}{row}行应有{expected}个数，文中为{actual}个（{raw}），空白已失；按勾稽关系推定其中{told}个所属的列，请核对原文",
        "Table {section}, row {row}: {expected} values expected, {actual} found ({raw}); the sums tell the columns of {told}",
    ),
    "reading.inferred": (
        Severity.WARNING,
        "表{section}{row}行的数值按较弱的依据读出（{why_zh}），请核对原文",
        "Table {section}, row {row}: read on weaker evidence ({why_en}), see the document",
    ),
    "reading.cut_off": (
        Severity.WARNING,
        "文件在表{section}中间结束：最后{count}个单元格可能不完整，请核对原文",
        "The document ends in the middle of table {section}: its last {count} cells may be cut off, see the document",
    ),
    "reading.value": (
        Severity.WARNING,
        "表{section}{row}行“{column}”写作“{raw}”，不是一个能确定的数",
        "Table {section}, row {row}, {column}: “{raw}” is not a number that can be told for certain",
    ),
    "reading.unbound": (
        Severity.WARNING,
        "表{section}有{count}个数未能归入任何单元格：{raw}",
        "Table {section}: {count} values found no place in the form: {raw}",
    ),
    "reading.form": (
        Severity.WARNING,
        "表{section}{title}的表样无法确定，各单元格记为缺失",
        "Table {section}, {title}: the form cannot be told, its cells are missing",
    ),
    "reading.identity": (
        Severity.INFO,
        "无法确定报告的{chinese}：文中没有足够的依据",
        "The {english} of the report cannot be told: nothing in the document says it for certain",
    ),
    "form.unknown": (
        Severity.WARNING,
        "无法确定采用的是哪一年的表样：没有可辨认的表头",
        "The form cannot be told: no header that decides it was found",
    ),
}


def note(code: str, *, cells: Iterable[str] = (), place: Place | None = None, **params: object) -> Finding:
    """A finding of the reading, in both languages."""
    severity, chinese, english = _TEXTS[code]
    return Finding(
        code=code,
        severity=severity,
        message=chinese.format(**params),
        english=english.format(**params),
        cells=tuple(cells),
        place=place,
    )


def row_name(table: TableSpec, row: Row) -> str:
    """A row as a person names it, by its label in quotes; by the table's title where it has none."""
    return f"“{row.label or table.title}”"
