"""Characters of a page as words: whatever is read from words is what single characters would say."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govreport.readers.pages.flow import page_content
from govreport.readers.pages.page import Page, Ruling
from govreport.readers.pages.text import text_columns, text_lines
from govreport.readers.pages.words import Char, Word, apart, words_of

SIZE = 10.0


def line(text: str, x: float = 100.0, y: float = 100.0, size: float = SIZE) -> list[Char]:
    """A text at a place, Chinese characters as wide as they are high and others half as wide."""
    found = []
    for char in text:
        width = size if char >= "\u2e80" else size / 2
        found.append(Char(char, x, x + width, y, y - 0.8 * size, y + 0.2 * size))
        x += width
    return found


def says(chars: list[Char]) -> list[str]:
    return [word.text for word in words_of(chars)]


def test_a_word_is_of_one_kind() -> None:
    assert says(line("共受理12件，见 www 。")) == ["共受理", "12", "件，见", " ", "www", " ", "。"]


def test_a_word_has_no_gaps_and_lies_not_over_itself() -> None:
    assert says([*line("公开", 100), *line("年报", 120.6)]) == ["公开", "年报"]
    assert says([*line("公开", 100), *line("年报", 120.4)]) == ["公开年报"]
    assert says([*line("公开", 100), *line("年报", 119.7)]) == ["公开", "年报"]


def test_a_word_stands_on_one_baseline_and_has_one_size() -> None:
    assert says([*line("12"), *line("3", 110, 97)]) == ["12", "3"]
    assert says([*line("12"), *line("3", 110, size=7)]) == ["12", "3"]


def test_a_word_knows_its_characters() -> None:
    chars = line("公开年报")
    (word,) = words_of(chars)
    assert list(word.chars()) == chars
    assert (word.x0, word.head, word.tail, word.x1) == (100, 110, 130, 140)
    assert apart([word]) == [Word.of(char) for char in chars]


def test_a_word_over_the_line_between_two_cells_is_taken_apart() -> None:
    """Numbers fill narrow columns from edge to edge, and the last digit of one touches the first of the next."""
    down = [Ruling(x, 90, 110) for x in (100, 115, 130)]
    across = [Ruling(y, 100, 130) for y in (90, 110)]
    page = Page(1, 600, 800, words_of(line("123456")), tuple(across), tuple(down))
    (block,) = page_content(page).blocks
    assert block.table is not None
    assert [cell.text for cell in block.table.cells] == ["123", "456"]


@st.composite
def _chars(draw: st.DrawFn) -> list[Char]:
    """Stretches of text side by side, above and over each other."""
    found = list[Char]()
    x = y = 100.0
    for _ in range(draw(st.integers(1, 12))):
        text = draw(st.text("年报12345６ aB，1一", min_size=1, max_size=5))
        size = draw(st.sampled_from((10.0, 10.0, 10.0, 10.4, 7.0, 25.0)))
        found += line(text, x, y, size)
        x = found[-1].x1 + draw(st.sampled_from((0.0, 0.0, 0.3, 1.6, 9.5, 30.0, -0.3, -2.0, -6.0)))
        y += draw(st.sampled_from((0.0, 0.0, 0.0, 0.5, 2.0, 15.0)))
        if draw(st.integers(0, 4)) == 0:
            x = 100.0
    return found


@given(_chars())
def test_lines_of_words_are_those_of_their_characters(chars: list[Char]) -> None:
    words, single = words_of(chars), [Word.of(char) for char in chars]
    assert apart(words) == single
    assert text_lines(words) == text_lines(single)
    assert text_columns(words, 1) == text_columns(single, 1)


@given(_chars(), st.lists(st.floats(90, 200), min_size=2, max_size=4, unique=True))
def test_cells_of_words_are_those_of_their_characters(chars: list[Char], columns: list[float]) -> None:
    xs = sorted(columns)
    if min(b - a for a, b in pairwise(xs)) < 7:  # lines as near are one
        return
    down = tuple(Ruling(x, 90, 140) for x in xs)
    across = tuple(Ruling(y, xs[0], xs[-1]) for y in (90, 108, 140))
    pages = (Page(1, 600, 800, words, across, down) for words in (words_of(chars), tuple(map(Word.of, chars))))
    one, other = (page_content(page).blocks for page in pages)
    assert one == other
