"""The rules of the tree: who may import whom, how large a room may get, and where the forms' words may stand."""

from __future__ import annotations

import ast
import functools
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import govreport
from govreport.forms import builtin_forms

ROOT = Path(govreport.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
MOST_LINES = 400

# Where the value of a mapping stands, what its key begins with may not import it.
FORBIDDEN = {
    "model": ("",),  # the model imports nothing of ours
    "source": ("readers", "formats", "forms", "binding", "engine", "checks", "outline"),
    "readers.": ("forms", "binding", "formats", "outline", "engine", "checks"),
    "clearing.": ("forms", "binding", "readers", "outline", "engine", "checks"),
    "formats.": ("clearing", "forms", "binding", "readers", "outline", "engine", "checks"),
    "forms.": ("binding", "readers", "formats", "engine", "checks"),
    "binding.": ("readers", "engine", "checks", "cli"),
    "checks.": ("readers", "formats", "engine", "cli"),
}
SHARED = {  # helpers inside a room, that its members may share
    "readers": {"__init__"},
    "formats": {"__init__", "canvas", "sketch"},
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules of ours that this one imports, and whether only when asked (in a function or for types)."""
    top = {id(node) for node in tree_of(path).body}
    for node in ast.walk(tree_of(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name == "govreport" or name.startswith("govreport."):
                yield name.removeprefix("govreport").lstrip("."), id(node) not in top


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rooms_do_not_reach_into_rooms_they_must_not_know(path: Path) -> None:
    me = name_of(path)
    for prefix, forbidden in FORBIDDEN.items():
        if me == prefix or (prefix.endswith(".") and me.startswith(prefix)):
            found = {name for name, lazily in imports(path) if not (lazily and me == "model")}
            assert not {n for n in found for f in forbidden if not f or n == f or n.startswith(f"{f}.")}


def room_of(path: Path) -> str:
    return name_of(path).split(".")[0]


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in SHARED and p.stem not in SHARED[room_of(p)]], ids=name_of)
def test_plugins_do_not_know_each_other(path: Path) -> None:
    room = room_of(path)
    plugins = {
        name_of(p) for p in (ROOT / room).rglob("*.py") if "def claim(" in p.read_text("utf-8") and p.stem not in SHARED[room]
    }
    found = {name for name, _ in imports(path)}
    assert not found & (plugins - {name_of(path)})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@functools.cache
def labels_of_forms() -> frozenset[str]:
    """The words that only the forms may say: labels of rows and columns, titles and items, in all their variants."""
    said: set[str] = set()
    for form in builtin_forms():
        for table in form.tables:
            blocks = table.blocks
            rows = [row for block in blocks for row in block.rows]
            columns = [column for block in blocks for column in block.columns]
            said |= {part for path in [r.path for r in rows] + [c.path for c in columns] for part in path.split("|")}
            variants = [table.aliases, *(b.aliases for b in blocks), *(r.aliases for r in rows), *(c.aliases for c in columns)]
            said |= {alias for aliases in variants for alias in aliases}
            said |= {table.title, *(block.item or "" for block in blocks)}
    bare = {re.sub(r"^(?:[一二三四五六七八]、|（[一二三四五六七八]）|\d\.)", "", label) for label in said}
    everyday = {"其他", "其它", "总计", "合计", "规章", "自然人"}  # words of the language before they are labels
    return frozenset(label for label in bare if len(label) > 1) - everyday


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module that are no docstrings, with their lines."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        if token.type == tokenize.STRING and token.start[0] not in docstrings:
            yield token.start[0], token.string


# Prose is read with its own patterns, and the kit for tests writes prose and damage of its own.
SPEAKING = ("forms.", "testing.", "facts", "checks.")


@pytest.mark.parametrize("path", [p for p in MODULES if not name_of(p).startswith(SPEAKING)], ids=name_of)
def test_no_label_of_a_form_stands_in_python(path: Path) -> None:
    found = {(line, label) for line, text in strings(path) for label in labels_of_forms() if label in text}
    assert not found


@pytest.mark.parametrize("path", [p for p in MODULES if not name_of(p).startswith(("forms.", "testing."))], ids=name_of)
def test_no_cell_count_and_no_name_of_a_form_stands_in_python(path: Path) -> None:
    names = {form.name for form in builtin_forms()}
    counts = {len(form.cells) for form in builtin_forms()} | {
        len(list(table.cells)) for form in builtin_forms() for table in form.tables
    }
    telling = {n for n in counts if n > 100}  # smaller ones mean many things
    constants = {node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)}
    assert not {c for c in constants if (isinstance(c, str) and c in names) or (type(c) is int and c in telling - {200})}


def test_every_public_name_is_documented() -> None:
    missing = [name for name in govreport.__all__ if not (getattr(govreport, name).__doc__ or "").strip()]
    assert not missing


def test_importing_the_package_imports_next_to_nothing() -> None:
    code = "import attrs, pluggy, sys; before = set(sys.modules); import govreport; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    ours = {"govreport", "govreport.errors", "govreport.hookspecs"}
    assert set(done.stdout.split()) <= ours | {"__future__", "importlib", "importlib._bootstrap", "typing", "collections.abc"}


def test_every_public_name_can_be_had_and_is_listed() -> None:
    assert set(govreport.__all__) <= set(dir(govreport))
    with pytest.raises(AttributeError, match="'govreport' has no attribute 'reed'"):
        _ = govreport.reed  # type: ignore[attr-defined]
