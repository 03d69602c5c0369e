"""Digits of notes and what is struck out in a page do not run together with the number beside them."""

from __future__ import annotations

import pytest

from govreport.readers.web.page import read_page
from govreport.source import Limits


def cell(inner: str) -> str:
    page = f"<html><table><tr><td>甲<td>乙</tr><tr><td>{inner}<td>3</tr></table></html>"
    (grid,) = read_page(page.encode(), Limits()).grids
    return grid.cells[2].text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("12<sup>1</sup>", "12¹"),
        ("12<sup><a href='#n'>[1]</a></sup>件", "12[1]件"),
        ("12<sub>1</sub>", "12₁"),
        ("<s>9</s>12", "9\u033612"),
        ("<strike><b>9</b>8</strike>12", "9\u03368\u033612"),
        ("<del>9</del>12", "9\u033612"),
        ("<s><s>9</s></s>12", "9\u033612"),
        ("<s>12</s>", "1\u03362\u0336"),
        ('12<span style="vertical-align: super">1</span>', "12¹"),
        ('12<span style="vertical-align:sub">1</span>', "12₁"),
        ('<span style="text-decoration: line-through">9</span>12', "9\u033612"),
        ('12<span style="color:#fff">1</span>', "12 1"),
        ('12<span style="Background-Color: white; color: #333">1</span>', "121"),
        ('12<font color="#FFFFFF">1</font>', "12 1"),
        ("12<font color=white>1</font>", "12 1"),
        ("<font color=white>12</font>", "12"),
        ("12<span lang=EN-US><span style='color:white'>1</span></span>", "12 1"),
        ("12<span style='vertical-align:super'>1<span style='vertical-align:super'>2</span></span>", "12¹²"),
        ("<sup>12</sup>", "12"),
        ("<p><sup>12</sup></p>", "12"),
        ("<span>12</span>", "12"),
    ],
)
def test_what_is_set_apart(inner: str, text: str) -> None:
    assert cell(inner) == text
