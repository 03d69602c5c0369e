"""PDF: ruled tables with their spans, what page breaks do to them, running text, and files that cannot be read."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.pages.grid import find_tables
from govreport.readers.pages.page import Ruling
from govreport.readers.pdf.reader import PdfReader
from govreport.source import Grid, Limits, Source

pytest.importorskip("pypdfium2")
reportlab = pytest.importorskip("reportlab")

from reportlab.pdfbase import pdfmetrics  # noqa: E402 - only where reportlab is installed
from reportlab.pdfgen.canvas import Canvas  # noqa: E402 - as above
from tests.readers import squares  # noqa: E402 - as above

squares.register()

READER = PdfReader()
WIDTH, HEIGHT, SIZE = 600.0, 800.0, 10.0
Draw = Callable[[Any], None]


def pdf(*pages: Draw, **options: Any) -> bytes:
    """A document with one drawing function a page; y counts from the top in `text` and `table`."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        canvas.setFont(squares.NAME, SIZE)
        canvas.setLineWidth(0.5)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(*pages: Draw) -> Source:
    return READER.read(pdf(*pages), Limits())


def text(canvas: Any, x: float, y: float, words: str) -> None:
    canvas.drawString(x, HEIGHT - y, words)


Cells = Sequence[tuple[int, int, int, int, str]]


def table(canvas: Any, xs: Sequence[float], ys: Sequence[float], cells: Cells, sides: str = "ltrb") -> None:
    """Cells as (row, column, bottom, right, text), texts in the middle; of the outer sides only those named are drawn."""
    for row, column, bottom, right, words in cells:
        x0, x1, y0, y1 = xs[column], xs[right], HEIGHT - ys[row], HEIGHT - ys[bottom]
        edges = {"l": (x0, y0, x0, y1), "r": (x1, y0, x1, y1), "t": (x0, y0, x1, y0), "b": (x0, y1, x1, y1)}
        for side, line in edges.items():
            outer = {"t": row == 0, "b": bottom == len(ys) - 1}.get(side, False)
            if side in sides or not outer:
                canvas.line(*line)
        lines = words.split("\n") if words else []
        first = (y0 + y1) / 2 + (len(lines) - 1) * SIZE * 0.6 - SIZE * 0.35
        for index, line_ in enumerate(lines):
            canvas.drawCentredString((x0 + x1) / 2, first - index * SIZE * 1.2, line_)


def grid_of(rows: Sequence[Sequence[str]], start: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(r, c, r + 1, c + 1, words) for r, row in enumerate(rows, start) for c, words in enumerate(row)]


def rows_of(grid: Grid) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


XS = (50.0, 150.0, 250.0, 350.0)


def test_a_ruled_table_between_lines() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "二、主动公开")
        table(canvas, XS, (80, 100, 120), grid_of([["甲", "乙", "丙"], ["规章", "12", ""]]))
        text(canvas, 50, 150, "三、收到和处理")

    source = read(page)
    assert source.lines == ("二、主动公开", "三、收到和处理")
    assert rows_of(source.grids[0]) == [["甲", "乙", "丙"], ["规章", "12", ""]]
    assert (source.grids[0].at, source.grids[0].page) == (1, 1)
    assert source.place(1).page == 1


def test_merged_cells() -> None:
    cells = [(0, 0, 2, 1, "组"), (0, 1, 1, 3, "题"), (1, 1, 2, 2, "a"), (1, 2, 2, 3, "b")]
    (grid,) = read(lambda canvas: table(canvas, XS, (80, 100, 120), cells)).grids
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
        ("组", 0, 0, 2, 1),
        ("题", 0, 1, 1, 2),
        ("a", 1, 1, 1, 1),
        ("b", 1, 2, 1, 1),
    ]


