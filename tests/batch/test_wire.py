"""A report crosses to another process and is the same there."""

from __future__ import annotations

import pickle

import pytest

from govreport import default_engine
from govreport.batch.result import Result, default_loader
from govreport.batch.wire import pack, unpack
from govreport.errors import NotAReportError
from govreport.testing.build import make_report, text_of


@pytest.fixture(scope="module")
def result() -> Result:
    layout = next(iter(default_engine().formats))
    text = text_of(make_report("2021", {"requests.new.total": 7}), layout)
    report, check = default_loader(text.encode(), "a.txt")
    return Result(path="a.txt", report=report, check=check, digest="d", seconds=0.1)


def crossed(result: Result) -> Result:
    return unpack(pickle.loads(pickle.dumps(pack(result))))  # noqa: S301 - our own


def test_a_report_is_whole_on_the_other_side(result: Result) -> None:
    there = crossed(result)
    assert there == result
    assert there.unwrap().vocabulary == result.unwrap().vocabulary
    assert there.unwrap().unbound == result.unwrap().unbound
    assert [hash(cell) for cell in there.unwrap().cells] == [hash(cell) for cell in result.unwrap().cells]


def test_reports_share_their_vocabulary(result: Result) -> None:
    first, second = (crossed(result).unwrap() for _ in range(2))
    assert first.vocabulary is second.vocabulary


def test_an_error_crosses_as_it_is() -> None:
    there = crossed(Result(path="a", error=NotAReportError("no", line=3)))
    assert str(there.error) == "no"
    assert isinstance(there.error, NotAReportError)
    assert there.error.line == 3
