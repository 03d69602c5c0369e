"""OFD files: which parts are the pages, in order; their tables are put together as those of a PDF are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.errors import SourceError
from govreport.model import Claim
from govreport.readers.bounds import check_size
from govreport.readers.ofd.page import Box, Budget, Drawn, box_of, drawn, page_of
from govreport.readers.ooxml import Package, member_names
from govreport.readers.pages.page import Page
from govreport.readers.pages.written import written
from govreport.source import Limits, Source

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["OfdReader"]

_ENTRY = "OFD.xml"
_A4: Box = (0.0, 0.0, 210.0, 297.0)  # millimetres


class OfdReader:
    """Reads OFD files that hold text; needs lxml (extra `docx`)."""

    name = "ofd"

    def claim(self, data: bytes, name: str | None) -> Claim | None:  # noqa: ARG002 - the content decides
        """A zip with the part in which such a document begins."""
        return Claim(self.name, 1.0, (f"a zip package with {_ENTRY}",)) if _ENTRY in member_names(data) else None

    def read(self, data: bytes, limits: Limits) -> Source:
        """Tables that go on over a page break are one grid; its page is the first one."""
        check_size(data, limits, self.name)
        return written(_pages(Package(data, limits, kind=self.name, extra="docx")), self.name, limits)


def _pages(package: Package) -> Iterator[Page]:
    main = _located(package, "", package.xml(_ENTRY).findtext("{*}DocBody/{*}DocRoot") or "")
    root = package.xml(main)
    found = [page.get("BaseLoc", "") for page in root.iterfind("{*}Pages/{*}Page")]
    if len(found) > package.limits.pages:
        raise SourceError(
            "the {container} file has {count:,} pages, more than {most:,}; raise Limits.pages if that is right",
            container="ofd",
            limit="pages",
            count=len(found),
            most=package.limits.pages,
        )
    usual = _area(root.find("{*}CommonData/{*}PageArea"), _A4)
    templates = {t.get("ID"): t.get("BaseLoc", "") for t in root.iterfind("{*}CommonData/{*}TemplatePage")}
    budget = Budget(package.limits)
    known: dict[str, Drawn] = {}
    for number, location in enumerate(found, 1):
        page = package.xml(_located(package, main, location))
        shown = [drawn(page, budget)]
        for template in page.iterfind("{*}Template"):
            behind = templates.get(template.get("TemplateID"))
            if behind is not None:
                if behind not in known:
                    known[behind] = drawn(package.xml(_located(package, main, behind)), budget)
                budget.spend(len(known[behind].chars))
                shown.append(known[behind])
        yield page_of(number, _area(page.find("{*}Area"), usual), shown)


def _located(package: Package, part: str, location: str) -> str:
    """The part that another one names: from the root with a slash in front, else from where it stands itself."""
    found = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), location.strip())).lstrip("/")
    if found not in package.names:
        raise SourceError("the {container} file has no main part", container="ofd", part=found)
    return found


def _area(node: etree._Element | None, default: Box) -> Box:
    text = None if node is None else node.findtext("{*}PhysicalBox")
    return (box_of(text) if text else None) or default