def test_borders_drawn_as_thin_rectangles_and_as_one_rectangle() -> None:
    def page(canvas: Any) -> None:
        for y in (80, 100, 120):
            canvas.rect(50, HEIGHT - y, 200, 0.6, stroke=0, fill=1)
        canvas.rect(50, HEIGHT - 120, 200, 40, stroke=1, fill=0)
        canvas.rect(150, HEIGHT - 120, 0.6, 40, stroke=0, fill=1)
        for index, words in enumerate(("甲", "1", "乙", "2")):
            text(canvas, 60 + index % 2 * 100, 94 + index // 2 * 20, words)

    assert rows_of(read(page).grids[0]) == [["甲", "1"], ["乙", "2"]]


def test_cells_with_a_border_each() -> None:
    """As browsers print them: a frame, and two points of space between the cells."""

    def page(canvas: Any) -> None:
        canvas.rect(48, HEIGHT - 124.4, 206.6, 46.4)
        for index, words in enumerate(("甲", "1", "乙", "2")):
            x, y = 50.2 + index % 2 * 102.2, 80.2 + index // 2 * 22.2
            canvas.rect(x, HEIGHT - y - 20, 100, 20)
            text(canvas, x + 5, y + 14, words)

    assert rows_of(read(page).grids[0]) == [["甲", "1"], ["乙", "2"]]


def test_a_box_around_text_is_no_table() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(40, HEIGHT - 120, 400, 60)
        text(canvas, 50, 90, "只是一段文字")

    source = read(page)
    assert source.grids == ()
    assert source.lines == ("只是一段文字",)


def test_a_table_within_a_cell_keeps_its_own_text() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 60, 75, "框内")
        table(canvas, (40, 500, 560), (60, 300), grid_of([["", ""]]))
        table(canvas, XS, (100, 120, 140), grid_of([["甲", "乙", "丙"], ["规章", "12", ""]]))

    inner, outer = sorted(read(page).grids, key=lambda grid: -len(grid.cells))
    assert rows_of(inner) == [["甲", "乙", "丙"], ["规章", "12", ""]]
    assert "框内" in [cell.text for cell in outer.cells]


def test_a_number_wrapped_in_a_narrow_column_is_one() -> None:
    """No further digit would have fitted beside 249, while 12 ends far from the edge of its cell."""
    xs = (50.0, 70.0, 170.0)
    (grid,) = read(lambda canvas: table(canvas, xs, (80, 110, 140), grid_of([["249\n1", "12\n34"], ["208", "5"]]))).grids
    assert rows_of(grid) == [["2491", "12\n34"], ["208", "5"]]


def test_a_table_goes_on_over_the_page_and_repeats_its_header() -> None:
    head = ["项目", "自然人", "总计"]

    def first(canvas: Any) -> None:
        text(canvas, 50, 640, "三、收到")
        table(canvas, XS, (660, 680, 700), grid_of([head, ["新收", "1", "2"]]))
        text(canvas, 290, 780, "— 1 —")

    def second(canvas: Any) -> None:
        table(canvas, XS, (60, 80, 100), grid_of([head, ["结转", "3", "4"]]))
        text(canvas, 50, 130, "四、复议")
        text(canvas, 290, 780, "— 2 —")

    source = read(first, second)
    assert source.lines == ("三、收到", "四、复议")
    (grid,) = source.grids
    assert rows_of(grid) == [head, ["新收", "1", "2"], ["结转", "3", "4"]]
    assert grid.page == 1


def test_two_tables_on_two_pages_stay_two() -> None:
    def first(canvas: Any) -> None:
        table(canvas, XS, (660, 680, 700), grid_of([["a", "b", "c"], ["1", "2", "3"]]))

    def second(canvas: Any) -> None:
        text(canvas, 50, 60, "四、复议")
        table(canvas, XS, (80, 100, 120), grid_of([["a", "b", "c"], ["4", "5", "6"]]))

    assert [len(g.cells) for g in read(first, second).grids] == [6, 6]


def test_a_row_cut_by_the_page_end_with_borders_at_the_cut() -> None:
    """Without a label, and with rests that wrap: the row goes on. A row of its own has a label."""
    xs = (50.0, 150.0, 172.0, 194.0)

    def first(canvas: Any) -> None:
        table(canvas, xs, (660, 680, 700), grid_of([["新收", "12", "34"], ["没有现成信息", "249", "10"]]))

    def second(canvas: Any) -> None:
        table(canvas, xs, (60, 80, 100), grid_of([["", "1", ""], ["结转", "5", "6"]]))

    (grid,) = read(first, second).grids
    assert rows_of(grid) == [["新收", "12", "34"], ["没有现成信息", "2491", "10"], ["结转", "5", "6"]]


def test_a_row_left_open_by_the_page_end() -> None:
    def first(canvas: Any) -> None:
        table(canvas, XS, (660, 680, 700), grid_of([["新收", "1", "2"], ["没有现成信息需要", "3", "4"]]), sides="ltr")

    def second(canvas: Any) -> None:
        table(canvas, XS, (10, 30, 50), grid_of([["另行制作", "", ""], ["结转", "5", "6"]]), sides="lrb")

    (grid,) = read(first, second).grids
    assert rows_of(grid) == [["新收", "1", "2"], ["没有现成信息需要另行制作", "3", "4"], ["结转", "5", "6"]]


