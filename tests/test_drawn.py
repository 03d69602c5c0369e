"""Drawn tables whose lines stop at the walls of cells that reach over several rows or columns."""

from __future__ import annotations

import pytest

import govreport
from govreport.formats.drawn import drawn_cells, is_drawn
from govreport.testing import dice, values_for
from govreport.testing.build import form_named, make_report, text_of
from govreport.testing.damage import BY_NAME, apply
from govreport.testing.document import Document
from govreport.testing.matrix import example, read, subjects
from govreport.testing.strategies import Sample

DRAWING = """\
┌──────────────────┬────────────────┐
│                  │     自然人     │
│     “类别”       ├───────┬────────┤
│                  │ 个人  │  单位  │
├──────────────────┼───────┼────────┤
│       新收       │   3   │   +5   │
└──────────────────┴───────┴────────┘"""


def geometry(drawing: str) -> list[tuple[str, int, int, int, int]] | None:
    """Text, row, column, rows, columns of each cell."""
    cells = drawn_cells(drawing.split("\n"))
    return None if cells is None else [("".join(c.texts), c.top, c.left, c.bottom - c.top, c.right - c.left) for c in cells]


CELLS = [
    ("“类别”", 1, 0, 2, 1),
    ("自然人", 1, 1, 1, 2),
    ("个人", 2, 1, 1, 1),
    ("单位", 2, 2, 1, 1),
    ("新收", 3, 0, 1, 1),
    ("3", 3, 1, 1, 1),
    ("+5", 3, 2, 1, 1),
]


def test_cells_reach_from_wall_to_wall_and_from_border_to_border() -> None:
    assert is_drawn(DRAWING.split("\n"))
    assert geometry(DRAWING) == CELLS


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.translate(str.maketrans("┌┐└┘├┤┬┴┼─│", "+++++++++-|")),
        lambda text: text.replace("“类别”  ", "“类别”"),  # quotes two columns wide
        lambda text: (
            text.replace("“类别”  ", "“类别” " + " " * 3)
            .replace("自然人 ", "自然人" + " " * 4)
            .replace("个人 ", "个人" + " " * 3)
            .replace("单位 ", "单位" + " " * 3)
            .replace("新收 ", "新收" + " " * 3)
        ),  # each one column
    ],
    ids=["signs", "quotes", "characters"],
)
def test_however_lines_are_drawn_and_characters_are_counted(change: object) -> None:
    assert callable(change)
    assert geometry(change(DRAWING)) == CELLS


def test_walls_that_do_not_stand_over_each_other_tell_nothing() -> None:
    assert geometry(DRAWING.replace("     自然人", "  自然人")) is None


@pytest.mark.parametrize("regime", ["unique", "sparse"])
def test_a_report_is_read_also_where_a_page_ends_within_a_row(regime: str) -> None:
    found = make_report("2021", values_for(form_named("2021"), regime, dice(3)))
    lines = text_of(found, subjects(("drawn",))[0]).split("\n")
    at = next(index for index, line in enumerate(lines) if "2.其他法律" in line)
    report = govreport.loads("\n".join([*lines[: at + 1], "", "— 2 —", "", *lines[at + 1 :]]))
    assert {c.key: c.value for c in report.cells} == {c.key: c.value for c in found.cells}
    assert not report.doubts


def test_a_line_that_lost_its_last_wall_loses_nothing_else() -> None:
    """A label wrapped anew leaves part of its line behind the last wall that is left."""
    sample = Sample(
        form="2021", regime="large", seed=25438, share=0.1, mark="/", special={}, issuer="临岚市人民政府办公室", year=2025
    )
    drawn = Document.of(sample.report, subjects(("drawn",))[0])
    report = govreport.loads(apply(dice(1_538_461_119), drawn, [BY_NAME["wrapped_labels"]]).text)
    table = next(table for table in report.tables if table.name == "requests")
    assert any("2.重复" in piece.text for piece in table.pieces)


@pytest.mark.parametrize("layout", ["drawn", "boxed", "boxes_wrapped"])
def test_two_numbers_on_two_lines_of_a_cell_are_not_made_one(layout: str) -> None:
    judgement = read(example(subjects((layout,))[0], [BY_NAME["stray_number"]], 63)).judgement
    assert not judgement.silent


@pytest.mark.parametrize("layout", ["drawn", "boxed"])
def test_a_line_broken_within_a_cell_is_whole_again(layout: str) -> None:
    form = form_named("2021")
    written = text_of(make_report(form, values_for(form, "unique", dice(7))), subjects((layout,))[0])
    line = next(line for line in written.split("\n") if "部分公开" in line)
    broken = line.replace("（二）", "（二）\n")
    report, whole = govreport.loads(written.replace(line, broken)), govreport.loads(written)
    assert report.values() == whole.values()
    assert not report.doubts
