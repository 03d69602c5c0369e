"""Electronic books: their pages in the order of the book, whatever the order of the files."""

from __future__ import annotations

import io
import zipfile

import pytest

import govreport
from govreport.errors import SourceError
from govreport.readers import builtin_readers, surest
from govreport.source import Limits, Source

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
ITEMS = '<item id="b" href="text/%E4%B8%89.xhtml"/><item id="a" href="text/a.xhtml"/>'
BOOK = f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{ITEMS}</manifest><spine>SPINE</spine></package>'
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/text/三.xhtml": "<html><body><p>三、收到</p><table><tr><td>新收</td><td>3</td></tr></table></body></html>",
    "OEBPS/text/a.xhtml": "<html><body><p>二、主动公开</p></body></html>",
}


def book(spine: str = '<itemref idref="a"/><itemref idref="lost"/><itemref idref="b"/>', **changed: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {**PARTS, "OEBPS/content.opf": BOOK.replace("SPINE", spine), **changed}.items():
            archive.writestr(name, text)
    return out.getvalue()


def read(data: bytes) -> Source:
    chosen = surest(builtin_readers(), data, None)
    assert chosen is not None
    assert chosen[0].name == "epub"
    return chosen[0].read(data, Limits())


def test_pages_stand_in_the_order_of_the_book() -> None:
    source = read(book())
    assert source.lines == ("二、主动公开", "三、收到")
    assert [cell.text for cell in source.grids[0].cells] == ["新收", "3"]


@pytest.mark.parametrize("container", ["<container/>", "<container", CONTAINER.replace("content", "lost")])
def test_a_book_that_does_not_say_its_pages_is_damaged(container: str) -> None:
    with pytest.raises(SourceError, match="damaged"):
        govreport.load(book(**{"META-INF/container.xml": container}))
