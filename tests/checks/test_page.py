"""The page for reviewers: complete, escaped, and alive in a real browser."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

from govreport.checks import run
from govreport.forms import builtin_forms
from govreport.model import Cell, Finding, Paragraph, Piece, Place, Report, Role, Section, Severity, Status, Table
from govreport.testing import make_report
from govreport.writers.markup import Html, both, tag
from govreport.writers.page import page

FORM = builtin_forms()[-1]
EVIL = "</script><script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">'\"&"


def placed(report: Report) -> Report:
    """The report as if read from a text: every piece and every cell at a place of its own."""

    def table(number: int, old: Table) -> Table:
        values = iter(old.cells)
        pieces, cells = [], []
        for line, piece in enumerate(old.pieces):
            place = Place(line=1000 * number + line, column=1)
            pieces.append(attrs.evolve(piece, place=place))
            if piece.role is Role.VALUE:
                cells.append(attrs.evolve(next(values), place=place))
        return attrs.evolve(old, pieces=tuple(pieces), cells=tuple(cells))

    return attrs.evolve(report, tables=tuple(table(number, t) for number, t in enumerate(report.tables, 1)))


def with_status(report: Report, status: Status, *keys: str) -> Report:
    def changed(cell: Cell) -> Cell:
        if cell.key not in keys:
            return cell
        return attrs.evolve(cell, status=status, place=None if status is Status.MISSING else cell.place)

    return attrs.evolve(report, tables=tuple(attrs.evolve(t, cells=tuple(map(changed, t.cells))) for t in report.tables))


def faulty() -> Report:
    """A report with an inconsistency in table 三, a doubtful and a missing cell in 二, and a lost table 四."""
    report = placed(make_report(FORM, dict.fromkeys(FORM.cells, 0) | {"requests.granted.natural_person": 12}))
    doubt = Finding(
        code="reading.inferred",
        severity=Severity.WARNING,
        message="按较弱的依据读出",
        english="read on weaker evidence",
        cells=("disclosure.rules.issued",),
        place=Place(line=1006, column=1),
    )
    report = with_status(report, Status.INFERRED, "disclosure.rules.issued")
    report = with_status(report, Status.MISSING, "disclosure.fees.amount", *(c.key for c in report.tables[2].cells))
    lost = attrs.evolve(report.tables[2], pieces=())
    return attrs.evolve(report, doubts=(doubt,), tables=(*report.tables[:2], lost))


def evil() -> Report:
    """A report whose every text is an attack."""
    report = make_report(FORM, dict.fromkeys(FORM.cells, 0), issuer=EVIL, title=EVIL)
    cells = tuple(attrs.evolve(c, raw=EVIL, label=EVIL) for c in report.tables[0].cells)
    pieces = (Piece(EVIL, role=Role.UNBOUND, place=Place(line=1, column=1)),)
    table = attrs.evolve(report.tables[0], title=EVIL, cells=cells, pieces=pieces)
    section = Section(number="二", heading=EVIL, paragraphs=(Paragraph(text=EVIL),))
    doubt = Finding(code=EVIL, severity=Severity.INFO, message=EVIL, english=EVIL, cells=(EVIL,))
    return attrs.evolve(report, tables=(table, *report.tables[1:]), sections=(section,), doubts=(doubt,))


class Seen(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def seen(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Seen()
    parser.feed(text)
    return parser.elements


def page_of(*reports: Report) -> str:
    return page([(f"{number}.txt", report, run(report)) for number, report in enumerate(reports)])


def test_every_link_leads_somewhere_and_every_id_is_one() -> None:
    elements = seen(page_of(faulty(), faulty(), evil()))
    ids = [attributes["id"] for _, attributes in elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for name, attributes in elements if name == "a"]
    assert all(link and link.startswith("#") and link[1:] in ids for link in links)
    described = [i for _, a in elements for i in (a.get("aria-describedby") or "").split()]
    assert described
    assert set(described) <= set(ids)


def test_marked_cells_are_those_in_doubt_and_those_that_do_not_fit() -> None:
    cells = {a["id"]: a["class"] for name, a in seen(page_of(faulty())) if name == "td"}
    assert cells["d0-c-disclosure.rules.issued"] == "cell doubtful"
    assert cells["d0-c-disclosure.fees.amount"] == "cell missing"
    assert cells["d0-c-requests.granted.natural_person"] == "cell inconsistent"
    assert cells["d0-c-requests.partial.company"] == "cell"
    assert len(cells) == len(FORM.cells)


def test_nothing_of_a_report_becomes_markup() -> None:
    text = page_of(evil())
    elements = seen(text)
    assert [name for name, _ in elements].count("script") == 1
    assert not any(name == "img" for name, _ in elements)
    assert not any(attribute.startswith("on") for _, attributes in elements for attribute in attributes)
    assert html.escape(EVIL) in text


def test_nothing_comes_from_the_network() -> None:
    text = page_of(faulty())
    assert not re.search(r"https?://|@import|url\(", text)
    policy = next(a["content"] for name, a in seen(text) if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_both_languages_are_there() -> None:
    report = faulty()
    english = page([("a.txt", report, run(report))], "en")
    assert '<html lang="en" data-lang="en">' in english
    assert "按较弱的依据读出" in english
    assert "read on weaker evidence" in english


def test_an_empty_run_and_an_empty_report_are_pages() -> None:
    assert page([]).startswith("<!DOCTYPE html>")
    assert "<article" in page_of(Report())


def test_text_that_no_encoding_knows_is_replaced() -> None:
    page_of(make_report(FORM, {}, title="\ud800坏")).encode()


def test_tag_escapes_all_but_what_it_made() -> None:
    inner = tag("b", "<&>", title='"')
    assert inner == '<b title="&quot;">&lt;&amp;&gt;</b>'
    assert tag("p", inner, None, ["x", [Html("<br>")]], hidden=True, id=None) == f"<p hidden>{inner}x<br></p>"
    assert both("<", ">") == '<span class="zh" lang="zh">&lt;</span><span class="en" lang="en">&gt;</span>'


# --- in a browser ------------------------------------------------------------------------------------------------------------

HARNESS = """<!DOCTYPE html><meta charset="utf-8"><pre id="out">nothing</pre>
<iframe id="page" style="width:1400px;height:900px" srcdoc="{page}"></iframe>
<script>
document.getElementById("page").addEventListener("load", (event) => {{
  const page = event.target.contentDocument, view = event.target.contentWindow;
  const visible = (element) => {{
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.bottom > 0 && box.top < view.innerHeight;
  }};
  const marked = [...page.querySelectorAll("td.doubtful, td.inconsistent, td.missing")].map((cell) => {{
    const link = cell.querySelector("a");
    link.click();
    const target = page.getElementById(decodeURIComponent(link.hash.slice(1)));
    return {{
      id: cell.id,
      text: link.textContent,
      target: target && target.id,
      source: target && target.textContent,
      inSource: Boolean(target && target.closest(".source")),
      lit: Boolean(target && target.classList.contains("here") && visible(target)),
      findings: page.querySelectorAll(".finding.here").length,
    }};
  }});
  const shown = (selector) => [...page.querySelectorAll(selector)].filter((e) => e.getClientRects().length).length;
  const before = [shown(".zh") > 0, shown(".en") > 0];
  page.getElementById("switch").click();
  const after = [shown(".zh") > 0, shown(".en") > 0];
  const wide = page.documentElement.scrollWidth - view.innerWidth;
  const result = {{ marked, before, after, wide, title: page.title, lang: page.documentElement.lang }};
  document.getElementById("out").textContent = JSON.stringify(result);
}});
</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium is installed")
    return found


