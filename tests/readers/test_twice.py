"""Text that was read in a western charset and written so is put right; other text stays."""

from __future__ import annotations

from pathlib import Path

import pytest

import govreport
from govreport.readers.sniff import decode
from govreport.readers.twice import reread

SAMPLE = (Path(__file__).parents[1] / "samples/separated/full.txt").read_text("utf-8")


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
@pytest.mark.parametrize("western", ["latin-1", "cp1252"])
def test_nothing_is_lost(charset: str, western: str) -> None:
    data = SAMPLE.encode(charset)
    if western == "cp1252":
        seen = "".join(bytes([code]).decode(western) if code not in b"\x81\x8d\x8f\x90\x9d" else chr(code) for code in data)
    else:
        seen = data.decode(western)
    assert govreport.loads(seen).values() == govreport.loads(SAMPLE).values()
    assert decode(seen.encode()).text == SAMPLE


def test_a_character_that_another_program_added_stays() -> None:
    seen = SAMPLE.encode("gb18030").decode("latin-1") + "中“”"
    assert reread(seen.replace("中", "Œ").encode(), seen) is not None
    assert "“" in decode(("“" + SAMPLE.encode("gb18030").decode("latin-1")).encode()).text


@pytest.mark.parametrize("text", ["", "Tables des matières, dernière mise à jour: été 2023. " * 40, "ÄÖÜ äöü ß " * 60, SAMPLE])
def test_other_text_stays(text: str) -> None:
    assert reread(text.encode(), text) is None