def test_a_blank_value_below_a_header_is_a_blank() -> None:
    """An empty cell at the top of a page continues a merged label, never a header above a value."""

    def first(canvas: Any) -> None:
        cells = [(0, 0, 2, 1, "维持"), (0, 1, 1, 3, "诉讼"), (1, 1, 2, 2, "甲"), (1, 2, 2, 3, "乙")]
        table(canvas, XS, (660, 680, 700), cells)

    def second(canvas: Any) -> None:
        table(canvas, XS, (60, 80), grid_of([["", "7", "8"]]))

    (grid,) = read(first, second).grids
    assert rows_of(grid)[-1] == ["", "7", "8"]


def test_a_merged_label_goes_on_over_the_page() -> None:
    def first(canvas: Any) -> None:
        cells = [(0, 0, 2, 1, "不予处理"), (0, 1, 1, 2, "信访"), (0, 2, 1, 3, "1"), (1, 1, 2, 2, "重复"), (1, 2, 2, 3, "2")]
        table(canvas, XS, (660, 680, 700), cells)

    def second(canvas: Any) -> None:
        cells = [(0, 0, 1, 1, ""), (0, 1, 1, 2, "大量"), (0, 2, 1, 3, "3"), (1, 0, 2, 2, "总计"), (1, 2, 2, 3, "6")]
        table(canvas, XS, (60, 80, 100), cells)

    (grid,) = read(first, second).grids
    assert [(c.text, c.rowspan) for c in grid.cells if c.column == 0] == [("不予处理", 3), ("总计", 1)]


def test_wrapped_paragraphs_are_joined_where_that_is_certain() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 70, 60, "一二三四五六七八九十" * 4)
        text(canvas, 50, 80, "接着写完这一段。")
        text(canvas, 70, 100, "新的一段从缩进开始，写到行末" + "很长" * 13)
        text(canvas, 50, 120, "二、标题总在自己一行")
        text(canvas, 50, 140, "短行")
        text(canvas, 50, 160, "另一行")

    assert read(page).lines == (
        "一二三四五六七八九十" * 4 + "接着写完这一段。",
        "新的一段从缩进开始，写到行末" + "很长" * 13,
        "二、标题总在自己一行",
        "短行",
        "另一行",
    )


def test_running_headers_and_bare_page_numbers_go() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Any) -> None:
            text(canvas, 200, 40, "某局年度报告")
            text(canvas, 50, 300, f"正文{number}")
            text(canvas, 300, 780, str(number))

        return draw

    assert read(page(1), page(2), page(3)).lines == ("正文1", "正文2", "正文3")


def test_a_number_at_the_end_of_the_only_page_stays() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "共收到申请")
        text(canvas, 50, 760, "25")

    assert read(page).lines == ("共收到申请", "25")


def test_a_menu_beside_the_text_is_not_mixed_into_it() -> None:
    def page(canvas: Any) -> None:
        for index in range(6):
            text(canvas, 120, 100 + index * 20, f"正文第{index}行")
        text(canvas, 10, 140, "公开指南")

    lines = read(page).lines
    assert "正文第2行" in lines
    assert "公开指南" in lines


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages(turn: int) -> None:
    """Whether the page is turned or its content: what reads upright is read."""

    def page(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (0, WIDTH), 180: (WIDTH, HEIGHT), 270: (WIDTH, 0)}[turn])
        canvas.rotate(-turn)
        canvas.translate(0, 600 - HEIGHT)
        table(canvas, XS, (80, 100, 120), grid_of([["甲", "乙", "丙"], ["规章", "12", ""]]))

    (grid,) = read(page).grids
    assert rows_of(grid) == [["甲", "乙", "丙"], ["规章", "12", ""]]


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    """The table of the left page goes on at the top of the right one."""

    def page(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        text(canvas, 50, 60, "本年度报告由本机关编制，内容包括总体情况等六个部分。" * 2)
        table(canvas, XS, (700, 720, 740), grid_of([["甲", "乙", "丙"], ["规章", "12", "9"]]))
        canvas.translate(WIDTH, 0)
        table(canvas, XS, (50, 70, 90), grid_of([["行政许可", "3", "4"], ["行政处罚", "5", "6"]]))
        text(canvas, 50, 160, "存在的主要问题是公开的内容不够全面，解读的形式不够丰富。" * 2)

    (grid,) = read(page).grids
    assert rows_of(grid) == [["甲", "乙", "丙"], ["规章", "12", "9"], ["行政许可", "3", "4"], ["行政处罚", "5", "6"]]


def test_a_wide_table_without_lines_is_one_sheet() -> None:
    def page(canvas: Any) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        for row, label in enumerate(
            ("关于新收政府信息公开申请的数量", "关于上年结转政府信息公开申请的数量", "关于予以公开的信息的数量")
        ):
            text(canvas, 50, 60 + 20 * row, label)
            text(canvas, 700, 60 + 20 * row, f"{row}7")

    lines = [line.split() for line in read(page).lines]
    assert [line[-1] for line in lines] == ["07", "17", "27"]


def test_bold_by_printing_twice_is_one_character() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "总计 11")
        text(canvas, 50.3, 60, "总计 11")

    assert read(page).lines == ("总计 11",)


