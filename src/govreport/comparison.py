"""Two reports side by side: what differs, cell by cell and section by section.

For two years of one body, or for a draft and what was published. The 2019 row `other` is set against the sum of the 2021 rows
`other.*`; what only one form has is left out and named in `Comparison.incomparable`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape

from attrs import field, frozen

from govreport.checks.examine import known_forms
from govreport.checks.panel import counterparts
from govreport.checks.rules import Case, describe
from govreport.forms import FormSpec
from govreport.model import Cell, Report, Status, Value
from govreport.textwidth import pad, text_width

__all__ = ["CellChange", "Comparison", "FieldChange", "SectionChange", "compare"]

FIELDS = ("title", "issuer", "year", "form", "published")


@frozen(kw_only=True)
class CellChange:
    """A cell that differs: what each report prints (None and a status where it prints no number)."""

    key: str
    label: str
    name: str
    before: Value
    after: Value
    before_status: Status
    after_status: Status

    @property
    def difference(self) -> Value:
        """After less before; None where either prints no number."""
        return None if self.before is None or self.after is None else self.after - self.before


@frozen(kw_only=True)
class SectionChange:
    """A section that differs: paragraphs that only one of the two has, in order."""

    number: str
    before_heading: str | None
    after_heading: str | None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@frozen(kw_only=True)
class FieldChange:
    """A field of the report itself that differs: title, issuer, year, form, date of publication."""

    field: str
    before: object
    after: object


@frozen(kw_only=True)
class Comparison:
    """The difference of two reports. `same` counts the cells that agree; false if nothing at all differs."""

    before: Report = field(repr=False)
    after: Report = field(repr=False)
    fields: tuple[FieldChange, ...]
    cells: tuple[CellChange, ...]
    sections: tuple[SectionChange, ...]
    same: int
    incomparable: tuple[str, ...]
    """Keys that only one of the two forms has, with nothing in the other that corresponds."""

    def __bool__(self) -> bool:
        return bool(self.fields or self.cells or self.sections)

    def __str__(self) -> str:
        cells = list(_cell_rows(self))
        table = _aligned([["", "前 before", "后 after", "差 change"], *cells]) if cells else ()
        return "\n".join((*_field_lines(self), *table, *_section_lines(self)))

    def _repr_html_(self) -> str:
        rows = [*_field_rows(self), *_cell_rows(self)]
        head = "<tr><th></th><th>前 before</th><th>后 after</th><th>差 change</th></tr>"
        return f"<table>{head}{''.join(map(_row_html, rows))}</table>{''.join(map(_section_html, self.sections))}"


def compare(before: Report, after: Report, *, forms: Mapping[str, FormSpec] | None = None) -> Comparison:
    """Compare two reports; a blank and a 0 differ, for they are different things in a report."""
    known = known_forms(forms)
    old, new = Case(before, known), Case(after, known)
    pairs = dict(_pairs(old, new))
    changes = tuple(change for key, (a, b) in pairs.items() if (change := _change(key, a, b, new)))
    told = {cell.key for a, b in pairs.values() for cell in (*a, *b)}
    return Comparison(
        before=before,
        after=after,
        fields=tuple(_fields(before, after)),
        cells=changes,
        sections=tuple(_sections(before, after)),
        same=len(pairs) - len(changes),
        incomparable=tuple(key for key in {**old.cells, **new.cells} if key not in told),
    )


def _fields(before: Report, after: Report) -> Iterator[FieldChange]:
    for name in FIELDS:
        if getattr(before, name) != getattr(after, name):
            yield FieldChange(field=name, before=getattr(before, name), after=getattr(after, name))


# --- cells -------------------------------------------------------------------------------------------------------------------


def _pairs(old: Case, new: Case) -> Iterator[tuple[str, tuple[list[Cell], list[Cell]]]]:
    """By key the cells of either report that stand for it: one each, or one against the several that it is split into."""
    for key, cell in {**old.cells, **new.cells}.items():
        sides = [_standing_for(cell, case) for case in (old, new)]
        if all(sides):
            yield key, (sides[0], sides[1])


def _standing_for(cell: Cell, case: Case) -> list[Cell]:
    own, spec = case.cells.get(cell.key), case.spec(cell)
    return [own] if own else counterparts(case, spec) if spec else []


def _change(key: str, before: list[Cell], after: list[Cell], case: Case) -> CellChange | None:
    shown = (before if len(before) == 1 else after)[0]
    old, new = _together(before), _together(after)
    if old == new:
        return None
    return CellChange(
        key=key,
        label=shown.label,
        name=describe(shown, case.spec(shown)).zh.partition("（第")[0],
        before=old[0],
        after=new[0],
        before_status=old[1],
        after_status=new[1],
    )


def _together(cells: list[Cell]) -> tuple[Value, Status]:
    """The sum of the cells and the least certain of their statuses; None where none of them prints a number."""
    numbers = [cell.value for cell in cells if cell.value is not None]
    certainty = (Status.MISSING, Status.INFERRED, Status.READ, Status.BLANK)
    return (sum(numbers, 0) if numbers else None), min((cell.status for cell in cells), key=certainty.index)


# --- sections ----------------------------------------------------------------------------------------------------------------


def _sections(before: Report, after: Report) -> Iterator[SectionChange]:
    numbers = dict.fromkeys(section.number for report in (before, after) for section in report.sections)
    for number in numbers:
        old, new = before.section(number), after.section(number)
        removed, added = _lines(_paragraphs(old), _paragraphs(new))
        headings = [section.heading if section else None for section in (old, new)]
        if removed or added or _squeezed(headings[0]) != _squeezed(headings[1]):
            yield SectionChange(
                number=number, before_heading=headings[0], after_heading=headings[1], removed=removed, added=added
            )


def _paragraphs(section: object) -> list[str]:
    return [p.text for p in getattr(section, "paragraphs", ())]


def _squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def _lines(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs that only one side has; white space is not a difference."""
    matcher = difflib.SequenceMatcher(None, [_squeezed(p) for p in old], [_squeezed(p) for p in new], autojunk=False)
    gaps = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    removed = tuple(text for i, j, _, _ in gaps for text in old[i:j] if text.strip())
    return removed, tuple(text for _, _, k, m in gaps for text in new[k:m] if text.strip())


