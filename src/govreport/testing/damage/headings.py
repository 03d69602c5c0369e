"""Damage to headings: wording, numbering, glued to paragraphs, listed in a sentence, lost with or without their section."""

from __future__ import annotations

import random

from attrs import evolve

from govreport.testing.build import Part
from govreport.testing.damage.operator import named
from govreport.testing.document import Document

__all__ = ["OPERATORS"]

_ARABIC = {numeral: str(i) for i, numeral in enumerate("一二三四五六七", 1)}
_STYLES = (
    "{a}、{t}",
    "{a}. {t}",
    "{a}．{t}",
    "{n}．{t}",
    "{n}. {t}",
    "（{n}）{t}",
    "{n} {t}",
    "{n}、 {t}",
    "第{n}部分 {t}",
    "## {n}、{t}",
    "**{n}、{t}**",
)


def _titled(document: Document, part: Part) -> tuple[str, str]:
    """The wording of a heading, and what follows it in its part."""
    official = next((heading for number, heading, *_ in document.form.sections if number == part.number), "")
    body = part.text.rstrip("\n")
    return (body.split("、", 1)[1] if body.startswith(f"{part.number}、") else body) or official, part.text[len(body) :]


def _each(document: Document, change: dict[int, str]) -> Document:
    return document.with_texts(change.get(i, part.text) for i, part in enumerate(document.parts))


def _headings(document: Document) -> list[tuple[int, Part]]:
    return [(i, part) for i, part in enumerate(document.parts) if part.kind == "heading"]


def heading_variants(rng: random.Random, document: Document) -> Document:
    """Headings in other wordings that are in use."""
    wordings = {number: aliases for number, _, aliases, *_ in document.form.sections if aliases}
    change = {}
    for index, part in _headings(document):
        old, end = _titled(document, part)
        if part.number in wordings:
            change[index] = part.text.removesuffix(old + end) + rng.choice(wordings[part.number]) + end
    return _each(document, change)


def heading_numbering(rng: random.Random, document: Document) -> Document:
    """All headings numbered in another style."""
    style = rng.choice(_STYLES)
    change = {}
    for index, part in _headings(document):
        wording, end = _titled(document, part)
        change[index] = style.format(n=part.number, a=_ARABIC[part.number], t=wording) + end
    return _each(document, change)


def heading_numbers_lost(_: random.Random, document: Document) -> Document:
    """Headings without numerals."""
    return _each(document, {i: "".join(_titled(document, part)) for i, part in _headings(document)})


def second_first_heading(_: random.Random, document: Document) -> Document:
    """The second heading numbered 一 again, and so on with all that follow."""
    change = {}
    for index, part in _headings(document)[1:]:
        wording, end = _titled(document, part)
        change[index] = f"{'一二三四五六七'[int(_ARABIC[part.number]) - 2]}、{wording}{end}"
    return _each(document, change)


def headings_glued(_: random.Random, document: Document) -> Document:
    """Each heading at the end of the paragraph before it, where that is prose."""
    pairs = [(i, part) for i, part in _headings(document) if i and document.parts[i - 1].kind == "prose"]
    return _each(document, {i - 1: document.parts[i - 1].text.rstrip("\n") for i, _ in pairs})


def heading_lost(rng: random.Random, document: Document) -> Document:
    """One heading gone; what stood under it stays."""
    headings = _headings(document)
    if not headings:
        return document
    gone = rng.choice(headings)[0]
    return evolve(document, parts=(*document.parts[:gone], *document.parts[gone + 1 :]))


def headings_in_prose(_: random.Random, document: Document) -> Document:
    """A sentence that lists all six headings, before the first of them."""
    names = "、".join(heading for _, heading, *_ in document.form.sections)
    return _before_first(document, f"本报告由{names}等六部分组成。\n\n")


def headings_listed(_: random.Random, document: Document) -> Document:
    """A table of contents: the six headings with their numerals, a line each."""
    lines = "\n".join(f"{number}、{heading}" for number, heading, *_ in document.form.sections)
    return _before_first(document, f"目录\n{lines}\n\n")


def _before_first(document: Document, text: str) -> Document:
    first = next((i for i, _ in _headings(document)), len(document.parts))
    return evolve(document, parts=(*document.parts[:first], Part("noise", "", text), *document.parts[first:]))


def section_lost(rng: random.Random, document: Document) -> Document:
    """One section gone with all that stands in it."""
    numbers = sorted({part.number for _, part in _headings(document)} - {"一"})
    if not numbers:
        return document
    gone = rng.choice(numbers)
    kept = tuple(part for part in document.parts if part.number != gone)
    lost = [c.key for table in document.form.tables if table.section == gone for c in table.cells]
    return evolve(document, parts=kept).without(lost, truth=True)


def extra_section(_: random.Random, document: Document) -> Document:
    """A seventh section."""
    return evolve(
        document,
        parts=(*document.parts, Part("heading", "七", "七、附件\n\n"), Part("prose", "七", "统计口径说明见门户网站。\n")),
    )


OPERATORS = named(
    heading_variants,
    heading_numbering,
    heading_numbers_lost,
    second_first_heading,
    headings_glued,
    heading_lost,
    headings_in_prose,
    headings_listed,
    section_lost,
    extra_section,
)