@pytest.mark.parametrize("off", [(2.0, -1.0), (4.9, 0.0)])
def test_a_page_drawn_twice_is_read_once(off: tuple[float, float]) -> None:
    """Also where the double of a digit stands as far off as the digit next to it."""

    def page(canvas: Any) -> None:
        for x, y in ((0.0, 0.0), off):
            text(canvas, 50 + x, 60 + y, "规章总计 11")
            text(canvas, 50 + x, 90 + y, "申请 2 件，答复 22 件，")
            for row in range(12):  # pdfium itself looks for doubles only among what was drawn just before
                text(canvas, 50 + x, 120 + 30 * row + y, f"公开111条第{row}项")

    lines = [line.replace(" ", "") for line in read(page).lines]
    assert lines[:4] == ["规章总计11", "申请2件，答复22件，", "公开111条第0项", "公开111条第1项"]


def test_text_hidden_behind_what_is_seen_is_not_read_again() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "规章总计 11")
        hidden(canvas, 57, 62, "规章总计 11")

    assert read(page).lines == ("规章总计 11",)


def test_text_hidden_over_a_picture_is_read() -> None:
    """A scan that was read: only a stamp is drawn."""

    def page(canvas: Any) -> None:
        text(canvas, 300, 700, "存档")
        hidden(canvas, 50, 60, "规章总计 11")

    assert "规章总计 11" in read(page).lines


def hidden(canvas: Any, x: float, y: float, words: str) -> None:
    drawn = canvas.beginText(x, HEIGHT - y)
    drawn.setTextRenderMode(3)
    drawn.textOut(words)
    canvas.drawText(drawn)


def test_what_is_cut_away_around_the_page_is_not_read() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "规章总计 11")
        text(canvas, 50, 2 * HEIGHT, "申请总计 12")
        text(canvas, WIDTH + 50, 60, "公开总计 13")

    assert read(page).lines == ("规章总计 11",)


def test_encrypted() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(lambda canvas: text(canvas, 50, 60, "x"), encrypt=StandardEncryption("secret"))
    with pytest.raises(SourceError, match="encrypted"):
        READER.read(data, Limits())


def test_no_text_is_a_scan() -> None:
    with pytest.raises(SourceError, match="scanned"):
        read(lambda canvas: canvas.rect(50, 50, 100, 100, fill=1))


def test_pictures_alone_are_a_scan() -> None:
    image = pytest.importorskip("PIL.Image")
    picture = io.BytesIO()
    image.new("L", (60, 80), 200).save(picture, "PNG")
    with pytest.raises(SourceError, match="scanned"):
        read(lambda canvas: canvas.drawImage(reportlab.lib.utils.ImageReader(picture), 0, 0, WIDTH, HEIGHT))


@pytest.mark.parametrize("target", [b"<0000>", b"<FFFD>", b"<E000>"])
def test_fonts_that_map_to_nothing(target: bytes) -> None:
    """The page looks right, but nothing says which characters its glyphs are."""
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(canvas: Any) -> None:
        canvas.setFont("Vera", SIZE)
        text(canvas, 50, 60, "Annual report")

    data = pdf(page, pageCompression=0)
    assert READER.read(data, Limits()).lines == ("Annual report",)
    with pytest.raises(SourceError, match="do not tell which characters"):
        READER.read(re.sub(rb"(?<=\n<..> )<....>", target, data), Limits())


def test_a_number_of_a_glyph_is_no_character() -> None:
    """Where a font does not say which characters its glyphs are, they are neither nothing nor what their numbers would be."""
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def page(canvas: Any) -> None:
        text(canvas, 50, 60, "规章总计一二三四五六")
        canvas.setFont("Vera", SIZE)
        text(canvas, 250, 60, "12")

    data = pdf(page, pageCompression=0)
    assert READER.read(data, Limits()).lines == ("规章总计一二三四五六\t12",)
    numbered = re.sub(rb"(Vera[^>]*)/ToUnicode \d+ 0 R", rb"\1", data).replace(b"(12) Tj", rb"(\005\006) Tj")
    assert READER.read(numbered, Limits()).lines == ("规章总计一二三四五六\t\ufffd\ufffd",)


