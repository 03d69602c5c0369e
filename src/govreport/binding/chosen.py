"""The blocks of a table, each with the form that it turned out to be of and its rows as they stand in the text."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from govreport.binding.bound import Bound
from govreport.binding.labels.alignment import Match
from govreport.binding.labels.forms import belied, rival_cells, union_cells
from govreport.binding.labels.headers import choose
from govreport.binding.labels.heads import headed_range, header_range, header_text
from govreport.binding.rows.found import Found
from govreport.binding.vocabulary import BlockWords
from govreport.forms import Block, CellSpec, Row

__all__ = ["Chosen", "choose_blocks"]


@frozen(eq=False)
class Chosen:
    """A block in one form; `found` are its rows by key, `header` where in the text of the table its header stands."""

    words: BlockWords
    form: str
    found: dict[str, Found]
    header: tuple[int, int]

    @property
    def spec(self) -> Block:
        """The block as the form has it."""
        return self.words.forms[self.form]

    @property
    def count(self) -> int:
        """How many columns it has."""
        return len(self.spec.columns)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """For each column the skeletons of its header, longest first."""
        return self.words.headers[self.form]

    def rows(self) -> Iterator[tuple[Row, tuple[CellSpec, ...], Found | None]]:
        """The rows in the form's order, each with its cells and as it was found."""
        count, cells = self.count, self.spec.cells
        for at, row in enumerate(self.spec.rows):
            yield row, cells[at * count : (at + 1) * count], self.found.get(row.key)

    def printed(self) -> list[tuple[Row, Found]]:
        """The rows that were found, in the form's order."""
        return [(row, found) for row, _, found in self.rows() if found is not None]


def choose_blocks(
    bound: Bound, matches: dict[int, Match], rows: dict[tuple[int, str], Found], default: str | None
) -> list[Chosen]:
    """The blocks whose form is told; of the others, and of what another form may have had there, the cells are doubted."""
    chosen = [block for number in range(len(bound.words.blocks)) if (block := _choose(bound, matches, rows, number, default))]
    for block in chosen:
        bound.doubt_form(rival_cells(block.words, block.form, block.found), bound.words.title)
    return chosen


def _choose(
    bound: Bound, matches: dict[int, Match], rows: dict[tuple[int, str], Found], number: int, default: str | None
) -> Chosen | None:
    words, stream, block = bound.words, bound.stream, bound.words.blocks[number]
    found = {key: row for (b, key), row in rows.items() if b == number}
    header = header_range(words, matches, number, stream) if words.rows else headed_range(stream, rows)
    said = header_text(words, block, stream.text, *header)
    form = choose(block, {key: bool(row.slots) for key, row in found.items()}, said, default)
    likely = None if form is None else belied(block, form, found, said, default)
    if form is not None and likely is None:
        return Chosen(block, form, found, header)
    if default is None or likely is not None:
        bound.doubt_form(union_cells(block, likely), block.item or words.title)
    return None
