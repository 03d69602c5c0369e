"""What the documentation says is what the library does."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PLUGIN = ROOT / "examples" / "third_party_format"


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["keys.md", "rules.md"])
def test_generated_pages_are_what_the_generator_writes(page: str) -> None:
    written = (DOCS / page).read_text("utf-8")
    assert written == load(DOCS / "generate.py").PAGES[page](), "run: python docs/generate.py"


def test_the_guide_to_layouts_quotes_the_example() -> None:
    parts = [path.read_text("utf-8") for path in PLUGIN.rglob("*") if path.suffix in {".py", ".toml"}]
    quoted = blocks(DOCS / "add-a-layout.md", "python") + blocks(DOCS / "add-a-layout.md", "toml")
    assert quoted
    assert not [block for block in quoted if not any(block.strip("\n") in part for part in parts)]


def test_the_guide_to_rules_does_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    said, scope = io.StringIO(), {"__name__": "guide"}
    with contextlib.redirect_stdout(said):
        for block in blocks(DOCS / "add-a-rule.md", "python"):
            exec(block, scope)  # noqa: S102 - our own page
    promised = blocks(DOCS / "add-a-rule.md", "text")[0]
    assert promised.strip() in said.getvalue()


def sessions() -> Iterator[tuple[Path, str, str]]:
    """(page, command, output) of every console block: `$ command` and what it prints."""
    for path in (*READMES, *sorted(DOCS.glob("*.md"))):
        for block in blocks(path, "console"):
            for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = session.partition("\n")
                yield path, command, output


@pytest.mark.parametrize(("page", "command", "output"), [pytest.param(*s, id=f"{s[0].name}: {s[1]}") for s in sessions()])
def test_a_console_block_shows_what_the_command_prints(page: Path, command: str, output: str) -> None:
    """`...` on a line of its own stands for lines left out. A page in Chinese shows what a command says in Chinese."""
    assert command.startswith("govreport "), page
    spoken = {"GOVREPORT_LANG": "zh" if ".zh-" in page.name else "en"}
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1", **spoken}
    run = [sys.executable, "-m", "govreport", *shlex.split(command)[1:]]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120)
    lines = (r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in output.rstrip("\n").splitlines())
    expected = "".join(lines)
    assert re.fullmatch(expected + r"\n*", done.stdout), done.stdout + done.stderr


@pytest.mark.parametrize("page", READMES, ids=lambda path: path.name)
def test_python_of_the_readme_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block as a whole; a comment behind a `print` is what it prints."""
    monkeypatch.chdir(ROOT)
    scope: dict[str, object] = {"__name__": "readme"}
    for block in blocks(page, "python"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(block, scope)  # noqa: S102 - our own page
        promised = re.findall(r"^ *print\(.*\)  # (.*)$", block, re.MULTILINE)
        assert said.getvalue().splitlines() == promised


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = ([blocks(path, kind) for kind in ("sh", "python", "toml")] for path in READMES)
    strip = re.compile(r"#.*")
    assert [[strip.sub("", b) for b in kind] for kind in english] == [[strip.sub("", b) for b in kind] for kind in chinese]


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*READMES, *DOCS.glob("*.md"), ROOT / "CHANGELOG.md", PLUGIN / "README.md"]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))]
    assert links
    assert not [(page.name, link) for page, link in links if not (page.parent / link).exists()]


def test_no_page_names_a_machine_or_a_registry() -> None:
    hosts = re.compile(r"py" + r"pi\.org|/wo" + r"rk/|/home/|/ro" + r"ot/")
    files = [*READMES, *DOCS.glob("*.md"), ROOT / "CHANGELOG.md", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    assert not [path.name for path in files if hosts.search(path.read_text("utf-8"))]