def test_damage() -> None:
    data = pdf(lambda canvas: text(canvas, 50, 60, "x"))
    for broken in (b"%PDF-1.7\n" + bytes(range(256)) * 20, b"%PDF-", data[:60]):
        with pytest.raises(SourceError, match="PDF"):
            READER.read(broken, Limits())


def test_limits() -> None:
    pages = [lambda canvas: text(canvas, 50, 60, "正文")] * 3
    with pytest.raises(SourceError, match="3 pages"):
        READER.read(pdf(*pages), evolve(Limits(), pages=2))
    with pytest.raises(SourceError, match="bytes"):
        READER.read(pdf(*pages), evolve(Limits(), bytes=100))
    with pytest.raises(SourceError, match="characters"):
        READER.read(pdf(lambda canvas: text(canvas, 50, 60, "字" * 40)), evolve(Limits(), cells=5))


def test_claims_by_content() -> None:
    data = pdf(lambda canvas: text(canvas, 50, 60, "x"))
    sure, behind = READER.claim(data, "report.doc"), READER.claim(b"\r\n\r\n" + data, None)
    assert sure is not None
    assert behind is not None
    assert sure.confidence > behind.confidence
    assert READER.claim(b"PDF", "report.pdf") is None


def test_a_drawing_of_many_lines_is_no_table() -> None:
    lines = [Ruling(float(i) * 4, 0.0, 9_000.0) for i in range(2_000)]
    assert find_tables(lines, lines) == []


def test_a_lattice_of_thousands_of_lines_costs_little() -> None:
    """Of 36,000 spaces none but one holds text, and all are lower than it is."""

    def page(canvas: Any) -> None:
        for i in range(191):
            canvas.line(10, 10 + i * 4, 580, 10 + i * 4)
            canvas.line(10 + i * 3, 10, 10 + i * 3, 770)
        text(canvas, 12, HEIGHT - 14, "1")

    data, start = pdf(page), time.process_time()
    assert len(READER.read(data, Limits()).grids) == 1
    assert time.process_time() - start < 10


def test_cells_are_counted_page_by_page() -> None:
    def page(canvas: Any) -> None:
        table(canvas, XS, (80, 100, 120), grid_of([["甲", "1", "2"], ["乙", "3", "4"]]))

    assert len(READER.read(pdf(page, page), evolve(Limits(), cells=12)).grids) == 1
    with pytest.raises(SourceError, match="table cells"):
        READER.read(pdf(page, page), evolve(Limits(), cells=11))


def test_open_sides_are_closed_where_the_rows_end() -> None:
    """Tables in the Chinese style leave the left and right side open."""
    rows = [Ruling(y, 50.0, 350.0) for y in (80.0, 100.0, 120.0)]
    (table_,) = find_tables(rows, [Ruling(150.0, 80.0, 120.0), Ruling(250.0, 80.0, 120.0)])
    assert table_.xs == [50.0, 150.0, 250.0, 350.0]
    assert len(table_.cells) == 6


def test_a_table_with_inner_lines_only() -> None:
    """Its first and last rows and columns are open to the outside, where a table of two columns has one line down."""

    def page(canvas: Any) -> None:
        for columns, top in ((3, 100), (2, 300)):
            for x in range(1, columns):
                canvas.line(100 + 80 * x, HEIGHT - top, 100 + 80 * x, HEIGHT - top - 90)
            for y in (30, 60):
                canvas.line(100, HEIGHT - top - y, 100 + 80 * columns, HEIGHT - top - y)
            for row in range(3):
                for column in range(columns):
                    text(canvas, 110 + 80 * column, top + 20 + 30 * row, f"{row}{column}")

    source = read(page)
    assert [rows_of(grid) for grid in source.grids] == [
        [["00", "01", "02"], ["10", "11", "12"], ["20", "21", "22"]],
        [["00", "01"], ["10", "11"], ["20", "21"]],
    ]


def test_a_watermark_over_a_table_is_in_none_of_its_cells() -> None:
    def page(canvas: Any) -> None:
        table(canvas, (100, 200, 300), (100, 130, 160, 190), grid_of([["规章", "3"], ["办法", "4"], ["细则", "5"]]))
        canvas.setFont(squares.NAME, 60)
        text(canvas, 120, 165, "样张")

    assert rows_of(read(page).grids[0]) == [["规章", "3"], ["办法", "4"], ["细则", "5"]]
