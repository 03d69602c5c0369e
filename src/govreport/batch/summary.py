"""What a data set holds, in figures: read from its Parquet files, so that it is true however many runs made them."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from attrs import frozen

from govreport.errors import MissingDependencyError
from govreport.model import Status
from govreport.textwidth import pad, text_width
from govreport.wording import Lang, said

__all__ = ["Summary", "collect", "text"]

Counts = dict[str, int]
_UNKNOWN = "unknown"
_REASONS = 12
"""Reasons of errors, and codes of findings, that are listed one by one; the rest is summed up."""


@frozen(kw_only=True)
class Summary:
    """Figures of a data set. Every mapping is from a name to a number, largest or oldest first."""

    reports: int
    errors: int
    years: dict[str, Counts]
    """By year, how many reports of each form."""
    forms: Counts
    containers: Counts
    layouts: Counts
    cells: Counts
    """By status."""
    doubted: Counts
    """Reports by how many of their cells are doubted."""
    findings: Counts
    """By code."""
    reports_by_findings: Counts
    """Reports with at least one finding of a family."""
    reasons: Counts
    """Errors by kind."""
    examples: dict[str, str]
    """Of each kind of error one document with its message."""


def collect(root: Path) -> Summary:
    """Count what the data set in `root` holds."""
    reports = _read(root, "reports", _columns())
    errors = _read(root, "errors", ["document", "error", "message"])
    return Summary(
        reports=reports.num_rows,
        errors=errors.num_rows,
        years=_years(reports),
        forms=_tally(reports["form"]),
        containers=_tally(reports["container"]),
        layouts=_tally(_flat(reports["layouts"])),
        cells={status: _sum(reports[f"cells_{status}"]) for status in Status},
        doubted=_doubted(reports),
        findings=_tally(_read(root, "findings", ["code"])["code"]),
        reports_by_findings=_families(reports),
        reasons=_tally(errors["error"]),
        examples={row["error"]: f"{row['document']}: {row['message']}" for row in reversed(errors.to_pylist())},
    )


def _columns() -> list[str]:
    from govreport.tables.columns import REPORT  # noqa: PLC0415 - with the forms: not needed to show the help

    return [name for name in REPORT if name not in ("document", "digest", "title", "issuer", "published")]


def _read(root: Path, name: str, columns: list[str]) -> Any:  # noqa: ANN401 - Arrow has no types
    try:
        dataset = importlib.import_module("pyarrow.dataset")
    except ImportError as error:
        raise MissingDependencyError("a data set needs pyarrow: pip install 'govreport[tables]'", extra="tables") from error
    from govreport.tables import schema  # noqa: PLC0415 - as above

    wanted = schema(name)
    flavour = dataset.partitioning(flavor="hive", schema=_year_only(wanted)) if "year" in wanted.names else None
    return dataset.dataset(root / name, schema=wanted, partitioning=flavour, format="parquet").to_table(columns=columns)


def _year_only(schema: Any) -> Any:  # noqa: ANN401 - as above
    return importlib.import_module("pyarrow").schema([schema.field("year")])


def _flat(column: Any) -> Any:  # noqa: ANN401 - as above
    return importlib.import_module("pyarrow.compute").list_flatten(column)


def _sum(column: Any) -> int:  # noqa: ANN401 - as above
    return importlib.import_module("pyarrow.compute").sum(column).as_py() or 0


def _tally(column: Any) -> Counts:  # noqa: ANN401 - as above
    found = [(row["values"] or _UNKNOWN, row["counts"]) for row in column.value_counts().to_pylist()]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _years(reports: Any) -> dict[str, Counts]:  # noqa: ANN401 - as above
    """Oldest year first, the unknown one last."""
    found: dict[str, Counts] = {}
    counted = reports.select(["year", "form"]).group_by(["year", "form"]).aggregate([([], "count_all")]).to_pylist()
    for row in sorted(counted, key=lambda row: (row["year"] is None, row["year"], row["form"] or "")):
        found.setdefault(str(row["year"] or _UNKNOWN), {})[row["form"] or _UNKNOWN] = row["count_all"]
    return found


_STEPS = ((0, "none"), (1, "1"), (5, "2–5"), (20, "6–20"), (100, "21–100"))


def _doubted(reports: Any) -> Counts:  # noqa: ANN401 - as above
    counts = dict.fromkeys([*(name for _, name in _STEPS), "more"], 0)
    for number in reports["cells_doubted"].to_pylist():
        counts[next((name for most, name in _STEPS if number <= most), "more")] += 1
    return counts


def _families(reports: Any) -> Counts:  # noqa: ANN401 - as above
    compute = importlib.import_module("pyarrow.compute")
    names = [name for name in reports.schema.names if name.startswith("findings_")]
    found = {name.removeprefix("findings_"): _sum(compute.greater(reports[name], 0)) for name in names}
    return {name: number for name, number in found.items() if number}


# --- as text -----------------------------------------------------------------------------------------------------------------


def text(summary: Summary, lang: Lang) -> str:
    """The figures for a terminal."""
    lines = [lead(summary, lang), ""]
    for heading, counts in blocks(summary, lang):
        lines += [heading, *_table(counts), ""]
    if summary.examples:
        lines += [
            said("an example of each error", lang),
            *(f"  {kind}: {example}" for kind, example in sorted(summary.examples.items())),
            "",
        ]
    return "\n".join(lines)


def lead(summary: Summary, lang: Lang) -> str:
    """What the data set holds, in one line."""
    facts = {"reports": summary.reports, "errors": summary.errors}
    return said("{reports:,} reports, {errors:,} documents that could not be read", lang, facts)


def blocks(summary: Summary, lang: Lang) -> list[tuple[str, Counts]]:
    """Headings with their counts; those without any are left out."""
    found = [
        ("years", {year: sum(forms.values()) for year, forms in summary.years.items()}),
        ("forms", summary.forms),
        ("containers", summary.containers),
        ("layouts", shortened(summary.layouts, lang)),
        ("cells by status", summary.cells),
        ("reports by doubted cells", summary.doubted if summary.reports else {}),
        ("reports with findings", summary.reports_by_findings),
        ("findings", shortened(summary.findings, lang)),
        ("errors", shortened(summary.reasons, lang)),
    ]
    return [
        (said(heading, lang), {said(name, lang): number for name, number in counts.items()})
        for heading, counts in found
        if any(counts.values())
    ]


def shortened(counts: Counts, lang: Lang) -> Counts:
    """The largest ones, and the rest as one."""
    kept = dict(list(counts.items())[:_REASONS])
    rest = sum(counts.values()) - sum(kept.values())
    return kept | ({said("{count} others", lang, {"count": len(counts) - len(kept)}): rest} if rest else {})


def _table(counts: Counts) -> list[str]:
    rows = [(name, f"{number:,}") for name, number in counts.items()]
    left = max(text_width(name) for name, _ in rows)
    right = max(len(number) for _, number in rows)
    return [f"  {pad(name, left)}  {number:>{right}}" for name, number in rows]
