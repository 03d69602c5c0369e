"""Undamaged documents that decide, and whose small numbers, blanks and further rows look like damage: nothing is doubted."""

from __future__ import annotations

import pytest

import govreport
from govreport.forms import builtin_forms
from govreport.model import Report, Status
from govreport.testing import make_report, text_of
from govreport.testing.matrix import subjects
from govreport.testing.regimes import Shown

OLD, NEW = builtin_forms()
RULES, GRANTED = "disclosure.rules", "requests.granted"
FURTHER = "其他主动公开文件"


def doubts(report: Report) -> list[str]:
    told = [finding.code for finding in report.doubts if finding.code.startswith("reading.")]
    return told + [cell.key for cell in report.cells if cell.status is Status.INFERRED]


def loaded(layout: str, changed: dict[str, Shown], form: str = NEW.name, *, further: str | None = None) -> Report:
    """A report of zeros but for what is `changed`, in a layout; `further` is put before the second item of table 二."""
    spec = next(f for f in builtin_forms() if f.name == form)
    text = text_of(make_report(spec, dict.fromkeys(spec.cells, 0) | changed), subjects((layout,))[0])
    if further is not None:
        before, item, rest = text.partition("第二十条第（五）项")
        start = before.rfind("\n") + 1
        text = before[:start] + further + before[start:] + item + rest
    return govreport.loads(text)


@pytest.mark.parametrize("layout", ["pipe_rows", "tabs", "markdown", "lines"])
def test_two_zeros_at_the_end_of_a_short_block_are_no_total_printed_twice(layout: str) -> None:
    changed: dict[str, Shown] = {f"{RULES}.made": 13, "disclosure.compulsion.change": 52, "disclosure.penalties.prior_items": 4}
    text = text_of(make_report(OLD, dict.fromkeys(OLD.cells, 0) | changed), subjects((layout,))[0])
    report = govreport.loads(text.replace("政府集中采购", "政府集中采购（含分散采购）"))  # a label that is read row by row
    assert report[f"{RULES}.made"] == 13
    assert doubts(report) == []


@pytest.mark.parametrize("layout", ["pipe_rows", "tabs"])
def test_equal_numbers_with_blanks_between_are_no_total_printed_twice(layout: str) -> None:
    keys = ("corrected", "other", "pending")
    blank: dict[str, Shown] = {
        f"disputes.{group}.{key}": "" for group in ("reconsideration", "litigation_direct") for key in keys
    }
    blank |= {f"disputes.litigation_after_reconsideration.{key}": "" for key in keys}
    ends: dict[str, Shown] = {f"disputes.litigation_after_reconsideration.{key}": 4 for key in ("upheld", "total")}
    report = loaded(layout, {"disputes.reconsideration.upheld": 3, "disputes.reconsideration.total": 3} | blank | ends)
    assert report["disputes.litigation_after_reconsideration.total"] == 4
    assert doubts(report) == []


@pytest.mark.parametrize("layout", ["tabs", "markdown"])
def test_the_only_row_without_a_blank_has_no_value_in_two_parts(layout: str) -> None:
    keys = [key for key in NEW.cells if key.startswith("requests.")]
    blank: dict[str, Shown] = {key: "" for key in keys if key.endswith((".company", ".other"))}
    whole: dict[str, Shown] = {f"{GRANTED}.company": 3, f"{GRANTED}.other": 5, f"{GRANTED}.total": 8}
    report = loaded(layout, blank | whole)
    assert [report[f"{GRANTED}.{name}"] for name in ("company", "other", "total")] == [3, 5, 8]
    assert doubts(report) == []


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("tabs", f"{FURTHER}\t13\t264\t28\n"),
        ("pipe_rows", f"{FURTHER} | 13 | 264 | 28 |\n"),
        ("lines", f"{FURTHER}\n\n13\n\n264\n\n28\n\n"),
    ],
)
def test_a_row_that_the_form_does_not_have_leaves_the_others_alone(layout: str, row: str) -> None:
    report = loaded(layout, {"disclosure.normative_documents.total_disclosed": 6}, OLD.name, further=row)
    assert report["disclosure.normative_documents.total_disclosed"] == 6
    assert report["disclosure.licensing.prior_items"] == 0
    assert [piece.text for piece in report.unbound] == ["13", "264", "28"]
    assert set(doubts(report)) == {"reading.unbound"}


