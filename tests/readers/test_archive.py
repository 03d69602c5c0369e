"""Zip archives with one report inside."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping

import pytest

from govreport.errors import SourceError
from govreport.hookspecs import Reader
from govreport.readers.archive import ArchiveReader
from govreport.readers.web.html import HtmlReader
from govreport.readers.web.markdown import MarkdownReader
from govreport.source import Limits, Source

PAGE = "<html><body><p>某县年度报告</p><table><tr><td>规章<td>1</table></body></html>".encode()


def readers() -> tuple[Reader, ...]:
    """Those that these archives need."""
    return HtmlReader(), MarkdownReader()


READER = ArchiveReader(readers)
READER_OF_ALL = ArchiveReader()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(files: Mapping[str, bytes], limits: Limits | None = None) -> Source:
    """What the archive reader makes of them."""
    return READER.read(packed(files), limits or Limits())


def test_the_one_document_is_read_as_what_it_is() -> None:
    """Whatever lies beside it, and whatever it is called."""
    source = read({"年报/报告.doc": PAGE, "年报/报告_files/a.css": b"p{}", "__MACOSX/._报告.doc": PAGE, "logo.png": b"\x89PNG"})
    assert source.container == "html"
    assert source.lines == ("某县年度报告",)
    assert source.metadata["member"] == "年报/报告.doc"


def test_several_documents_are_named() -> None:
    """The user is told which, so that one can be chosen."""
    with pytest.raises(SourceError, match=r"2 documents \(甲\.html, 乙\.html\)"):
        read({"甲.html": PAGE, "乙.html": PAGE})


@pytest.mark.parametrize("files", [{}, {"a.png": b"x"}, {"a.bin": b"\0\1\2"}])
def test_nothing_to_read(files: Mapping[str, bytes]) -> None:
    with pytest.raises(SourceError, match="no document"):
        read(files)


def test_archives_in_archives() -> None:
    """As mail systems and download buttons make them; not without end."""
    inner = {"内.zip": packed({"甲.html": PAGE})}
    assert read(inner).metadata["member"] == "内.zip/甲.html"
    with pytest.raises(SourceError, match=r"2 documents \(内\.zip/甲\.html, 乙\.html\)"):
        read({**inner, "乙.html": PAGE})
    with pytest.raises(SourceError, match="in an archive in an archive"):
        read({"a.zip": packed({"b.zip": packed({"c.zip": packed({"d.zip": packed({"e.html": PAGE})})})})})


def test_bombs_in_bombs_share_one_limit() -> None:
    bomb = packed({"a.html": b"<html>" + b" " * 600_000})
    with pytest.raises(SourceError, match="unpacks to more"):
        read({"a.zip": bomb, "b.zip": bomb}, Limits(bytes=1_000_000))


def test_a_gzipped_page() -> None:
    data = gzip.compress(PAGE)
    claim = READER.claim(data, None)
    assert claim is not None
    assert claim.confidence == 1.0
    assert READER.read(data, Limits()).lines == ("某县年度报告",)
    with pytest.raises(SourceError, match="unpacks to more"):
        READER.read(gzip.compress(b" " * 5_000_000), Limits(bytes=1_000_000))
    with pytest.raises(SourceError, match="damaged"):
        READER.read(data[:12] + b"\xff" * 40, Limits())


def test_a_short_text_beside_the_document_is_a_note() -> None:
    """A long one may be the report itself."""
    assert READER_OF_ALL.read(packed({"甲.html": PAGE, "说明.txt": "请解压后阅读".encode()}), Limits()).container == "html"
    with pytest.raises(SourceError, match="2 documents"):
        READER_OF_ALL.read(packed({"甲.html": PAGE, "乙.txt": "年度报告".encode() * 100}), Limits())


def test_what_is_known_to_be_unreadable_is_no_document() -> None:
    assert READER_OF_ALL.read(packed({"甲.html": PAGE, "扫描": b"\x89PNG\r\n\x1a\n"}), Limits()).container == "html"


def test_names_in_gbk() -> None:
    """As Chinese Windows writes them."""
    data = packed({"XXXX.html": PAGE, "YYYY.html": PAGE}).replace(b"XXXX", "年报".encode("gbk"))
    with pytest.raises(SourceError, match="年报"):
        READER.read(data, Limits())


def test_a_bomb_is_stopped() -> None:
    """What unpacks beyond the limit is refused, whatever the directory says."""
    with pytest.raises(SourceError, match="unpacks to more"):
        read({"a.html": b"<html>" + b" " * 5_000_000}, Limits(bytes=1_000_000))


def test_an_encrypted_member() -> None:
    """Needs its owner."""
    data = bytearray(packed({"a.html": PAGE}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="encrypted"):
        READER.read(bytes(data), Limits())


@pytest.mark.parametrize("cut", [5, 40, 120])
def test_a_damaged_archive(cut: int) -> None:
    """An error of ours, not of zipfile."""
    data = packed({"a.html": PAGE * 50})
    with pytest.raises(SourceError, match="damaged"):
        READER.read(data[:cut], Limits())
    claim = READER.claim(data[:cut], None)
    assert claim is not None
    assert claim.confidence < 0.5


def test_flipped_bytes_never_show_another_error() -> None:
    """Every byte of a small archive, one at a time."""
    data = packed({"a.html": PAGE})
    for index in range(len(data)):
        broken = bytearray(data)
        broken[index] ^= 0xFF
        try:
            READER.read(bytes(broken), Limits())
        except SourceError:
            continue


def test_claims() -> None:
    """Zips, save those that are Office documents."""
    claim = READER.claim(packed({"a.html": PAGE}), None)
    assert claim is not None
    assert claim.confidence == 1.0
    assert READER.claim(packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.zip") is None
    assert READER.claim(packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), None) is None
    assert READER.claim(PAGE, "a.zip") is None


def test_too_many_files_in_all() -> None:
    """However they are spread over archives."""
    inner = packed({f"{number}.html": b"<p>" for number in range(4_000)})
    with pytest.raises(SourceError, match="more than 10,000 files"):
        read({f"{number}.zip": inner for number in range(3)})
