"""What the cells of a page show: not what is hidden in them, but what their fields hold."""

from __future__ import annotations

import pytest

from govreport.readers.page import read_page
from govreport.source import Limits, Source


def read(page: str) -> Source:
    return read_page(page.encode(), Limits())


def cells(row: str, head: str = "") -> list[str]:
    (grid,) = read(f"<html>{head}<table><tr><td>甲<td>乙</tr>{row}</table></html>").grids
    return [cell.text for cell in grid.cells][2:]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">9</span>',
        '<span style="color:red; DISPLAY: none !important">9</span>',
        '<span style="visibility:hidden">9</span>',
        '<span style="font-size:0">9</span>',
        '<span style="font-size:0px;">9</span>',
        '<span style="mso-hide:all;display:none">9</span>',
        "<span hidden>9</span>",
        '<span class="a gone">9</span>',
    ],
)
def test_what_is_hidden_in_a_cell(hidden: str) -> None:
    style = "<style>p.x, .gone { display : none }</style>"
    assert cells(f"<tr><td>1{hidden}2<td>3</tr>", style) == ["12", "3"]


def test_hidden_cells_and_rows() -> None:
    assert cells('<tr><td style="display:none">9<td>1<td>2</tr><tr style="display:none"><td>8<td>7</tr>') == ["1", "2"]


@pytest.mark.parametrize("shown", ['<b style="font-size:0.8em">5</b>', '<b style="border:none">5</b>', '<b class="hid">5</b>'])
def test_what_only_looks_hidden(shown: str) -> None:
    assert cells(f"<tr><td>1{shown}<td>3</tr>", "<style>.hid{color:red}.none{}</style>") == ["15", "3"]


def test_a_hidden_tab_or_table_is_read() -> None:
    """A script may reveal it; all of a page may stand in the row of a table."""
    tab = '<div style="display:none"><p>甲</p><table><tr><td>1<td>2</tr></table></div>'
    for page in (tab, f"<table><tr><td>{tab}<tr><td>下</table>", f'<table><tr style="display:none"><td>{tab}</table>'):
        source = read(page)
        assert source.lines[0] == "甲"
        assert [cell.text for cell in source.grids[0].cells] == ["1", "2"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('<input value="12">', "12"),
        ('<INPUT type="text" value="12" readonly>件', "12件"),
        ('<input type="hidden" value="12">', ""),
        ('<input type="checkbox" value="12">', ""),
        ("<input>", ""),
        ("<textarea>12</textarea>", "12"),
        ("<select><option>11<option selected>12</select>", "12"),
        ("<select><option>11<option>12</select>", "11"),
        ("<select></select>", ""),
        ('<input value="1&#2;2">', "12"),
        ("<input value=1>&#3;", "1\x03"),
    ],
)
def test_fields_show_what_they_hold(field: str, text: str) -> None:
    assert cells(f"<tr><td>{field}<td>3</tr>") == [text, "3"]


def test_a_page_that_ends_inside_a_cell() -> None:
    """What else the cell would say, nobody knows; behind it nothing is doubtful."""
    page = "<html><table><tr><td>甲<td>乙</tr><tr><td>3<td>"
    for end in ("1", "", "1<", "<p>1</p"):
        assert "\ufffd" in read(page + end).grids[0].cells[-1].text
    for end in ("1</td>", "1</tr>", "1</t", "1</table>", "1</body>"):
        assert "\ufffd" not in read(page + end).grids[0].cells[-1].text


def test_the_tabs_at_the_end_of_preformatted_lines_stay() -> None:
    assert read("<pre>甲\t1\t\t\n乙\t\t\t</pre>").lines == ("甲\t1\t\t", "乙\t\t\t")
