"""Write the example reports: `python examples/make.py [FOLDER]` (needs the extras `docx` and `test`).

Bodies, people and numbers are invented (`bodies/*.toml`). Word files and workbooks carry the time they were made in, so they
differ from run to run in bytes, not in what they say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from making.bodies import all_bodies
from making.containers import CONTAINERS
from making.texts import TEXTS, document

TEXT_REPORTS = {
    "heting_water_2022": ("lines",),
    "heting_water_2023": ("trailing_pipes",),
    "moyu_town_2022": ("word_tabs",),
    "tinglan_city_2020": ("tabs",),
    "tinglan_housing_2023_draft": ("trailing_pipes",),
    "wanglan_education_2024": ("aligned", "pipe_cells", "tight_lines"),  # real pages mix layouts, a table each
}
"""The layouts of the tables 二, 三 and 四 of each."""

CONTAINED = {
    "bochuan_environment_2021": ("html", "docx", "odt", "rtf", "xlsx", "pdf", "md", "csv"),
    "tinglan_housing_2023_draft": ("docx",),
}


def files() -> dict[str, bytes]:
    """Every example by file name."""
    bodies = all_bodies()
    texts = {f"{name}.txt": document(bodies[name], *(TEXTS[t] for t in names)).encode() for name, names in TEXT_REPORTS.items()}
    others = {f"{name}.{kind}": CONTAINERS[kind](bodies[name]) for name, kinds in CONTAINED.items() for kind in kinds}
    return texts | others


def main() -> None:
    """Write them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "reports"
    folder.mkdir(exist_ok=True, parents=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)
        print(folder / name)


if __name__ == "__main__":
    main()