# --- drawing -----------------------------------------------------------------------------------------------------------------


def _field_rows(comparison: Comparison) -> Iterator[list[str]]:
    for change in comparison.fields:
        yield [change.field, _plain(change.before), _plain(change.after), ""]


def _field_lines(comparison: Comparison) -> Iterator[str]:
    """A line each, for a title is far wider than a number."""
    for name, before, after, _ in _field_rows(comparison):
        yield f"{name}: {before} → {after}"


def _cell_rows(comparison: Comparison) -> Iterator[list[str]]:
    for change in comparison.cells:
        sides = ((change.before, change.before_status), (change.after, change.after_status))
        values = ["·" if status is Status.MISSING else _plain(value) for value, status in sides]
        yield [change.name, *values, "" if change.difference is None else f"{change.difference:+}"]


def _plain(value: object) -> str:
    return "—" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _aligned(rows: list[list[str]]) -> Iterable[str]:
    widths = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (pad(text, width, right=True) for text, width in zip(others, widths[1:], strict=True))
        yield "  ".join((pad(first, widths[0]), *cells)).rstrip()


def _section_lines(comparison: Comparison) -> Iterator[str]:
    for change in comparison.sections:
        yield ""
        yield change.after_heading or change.before_heading or change.number
        yield from (f"- {text}" for text in change.removed)
        yield from (f"+ {text}" for text in change.added)


def _row_html(row: list[str]) -> str:
    first, *others = map(escape, row)
    return f"<tr><th>{first}</th>{''.join(f'<td>{text}</td>' for text in others)}</tr>"


def _section_html(change: SectionChange) -> str:
    lines = [f"<li><del>{escape(text)}</del></li>" for text in change.removed]
    lines += [f"<li><ins>{escape(text)}</ins></li>" for text in change.added]
    return f"<h4>{escape(change.after_heading or change.before_heading or change.number)}</h4><ul>{''.join(lines)}</ul>"
