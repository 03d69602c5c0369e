"""Web pages: tables with their geometry, text around them in order, charsets, metadata, and what must not break them."""

from __future__ import annotations

import time

import pytest
from attrs import evolve

from govreport.errors import SourceError
from govreport.readers.flat import root_tag
from govreport.readers.web.html import HtmlReader
from govreport.readers.web.page import begins_as_page
from govreport.source import Limits, Source

READER = HtmlReader()


def read(page: str | bytes, limits: Limits | None = None) -> Source:
    """The page, which is UTF-8 unless it comes as bytes."""
    return READER.read(page.encode() if isinstance(page, str) else page, limits or Limits())


def texts(page: str) -> list[list[str]]:
    """The texts of every grid, in reading order."""
    return [[cell.text for cell in grid.cells] for grid in read(page).grids]


def geometry(page: str) -> list[tuple[str, int, int, int, int]]:
    """The only grid: text, row, column, rowspan, colspan."""
    (grid,) = read(page).grids
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


def test_spans_hold_their_columns_free() -> None:
    """A cell under a rowspan starts right of it; colspans count the columns they cover."""
    page = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>"
    assert geometry(page) == [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]


def test_absurd_spans_are_cut_to_the_table() -> None:
    """colspan=100000000 and rowspan=0 cover what there is."""
    page = "<table><tr><td colspan=100000000>头<tr><td rowspan=0>甲<td>1<tr><td>2</table>"
    assert geometry(page) == [("头", 0, 0, 1, 2), ("甲", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("2", 2, 1, 1, 1)]


@pytest.mark.parametrize("value", ["", "x", "-3", "0", "1.5", "٣", "９"])
def test_senseless_spans_count_as_one(value: str) -> None:
    """An attribute that is no number leaves the cell as it is."""
    page = f'<table><tr><td colspan="{value}">甲<td>1<tr><td>乙<td>2</table>'
    assert [cell[1:] for cell in geometry(page)] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_no_span_reaches_over_its_group() -> None:
    """A header's rowspan ends with the thead, as in a browser."""
    page = "<table><thead><tr><th rowspan=9>甲<th>乙</thead><tbody><tr><td>1<td>2</table>"
    assert geometry(page)[0] == ("甲", 0, 0, 1, 1)
    assert geometry(page)[2] == ("1", 1, 0, 1, 1)


def test_text_inside_a_cell() -> None:
    """Breaks and paragraphs are line feeds, runs join, white space collapses, nbsp stays."""
    page = (
        "<table><tr><td>本年新<br>制作数量<td><p>甲</p>\n <p>乙</p><td>&nbsp;"
        "<td> <p>\n <span>1</span><span lang=EN-US>2<o:p></o:p></span> </p><td>a \n b<td></table>"
    )
    assert texts(page) == [["本年新\n制作数量", "甲\n乙", "\xa0", "12", "a b", ""]]


def test_lines_and_grids_keep_their_order() -> None:
    """`at` is the index of the line before which the table stands."""
    table = "<table><tr><td>甲<td>1</table>"
    source = read(f"<h2>一</h2>导语<b>粗</b><ul><li>子<li>丑</ul>{table}<div>后</div>{table}")
    assert source.lines == ("一", "导语粗", "子", "丑", "后")
    assert [(grid.at, grid.number) for grid in source.grids] == [(4, 1), (5, 2)]


def test_what_no_browser_shows_is_left_out() -> None:
    """Scripts, styles, templates, comments, Word's settings, and the pinyin over a character."""
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><!-- c --><script>'<table>'</script>"
        "<xml><w:Zoom>0</w:Zoom></xml><template><p>t</p></template><p>公<ruby>开<rt>kai</rt></ruby></p>"
    )
    assert read(page).lines == ("公开",)


