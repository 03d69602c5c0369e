"""XML that is no page: tables of DocBook, records with their fields, pages within feeds."""

from __future__ import annotations

import html

import pytest

from govreport.readers import builtin_readers, surest
from govreport.source import Limits, Source

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
ROWS = [("信息内容", "制发", "废止"), ("规章", "13", ""), ("规范性文件", "24", "5")]


def read(body: str) -> Source:
    data = (HEAD + body).encode()
    chosen = surest(builtin_readers(), data, None)
    assert chosen is not None
    assert chosen[0].name == "html"
    return chosen[0].read(data, Limits())


def test_entries_of_docbook_are_cells_with_their_spans() -> None:
    source = read(
        "<article><title>年度报告</title><para>主动公开</para><informaltable><tgroup cols='3'><tbody>"
        "<row><entry namest='c1' nameend='c3'><para>第一项</para></entry></row>"
        "<row><entry morerows='1'>规章</entry><entry>3</entry><entry></entry></row><row><entry>4</entry><entry>5</entry></row>"
        "</tbody></tgroup></informaltable></article>"
    )
    assert source.lines == ("年度报告", "主动公开")
    (grid,) = source.grids
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
        ("第一项", 0, 0, 1, 3),
        ("规章", 1, 0, 2, 1),
        ("3", 1, 1, 1, 1),
        ("", 1, 2, 1, 1),
        ("4", 2, 1, 1, 1),
        ("5", 2, 2, 1, 1),
    ]


@pytest.mark.parametrize("names", [("c0", "c1", "c2"), ("label", "issued", "repealed")])
def test_records_are_rows(names: tuple[str, ...]) -> None:
    """Whatever their fields are called, and also where they say nothing."""
    fields = ["".join(f"<{name}>{text}</{name}>" for name, text in zip(names, row, strict=True)) for row in ROWS]
    source = read(f"<data><heading>主动公开</heading>{''.join(f'<record>{own}</record>' for own in fields)}</data>")
    assert source.lines == ("主动公开",)
    assert [c.text for c in source.grids[0].cells] == [text for row in ROWS for text in row]


def test_elements_side_by_side_do_not_run_together() -> None:
    """Those within a sentence do."""
    source = read("<report><one>12</one><two>34</two><note>本<em1>年</em1>度</note></report>")
    assert source.lines == ("12", "34", "本年度")


def test_a_feed_holds_a_page_as_text() -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    source = read(f"<rss><item><description>{html.escape(f'<p>主动公开</p><table>{cells}</table>')}</description></item></rss>")
    assert source.lines == ("主动公开",)
    assert [c.text for c in source.grids[0].cells] == [text for row in ROWS for text in row]
