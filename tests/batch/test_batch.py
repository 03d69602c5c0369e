"""A run fills its folder with each document exactly once, whatever happens on the way."""

from __future__ import annotations

import gzip
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.batch.standins import fake

from govreport import tables
from govreport.batch import command
from govreport.batch.dataset import Dataset
from govreport.batch.progress import Progress
from govreport.batch.run import Plan, run
from govreport.batch.summary import blocks, collect, text
from govreport.errors import GovReportError
from govreport.tables.columns import NAMES

pytest.importorskip("pyarrow")


def fill(out: Path, *inputs: object, **options: Any) -> Progress:
    progress = Progress(quiet=True)
    plan = Plan(inputs=tuple(map(str, inputs)), out=out, **{"workers": 1, "load": fake, "part": 10, **options})
    run(plan, progress)
    return progress


def contents(out: Path, table: str = "reports") -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    schema = tables.schema(table)
    hive = (
        ds.partitioning(flavor="hive", schema=schema.empty_table().select(["year"]).schema) if "year" in schema.names else None
    )
    rows: list[dict[str, Any]] = ds.dataset(out / table, schema=schema, partitioning=hive).to_table().to_pylist()
    return sorted(rows, key=str)


def everything(out: Path) -> dict[str, list[dict[str, Any]]]:
    return {table: contents(out, table) for table in NAMES}


def names(out: Path, table: str = "reports") -> list[str]:
    return [Path(row["document"]).name for row in contents(out, table)]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    for i in range(40):
        path = folder / str(i % 3) / f"{i:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"page {'x' * i}", "utf-8")
    (folder / "bad.txt").write_text("refuse", "utf-8")
    (folder / ".hidden").write_text("no", "utf-8")
    return folder


