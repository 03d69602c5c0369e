"""How the checking commands tell their findings: as text for people, as JSON or SARIF for programs."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
from attrs import frozen

from govreport import default_engine, display
from govreport.cli import common
from govreport.cli.streams import emit, say
from govreport.model import CheckResult, Report, Severity
from govreport.serialize import json_text, plain
from govreport.textwidth import wrap
from govreport.wording import Lang

__all__ = ["Checked", "add_output", "add_selection", "exit_code", "selection", "tell", "with_rules"]

_WORDS: dict[str, dict[str, str]] = {
    "zh": {"clean": "没有发现问题", "found": "{n} 个问题", "skipped": "{n} 项无法核对"},
    "en": {"clean": "nothing found", "found": "{n} found", "skipped": "{n} could not be checked"},
}
_RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@frozen
class Checked:
    """What one check found, under the name of its file (or files)."""

    name: str
    report: Report
    result: CheckResult


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Which rules run."""
    parser.add_argument("--select", metavar="CODES", help="only these rules or families, e.g. arithmetic,structure.hybrid")
    parser.add_argument("--ignore", metavar="CODES", help="all but these; see govreport rules")


def selection(args: argparse.Namespace) -> dict[str, tuple[str, ...]]:
    """The codes of `--select` and `--ignore`, else those of the settings, as the checks take them."""
    given = {"select": args.select, "ignore": args.ignore}
    return {name: getattr(common.settings(), name) if codes is None else _codes(codes) for name, codes in given.items()}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.replace(" ", "").split(",")))


def with_rules(args: argparse.Namespace) -> dict[str, Any]:
    """What the checks over several reports take: the installed rules and forms, and the selection."""
    engine = default_engine()
    return {"rules": engine.rules, "forms": {form.name: form for form in engine.forms}, **selection(args)}


def add_output(parser: argparse.ArgumentParser) -> None:
    """How findings are told."""
    formats = ["text", "json", "sarif"]
    parser.add_argument("--format", choices=formats, default="text", metavar="FORMAT", help="text (default), json, sarif")
    levels = [level.value for level in Severity]
    parser.add_argument("--level", choices=levels, default="info", metavar="LEVEL", help="only error, or warning and above")
    parser.add_argument("--skipped", action="store_true", help="text: also say what could not be checked, and why")
    common.add_lang(parser)
    common.add_width(parser)


def tell(args: argparse.Namespace, checked: Sequence[Checked], errors: dict[str, str]) -> int:
    """Print what was found, in the format asked for, and return the exit code."""
    shown = [_at_level(item, Severity(args.level)) for item in checked]
    if args.format == "json":
        emit(json_text(_data(args, shown, errors)).encode())
    elif args.format == "sarif":
        emit(json_text(_sarif(args, shown)).encode())
    else:
        say("\n\n".join(_text(args, item) for item in shown) if shown else "")
    return exit_code(shown, errors)


def _sarif(args: argparse.Namespace, checked: Sequence[Checked]) -> dict[str, Any]:
    from govreport import __version__  # noqa: PLC0415 - only where it is asked for
    from govreport.checks.sarif import sarif  # noqa: PLC0415 - as above

    results = [(item.name, item.result) for item in checked]
    return sarif(results, default_engine().rules, lang=common.language(args), version=__version__)


def exit_code(checked: Sequence[Checked], errors: dict[str, str]) -> int:
    """2 if anything could not be read, 1 if anything was found, else 0."""
    return 2 if errors else int(any(item.result for item in checked))


def _at_level(item: Checked, level: Severity) -> Checked:
    kept = tuple(finding for finding in item.result if _RANK[finding.severity] >= _RANK[level])
    return attrs.evolve(item, result=attrs.evolve(item.result, findings=kept))


def _text(args: argparse.Namespace, item: Checked) -> str:
    lang = common.language(args)
    words = _WORDS[lang]
    counts = [words["found"].format(n=len(item.result)) if item.result else words["clean"]]
    if item.result.skipped:
        counts.append(words["skipped"].format(n=len(item.result.skipped)))
    parts = [f"{item.name}: {', '.join(counts)}", display.findings_text(item.result, args.width, lang)]
    return "\n".join(filter(None, [*parts, *(_skipped(item.result, args.width, lang) if args.skipped else [])]))


def _skipped(result: CheckResult, width: int | None, lang: Lang) -> Iterator[str]:
    """Why what could not be checked, each reason of a rule once with how often it held."""
    counted = Counter((skipped.code, skipped.text(lang)) for skipped in result.skipped)
    for (code, why), times in counted.items():
        text = f"- {why} [{code}]" + (f" x{times}" if times > 1 else "")
        yield from wrap(text, width or display.terminal_width(), hanging="  ")


def _data(args: argparse.Namespace, checked: Sequence[Checked], errors: dict[str, str]) -> dict[str, Any]:
    files = [_file(args, item) for item in checked]
    return {"schema_version": 1, "files": [*files, *({"file": name, "error": why} for name, why in errors.items())]}


def _file(args: argparse.Namespace, item: Checked) -> dict[str, Any]:
    report = item.report
    lang = common.language(args)
    findings = [{**plain(finding), "message": finding.text(lang)} for finding in item.result]
    return {
        "file": item.name,
        "title": report.title,
        "issuer": report.issuer,
        "year": report.year,
        "form": report.form,
        "findings": findings,
        "ran": list(item.result.ran),
        "skipped": [{**plain(skipped), "message": skipped.text(lang)} for skipped in item.result.skipped],
    }
