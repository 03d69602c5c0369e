"""What people read is there in both languages, and says the same facts."""

import argparse
import ast
import importlib
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import govreport
from govreport import cli, errors, wording
from govreport.cli.spoken import speak

SOURCES = Path(govreport.__file__).parent
PLACE = re.compile(r"\{\w+(?::[,g])?\}")
ERRORS = set(errors.__all__) | {"WorkerDiedError", "DocumentTimeoutError", "UnexpectedError"}


def calls(names: set[str]) -> Iterator[tuple[str, str]]:
    """Where a call of one of the names stands, and every literal text that can be its first argument."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                where = f"{path.name}:{node.lineno}"
                yield from ((where, text) for text in literals(node.args[0]))


def literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    assert not isinstance(node, ast.JoinedStr), f"a text with facts in it cannot be looked up: {ast.unparse(node)}"
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def helped() -> Iterator[str]:
    for module, line in cli.COMMANDS.values():
        command = importlib.import_module(module)
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        yield from (line, *(action.help for action in parser._actions if action.help))
        yield from (" ".join(part.split()) for part in command.DESCRIPTION.strip().split("\n\n"))


@pytest.mark.parametrize(("where", "text"), [*calls(ERRORS), *calls({"complain", "speak"})])
def test_every_error_and_complaint_is_there_in_chinese(where: str, text: str) -> None:
    assert text in wording.translations(), where


@pytest.mark.parametrize("text", sorted(set(helped())))
def test_all_help_is_there_in_chinese(text: str) -> None:
    assert text in wording.translations()


def test_both_languages_name_the_same_facts() -> None:
    for english, chinese in wording.translations().items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(chinese)), english


def test_no_translation_is_of_a_text_that_is_gone() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    nodes = ast.walk(ast.parse(code.replace("from __future__ import annotations", "")))
    said = {text for node in nodes if (text := written(node)) is not None}
    flat = " ".join(" ".join(sorted(said)).split())
    gone = [text for text in map(bare, wording.translations()) if text not in said and " ".join(text.split()) not in flat]
    assert [text for text in gone if text not in BUILT] == []


def bare(text: str) -> str:
    """A text without the names of its facts."""
    return PLACE.sub("{}", text)


def written(node: ast.AST) -> str | None:
    """A text in the code, the facts in it without names."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return bare(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


BUILT = {
    "options",
    "positional arguments",
    "show this help message and exit",
    *(bare(text) for text in wording.translations() if text.startswith(("this is not an annual report", "the page is beyond"))),
    *map(bare, ("a zip package with {part}", "a zip package with a folder {part}")),
}
"""Texts of argparse, and texts that are put together from others."""


def test_an_error_says_the_same_in_both_languages_also_in_another_process() -> None:
    with pytest.raises(govreport.SourceError) as caught:
        govreport.load("no-such-file.txt")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert str(error) == error.text("en") == "no-such-file.txt cannot be read: No such file or directory"
    assert error.text("zh") == "无法读取 no-such-file.txt：No such file or directory"


def test_facts_are_filled_in_and_other_braces_stay() -> None:
    assert wording.filled("{a:,} of {b:g} {c} {}", {"a": 1234567, "b": 2.0}) == "1,234,567 of 2 {c} {}"
    error = govreport.SourceError("a plugin's own {text}")
    assert str(error) == error.text("zh") == "a plugin's own {text}"


@pytest.mark.parametrize(
    ("argv", "environment", "told"),
    [
        ([], {}, "interrupted"),
        ([], {"LANG": "zh_CN.UTF-8"}, "已中断"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "interrupted"),
        ([], {"LANG": "zh_CN.UTF-8", "GOVREPORT_LANG": "en"}, "interrupted"),
        (["check", "--lang", "zh"], {"GOVREPORT_LANG": "en"}, "已中断"),
        (["check", "--lang=zh", "x"], {}, "已中断"),
    ],
)
def test_the_language_of_the_command(
    argv: list[str], environment: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GOVREPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    cli.spoken.choose(argv)
    assert speak("interrupted") == told


EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "reports").iterdir())
SAMPLES = sorted(path for path in (Path(__file__).parent / "samples").rglob("*.*") if path.suffix != ".json")


@pytest.mark.parametrize("path", [*EXAMPLES, *SAMPLES], ids=lambda path: path.name)
def test_every_reason_of_a_claim_is_there_in_chinese(path: Path) -> None:
    reasons = {reason for claim in govreport.detect(path) for reason in claim.reasons}
    assert [reason for reason in reasons if wording.retold(reason, "zh") == reason] == []
    assert [reason for reason in reasons if wording.retold(reason, "en") != reason] == []


def test_a_reason_is_told_with_its_facts() -> None:
    assert wording.retold("24 of 30 lines with pipes are of this shape", "zh") == "30 个含竖线的行中有 24 行是这个样子"
    assert wording.retold("a plugin's own", "zh") == "a plugin's own"


def test_help_speaks_chinese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GOVREPORT_LANG", "zh")
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("用法：govreport check")
    assert "显示帮助" in shown
    assert "选项:" in shown
