"""Pages whose article is a string in a script, which writes it when the page is opened."""

from __future__ import annotations

import json

import pytest

from govreport.readers.page import read_page
from govreport.source import Limits, Source

ROWS = "".join(f"<tr><td>第{number}行</td><td>{number}</td></tr>" for number in range(12))
ARTICLE = f"<p>总体情况</p><table>{ROWS}</table>" + "<p></p>" * 60


def read(script: str, body: str = '<div id="app"></div>') -> Source:
    return read_page(
        f"<!DOCTYPE html><html><head><title>甲</title></head><body>{body}{script}</body></html>".encode(), Limits()
    )


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("start", ["<script>window.__STATE__ = ", '<script type="application/json">'])
def test_the_article_is_read(start: str, *, ascii_only: bool) -> None:
    state = json.dumps({"list": ["<td>" * 30], "article": {"title": "乙", "content": ARTICLE}}, ensure_ascii=ascii_only)
    source = read(f"{start}{state};</script>")
    assert source.lines == ("总体情况",)
    assert len(source.grids[0].cells) == 24
    assert source.metadata["page_title"] == "甲"


@pytest.mark.parametrize(
    ("script", "body"),
    [
        (f"<script>x = {json.dumps(ARTICLE)}</script>", "<p>" + "正文。" * 2_000 + "</p>"),
        (f"<script>x = {json.dumps(ARTICLE)}</script>", "<table><tr><td>1<td>2<tr><td>3<td>4</table>"),
        (f"<script>x = {json.dumps('<p>无表</p>' * 100)}</script>", "<p>文</p>"),
        (f"<script>x = {json.dumps(ARTICLE)}".replace("</p>", "<\\x2fp>") + "</script>", "<p>文</p>"),
        (f"<script>x = {json.dumps(ARTICLE)}", "<p>文</p>"),
    ],
)
def test_a_page_that_shows_something_is_left_alone(script: str, body: str) -> None:
    """Nor is anything taken that is no article with a table, or not whole."""
    assert "总体情况" not in read(script, body).lines
