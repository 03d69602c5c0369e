"""Year, issuer, date and contact where no title names them, and the traps that are no evidence."""

from __future__ import annotations

import datetime as dt

import pytest

import govreport
from govreport.forms import builtin_forms
from govreport.identity import Identity, identify
from govreport.outline import outline
from govreport.source import Source

TABLE = "\n二、主动公开政府信息情况\n规章 0 0 0\n"
LAST = "\n六、其他需要报告的事项\n无。\n"


def identity(text: str) -> Identity:
    return identify(outline(Source(lines=tuple(text.split("\n"))), builtin_forms()))


@pytest.mark.parametrize(
    "period",
    [
        "本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据统计时间为2023年1月1日至12月31日。",
        "统计期限：2023年01月01日-2023年12月31日。",
        "本年度报告的时间范围为 2023 年 1 月 1 日至 2023 年 12 月 31 日。",
        "本報告所列數據的統計期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自二〇二三年一月一日起至十二月三十一日止。",
    ],
)
def test_the_statistical_period_tells_the_year(period: str) -> None:
    assert identity(f"{period}\n一、总体情况\n2022年以来，一切平稳。{TABLE}").year == 2023


@pytest.mark.parametrize(
    "prose",
    [
        "2023年，我局一切平稳，公开质量较2022年有所提升。",
        "2023年度我局一切平稳。",
        "截至2087年底，累计公开3条。2023年，我局公开5条。",
        "根据《2021年工作要点》和国办2021年30号文，我局认真落实。2023年，我局公开5条。",
        "一年来，工作平稳。现将2023年度情况报告如下：",
    ],
)
@pytest.mark.parametrize("heading", ["一、总体情况\n", "首页 2033年6月9日\n"])
def test_the_first_section_tells_the_year_with_its_heading_or_without(heading: str, prose: str) -> None:
    assert identity(f"{heading}{prose}{TABLE}三、收到和处理政府信息公开申请情况\n").year == 2023


@pytest.mark.parametrize(
    "text",
    [
        "今天是2025年6月9日 星期四\n发布日期：2024-01-20\n一、总体情况\n我局一切平稳。",
        "二〇二四年一月\n一、总体情况\n我局一切平稳。",
        "一、总体情况\n截至2087年底，累计公开3条。",
        "2024年政府工作报告 2024年部门预算\n一、总体情况\n我局一切平稳。",
    ],
)
def test_other_years_are_no_evidence(text: str) -> None:
    assert identity(text + TABLE).year is None


def test_the_bodys_own_guide_names_it() -> None:
    assert identity(f"一、总体情况\n修订了《青梧县住建办政府信息公开指南》。{TABLE}").issuer == "青梧县住建办"


def test_two_bodies_that_are_named_are_no_evidence() -> None:
    both = "依据《青梧市政府信息公开指南》，修订了《青梧县住建办政府信息公开指南》。"
    assert identity(f"一、总体情况\n{both}{TABLE}").issuer is None


@pytest.mark.parametrize("date", ["2024年1月25日", "2024-01-25"])
def test_a_signature_names_the_body(date: str) -> None:
    assert identity(f"一、总体情况\n平稳。{TABLE}{LAST}\n  青梧县水务局\n\n{date}\n").issuer == "青梧县水务局"
    assert (
        identity(f"政府信息公开工作年度报告\n青梧縣水務局\n{date}\n一、总体情况\n平稳。{TABLE}{LAST}").issuer == "青梧县水务局"
    )


def test_what_stands_over_a_date_and_is_no_body_names_none() -> None:
    assert identity(f"一、总体情况\n平稳。{TABLE}{LAST}\n特此报告\n2024年1月25日\n").issuer is None
    assert identity(f"一、总体情况\n平稳。{TABLE}{LAST}\n青梧县人民政府门户网站\n2024年1月25日\n").issuer is None


@pytest.mark.parametrize("label", ["发布机构", "来源", "主办单位"])
def test_the_owner_of_a_portal_is_not_the_issuer(label: str) -> None:
    assert identity(f"{label}：青梧县数据局\n一、总体情况\n一切平稳。{TABLE}").issuer is None


def test_what_cannot_be_told_is_said() -> None:
    report = govreport.loads(f"一、总体情况\n我局一切平稳。{TABLE}")
    assert (report.title, report.issuer, report.year) == (None, None, None)
    found = [finding.text("en") for finding in report.doubts if finding.code == "reading.identity"]
    assert [text.split(" of ")[0] for text in found] == ["The title", "The issuer", "The year"]


def test_what_is_told_is_not_doubted() -> None:
    report = govreport.loads(f"青梧县水务局2023年政府信息公开工作年度报告\n一、总体情况\n一切平稳。{TABLE}")
    assert not [finding for finding in report.doubts if finding.code == "reading.identity"]


@pytest.mark.parametrize("date", ["2024-01-25 11:23:00", "2024/01/25", "2024年1月25日", "2024.1.25"])
def test_the_date_of_publication(date: str) -> None:
    assert identity(f"发布日期：{date} 来源：县水务局\n一、总体情况\n平稳。{TABLE}{LAST}").published == dt.date(2024, 1, 25)


def test_a_signed_date() -> None:
    assert identity(f"一、总体情况\n平稳。{TABLE}{LAST}青梧县水务局\n2024年1月25日\n").published == dt.date(2024, 1, 25)


def test_contact() -> None:
    block = "（地址：青梧县和川路18号，邮编：215000，电话：0512-1234567，传真：0512-7654321，电子邮箱：xxgk@example.cn）"
    for text in (f"{block}\n一、总体情况\n平稳。{TABLE}", f"一、总体情况\n平稳。{TABLE}{LAST}{block}\n"):
        found = {e.field: e.value for e in identity(text).evidence if e.field.startswith("contact.")}
        assert found == {
            "contact.address": "青梧县和川路18号",
            "contact.postcode": "215000",
            "contact.phone": "0512-1234567",
            "contact.fax": "0512-7654321",
            "contact.email": "xxgk@example.cn",
        }
