"""What a PDF page shows and does not say as plain text, and what it says and does not show."""

from __future__ import annotations

import base64
import io
import zlib
from typing import Any

import pytest
from tests.readers import squares
from tests.readers.test_pdf import HEIGHT, SIZE, XS, grid_of, read, rows_of, table, text

from govreport.readers.pdf.sight import has_layers

YS = (80.0, 100.0, 120.0, 140.0)
DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""A picture of one pixel."""
UNKNOWN = "\N{OBJECT REPLACEMENT CHARACTER}"
ROWS = [["甲", "乙", "丙"], ["规章", "12", ""], ["许可", "3", "4"]]


def cells(draw: Any) -> list[list[str]]:
    """The rows of the table, with more drawn on it; the second one is `规章`, `12`, nothing."""

    def page(canvas: Any) -> None:
        table(canvas, XS, YS, grid_of(ROWS))
        draw(canvas)

    (grid,) = read(page).grids
    return rows_of(grid)


def test_white_digits_beside_a_number_are_no_part_of_it() -> None:
    def white(canvas: Any) -> None:
        canvas.setFillGray(1)
        text(canvas, 206, 113.5, "9")

    assert cells(white) == ROWS


def test_white_text_on_a_dark_ground_is_read() -> None:
    def page(canvas: Any) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(XS[0], HEIGHT - 140, XS[-1] - XS[0], 60, stroke=0, fill=1)
        canvas.setFillGray(1)
        table(canvas, XS, YS, grid_of(ROWS))

    assert rows_of(read(page).grids[0]) == ROWS


@pytest.mark.parametrize("grey", [0.0, 1.0])
def test_a_number_that_is_painted_over_is_unknown(grey: float) -> None:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(grey)
        canvas.rect(180, HEIGHT - 117, 40, 14, stroke=0, fill=1)

    assert cells(paint)[1] == ["规章", UNKNOWN, ""]


def test_a_number_written_over_one_that_was_painted_over_is_not_mixed_with_it() -> None:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(1)
        canvas.rect(180, HEIGHT - 117, 40, 14, stroke=0, fill=1)
        canvas.setFillGray(0)
        text(canvas, 183, 113.5, "77")

    assert cells(paint)[1] == ["规章", "77", ""]


def test_digits_written_over_others_are_no_number() -> None:
    assert cells(lambda canvas: text(canvas, 198, 113.5, "77"))[1] != ["规章", "7172", ""]
    assert " " in cells(lambda canvas: text(canvas, 198, 113.5, "77"))[1][1]


def test_digits_on_another_line_than_their_neighbours_stand_apart() -> None:
    def note(canvas: Any) -> None:
        canvas.setFont(squares.NAME, SIZE * 0.6)
        text(canvas, 206, 110, "1")

    assert cells(note)[1] == ["规章", "12¹", ""]
    assert cells(lambda canvas: text(canvas, 207, 115, "7"))[1][1].split() == ["12", "7"]


def test_a_number_with_a_line_through_it_is_struck_out() -> None:
    def strike(canvas: Any) -> None:
        canvas.line(192, HEIGHT - 110, 208, HEIGHT - 110)

    assert cells(strike) == [ROWS[0], ["规章", "1\u03362\u0336", ""], ROWS[2]]


def test_a_line_below_a_number_is_none_through_it() -> None:
    assert cells(lambda canvas: canvas.line(192, HEIGHT - 114.5, 208, HEIGHT - 114.5)) == ROWS


def test_what_is_drawn_in_an_empty_cell_is_what_stands_there() -> None:
    """Digits made of curves, or as a picture; a shade that fills the cell is none."""

    def curves(canvas: Any) -> None:
        canvas.circle(300, HEIGHT - 110, 4, stroke=0, fill=1)

    def shade(canvas: Any) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(250, HEIGHT - 120, 100, 20, stroke=0, fill=1)

    assert cells(curves)[1] == ["规章", "12", UNKNOWN]
    assert cells(shade) == ROWS


@pytest.mark.parametrize("degrees", [25, 180])
def test_a_number_turned_in_an_empty_cell_is_unknown(degrees: int) -> None:
    def turned(canvas: Any) -> None:
        canvas.translate(300, HEIGHT - 110)
        canvas.rotate(degrees)
        canvas.drawCentredString(0, -3, "61")

    assert cells(turned)[1] == ["规章", "12", UNKNOWN]


def test_a_watermark_across_cells_is_in_none() -> None:
    def turned(canvas: Any) -> None:
        canvas.translate(200, HEIGHT - 118)
        canvas.rotate(20)
        canvas.drawString(0, 0, "二〇二四年内部资料")

    assert cells(turned) == ROWS


def test_a_watermark_of_many_characters_does_not_turn_the_page() -> None:
    def marks(canvas: Any) -> None:
        for column in range(12):
            canvas.saveState()
            canvas.translate(20 + 45 * column, 60)
            canvas.rotate(90)
            canvas.drawString(0, 0, "内部内部内部")
            canvas.restoreState()

    assert cells(marks) == ROWS


@pytest.mark.parametrize("words", ["内部资料", "2024"])
def test_pale_words_over_a_table_are_in_none_of_its_cells(words: str) -> None:
    """Some lie over numbers and lines, and some where nothing is, or in part beyond the edge."""

    def marks(canvas: Any) -> None:
        canvas.setFillGray(0.8)
        for line in range(12):
            for column in range(9):
                text(canvas, 20 + 71 * column, 60 + 13 * line, words)

    assert cells(marks) == ROWS


def test_pale_words_that_keep_to_their_cells_are_read() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 300, "说明文字若干")
        table(canvas, XS, YS, grid_of([[ROWS[0][0], "", ""], ["规章", "", ""], ["许可", "", ""]]))
        canvas.setFillGray(0.75)
        table(canvas, XS, YS, grid_of([["", "乙", "丙"], ["", "12", "12"], ["", "12", "4"]]))

    assert rows_of(read(page).grids[0]) == [["甲", "乙", "丙"], ["规章", "12", "12"], ["许可", "12", "4"]]


def test_a_page_of_many_shaded_cells_hides_nothing() -> None:
    def page(canvas: Any) -> None:
        table(canvas, XS, YS, grid_of(ROWS))
        canvas.setFillGray(0.9)
        for at in range(40):
            canvas.rect(50 + 10 * at, HEIGHT - 400, 10, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        text(canvas, 50, 395, "一、“三安全一稳定”、其他·事项，12.5（万元）")

    source = read(page)
    assert rows_of(source.grids[0]) == ROWS
    assert source.lines == ("一、“三安全一稳定”、其他·事项，12.5（万元）",)


def test_fields_of_a_form_say_what_was_typed() -> None:
    def field(canvas: Any) -> None:
        canvas.acroForm.textfield(value="61", name="f", x=290, y=HEIGHT - 118, width=40, height=16, fontSize=10, borderWidth=0)

    assert cells(field)[1] == ["规章", "12", "61"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"1 0 obj << /Type /OCG /Name (a) >>", True),
        (b"<< /Type /ObjStm /Length 9 >>\nstream\n" + zlib.compress(b"<</Type/OCG>>"), True),
        (b"<< /Type /ObjStm /Length 9 >>\nstream\n" + zlib.compress(b"<</Type/Page>>"), False),
        (b"<< /Type /ObjStm /Length 9 >>\nstream\nnothing packed", False),
    ],
)
def test_whether_a_file_has_layers(data: bytes, found: bool) -> None:  # noqa: FBT001 - what is expected
    assert has_layers(data) is found


def test_text_of_a_layer_that_is_switched_off_is_not_read() -> None:
    assert "12" in "".join(_layered(b"").lines)
    off = _layered(b"/OFF [5 0 R]")
    assert "7" not in "".join(off.lines)


def _layered(config: bytes) -> Any:
    """Four numbers, and one in a layer."""
    from govreport.readers.pdf.reader import PdfReader
    from govreport.source import Limits

    content = b"BT /F 12 Tf 50 700 Td (12 13 14 15) Tj ET /OC /L BDC BT /F 12 Tf 200 700 Td (7) Tj ET EMC"
    used = b"<< /Font << /F 6 0 R >> /Properties << /L 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << %b >> >> >>" % config,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %b >>" % used,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /OCG /Name (draft) >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, said) for number, said in enumerate(objects, 1))
    return PdfReader().read(b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF", Limits())


def picture(canvas: Any, x: float, y: float, width: float, height: float) -> None:
    """A picture, with its top left corner there."""
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(DOT)), x, HEIGHT - y - height, width, height)


def test_a_picture_where_a_table_should_be_is_a_line() -> None:
    """Also alone on its page; one with text over it is a background."""

    def page(canvas: Any) -> None:
        picture(canvas, 40, 20, 520, 44)
        text(canvas, 60, 40, "二、主动公开政府信息情况")
        picture(canvas, 60, 90, 400, 200)
        text(canvas, 60, 310, "三、收到和处理政府信息公开申请情况")
        picture(canvas, 60, 330, 20, 20)

    def last(canvas: Any) -> None:
        picture(canvas, 0, 0, 600, 800)

    assert read(page, last).lines == ("二、主动公开政府信息情况", UNKNOWN, "三、收到和处理政府信息公开申请情况", UNKNOWN)


def test_a_picture_in_a_table_is_no_line() -> None:
    def page(canvas: Any) -> None:
        picture(canvas, XS[0], YS[0], XS[-1] - XS[0], YS[-1] - YS[0])
        table(canvas, XS, YS, grid_of(ROWS))

    assert not read(page).lines
