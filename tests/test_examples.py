"""The examples run, and the reports among them are read whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import govreport
from govreport import Status

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
REPORTS = sorted((EXAMPLES / "reports").iterdir())
PRINTS = {
    "read_one_cell": "三|三、本年度办理结果|（一）予以公开|总计: 11 (read, printed as '11')",
    "check_folder": "arithmetic.row_total",
    "panel": "issuer,year,form,doubtful,",
    "compare_years": "requests.new.total: 11 → 18",
    "notebook": "汀兰市住房和城乡建设局2023年政府信息公开工作年度报告",
}


@pytest.fixture(scope="module")
def making() -> Iterator[ModuleType]:
    """The program that wrote the examples, which knows what is true in them."""
    sys.path.insert(0, str(EXAMPLES))
    import make

    yield make
    sys.path.remove(str(EXAMPLES))


@pytest.mark.parametrize("name", PRINTS)
def test_an_example_runs(name: str) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    run = [sys.executable, str(EXAMPLES / f"{name}.py")]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=120)
    assert PRINTS[name] in done.stdout


def test_every_example_is_tried() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} - {"make"} == set(PRINTS)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_an_example_report_is_read_whole(path: Path, making: ModuleType) -> None:
    report, body = govreport.load(path), making.all_bodies()[path.stem]
    assert (report.title, report.issuer, report.year, report.form) == (body.title, body.issuer, body.year, body.form.name)
    assert {cell.key: cell.raw for cell in report.cells} == body.values
    assert {cell.status for cell in report.cells} == {Status.READ}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_only_the_draft_is_found_to_be_wrong(path: Path, making: ModuleType) -> None:
    planted = making.all_bodies()[path.stem].planted
    named = {key for finding in govreport.check(govreport.load(path)) for key in finding.cells}
    assert set(planted) <= named
    assert bool(named) is bool(planted)


def test_the_texts_are_what_their_script_writes(making: ModuleType) -> None:
    bodies, texts = making.all_bodies(), making.TEXTS
    for name, layouts in making.TEXT_REPORTS.items():
        text = making.document(bodies[name], *(texts[layout] for layout in layouts))
        assert (EXAMPLES / "reports" / f"{name}.txt").read_text("utf-8") == text
