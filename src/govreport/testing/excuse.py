"""The only excuse for a silent cell: the damaged text is, as it stands, a clean rendering of another report.

A reader cannot know that the numbers of a document were exchanged, if what is left is exactly what somebody else would have
written. The excuse is proved by showing that report: the one that was read, written in the same layout, is the damaged table.
"""

from __future__ import annotations

import unicodedata

from govreport.model import Report
from govreport.testing.build import Layout, make_report
from govreport.testing.matrix import Reading
from govreport.testing.regimes import Shown
from govreport.values import Kind, classify

__all__ = ["excused", "other_report"]


def other_report(reading: Reading) -> Report | None:
    """The report that the text reads as: the same issuer and year, with the cells as they were read."""
    if reading.report is None or reading.report.form is None:
        return None
    known = reading.report.vocabulary
    values: dict[str, Shown] = {
        c.key: c.raw if c.value is not None else c.raw or "" for c in reading.report.cells if c.key in known
    }
    try:
        return make_report(reading.report.form, values)
    except (KeyError, ValueError):  # cells of two forms, or a text that is no number: nobody's clean report
        return None


def excused(reading: Reading, subject: Layout) -> bool:
    """Whether every table with a silent cell is, piece by piece, the rendering of `other_report`."""
    other = other_report(reading)
    if other is None:
        return False
    sections = {verdict.label[0] for verdict in reading.judgement.silent}
    written = {table.section: subject.render(table) for table in other.tables}
    stands = {
        number: "".join(p.text for p in reading.document.parts if p.number == number and p.kind == "table")
        for number in sections
    }
    return all(number in written and _same(written[number], stands[number], subject) for number in sections)


def _same(written: str, stands: str, subject: Layout) -> bool:
    if "blanks" in subject.carries:  # where white space tells a blank it is not ours to ignore
        return [x.rstrip() for x in written.strip("\n").split("\n")] == [x.rstrip() for x in stands.strip("\n").split("\n")]
    return _values(written) == _values(stands)


def _values(text: str) -> list[str]:
    """The values in their order, each run of labels as one mark: where blanks vanish, nothing else tells two tables apart."""
    tokens = unicodedata.normalize("NFKC", text).replace("|", " ").split()
    marked = [token if classify(token) is not Kind.TEXT else "" for token in tokens]
    return [token for token, before in zip(marked, ["-", *marked], strict=False) if token or before]
