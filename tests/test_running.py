"""Numbers of pages, and the lines that come with them, among the cells of a table whose cells stand a line each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.binding.doubting import named

import govreport
from govreport.model import Report
from govreport.testing import dice, text_of, values_for
from govreport.testing.build import form_named, make_report
from govreport.testing.matrix import subjects

PAGE = 19


def written(layout: str, *, empty: Sequence[str] = ()) -> tuple[list[str], Report]:
    found = make_report("2021", values_for(form_named("2021"), "unique", dice(5)) | dict.fromkeys(empty))
    return text_of(found, subjects((layout,))[0]).split("\n"), found


def paged(lines: Sequence[str], *running: str) -> str:
    """The lines with such others behind each page."""
    pages = [lines[at : at + PAGE] for at in range(0, len(lines), PAGE)]
    return "\n".join(line for page, own in enumerate(pages, 1) for line in (*own, *(text.format(page) for text in running)))


@pytest.mark.parametrize(
    "running",
    [
        ("第 {} 页 共 30 页",),
        ("", "— {} —", "", "青梧县水务局政府信息公开年度报告", ""),
        ("    — {} —",),
        ("2024/1/25 16:0{} 政府信息公开年度报告", "https://www.example.org/art_{0}.html {0}/30"),
    ],
)
@pytest.mark.parametrize("layout", ["lines_tight", "lines_gaps", "pipes_shifted"])
def test_what_runs_from_page_to_page_is_no_cell(layout: str, running: Sequence[str]) -> None:
    lines, found = written(layout)
    report = govreport.loads(paged(lines, *running))
    assert report.values() == found.values()
    assert not named(report)


def test_an_empty_cell_beside_the_number_of_a_page_is_kept() -> None:
    lines, found = written("lines_tight", empty=["requests.granted.company"])
    text = "\n".join(lines)
    before = next(line for line in lines if line == str(found["requests.granted.natural_person"]))
    assert f"{before}\n\xa0\n" in text
    whole = [line.replace("\xa0", "") for line in lines]
    whole[lines.index(before) + 1 : lines.index(before) + 1] = ["- 1 -"]
    whole[lines.index(before) + 20 : lines.index(before) + 20] = ["- 2 -"]
    whole[lines.index(before) + 50 : lines.index(before) + 50] = ["- 3 -"]
    whole[lines.index(before) + 80 : lines.index(before) + 80] = ["- 4 -"]
    assert govreport.loads("\n".join(whole)).values() == found.values()


def test_lines_with_dashes_whose_numbers_do_not_count_are_left() -> None:
    lines, _ = written("lines_tight")
    text = "\n".join([*lines, "- 1 -", "- 5 -", "- 3 -", "- 4 -"])
    assert [p.text for p in govreport.loads(text).sections[-1].paragraphs][-4:] == ["- 1 -", "- 5 -", "- 3 -", "- 4 -"]


def test_a_stamp_among_the_cells_ends_no_row() -> None:
    lines, found = written("lines_tight")
    stamped = [line for at, text in enumerate(lines) for line in (["内部资料注意保存", text] if at % 7 == 5 else [text])]
    report = govreport.loads("\n".join(stamped))
    assert sum(report[cell.key] == cell.value for cell in found.tables[1].cells) > 0.9 * len(found.tables[1].cells)
    assert all(report[cell.key] in {cell.value, None} for cell in found.tables[1].cells)
