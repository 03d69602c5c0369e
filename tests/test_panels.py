"""Tables whose values do not stand behind their labels, as PDF tools write them: what is read, doubted, and not read."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from govreport.model import Report, Status, Table
from govreport.testing.build import form_named, make_report
from govreport.testing.document import Document
from govreport.testing.extracts import Extract, Row, blocks
from govreport.testing.matrix import Reading, read
from govreport.testing.regimes import dice, values_for
from govreport.testing.verdict import Outcome

Texts = list[str]
Rows = list[Row]
Write = Callable[[Texts, Rows], Texts]
"""How a block is written: from its headers and its rows, the cells in the order of the text."""
LONG = 20
"""Only table 三 has more rows."""


def report(form: str = "2021", regime: str = "consistent", seed: int = 1) -> Report:
    return make_report(form, values_for(form_named(form), regime, dice(seed)))


def reading_of(found: Report, write: Write) -> Reading:
    def render(table: Table) -> str:
        texts = itertools.chain.from_iterable(write(*block) for block in blocks(table))
        return "\n\n".join(texts) + "\n"

    return read(Document.of(found, Extract("panels", render, frozenset())))


def by_columns(rows: Rows) -> Texts:
    return [text for column in zip(*(values for _, values in rows), strict=True) for text in column]


def labels_of(rows: Rows) -> Texts:
    return [label for labels, _ in rows for label in labels]


def statuses(reading: Reading, table: str = "requests") -> set[Status]:
    assert reading.report is not None
    return {cell.status for t in reading.report.tables if t.name == table for cell in t.cells}


def outcomes(reading: Reading, section: str) -> set[Outcome]:
    return {v.outcome for v in reading.judgement.cells if v.label.startswith(section)}


def labels_first(headers: Texts, rows: Rows) -> Texts:
    return [*labels_of(rows), *headers, *by_columns(rows)]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("regime", ["consistent", "sparse", "large"])
def test_columns_without_their_headers_are_read_where_they_add_up(form: str, regime: str) -> None:
    reading = reading_of(report(form, regime), labels_first)
    assert reading.judgement.whole
    assert reading.judgement["doubted"]  # sums do not tell in which order the parts stand


def test_a_row_that_says_the_same_in_all_columns_is_certain() -> None:
    assert statuses(reading_of(report("2021", "sparse"), labels_first)) == {Status.READ, Status.INFERRED}


def test_where_all_values_are_the_same_their_order_does_not_matter() -> None:
    reading = reading_of(report("2021", "zeros"), labels_first)
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 0


def test_what_does_not_add_up_in_any_order_is_not_read() -> None:
    reading = reading_of(report("2021", "unique"), labels_first)
    assert statuses(reading) == {Status.MISSING}
    assert not reading.judgement["silent"]


@pytest.mark.parametrize("cut", [1, 8, 22])
def test_a_page_end_makes_two_panels(cut: int) -> None:
    def paged(headers: Texts, rows: Rows) -> Texts:
        at = cut if len(rows) > LONG else len(rows)
        parts = ([*labels_of(part), *by_columns(part)] for part in (rows[:at], rows[at:]))
        return [*headers, *itertools.chain.from_iterable(parts)]

    assert outcomes(reading_of(report(), paged), "三") == {Outcome.RIGHT}


def test_a_value_beside_its_label_is_the_first_of_its_row() -> None:
    def beside(headers: Texts, rows: Rows) -> Texts:
        glued = [(" ".join([*labels, *values[:1]]) if i == 7 else "\n".join(labels)) for i, (labels, values) in enumerate(rows)]
        firsts = [values[0] for i, (_, values) in enumerate(rows) if i != 7]
        return [*headers, *glued, *firsts, *by_columns([(labels, values[1:]) for labels, values in rows])]

    assert outcomes(reading_of(report(), beside), "三") == {Outcome.RIGHT}


def test_rows_read_in_parts_where_one_cut_adds_up() -> None:
    def parted(headers: Texts, rows: Rows) -> Texts:
        return [*headers, *labels_of(rows), *by_columns(rows[:LONG]), *by_columns(rows[LONG:])]

    reading = reading_of(report(), parted)
    assert outcomes(reading, "三") == {Outcome.RIGHT}
    assert statuses(reading) == {Status.INFERRED}


def test_columns_in_another_order_are_never_read_for_certain() -> None:
    def shuffled(headers: Texts, rows: Rows) -> Texts:
        order = [0, 2, 4, 1, 3, 5, 6] if len(rows) > LONG else range(len(rows[0][1]))
        return [*labels_of(rows), *headers, *by_columns([(labels, [values[j] for j in order]) for labels, values in rows])]

    reading = reading_of(report("2021", "large"), shuffled)
    assert reading.judgement["wrong"]
    assert not reading.judgement["silent"]


@pytest.mark.parametrize("regime", ["consistent", "unique"])
def test_displaced_labels_keep_the_order_of_their_rows_and_are_doubted(regime: str) -> None:
    def displaced(headers: Texts, rows: Rows) -> Texts:
        if len(rows) > LONG:
            rows = [*rows[:3], ([*rows[3][0], *rows[4][0]], [*rows[3][1], *rows[4][1]]), *rows[5:]]
        return [*headers, *(text for labels, values in rows for text in (*labels, *values))]

    reading = reading_of(report("2021", regime), displaced)
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 2 * 7


def test_a_label_found_out_of_order_leaves_its_values_to_its_place() -> None:
    def astray(headers: Texts, rows: Rows) -> Texts:
        if len(rows) > LONG:
            rows = [*rows[:5], ([], rows[5][1]), *rows[6:14], (rows[5][0], []), *rows[14:]]
        return [*headers, *(text for labels, values in rows for text in (*labels, *values))]

    reading = reading_of(report(), astray)
    assert reading.judgement.whole
    assert reading.judgement["doubted"] == 2 * 7


def test_a_row_between_two_that_are_out_of_step_is_doubted() -> None:
    def stepped(headers: Texts, rows: Rows) -> Texts:
        if len(rows) > LONG:
            (a, b, c), (first, second, third) = zip(*rows[6:9], strict=True)
            rows = [*rows[:6], (a, [*first, *second[:3]]), (b, [*second[3:], *third[:3]]), (c, third[3:]), *rows[9:]]
        return [*headers, *(text for labels, values in rows for text in (*labels, *values))]

    reading = reading_of(report("2021", "unique"), stepped)
    assert reading.judgement["wrong"]
    assert not reading.judgement["silent"]


def test_headers_in_one_run_with_the_values_behind_them_do_not_name_the_last_column() -> None:
    reading = reading_of(report("2021", "unique"), labels_first)
    found = [v for v in reading.judgement.cells if v.label.startswith("二|第二十条第（一）项")]
    assert all(v.have == v.want and v.doubted for v in found)


def test_headers_before_the_labels_do_not_tell_rows_from_columns() -> None:
    reading = reading_of(report(), lambda headers, rows: [*headers, *labels_of(rows), *by_columns(rows)])
    rules = [v for v in reading.judgement.cells if v.label.startswith("二|第二十条第（一）项")]
    assert {v.have for v in rules} == {None}


def broken_headers(*order: int) -> Write:
    """Headers of table 三 broken over lines, the names of the organisations in another order than their columns."""

    def write(headers: Texts, rows: Rows) -> Texts:
        if len(rows) > LONG:
            names = [headers[-5:][j] for j in order]
            headers = [
                *headers[:-5],
                *(f"{name[:2]}\n\n{name[2:]}" if len(name) > 3 else name for name in (names[j] for j in order)),
            ]
        return [*headers, *(text for labels, values in rows for text in (*labels, *values))]

    return write


def test_broken_headers_out_of_order_do_not_move_columns() -> None:
    reading = reading_of(report(), broken_headers(0, 1, 4, 2, 3))
    assert reading.judgement.whole
    assert Status.INFERRED in statuses(reading)


def test_broken_headers_out_of_order_are_no_doubt_where_columns_say_the_same() -> None:
    assert reading_of(report("2021", "zeros"), broken_headers(0, 1, 4, 2, 3)).judgement["doubted"] == 0


def test_broken_headers_in_order_are_no_doubt() -> None:
    assert reading_of(report(), broken_headers(0, 1, 2, 3, 4)).judgement["doubted"] == 0


@pytest.mark.parametrize("regime", ["consistent", "unique"])
def test_values_that_labels_keep_apart_are_doubted_where_they_do_not_add_up(regime: str) -> None:
    def parted(headers: Texts, rows: Rows) -> Texts:
        if len(rows) == 1 and len(rows[0][1]) > 10:
            return [*headers[:9], *rows[0][1][:5], *headers[9:], *rows[0][1][5:]]
        return [*headers, *(text for labels, values in rows for text in (*labels, *values))]

    expected = {Status.READ} if regime == "consistent" else {Status.INFERRED}
    assert statuses(reading_of(report("2021", regime), parted), "disputes") == expected


def test_labels_that_follow_their_values_are_not_silently_a_row_off() -> None:
    reading = reading_of(
        report(), lambda headers, rows: [*headers, *(t for labels, values in rows for t in (*values, *labels))]
    )
    assert reading.judgement["silent"] == 0
