"""All figures of the library's cost in one table.

    python benchmarks/run.py                    # everything but the 50,000 documents
    python benchmarks/run.py --scale 50000      # and those: minutes
    python benchmarks/run.py --only layouts     # layouts, containers, growth, cores or memory

Times are CPU time on one core, medians; where two things are compared they ran in turn, in one process. Documents are invented.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import libraries
import scale
import strawman
from timing import interleaved, milliseconds, table

import govreport
import samples

__all__ = ["main"]

Row = tuple[str, str, str, str]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=list(_PARTS), action="append")
    parser.add_argument(
        "--scale", type=int, default=0, metavar="N", help="compare the memory at 1,000 documents with that at N"
    )
    parser.add_argument("--documents", type=int, default=1000, help="how many to compare two cores with one")
    args = parser.parse_args()
    rows = [row for name in args.only or _PARTS for row in _PARTS[name](args)]
    print(f"{_machine()}\n\n{table(('what', 'ms', 'a second', 'compared'), rows)}")
    return 0


def _machine() -> str:
    models = [line for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.processor()
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, govreport {govreport.__version__}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []


def _row(name: str, seconds: float, compared: str = "") -> Row:
    return name, milliseconds(seconds), f"{1 / seconds:,.0f}", compared


# --- one document ------------------------------------------------------------------------------------------------------------


def _layouts(_: argparse.Namespace) -> Iterator[Row]:
    """Every layout; the script for comparison reads the same text, whether it understands it or not."""
    for name, data in samples.layouts().items():
        taken = interleaved({"load": functools.partial(govreport.load, data), "script": _script(data)})
        yield _row(f"layout {name}", taken["load"], f"{taken['load'] / taken['script']:.2f} × script")


def _script(data: bytes) -> Callable[[], object]:
    class Text:
        """A path without a disk: the library has the bytes in memory, too."""

        def read_text(self, encoding: str, errors: str) -> str:
            return data.decode(encoding, errors)

    return functools.partial(strawman.read, Text())  # type: ignore[arg-type]  # all that it needs of a path


def _containers(_: argparse.Namespace) -> Iterator[Row]:
    """Every container, beside what others need for it: the tables as its library has them (`libraries.py`), or Markdown."""
    for name, path in samples.containers().items():
        tasks = {"load": functools.partial(govreport.load, path)} | _others(name, path)
        taken = interleaved(tasks, runs=9)
        load = taken.pop("load")
        yield _row(f"container {name}", load, ", ".join(f"{load / other:.2f} × {what}" for what, other in taken.items()))


def _others(name: str, path: Path) -> dict[str, Callable[[], object]]:
    found = libraries.tasks(name, path.read_bytes())
    if importlib.util.find_spec("markitdown") is not None:
        from markitdown import MarkItDown  # noqa: PLC0415 - only where it is installed

        found["markitdown"] = functools.partial(MarkItDown().convert, path)
    return found


def _growth(_: argparse.Namespace) -> Iterator[Row]:
    """One report with 10 and 100 times the prose."""
    texts = {times: samples.with_prose(times) for times in (1, 10, 100)}
    taken = interleaved(
        {str(times): functools.partial(govreport.load, text) for times, text in texts.items()}, runs=7, seconds=20
    )
    for times, text in texts.items():
        compared = f"{taken[str(times)] / taken['1']:.1f} × one"
        yield _row(f"{times} × the prose ({len(text) // 1000:,} kB)", taken[str(times)], compared)


# --- many documents ----------------------------------------------------------------------------------------------------------


def _cores(args: argparse.Namespace) -> Iterator[Row]:
    """The command on two cores against the same on one."""
    available = sorted(os.sched_getaffinity(0))
    one = scale.batch(args.documents, 1, cores=set(available[:1]))
    yield _row(f"batch, {args.documents:,} documents, one core", one.seconds / args.documents)
    if len(available) > 1:
        two = scale.batch(args.documents, 2, cores=set(available[:2]))
        compared = f"{one.seconds / two.seconds:.2f} × as fast as one"
        yield _row(f"batch, {args.documents:,} documents, two cores", two.seconds / args.documents, compared)


def _memory(args: argparse.Namespace) -> Iterator[Row]:
    """The peak of all processes together, two workers."""
    if args.scale:
        few, lots = scale.batch(1000, 2), scale.batch(args.scale, 2)
        yield "memory at 1,000 documents", "", "", f"{few.peak / 1e6:.0f} MB"
        yield f"memory at {args.scale:,} documents", "", "", f"{lots.peak / 1e6:.0f} MB, {lots.peak / few.peak:.2f} × that"


_PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "layouts": _layouts,
    "containers": _containers,
    "growth": _growth,
    "cores": _cores,
    "memory": _memory,
}

if __name__ == "__main__":
    sys.exit(main())
