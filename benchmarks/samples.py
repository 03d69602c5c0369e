"""The documents that are measured: invented ones, in every layout and container, and as many as are wanted."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import govreport
from govreport.model import Report
from govreport.testing.build import form_named, make_report, text_of
from govreport.testing.regimes import values_for

__all__ = ["SEEDS", "containers", "layouts", "many", "seeds", "with_prose"]

_HERE = Path(__file__).parent
_EXAMPLES = _HERE.parent / "examples" / "reports"
_CORPUS = _HERE.parents[1] / "shared" / "corpus"
SEEDS = _CORPUS / "seeds"
_SENTENCE = "第{}次专题会议听取了办公室的汇报，要求各科室按时更新栏目，答复群众来信，全年培训{}人次。"


def _report(
    form: str = "2021", *, paragraphs: int = 3, year: int = 2023, issuer: str = "青梧县水务局", seed: int = 1
) -> Report:
    """A report whose tables add up, as those of most bodies do; the prose is as long as is asked for."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    values = values_for(form_named(form), "sparse", dice)
    prose = {"一": [_SENTENCE.format(i, dice.randrange(10, 99)) * 2 for i in range(paragraphs)]}
    return make_report(form, values, issuer=issuer, year=year, prose=prose)


def layouts() -> dict[str, bytes]:
    """One report in every layout that the library writes."""
    report = _report()
    return {layout.name: text_of(report, layout).encode() for layout in govreport.default_engine().formats}


def containers() -> dict[str, Path]:
    """An invented report in every container: the examples that are not plain text."""
    found = {path.suffix.lstrip("."): path for path in sorted(_EXAMPLES.iterdir()) if path.suffix != ".txt"}
    return found | {"txt": next(iter(sorted(_EXAMPLES.glob("*.txt"))))}


def seeds() -> list[Path]:
    """The five real documents where they are at hand, else the invented ones."""
    return sorted(SEEDS.glob("*.txt")) or sorted(_EXAMPLES.glob("*.txt"))


def with_prose(times: int) -> bytes:
    """One report with so many times the prose."""
    layout = next(layout for layout in govreport.default_engine().formats if layout.name == "tabs")
    return text_of(_report(paragraphs=30 * times), layout).encode()


def many(folder: Path, count: int) -> None:
    """So many documents that all differ, in folders of a thousand: the layouts in turn, two forms, five years."""
    texts = list(_texts())
    for number, text in zip(range(count), itertools.cycle(texts)):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("青梧县", f"青梧县第{number}"), "utf-8")


def _texts() -> Iterator[str]:
    wanted = ("tabs", "lines", "pipes", "pipe_cells")
    chosen = [layout for layout in govreport.default_engine().formats if layout.name in wanted]
    for year, form, layout in itertools.product(range(2020, 2025), ("2019", "2021"), chosen):
        yield text_of(_report(form, year=year, seed=year), layout)
