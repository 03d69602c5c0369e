"""Tables inside layout tables, tables on one line, and rows whose ends were cut: what is there is read, the rest doubted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import govreport
from govreport.clearing.boxes import unbox
from govreport.formats import canvas
from govreport.source import Source
from govreport.testing import dice, judge, make_report, values_for
from govreport.testing.build import Layout, form_named
from govreport.testing.document import Document
from govreport.testing.matrix import subjects
from govreport.testing.verdict import Judgement

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in subjects()}
HOLES = ("requests.new.company", "requests.granted.total", "requests.carried_out.natural_person")
SIDE = ("首页", "公开指南", "公开年报")


def document(layout: str, holes: tuple[str, ...] = HOLES, form: str = "2021", year: int = 2023) -> Document:
    values = values_for(form_named(form), "unique", dice(5))
    return Document.of(make_report(form, {**values, **dict.fromkeys(holes)}, year=year), LAYOUTS[layout])


def judged(text: str | bytes, truth: Document) -> Judgement:
    report = govreport.loads(text) if isinstance(text, str) else govreport.load(text)
    return judge(truth.by_label, report, govreport.check(report))


# --- boxes around a page -----------------------------------------------------------------------------------------------------


def boxed(text: str, size: Callable[[str], int] = canvas.width) -> str:
    """The text in the right cell of a box, navigation in the left one."""
    lines = text.split("\n")
    left, right = max(map(size, SIDE)), max(map(size, lines))
    side = (*SIDE, *[""] * (len(lines) - len(SIDE)))
    border = f"+{'-' * (left + 2)}+{'-' * (right + 2)}+"
    rows = (f"| {s}{' ' * (left - size(s))} | {t}{' ' * (right - size(t))} |" for s, t in zip(side, lines, strict=True))
    return "\n".join((border, *rows, border))


@pytest.mark.parametrize("size", [canvas.width, len], ids=["half widths", "characters"])
@pytest.mark.parametrize("layout", ["boxed", "lines", "markdown", "aligned", "drifting", "tabs_shifted"])
def test_a_page_in_a_box_is_read_as_if_the_box_were_not_there(layout: str, size: Callable[[str], int]) -> None:
    truth = document(layout)
    plain, found = judged(truth.text, truth), judged(boxed(truth.text, size), truth)
    assert found["right"] == plain["right"]
    assert not found.silent


def test_boxes_within_boxes_are_opened_down_to_the_tables() -> None:
    truth = document("boxed")
    assert judged(boxed(boxed(truth.text)), truth).whole


def test_a_table_of_data_keeps_its_walls() -> None:
    lines = tuple(document("boxed").text.split("\n"))
    assert unbox(Source(lines=lines)).lines == lines


def test_rows_that_no_border_parts_are_no_page() -> None:
    """However many lines there are between two borders, as some programs write them."""
    truth = document("boxed")
    lines = [line for line in truth.text.split("\n") if not line.startswith("├")]
    assert judged("\n".join(lines), truth).whole


def cut(line: str, size: int) -> list[str]:
    """The line in pieces of so many half widths, cut at any character."""
    pieces = [""]
    for character in line:
        if canvas.width(pieces[-1] + character) > size:
            pieces.append("")
        pieces[-1] += character
    return pieces


@pytest.mark.parametrize("size", [31, 40, 54])
@pytest.mark.parametrize("layout", ["aligned", "boxed"])
def test_what_was_cut_to_fit_into_a_box_is_doubted_and_never_silently_wrong(layout: str, size: int) -> None:
    truth = document(layout, () if layout == "aligned" else ("requests.refused.security_and_stability.public_interest",))
    found = judged(boxed("\n".join(piece for line in truth.text.split("\n") for piece in cut(line, size))), truth)
    assert found["right"] > found["printed"] / 2
    assert not found.silent


def test_a_line_of_an_opened_box_is_where_it_stood() -> None:
    text = boxed("\n".join(("一、总体情况", *["  公开  12  条"] * 30)))
    source = unbox(Source(lines=tuple(text.split("\n"))))
    at = source.lines.index("一、总体情况")
    place = source.place(at)
    assert (place.line, place.column) == (2, text.split("\n")[1].index("一") + 1)


# --- tables on one line ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["markdown", "pipes_repeated", "pipes_shifted"])
def test_a_markdown_table_on_one_line_keeps_its_rows(layout: str) -> None:
    truth = document(layout)
    parts = (part.text.replace("\n", " ") if part.kind == "table" else part.text for part in truth.parts)
    assert judged("\n".join(parts), truth).whole


@pytest.mark.parametrize(
    "layout", ["joined", "aligned", "lines", "tabs", "boxes_wrapped", "data_frame", "tabbed_lines", "lines_rows"]
)
@pytest.mark.parametrize("glue", [" ", "\t"])
@pytest.mark.parametrize("seed", range(3))
def test_a_document_on_one_line_is_never_silently_wrong(layout: str, glue: str, seed: int) -> None:
    form = form_named("2021")
    rng = dice(seed)
    values = values_for(form, "unique", rng)
    holes = dict.fromkeys(rng.sample(list(values), 40))
    truth = Document.of(make_report(form, {**values, **holes}), LAYOUTS[layout])
    text = glue.join(line.strip() for line in truth.text.split("\n") if line.strip())
    assert not judged(text, truth).silent
    assert not judged("|\n" * 300 + truth.text.replace("\n", " "), truth).silent


def test_a_copy_whose_values_are_glued_gives_way_to_the_one_that_has_them_all() -> None:
    truth = document("markdown", ())
    tables = [part.text for part in truth.parts if part.kind == "table"]
    glued = "".join(
        part.text if part.kind != "table" else LAYOUTS["glued"].render(_table(truth, part.number)) for part in truth.parts
    )
    assert judged(f"{glued}\n\n" + "\n\n".join(tables), truth).whole


def _table(truth: Document, section: str) -> govreport.Table:
    report = make_report(truth.form, {key: value for key, value in truth.truth.items() if value is not None})
    return next(table for table in report.tables if table.section == section)


# --- ends of rows ------------------------------------------------------------------------------------------------------------


def test_a_row_that_no_pipe_ends_keeps_its_last_empty_cell() -> None:
    truth = document("pipe_rows", ("requests.granted.total", "requests.carried_out.total"))
    text = "\n".join(line.removesuffix(" |") for line in truth.text.split("\n"))
    assert judged(text, truth).whole


def test_a_row_broken_behind_its_last_pipe_has_no_empty_cell_there() -> None:
    truth = document("pipes_shifted", ())
    value = truth.truth["requests.granted.total"]
    text = "\n".join(line.removesuffix(" |") for line in truth.text.split("\n")).replace(f"| {value}\n", f"|\n{value}\n")
    assert judged(text, truth).whole


def test_markdown_rows_that_go_on_with_an_html_table_are_rows_of_it() -> None:
    truth = document("html_without_spans")
    rows = truth.text.split("<tr>")
    cut = next(i for i, row in enumerate(rows) if "4.保护第三方合法权益" in row)
    stop = next(i for i, row in enumerate(rows) if "四、结转下年度" in row)
    moved = [
        "| " + " | ".join(row.split("<td>")[i].split("</td>")[0] for i in range(1, row.count("<td>") + 1)) + " |"
        for row in rows[cut : stop + 1]
    ]
    tail = rows[stop].split("</tr>")[1]
    text = (
        "<tr>".join(rows[:cut])
        + "</table>\n\n"
        + "\n".join(moved)
        + "\n\n"
        + tail.replace("</table>", "", 1)
        + "<tr>".join(["", *rows[stop + 1 :]])
    )
    found = judged(text.encode(), truth)
    assert found.whole


def test_a_repeated_cell_beside_an_empty_one_is_one_cell() -> None:
    truth = document("tabs_repeated", ("disclosure.procurement.projects",), form="2019", year=2020)
    assert judged(truth.text, truth).whole


def test_wide_gaps_among_single_spaces_are_empty_cells() -> None:
    inner = ("requests.new.company", "requests.carried_in.other", "requests.granted.research", "requests.partial.legal_service")
    truth = document("gapped", inner)
    found = judged(truth.text, truth)
    assert found.whole
    assert not found.silent


def test_empty_lines_that_only_end_rows_are_no_cells() -> None:
    truth = document("lines_rows", ("disputes.reconsideration.total",))
    found = judged(truth.text, truth)
    assert not found["wrong"]


def test_where_all_tables_are_lost_the_cells_are_called_as_the_form_of_the_year_calls_them() -> None:
    truth = document("markdown", form="2019", year=2020)
    text = "".join("[TABLE]\n" if part.kind == "table" else part.text for part in truth.parts)
    assert not judged(text, truth).silent
