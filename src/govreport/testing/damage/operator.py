"""What a damage operator is."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve, frozen

from govreport.testing.document import Document

__all__ = ["Damage", "named"]

Operation = Callable[[random.Random, Document], Document]


@frozen
class Damage:
    """An everyday fault: a name, and a function that does it to a document."""

    name: str
    operation: Operation

    def __call__(self, rng: random.Random, document: Document) -> Document:
        """The damaged document, its `applied` longer by this name, or the same document where there was nothing to damage."""
        damaged = self.operation(rng, document)
        if evolve(damaged, applied=document.applied) == document:
            return document
        return evolve(damaged, applied=(*document.applied, self.name))

    def __repr__(self) -> str:
        return self.name


def named(*operations: Operation) -> tuple[Damage, ...]:
    """Operators named after their functions."""
    return tuple(Damage(operation.__name__, operation) for operation in operations)