def test_preformatted_text_keeps_its_columns() -> None:
    """In `pre`, spaces and line feeds are geometry."""
    source = read("<p>前</p>\n<pre>规章   1\n  许可\t2\n</pre>后")
    assert source.lines == ("前", "规章   1", "  许可\t2", "后")
    assert [place.line for place in source.places or ()] == [1, 2, 3, 4]


def test_a_table_within_preformatted_text_is_a_table() -> None:
    """And what stands around it keeps its columns."""
    source = read("<pre>规章   1\n<div><table><tr><td>甲  乙<td>1<td>2</table></div>许可   2</pre>")
    assert source.lines == ("规章   1", "许可   2")
    assert [list(grid.cells.texts) for grid in source.grids] == [["甲 乙", "1", "2"]]


def test_marks_in_the_page_are_dropped() -> None:
    """The noncharacters of which the reader makes its marks, as they are and as references."""
    page = "<p>甲\ufdd3乙&#xFDD2;丙&#64983;</p><table><tr><td>\ufdd7规章<td>1\ufdd9&#xfddd;0</table>"
    assert read(page).lines == ("甲乙丙",)
    assert texts(page) == [["规章", "10"]]


def test_what_follows_the_end_of_the_page_is_read() -> None:
    """Broken pages go on after it."""
    source = read("<html><body><p>甲</body></html>\n<p>乙<table><tr><td>规章<td>1</table>")
    assert source.lines == ("甲", "乙")
    assert source.grids[0].cells[0].line == 2


def test_layout_tables_are_text() -> None:
    """A table that arranges navigation and article is no grid; the data table in it is."""
    page = (
        "<table><tr><td>首页<br>年报<td><h1>题</h1><p>导语</p>"
        "<table><tr><td>规章<td>1<tr><td>许可<td>2</table><p>结语</p></table>"
    )
    source = read(page)
    assert source.lines == ("首页", "年报", "题", "导语", "结语")
    assert texts(page) == [["规章", "1", "许可", "2"]]
    assert source.grids[0].at == 4


def test_a_table_around_one_article_is_text() -> None:
    """Without any table inside, the one cell that holds most of the text decides."""
    paragraphs = "".join(f"<p>第{n}段，说明情况。</p>" for n in range(6))
    page = f"<table><tr><td>来源<td>{paragraphs}<td>打印</table>"
    assert not read(page).grids
    assert len(read(page).lines) == 8


def test_a_stray_table_in_a_cell_loses_nothing() -> None:
    """The data table stays whole, the small one is text of its cell."""
    rows = "<tr><td>规章<td>1<td>2" * 4
    page = f"<table>{rows}<tr><td>许可<td><table><tr><td>7<td>8</table><td>9</table>"
    assert texts(page) == [["规章", "1", "2"] * 4 + ["许可", "7\n8", "9"]]


def test_cells_wrapped_in_tables_of_their_own() -> None:
    """A table of one cell is no table."""
    page = "<table>" + "".join(
        "<tr>" + "".join(f"<td><table><tr><td>{text}</table>" for text in row) for row in (("规章", "1"), ("许可", "2"))
    )
    assert texts(page) == [["规章", "1", "许可", "2"]]


def test_tables_of_divs_are_lines() -> None:
    """One cell a line, in order; an nbsp cell stays."""
    assert read("<div><div>规章</div><div>1</div><div>&nbsp;</div></div>").lines == ("规章", "1", "\xa0")


def test_malformed_rows_keep_their_cells() -> None:
    """Cells without rows, forms between rows, text that lost its cell."""
    page = (
        "<table><td>甲</td><td>1</td><form><tr><td>乙</td><td>2</td></tr></form>"
        "<tr><form><td>丙</td><td>3</td></form></tr>流浪<caption>题</caption></table>"
    )
    assert texts(page) == [["甲", "1", "乙", "2", "丙", "3"]]
    assert read(page).lines == ("流浪", "题")


