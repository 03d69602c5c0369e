"""Rows whose labels are written as a path, the groups that they are in before them."""

from __future__ import annotations

import govreport
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, values_for

FORM = builtin_forms()[-1]


def test_the_last_label_of_a_path_is_that_of_its_row() -> None:
    """其他 is the row behind 其他处理, which is the label of a row in another form."""
    report = make_report(FORM, values_for(FORM, "unique", dice(5)))
    block = FORM.tables[1].blocks[0]
    header = " | ".join(column.header for column in block.columns)
    lines = ["三、收到和处理政府信息公开申请情况", f"| 项目 | {header} |", "|---" * 8 + "|"]
    for row in block.rows:
        cells = [cell for cell in report.cells if cell.key.startswith(f"requests.{row.key}.")]
        path = cells[0].label.rpartition("|")[0].partition("|")[2].replace("|", " - ")
        lines.append(f"| {path} | " + " | ".join(str(cell.value) for cell in cells) + " |")
    found = govreport.loads("\n".join([report.title or "", "", *lines]))
    assert [found[cell.key] for cell in report.tables[1].cells] == [cell.value for cell in report.tables[1].cells]
