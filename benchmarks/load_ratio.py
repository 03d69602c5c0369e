"""How many times as long as the afternoon's script `load` takes, on each seed (invented examples where the corpus is absent).

    python benchmarks/load_ratio.py [FILE…] [--runs N]

Both read the file and run in turn in this process; the figures are ratios of medians of CPU time.
"""

from __future__ import annotations

import argparse
import functools
import statistics
import sys
from pathlib import Path

import strawman
from timing import interleaved, milliseconds, table

import govreport
import samples

__all__ = ["main"]


def main() -> int:
    """Print a row a file, and the median."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=61)
    args = parser.parse_args()
    rows, ratios = [], []
    for path in args.files or samples.seeds():
        tasks = {"script": functools.partial(strawman.read, path), "load": functools.partial(govreport.load, path)}
        taken = interleaved(tasks, runs=args.runs)
        ratios.append(taken["load"] / taken["script"])
        rows.append((path.name, milliseconds(taken["script"]), milliseconds(taken["load"]), f"{ratios[-1]:.2f}"))
    rows.append(("**median**", "", "", f"**{statistics.median(ratios):.2f}**"))
    print(table(("document", "script ms", "load ms", "load ÷ script"), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
