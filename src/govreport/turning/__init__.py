"""Pieces → Pieces: a table whose geometry is turned, laid as the forms are. Knows places and numbers, and no label.

Rows for columns, halves or parts below each other, several rows for one, a row for each cell, last year's values beside this
one's: whatever the container, the cells say it. Whether such a reading is a table of a form, binding decides, where it is
none as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from govreport.pieces import Pieces
from govreport.turning.banded import banded
from govreport.turning.joined import joined
from govreport.turning.pivoted import pivoted
from govreport.turning.sheets import Tables
from govreport.turning.transposed import transposed
from govreport.turning.unrolled import unrolled
from govreport.turning.yearly import of_one_year

__all__ = ["turned"]


def turned(pieces: Pieces) -> Iterator[Pieces]:
    """The other readings of the tables among the pieces; what stands in them stands in each."""
    if pieces.aligned:
        return  # columns that are counted in half widths are no places
    tables = Tables(pieces)
    single = of_one_year(tables)
    if single is not None:
        yield single
        tables = Tables(single)
    wide = tables.laid(pivoted(tables.sheets))
    if wide is not None:
        yield wide
    for base in (tables,) if wide is None else (Tables(wide), tables):
        yield from filter(None, (base.laid(turn(base.sheets)) for turn in (transposed, joined, unrolled, banded)))
    for base in (tables,) if wide is None else (Tables(wide, open_=True), tables):
        if (laid := base.laid(unrolled(base.sheets, across=True))) is not None:
            yield laid
