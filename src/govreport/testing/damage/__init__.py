"""Everyday damage: what happens to a report between the clerk's desk and the reader's program.

    document = Document.of(report, layout)
    spoiled = apply(rng, document, [BY_NAME["page_numbers"], BY_NAME["crlf"]])
    spoiled.text, spoiled.by_label, spoiled.applied

An operator that finds nothing to damage returns the document as it is, and its name is not among `applied`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from govreport.testing.damage import (
    additions,
    cells,
    characters,
    copies,
    editors,
    figures,
    headings,
    labels,
    losses,
    numbers,
    pages,
    strays,
    structure,
)
from govreport.testing.damage.operator import Damage
from govreport.testing.document import Document

__all__ = ["BY_NAME", "OPERATORS", "Damage", "apply"]

OPERATORS: tuple[Damage, ...] = (
    *characters.OPERATORS,
    *numbers.OPERATORS,
    *figures.OPERATORS,
    *labels.OPERATORS,
    *headings.OPERATORS,
    *structure.OPERATORS,
    *copies.OPERATORS,
    *cells.OPERATORS,
    *strays.OPERATORS,
    *additions.OPERATORS,
    *losses.OPERATORS,
    *pages.OPERATORS,
    *editors.OPERATORS,
)
"""Every damage there is."""

BY_NAME = {damage.name: damage for damage in OPERATORS}


def apply(rng: random.Random, document: Document, damages: Iterable[Damage]) -> Document:
    """Do all of these damages, one after the other."""
    for damage in damages:
        document = damage(rng, document)
    return document
