"""Write what the documentation takes from the library: `python docs/generate.py` (keys.md, rules.md). A test keeps it true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from govreport.checks import builtin_rules
from govreport.checks.rules import Rule
from govreport.forms import Block, FormSpec, builtin_forms

HERE = Path(__file__).resolve().parent
NOTICE = "<!-- written by docs/generate.py -->"
SCOPES = {"report": "one report", "series": "a series of years", "hierarchy": "a body and those below it"}


def keys() -> str:
    """Every cell of every form: its key, its label path, its kind."""
    intro = (
        "Every value cell has a key (English, dotted) and a label path (the official labels joined by `|`): "
        '`report["requests.new.total"]` and `report.values(by="label")`. Counts are `int`, changes are signed `int`, amounts '
        "are `Decimal` in the unit that is printed, or else in the form's."
    )
    return _page("Keys", intro, *(line for form in builtin_forms() for line in _form(form)))


def _form(form: FormSpec) -> Iterator[str]:
    yield f"## Form {form.name}"
    yield f"{form.notice}, from report year {form.since}: {len(form.cells)} cells."
    for table in form.tables:
        yield f"### {table.section}、{table.title} (`{table.name}`)"
        for block in table.blocks:
            yield from filter(None, (block.item and f"**{block.item}**", _block(table.name, block)))


def _block(table: str, block: Block) -> str:
    """A block as `table.ROW.COLUMN`; its rows and its columns each once, which is shorter than every cell and says as much."""
    if len(block.rows) == 1 and not block.rows[0].key:
        return _table(("key", "label", "kind"), ((f"`{c.key}`", c.label, _kind(c.kind, c.unit)) for c in block.cells))
    rows = _table(("ROW", "label"), ((f"`{row.key}`", row.path) for row in block.rows))
    columns = _table(("COLUMN", "label", "kind"), ((f"`{c.key}`", c.path, _kind(c.kind, c.unit)) for c in block.columns))
    return f"`{table}.ROW.COLUMN`, {len(block.rows)} × {len(block.columns)}\n\n{rows}\n\n{columns}"


def _kind(kind: str, unit: str | None) -> str:
    return f"{kind}, {unit}" if unit else kind


def rules() -> str:
    """Every rule: its code, how much it matters, what it says, what grounds it."""
    intro = (
        "What `govreport check` looks at. `--select` and `--ignore` take a code or its beginning (`arithmetic`, "
        "`structure.empty_section`). Findings made while reading (`reading.*`, some of `structure.*` and `form.*`) are "
        "explained in [findings.md](findings.md)."
    )
    found = builtin_rules()
    parts = (
        (f"## {scope[0].upper()}{scope[1:]}", _rules(r for r in found if r.over == over)) for over, scope in SCOPES.items()
    )
    return _page("Rules", intro, *(line for part in parts for line in part))


def _rules(chosen: Iterable[Rule]) -> str:
    rows = sorted({(f"`{rule.code}`", str(rule.severity), rule.title, rule.source) for rule in chosen})
    return _table(("code", "severity", "what it looks for", "source"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = tuple(head)
    body = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *body))


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", NOTICE, *parts)) + "\n"


PAGES = {"keys.md": keys, "rules.md": rules}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
