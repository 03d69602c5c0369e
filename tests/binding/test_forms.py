"""Which form a block is of, where its header lost characters on the way."""

from __future__ import annotations

import re

from tests.binding.doubting import named

import govreport
from govreport.forms import builtin_forms
from govreport.model import Report
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.testing.regimes import Shown

OLD = builtin_forms()[0]


def damaged(*changes: tuple[str, str], **cells: Shown) -> Report:
    """A report of 2019 as aligned text in which these strings became others; keywords name cells of the row 行政处罚."""
    values = values_for(OLD, "unique", dice(7)) | {f"disclosure.penalties.{name}": shown for name, shown in cells.items()}
    text = text_of(make_report(OLD, values), subjects(("aligned",))[0])
    head, item, rest = text.partition("第二十条第（六）项")
    part, end, behind = rest.partition("第二十条第（八）项")
    for old, new in changes:
        part = part.replace(old, new)
    return govreport.loads(head + item + part + end + behind)


def test_a_damaged_label_of_one_form_is_no_proof_of_another() -> None:
    """`处理决定数量` is a label of both forms; what is left of the labels beside it says that there were more."""
    report = damaged(("上一年项目数量", "P一项目数量"), ("本年增/减", "本增/减"))
    assert {cell.form for table in report.tables for cell in table.cells} == {"2019"}
    assert report["disclosure.penalties.change"] is not None


def test_where_nothing_was_read_under_a_broken_header_the_cells_of_every_form_are_missing() -> None:
    """Two headers look like those of 2021, and the values are lost: the block may have been of 2019."""
    text = text_of(make_report(OLD, values_for(OLD, "unique", dice(7))), subjects(("aligned",))[0])
    start, stop = text.index("第二十条第（一）项"), text.index("第二十条第（五）项")
    block = (
        re.sub(r"\d", "", text[start:stop]).replace("本年新制作数量", "本年制发件数").replace("本年新公开数量", "本年废止件数")
    )
    block = block.replace("对外公开总数量", "")
    report = govreport.loads(text[:start] + block + text[stop:])
    assert {key for key in OLD.cells if key.startswith(("disclosure.rules.", "disclosure.normative"))} <= named(
        report, "reading.", "structure."
    )


def test_a_lost_table_beside_a_doubtful_form_is_missing_in_every_form() -> None:
    """More values than columns stand behind 其他处理: that is one row in 2019, and the label of three in 2021."""
    text = text_of(make_report(OLD, values_for(OLD, "unique", dice(7))), subjects(("lines",))[0])
    cut = text[: text.index("第二十条第（一）项")] + text[text.index("三、收到和处理") :]
    report = govreport.loads(cut.replace("（七）总计", "12\n\n34\n\n（七）总计"))
    forms = {key for form in builtin_forms() for key in form.cells if key.startswith("disclosure.")}
    assert report.form == "2019"
    assert forms <= named(report, "reading.", "structure.")


def test_doubted_blanks_are_no_proof_of_a_form_that_no_other_block_has() -> None:
    """Paths of labels, each of which names several blocks: two marks for nothing look like the only column of another form."""
    columns = tuple(
        zip(
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"), ("上一年项目数量", "本年增/减", "处理决定数量"), strict=True
        )
    )
    rows = {
        "行政许可": "7 -2 -",
        "其他对外管理服务事项": "- 4 -",
        "行政处罚": "- 6 -",
        "行政强制": "5 3 -",
        "行政事业性收费": "- -9 -",
    }
    lines = [
        f"{row} > {'- > ' * values.startswith('-')}第二十条第（一）项 > {above} > - > 第二十条第（五）项 > {label} → {value}"
        for row, values in rows.items()
        for column, ((above, label), value) in enumerate(zip(columns, values.split(), strict=True))
        if value != "-" or column
    ]
    text = (
        "某镇2021年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n\n二、主动公开政府信息情况\n\n{}\n\n三、收到\n\n四、其他\n"
    )
    report = govreport.loads(text.format("\n".join(lines)))
    printed = {f"disclosure.{key}" for key in ("penalties.change", "compulsion.prior_items", "compulsion.change")}
    assert not any(report[key] for key in printed)
    assert printed <= named(report, "reading.", "structure.")


def test_cells_of_a_doubtful_form_are_called_as_the_year_says() -> None:
    rows = "规章\n行政许可\n行政处罚\n行政强制\n行政事业性收费\n"
    for year, label in ((2020, "处理决定数量"), (2023, "本年处理决定数量")):
        report = govreport.loads(
            f"某局{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n\n二、主动公开政府信息情况\n\n{rows}\n三、收到\n\n四、其他\n"
        )
        cell = report.cell("disclosure.licensing.decisions")
        assert cell is not None
        assert cell.label.rpartition("|")[2] == label
