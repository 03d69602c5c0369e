"""One self-contained page for a reviewer: the tables as the form shows them, what does not add up in them, and the source.

Nothing comes from the network and nothing of a report runs: all text is escaped, and the page's own policy lets only its own
script run. Without script every link still works; with it, a click also marks the findings of a cell.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Sequence
from importlib import resources

from govreport.model import CheckResult, Report
from govreport.wording import Lang
from govreport.writers.markup import Html, both, tag
from govreport.writers.page_source import Anchors, source_view
from govreport.writers.page_tables import MARKS, STATES, Document, findings_beside, findings_list, table_with_findings

__all__ = ["page"]

Checked = tuple[str, Report, CheckResult]
"""The name of a document (a path, as a rule), what was read, and what its check said."""


def page(results: Iterable[Checked], lang: Lang = "zh") -> str:
    """The page for one run over any number of documents, in the language it opens with; the reader can switch."""
    documents = [Document(number, *checked) for number, checked in enumerate(results)]
    style, script = _asset("page.css"), _asset("page.js")
    head = tag("head", _meta(style, script), tag("title", "政府信息公开年度报告核对 · govreport"), tag("style", Html(style)))
    body = tag(
        "body", _banner(documents), _contents(documents), tag("main", map(_article, documents)), tag("script", Html(script))
    )
    html = tag("html", head, body, lang="zh-CN" if lang == "zh" else "en", data_lang=lang)
    return f"<!DOCTYPE html>\n{html}\n".encode("utf-8", "replace").decode("utf-8")


@functools.cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8")


def _meta(style: str, script: str) -> list[Html]:
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    return [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
    ]


def _script(script: str) -> Html:
    return tag("script", Html(script))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# --- around the documents ----------------------------------------------------------------------------------------------------


def _banner(documents: Sequence[Document]) -> Html:
    found = sum(len(document.result) for document in documents)
    counts = both(f"{len(documents)} 份报告，{found} 个问题", f"{len(documents)} reports, {found} findings")
    switch = tag("button", both("English", "中文"), type="button", id="switch")
    legend = [tag("li", tag("span", _sample(state), class_=f"cell {state}"), both(*names)) for state, names in STATES.items()]
    title = tag("h1", both("年度报告核对", "Annual reports checked"))
    return tag("header", title, tag("p", counts), tag("ul", legend, class_="legend"), switch)


def _sample(state: str) -> str:
    return f"12{MARKS[state]}" if MARKS[state] else "·"


def _contents(documents: Sequence[Document]) -> Html | None:
    """Links to the documents, where there is more than one."""
    if len(documents) < 2:  # noqa: PLR2004 - one needs no list
        return None
    items = [tag("li", tag("a", d.name, href=f"#d{d.number}"), f" ({len(d.result)})") for d in documents]
    return tag("nav", tag("ol", items), aria_label="目录 Contents")


def _article(document: Document) -> Html:
    anchors = Anchors(document.report, document.prefix)
    beside = findings_beside(document)
    tables = [table_with_findings(table, document, anchors, beside[table.name]) for table in document.report.tables]
    left = tag("div", findings_list(beside[""], document, anchors), tables, class_="tables")
    two = tag("div", left, source_view(anchors), class_="two")
    return tag("article", _title(document), two, id=f"d{document.number}")


def _title(document: Document) -> Html:
    report, clean = document.report, not document.result
    known = (("机关", "issuer", report.issuer), ("年度", "year", report.year), ("格式", "form", report.form))
    facts = [tag("li", both(zh, en), " ", "—" if value is None else str(value)) for zh, en, value in known]
    count = len(document.result)
    verdict = both("没有发现问题", "nothing found") if clean else both(f"{count} 个问题", f"{count} findings")
    return tag(
        "div",
        tag("h2", " ".join((report.title or document.name).split())),
        tag("p", document.name, class_="name"),
        tag("ul", facts, tag("li", verdict, class_="verdict"), class_="facts"),
        class_="title",
    )
