"""Words with places in tables and in JSON: each way to say where they stand gives the page that they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from govreport.readers import builtin_readers, surest
from govreport.source import Limits, Source

ROWS = [("规章制度", "12", "7", "345", "8"), ("处罚决定", "3", "", "2", "5"), ("许可事项", "1", "66", "9", "10")] * 3
COLUMNS = (50, 150, 200, 250, 300)
Placed = tuple[str, float, float, float, float]
"""Text, left, top, right, bottom."""
Word = Callable[[Placed], object]


def words(rows: Sequence[tuple[str, ...]] = ROWS) -> list[Placed]:
    return [
        (text, left, 20.5 * row, left + len(text) * (10 if left == COLUMNS[0] else 5), 20.5 * row + 10)
        for row, texts in enumerate(rows, 1)
        for left, text in zip(COLUMNS, texts, strict=True)
        if text
    ]


def read(data: bytes, reader: str) -> Source:
    chosen = surest(builtin_readers(), data, None)
    assert chosen is not None
    assert chosen[0].name == reader
    return chosen[0].read(data, Limits())


def cells(source: Source) -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in source.lines if line]


# --- tables ------------------------------------------------------------------------------------------------------------------


def recognised(pages: Sequence[Sequence[Placed]]) -> str:
    """As programs that recognise text write it, with rows for pages and lines, which are none of words."""
    rows = ["level\tpage_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext", "1\t1\t0\t0\t0\t600\t800\t-1\t###PAGE###"]
    rows += [
        f"5\t{page}\t{number}\t{left}\t{top}\t{right - left}\t{bottom - top}\t96.5\t{text}"
        for page, found in enumerate(pages, 1)
        for number, (text, left, top, right, bottom) in enumerate(found, 1)
    ]
    return "\n".join(rows)


def corners(pages: Sequence[Sequence[Placed]]) -> str:
    rows = ["page_number,x0,x1,top,bottom,text"]
    rows += [f'{page},{a},{c},{b},{d},"{text}"' for page, found in enumerate(pages, 1) for text, a, b, c, d in found]
    return "\n".join(rows)


@pytest.mark.parametrize("table", [recognised, corners])
def test_a_table_of_words_is_the_pages_that_they_were(table: Callable[[Sequence[Sequence[Placed]]], str]) -> None:
    """Rows with their empty cells, where others show the columns."""
    assert cells(read(table([words()]).encode(), "words")) == ROWS
    assert cells(read(table([words(), words(ROWS[:1] * 2)]).encode(), "words")) == [*ROWS, *ROWS[:1] * 2]


def test_a_table_without_places_is_none_of_words() -> None:
    data = "\n".join(["page,left,text", *["1,84,规章"] * 60]).encode()
    assert "words" not in {reader.name for reader in builtin_readers() if reader.claim(data, None)}


# --- JSON --------------------------------------------------------------------------------------------------------------------


def sides(word: Placed) -> object:
    text, left, top, right, bottom = word
    return {"words": text, "location": {"left": left, "top": top, "width": right - left, "height": bottom - top}}


def named(word: Placed) -> object:
    text, left, top, right, bottom = word
    return {"text": text, "x0": left, "x1": right, "top": top, "bottom": bottom, "upright": True}


def four(word: Placed) -> object:
    text, *box = word
    return {"bbox": box, "spans": [{"size": 9.5, "font": "Song", "bbox": box, "text": text}]}


def points(word: Placed) -> object:
    text, left, top, right, bottom = word
    return {"text": text, "confidence": 0.98, "points": [[left, top], [right, top], [right, bottom], [left, bottom]]}


def parts(word: Placed) -> object:
    """In parts of a page that is as high as paper is."""
    text, left, top, right, bottom = word
    return {"value": text, "geometry": [[left / 600, top / 849], [right / 600, bottom / 849]]}


def spelt(word: Placed) -> object:
    text, left, top, right, bottom = word
    vertices = [{"x": left, "y": top}, {"x": right, "y": top}, {"x": right, "y": bottom}, {"x": left, "y": bottom}]
    return {"boundingBox": {"vertices": vertices}, "symbols": [{"text": character} for character in text]}


def upwards(word: Placed) -> object:
    text, left, top, right, bottom = word
    high = bottom - top
    return {
        "str": text,
        "dir": "ltr",
        "transform": [high, 0, 0, high, left, 800 - bottom],
        "width": right - left,
        "height": high,
    }


def listed(word: Placed) -> tuple[object, ...]:
    text, left, top, right, bottom = word
    return ([[left, top], [right, top], [right, bottom], [left, bottom]], text, 0.98)


def paired(word: Placed) -> list[object]:
    box, *said = listed(word)
    return [box, tuple(said)]


@pytest.mark.parametrize("word", [sides, named, four, points, parts, spelt, upwards, listed, paired])
def test_json_of_words_is_the_page_that_they_were(word: Word) -> None:
    assert cells(read(json.dumps({"result": list(map(word, words()))}).encode(), "json")) == ROWS


def test_words_that_a_program_prints_line_by_line() -> None:
    """As tuples, or in its log, which names the file first."""
    printed = map(repr, map(listed, words()))
    logged = (f"[2031/01/02 10:00:01] ocr INFO: {paired(word)!r}" for word in words())
    for lines in (printed, ["[2031/01/02 10:00:00] ocr INFO: ****a.png****", *logged]):
        assert cells(read("\n".join(lines).encode(), "json")) == ROWS


@pytest.mark.parametrize("word", [sides, upwards])
def test_pages_of_words_follow_each_other(word: Word) -> None:
    pages = [{"page": number, "items": list(map(word, words(rows)))} for number, rows in enumerate((ROWS, ROWS[:1] * 2), 1)]
    assert cells(read(json.dumps(pages).encode(), "json")) == [*ROWS, *ROWS[:1] * 2]
    unnamed = [{"items": page["items"]} for page in pages]
    assert cells(read(json.dumps({"pages": unnamed}).encode(), "json")) == [*ROWS, *ROWS[:1] * 2]


def test_a_fall_of_places_is_the_next_page() -> None:
    both = [*map(named, words()), *map(named, words(ROWS[:1] * 2))]
    assert cells(read(json.dumps(both).encode(), "json")) == [*ROWS, *ROWS[:1] * 2]


def test_places_that_tell_nothing_leave_the_words_lines() -> None:
    """Beside other text, or rounded to a good part of the height of a line."""
    beside = {"items": list(map(named, words())), "text": "正文。" * 200}
    rounded = [(text, round(a), round(b), round(c), round(d)) for text, a, b, c, d in words()]
    for value in (beside, list(map(named, rounded))):
        assert "规章制度" in read(json.dumps(value).encode(), "json").lines
