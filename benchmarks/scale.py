"""What `govreport batch` needs for many documents: seconds, and the peak memory of the whole family of processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from attrs import frozen

import samples

__all__ = ["Usage", "batch"]

_COMMAND = "import sys; from govreport.cli import main; sys.exit(main(sys.argv[1:]))"


@frozen
class Usage:
    """What a run took: wall-clock seconds, and the largest sum of the resident memory of all its processes, in bytes."""

    seconds: float
    peak: int


def batch(documents: int, workers: int, *, cores: set[int] | None = None) -> Usage:
    """Run the command over so many documents; `cores` are those it may use."""
    with tempfile.TemporaryDirectory() as folder:
        pages, out = Path(folder) / "pages", Path(folder) / "out"
        samples.many(pages, documents)
        return _measure(["batch", str(pages), "--out", str(out), "--workers", str(workers), "--quiet"], cores)


def _measure(arguments: list[str], cores: set[int] | None) -> Usage:
    start, peak = time.perf_counter(), 0
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([sys.executable, "-c", _COMMAND, *arguments], env=environment)
    if cores:
        os.sched_setaffinity(process.pid, cores)  # at once: its children inherit it
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.05)
    assert process.returncode == 0, f"the run ended with {process.returncode}"
    return Usage(time.perf_counter() - start, peak)


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:  # it ended meanwhile
        return []
    return [pid, *(member for child in children for member in _family(child))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # as above
        return 0
