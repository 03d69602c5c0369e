"""Pages whose tables stand in a frame written inside them, or in what is shown in an element's place."""

from __future__ import annotations

import html

import pytest

from govreport.readers.web.page import read_page
from govreport.source import Limits, Source

INNER = "<p>二</p>\n<table><tr><td>甲</td><td>1</td></tr>\n<tr><td>乙</td><td>2</td></tr></table>"
FRAME = f'<iframe width="9" srcdoc="{html.escape(INNER)}"></iframe>'


def read(body: str) -> Source:
    return read_page(f"<html><body>\n<h1>上</h1>\n{body}\n<p>下</p></body></html>".encode(), Limits())


@pytest.mark.parametrize(
    "body",
    [
        FRAME,
        f'<x-report><template shadowrootmode="open">{INNER}</template></x-report>',
        f"<noscript>{INNER}</noscript><script>show()</script>",
    ],
)
def test_tables_within(body: str) -> None:
    source = read(body)
    assert source.lines == ("上", "二", "下")
    (grid,) = source.grids
    assert [cell.text for cell in grid.cells] == ["甲", "1", "乙", "2"]
    assert [cell.line for cell in grid.cells] == [4, 4, 5, 5]


def test_what_stands_in_for_the_page_is_left_out_where_the_page_has_tables() -> None:
    assert len(read(f"{INNER}<noscript>{INNER}</noscript>").grids) == 1
    assert not read(f"<template>{INNER}</template><iframe srcdoc=''></iframe><noscript>文</noscript>").grids


def test_a_frame_in_a_frame_is_not_opened() -> None:
    assert not read(f'<iframe srcdoc="{html.escape(FRAME)}"></iframe>').grids