def in_browser(browser: str, text: str, folder: Path) -> dict[str, object]:
    """What the harness saw of the page after clicking every marked cell and the language switch."""
    path = folder / "harness.html"
    path.write_text(HARNESS.format(page=html.escape(text)), "utf-8")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--force-prefers-reduced-motion",
        f"--user-data-dir={folder / 'profile'}",
    ]
    done = subprocess.run(
        [*command, "--virtual-time-budget=5000", "--dump-dom", path.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    out = re.search(r'<pre id="out">(.*?)</pre>', done.stdout.decode("utf-8"), re.DOTALL)
    assert out
    result: dict[str, object] = json.loads(html.unescape(out[1]))
    return result


@pytest.mark.browser
@pytest.mark.slow
def test_every_marked_cell_lights_up_its_place(browser: str, tmp_path: Path) -> None:
    report = faulty()
    result = in_browser(browser, page_of(report), tmp_path)
    marked = result["marked"]
    assert isinstance(marked, list)
    cells = {c.key: c for c in report.cells}
    named = {key for finding in run(report) for key in finding.cells}
    assert {item["id"].removeprefix("d0-c-") for item in marked} >= named
    for item in marked:
        assert item["inSource"], item
        assert item["lit"], item
        cell = cells[item["id"].removeprefix("d0-c-")]
        if cell.place:
            assert item["source"] == cell.raw, item
    assert all(item["findings"] for item in marked if item["id"].removeprefix("d0-c-") in named)
    assert (result["before"], result["after"], result["lang"]) == ([True, False], [False, True], "en")
    assert isinstance(result["wide"], int)
    assert result["wide"] <= 0


@pytest.mark.browser
@pytest.mark.slow
def test_an_attack_stays_text(browser: str, tmp_path: Path) -> None:
    result = in_browser(browser, page_of(evil()), tmp_path)
    assert result["title"] == "政府信息公开年度报告核对 · govreport"
