"""What was put on a page after it was made: fields that were filled in, notes typed over it, lines drawn through it.

They stand beside the content of a page and look as if they were part of it. So they are made part of it before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_void_p
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["page_of", "prepare"]

_FLAT_FOR_READING = 0


def prepare(document: pypdfium2.PdfDocument) -> None:
    """Let the fields of a form be drawn, also those whose looks are left to whoever opens it."""
    from pypdfium2 import raw  # noqa: PLC0415 - an optional dependency, loaded by the reader before

    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()


def page_of(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """A page with what was typed and drawn on it."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    page = document[index]
    if not any(_is_shown(raw, kind) for kind in _kinds(raw, page.raw)):
        return page
    raw.FPDFPage_Flatten(page.raw, _FLAT_FOR_READING)
    page.close()
    return document[index]


def _kinds(raw: ModuleType, page: c_void_p) -> Iterator[int]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        yield raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _is_shown(raw: ModuleType, kind: int) -> bool:
    return kind not in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}
