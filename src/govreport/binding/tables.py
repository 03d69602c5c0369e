"""The tables of a report, each bound where most of its labels and values stand; what one says of its form helps the others."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from govreport.binding import scoring
from govreport.binding.assignment import bind_table
from govreport.binding.bound import Against, Bound
from govreport.binding.ending import doubt_ending, ends_with, open_section
from govreport.binding.labels.alignment import Match
from govreport.binding.leftovers import unbound
from govreport.binding.rows.owned import filled_rows, in_rows, locate
from govreport.binding.vocabulary import TableWords, Words
from govreport.binding.whole.exact import Exact, match_table
from govreport.model import Cell, Claim, Status
from govreport.regions import Region, Regions
from govreport.values import read_value

__all__ = ["Reading", "bind_tables", "form_claims", "majority"]


_NOTHING = Against()


@frozen
class Reading:
    """A table with its cells, matched whole or aligned row by row, and where it was read."""

    table: Exact | Bound
    region: Region
    matches: dict[int, Match] = field(factory=dict)
    against: Against = _NOTHING

    @property
    def forms(self) -> Mapping[str, int]:
        """How many cells are of which form, for certain."""
        if isinstance(self.table, Exact):
            return {self.table.form: len(self.table.values)}
        undecided = self.undecided
        return Counter(cell.form for cell in self.table.cells if cell.key not in undecided)

    @property
    def undecided(self) -> set[str]:
        """The keys of cells of which nothing in their own table tells the form."""
        doubts = () if isinstance(self.table, Exact) else self.table.doubts
        return {key for doubt in doubts if doubt.code == "reading.form" for key in doubt.cells}


@frozen
class _Where:
    """Where a table is to be read, its labels there, and what is against it."""

    region: Region
    matches: dict[int, Match]
    against: Against


def bind_tables(words: Words, regions: Regions) -> dict[str, Reading]:
    """Those that are whole first, then the others row by row, in the order of the form."""
    telling = sorted(words.tables, key=lambda t: not t.telling)
    bound: dict[str, Reading] = {}
    cut = open_section(words, regions.sections)
    for table in telling:
        if table.section != cut and (found := _whole(table, regions, majority(bound))) is not None:
            bound[table.name] = found
    taken = [reading.region for reading in bound.values()]
    for table in telling:
        if table.name in bound:
            continue
        if (where := _best(table, regions, taken)) is not None:
            bound[table.name] = _turned(table, bound, where, cut) or _aligned(table, bound, where)
    for table in words.tables:
        if table.name in bound and (found := bound[table.name]).undecided:
            bound[table.name] = _aligned(table, bound, _Where(found.region, found.matches, found.against))
    bound = _compared(words, bound, repeated=regions.repeated)
    for reading in bound.values():
        _doubt_ending(reading, cut)
    return {table.name: bound[table.name] for table in words.tables if table.name in bound}


def _compared(words: Words, bound: dict[str, Reading], *, repeated: bool) -> dict[str, Reading]:
    """The tables as what is known of the others leaves them: doubted, or as they were; `repeated` as `Outline` has it."""
    tables = {name: reading.table for name, reading in bound.items() if isinstance(reading.table, Bound)}
    behind = _behind_later(words, bound) if repeated else set[str]()
    again = {name for name, table in tables.items() if _leaves_as_many(table, bound[name].region, bound.values())}
    if not tables and not behind:
        return bound
    strangers = _strangers(tables.values(), [reading.table for reading in bound.values() if isinstance(reading.table, Exact)])
    shuffled = {name for name, table in tables.items() if table.shuffled}
    default = majority(bound)
    return {
        name: _doubted(
            reading,
            default,
            Against(
                shuffled=bool(shuffled - {name}) and name not in shuffled,
                disputed=reading.against.disputed or name in behind or name in again,
                strangers=strangers.intersection(tables[name].within if name in tables else ()),
            ),
        )
        for name, reading in bound.items()
    }


def majority(bound: dict[str, Reading]) -> str | None:
    """The form of most cells."""
    counts = dict[str, int]()
    for form, count in (told for reading in bound.values() for told in reading.forms.items()):
        counts[form] = counts.get(form, 0) + count
    return max(counts, key=counts.__getitem__, default=None)


def form_claims(bound: dict[str, Reading], words: Words) -> Iterator[Claim]:
    """For each table the forms that its blocks turned out to be of, by their share of its cells."""
    for table in words.tables:
        counts = bound[table.name].forms if table.name in bound else {}
        total = sum(counts.values())
        for form, count in sorted(counts.items(), key=lambda told: -told[1]):
            reason = f"{count} of {total} cells, by the labels of their blocks"
            yield Claim(f"form {form}", round(count / total, 3), (reason,), section=table.section)


def _whole(table: TableWords, regions: Regions, default: str | None) -> Reading | None:
    """The table if its own section is all of it and nothing else."""
    region = next(regions.of(table.section), None)
    if region is None or region.section.number != table.section:
        return None
    found = match_table(table, region.pieces, default, grid="spans" in region.format.carries)
    return None if found is None else Reading(found, region)


def _aligned(table: TableWords, bound: dict[str, Reading], where: _Where) -> Reading:
    """The table row by row."""
    others = functools.cache(functools.partial(_others, table, bound))
    rows = _rows(table, where.region, where.matches, majority(bound), others, against=where.against)
    return Reading(rows, where.region, where.matches, where.against)


def _turned(table: TableWords, bound: dict[str, Reading], where: _Where, cut: str | None) -> Reading | None:
    """The table whole or row by row as its geometry reads otherwise, if as it stands hardly any row has its values."""
    there, full = in_rows(table, where.region.stream, where.matches)
    if there * full >= scoring.TABLE_FOUND:
        return None
    default, ends, turned = majority(bound), where.region.section.number == cut, list[Region]()
    for region in where.region.turned():
        if not ends and (found := match_table(table, region.pieces, default, grid=True)) is not None:
            return Reading(found, region)
        turned.append(region)
    located = [(region, locate(table, region.stream)) for region in turned]
    shares = [in_rows(table, region.stream, matches) for region, matches in located]
    best = max(range(len(shares)), key=lambda at: math.prod(shares[at]), default=None)
    if best is None or shares[best][0] < scoring.TABLE_FOUND or shares[best][1] < scoring.TURNED_SHARE:
        return None
    rows = _aligned(table, bound, _Where(*located[best], where.against))
    return rows if any(cell.status is not Status.MISSING for cell in _cells(rows)) else None


def _cells(reading: Reading) -> Sequence[Cell]:
    return reading.table.cells() if isinstance(reading.table, Exact) else reading.table.cells


def _others(table: TableWords, bound: dict[str, Reading]) -> tuple[Bound, ...]:
    """The other tables row by row: what these say of margins and of sums may tell rows of this one."""
    return tuple(_again(reading) for name, reading in bound.items() if name != table.name)


def _again(reading: Reading) -> Bound:
    """A table row by row, also if it was matched whole."""
    table, region = reading.table, reading.region
    if isinstance(table, Bound):
        return table
    return _rows(table.words, region, locate(table.words, region.stream), table.form)


def _leaves_as_many(table: Bound, region: Region, readings: Iterable[Reading]) -> bool:
    """Whether so many numbers of a section that is this table's alone are left that they may be those of the table once more.

    Another year's, perhaps, or this one's, and its labels are lost.
    """
    stream = table.stream
    if table.words.name in stream.copies or sum(reading.region is region for reading in readings) > 1:
        return False  # a copy that was found has been compared, row by row
    left = sum(slot.reading is not None for slot in unbound(stream))
    return left >= scoring.LEFT_SHARE * len(table.cells) > 0


def _behind_later(words: Words, bound: dict[str, Reading]) -> set[str]:
    """The tables that stand behind one that by the form follows them: of another report, perhaps, that comes second."""
    order = [(table.name, bound[table.name].region.section.offset) for table in words.tables if table.name in bound]
    return {name for at, (name, offset) in enumerate(order) if any(other < offset for _, other in order[at + 1 :])}


def _strangers(tables: Collection[Bound], whole: Iterable[Exact]) -> frozenset[str]:
    """The number that comes over and again where there are too many, and hardly elsewhere, as that of a watermark does.

    Where many do, values and labels are in disorder, and these are none.
    """
    beyond = Counter(text for table in tables if not table.stream.copies for text in table.beyond)
    within = Counter(text for table in tables for text in table.within)
    within.update(table.pieces.texts[at] for table in whole for at in table.values)
    least = max(scoring.FULL_ROWS, max(beyond.values(), default=0) // 2)
    often = [text for text, count in beyond.items() if count >= least and within[text] <= count]
    told = frozenset(text for text in often if (reading := read_value(text)) and reading.value)
    return told if len(told) <= scoring.WATERMARKS else frozenset()


def _doubted(reading: Reading, default: str | None, against: Against) -> Reading:
    """The table row by row once more, if something is against it that was not known."""
    if against == reading.against:
        return reading
    table, region = reading.table, reading.region
    matches = locate(table.words, region.stream) if isinstance(table, Exact) else reading.matches
    return evolve(reading, table=_rows(table.words, region, matches, default, against=against), against=against)


def _rows(
    table: TableWords,
    region: Region,
    matches: dict[int, Match],
    default: str | None,
    others: Callable[[], Sequence[Bound]] = tuple,
    *,
    against: Against = _NOTHING,
) -> Bound:
    name, blanks = region.format.name, "blanks" in region.format.carries
    return bind_table(table, region.stream, matches, default, others, layout=name, blanks=blanks, against=against)


def _doubt_ending(reading: Reading, cut: str | None) -> None:
    table, region = reading.table, reading.region
    if isinstance(table, Exact):
        return  # it is whole, and its last number, too
    pieces = region.written or region.stream.pieces
    if pieces and ends_with(region.section, pieces[-1]):
        section = table.words.section
        found = doubt_ending(table.cells, section, pieces, open_end=region.section.number == cut)
        table.doubts += [found] if found is not None else []


def _best(table: TableWords, regions: Regions, taken: Sequence[Region]) -> _Where | None:
    """Its own section if the table's values are there and rows have as many as columns, else where most of it is.

    A section that is `taken` is one whole table and nothing else.
    """
    candidates, where, labels, first = [], [], 0, 0.0
    for i, region in enumerate(r for r in regions.of(table.section) if r not in taken):
        matches = locate(table, region.stream)
        filled, whole = filled_rows(table, region.stream, matches)
        own = region.section.number == table.section
        worth = filled * (1 + whole if filled >= scoring.TABLE_FOUND else 1)  # few rows prove nothing: prose may name them
        labels = max(labels, len(matches) if own else 0)
        where.append((filled, region))
        if not own and filled < scoring.TABLE_FOUND and len(matches) < labels:
            continue  # nor where more labels stand in its own section
        if first >= scoring.TABLE_WHOLE * worth > 0:
            continue  # a copy, or another's report behind this one
        first = max(first, worth if own and filled >= scoring.TABLE_FOUND else 0.0)
        candidates.append((worth, len(matches), -i, region, matches))
        if own and filled >= scoring.TABLE_FOUND and whole >= scoring.TABLE_WHOLE:
            break
    if not candidates:
        return None
    _, _, _, region, matches = max(candidates, key=lambda c: c[:3])
    found = (other.section.offset for filled, other in where if filled >= scoring.TABLE_FOUND)
    return _Where(region, matches, Against(disputed=any(offset < region.section.offset for offset in found)))
