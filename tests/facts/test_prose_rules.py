"""The rules about prose, each with what it must find and what it must leave alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from govreport.checks import prose, run
from govreport.forms import builtin_forms
from govreport.model import Cell, CheckResult, Finding, Paragraph, Place, Report, Section, Status, Table

FORMS = {form.name: form for form in builtin_forms()}
FEES = "本年度未收取信息处理费。"


def section(number: str, *paragraphs: str) -> Section:
    placed = (Paragraph(text=text, place=Place(line=line, column=1)) for line, text in enumerate(paragraphs, 1))
    return Section(number=number, heading=None, paragraphs=tuple(placed), place=Place(line=1))


def report(
    *sections: Section, cells: Mapping[str, int | Decimal | None] | None = None, form: str = "2021", year: int | None = 2023
) -> Report:
    values = cells or {}
    tables = tuple(
        Table(
            name=table.name,
            section=table.section,
            title=table.title,
            cells=tuple(
                Cell(
                    key=spec.key,
                    label=spec.label,
                    form=form,
                    value=values.get(spec.key, 0),
                    unit=spec.unit,
                    status=Status.BLANK if spec.key in values and values[spec.key] is None else Status.READ,
                    raw="0",
                )
                for spec in table.cells
            ),
        )
        for table in FORMS[form].tables
    )
    return Report(form=form, year=year, sections=(*sections, section("六", FEES)), tables=tables)


def check(made: Report) -> CheckResult:
    return run(made, prose.RULES)


def found(*sections: Section, **options: object) -> list[Finding]:
    return list(check(report(*sections, **options)))  # type: ignore[arg-type]


def codes(*sections: Section, **options: object) -> list[str]:
    return [finding.code for finding in found(*sections, **options)]


# --- breakdowns --------------------------------------------------------------------------------------------------------------


def test_parts_that_exceed_their_total() -> None:
    (finding,) = found(section("一", "全年公开信息37条。其中工作动态33条、公告3条、其他3条。"))
    assert (finding.code, finding.expected, finding.actual, finding.place) == (
        "prose.breakdown",
        37,
        39,
        Place(line=1, column=7),
    )
    assert "37" in finding.message and "39" in finding.message and "工作动态33+公告3+其他3" in finding.message  # noqa: PT018 - one message
    assert "37" in finding.text("en") and "39" in finding.text("en")  # noqa: PT018 - one message
    assert "\n" not in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "全年公开信息37条，其中工作动态20条、公告3条。",  # partial
        "全年公开信息37条，分别为工作动态20条、公告3条等。",
        "全年公开信息37条，其中工作动态34条、其他3条。",
        "全年公开信息40余条，其中工作动态40条、公告7条。",  # approximate
        "全年公开信息37条，其中网站37条、微信30条。",  # the same items on two channels
        "收到政府信息公开申请9件，其中自然人8件、法人或其他组织1件，网络申请7件、信函申请2件。",  # two splits of one total
    ],
)
def test_breakdowns_that_may_stand(text: str) -> None:
    assert codes(section("一", text), cells={"requests.new.total": 9, "requests.new.natural_person": 8}) == []


def test_all_parts_of_less_than_the_total() -> None:
    assert codes(section("一", "全年公开信息37条，分别为工作动态20条、公告3条。")) == ["prose.breakdown"]


# --- cells -------------------------------------------------------------------------------------------------------------------


def test_a_number_that_differs_from_its_cell() -> None:
    (finding,) = found(section("一", "全年收到政府信息公开申请12件。"), cells={"requests.new.total": 11})
    assert (finding.code, finding.cells, finding.expected, finding.actual) == ("prose.cell", ("requests.new.total",), 11, 12)
    assert "表三" in finding.message
    assert "三" in finding.text("en")


def test_a_number_that_differs_from_the_sum_of_its_cells() -> None:
    cells = {"disputes.litigation_direct.total": 1, "disputes.litigation_after_reconsideration.total": 2}
    (finding,) = found(section("一", "因信息公开被提起行政诉讼4件。"), cells=cells)
    assert (finding.expected, finding.actual, len(finding.cells)) == (3, 4, 2)
    assert codes(section("一", "因信息公开被提起行政诉讼3件。"), cells=cells) == []


def test_the_cell_of_the_other_form() -> None:
    text = section("一", "全年制发规范性文件4件。")
    assert codes(text, cells={"disclosure.normative_documents.made": 4}, form="2019") == []
    assert codes(text, cells={"disclosure.normative_documents.made": 5}, form="2019") == ["prose.cell"]


def test_amounts_are_compared_in_one_unit() -> None:
    text = section("一", "本年度行政事业性收费金额123500元。")
    assert codes(text, cells={"disclosure.fees.amount": Decimal("12.35")}) == []
    assert codes(text, cells={"disclosure.fees.amount": Decimal("12.5")}) == ["prose.cell"]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请10余件。",
        "截至2023年底，累计收到政府信息公开申请90件。",
        "2022年收到政府信息公开申请15件，本年未统计。",
    ],
)
def test_what_is_not_of_this_year_or_not_exact_is_not_compared(text: str) -> None:
    assert codes(section("一", text), cells={"requests.new.total": 12}) == []


def test_a_blank_cell_does_not_contradict() -> None:
    assert codes(section("一", "收到政府信息公开申请3件。"), cells={"requests.new.total": None}) == []


def test_a_missing_cell_is_skipped() -> None:
    made = report(section("一", "收到政府信息公开申请3件。"))
    lost = Report(form="2021", year=2023, sections=made.sections, tables=tuple(_lost(table) for table in made.tables))
    result = check(lost)
    assert list(result) == []
    assert [s.code for s in result.skipped] == ["prose.cell"]


def _lost(table: Table) -> Table:
    cells = tuple(Cell(key=c.key, label=c.label, form=c.form) for c in table.cells)
    return Table(name=table.name, section=table.section, title=table.title, cells=cells)


def test_no_request_against_a_row_that_has_some() -> None:
    text = section("一", "2023年我镇未收到政府信息公开申请。")
    cells = {"requests.new.natural_person": 2, "requests.new.total": 2}
    (finding,) = found(text, cells=cells)
    assert (finding.code, finding.actual, finding.cells[0]) == ("prose.no_requests", 2, "requests.new.total")
    assert codes(text) == []


# --- years -------------------------------------------------------------------------------------------------------------------


def test_the_period_of_another_year() -> None:
    text = "本报告数据统计期限自2022年1月1日起至2022年12月31日止。"
    (finding,) = found(section("前言", text))
    assert (finding.code, finding.expected, finding.actual) == ("prose.year", 2023, 2022)
    assert codes(section("前言", text.replace("2022", "2023"))) == []


@pytest.mark.parametrize(
    "text", ["2021年，我局公开信息90条。", "2021年共收到政府信息公开申请12件。", "2022年，我局坚持以公开为常态、不公开为例外。"]
)
def test_a_number_or_a_beginning_of_another_year(text: str) -> None:
    assert codes(section("一", text)) == ["prose.year"]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局公开信息90条，2023年公开120条。",
        "2022年，我局公开信息90条，今年较上年增加30条。",
        "2023年，我局公开信息90条。",
        "按照《2022年全市政务公开工作要点》，公开信息90条。",
    ],
)
def test_years_that_may_stand(text: str) -> None:
    assert codes(section("一", text)) == []


def test_last_years_text() -> None:
    old = section("一", "2022年，我局扎实推进政务公开。", "2022年，我局公开信息90条。", "2022年我局未发生复议。")
    assert codes(old) == ["prose.stale"]
    assert codes(old, year=2022) == []


def test_without_a_year_the_rule_says_so() -> None:
    result = check(report(section("一", "2022年，我局公开信息90条。"), year=None))
    assert [s.code for s in result.skipped] == ["prose.year"]


# --- what must not be left out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"), [("无。", True), ("暂无", True), ("—", True), ("无障碍改造不足。", False), ("一是公开不及时。", False)]
)
def test_problems_that_say_nothing(text: str, said: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    assert (codes(section("五", text)) == ["prose.empty_problems"]) is said


def test_silence_on_fees() -> None:
    made = report(form="2021")
    silent = Report(form="2021", year=2023, sections=(section("六", "无其他需要报告的事项。"),), tables=made.tables)
    assert [f.code for f in check(silent)] == ["prose.fees"]
    older = Report(form="2019", year=2020, sections=silent.sections, tables=report(form="2019").tables)
    assert list(check(older)) == []
    elsewhere = Report(form="2021", year=2023, sections=(section("一", FEES), *silent.sections), tables=made.tables)
    assert list(check(elsewhere)) == []


# --- real documents ----------------------------------------------------------------------------------------------------------

SEEDS = Path(__file__).parents[3] / "shared" / "corpus" / "seeds"


@pytest.mark.corpus
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the corpus does not lie beside the project")
def test_seeds() -> None:
    """One breakdown that does not add up, and one report of 2023 whose section 六 is empty; nothing else."""
    import govreport

    wanted = {"000": ["prose.fees"], "001": [], "002": ["prose.breakdown"], "003": [], "004": []}
    for line in (SEEDS / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        findings = list(check(govreport.load(SEEDS / entry["file"])))
        assert [f.code for f in findings if f.code.startswith("prose.")] == wanted[entry["case"]]
        if entry["case"] == "002":
            assert [(f.expected, f.actual) for f in findings] == [(137, 139)]