def test_places_are_lines_of_the_source() -> None:
    """For text where it starts, for a cell where its tag stands."""
    source = read("<p>甲</p>\n<div>\n  乙<br>丙</div>\n<table>\n<tr><td>规章\n<td>1</table>")
    assert [place.line for place in source.places or ()] == [1, 3, 3]
    assert [cell.line for cell in source.grids[0].cells] == [5, 6]
    assert source.grids[0].place(source.grids[0].cells[1]).line == 6


def test_lines_beyond_what_the_parser_counts() -> None:
    """A cell past line 65,535 has no line rather than a wrong one."""
    source = read("<html>" + "\n" * 70_000 + "<table><tr><td>规章<td>1</table>")
    assert [cell.line for cell in source.grids[0].cells] == [None, None]


PROSE = "本机关依法公开政府信息，现将有关情况报告如下，全年没有发生行政复议。"


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8", ""),
        ("utf-8-sig", "gbk"),
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "big5"),
        ("gb18030", ""),
        ("utf-16", "gb2312"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", ""),
    ],
)
def test_charset_is_what_reads(codec: str, declared: str) -> None:
    """Whatever the page declares, the text decides."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = f"<html><head>{meta}</head><body><p>{PROSE}</p></body></html>".encode(codec)
    assert read(data).lines == (PROSE,)
    claim = READER.claim(data, None)
    assert claim is not None
    assert claim.confidence > 0.98


@pytest.mark.parametrize("declared", ["big5", "gb2312", "utf-8"])
def test_big5(declared: str) -> None:
    """Traditional pages in Big5, also where they declare another charset."""
    prose = "本機關依法公開政府資訊，現將有關情況報告如下，全年沒有發生行政複議。"
    data = f"<html><meta charset={declared}><p>{prose}</p></html>".encode("big5")
    assert read(data).lines == (prose,)


def test_a_broken_character_costs_only_itself() -> None:
    """UTF-8 with one byte lost is still UTF-8."""
    data = f"<html><p>{PROSE}</p>".encode() + b"\xe4\xb8" + f"<p>{PROSE}</p>".encode()
    assert read(data).lines[0] == PROSE
    assert read(data).encoding == "utf-8"


def test_metadata_of_the_page() -> None:
    """Names of content systems in any case; the site's name is not the publisher."""
    page = (
        '<html><head><META NAME="articletitle" CONTENT=" 某县年度报告 "><meta name="PubDate" content="2023-01-20 08:00">'
        '<meta name="ContentSource" content="某县信访局"><meta name="SiteName" content="某县政府网">'
        '<meta property="og:title" content="别的"><title>某县年度报告_某县\n政府网</title></head>'
    )
    assert read(page).metadata == {
        "title": "某县年度报告",
        "published": "2023-01-20 08:00",
        "publisher": "某县信访局",
        "page_title": "某县年度报告_某县 政府网",
    }


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>x",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html xmlns="x"><p>x',
        "\ufeff <!-- saved --> <HTML><p>x",
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><p>x',
        "<h1>题</h1>\n<html><body><div><p>甲</p></div></body></html>",
        "<div>\n<p>甲</p>\n<p>乙</p>\n</div>",
        "<table><tr><td>甲</td><td>1</td></tr></table>",
    ],
)
def test_pages_and_fragments_are_claimed(page: str) -> None:
    """By their tags, whatever the file is called."""
    claim = READER.claim(page.encode(), "report.doc")
    assert claim is not None
    assert claim.confidence > 0.5
    assert claim.reasons


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "一、总体情况\n网页里的 <table 标签不在此列。\n<p> 是段落。\n二、主动公开".encode(),
        "# 题\n\n正文一\n\n正文二\n\n<table><tr><td>甲</td></tr></table>\n\n正文三\n".encode(),
        "<div>\n\n<div>\n\n一、总体\n\n</div>\n\n| 甲 | 乙 |\n|:--:|---|\n|    | 1 |\n\n</div>\n".encode(),
        b'{"html": "<p>x</p>"}',
        b"%PDF-1.7 <html>",
        b"PK\x03\x04<html>",
        b"{\\rtf1 <html>}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1<html><p></p>",
    ],
)
def test_other_things_are_not(data: bytes) -> None:
    """Text that names a tag, Markdown with a table in it, other containers."""
    assert READER.claim(data, "report.html") is None


