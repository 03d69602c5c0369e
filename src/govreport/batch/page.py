"""The summary as one HTML page that needs nothing else: plots are SVG, made here."""

from __future__ import annotations

import datetime as dt
import html

from govreport.batch.summary import Counts, Summary, blocks, lead
from govreport.wording import Lang, said

__all__ = ["page"]

_COLOURS = ("#2f6f9f", "#d98032", "#5b9a57", "#9a5b8f", "#8a8a8a")
_WIDTH, _ROW, _LEFT, _RIGHT = 640, 22, 190, 80
_HEIGHT, _FOOT = 220, 40

_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #222 }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
svg { width: 100%; height: auto } svg text { font-size: 12px; fill: currentColor }
table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } }
@media print { body { max-width: none; margin: 0 } h2 { break-after: avoid } svg { break-inside: avoid } }
"""


def page(summary: Summary, lang: Lang, *, title: str, made: dt.datetime) -> str:
    """A page with a plot for each count of the summary."""
    parts = [f"<h1>{html.escape(title)}</h1>", f"<p>{lead(summary, lang)} · {made:%Y-%m-%d %H:%M}</p>"]
    if summary.years:
        parts += [_heading("reports by year and form", lang), _legend(list(summary.forms), lang), _columns(summary)]
    for heading, counts in blocks(summary, lang)[1 if summary.years else 0 :]:
        parts += [f"<h2>{html.escape(heading)}</h2>", _bars(counts)]
    if summary.examples:
        parts += [_heading("an example of each error", lang), _examples(summary.examples)]
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>{head}<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _heading(text: str, lang: Lang) -> str:
    return f"<h2>{said(text, lang)}</h2>"


def _legend(names: list[str], lang: Lang) -> str:
    keys = (f'<span class="key" style="background:{_colour(i)}"></span>{html.escape(name)}' for i, name in enumerate(names))
    return f"<p>{said('form', lang)}{''.join(keys)}</p>"


def _colour(index: int) -> str:
    return _COLOURS[min(index, len(_COLOURS) - 1)]


def _svg(height: int, content: list[str], label: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{html.escape(label)}">{"".join(content)}</svg>'


def _bars(counts: Counts) -> str:
    """One horizontal bar for each name."""
    most, content = max(counts.values()), []
    for row, (name, number) in enumerate(counts.items()):
        top, length = row * _ROW, (_WIDTH - _LEFT - _RIGHT) * number / most
        content += [
            f'<text x="{_LEFT - 8}" y="{top + 15}" text-anchor="end">{html.escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{top + 3}" width="{length:.1f}" height="{_ROW - 6}" fill="{_COLOURS[0]}"/>',
            f'<text x="{_LEFT + length + 6:.1f}" y="{top + 15}">{number:,}</text>',
        ]
    return _svg(len(counts) * _ROW, content, ", ".join(f"{name} {number}" for name, number in counts.items()))


def _columns(summary: Summary) -> str:
    """One column for each year, the forms on top of one another."""
    most = max(sum(forms.values()) for forms in summary.years.values())
    step, content = _WIDTH / len(summary.years), []
    for place, (year, forms) in enumerate(summary.years.items()):
        content += _column(place * step, min(step, 80.0), forms, _HEIGHT / most, list(summary.forms))
        middle = place * step + min(step, 80.0) / 2
        content.append(f'<text x="{middle:.1f}" y="{_HEIGHT + _FOOT - 10}" text-anchor="middle">{html.escape(year)}</text>')
    return _svg(_HEIGHT + _FOOT, content, ", ".join(f"{year} {sum(forms.values())}" for year, forms in summary.years.items()))


def _column(left: float, width: float, forms: Counts, scale: float, order: list[str]) -> list[str]:
    content, bottom = [], _HEIGHT + 16.0
    for name, number in sorted(forms.items(), key=lambda pair: order.index(pair[0])):
        bottom -= number * scale
        size = f'width="{width * 0.8:.1f}" height="{number * scale:.1f}"'
        tip = f"<title>{html.escape(name)}: {number:,}</title>"
        content.append(
            f'<rect x="{left + width * 0.1:.1f}" y="{bottom:.1f}" {size} fill="{_colour(order.index(name))}">{tip}</rect>'
        )
    content.append(f'<text x="{left + width / 2:.1f}" y="{bottom - 4:.1f}" text-anchor="middle">{sum(forms.values()):,}</text>')
    return content


def _examples(examples: dict[str, str]) -> str:
    rows = (f"<tr><th>{html.escape(kind)}</th><td>{html.escape(text)}</td></tr>" for kind, text in sorted(examples.items()))
    return f"<table>{''.join(rows)}</table>"