def test_every_document_is_there_once_in_the_partition_of_its_year(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    progress = fill(out, pages, workers=2)
    assert (progress.total, progress.read, progress.errors) == (41, 41, 1)
    assert sorted(names(out)) == sorted(p.name for p in pages.rglob("*/*.txt"))
    assert [row["error"] for row in contents(out, "errors")] == ["NotAReportError"]
    assert {p.name for p in (out / "reports").iterdir()} == {f"year={y}" for y in range(2020, 2025)}
    assert all(row["year"] in range(2020, 2025) and row["digest"] for row in contents(out))
    assert len(list((out / "reports").rglob("*.parquet"))) == 5, "small parts are merged"


def test_what_is_done_is_not_read_again(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, pages)
    before = everything(out)
    files = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    again = fill(out, pages)
    assert (again.read, again.skipped) == (0, 41)
    assert everything(out) == before
    assert {p: p.stat().st_mtime_ns for p in out.rglob("part-*.parquet")} == {
        p: t for p, t in files.items() if p.name != "empty.parquet"
    }


def test_what_changed_or_is_new_is_read_and_replaces_what_was(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, pages)
    (pages / "1" / "01.txt").write_text("page changed", "utf-8")
    (pages / "bad.txt").write_text("good now", "utf-8")
    (pages / "new.txt").write_text("page new", "utf-8")
    assert fill(out, pages).read == 3
    (tmp_path / "fresh").mkdir()
    fill(tmp_path / "fresh", pages)
    assert everything(out) == everything(tmp_path / "fresh")


def test_another_version_of_the_library_reads_everything_anew(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    fill(out, pages)
    before = everything(out)
    monkeypatch.setattr("govreport.batch.run.reading_version", lambda: "govreport 99")
    assert fill(out, pages).read == 41
    assert everything(out) == before


def test_errors_are_read_again_when_asked_for_or_when_they_may_pass(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (pages / "slow.txt").write_text("hang", "utf-8")
    assert fill(out, pages, timeout=1.0).errors == 2
    assert fill(out, pages, timeout=1.0).read == 1, "only the one that ran out of time"
    assert fill(out, pages, timeout=1.0, retry_errors=True).read == 2
    assert sorted(names(out, "errors")) == ["bad.txt", "slow.txt"]


def test_a_document_that_kills_its_worker_costs_itself_only(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for i in range(3):
        (pages / f"die{i}.txt").write_text("die", "utf-8")
    (pages / "once.txt").write_text(f"die_once {tmp_path / 'marker'}", "utf-8")
    assert fill(out, pages, workers=2).errors == 4
    assert sorted(names(out, "errors")) == ["bad.txt", "die0.txt", "die1.txt", "die2.txt"]
    assert len(names(out)) == 41


def test_what_a_worker_has_no_time_for_goes_on_in_another_part(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govreport.batch.run._SECONDS", 0.0)
    out = tmp_path / "out"
    (pages / "die.txt").write_text("die", "utf-8")
    assert fill(out, pages).read == 42
    assert len(set(names(out))) == len(names(out)) == 40


def test_killed_at_any_moment_and_run_again_gives_the_same(pages: Path, tmp_path: Path) -> None:
    for i, path in enumerate(sorted(pages.rglob("*.txt"))):
        if i % 4 == 0:
            path.write_text(f"slow {path.read_text('utf-8')}", "utf-8")
    fill(tmp_path / "calm", pages)
    out, dice = tmp_path / "out", random.Random(6)
    kills = 0
    for attempt in itertools.count():
        process = _start(pages, out)
        try:
            process.wait(dice.uniform(0.5, 2.0) if attempt < 3 else 60)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        else:
            break
    assert process.returncode == 0
    assert kills >= 2
    assert everything(out) == everything(tmp_path / "calm")
    assert not (out / "_tmp").exists()


def _start(pages: Path, out: Path) -> subprocess.Popen[bytes]:
    script = (
        "from pathlib import Path; from govreport.batch.run import Plan, run; from govreport.batch.progress import Progress; "
        "from tests.batch.standins import fake; "
        f"run(Plan(inputs=({str(pages)!r},), out=Path({str(out)!r}), workers=2, load=fake, part=4), Progress(quiet=True))"
    )
    return subprocess.Popen([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})


def test_a_second_run_at_the_same_time_is_refused(pages: Path, tmp_path: Path) -> None:
    with Dataset(tmp_path / "out", "1"), pytest.raises(GovReportError, match="another run"):
        fill(tmp_path / "out", pages)


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "out" / "reports" / "mine.parquet"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"PAR1")
    (tmp_path / "out" / "notes.txt").write_text("keep", "utf-8")
    with Dataset(tmp_path / "out", "1"):
        pass
    assert mine.exists()
    assert (tmp_path / "out" / "notes.txt").exists()


def test_a_part_whose_files_are_damaged_is_read_again(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, pages)
    before = everything(out)
    next((out / "reports").rglob("part-*.parquet")).write_bytes(b"half a fi")
    assert fill(out, pages).read == 41
    assert everything(out) == before


def test_the_output_inside_the_input_is_not_read(pages: Path) -> None:
    assert fill(pages / "out", pages).read == 41
    assert fill(pages / "out", pages).read == 0


def test_lists_globs_and_archives(pages: Path, tmp_path: Path) -> None:
    archive = tmp_path / "some.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/报告.txt", "page one")
        file.writestr("b.txt", "refuse")
    (tmp_path / "list.txt").write_text(f"# mine\n\n{pages / 'bad.txt'}\n{archive}\n", "utf-8-sig")
    fill(tmp_path / "out", f"@{tmp_path / 'list.txt'}", pages / "1" / "*.txt", pages / "bad.txt")
    assert len(names(tmp_path / "out")) == 14
    assert [row["document"] for row in contents(tmp_path / "out") if ".zip" in row["document"]] == [
        f"{archive.as_posix()}!/a/报告.txt"
    ]
    assert sorted(names(tmp_path / "out", "errors")) == ["b.txt", "bad.txt"]


def test_names_in_archives_from_chinese_windows(tmp_path: Path) -> None:
    from govreport.batch.inputs import expand

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("@@@@.txt", "page")
    (tmp_path / "a.zip").write_bytes(data.getvalue().replace("@@@@".encode("ascii"), "报告".encode("gb18030")))
    (item,) = expand([str(tmp_path / "a.zip")])
    assert item.name.endswith("a.zip!/报告.txt")
    assert item.read() == b"page"


def test_pages_of_a_crawl(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    path = tmp_path / "crawl.warc.gz"
    pages = (("a", "200 OK"), ("b", "404 Not Found"), ("c", "200 OK"))
    path.write_bytes(b"".join(gzip.compress(_record(address, status).encode()) for address, status in pages))
    progress = fill(tmp_path / "out", path)
    assert (progress.total, progress.read) == (None, 2)
    assert [row["title"] for row in contents(tmp_path / "out")] == ["page a", "page c"]
    assert fill(tmp_path / "out", path).read == 0


def _record(address: str, status: str) -> str:
    answer = f"HTTP/1.0 {status}\r\nContent-Type: text/plain\r\n\r\npage {address}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{address}\r\n"
    return f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n"


def test_an_absent_input_is_an_error_in_the_table(tmp_path: Path) -> None:
    fill(tmp_path / "out", tmp_path / "absent.html")
    assert [row["message"] for row in contents(tmp_path / "out", "errors")] == ["cannot be read: No such file or directory"]
    assert contents(tmp_path / "out", "cells") == []


def test_the_summary_counts_what_is_there(pages: Path, tmp_path: Path) -> None:
    fill(tmp_path / "out", pages)
    summary = collect(tmp_path / "out")
    assert (summary.reports, summary.errors, summary.reasons) == (40, 1, {"NotAReportError": 1})
    assert sum(forms["2021"] for forms in summary.years.values()) == 40
    assert summary.findings == {"prose.total": 40}
    assert "40 reports, 1 documents that could not be read" in text(summary, "en")
    assert "40 份报告，1 份文件无法读取" in text(summary, "zh")
    assert [heading for heading, _ in blocks(summary, "zh")][:2] == ["年度", "表式"]


def test_the_command_writes_the_summary_and_says_how_it_went(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    (pages / "empty.txt").touch()
    arguments = parser.parse_args([str(pages / "empty.txt"), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert command.run(arguments) == 2
    shown = capsys.readouterr()
    assert "0 reports, 1 documents that could not be read" in shown.out
    assert shown.err == "", "no progress bar where there is no terminal"
    page = (tmp_path / "out" / "summary.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "http" not in page


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govreport.batch.progress._EVERY", 0.0)
    terminal = Terminal()
    progress = Progress(terminal)
    progress.start(4)
    progress.skip()
    time.sleep(0.01)
    progress.skip()
    assert "2/4 · 0/s · 0 errors" in terminal.getvalue()
    progress.finish()
    assert terminal.getvalue().endswith("\r\x1b[K")