@pytest.mark.parametrize(
    "page",
    [
        "",
        " \n",
        "<!-- x -->",
        "<",
        "<td",
        "<html><table><tr><td>1<td",
        "<p>a\0b\0\0c",
        "<![CDATA[x]]>&nosuch;&#0;&#x110000;",
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]><p>&b;</p>',
    ],
)
def test_damage_is_read_as_far_as_it_goes(page: str) -> None:
    """No page makes the parser's own error come out, and no entity is expanded."""
    assert "\0" not in "".join(read(page).lines)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html>" + "<div>" * 100_000, "deep"),
        ("<html>" + "<table><tr><td>" * 100_000, "deep"),
        ("<html>" + "<div>" * 220 + "x", "deep"),
        ("<html><p>" + "a" * 20_000_000, "10 MB"),
        ("<html>" + "<br>" * 1_100_000, "tags"),
        ("<html><p " + " ".join(f"a{n}" for n in range(90_000)), "attributes"),
        ("<html><p " + " ".join(f'a{n}=">"' for n in range(60_000)), "attributes"),
        ("<html><table>" + "<tr><td>1<td>2" * 150_000, "cells"),
        ("<html><table>" + "<tr>" + "<td rowspan=1000 colspan=1000>1" * 5_000, "merged"),
    ],
)
def test_pages_beyond_the_limits_are_refused(page: str, words: str) -> None:
    """In bounded time, with an error that says what was too much."""
    start = time.monotonic()
    with pytest.raises(SourceError, match=words):
        read(page)
    assert time.monotonic() - start < 30


def test_limits_are_the_callers() -> None:
    """Bytes and cells are counted against the limits given."""
    page = "<html><table><tr><td>1<td>2<td>3</table>"
    with pytest.raises(SourceError, match="bytes"):
        read(page, evolve(Limits(), bytes=10))
    with pytest.raises(SourceError, match="cells"):
        read(page, evolve(Limits(), cells=2))
    with pytest.raises(SourceError, match="deep"):
        read(page, evolve(Limits(), depth=3))


def test_rows_and_cells_of_tei() -> None:
    """As text extractors write them: the same tables under other names."""
    page = (
        '<doc fingerprint="x">\n <main>\n  <table>\n   <row>\n    <cell>规章</cell>\n    <cell><p>1</p></cell>\n   </row>\n'
        "   <row>\n    <cell>许可</cell>\n    <cell/>\n   </row>\n  </table>\n </main>\n</doc>"
    )
    assert READER.claim(page.encode(), None) is not None
    assert geometry(page) == [("规章", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("许可", 1, 0, 1, 1), ("", 1, 1, 1, 1)]


def test_text_behind_an_empty_cell_is_not_in_it() -> None:
    page = "<table><tr><td>规章</td><td>3</td><td></td></tr>\n\n4\n\n<tr><td>许可</td><td>5</td><td>6</td></tr></table>"
    source = read(page.encode())
    assert [cell.text for cell in source.grids[0].cells] == ["规章", "3", "", "许可", "5", "6"]
    assert "4" in source.lines


def test_many_comments_before_and_between_the_text_cost_little() -> None:
    """Editors write one around each paragraph: none is tried twice."""
    page = "".join(f"<!-- p {i} -->\n<p>第{i}段</p>\n<!-- /p {i} -->\n" for i in range(300)).encode()
    start = time.process_time()
    assert root_tag(page) is None
    assert not begins_as_page(page)
    assert time.process_time() - start < 1
