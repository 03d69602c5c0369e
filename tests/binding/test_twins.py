"""What a merged cell says is printed once for each column in some texts without strokes; it is one value there, too."""

from __future__ import annotations

import govreport
from govreport.model import Report
from govreport.testing import dice, make_report, values_for
from govreport.testing.build import form_named, text_of
from govreport.testing.turns import TURNS

HEADER, SEPARATOR = "本年处理决定数量", "      "


def page(report: Report, change: tuple[str, str] = ("", "")) -> str:
    """Columns set apart by spaces, what merged cells say in each column."""
    pipes = next(layout for layout in TURNS if layout.name == "tidy_pipes")
    text = text_of(report, pipes)
    start, stop = text.index("| 行 |"), text.index("三、收到")
    cell = {c.key.removeprefix("disclosure."): c.raw for c in report.cells if c.key.startswith("disclosure.")}
    rules = [
        [label, *(str(cell[f"{row}.{column}"]) for column in ("issued", "repealed", "in_force"))]
        for label, row in (("规章", "rules"), ("行政规范性文件", "normative_documents"))
    ]
    others = (
        line
        for item, column, rows in (
            ("五", HEADER, [("行政许可", "licensing.decisions")]),
            ("六", HEADER, [("行政处罚", "penalties.decisions"), ("行政强制", "compulsion.decisions")]),
            ("八", "本年收费金额（单位：万元）", [("行政事业性收费", "fees.amount")]),
        )
        for line in (
            [f"第二十条第（{item}）项"] * 4,
            ["信息内容", *[column] * 3],
            *([label, *[str(cell[key])] * 3] for label, key in rows),
        )
    )
    lines = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], *rules, *others]
    table = "\n".join(map(SEPARATOR.join, lines))
    return text[:start] + table.replace(*change, 1) + "\n\n" + text[stop:]


def report() -> Report:
    return make_report("2021", values_for(form_named("2021"), "unique", dice(3)))


def test_a_value_under_a_repeated_label_is_one() -> None:
    written = report()
    read = govreport.loads(page(written))
    assert read.values() == written.values()
    assert not read.doubts


def test_other_numbers_under_it_are_several() -> None:
    written = report()
    value = str(written["disclosure.licensing.decisions"])
    line = [SEPARATOR.join(cells) for cells in ([value] * 3, [value, value, "7"])]
    read = govreport.loads(page(written, (line[0], line[1])))
    assert read["disclosure.licensing.decisions"] is None
    assert any("disclosure.licensing.decisions" in doubt.cells for doubt in read.doubts)


def test_where_each_cell_stands_on_a_line_of_its_own_it_is_one_value_as_well() -> None:
    written = report()
    read = govreport.loads(page(written).replace(SEPARATOR, "\n"))
    assert read.values() == written.values()
    value = str(written["disclosure.licensing.decisions"])
    same, other = ("\n".join(each) for each in ([value] * 3, [value, value, "7"]))
    read = govreport.loads(page(written).replace(SEPARATOR, "\n").replace(same, other, 1))
    assert read["disclosure.licensing.decisions"] is None
