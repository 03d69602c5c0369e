"""Words with places in markup: every way to say where they stand gives the page that they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from govreport.errors import SourceError
from govreport.readers import builtin_readers, surest
from govreport.readers.bboxes.reader import BoxReader
from govreport.source import Limits

READER = BoxReader()
ROWS = [("规章制度", "12", "7", "345", "8"), ("处罚决定", "3", "", "2", "5"), ("许可事项", "1", "66", "9", "10")] * 3
COLUMNS = (50, 150, 200, 250, 300)
Word = Callable[[str, int, int, int, int], str]


def attributes(text: str, left: int, top: int, right: int, bottom: int) -> str:
    return f'<text top="{top}" left="{left}" width="{right - left}" height="{bottom - top}" font="0">{text}</text>'


def corners(text: str, left: int, top: int, right: int, bottom: int) -> str:
    return f'<word xMin="{left}" yMin="{top}" xMax="{right}" yMax="{bottom}">{text}</word>'


def hocr(text: str, left: int, top: int, right: int, bottom: int) -> str:
    box = f"bbox {left} {top} {right} {bottom}"
    return f"<span class='ocr_line' title='{box}'><span class='ocrx_word' title='{box}; x_wconf 9'>{text}</span></span>"


def alto(text: str, left: int, top: int, right: int, bottom: int) -> str:
    return f'<String HPOS="{left}" VPOS="{top}" WIDTH="{right - left}" HEIGHT="{bottom - top}" CONTENT="{text}"/>'


def characters(text: str, left: int, top: int, right: int, bottom: int) -> str:
    wide = (right - left) / len(text)
    boxes = [(left + at * wide, top, left + (at + 1) * wide, bottom) for at in range(len(text))]
    quads = (f"{a} {b} {c} {b} {a} {d} {c} {d}" for a, b, c, d in boxes)
    made = "".join(f'<char quad="{quad}" c="{char}"/>' for char, quad in zip(text, quads, strict=True))
    return f'<line bbox="{left} {top} {right} {bottom}">{made}</line>'


def upwards(text: str, left: int, top: int, right: int, bottom: int) -> str:
    return f'<text bbox="{left},{800 - bottom},{right},{800 - top}">{text}</text>'


def styled(text: str, left: int, top: int, right: int, bottom: int) -> str:  # noqa: ARG001 - as wide as its characters
    inner = f'<span style="font-size:{bottom - top}pt">{text}</span>'
    return f'<p style="position:absolute; top:{top}pt; left:{left}pt">{inner}</p>'


def page(word: Word, rows: Sequence[tuple[str, ...]] = ROWS) -> bytes:
    words = [
        word(text, left, 20 * row, left + len(text) * (10 if left == COLUMNS[0] else 5), 20 * row + 10)
        for row, texts in enumerate(rows, 1)
        for left, text in zip(COLUMNS, texts, strict=True)
        if text
    ]
    return f"<?xml version='1.0'?><doc><page>{''.join(words)}</page></doc>".encode()


@pytest.mark.parametrize("word", [attributes, corners, hocr, alto, characters, upwards, styled])
def test_the_page_that_they_were(word: Word) -> None:
    """Rows with their empty cells, where others show the columns."""
    data = page(word)
    chosen = surest(builtin_readers(), data, None)
    assert chosen is not None
    assert chosen[0].name == READER.name
    assert [line.split("\t") for line in READER.read(data, Limits()).lines] == [list(row) for row in ROWS]


def test_a_page_of_such_words_is_more_than_a_page() -> None:
    """As hOCR is: it begins as any web page does."""
    data = page(hocr).replace(b"<?xml version='1.0'?><doc>", b"<!DOCTYPE html><html><body>")
    claims = {reader.name: claim.confidence for reader in builtin_readers() if (claim := reader.claim(data, None))}
    assert claims[READER.name] > claims["html"] > max(claims[name] for name in claims.keys() - {READER.name, "html"})


def test_pages_follow_each_other() -> None:
    two = page(corners).replace(b"</doc>", b"") + page(corners, ROWS[:1] * 2).partition(b"<doc>")[2]
    assert READER.read(two, Limits()).lines[8:10] == ("许可事项\t1\t66\t9\t10", "规章制度\t12\t7\t345\t8")


@pytest.mark.parametrize(
    "data",
    [
        page(corners, ROWS[:1]),  # a few
        page(corners).replace(b"</doc>", ("正文。" * 100).encode() + b"</doc>"),
        page(styled).replace(b"font-size", b"color"),  # nothing tells how far they reach
        page(corners).replace(b">345<", "><br>甲乙丙丁<br>345<".encode()),  # in the middle of its box, perhaps
        b"plain",
    ],
)
def test_no_such_page(data: bytes) -> None:
    assert READER.claim(data, None) is None


def test_more_than_the_limits_allow() -> None:
    with pytest.raises(SourceError, match="characters"):
        READER.read(page(corners), Limits(cells=10))


def test_an_empty_file() -> None:
    with pytest.raises(SourceError, match="empty"):
        READER.read(b"  ", Limits())
