"""The yardstick, what a user writes in an afternoon: cut at the headings, count the numbers, fill the form if they fit.

It knows no layout, no doubt and no place, reads a third of what extractors leave of real reports, and is silent where it is
wrong. Whatever the library does beyond that, its time is told as a multiple of this.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from govreport.forms import FormSpec, builtin_forms

__all__ = ["read"]

_NUMBERS = re.compile(r"(?:(?<=[\s|])|^)[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?=[\s|]|$)")
_BORDERS = {
    "二": re.compile(r"二、\s*(?:行政机关)?主动公开政府信息"),
    "三": re.compile(r"三、\s*(?:行政机关)?收到和处理"),
    "四": re.compile(r"四、\s*(?:因)?政府信息公开[^\n]{0,12}行政复议"),
    "五": re.compile(r"五、[^\n]{0,16}问题"),
}
_YEAR = re.compile(r"(20\d\d)\s*年?(?:度)?政府信息公开")
_OLD = "本年新制作"


def _labels(form: FormSpec, section: str) -> list[str]:
    """The label paths of a section, put together for each document as the afternoon's script does."""
    return [
        "|".join(filter(None, (section, block.item, row.path, column.path)))
        for table in form.tables
        if table.section == section
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]


def read(path: Path) -> dict[str, object]:
    """Form, year and cells of a text file; only sections with exactly as many numbers as cells are filled."""
    text = unicodedata.normalize("NFKC", path.read_text("utf-8", errors="replace")).replace("\u3000", " ")
    form = {f.name: f for f in builtin_forms()}["2019" if _OLD in re.sub(r"\s", "", text) else "2021"]
    year = _YEAR.search(text)
    starts = {number: [m.start() for m in border.finditer(text)] for number, border in _BORDERS.items()}
    cells: dict[str, str] = {}
    for section, following in ("二三", "三四", "四五"):
        if starts[section]:
            begin = starts[section][-1]
            end = min((at for at in starts[following] if at > begin), default=len(text))
            labels, values = _labels(form, section), _NUMBERS.findall(text[begin:end])
            if len(labels) == len(values):
                cells |= {label: value.replace(",", "") for label, value in zip(labels, values, strict=True)}
    return {"form": form.name, "year": year and int(year[1]), "cells": cells}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        found = read(Path(name))
        print(name, found["form"], found["year"], len(found["cells"]))  # type: ignore[arg-type]  # a dict
