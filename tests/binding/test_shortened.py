"""Labels that a printer cut to the width of its columns are those that begin so, where only one does."""

from __future__ import annotations

import pytest
from tests.binding.doubting import doubted

import govreport
from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects

FORM = builtin_forms()[-1]
REPORT = make_report(FORM, values_for(FORM, "unique", dice(7)))
LABELS = [row.label for row in FORM.tables[1].blocks[0].rows if len(row.label) > 10]


@pytest.mark.parametrize("sign", ["…", "..."])
def test_labels_that_break_off_are_known_by_how_they_begin(sign: str) -> None:
    text = text_of(REPORT, subjects(("tabs_repeated",))[0])
    for label in LABELS:
        text = text.replace(label, f"{label[:9]}{sign}")
    report = govreport.loads(text)
    assert report.values() == REPORT.values()
    assert not doubted(report, "requests.new")


def test_what_two_labels_begin_with_is_neither() -> None:
    text = text_of(REPORT, subjects(("tabs_repeated",))[0])
    for label in LABELS:
        text = text.replace(label, f"{label[:5]}…") if "申请人" in label[:5] else text
    report = govreport.loads(text)
    for key in ("requests.other.correction_overdue", "requests.other.fee_overdue"):
        assert doubted(report, key) or all(report[cell.key] is None for cell in report.cells if cell.key.startswith(key))


def test_a_box_whose_top_has_no_corners_is_a_table() -> None:
    """Its rows are not parted, and only the header has a line under it with corners."""
    report = make_report(FORM, values_for(FORM, "unique", dice(9)))
    rows = [line.split("\t") for line in text_of(report, subjects(("tabs_repeated",))[0]).split("\n")]
    lines = list[str]()
    for above, row, below in zip([[], *rows], rows, [*rows[1:], []], strict=False):
        if len(row) < 2:
            lines.append(row[0])
            continue
        border = "-" * (14 * len(row) - 1)
        lines += [f"+{border}+"] if len(above) < 2 else []
        lines += ["|" + "|".join(f" {text:12} " for text in row) + "|"]
        lines += [f"|{'+'.join(['-' * 14] * len(row))}|"] if len(above) < 2 else []
        lines += [f"+{border}+"] if len(below) < 2 else []
    assert govreport.loads("\n".join(lines)).values() == report.values()
