"""`load_many`: order, faults of single documents, memory, cancelling."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.batch.standins import fake

from govreport.batch import DocumentTimeoutError, Result, UnexpectedError, WorkerDiedError, load_many
from govreport.errors import GovReportError, NotAReportError, SourceError


def documents(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{i}.txt" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return paths


def read(paths: list[Path], **options: object) -> list[Result]:
    return list(load_many(paths, load=fake, **options))  # type: ignore[arg-type]  # options are given by name


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_paths(tmp_path: Path, workers: int) -> None:
    paths = documents(tmp_path, *(("slow " if i % 7 == 0 else "") + str(i) for i in range(30)))
    results = read(paths, workers=workers)
    assert [r.path for r in results] == [str(p) for p in paths]
    assert [r.unwrap().title for r in results] == [p.read_text("utf-8") for p in paths]
    assert all(len(r.digest or "") == 64 and r.seconds > 0 and len(r.findings) == 1 for r in results)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_recorded_with_its_document(tmp_path: Path, workers: int) -> None:
    paths = [*documents(tmp_path, "a", "refuse", "bug", "b"), tmp_path / "absent", tmp_path]
    results = read(paths, workers=workers)
    assert [type(r.error) for r in results] == [
        type(None),
        NotAReportError,
        UnexpectedError,
        type(None),
        SourceError,
        SourceError,
    ]
    assert isinstance(results[2].error, UnexpectedError)
    assert "ZeroDivisionError" in results[2].error.traceback
    assert results[1].digest is not None


@pytest.mark.parametrize("workers", [1, 2])
def test_on_error_raise_gives_what_came_before(tmp_path: Path, workers: int) -> None:
    results = load_many(documents(tmp_path, "a", "b", "refuse", "c"), workers=workers, load=fake, on_error="raise")
    assert [next(results).unwrap().title, next(results).unwrap().title] == ["a", "b"]
    with pytest.raises(NotAReportError):
        next(results)


def test_a_worker_that_dies_costs_its_document_only(tmp_path: Path) -> None:
    results = read(documents(tmp_path, "a", "die", "b", "c", "die", "d"), workers=2)
    assert [isinstance(r.error, WorkerDiedError) for r in results] == [False, True, False, False, True, False]
    assert "signal 9" in str(results[1].error)


def test_a_document_whose_worker_died_by_accident_is_read_after_all(tmp_path: Path) -> None:
    results = read(documents(tmp_path, "a", f"die_once {tmp_path / 'marker'}", "b"), workers=2)
    assert [r.error for r in results] == [None, None, None]


def test_a_document_that_hangs_is_cut_off(tmp_path: Path) -> None:
    start = time.monotonic()
    results = read(documents(tmp_path, "a", "hang", *"bcdefgh"), workers=2, timeout=1.0)
    assert [type(r.error) for r in results] == [type(None), DocumentTimeoutError, *[type(None)] * 7]
    assert time.monotonic() - start < 20


def test_what_a_library_prints_does_not_disturb(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert [r.error for r in read(documents(tmp_path, "print hello", "a"), workers=2)] == [None, None]
    assert capfd.readouterr().err == "hello\n"


def test_closing_ends_the_workers_at_once(tmp_path: Path) -> None:
    results = load_many(documents(tmp_path, "a", *["hang"] * 20), workers=2, load=fake)
    assert next(results).error is None
    pids = _children()
    assert len(pids) == 2
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 100  # the documents take 1,000 each
    assert not pids & _children()


def test_an_endless_iterator_of_paths_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    taken = []
    (path,) = documents(tmp_path, "a")

    def endless() -> Iterator[Path]:
        for i in itertools.count():
            taken.append(i)
            yield path

    results = load_many(endless(), workers=2, load=fake)
    assert len(list(itertools.islice(results, 100))) == 100
    results.close()
    assert len(taken) <= 100 + 2 * 16 + 1


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    (path,) = documents(tmp_path, "x")
    script = f"from govreport.batch import load_many\nprint([r.digest for r in load_many([{str(path)!r}] * 3, workers=2)])"
    done = subprocess.run([sys.executable, "-"], input=script, text=True, capture_output=True, check=True, env=_environment())
    assert eval(done.stdout) == [hashlib.sha256(b"x").hexdigest()] * 3  # noqa: S307 - our own output


def test_workers_that_cannot_start_are_an_error_not_a_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govreport.batch.pool.BOOT", "raise SystemExit(3)")
    with pytest.raises(GovReportError, match="exit status 3"):
        read(documents(tmp_path, "a"), workers=2)


@pytest.mark.parametrize("bad", [{"workers": 0}, {"on_error": "ignore"}])
def test_wrong_arguments_are_refused_before_anything_is_read(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        load_many([], **bad)  # type: ignore[arg-type]  # that is the point


def _children() -> set[int]:
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text("ascii").split()}


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
