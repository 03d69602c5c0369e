"""Files as they are handed over: read whole, whatever their size is said to be, and never more than the limit."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

import govreport
from govreport import Engine, GovReportError, Limits, SourceError, WrongTypeError

TEXT = "青梧县水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n一切平稳。\n".encode()


def test_a_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT)
    assert Engine(limits=Limits(bytes=len(TEXT))).load(path).year == 2023
    with pytest.raises(SourceError, match="larger than"):
        Engine(limits=Limits(bytes=len(TEXT) - 1)).load(path)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory"):
        Engine().load(tmp_path)


WRONG: dict[str, Callable[[], object]] = {
    "load": lambda: govreport.load(None),  # type: ignore[arg-type]
    "load text": lambda: govreport.load(io.StringIO("一")),  # type: ignore[arg-type]
    "loads": lambda: govreport.loads(b"x"),  # type: ignore[arg-type]
    "detect": lambda: govreport.detect(3),  # type: ignore[arg-type]
    "check": lambda: govreport.check("x"),  # type: ignore[arg-type]
    "compare": lambda: govreport.compare(1, 2),  # type: ignore[arg-type]
    "series": lambda: govreport.check_series([None]),  # type: ignore[list-item]
    "no series": lambda: govreport.check_series(3),  # type: ignore[arg-type]
    "hierarchy": lambda: govreport.check_hierarchy(None, [None]),  # type: ignore[arg-type, list-item]
    "to_json": lambda: govreport.to_json(None),  # type: ignore[arg-type]
    "from_json": lambda: govreport.from_json(3),  # type: ignore[arg-type]
    "write": lambda: govreport.write(None, "x.csv"),  # type: ignore[arg-type]
    "Engine": lambda: Engine(limits=3),  # type: ignore[arg-type]
    "Limits": lambda: Limits(bytes="x"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_of_the_wrong_type_is_said_to_be(name: str) -> None:
    with pytest.raises(TypeError, match=r"not |open as text") as caught:
        WRONG[name]()
    assert isinstance(caught.value, WrongTypeError)
    assert isinstance(caught.value, GovReportError)
    assert "不接受" in caught.value.text("zh") or "文本" in caught.value.text("zh")


def test_a_closed_file_cannot_be_read() -> None:
    file = io.BytesIO(TEXT)
    file.close()
    with pytest.raises(SourceError, match="closed"):
        govreport.load(file)


def test_a_text_of_more_words_than_the_limits_allow_is_refused() -> None:
    engine = Engine(limits=Limits(cells=100))
    assert engine.load(TEXT).year == 2023
    for many in ("0 ", "|"):
        with pytest.raises(SourceError, match="more than 200 words"):
            engine.load(TEXT + (many * 300).encode())
