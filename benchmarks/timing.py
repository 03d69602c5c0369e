"""Times that can be compared: taken turn by turn in one process, as CPU time, so that a busy machine disturbs all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

__all__ = ["interleaved", "milliseconds", "table"]

_LEAST = 3


def interleaved(tasks: Mapping[str, Callable[[], object]], *, runs: int = 15, seconds: float = 3.0) -> dict[str, float]:
    """The median CPU seconds of each task; every round does each once. Stops after `seconds`, but not before three rounds."""
    for task in tasks.values():
        task()
    times: dict[str, list[float]] = {name: [] for name in tasks}
    end = time.monotonic() + seconds * len(tasks)
    for done in range(runs):
        if done >= _LEAST and time.monotonic() > end:
            break
        for name, task in tasks.items():
            times[name].append(_once(task))
    return {name: statistics.median(taken) for name, taken in times.items()}


def _once(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def milliseconds(seconds: float) -> str:
    """For a column of figures."""
    return f"{1000 * seconds:.2f}"


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table: it goes into the README as it is."""
    lines = [header, tuple("---" if i == 0 else "---:" for i in range(len(header))), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
