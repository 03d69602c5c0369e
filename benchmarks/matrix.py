"""Print the calibration matrix: layouts × damages, and what the library reads right, doubts, reads wrong or misses.

    python benchmarks/matrix.py                              # everything, 3 documents each
    python benchmarks/matrix.py --layout tabs --examples 20
    python benchmarks/matrix.py --damage page_numbers --damage split_number --by damage
    python benchmarks/matrix.py --together 3 --combinations 50

Shares are per cent of printed cells (right, doubted though right, wrong, missing) or of documents (form, year, issuer, title);
`silent` counts cells that are wrong or missing without a word, and must be 0. `--failures` prints those cells.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from govreport.testing.damage import BY_NAME, OPERATORS, Damage
from govreport.testing.matrix import CLEAN, Figures, Reading, combined, run, subjects, table


def main() -> int:
    """Run it as the arguments say; exit 1 if any cell was silent."""
    args = _arguments()
    start = time.perf_counter()
    figures = []
    for figure, readings in run(subjects(args.layout), _damages(args), args.examples, args.seed):
        figures.append(figure)
        if args.failures:
            print(*_failures(figure, readings), sep="\n", end="", file=sys.stderr)
    for by in args.by or ("subject", "damage"):
        print(table(figures, by=None if by == "each" else by), end="\n\n")
    total = sum(f.counts["silent"] for f in figures)
    documents = sum(f.counts["documents"] for f in figures)
    print(f"{documents} documents, {total} silent cells, {time.perf_counter() - start:.0f} s")
    return int(total > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layout", action="append", default=[], help="only this layout or extractor's way; may be repeated")
    parser.add_argument(
        "--damage", action="append", default=[], choices=sorted(BY_NAME), help="only this damage; may be repeated"
    )
    parser.add_argument("--clean", action="store_true", help="no damage at all")
    parser.add_argument("--together", type=int, default=1, help="so many damages at a time, in random combinations")
    parser.add_argument("--combinations", type=int, default=20, help="how many combinations for each layout")
    parser.add_argument("--examples", type=int, default=3, help="documents for each layout and damage")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--by", action="append", choices=("subject", "damage", "each"), help="sum over the other side, or not at all"
    )
    parser.add_argument("--failures", action="store_true", help="print every silent cell on standard error")
    return parser.parse_args()


def _damages(args: argparse.Namespace) -> tuple[tuple[Damage, ...], ...]:
    chosen = tuple(BY_NAME[name] for name in args.damage) or OPERATORS
    if args.clean:
        return ((CLEAN,),)
    if args.together > 1:
        return combined(chosen, args.together, args.combinations, args.seed)
    return tuple((damage,) for damage in chosen) if args.damage else ()


def _failures(figure: Figures, readings: tuple[Reading, ...]) -> Iterator[str]:
    for number, reading in enumerate(readings):
        for cell in reading.judgement.silent:
            where = f"{figure.subject} {figure.damage} #{number}"
            yield f"{where}: {cell.label}: printed {cell.want}, read {cell.have} ({cell.outcome})\n"


if __name__ == "__main__":
    sys.exit(main())
