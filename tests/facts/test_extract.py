"""What a fact carries besides its kind: key, place, parts, years; and what it costs."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from govreport.facts import extract, is_complete, kinds
from govreport.facts.numerals import parse_number
from govreport.forms import builtin_forms
from govreport.model import Fact, Paragraph, Place, Section


def read(text: str, year: int | None = 2023, place: Place | None = None) -> tuple[Fact, ...]:
    return extract((Section(number="一", heading=None, paragraphs=(Paragraph(text=text, place=place),)),), year)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,204", 1204),
        ("12.5", Decimal("12.5")),
        ("十", 10),
        ("十二", 12),
        ("一百二十三", 123),
        ("一百零五", 105),
        ("一万二千", 12000),
        ("贰拾", 20),
        ("两", 2),
        ("百", 100),
        ("二〇二三", 2023),
        ("三五", None),
        ("两三", None),
    ],
)
def test_numerals(text: str, number: int | Decimal | None) -> None:
    assert parse_number(text) == number


def test_a_magnitude_multiplies() -> None:
    assert parse_number("49.7", "万") == 497_000


def test_every_key_is_a_cell_of_some_form() -> None:
    cells = {key for form in builtin_forms() for key in form.cells}
    assert {key for kind in kinds().values() for key in (*kind.keys, *kind.keys_of.values())} <= cells
    assert all(kind.cells(cells) for kind in kinds().values() if kind.rows)


def test_the_key_is_the_cell_that_says_the_same() -> None:
    fact, carried = read("新收政府信息公开申请9件，上年结转1件。")
    assert (fact.key, carried.key) == ("requests.new.total", "requests.carried_in.total")


def test_an_applicant_has_a_key_only_as_part_of_a_total() -> None:
    assert [f.key for f in read("新收政府信息公开申请9件，其中自然人申请8件。")] == [
        "requests.new.total",
        "requests.new.natural_person",
    ]
    assert [f.key for f in read("政府信息公开申请中，自然人申请8件。")] == [None]


def test_the_place_is_that_of_the_number() -> None:
    text = "　　工作平稳。2023 年，共收到政府信息公开申请 12 件。"
    (fact,) = read(text, place=Place(line=7, column=3))
    assert fact.place == Place(line=7, column=3 + text.index("12"))
    (fact,) = read("第一行。\n主动公开信息15条。", place=Place(line=7, column=3))
    assert fact.place == Place(line=8, column=7)


def test_a_place_in_a_grid_is_left_as_it_is() -> None:
    place = Place(table=1, row=2, column=3, page=4)
    assert [f.place for f in read("主动公开信息15条。", place=place)] == [place]


def test_the_sentence_stands_as_it_is() -> None:
    (fact,) = read("情况如下。主动公开信息 １５ 条。再见。")
    assert (fact.text, fact.value, fact.unit, fact.section) == ("主动公开信息 １５ 条。", 15, "条", "一")


def test_traditional_characters_and_converted_words() -> None:
    assert [(f.kind, f.value) for f in read("2023年共收到政府資訊公開申請12件，結轉下年度2件。")] == [
        ("requests.new", 12),
        ("requests.carried_out", 2),
    ]


def test_a_breakdown_may_follow_in_the_next_sentence() -> None:
    fact = read("全年公开信息 37 条。其中工作动态 33 条、公告 3 条、其他 2 条，应公开尽公开。")[0]
    assert fact.parts == (("工作动态", 33), ("公告", 3), ("其他", 2))
    assert is_complete(fact)


def test_a_breakdown_within_one_is_stepped_over() -> None:
    fact = read("全年公开信息90条，其中动态50条（图片新闻12条、视频5条）、公告40条。")[0]
    assert fact.parts == (("动态", 50), ("公告", 40))
    assert not is_complete(fact)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("公开信息9条，分别为动态5条、公告4条。", True),
        ("公开信息9条，其中动态5条、公告4条。", False),
        ("公开信息9条，分别为动态5条、公告2条等。", False),
    ],
)
def test_what_claims_to_be_all(text: str, complete: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    assert is_complete(read(text)[0]) is complete


def test_another_year_is_no_fact_and_no_year_is_trusted() -> None:
    text = "2022年，收到政府信息公开申请12件。"
    assert read(text) == ()
    assert [f.value for f in read(text, 2022)] == [12]
    assert [f.value for f in read(text, None)] == [12]


def test_no_prose_no_facts() -> None:
    assert extract(()) == ()
    assert read("") == ()


@pytest.mark.parametrize(
    "unit",
    [
        "2023年收到政府信息公开申请12件，",
        "主动公开信息120条，其中网站60条。",
        "12条、",
        "未",
        "未发生",
        "一",
        "，",
        "1 ",
        "《",
        "较2022年",
        "公开",
        "（",
        "截至",
    ],
)
def test_long_text_takes_time_in_proportion(unit: str) -> None:
    def cost(characters: int) -> float:
        text = unit * (characters // len(unit))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    read(unit)
    small = max(cost(8_000), 0.01)
    assert cost(64_000) < 40 * small
