"""What single damages do, seen on one small report each: the text that comes of it and the truth that is left."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, values_for
from govreport.testing.damage import BY_NAME, apply
from govreport.testing.document import Document
from govreport.testing.matrix import subjects

FORM = builtin_forms()[-1]


@pytest.fixture
def damaged() -> Callable[..., tuple[Document, Document]]:
    """The document before and after some damages, in a layout."""

    def do(*names: str, layout: str = "tabs", form: str = FORM.name, seed: int = 5) -> tuple[Document, Document]:
        spec = next(f for f in builtin_forms() if f.name == form)
        report = make_report(form, values_for(spec, "unique", dice(seed)))
        before = Document.of(report, subjects((layout,))[0])
        return before, apply(dice(seed), before, [BY_NAME[name] for name in names])

    return do


Damaged = Callable[..., tuple[Document, Document]]


@pytest.mark.parametrize(
    "name", ["thousands", "nbsp_padding", "with_units", "page_numbers", "columns_swapped", "split_number", "traditional"]
)
def test_what_a_person_still_reads_stays_true(damaged: Damaged, name: str) -> None:
    before, after = damaged(name)
    assert after.applied == (name,)
    assert after.text != before.text
    assert after.truth == before.truth


@pytest.mark.parametrize(("name", "lost"), [("row_lost", 7), ("row_emptied", 7), ("slash_many", 100), ("blank_few", 8)])
def test_what_is_gone_from_the_text_is_gone_from_the_truth(damaged: Damaged, name: str, lost: int) -> None:
    before, after = damaged(name)
    gone = [key for key, value in before.truth.items() if value is not None and after.truth[key] is None]
    assert len(gone) == lost
    assert all(f"\t{before.shown[key]}\t" not in after.text.replace("\n", "\t") for key in gone)


def test_a_lost_section_takes_its_cells_along(damaged: Damaged) -> None:
    before, after = damaged("section_lost", seed=2)
    present = {part.number for part in after.parts}
    gone = {number for number, *_ in FORM.sections} - present
    assert len(gone) == 1
    for table in FORM.tables:
        assert all((after.truth[c.key] is None) == (table.section in gone or before.truth[c.key] is None) for c in table.cells)


def test_swapped_columns_carry_their_headers(damaged: Damaged) -> None:
    before, after = damaged("columns_swapped")
    pairs = zip(before.text.split("\n"), after.text.split("\n"), strict=True)
    changed = [(old.split("\t"), new.split("\t")) for old, new in pairs if old != new]
    moved = {tuple(i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b) for old, new in changed}
    assert all(sorted(old) == sorted(new) for old, new in changed)
    assert len({places[1] - places[0] for places in moved}) == 1


def test_signs_are_those_that_people_write(damaged: Damaged) -> None:
    before, after = damaged("signs", form="2019")
    changed = [key for key in before.shown if before.shown[key] != after.shown[key] or before.shown[key].startswith("-")]
    assert changed
    assert all(key.endswith(".change") for key in changed)
    assert after.truth == before.truth


def test_damages_are_done_one_after_the_other(damaged: Damaged) -> None:
    before, after = damaged("thousands", "nbsp_padding", "gb18030", "crlf")
    assert after.applied == ("thousands", "nbsp_padding", "gb18030", "crlf")
    assert after.data.decode("gb18030") == after.text
    assert "\r\n" in after.text
    assert any(f"\xa0{text}\xa0" in after.text and "," in text for text in after.shown.values())
    assert len(after.positions()) == len(before.positions())


def test_where_there_is_nothing_to_damage_nothing_is_said_to_be_damaged(damaged: Damaged) -> None:
    before, after = damaged("signs", "full_width_brackets")
    assert after == before


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("approximations", r"[约近≈]\d|\d[余左多]"),
        ("footnote_marks", r"\d[*①[¹注#]"),
        ("leading_zeros", r"\b00\d"),
        ("full_stops", r"\d[。；;，、.]"),
    ],
)
def test_figures_are_written_otherwise_and_mean_the_same(damaged: Damaged, name: str, written: str) -> None:
    before, after = damaged(name)
    assert after.truth == before.truth
    assert all(re.search(written, after.shown[key]) for key in before.shown if after.shown[key] != before.shown[key])


def test_chinese_numerals_are_those_that_people_write(damaged: Damaged) -> None:
    before, after = damaged("chinese_numerals")
    written = {before.shown[k]: after.shown[k] for k in before.shown if after.shown[k] != before.shown[k]}
    assert written
    assert all(not set(text) - set("零一二三四五六七八九十百千") for text in written.values())
    assert all(len(text) >= sum(c != "0" for c in number) for number, text in written.items())


def test_a_column_goes_with_its_numbers(damaged: Damaged) -> None:
    before, after = damaged("column_lost")
    gone = [key for key in before.truth if after.truth[key] != before.truth[key]]
    assert len({key.rpartition(".")[2] for key in gone}) == 1
    assert all(after.truth[key] is None for key in gone)


def test_what_another_copy_still_says_stays_true(damaged: Damaged) -> None:
    before, after = damaged("table_repeated", "row_lost", seed=2)
    gone = {key for key in before.truth if before.truth[key] != after.truth[key]}
    assert not gone & after.copied


@pytest.mark.parametrize("name", ["rows_swapped", "columns_swapped"])
def test_a_row_taken_from_moved_cells_is_taken_whole(damaged: Damaged, name: str) -> None:
    before, after = damaged(name, "row_lost")
    gone = [key for key in before.truth if before.truth[key] is not None and after.truth[key] is None]
    assert len({key.rpartition(".")[0] for key in gone}) == 1
    kept = [value for key, value in after.truth.items() if value is not None]
    assert all(re.search(rf"(?<!\d){re.escape(value)}(?!\d)", after.text) for value in kept)


@pytest.mark.parametrize("name", ["glued_numbers", "glued_row"])
def test_glued_numbers_can_no_longer_be_told_but_stay_true(damaged: Damaged, name: str) -> None:
    before, after = damaged(name)
    gone = before.shown.keys() - after.shown.keys()
    assert len(gone) > 1
    assert after.truth == before.truth
    assert any(before.shown[a] + before.shown[b] in after.text for a in gone for b in gone)


@pytest.mark.parametrize(("name", "times"), [("page_lost", 0), ("page_repeated", 2)])
def test_a_page_takes_whole_rows_along(damaged: Damaged, name: str, times: int) -> None:
    before, after = damaged(name)
    label = re.compile(r"(?m)^[^\n]*[（\d.][^\n]*\t\d[^\n]*$")
    lines = [line for line in label.findall(before.text) if after.text.count(line) == times]
    assert len(lines) > 1
    gone = {key for key in before.truth if before.truth[key] != after.truth[key]}
    assert bool(gone) is (times == 0)
    assert all(after.truth[key] is None for key in gone)


@pytest.mark.parametrize("name", ["spaces_collapsed", "line_ends_stripped", "indents_lost", "rules_lost", "lines_wrapped"])
@pytest.mark.parametrize("layout", ["aligned", "boxes_wrapped", "pipe_rows"])
def test_editors_take_white_space_and_lines_and_nothing_else(damaged: Damaged, name: str, layout: str) -> None:
    before, after = damaged(name, layout=layout)
    assert after.truth == before.truth
    kept = [re.sub(r"[\s|\u2500-\u257f]", "", document.text) for document in (before, after)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("name", ["header_units", "bilingual_labels", "caption_lines", "signature_lines", "quoted_lines"])
def test_what_is_added_leaves_all_that_was_there(damaged: Damaged, name: str) -> None:
    before, after = damaged(name)
    assert after.truth == before.truth
    assert len(after.text) > len(before.text)
    rest = iter(after.text)
    assert all(char in rest for char in before.text)


def test_accounts_have_numerals_of_their_own(damaged: Damaged) -> None:
    before, after = damaged("accounts_numerals")
    written = [text for key, text in after.shown.items() if text != before.shown[key]]
    assert written
    assert all(not set(text) - set("零壹贰叁肆伍陆柒捌玖拾佰仟") for text in written)


def test_what_is_cut_off_is_no_number_any_more(damaged: Damaged) -> None:
    before, after = damaged("numbers_cut")
    cut = [key for key in before.shown if after.shown[key] != before.shown[key]]
    assert cut
    assert all(after.truth[key] is None and before.shown[key].startswith(after.shown[key][:1]) for key in cut)


def test_every_damage_asked_for_by_the_design_is_there() -> None:
    wanted = (
        "half_width_brackets full_width_digits thousands nbsp_padding blank_few slash_many dash_many with_units signs "
        "page_numbers repeated_header heading_variants heading_numbering numbering_variants spaced_headers typos "
        "headings_in_prose navigation crlf gb18030 utf_16 bom no_blank_lines tripled_blank_lines one_line_document "
        "wrapped_labels row_lost section_lost lost_header_half split_number glued_numbers columns_swapped traditional "
        "letters_for_digits chinese_numerals decimal_commas rows_swapped other_year_before column_lost row_repeated "
        "headers_joined total_repeated label_footnotes footnote_marks approximations total_moved_up totals_blank"
    )
    assert not set(wanted.split()) - BY_NAME.keys()
