"""Tables in PDF files that no lines rule: labels of several lines come to stand before their own values."""

from __future__ import annotations

import time
from collections.abc import Sequence

from govreport.readers.pages.rows import whole_rows
from govreport.readers.pages.text import text_columns
from govreport.readers.pages.words import Char, words_of

SIZE, LEADING = 10.0, 12.0
COLUMNS = (200.0, 240.0, 280.0, 320.0)


def chars(text: str, x: float, y: float) -> list[Char]:
    """A text at a place, Chinese characters as wide as they are high and others half as wide."""
    out = []
    for char in text:
        width = SIZE if char >= "\u2e80" else SIZE / 2
        out.append(Char(char, x, x + width, y, y - SIZE, y))
        x += width
    return out


def row(label: Sequence[str], values: Sequence[str], top: float, x: float = 100.0) -> tuple[list[Char], float]:
    """A row with its values at half its height, and where it ends."""
    out = [char for index, line in enumerate(label) for char in chars(line, x, top + index * LEADING)]
    middle = top + (len(label) - 1) * LEADING / 2
    out += [char for at, value in zip(COLUMNS, values, strict=True) for char in chars(value, at, middle) if value]
    return out, top + len(label) * LEADING + 1


def page(*rows: tuple[Sequence[str], Sequence[str]]) -> list[Char]:
    out, top = list[Char](), 100.0
    for label, values in rows:
        drawn, top = row(label, values, top)
        out += drawn
    return out


def texts(drawn: Sequence[Char]) -> list[str]:
    return ["\t".join(r.texts) for r in sorted(whole_rows(words_of(drawn))[0], key=lambda r: r.y)]


def test_labels_of_one_two_and_three_lines() -> None:
    drawn = page(
        (("一行的标签",), ("1", "2", "3", "4")),
        (("两行的标签", "的后半"), ("5", "6", "7", "8")),
        (("三行的标签", "的当中", "的末尾"), ("9", "10", "11", "12")),
        (("另两行标签", "到此为止"), ("13", "14", "15", "16")),
    )
    assert texts(drawn) == [
        "一行的标签\t1\t2\t3\t4",
        "两行的标签的后半\t5\t6\t7\t8",
        "三行的标签的当中的末尾\t9\t10\t11\t12",
        "另两行标签到此为止\t13\t14\t15\t16",
    ]


def test_values_a_little_above_their_label_are_its_own() -> None:
    """As where a program centres a cell over several columns otherwise than the values."""
    drawn = [c for n, y in enumerate((100.0, 120.0, 140.0)) for c in chars("甲乙丙"[n] * 4, 100, y + 4)]
    drawn += [c for n, y in enumerate((100.0, 120.0, 140.0)) for i, x in enumerate(COLUMNS) for c in chars(f"{n}{i}", x, y)]
    assert texts(drawn) == ["甲甲甲甲\t00\t01\t02\t03", "乙乙乙乙\t10\t11\t12\t13", "丙丙丙丙\t20\t21\t22\t23"]


def test_a_row_of_few_values_keeps_its_label_and_shows_what_is_empty() -> None:
    drawn = page(
        (("甲标签",), ("1", "2", "3", "4")),
        (("乙标签", "分两行"), ("", "6", "", "")),
        (("丙标签",), ("9", "10", "11", "12")),
    )
    assert texts(drawn) == ["甲标签\t1\t2\t3\t4", "乙标签分两行\t\t6\t\t", "丙标签\t9\t10\t11\t12"]


def test_a_label_over_several_rows_is_no_part_of_theirs() -> None:
    drawn = page(
        (("甲标签", "分两行"), ("1", "2", "3", "4")),
        (("乙标签", "分两行"), ("5", "6", "7", "8")),
    )
    drawn += chars("总的", 60, 118.5)
    assert texts(drawn) == ["甲标签分两行\t1\t2\t3\t4", "总的", "乙标签分两行\t5\t6\t7\t8"]


def test_numbers_close_to_each_other_are_two() -> None:
    drawn = page((("甲标签",), ("1", "2", "3", "4")), (("乙标签",), ("1234567", "80", "1", "2")))
    assert texts(drawn)[1] == "乙标签\t1234567\t80\t1\t2"  # 2 points between them


def test_a_page_full_of_rows_takes_little_time() -> None:
    drawn = [c for n in range(150) for x in (*COLUMNS, 360.0) for c in chars("1", x, 100 + 3 * n)]
    drawn += [c for n in range(450) for k in range(4) for c in chars("甲", 50 + 20 * k, 101 + n)]
    start = time.process_time()
    whole_rows(words_of(drawn))
    assert time.process_time() - start < 5  # far above what it needs


def test_what_is_no_such_table_stays_as_it_is() -> None:
    drawn = chars("全年公开12条", 50, 100) + chars("规章", 100, 130) + chars("3", 200, 130) + chars("4", 240, 130)
    words = words_of(drawn)
    assert whole_rows(words) == ([], list(words))


def test_the_header_above_stays_in_its_lines() -> None:
    """A header over the values is no label beside them, and no column of text either."""
    drawn = [c for i, x in enumerate(COLUMNS) for c in chars("东西南北"[i] * 2, x, 80)]
    drawn += page((("甲标签", "分两行"), ("1", "2", "3", "4")), (("乙标签",), ("5", "6", "7", "8")))
    lines = [line.text for _, line in sorted(text_columns(words_of(drawn), 1), key=lambda found: found[0])]
    assert lines[-2:] == ["甲标签分两行\t1\t2\t3\t4", "乙标签\t5\t6\t7\t8"]
    assert "".join("".join(lines[:-2]).split()) == "东东西西南南北北"


def test_columns_that_full_rows_do_not_share_show_no_empty_cells() -> None:
    """A number left of all others, and one as wide as two columns, are as many columns as there should be."""
    drawn = [*chars("甲标签", 100, 100), *(c for x in COLUMNS for c in chars("1", x, 100))]
    drawn += [*chars("乙标签", 100, 120), *(c for x in COLUMNS[:3] for c in chars("2", x, 120))]
    drawn += chars("丙标签", 100, 140)
    drawn += [c for x, value in ((160, "3"), (200, "3"), (240, "3"), (281, "34567891")) for c in chars(value, x, 140)]
    assert texts(drawn)[1] == "乙标签\t2\t2\t2"
