"""The labels of all known forms, ready to be looked for: one anchor list a table, whatever form it turns out to be."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from govreport.binding.labels.alignment import Anchor
from govreport.forms import Block, FormSpec, Relation, Row, TableSpec
from govreport.labels import skeleton, strip_number

__all__ = ["BlockWords", "RowClass", "TableWords", "Words", "covered_labels", "make_words", "variants"]


@frozen(eq=False)
class BlockWords:
    """One block as the forms have it: `forms` maps a form's name to its block; `item` is its own label, if it has one."""

    item: str | None
    forms: dict[str, Block]
    rows: tuple[str, ...]
    """Row keys of all forms, in order."""
    telling: tuple[str, ...]
    """Keys of rows that not every form has, with a label long enough to tell by."""
    captioned: frozenset[str]
    """Keys of rows whose label is a group label in another form: without values they decide nothing."""
    headers: dict[str, tuple[tuple[str, ...], ...]]
    """Form name → for each column the skeletons of its header, longest first."""


@frozen(eq=False)
class TableWords:
    """One table over all forms. `anchors` are items and rows in order; `rows` maps an anchor's index to (block, row key)."""

    name: str
    section: str
    title: str
    forms: dict[str, TableSpec]
    blocks: tuple[BlockWords, ...]
    anchors: tuple[Anchor, ...]
    rows: dict[int, tuple[int, str]]
    items: dict[int, int]
    captions: tuple[str, ...]
    telling: bool
    """Whether the forms differ in this table, so that it can tell which one it is of."""
    relations: dict[str, tuple[Relation, ...]] = field(repr=False)
    """Form name → what must hold among the cells of this table alone."""
    known: frozenset[str] = field(repr=False)
    """Every label skeleton of the table: text made of these between a label and its values is not noise."""
    labels: frozenset[str] = field(repr=False)
    """Every label skeleton of every table: part of another label is no place for one, whose table ever that is of."""


@frozen
class Words:
    """The tables of all forms, in the order of the form."""

    tables: tuple[TableWords, ...]
    forms: tuple[FormSpec, ...]


def variants(labels: Iterable[str]) -> tuple[str, ...]:
    """The distinct skeletons of labels, numbering taken off, longest first."""
    found = dict.fromkeys(skeleton(strip_number(label)) for label in labels)
    return tuple(sorted((v for v in found if v), key=len, reverse=True))


def make_words(forms: tuple[FormSpec, ...]) -> Words:
    """Merge the forms' tables, blocks and rows by their names."""
    names = _union([t.name for t in form.tables] for form in forms)
    labels = frozenset(_labels(table for form in forms for table in form.tables))
    return Words(tuple(_table(name, forms, labels) for name in names), forms)


def _labels(tables: Iterable[TableSpec]) -> Iterator[str]:
    for table in tables:
        yield from variants(table.captions)
        for block in table.blocks:
            columns = ((c.header, *c.aliases) for c in block.columns)
            rows = ((r.label, *r.aliases) for r in block.rows)
            yield from variants(itertools.chain([block.item or ""], *columns, *rows))


def _union(sequences: Iterable[Iterable[str]]) -> list[str]:
    """One order that keeps the order of each sequence (a name new to the union goes after its predecessor)."""
    merged: list[str] = []
    for sequence in sequences:
        at = 0
        for name in sequence:
            if name not in merged:
                merged.insert(at, name)
            at = merged.index(name) + 1
    return merged


def _table(name: str, forms: tuple[FormSpec, ...], labels: frozenset[str]) -> TableWords:
    specs = {form.name: form.table(name) for form in forms if any(t.name == name for t in form.tables)}
    first = next(iter(specs.values()))
    blocks = tuple(_block(key, specs) for key in _union([_block_key(b) for b in t.blocks] for t in specs.values()))
    anchors: list[Anchor] = []
    rows: dict[int, tuple[int, str]] = {}
    items: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if block.item:
            items[len(anchors)] = number
            anchors.append(Anchor(block.item, variants([block.item, *(a for b in block.forms.values() for a in b.aliases)])))
        for key in block.rows:
            own = [label for row in _rows(block, key) for label in (row.label, *row.aliases)]
            if any(own):
                rows[len(anchors)] = (number, key)
                anchors.append(Anchor(key, variants(own)))
    captions = variants(c for spec in specs.values() for c in spec.captions)
    headers = (v for b in blocks for form in b.headers.values() for column in form for v in column)
    return TableWords(
        name=name,
        section=first.section,
        title=first.title,
        forms=specs,
        blocks=blocks,
        anchors=tuple(anchors),
        rows=rows,
        items=items,
        captions=captions,
        relations={form.name: _own_relations(form, specs[form.name]) for form in forms if form.name in specs},
        telling=any(len({b.cells for b in block.forms.values()}) > 1 or len(block.forms) < len(specs) for block in blocks),
        known=frozenset({*captions, *headers, *(v for a in anchors for v in a.variants)}),
        labels=labels,
    )


def _own_relations(form: FormSpec, table: TableSpec) -> tuple[Relation, ...]:
    keys = {cell.key for cell in table.cells}
    return tuple(r for r in form.relations if keys.issuperset(r.left + r.right))


def _block_key(block: Block) -> str:
    return block.item or block.name


def _block(key: str, specs: dict[str, TableSpec]) -> BlockWords:
    groups = {v for spec in specs.values() for v in variants(spec.captions)}
    forms = {name: b for name, spec in specs.items() for b in spec.blocks if _block_key(b) == key}
    rows = tuple(_union([r.key for r in b.rows] for b in forms.values()))
    return BlockWords(
        item=next(iter(forms.values())).item,
        forms=forms,
        rows=rows,
        telling=tuple(key for key in rows if not _shared(forms, key) and _long(forms, key)),
        captioned=frozenset(r.key for b in forms.values() for r in b.rows if {*variants([r.label, *r.aliases])} & groups),
        headers={name: tuple(variants([c.header, *c.aliases]) for c in b.columns) for name, b in forms.items()},
    )


def _rows(block: BlockWords, key: str) -> Iterator[Row]:
    return _named(block.forms, key)


def _shared(forms: dict[str, Block], key: str) -> bool:
    return all(any(row.key == key for row in block.rows) for block in forms.values())


def _long(forms: dict[str, Block], key: str) -> bool:
    """Whether a row has a label of more than two characters: 其他 is everywhere."""
    return any(len(v) > 2 for row in _named(forms, key) for v in variants([row.label, *row.aliases]))  # noqa: PLR2004


def _named(forms: dict[str, Block], key: str) -> Iterator[Row]:
    return (row for block in forms.values() for row in block.rows if row.key == key)


RowClass = tuple[int, bool]
"""How deep a row's label stands and whether it opens its group: rows of one class are laid out alike."""


def row_class(block: Block, index: int) -> RowClass:
    """The class of a row; one that is in no group opens none, nor does one behind a smaller group within its own."""
    row = block.rows[index]
    group = row.path.rpartition("|")[0]
    before = block.rows[index - 1].path.rpartition("|")[0] if index else ""
    return row.path.count("|"), bool(group) and not f"{before}|".startswith(f"{group}|")


def covered_labels(block: Block, index: int) -> int:
    """How many group labels of a row stand at a row before it, in cells that reach down to this one."""
    before = block.rows[index - 1].path.split("|")[:-1] if index else []
    shared = (a == b for a, b in zip(block.rows[index].path.split("|")[:-1], before, strict=False))
    return sum(itertools.takewhile(bool, shared))