def test_the_second_halves_of_numbers_on_a_line_without_a_label_are_no_such_row() -> None:
    row = "规范性文件\t22\t18\t55\n"
    text = text_of(make_report(OLD, dict.fromkeys(OLD.cells, 0)), subjects(("tabs",))[0])
    assert "规范性文件\t0\t0\t0\n" in text
    report = govreport.loads(text.replace("规范性文件\t0\t0\t0\n", f"{row}\t43\t81\t2\n"))
    assert "reading.inferred" in doubts(report)


def test_small_totals_that_rise_here_and_there_count_no_rows() -> None:
    rows = list(dict.fromkeys(key.rpartition(".")[0] for key in NEW.cells if key.startswith("requests.")))
    totals = [1, 5, 2, 0, 3, 0, 0, 4, 2, 5, 0, 6, 3, 0, 7, 1, 8]
    changed: dict[str, Shown] = {
        f"{row}.{name}": n for row, n in zip(rows, totals, strict=False) for name in ("company", "total")
    }
    text = text_of(make_report(NEW, dict.fromkeys(NEW.cells, 0) | changed), subjects(("tabs",))[0])
    label = "\t2.其他法律行政法规禁止公开"
    assert label in text
    report = govreport.loads(text.replace(label, f"\t补充说明\n{label}"))  # a line that is read row by row
    assert {cell.status for cell in report.cells} == {Status.READ}


@pytest.mark.parametrize(
    ("said", "value", "status"),
    [
        ("见附件", None, Status.MISSING),
        ("1,23", None, Status.MISSING),
        ("O", 0, Status.INFERRED),
        ("〔7〕", 7, Status.INFERRED),
    ],
)
def test_a_cell_of_a_grid_that_nobody_can_read_for_certain_is_its_own_matter(
    said: str, value: int | None, status: Status
) -> None:
    page = "<h1>青梧县水务局2023年政府信息公开工作年度报告</h1>" + "".join(
        f"<p>{heading}</p>{table}" for heading, table in _tables(said)
    )
    report = govreport.load(page.encode())
    row = [report.cell(f"requests.refused.state_secret.{name}") for name in ("company", "research", "public_interest", "total")]
    assert [(cell.value, cell.status) for cell in row if cell] == [
        (2, Status.READ),
        (value, status),
        (71, Status.READ),
        (80, Status.READ),
    ]
    assert [cell.raw for cell in row if cell][1] == said
    assert not [f for f in govreport.check(report) if f.code.startswith("arithmetic.")]


def _tables(said: str) -> list[tuple[str, str]]:
    """Table 三 as a page has it, with one cell that says something else than a number."""
    heads = "".join(
        f"<td>{name}</td>" for name in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    )
    table = next(table for table in NEW.tables if table.name == "requests")
    rows = [f"<tr><td>项目</td>{heads}</tr>"]
    for row in table.blocks[0].rows:
        cells = ["0"] * 7
        if row.key == "refused.state_secret":
            cells = ["7", "2", said, "71", "0", "0", "80"]
        if row.key == "concluded":
            cells = ["7", "2", "0", "71", "0", "0", "80"]
        if row.key == "new":
            cells = ["7", "2", "0", "71", "0", "0", "80"]
        rows.append(f"<tr><td>{row.path.rpartition('|')[2]}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return [
        ("三、收到和处理政府信息公开申请情况", f"<table>{''.join(rows)}</table>"),
        ("六、其他需要报告的事项", "<p>无。</p>"),
    ]
