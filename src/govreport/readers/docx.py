"""Word documents (.docx, .docm, and those that are one XML file)."""

from __future__ import annotations

from govreport.model import Claim
from govreport.readers.ooxml import member_names
from govreport.readers.wordml import read_docx
from govreport.readers.wordxml import is_word_xml, repacked
from govreport.source import Limits, Source

__all__ = ["DocxReader"]


class DocxReader:
    """Reads .docx, .docm and Word's XML files; needs lxml (extra `docx`)."""

    name = "docx"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A zip that holds the parts of a Word document, or XML that names itself one."""
        if is_word_xml(data):
            return Claim(self.name, 1.0, ("XML that names itself a Word document",))
        members = member_names(data)
        if "word/document.xml" in members:
            return Claim(self.name, 1.0, ("a zip package with word/document.xml",))
        if any(member.startswith("word/") for member in members):
            return Claim(self.name, 0.9, ("a zip package with a folder word/",))
        return None

    def read(self, data: bytes, limits: Limits) -> Source:
        """The body in document order; headers and footers are left out, notes follow at the end."""
        return read_docx(repacked(data, limits) if is_word_xml(data) else data, limits)
