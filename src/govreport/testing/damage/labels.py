"""Damage to labels: typos, spaces and line breaks inside them, their numbering changed or lost, halves lost."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import chain

from govreport.forms import TableSpec
from govreport.testing.damage.operator import named
from govreport.testing.document import Document, Edit, Span

__all__ = ["OPERATORS", "label_spans"]

_NUMBERING = re.compile(
    r"""(?P<gap>^|[\s|│<>])
    (?:[（(](?P<roman>[一二三四五六七])[）)]|(?P<major>[一二三四])、|(?P<minor>[1-8])[.．])
    (?=\s*[\u4e00-\u9fff])""",
    re.MULTILINE | re.VERBOSE,
)
_CIRCLED = dict(zip("一二三四五六七", "㈠㈡㈢㈣㈤㈥㈦", strict=True))
_CHINESE = "一二三四五六七"
_MISTAKEN = {
    "决": "绝",
    "处": "外",
    "型": "性",
    "性": "型",
    "审": "申",
    "结": "节",
    "维": "唯",
    "理": "里",
    "转": "传",
    "接": "按",
    "属": "数",
    "机": "几",
    "件": "份",
}
_STRANGERS = "的年与及已各本□"
_LEAST = 4
"""Labels shorter than this leave no doubt for a typo: one character in three is another word."""


def label_spans(document: Document) -> Iterator[tuple[str, Span]]:
    """Every row, column and item label found in the tables, with where it stands; white space inside does not matter."""
    for index, table in document.tables:
        for label in _labels(table):
            pattern = r"\s*".join(map(re.escape, label))
            for match in re.finditer(pattern, document.parts[index].text):
                yield label, Span(index, match.start(), match.end())


def _labels(table: TableSpec) -> list[str]:
    """The wording of each label, longest first, without what numbers it."""
    lines = chain.from_iterable(((row.label for row in b.rows), (c.header for c in b.columns)) for b in table.blocks)
    wordings = {re.sub(r"^(?:（.）|[一-四]、|\d\.)", "", label) for label in chain.from_iterable(lines)}
    return sorted(filter(None, wordings), key=lambda w: (-len(w), w))


def _change(document: Document, rng: random.Random, count: int, least: int) -> list[Span]:
    """Some labels of at least this length, no two of them overlapping."""
    spans = [span for label, span in label_spans(document) if len(label) >= least]
    chosen: list[Span] = []
    for span in rng.sample(spans, len(spans)):
        if len(chosen) < count and all(_apart(span, other) for other in chosen):
            chosen.append(span)
    return chosen


def _apart(a: Span, b: Span) -> bool:
    return a.part != b.part or a.end <= b.start or b.end <= a.start


def _text(document: Document, span: Span) -> str:
    return document.parts[span.part].text[span.start : span.end]


def typos(rng: random.Random, document: Document) -> Document:
    """One wrong character in each of a few labels: mistaken, left out, doubled, or a stranger."""
    spans = _change(document, rng, rng.randint(1, 4), _LEAST)
    return document.edited(Edit(span, _mistyped(rng, _text(document, span))) for span in spans)


def _mistyped(rng: random.Random, label: str) -> str:
    at = rng.randrange(1, len(label))
    faults = ("", label[at] * 2, rng.choice(_STRANGERS), "\ufffd", _MISTAKEN.get(label[at], ""))
    return label[:at] + rng.choice(faults) + label[at + 1 :]


def spaced_headers(rng: random.Random, document: Document) -> Document:
    """A space inside some labels: 自 然 人, 总 计, 结果 维持."""
    spans = _change(document, rng, 8, 2)
    return document.edited(Edit(span, _spaced(rng, _text(document, span))) for span in spans)


def _spaced(rng: random.Random, label: str) -> str:
    if len(label) < _LEAST:
        return " ".join(label)
    at = rng.randint(1, len(label) - 1)
    return label[:at].rstrip() + " " + label[at:].lstrip()


def wrapped_labels(rng: random.Random, document: Document) -> Document:
    """Some labels broken over two lines."""
    edits = []
    for span in _change(document, rng, 6, _LEAST):
        text = _text(document, span)
        at = rng.randint(1, len(text) - 1)
        edits.append(Edit(span, text[:at] + "\n" + text[at:]))
    return document.edited(edits)


def lost_header_half(rng: random.Random, document: Document) -> Document:
    """The second half of one or two column headers gone, as where an extractor stops at a line break."""
    headers = {column.header for table in document.form.tables for block in table.blocks for column in block.columns}
    spans = [span for label, span in label_spans(document) if label in headers and len(label) >= _LEAST]
    chosen = rng.sample(spans, min(len(spans), rng.randint(1, 2)))
    chosen = [s for i, s in enumerate(chosen) if all(_apart(s, o) for o in chosen[:i])]
    return document.edited(Edit(span, _text(document, span)[: (span.end - span.start) // 2]) for span in chosen)


def _renumbered(document: Document, change: dict[str, str]) -> Document:
    """Row numbers in another style; `change` has a template for `roman`, `major` and `minor`."""

    def replace(match: re.Match[str]) -> str:
        kind = next((k for k in change if match[k]), None)
        if kind is None:
            return match[0]
        number = match[kind]
        arabic = str(_CHINESE.index(number) + 1) if number in _CHINESE else number
        return str(match["gap"]) + change[kind].format(n=number, a=arabic, c=_CIRCLED.get(number, number))

    texts = (_NUMBERING.sub(replace, p.text) if p.kind == "table" else p.text for p in document.parts)
    return document.with_texts(texts)


_STYLES = (
    {"roman": "{c}"},
    {"roman": "{n}）"},
    {"roman": "（ {n})"},
    {"roman": "（{n}）、"},
    {"minor": "{a}、"},
    {"minor": "（{a}）"},
    {"minor": "{a} ."},
    {"major": "{a}、"},
    {"major": "（{n}）"},
    {"major": "{n}．"},
    {"roman": "？。ㄒ唬┲"},
)


def numbering_variants(rng: random.Random, document: Document) -> Document:
    """Rows numbered in one or two other styles."""
    for style in rng.sample(_STYLES, rng.randint(1, 2)):
        document = _renumbered(document, style)
    return document


def numbering_lost(_: random.Random, document: Document) -> Document:
    """Row labels without their numbers, as where automatic numbering is not in the text."""
    return _renumbered(document, {"roman": "", "minor": "", "major": ""})


def markdown_escapes(_: random.Random, document: Document) -> Document:
    """Brackets and dots escaped as a Markdown writer does."""
    texts = (re.sub(r"([()])", r"\\\1", re.sub(r"(?<=\d)\.(?=\s*[\u4e00-\u9fff])", r"\\.", p.text)) for p in document.parts)
    return document.with_texts(texts)


def label_footnotes(rng: random.Random, document: Document) -> Document:
    """The mark of a footnote behind some labels: 规章1, 总计①, 其他[2]."""
    marks = rng.choice((("1", "2", "3"), ("①", "②", "③"), ("[1]", "[2]", "[3]"), ("*", "**", "***"), ("注1", "注2", "注3")))
    spans = _change(document, rng, len(marks), 2)
    return document.edited(Edit(span, _text(document, span) + mark) for span, mark in zip(spans, marks, strict=False))


def label_notes(rng: random.Random, document: Document) -> Document:
    """A definition in brackets, a number in it, behind some labels."""
    spans = _change(document, rng, 3, _LEAST)
    notes = ("（含2019年结转3件）", "（按第5条口径）", "（不含12345热线）")
    return document.edited(Edit(span, _text(document, span) + note) for span, note in zip(spans, notes, strict=False))


def brackets_broken(rng: random.Random, document: Document) -> Document:
    """A line end between the number of a row and its wording: （三） and 不予公开."""
    spans = [s for s in _change(document, rng, 6, 2) if document.parts[s.part].text[s.start - 1 : s.start] in ("）", ".", "、")]
    return document.edited(Edit(Span(span.part, span.start, span.start), "\n") for span in spans)


def punctuation_doubled(_: random.Random, document: Document) -> Document:
    """Brackets and points of labels twice: （（一）） 1.. 一、、."""
    doubled = re.compile(r"[（）]|(?<=\d)\.(?=[\u4e00-\u9fff])|(?<=[一二三四])、")
    texts = (doubled.sub(lambda m: m[0] * 2, p.text) if p.kind == "table" else p.text for p in document.parts)
    return document.with_texts(texts)


def labels_emptied(rng: random.Random, document: Document) -> Document:
    """Some labels replaced by characters that mean nothing, as fonts without a map leave them."""
    spans = _change(document, rng, 2, _LEAST)
    return document.edited(Edit(span, "\ufffd" * (span.end - span.start)) for span in spans)


OPERATORS = named(
    label_footnotes,
    label_notes,
    brackets_broken,
    punctuation_doubled,
    labels_emptied,
    typos,
    spaced_headers,
    wrapped_labels,
    lost_header_half,
    numbering_variants,
    numbering_lost,
    markdown_escapes,
)
