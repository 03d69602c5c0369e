"""Columns aligned by spaces: what an incomplete row stands under, whatever the tool counted, hid or began anew."""

from __future__ import annotations

import pytest
from attrs import frozen

import govreport
from govreport.formats import canvas
from govreport.model import Table
from govreport.testing import dice, judge, make_report, values_for
from govreport.testing.build import Layout, form_named
from govreport.testing.document import Document
from govreport.testing.verdict import Judgement

FORM = "2021"
HOLES = (
    "requests.new.company",
    "requests.granted.natural_person",
    "requests.granted.other",
    "requests.refused.internal_affairs.total",
    "requests.not_processed.repeated.research",
    "requests.concluded.legal_service",
    "disclosure.normative_documents.repealed",
)


@frozen
class Spaced:
    """A tool's way to align: what it counts as a column, the side it aligns to, how it treats spans, and where a page ends."""

    wide: bool = True
    side: str = "<"
    spans: bool = True
    gap: int = 2
    page: int | None = None
    name: str = "spaced"
    carries: frozenset[str] = frozenset()

    def render(self, table: Table) -> str:
        rows = canvas.owners(table) if self.spans else canvas.rows(table)
        rows = [[text.replace("\n", "") for text in row] for row in rows]
        if self.page is None or len(rows) <= self.page:
            return canvas.flat(self.lines(rows))
        rest = [f"{' ' * 11}{line}" for line in self.lines(rows[self.page :])]
        return canvas.flat([*self.lines(rows[: self.page]), "", "— 2 —", "", *rest])

    def lines(self, rows: list[list[str]]) -> list[str]:
        size = canvas.width if self.wide else len
        widths = [max(size(row[j]) for row in rows if j < len(row)) for j in range(max(map(len, rows)))]
        return [
            (" " * self.gap).join(self.fill(t, w - size(t)) for t, w in zip(row, widths, strict=False)).rstrip() for row in rows
        ]

    def fill(self, text: str, blanks: int) -> str:
        left = {"<": 0, ">": blanks, "^": blanks // 2}[self.side]
        return " " * left + text + " " * (blanks - left)


@frozen
class Joined:
    """No columns: cells parted by the same spaces everywhere, empty ones gone."""

    gap: int
    name: str = "joined"
    carries: frozenset[str] = frozenset()

    def render(self, table: Table) -> str:
        return canvas.flat((" " * self.gap).join(filter(None, row)) for row in canvas.rows(table))


def document(layout: Layout, holes: tuple[str, ...] = HOLES, seed: int = 3) -> Document:
    form = form_named(FORM)
    values = values_for(form, "unique", dice(seed))
    return Document.of(make_report(form, {**values, **dict.fromkeys(holes)}), layout)


def judged(text: str, truth: Document) -> Judgement:
    report = govreport.loads(text)
    return judge(truth.by_label, report, govreport.check(report))


@pytest.mark.parametrize("side", "<>^")
@pytest.mark.parametrize("wide", [True, False], ids=["half widths", "characters"])
@pytest.mark.parametrize("spans", [True, False], ids=["full grid", "spans ignored"])
def test_an_empty_cell_is_told_by_the_columns_of_complete_rows(side: str, wide: bool, spans: bool) -> None:  # noqa: FBT001
    truth = document(Spaced(wide=wide, side=side, spans=spans))
    found = judged(truth.text, truth)
    assert found.whole
    assert not found["doubted"]


@pytest.mark.parametrize("wide", [True, False], ids=["half widths", "characters"])
def test_columns_begin_anew_after_a_page(wide: bool) -> None:  # noqa: FBT001
    truth = document(Spaced(wide=wide, side="^", page=14))
    assert judged(truth.text, truth).whole


@pytest.mark.parametrize("gap", [1, 2, 4])
def test_the_same_spaces_everywhere_align_nothing(gap: int) -> None:
    truth = document(Joined(gap))
    found = judged(truth.text, truth)
    assert not found["wrong"]
    assert found["missing"]
    assert not found.silent


def test_a_header_of_wrapped_labels_tells_the_columns_of_the_one_row_under_it() -> None:
    truth = document(Spaced(), ("disputes.reconsideration.other", "disputes.litigation_direct.pending"))
    start, stop = truth.text.index("行政复议 "), truth.text.index("五、")
    shown = [truth.shown[key] for key in truth.shown if key.startswith("disputes.")]
    lines = (("结果", "结果", "其他", "尚未", "总计") * 3, ("维持", "纠正", "结果", "审结", "") * 3, shown)
    table = "\n".join("".join(text + " " * (8 - canvas.width(text)) for text in line).rstrip() for line in lines)
    found = judged(f"{truth.text[:start]}{table}\n\n{truth.text[stop:]}", truth)
    assert found.whole


def test_columns_traded_under_a_wrapped_header_are_read_as_it_names_them() -> None:
    truth = document(Spaced(wide=True), ())
    lines = truth.text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("规章"))
    head = lines[at - 1]
    first, second = "本年制发件数", "本年废止件数"
    top = head.replace(first, f"{second[:2]}{' ' * 8}").replace(second, f"{first[:2]}{' ' * 8}", 1)
    assert top != head
    start = head.index(first)
    low = " " * canvas.width(head[:start]) + f"{second[2:]}      {first[2:]}"
    table = [f"{head[:start]}{second[:2]}{' ' * 10}{first[:2]}{' ' * 10}现行有效件数", low]
    report = govreport.loads("\n".join([*lines[: at - 1], *table, *lines[at:]]))
    assert str(report["disclosure.rules.repealed"]) == truth.truth["disclosure.rules.issued"]
    assert str(report["disclosure.rules.issued"]) == truth.truth["disclosure.rules.repealed"]


@pytest.mark.parametrize("mark", ["? {}{}", "{} {}"])
def test_two_values_a_single_blank_apart_are_one_perhaps(mark: str) -> None:
    """Where columns stand farther apart, and a blank elsewhere makes the row look whole."""
    clean = document(Spaced(), holes=("disputes.litigation_direct.other",))
    value = str(clean.truth["disputes.litigation_direct.upheld"])
    printed = mark.format(value[:2], value[2:])
    stands = f"{value}{' ' * (len(printed) - len(value))}"
    assert clean.text.count(f"{stands}  ") == 1
    assert not judged(clean.text.replace(stands, printed), clean).silent
