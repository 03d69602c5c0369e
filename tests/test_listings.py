"""Numbers that somebody set before the lines of a table, as listings have them, are not the table's."""

from __future__ import annotations

import pytest

import govreport
from govreport.clearing.listings import unnumbered
from govreport.forms import builtin_forms
from govreport.source import Source
from govreport.testing import dice, make_report, values_for
from govreport.testing.build import parts_of
from govreport.testing.matrix import subjects

REPORT = make_report(builtin_forms()[-1], values_for(builtin_forms()[-1], "unique", dice(7)))


def numbered(text: str, gap: str) -> str:
    """The text, its lines numbered; empty ones are counted and left as they are."""
    return "\n".join(f"{n}{gap}{line}" if line.strip() else line for n, line in enumerate(text.split("\n"), 1))


@pytest.mark.parametrize("gap", [" ", "  ", "\t", ": "])
@pytest.mark.parametrize("layout", ["grid", "lines", "markdown", "aligned", "tabs", "boxed"])
def test_tables_whose_lines_are_numbered_read_as_others(layout: str, gap: str) -> None:
    parts = parts_of(REPORT, subjects((layout,))[0])
    plain, shown = (
        "".join(numbered(p.text, gap) if number and p.kind == "table" else p.text for p in parts) for number in (False, True)
    )
    assert shown != plain
    report, before = govreport.loads(shown), govreport.loads(plain)
    assert report.values() == before.values()
    assert len(report.doubts) == len(before.doubts)
    cell = report.cell("requests.granted.total")
    assert cell is not None
    if layout in {"markdown", "aligned"} and cell.place:
        assert (
            shown.split("\n")[(cell.place.line or 0) - 1][(cell.place.column or 0) - 1 :].lstrip(" ").startswith(str(cell.raw))
        )


@pytest.mark.parametrize(
    "lines",
    [
        ("序号\t项目\t件数", *(f"{n}\t第{n}项\t{n + 3}" for n in range(1, 30))),  # a column of serial numbers
        ("二、主动公开", *(f"{n} {n + 2} 4 5" for n in (1, 3, 2, 7, 5, 4, 6) * 3)),  # values
        ("二、主动公开", *(f"{n}.第{n}项" for n in range(1, 30))),  # labels
        ("二、主动公开", *(f"{n} 第{n}项" for n in range(1, 5))),  # a few
    ],
)
def test_other_numbers_stay(lines: tuple[str, ...]) -> None:
    source = Source(lines=lines)
    assert unnumbered(source) is source


@pytest.mark.parametrize("gap", [" ", "\t", ": "])
@pytest.mark.parametrize("left", ["", "\xa0"])
def test_the_number_of_a_line_whose_cell_is_empty_is_no_value(gap: str, left: str) -> None:
    lines = ["二、主动公开", "", *(f"{n}{gap}第{n}项" for n in range(1, 8)), f"8{gap}{left}", "", f"10{gap}31"]
    assert unnumbered(Source(lines=tuple(lines))).lines[-3:] == (left, "", "31")
    lines[-3] = f"8{gap.rstrip()}{left}" if left else "8"
    assert left or unnumbered(Source(lines=tuple(lines))).lines[-3:] == ("", "", "31")


def test_a_value_on_a_line_that_lost_its_number_stays() -> None:
    lines = ["二、主动公开", *(f"{n} 第{n}项" for n in range(1, 8)), "31", "9 第9项"]
    assert unnumbered(Source(lines=tuple(lines))).lines[-2:] == ("31", "第9项")


@pytest.mark.parametrize("name", ["Row {}: ", "[{}] ", "#{} ", "<{}> ", "第{}行：", "line {}:"])
@pytest.mark.parametrize("first", [0, 1])
def test_rows_that_a_program_numbers_by_name_read_as_others(name: str, first: int) -> None:
    """Not those with their cells below, or beside which the column stands."""
    parts = parts_of(REPORT, subjects(("tabs_repeated",))[0])
    lines = [line for part in parts for line in part.text.split("\n")]
    rows = iter(range(10_000))
    shown = [f"{name.format(first + next(rows))}{line}" if "\t" in line else line for line in lines]
    assert unnumbered(Source(lines=tuple(shown))).lines == tuple(lines)
    assert govreport.loads("\n".join(shown)).values() == REPORT.values()
    for other in ("Row 1:", "第1行 第1列：3", "[1][2] 3"):
        source = Source(lines=(other,) * 9)
        assert unnumbered(source) is source
