"""Whatever is handed over, the answer is a Report or an error of ours about the document, and it comes soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govreport
from govreport.errors import NotAReportError, SourceError
from govreport.model import Report
from govreport.serialize import from_json, to_json
from govreport.testing import dice
from govreport.testing.build import Layout
from govreport.testing.document import Document
from govreport.testing.matrix import subjects
from govreport.testing.strategies import Sample, samples, seeds

SECONDS = 5.0
"""Far above what any of these needs; a runaway search needs more."""

WORDS = st.sampled_from(
    [
        "一、",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "（七）总计",
        "第二十条第（一）项",
        "规章",
        "其他",
        "0",
        "12 3",
        "|",
        "\t",
        "\n",
        "\xa0",
        "<td>",
        "总计",
        "2023年",
        "政府信息公开工作年度报告",
    ]
)

LINES_WITH_DIGITS = ["（{}）、属于国家秘密", "{}\n、属于国家秘密", "|  | {} | 1 |\n|---|---|---|\n| 0 | 规章 | 2 |"]


def answer(data: str | bytes) -> Report | SourceError | NotAReportError:
    start = time.monotonic()
    try:
        result: Report | SourceError | NotAReportError = (
            govreport.loads(data) if isinstance(data, str) else govreport.load(data)
        )
    except (SourceError, NotAReportError) as error:  # a PluginError would be a fault of ours
        result = error
    assert time.monotonic() - start < SECONDS
    return result


def assert_sound(result: Report | SourceError | NotAReportError) -> None:
    if isinstance(result, Report):
        list(govreport.check(result))
        assert from_json(to_json(result)) == result


@given(text=st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert_sound(answer(text))


@given(data=st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    assert_sound(answer(data))


@given(words=st.lists(WORDS, max_size=200), glue=st.sampled_from(["", " ", "\n", "|", "\t"]))
def test_any_heap_of_the_words_of_a_report(words: list[str], glue: str) -> None:
    assert_sound(answer("2023年政府信息公开工作年度报告\n" + glue.join(words)))


@given(sample=samples(), subject=st.sampled_from(subjects()), seed=seeds(), cuts=st.integers(1, 6))
def test_any_report_torn_to_pieces(sample: Sample, subject: Layout, seed: int, cuts: int) -> None:
    rng, text = dice(seed), Document.of(sample.report, subject).text
    at = sorted(rng.sample(range(len(text)), cuts))
    pieces = [text[a:b] for a, b in zip([0, *at], [*at, None], strict=True)]
    rng.shuffle(pieces)
    assert_sound(answer("".join(pieces)))
    assert_sound(answer("".join(pieces).encode()[: rng.randrange(len(text))]))


@pytest.mark.parametrize("digits", ["²³", "①", "௧", "9" * 5_000], ids=["raised", "circled", "tamil", "endless"])
@pytest.mark.parametrize("line", LINES_WITH_DIGITS, ids=["in a note", "before a label", "as an index"])
def test_digits_that_make_no_integer(digits: str, line: str) -> None:
    text = "三、收到和处理政府信息公开申请情况\n" + line.format(digits) + "\n"
    assert_sound(answer("2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n" + text + "四、其他\n" + text))
