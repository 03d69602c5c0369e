"""Nothing that stands in a table section is lost: every piece has one role, and the pieces together are the section."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from govreport.model import Role, Status
from govreport.testing import dice
from govreport.testing.build import Layout
from govreport.testing.damage import BY_NAME, apply
from govreport.testing.document import Document
from govreport.testing.matrix import read, subjects
from govreport.testing.strategies import Sample, samples, seeds

MARKUP = re.compile(r"<[^<>]*>|&[a-z]+;|NaN|^[A-Z]{1,2}\d+(?::[A-Z]{1,2}\d+)?=", re.MULTILINE)
SUBJECTS = pytest.mark.parametrize("subject", subjects(), ids=lambda s: s.name)
HARMLESS = [
    BY_NAME[name]
    for name in (
        "half_width_brackets",
        "traditional",
        "with_units",
        "slash_many",
        "crlf",
        "no_blank_lines",
        "wrapped_labels",
        "row_label_lost",
        "glued_numbers",
    )
]
"""Damage after which the headings still bound the sections."""


def substance(text: str) -> Counter[str]:
    """The characters that carry meaning: letters, Chinese characters, digits."""
    return Counter(c for c in MARKUP.sub(" ", text) if c.isalnum())


@SUBJECTS
@given(sample=samples(), seed=seeds(), damage=st.sampled_from(HARMLESS))
def test_every_piece_has_one_role_and_no_character_is_lost(subject: Layout, sample: Sample, seed: int, damage: object) -> None:
    document = apply(dice(seed), Document.of(sample.report, subject), [damage])  # type: ignore[list-item]  # of HARMLESS
    note(document.text)
    found = read(document).report
    assume(found is not None)
    assert found is not None
    for table in found.tables:
        assert all(piece.role is not None for piece in table.pieces if piece.text.strip())
        stands = substance("".join(p.text for p in document.parts if p.kind == "table" and p.number == table.section))
        assert not stands - substance("".join(piece.text for piece in table.pieces)), table.name


@SUBJECTS
@given(sample=samples(), seed=seeds(), damage=st.sampled_from(HARMLESS))
def test_every_cell_that_was_read_stands_on_a_piece_of_its_own(
    subject: Layout, sample: Sample, seed: int, damage: object
) -> None:
    found = read(apply(dice(seed), Document.of(sample.report, subject), [damage])).report  # type: ignore[list-item]  # of HARMLESS
    assume(found is not None)
    assert found is not None
    for table in found.tables:
        cells = Counter((cell.raw or "").strip() for cell in table.cells if cell.status in (Status.READ, Status.INFERRED))
        pieces = Counter(piece.text.strip() for piece in table.pieces if piece.role is Role.VALUE)
        assert not cells - pieces
